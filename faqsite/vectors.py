"""lunr's index of documents, and what each of their terms weighs.

lunr's own Builder does all of it. It gets terms, not text, because `words` decides what a word
is; and it numbers them alphabetically, so that the packed index gives the same numbers. No other
module knows lunr's index.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from lunr.builder import Builder
from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.stemmer import stemmer

from faqsite.packing import Ranking
from faqsite.words import is_english

__all__ = ["Index", "TermIndex", "Vector", "index_terms", "to_unit", "vectors_of"]

Vector = Mapping[int, float]
"""The weight of each term, by its number, the heaviest first; of length 1."""


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
    builder = Builder()
    builder.ref(_ADDRESS)
    builder.k1(ranking.k1)
    builder.b(ranking.b)
    for field in ranking.fields:
        builder.field(field.name, boost=field.boost)
    builder.pipeline.add(_split)
    if is_english(language):
        builder.search_pipeline.add(stemmer)
    for address, of_fields in documents.items():
        joined = ([" ".join(terms)] for terms in of_fields)
        builder.add({_ADDRESS: address} | dict(zip(names, joined, strict=True)))
    for number, term in enumerate(sorted(builder.inverted_index)):
        builder.inverted_index[term]["_index"] = number
    counts = builder.field_term_frequencies
    return TermIndex(
        lunr=builder.build(),
        counts=[[counts[f"{name}/{address}"] for name in names] for address in documents],
    )


_ADDRESS = "address"


def _split(token: Any, _number: int, _tokens: object) -> list[str]:  # noqa: ANN401 (lunr's Token)
    """Return the terms of a field: a list of them would cost a copy of metadata for each."""
    terms: list[str] = token.string.split()
    return terms


Pipeline.register_function(_split, "split")


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
