"""The contents of a packed index, and the lunr index of the same collection."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

from lunr.builder import Builder
from lunr.index import Index
from lunr.stemmer import stemmer

from faqsite.search.terms import Posting, TermIndex
from faqsite.search.tokens import is_english


class Collection(NamedTuple):
    """All that a packed index contains, in the same columns."""

    terms: TermIndex
    categories: Sequence[tuple[str, int, str]]
    """Of each category below the top: its title, its parent's number (-1: the top), and its
    folder, the part of an address before the slug: "team/"."""
    titles: Sequence[str]
    """The question of each entry."""
    slugs: Sequence[str]
    category: Sequence[int]
    """The number of the category of each entry, -1 at the top."""


_NUMBER = re.compile(r"([#-/]*)([\]-~]*)([0-\[])")
_TERM = re.compile("([A-Z])([^A-Z]*)")


def lunr_of(collection: Collection) -> Index:
    """Return what lunr's Builder, as it is, makes of a collection; terms are numbered in order."""
    terms = collection.terms
    boosts = terms.boosts
    documents: list[dict[str, Any]] = [
        {"address": address} | {name: [] for name in boosts} for address in addresses_of(collection)
    ]
    for term, postings in zip(terms.forms, terms.postings, strict=True):
        for entry, counts in postings:
            for name, count in zip(boosts, counts, strict=True):
                documents[entry][name] += [term] * count
    builder = Builder()
    builder.ref("address")
    for name, boost in boosts.items():
        builder.field(name, boost=boost)
    for document in documents:
        builder.add(document)
    for number, name in enumerate(sorted(builder.inverted_index)):
        builder.inverted_index[name]["_index"] = number
    if is_english(terms.language):
        builder.search_pipeline.add(stemmer)
    return builder.build()


def as_json(index: Index) -> Any:  # noqa: ANN401 (JSON)
    """Return an index as lunr serialises it, in JSON."""
    return json.loads(json.dumps(index.serialize()))


def addresses_of(collection: Collection) -> list[str]:
    """Return the address of each entry: "team/time-zone.html"."""
    folders = [*(folder for _, _, folder in collection.categories), ""]  # The last is of -1.
    placed = zip(collection.category, collection.slugs, strict=True)
    return [f"{folders[category]}{slug}.html" for category, slug in placed]


def unpack(packed: Mapping[str, Any]) -> Collection:
    """Return the content of an index that `packing.pack` made."""
    counts = [tuple(case) for case in packed["counts"]]
    forms = dict(_unpack_terms(packed["terms"]))
    postings = packed["postings"].split(" ")[: len(forms)]
    titled = zip(packed["titles"], packed["slugs"], strict=True)
    return Collection(
        terms=TermIndex(
            language=packed["language"],
            boosts=dict(packed["fields"]),
            lengths=[[*_unpack_numbers(text)] for text in packed["lengths"]],
            forms=forms,
            postings=[[*_unpack_postings(text, counts)] for text in postings],
            lunr=None,
        ),
        categories=[(title, parent, folder) for title, parent, folder in packed["categories"]],
        titles=packed["titles"],
        slugs=[slug or _slug_of_title(title) for title, slug in titled],
        category=packed["category"],
    )


def _slug_of_title(title: str) -> str:
    """Return the slug that engine.js makes from a title when the index has none."""
    return re.sub("[^a-z0-9]+", "-", re.sub("['\u2019]", "", title.lower())).strip("-")


def _value(digits: str, zero: str, base: int) -> int:
    return reduce(lambda value, digit: value * base + ord(digit) - ord(zero), digits, 0)


def _unpack_numbers(text: str) -> Iterator[int]:
    for _, digits, last in _NUMBER.findall(text):
        yield _value(digits, "]", 34) * 44 + ord(last) - ord("0")


def _unpack_postings(text: str, counts: list[tuple[int, ...]]) -> Iterator[Posting]:
    entry = -1
    for case, digits, last in _NUMBER.findall(text):
        entry += 1 + _value(digits, "]", 34) * 44 + ord(last) - ord("0")
        yield entry, counts[_value(case, "#", 13)]


def _unpack_terms(packed: str) -> Iterator[tuple[str, list[str]]]:
    term = ""
    for shared, text in _TERM.findall(packed):
        rest, *forms = text.split(",")
        term = term[: ord(shared) - ord("A")] + rest
        yield term, [_unpack_form(term, form) for form in forms] or [term]


def _unpack_form(term: str, packed: str) -> str:
    end = packed.lstrip("-")
    return term[: _units(term) - (len(packed) - len(end))] + end


def _units(text: str) -> int:
    """Return the length of a text as JavaScript counts it, in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)
