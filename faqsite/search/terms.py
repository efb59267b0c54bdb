"""The terms of texts: how often each is where, and what it weighs there in lunr's index.

lunr's own Builder makes that index. It gets terms, not text, because `words` decides what a word
is; and they are numbered alphabetically, so that the packed index gives the same numbers.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter

from lunr.builder import Builder
from lunr.index import Index
from lunr.stemmer import stemmer
from lunr.token_set import TokenSet

from faqsite.search.words import is_english, stem_in, words

Vector = Mapping[int, float]
"""The weight of each term, by its number, the heaviest first; of length 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The constants of BM25, and the fields in which words are counted."""

    k1: float
    """How soon a word that is repeated counts no more."""
    b: float
    """How much a long field is held against its words."""
    boosts: Mapping[str, float]
    """The weight of a word in each field."""


Posting = tuple[int, tuple[int, ...]]
"""A document's number, and how often a term is in each of its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermIndex:
    """What lunr's index is made of, and that index."""

    language: str
    ranking: Ranking
    lengths: Sequence[Sequence[int]]
    """For each field how many words each document has in it."""
    forms: Mapping[str, Sequence[str]]
    """The terms (stems), sorted, each with the word forms that the texts have of it."""
    postings: Sequence[Sequence[Posting]]
    """Of each term, in the order of the documents."""
    lunr: Index = field(compare=False)


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


def index_texts(texts: Mapping[str, Sequence[str]], ranking: Ranking, language: str) -> TermIndex:
    """Return the index of documents, at least one: by address, the text of each field.

    The pipeline of the index tells a program that searches it how to make terms of words.
    """
    stem = stem_in(language)
    builder = _TermBuilder()
    builder.k1(ranking.k1)
    builder.b(ranking.b)
    for name, boost in ranking.boosts.items():
        builder.field(name, boost=boost)
    if is_english(language):
        builder.search_pipeline.add(stemmer)
    known = set[str]()
    for address, of_fields in texts.items():
        found = [*map(words, of_fields)]
        known.update(*found)
        terms = ([*map(stem, each)] for each in found)
        builder.add(dict(zip(ranking.boosts, terms, strict=True)), address)
    forms_of = defaultdict(list)
    for word in sorted(known):
        forms_of[stem(word)].append(word)
    forms = dict(sorted(forms_of.items()))
    for number, term in enumerate(forms):
        builder.inverted_index[term]["_index"] = number
    size = len(ranking.boosts)
    postings = _count_postings(builder.field_term_frequencies.values(), size)
    lengths = [*builder.field_lengths.values()]
    return TermIndex(
        language=language,
        ranking=ranking,
        lengths=[lengths[number::size] for number in range(size)],
        forms=forms,
        postings=[postings[term] for term in forms],
        lunr=builder.build(),
    )


def _count_postings(
    counts: Iterable[Mapping[str, int]], fields: int
) -> Mapping[str, list[Posting]]:
    """Return the postings of each term, given how often it is in each field, entry after entry."""
    postings = defaultdict(list)
    cases: dict[tuple[int, ...], tuple[int, ...]] = {}  # Few, and each is kept once.
    for entry, of_entry in enumerate(zip(*[iter(counts)] * fields, strict=True)):
        terms = set[str]().union(*of_entry)
        columns = [map(field.get, terms, repeat(0)) for field in of_entry]
        for term, case in zip(terms, zip(*columns, strict=True), strict=True):
            postings[term].append((entry, cases.setdefault(case, case)))
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
    """Return the vector of the heaviest terms, at most so many."""
    heaviest = sorted(weights.items(), key=itemgetter(1), reverse=True)[:most]
    # A term of every document can weigh nothing.
    length = math.hypot(*(weight for _, weight in heaviest)) or 1.0
    return {term: weight / length for term, weight in heaviest}
