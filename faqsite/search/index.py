"""The search over a FAQ, and the files that it is published as: lunr's index, ours, the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from faqsite.model.records import Entry, Faq, PlannedFile, Synonyms
from faqsite.model.urls import SEARCH_PARTS, SEARCH_TEXTS, folders_above
from faqsite.search.packing import MOST_TITLES, Collection, pack, version_of
from faqsite.search.parts import cut, pack_in_parts
from faqsite.search.related import related_entries
from faqsite.search.synonyms import index_synonyms
from faqsite.search.terms import Ranking, index_texts, vectors_of
from faqsite.system.digests import to_json

RANKING = Ranking(
    k1=1.2,
    b=0.75,
    # A question boosted more pays on short answers and costs on long ones.
    boosts={"question": 3, "also_asked": 2, "category": 1, "answer": 1},
)
"""How entries are ranked: both the script and lunr's index follow it."""
SIMILAR = 3
"""How many similar entries each entry has at most."""
LARGE = 150_000
"""An index of more postings comes in parts, unless the entries are so few that the script
compares every question with a query."""
CHUNK_CHARS = 16_000
"""A file of answers ends when its HTML, without the links, is this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The search over a FAQ."""

    collection: Collection
    synonyms: list[tuple[str, list[str]]]
    idle_synonyms: tuple[Synonyms, ...]
    """Those that find nothing, because no entry has any of the words that are meant."""
    similar: Mapping[str, tuple[str, ...]]
    """The paths of the entries that are most like each, by its path."""


def make_search(faq: Faq) -> Search:
    """Return the search over a FAQ, which has at least one entry."""
    titles = {category.path: category.title for category in faq.top.all_categories}
    numbers = {path: number for number, path in enumerate(("", *titles), start=-1)}
    entries = tuple(faq.top.all_entries)
    texts = {entry.address: _texts(entry, titles) for entry in entries}
    terms = index_texts(texts, RANKING, faq.settings.language)
    synonyms, idle = index_synonyms(faq.settings.synonyms, terms.forms, terms.language)
    similar = related_entries(vectors_of(terms), SIMILAR)

    def above(path: str) -> int:
        return numbers[path.rpartition("/")[0]]

    return Search(
        collection=Collection(
            terms=terms,
            categories=[
                (each.title, above(each.path), each.address.removesuffix("index.html"))
                for each in faq.top.all_categories
            ],
            titles=[entry.question for entry in entries],
            slugs=[entry.slug for entry in entries],
            category=[above(entry.path) for entry in entries],
        ),
        synonyms=synonyms,
        idle_synonyms=idle,
        similar={
            entry.path: tuple(entries[other].path for other in others)
            for entry, others in zip(entries, similar, strict=True)
        },
    )


def _texts(entry: Entry, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the text of an entry in each field of `RANKING`, given the titles of categories."""
    above = "\n".join(titles[folder] for folder in folders_above(entry.path))
    return entry.question, "\n".join(entry.also_asked), above, entry.answer.text


def plan_search(search: Search, faq: Faq, html: Callable[[Entry], str]) -> tuple[PlannedFile, ...]:
    """Return the files of a search: lunr's index, the packed index, and the answers.

    `html` returns an answer as it is written for the home page.
    """
    collection, lunr = search.collection, search.collection.terms.lunr
    entries = tuple(faq.top.all_entries)
    html_parts = ([part for part in each.answer.parts if isinstance(part, str)] for each in entries)
    spans = cut([sum(map(len, parts)) for parts in html_parts], CHUNK_CHARS)
    postings = sum(map(len, collection.terms.postings))
    is_large = len(entries) > MOST_TITLES and postings > LARGE
    packed, parts = pack_in_parts(collection) if is_large else (None, {})

    @cache
    def answers(span: range) -> dict[str, Any]:
        of_span = [html(entries[number]) for number in span]
        version = version_of([span.start, of_span])
        return {"version": version, "first": span.start, "answers": of_span}

    def index() -> dict[str, Any]:
        own = packed or pack(collection)
        more: dict[str, Any] = {"texts": [[span.start, answers(span)["version"]] for span in spans]}
        if search.synonyms:
            more["synonyms"] = search.synonyms
        return {"format": own["format"], "build": version_of([own, more])} | own | more

    return (
        PlannedFile(address="lunr-index.json", make=lambda: to_json(lunr.serialize()).encode()),
        _plan_script("search-index.js", "FaqEngine.index", index),
        *(
            _plan_script(f"{SEARCH_TEXTS}{n}.js", f"FaqEngine.text[{n}]", partial(answers, span))
            for n, span in enumerate(spans)
        ),
        *(
            _plan_script(f"{SEARCH_PARTS}{n}.js", f'FaqEngine.part["{n}"]', partial(parts.get, n))
            for n in parts
        ),
    )


def _plan_script(address: str, variable: str, value: Callable[[], object]) -> PlannedFile:
    """Return the script that sets a variable to a value."""
    return PlannedFile(address=address, make=partial(_write_script, variable, value))


def _write_script(variable: str, value: Callable[[], object]) -> bytes:
    return f"{variable} = {to_json(value())};\n".encode()
