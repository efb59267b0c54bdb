"""Which entries are about the same: by the cosine of their vectors."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from heapq import nlargest
from typing import TypeVar

__all__ = ["related_entries"]

# Terms of an entry that are looked at, the heaviest: the rest are too common to tell anything.
_TERMS = 16
_LEAST_SIMILARITY = 0.1

T = TypeVar("T", bound=Hashable)


def related_entries(
    vectors: Sequence[Mapping[T, float]], count: int
) -> tuple[tuple[int, ...], ...]:
    """Return for each entry at most `count` others, the most similar first.

    A vector has a weight for each term of an entry. Equally similar ones come in their order.
    """
    heaviest = [
        dict(nlargest(_TERMS, vector.items(), key=lambda term: term[1])) for vector in vectors
    ]
    lengths = [math.hypot(*vector.values()) for vector in heaviest]
    postings: defaultdict[T, list[tuple[int, float]]] = defaultdict(list)
    for entry, vector in enumerate(heaviest):
        for term, weight in vector.items():
            postings[term].append((entry, weight))
    found = []
    for entry, vector in enumerate(heaviest):
        similarities: defaultdict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for other, other_weight in postings[term]:
                similarities[other] += weight * other_weight / (lengths[entry] * lengths[other])
        similarities.pop(entry, None)
        # Rounded, for what is as near may be summed up in another order.
        near = [
            (round(similarity, 6), -other)
            for other, similarity in similarities.items()
            if similarity >= _LEAST_SIMILARITY
        ]
        found.append(tuple(-other for _, other in nlargest(count, near)))
    return tuple(found)
