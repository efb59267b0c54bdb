"""lunr's index of documents, and what each of their terms weighs.

lunr's own Builder makes it. It gets terms, not text, because `words` decides what a word is; and
they are numbered alphabetically, so that the packed index gives the same numbers. No other module
knows lunr's index.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from lunr.builder import Builder
from lunr.index import Index
from lunr.stemmer import stemmer
from lunr.token_set import TokenSet

from faqsite.search.packing import Ranking
from faqsite.search.words import is_english

Vector = Mapping[int, float]
"""The weight of each term, by its number, the heaviest first; of length 1."""


class _TermBuilder(Builder):  # type: ignore[misc]  # lunr ships no types.
    """lunr's Builder for documents that are terms already, without what it does not serialise.

    That is a record of metadata for each term of each field, and the set of all tokens.
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


LunrIndex = Index


@dataclass(frozen=True, slots=True, kw_only=True)
class TermIndex:
    """lunr's index, and how often each term is in each field of each document."""

    lunr: Index
    counts: Sequence[Sequence[Mapping[str, int]]]


def index_terms(
    documents: Mapping[str, Sequence[Sequence[str]]], ranking: Ranking, language: str
) -> TermIndex:
    """Return the index of documents, of which there is at least one: the terms of each field.

    The pipeline of the index tells a program that searches it how to make terms of words.
    """
    names = [field.name for field in ranking.fields]
    builder = _TermBuilder()
    builder.k1(ranking.k1)
    builder.b(ranking.b)
    for field in ranking.fields:
        builder.field(field.name, boost=field.boost)
    if is_english(language):
        builder.search_pipeline.add(stemmer)
    for address, of_fields in documents.items():
        builder.add(dict(zip(names, of_fields, strict=True)), address)
    for number, term in enumerate(sorted(builder.inverted_index)):
        builder.inverted_index[term]["_index"] = number
    counts = builder.field_term_frequencies
    return TermIndex(
        lunr=builder.build(),
        counts=[[counts[f"{name}/{address}"] for name in names] for address in documents],
    )


def vectors_of(index: TermIndex) -> list[dict[int, float]]:
    """Return for each document the weight of each term, summed over the fields."""
    vectors: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for field_and_document, vector in index.lunr.field_vectors.items():
        weights = vectors[field_and_document.partition("/")[2]]
        elements = vector.elements
        for term, weight in zip(elements[::2], elements[1::2], strict=True):
            weights[term] = weights.get(term, 0.0) + weight
    return list(vectors.values())


def to_unit(weights: Mapping[int, float], most: int | None = None) -> Vector:
    """Return the vector of the heaviest terms, at most so many."""
    heaviest = sorted(weights.items(), key=itemgetter(1), reverse=True)[:most]
    # A term of every document can weigh nothing.
    length = math.hypot(*(weight for _, weight in heaviest)) or 1.0
    return {term: weight / length for term, weight in heaviest}
