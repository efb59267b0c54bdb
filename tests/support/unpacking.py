"""What a packed index holds, and the lunr index of the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lunr.builder import Builder
from lunr.index import Index
from lunr.stemmer import stemmer

from faqsite.search.packing import (
    Collection,
    Field,
    IndexedCategory,
    IndexedEntry,
    Posting,
    Ranking,
    Term,
)
from faqsite.search.words import is_english

_NUMBER = re.compile(r"([#-/]*)([\]-~]*)([0-\[])")
_TERM = re.compile("([A-Z])([^A-Z]*)")


def lunr_of(collection: Collection) -> Index:
    """Return what lunr's Builder, as it is, makes of a collection; terms are numbered in order."""
    names = [field.name for field in collection.ranking.fields]
    documents: list[dict[str, Any]] = [
        {"address": address_of(collection, entry)} | {name: [] for name in names}
        for entry in collection.entries
    ]
    for term in collection.terms:
        for entry, counts in term.postings:
            for name, count in zip(names, counts, strict=True):
                documents[entry][name] += [term.term] * count
    builder = Builder()
    builder.ref("address")
    builder.k1(collection.ranking.k1)
    builder.b(collection.ranking.b)
    for field in collection.ranking.fields:
        builder.field(field.name, boost=field.boost)
    for document in documents:
        builder.add(document)
    for number, name in enumerate(sorted(builder.inverted_index)):
        builder.inverted_index[name]["_index"] = number
    if is_english(collection.language):
        builder.search_pipeline.add(stemmer)
    return builder.build()


def as_json(index: Index) -> Any:  # noqa: ANN401 (JSON)
    """Return what lunr serialises, as JSON has it."""
    return json.loads(json.dumps(index.serialize()))


def address_of(collection: Collection, entry: IndexedEntry) -> str:
    """Return the address of an entry: "team/time-zone.html"."""
    folder = collection.categories[entry.category].folder if entry.category >= 0 else ""
    return f"{folder}{entry.slug}.html"


def unpack(packed: Mapping[str, Any]) -> Collection:
    """Return the collection that `packing.pack` was given."""
    counts = [tuple(case) for case in packed["counts"]]
    postings = packed["postings"].split(" ")
    return Collection(
        language=packed["language"],
        ranking=Ranking(
            k1=packed["k1"],
            b=packed["b"],
            fields=tuple(Field(name=name, boost=boost) for name, boost in packed["fields"]),
        ),
        categories=tuple(
            IndexedCategory(title=title, parent=parent, folder=folder)
            for title, parent, folder in packed["categories"]
        ),
        entries=tuple(
            IndexedEntry(title=title, slug=slug or _slug_of_title(title), category=category)
            for title, slug, category in zip(
                packed["titles"], packed["slugs"], packed["category"], strict=True
            )
        ),
        lengths=tuple(tuple(_unpack_numbers(text)) for text in packed["lengths"]),
        terms=tuple(
            Term(term=term, forms=forms, postings=tuple(_unpack_postings(text, counts)))
            for (term, forms), text in zip(_unpack_terms(packed["terms"]), postings, strict=False)
        ),
    )


def _slug_of_title(title: str) -> str:
    """Return the slug that engine.js gives an entry of which it is told none."""
    return re.sub("[^a-z0-9]+", "-", re.sub("['\u2019]", "", title.lower())).strip("-")


def _value(digits: str, zero: str, base: int) -> int:
    value = 0
    for digit in digits:
        value = value * base + ord(digit) - ord(zero)
    return value


def _unpack_numbers(text: str) -> Iterator[int]:
    for _, digits, last in _NUMBER.findall(text):
        yield _value(digits, "]", 34) * 44 + ord(last) - ord("0")


def _unpack_postings(text: str, counts: list[tuple[int, ...]]) -> Iterator[Posting]:
    entry = -1
    for case, digits, last in _NUMBER.findall(text):
        entry += 1 + _value(digits, "]", 34) * 44 + ord(last) - ord("0")
        yield entry, counts[_value(case, "#", 13)]


def _unpack_terms(packed: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    term = ""
    for shared, text in _TERM.findall(packed):
        rest, *forms = text.split(",")
        term = term[: ord(shared) - ord("A")] + rest
        yield term, tuple(_unpack_form(term, form) for form in forms) or (term,)


def _unpack_form(term: str, packed: str) -> str:
    end = packed.lstrip("-")
    return term[: _units(term) - (len(packed) - len(end))] + end


def _units(text: str) -> int:
    """Return the length of a text as JavaScript counts it, in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)
