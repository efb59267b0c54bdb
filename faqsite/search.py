"""The search index: counted words of the entries to what pages load, and to lunr's JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from operator import add
from typing import Any

from faqsite.digests import digest, to_json
from faqsite.model import Category, Entry, Faq, PlannedFile, Synonyms
from faqsite.packing import (
    MOST_TITLES,
    Collection,
    Field,
    IndexedCategory,
    IndexedEntry,
    Posting,
    Term,
    pack,
)
from faqsite.related import related_entries
from faqsite.shards import pack_in_parts
from faqsite.synonyms import index_synonyms
from faqsite.vectors import FieldVectors, field_vectors, lunr_json
from faqsite.words import StemOf, WordCounts, count_words, stems

__all__ = [
    "CHUNK_CHARS",
    "PARTS",
    "Count",
    "Search",
    "count_entry",
    "index_faq",
    "make_search",
    "plan_search",
]

FIELDS = (
    Field(name="question", boost=3),
    Field(name="also_asked", boost=2),
    Field(name="category", boost=1),
    Field(name="answer", boost=1),
)
"""What is searched. A question boosted more pays on short answers and costs on long ones."""
K1 = 1.2
"""How soon a word that is repeated counts no more (lunr's default)."""
B = 0.75
"""How much a long field is held against its words (lunr's default)."""
SIMILAR = 3
"""How many entries are called like another."""
PARTS = "search-part/"
"""Where the parts of an index are."""
LARGE = 150_000
"""How many postings an index has from which on it comes in parts, if of so many entries that
the script compares no question with a query that no part brings."""
CHUNK_CHARS = 16_000
"""The length of the HTML, but for links, from which on a file of answers is closed."""
_VERSION_CHARS = 8

Count = Callable[[Entry], WordCounts]
"""Returns how often each word stands in the fields of an entry, but for its categories'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What the search over a FAQ is made of."""

    collection: Collection
    vectors: FieldVectors
    synonyms: list[tuple[str, list[str]]]
    idle_synonyms: tuple[Synonyms, ...]
    """Those that find nothing, since no entry has any of the words that are meant."""
    similar: Mapping[str, tuple[str, ...]]
    """The paths of the entries that are most like each, by its path."""


def count_entry(entry: Entry) -> WordCounts:
    """Return how often each word stands in the fields of an entry, but for its categories'."""
    return count_words(entry.question, "\n".join(entry.also_asked), "", entry.answer.text)


def make_search(faq: Faq, count: Count = count_entry, stem_of: StemOf = stems) -> Search:
    """Return the search over a FAQ; `count` and `stem_of` may remember what they returned."""
    collection = index_faq(faq, count, stem_of)
    vectors = field_vectors(collection)
    forms_of = {term.term: term.forms for term in collection.terms}
    synonyms, idle = index_synonyms(faq.settings.synonyms, forms_of, collection.language)
    paths = [entry.path for entry in faq.top.all_entries]
    similar = related_entries(vectors, SIMILAR)
    return Search(
        collection=collection,
        vectors=vectors,
        synonyms=synonyms,
        idle_synonyms=idle,
        similar={
            path: tuple(paths[other] for other in others)
            for path, others in zip(paths, similar, strict=True)
        },
    )


def plan_search(search: Search, faq: Faq, html: Callable[[Entry], str]) -> tuple[PlannedFile, ...]:
    """Return the files of a search: lunr's index, the packed index, and the answers.

    `html` returns an answer as it is written for the home page.
    """
    entries = tuple(faq.top.all_entries)
    texts = [_Text(first=first, entries=chunk, html=html) for first, chunk in _chunks(entries)]
    postings = sum(len(term.postings) for term in search.collection.terms)
    is_large = len(entries) > MOST_TITLES and postings > LARGE
    index, parts = pack_in_parts(search.collection) if is_large else (None, ())
    return (
        PlannedFile(
            address="lunr-index.json",
            make=lambda: lunr_json(search.collection, search.vectors).encode(),
        ),
        PlannedFile(
            address="search-index.js",
            make=lambda: _script("FaqEngine.index", _packed(search, texts, index)),
        ),
        *(
            PlannedFile(
                address=f"search-text/{number}.js",
                make=partial(_text_script, number, text),
            )
            for number, text in enumerate(texts)
        ),
        *(
            PlannedFile(
                address=f"{PARTS}{part.name}.js",
                make=partial(_script, f'FaqEngine.part["{part.name}"]', part.value),
            )
            for part in parts
        ),
    )


@dataclass(frozen=True, kw_only=True)
class _Text:
    """The answers of consecutive entries."""

    first: int
    entries: Sequence[Entry]
    html: Callable[[Entry], str]

    @cached_property
    def answers(self) -> list[str]:
        """Their HTML."""
        return [self.html(entry) for entry in self.entries]

    @cached_property
    def version(self) -> str:
        """The same as long as they are the same."""
        return digest([self.first, self.answers])[:_VERSION_CHARS]


def _packed(
    search: Search, texts: Sequence[_Text], packed: dict[str, Any] | None
) -> dict[str, Any]:
    packed = packed or pack(search.collection)
    said: dict[str, Any] = {"texts": [[text.first, text.version] for text in texts]}
    if search.synonyms:
        said["synonyms"] = search.synonyms
    build = digest([packed, said])[:_VERSION_CHARS]
    return {"format": packed["format"], "build": build} | packed | said


def _text_script(number: int, text: _Text) -> bytes:
    value = {"version": text.version, "first": text.first, "answers": text.answers}
    return _script(f"FaqEngine.text[{number}]", value)


def index_faq(faq: Faq, count: Count = count_entry, stem_of: StemOf = stems) -> Collection:
    """Return the terms of a FAQ with where they stand, and what a result says of each entry."""
    numbers: dict[str, int] = {}
    categories = []
    entries = []
    counts: list[tuple[WordCounts, WordCounts]] = []
    for number, trail in enumerate(_trails(faq.top), start=-1):
        category = trail[-1]
        folder = category.address.removesuffix("index.html")
        numbers[category.path] = number
        if len(trail) > 1:
            parent = numbers[trail[-2].path]
            categories.append(IndexedCategory(title=category.title, parent=parent, folder=folder))
        of_titles = count_words("", "", "\n".join(each.title for each in trail[1:]), "")
        for entry in category.entries:
            slug = entry.address.removeprefix(folder).removesuffix(".html")
            entries.append(IndexedEntry(title=entry.question, slug=slug, category=number))
            counts.append((count(entry), of_titles))
    return Collection(
        language=faq.settings.language,
        k1=K1,
        b=B,
        fields=FIELDS,
        categories=tuple(categories),
        entries=tuple(entries),
        lengths=_lengths(counts),
        terms=tuple(_terms(counts, faq.settings.language, stem_of)),
    )


def _trails(category: Category, above: tuple[Category, ...] = ()) -> Iterator[tuple[Category, ...]]:
    """Yield the way from the top to each category, in the order of the entries."""
    trail = (*above, category)
    yield trail
    for each in category.categories:
        yield from _trails(each, trail)


def _lengths(counts: Sequence[tuple[WordCounts, ...]]) -> tuple[tuple[int, ...], ...]:
    """Return for each field how many words each entry has in it."""
    nowhere = (0,) * len(FIELDS)
    of_entries = (
        map(sum, zip(nowhere, *chain.from_iterable(part.values() for part in parts), strict=True))
        for parts in counts
    )
    return tuple(zip(*of_entries, strict=True)) or tuple(() for _ in FIELDS)


def _terms(counts: Sequence[tuple[WordCounts, ...]], language: str, stem: StemOf) -> Iterator[Term]:
    """Yield the terms, sorted, each with its forms and postings."""
    forms = sorted({word for parts in counts for part in parts for word in part})
    stem_of = stem(forms, language)
    forms_of = defaultdict(list)
    for form in forms:
        forms_of[stem_of[form]].append(form)
    postings: defaultdict[str, list[Posting]] = defaultdict(list)
    for entry, parts in enumerate(counts):
        of_terms: dict[str, tuple[int, ...]] = {}
        for part in parts:
            for word, in_fields in part.items():
                term = stem_of[word]
                before = of_terms.get(term)
                of_terms[term] = tuple(map(add, before, in_fields)) if before else in_fields
        for term, in_all_fields in of_terms.items():
            postings[term].append((entry, in_all_fields))
    for term in sorted(forms_of):
        yield Term(term=term, forms=tuple(forms_of[term]), postings=tuple(postings[term]))


def _chunks(entries: Sequence[Entry]) -> Iterator[tuple[int, Sequence[Entry]]]:
    """Yield the entries of each file of answers, with the number of the first of them."""
    first, chars = 0, 0
    for number, entry in enumerate(entries):
        chars += sum(len(part) for part in entry.answer.parts if isinstance(part, str))
        if chars >= CHUNK_CHARS:
            yield first, entries[first : number + 1]
            first, chars = number + 1, 0
    if first < len(entries):
        yield first, entries[first:]


def _script(variable: str, value: dict[str, Any]) -> bytes:
    return f"{variable} = {to_json(value)};\n".encode()
