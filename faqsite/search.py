"""The search index: counted words of the entries to lunr's JSON and to what pages load.

The only module that knows lunr's index; `words` has its stemmer. The entries' words
are counted once; lunr's `Builder` makes its index of the counts, and `packing` packs
the same counts for the pages.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from lunr.builder import Builder
from lunr.index import Index
from lunr.stemmer import stemmer

from faqsite.model import Category, Entry, Faq, OutputFile, Synonyms
from faqsite.packing import (
    Collection,
    Field,
    IndexedCategory,
    IndexedEntry,
    Posting,
    Term,
    pack,
    unpack,
)
from faqsite.related import related_entries
from faqsite.synonyms import index_synonyms
from faqsite.words import is_english, stems, words

__all__ = [
    "Memo",
    "SearchFiles",
    "SearchableText",
    "WordCounts",
    "count_words",
    "index_faq",
    "lunr_index",
    "search_files",
    "unpack_lunr",
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
CHUNK_BYTES = 16_000
"""The size from which on a file of answers is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchableText:
    """The texts of an entry that are searched, one for each of FIELDS."""

    fields: tuple[str, ...]


WordCounts = tuple[tuple[tuple[str, int], ...], ...]
"""For each field its distinct words, as they are folded, with how often each stands there."""
Memo = Callable[[Callable[[SearchableText], WordCounts], SearchableText], WordCounts]
"""Calls a function with an argument, or remembers what it returned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFiles:
    """The files of the search and the build id that index and answers carry."""

    files: tuple[OutputFile, ...]
    build: str
    idle_synonyms: tuple[Synonyms, ...]
    """Those that find nothing, since no entry has any of the words that are meant."""
    similar: Mapping[str, tuple[str, ...]]
    """The paths of the entries that are most like each, by its path."""


def count_words(text: SearchableText) -> WordCounts:
    """Return how often each word stands in each field, words in the order of the text."""
    return tuple(tuple(Counter(words(field)).items()) for field in text.fields)


def search_files(faq: Faq, answers_html: Sequence[str], memo: Memo) -> SearchFiles:
    """Return lunr's index, the packed index and the answers, given in the order of the entries.

    `memo(count_words, text)` stands for `count_words(text)`, so that it can be remembered.
    """
    collection = index_faq(faq, memo)
    index_of_lunr = lunr_index(collection)
    chunks = tuple(_chunks(answers_html))
    forms_of = {term.term: term.forms for term in collection.terms}
    synonyms, idle = index_synonyms(faq.settings.synonyms, forms_of, collection.language)
    packed = pack(collection) | {"texts": [first for first, _ in chunks]}
    if synonyms:
        packed["synonyms"] = synonyms
    build = sha256(_json([packed, answers_html]).encode()).hexdigest()[:16]
    index = {"format": packed["format"], "build": build} | packed
    files = (
        OutputFile(
            address="lunr-index.json",
            content=_json(index_of_lunr.serialize()).encode(),
        ),
        _script("search-index.js", "FaqEngine.index", index),
        *(
            _script(
                f"search-text/{number}.js",
                f"FaqEngine.text[{number}]",
                {"build": build, "first": first, "answers": answers},
            )
            for number, (first, answers) in enumerate(chunks)
        ),
    )
    paths = [entry.path for entry in faq.top.all_entries]
    similar = related_entries(_vectors(index_of_lunr, collection), SIMILAR)
    return SearchFiles(
        files=files,
        build=build,
        idle_synonyms=idle,
        similar={
            path: tuple(paths[other] for other in others)
            for path, others in zip(paths, similar, strict=True)
        },
    )


def index_faq(faq: Faq, memo: Memo) -> Collection:
    """Return the terms of a FAQ with where they stand, and what a result says of each entry."""
    numbers: dict[str, int] = {}
    categories = []
    entries = []
    counts = []
    for number, trail in enumerate(_trails(faq.top), start=-1):
        category = trail[-1]
        folder = category.address.removesuffix("index.html")
        numbers[category.path] = number
        if len(trail) > 1:
            parent = numbers[trail[-2].path]
            categories.append(IndexedCategory(title=category.title, parent=parent, folder=folder))
        titles = "\n".join(each.title for each in trail[1:])
        for entry in category.entries:
            slug = entry.address.removeprefix(folder).removesuffix(".html")
            entries.append(IndexedEntry(title=entry.question, slug=slug, category=number))
            counts.append(memo(count_words, _searchable_text(entry, titles)))
    return Collection(
        language=faq.settings.language,
        k1=K1,
        b=B,
        fields=FIELDS,
        categories=tuple(categories),
        entries=tuple(entries),
        terms=tuple(_terms(counts, faq.settings.language)),
    )


def lunr_index(collection: Collection) -> Index:
    """Return the lunr index of a collection, its terms numbered alphabetically.

    lunr is given terms, not text, so it indexes them as they are; the pipeline that it
    is left with says how a program that searches the index makes terms of its words.
    """
    builder = Builder()
    builder.ref("address")
    builder.k1(collection.k1)
    builder.b(collection.b)
    for field in collection.fields:
        builder.field(field.name, boost=field.boost)
    for document in _documents(collection):
        builder.add(document)
    for number, term in enumerate(sorted(builder.inverted_index)):
        builder.inverted_index[term]["_index"] = number
    if is_english(collection.language):
        builder.search_pipeline.add(stemmer)
    return builder.build()


def unpack_lunr(packed: Mapping[str, Any]) -> dict[str, Any]:
    """Return lunr's own serialisation of a packed index."""
    serialized: dict[str, Any] = lunr_index(unpack(packed)).serialize()
    return serialized


