"""Finds similar entries by the cosine of their vectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest
from operator import itemgetter

from faqsite.search.terms import to_unit

# Only the heaviest terms of an entry are compared. The rest are too common to mean much.
_TERMS = 16
# A term leads only to the entries in which it weighs most. Without this limit, ten thousand
# entries took sixty times as long as a thousand.
_ENTRIES = 25
_LEAST_SIMILARITY = 0.1
_DIGITS = 6


def related_entries(
    vectors: Iterable[Mapping[int, float]], count: int
) -> tuple[tuple[int, ...], ...]:
    """Return for each entry at most `count` others, the most similar first.

    `vectors` has the weights of the terms of each entry. Equally similar entries keep their
    order.
    """
    heaviest = [to_unit(weights, _TERMS) for weights in vectors]
    postings: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for entry, vector in enumerate(heaviest):
        for term, weight in vector.items():
            postings[term].append((entry, weight))
    for term, entries in postings.items():
        if len(entries) > _ENTRIES:
            postings[term] = nlargest(_ENTRIES, entries, key=itemgetter(1))
    found = []
    for entry, vector in enumerate(heaviest):
        similarities: defaultdict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for other, other_weight in postings[term]:
                similarities[other] += weight * other_weight
        similarities.pop(entry, None)
        # Rounded, because the sum of equal similarities can depend on their order.
        near = [
            (round(similarity, _DIGITS), -other)
            for other, similarity in similarities.items()
            if similarity >= _LEAST_SIMILARITY
        ]
        found.append(tuple(-other for _, other in nlargest(count, near)))
    return tuple(found)
