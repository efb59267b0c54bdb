"""The search index: the words of the entries to what pages load, and to lunr's JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import Any

from faqsite.model.records import Category, Entry, Faq, PlannedFile, Synonyms
from faqsite.model.urls import SEARCH_PARTS, SEARCH_TEXTS
from faqsite.search.packing import (
    MOST_TITLES,
    Collection,
    Field,
    IndexedCategory,
    IndexedEntry,
    Posting,
    Ranking,
    Term,
    pack,
)
from faqsite.search.parts import pack_in_parts
from faqsite.search.related import related_entries
from faqsite.search.synonyms import index_synonyms
from faqsite.search.vectors import LunrIndex, index_terms, vectors_of
from faqsite.search.words import list_words, stems
from faqsite.system.digests import digest, to_json

RANKING = Ranking(
    k1=1.2,
    b=0.75,
    # A question boosted more pays on short answers and costs on long ones.
    fields=(
        Field(name="question", boost=3),
        Field(name="also_asked", boost=2),
        Field(name="category", boost=1),
        Field(name="answer", boost=1),
    ),
)
"""What the index says of ranking: pages and lunr's index follow it."""
SIMILAR = 3
"""How many entries are called like another."""
LARGE = 150_000
"""How many postings an index has from which on it comes in parts, if of so many entries that
the script compares no question with a query that no part brings."""
CHUNK_CHARS = 16_000
"""The length of the HTML, but for links, from which on a file of answers is closed."""
_VERSION_CHARS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What the search over a FAQ is made of."""

    collection: Collection
    lunr: LunrIndex
    synonyms: list[tuple[str, list[str]]]
    idle_synonyms: tuple[Synonyms, ...]
    """Those that find nothing, since no entry has any of the words that are meant."""
    similar: Mapping[str, tuple[str, ...]]
    """The paths of the entries that are most like each, by its path."""


def make_search(faq: Faq) -> Search:
    """Return the search over a FAQ, which has at least one entry."""
    language = faq.settings.language
    categories, entries, words_of = _list_entries(faq.top)
    words = {word for fields in words_of.values() for field in fields for word in field}
    stem_of = stems(words, language)
    terms_of = {
        address: [[stem_of[word] for word in field] for field in fields]
        for address, fields in words_of.items()
    }
    index = index_terms(terms_of, RANKING, language)
    forms_of = defaultdict(list)
    for word in sorted(words):
        forms_of[stem_of[word]].append(word)
    postings = _count_postings(index.counts)
    collection = Collection(
        language=language,
        ranking=RANKING,
        categories=tuple(categories),
        entries=tuple(entries),
        lengths=tuple(
            tuple(len(fields[number]) for fields in words_of.values())
            for number in range(len(RANKING.fields))
        ),
        terms=tuple(
            Term(term=term, forms=tuple(forms_of[term]), postings=tuple(postings[term]))
            for term in sorted(forms_of)
        ),
    )
    synonyms, idle = index_synonyms(faq.settings.synonyms, forms_of, language)
    paths = [entry.path for entry in faq.top.all_entries]
    similar = related_entries(vectors_of(index), SIMILAR)
    return Search(
        collection=collection,
        lunr=index.lunr,
        synonyms=synonyms,
        idle_synonyms=idle,
        similar={
            path: tuple(paths[other] for other in others)
            for path, others in zip(paths, similar, strict=True)
        },
    )


def _list_entries(
    top: Category,
) -> tuple[list[IndexedCategory], list[IndexedEntry], dict[str, list[list[str]]]]:
    """Return the categories, the entries, and by their addresses the words of each field."""
    numbers: dict[str, int] = {}
    categories = []
    entries = []
    words_of = {}
    for number, trail in enumerate(_trails(top), start=-1):
        category = trail[-1]
        numbers[category.path] = number
        if len(trail) > 1:
            folder = category.address.removesuffix("index.html")
            parent = numbers[trail[-2].path]
            categories.append(IndexedCategory(title=category.title, parent=parent, folder=folder))
        titles = "\n".join(each.title for each in trail[1:])
        for entry in category.entries:
            texts = (entry.question, "\n".join(entry.also_asked), titles, entry.answer.text)
            words_of[entry.address] = list(map(list_words, texts))
            entries.append(IndexedEntry(title=entry.question, slug=entry.slug, category=number))
    return categories, entries, words_of


def _trails(category: Category, above: tuple[Category, ...] = ()) -> Iterator[tuple[Category, ...]]:
    """Yield the way from the top to each category, in the order of the entries."""
    trail = (*above, category)
    yield trail
    for each in category.categories:
        yield from _trails(each, trail)


def _count_postings(counts: Sequence[Sequence[Mapping[str, int]]]) -> Mapping[str, list[Posting]]:
    """Return the postings of each term, given how often it is in each field of each entry."""
    postings = defaultdict(list)
    for entry, fields in enumerate(counts):
        for term in set(chain.from_iterable(fields)):
            postings[term].append((entry, tuple([field.get(term, 0) for field in fields])))
    return postings


def plan_search(search: Search, faq: Faq, html: Callable[[Entry], str]) -> tuple[PlannedFile, ...]:
    """Return the files of a search: lunr's index, the packed index, and the answers.

    `html` returns an answer as it is written for the home page.
    """
    entries = tuple(faq.top.all_entries)
    texts = [_Text(first=first, entries=chunk, html=html) for first, chunk in _chunks(entries)]
    postings = sum(len(term.postings) for term in search.collection.terms)
    is_large = len(entries) > MOST_TITLES and postings > LARGE
    index, parts = pack_in_parts(search.collection) if is_large else (None, {})
    return (
        PlannedFile(
            address="lunr-index.json",
            make=lambda: to_json(search.lunr.serialize()).encode(),
        ),
        PlannedFile(
            address="search-index.js",
            make=lambda: _script("FaqEngine.index", _packed(search, texts, index)),
        ),
        *(
            PlannedFile(
                address=f"{SEARCH_TEXTS}{number}.js",
                make=partial(_text_script, number, text),
            )
            for number, text in enumerate(texts)
        ),
        *(
            PlannedFile(
                address=f"{SEARCH_PARTS}{name}.js",
                make=partial(_script, f'FaqEngine.part["{name}"]', part),
            )
            for name, part in parts.items()
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