def _trails(category: Category, above: tuple[Category, ...] = ()) -> Iterator[tuple[Category, ...]]:
    """Yield the way from the top to each category, in the order of the entries."""
    trail = (*above, category)
    yield trail
    for each in category.categories:
        yield from _trails(each, trail)


def _searchable_text(entry: Entry, category_titles: str) -> SearchableText:
    also_asked = "\n".join(entry.also_asked)
    return SearchableText(fields=(entry.question, also_asked, category_titles, entry.answer.text))


def _terms(counts: Sequence[WordCounts], language: str) -> Iterator[Term]:
    """Yield the terms, sorted, each with its forms and postings."""
    forms = sorted({word for fields in counts for field in fields for word, _ in field})
    stem_of = stems(forms, language)
    forms_of = defaultdict(list)
    for form in forms:
        forms_of[stem_of[form]].append(form)
    postings: defaultdict[str, defaultdict[int, list[int]]]
    postings = defaultdict(lambda: defaultdict(lambda: [0] * len(FIELDS)))
    for entry, fields in enumerate(counts):
        for number, field in enumerate(fields):
            for word, count in field:
                postings[stem_of[word]][entry][number] += count
    for term in sorted(forms_of):
        yield Term(
            term=term,
            forms=tuple(forms_of[term]),
            postings=tuple(
                Posting(entry=entry, counts=tuple(in_fields))
                for entry, in_fields in postings[term].items()
            ),
        )


def _vectors(index: Index, collection: Collection) -> list[dict[int, float]]:
    """Return the vector of each entry: what its terms weigh in lunr's index, over all fields."""
    vectors = []
    for entry in collection.entries:
        vector: defaultdict[int, float] = defaultdict(float)
        for field in collection.fields:
            elements = index.field_vectors[f"{field.name}/{collection.address(entry)}"].elements
            for term, weight in zip(elements[::2], elements[1::2], strict=True):
                vector[term] += weight
        vectors.append(dict(vector))
    return vectors


def _documents(collection: Collection) -> list[dict[str, Any]]:
    """Return what lunr is given: the address of each entry and the terms of its fields."""
    names = [field.name for field in collection.fields]
    documents: list[dict[str, Any]] = [
        {"address": collection.address(entry)} | {name: [] for name in names}
        for entry in collection.entries
    ]
    for term in collection.terms:
        for posting in term.postings:
            for name, count in zip(names, posting.counts, strict=True):
                documents[posting.entry][name] += [term.term] * count
    return documents


def _chunks(answers_html: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the answers in files of about CHUNK_BYTES, each with the number of its first entry."""
    first = 0
    answers: list[str] = []
    size = 0
    for answer in answers_html:
        answers.append(answer)
        size += len(answer.encode())
        if size >= CHUNK_BYTES:
            yield first, answers
            first += len(answers)
            answers, size = [], 0
    if answers:
        yield first, answers


def _script(address: str, variable: str, value: dict[str, Any]) -> OutputFile:
    return OutputFile(address=address, content=f"{variable} = {_json(value)};\n".encode())


def _json(value: Any) -> str:  # noqa: ANN401  # It is what json takes.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
