"""Counts and weighs the terms of texts with lunr's own Builder, and finds similar texts.

The Builder gets terms instead of text, because `tokens` decides how text is split. Terms are
numbered alphabetically, so that the packed index gives the same numbers.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from operator import itemgetter

from lunr.builder import Builder
from lunr.index import Index
from lunr.stemmer import stemmer
from lunr.token_set import TokenSet

from faqsite.search.tokens import is_english, stem_in, tokens

Vector = Mapping[int, float]
"""The weight of each term by its number, the heaviest first; its length is 1."""
Posting = tuple[int, tuple[int, ...]]
"""The number of a document, and how often a term is in each of its fields."""

# Only the heaviest terms of an entry are compared. The rest are too common to mean much.
_TERMS = 16
# A term leads only to the entries in which it weighs most. Without this limit, ten thousand
# entries took sixty times as long as a thousand.
_ENTRIES = 25
_LEAST_SIMILARITY = 0.1
_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TermIndex:
    """The counts that lunr's index is built from, and that index."""

    language: str
    boosts: Mapping[str, float]
    """The weight of a term in each field."""
    lengths: Sequence[Sequence[int]]
    """For each field, how many tokens each document has in it."""
    forms: Mapping[str, Sequence[str]]
    """The terms, sorted, each with its forms: the tokens in the texts that became this term."""
    postings: Sequence[Sequence[Posting]]
    """Of each term, in the order of the documents."""
    lunr: Index = field(compare=False)


class _TermBuilder(Builder):  # type: ignore[misc]  # lunr ships no types.
    """lunr's Builder for documents that are terms already, without what it does not serialise.

    That is the metadata of each term in each field, and the set of all tokens.
    """

    def add(self, document: Mapping[str, Sequence[str]], address: str) -> None:
        self._documents[address] = {}
        self.document_count += 1
        for name, terms in document.items():
            field_ref = f"{name}/{address}"
            self.field_lengths[field_ref] = len(terms)
            self.field_term_frequencies[field_ref] = counts = Counter(terms)
            for term in counts:
                if term not in self.inverted_index:
                    self.inverted_index[term] = {field: {} for field in self._fields}
                self.inverted_index[term][name][address] = _NO_METADATA

    def _create_token_set(self) -> None:
        self.token_set = TokenSet()


_NO_METADATA: Mapping[str, object] = {}


def index_texts(
    texts: Mapping[str, Sequence[str]], boosts: Mapping[str, float], language: str
) -> TermIndex:
    """Return the index of at least one document; `texts` has the text of each field by address.

    The pipeline of the index shows a program that searches it how to stem a query.
    """
    stem = stem_in(language)
    builder = _TermBuilder()
    for name, boost in boosts.items():
        builder.field(name, boost=boost)
    if is_english(language):
        builder.search_pipeline.add(stemmer)
    known = set[str]()
    for address, of_fields in texts.items():
        found = [*map(tokens, of_fields)]
        known.update(*found)
        terms = ([*map(stem, each)] for each in found)
        builder.add(dict(zip(boosts, terms, strict=True)), address)
    forms = defaultdict(list)
    for token in sorted(known):
        forms[stem(token)].append(token)
    for number, term in enumerate(sorted(forms)):
        builder.inverted_index[term]["_index"] = number
    postings = _count_postings(builder.field_term_frequencies.values(), len(boosts))
    lengths = [*builder.field_lengths.values()]
    return TermIndex(
        language=language,
        boosts=boosts,
        lengths=[lengths[number :: len(boosts)] for number in range(len(boosts))],
        forms=dict(sorted(forms.items())),
        postings=[postings[term] for term in sorted(forms)],
        lunr=builder.build(),
    )


def _count_postings(
    counts: Iterable[Mapping[str, int]], fields: int
) -> Mapping[str, list[Posting]]:
    """Return the postings of each term from its counts in each field, document after document."""
    postings = defaultdict(list)
    cases: dict[tuple[int, ...], tuple[int, ...]] = {}  # There are few; each is kept once.
    for document, of_document in enumerate(zip(*[iter(counts)] * fields, strict=True)):
        for term in set[str]().union(*of_document):
            case = tuple([field.get(term, 0) for field in of_document])
            postings[term].append((document, cases.setdefault(case, case)))
    return postings


def vectors_of(index: TermIndex) -> Iterator[dict[int, float]]:
    """Yield for each document the weight of each term, summed over the fields."""
    vectors = iter(index.lunr.field_vectors.values())
    for of_document in zip(*[vectors] * len(index.lunr.fields), strict=True):
        weights: dict[int, float] = {}
        for vector in of_document:
            elements = vector.elements
            for term, weight in zip(elements[::2], elements[1::2], strict=True):
                weights[term] = weights.get(term, 0.0) + weight
        yield weights


def to_unit(weights: Mapping[int, float], most: int | None = None) -> Vector:
    """Return the vector of the heaviest terms, of at most `most` terms."""
    heaviest = sorted(weights.items(), key=itemgetter(1), reverse=True)[:most]
    # A term that is in every document can have no weight.
    length = math.hypot(*(weight for _, weight in heaviest)) or 1.0
    return {term: weight / length for term, weight in heaviest}


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
