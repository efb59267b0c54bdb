"""The search index: counted words of the entries to what pages load, and to lunr's JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import add
from typing import Any

from faqsite.model import Category, Entry, Faq, OutputFile, Synonyms
from faqsite.packing import (
    Collection,
    Field,
    IndexedCategory,
    IndexedEntry,
    Posting,
    Term,
    pack,
)
from faqsite.related import related_entries
from faqsite.synonyms import index_synonyms
from faqsite.vectors import field_vectors, serialize
from faqsite.words import stems, words

__all__ = ["SearchFiles", "WordCounts", "count_words", "index_faq", "search_files"]

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

WordCounts = Mapping[str, tuple[int, ...]]
"""For each distinct word, as it is folded, how often it stands in each of FIELDS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFiles:
    """The files of the search and the build id that index and answers carry."""

    files: tuple[OutputFile, ...]
    build: str
    idle_synonyms: tuple[Synonyms, ...]
    """Those that find nothing, since no entry has any of the words that are meant."""
    similar: Mapping[str, tuple[str, ...]]
    """The paths of the entries that are most like each, by its path."""


def count_words(entry: Entry) -> WordCounts:
    """Return how often each word stands in the fields of an entry itself, not in its category."""
    return _count(entry.question, "\n".join(entry.also_asked), "", entry.answer.text)


def search_files(
    faq: Faq,
    answers_html: Sequence[str],
    count: Callable[[Entry], WordCounts] = count_words,
) -> SearchFiles:
    """Return lunr's index, the packed index and the answers, given in the order of the entries.

    `count` stands for `count_words`, so that what it returned can be remembered.
    """
    collection = index_faq(faq, count)
    vectors = field_vectors(collection)
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
            content=_json(serialize(collection, vectors)).encode(),
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
    similar = related_entries(vectors, SIMILAR)
    return SearchFiles(
        files=files,
        build=build,
        idle_synonyms=idle,
        similar={
            path: tuple(paths[other] for other in others)
            for path, others in zip(paths, similar, strict=True)
        },
    )


def index_faq(faq: Faq, count: Callable[[Entry], WordCounts] = count_words) -> Collection:
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
        of_titles = _count("", "", "\n".join(each.title for each in trail[1:]), "")
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
        terms=tuple(_terms(counts, faq.settings.language)),
    )


def _trails(category: Category, above: tuple[Category, ...] = ()) -> Iterator[tuple[Category, ...]]:
    """Yield the way from the top to each category, in the order of the entries."""
    trail = (*above, category)
    yield trail
    for each in category.categories:
        yield from _trails(each, trail)


def _count(*fields: str) -> WordCounts:
    """Return how often each word stands in each field, words in the order of the text."""
    counts: dict[str, tuple[int, ...]] = {}
    nowhere = (0,) * len(fields)
    for number, field in enumerate(fields):
        for word in words(field):
            before = counts.get(word, nowhere)
            counts[word] = (*before[:number], before[number] + 1, *before[number + 1 :])
    return counts


def _terms(counts: Sequence[tuple[WordCounts, ...]], language: str) -> Iterator[Term]:
    """Yield the terms, sorted, each with its forms and postings."""
    forms = sorted({word for parts in counts for part in parts for word in part})
    stem_of = stems(forms, language)
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
