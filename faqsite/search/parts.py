"""The packed index of a large FAQ in parts, of which a search loads what its words need.

The index is as `packing` describes it, but without `titles`, `slugs` and `postings`. Beside it
is a part for the words that questions are made of, and one for each run of the other terms,
with their postings and the titles of the entries that are asked with them: these are compared
with a query. Titles of what is found otherwise come from parts of consecutive entries. Instead
of what it lacks, the index has

- `documents`: for each term in how many entries it counts, as numbers;
- `parts`: [first term, version] of each part of terms, the first that of the question words;
- `titled`: [first entry, version] of each part of titles.

A part is `search-part/N.js`, or `search-part/tN.js` of titles: `FaqEngine.part["N"] = {...}` of

- `version`, and `postings` of its terms, in order, parted by spaces; none of titles;
- `entries`: the numbers of entries, as postings have them, without cases; `titles` and `slugs`.
"""

from __future__ import annotations

from collections.abc import Collection as Numbers
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from faqsite.search.packing import (
    MOST_TITLES,
    Collection,
    Posting,
    pack,
    pack_numbers,
    pack_postings,
)
from faqsite.search.words import question_words
from faqsite.system.digests import digest

PART_CHARS = 8_000
"""The length of postings and titles from which on a part is closed."""
_VERSION_CHARS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Terms that follow one another, but for question words, and the entries asked with them."""

    first: int
    terms: Sequence[int]
    asked: Numbers[int]


def pack_in_parts(
    collection: Collection, part_chars: int = PART_CHARS
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the index of a collection, as JSON, and its parts by name, each about so long."""
    packed = pack(collection)
    titles, slugs = packed.pop("titles"), packed.pop("slugs")
    of_terms = packed.pop("postings").split(" ")
    counted = [len(term.postings) for term in collection.terms]
    cases = [tuple(case) for case in packed["counts"]]
    common = _question_terms(collection)
    for number in common:
        postings = _outside_answers(collection, number)
        counted[number] = len(postings)
        of_terms[number] = pack_postings([postings], cases)

    def part(terms: Iterable[int], entries: Iterable[int]) -> dict[str, Any]:
        held = sorted(entries)
        value = {
            "postings": " ".join(of_terms[number] for number in terms),
            "entries": pack_numbers(_skipped(held)),
            "titles": [titles[entry] for entry in held],
            "slugs": [slugs[entry] for entry in held],
        }
        return {"version": digest(value)[:_VERSION_CHARS]} | value

    runs = list(_runs(collection, common, of_terms, part_chars))
    spans = list(_spans(titles, part_chars))
    of_runs = [part(common, ()), *(part(run.terms, run.asked) for run in runs)]
    of_spans = [part((), span) for span in spans]
    firsts = [0, *(run.first for run in runs)]
    index = packed | {
        "documents": pack_numbers(counted),
        "parts": _versions(firsts, of_runs),
        "titled": _versions((span.start for span in spans), of_spans),
    }
    named = {str(number): part for number, part in enumerate(of_runs)}
    return index, named | {f"t{number}": part for number, part in enumerate(of_spans)}


def _versions(firsts: Iterable[int], parts: Iterable[dict[str, Any]]) -> list[list[object]]:
    return [[first, part["version"]] for first, part in zip(firsts, parts, strict=True)]


def _question_terms(collection: Collection) -> list[int]:
    """Return the numbers of the terms that questions are made of."""
    asking = question_words(collection.language)
    numbered = enumerate(collection.terms)
    return [number for number, term in numbered if not asking.isdisjoint(term.forms)]


def _outside_answers(collection: Collection, number: int) -> list[Posting]:
    """Return the postings of a term in the entries that hold it elsewhere than in the answer."""
    outside = [n for n, field in enumerate(collection.ranking.fields) if field.name != "answer"]
    postings = collection.terms[number].postings
    return [(entry, counts) for entry, counts in postings if any(counts[n] for n in outside)]


def _runs(
    collection: Collection, common: Sequence[int], of_terms: Sequence[str], part_chars: int
) -> Iterator[_Run]:
    question = [field.name for field in collection.ranking.fields].index("question")
    first, terms, asked, chars = 0, list[int](), set[int](), 0
    apart = frozenset(common)
    for number, term in enumerate(collection.terms):
        if number in apart:
            continue
        if chars >= part_chars:
            yield _Run(first=first, terms=terms, asked=asked)
            first, terms, asked, chars = number, [], set(), 0
        terms.append(number)
        chars += len(of_terms[number])
        own = {entry for entry, counts in term.postings if counts[question]}
        if len(own) <= MOST_TITLES:
            chars += sum(len(collection.entries[entry].title) for entry in own - asked)
            asked |= own
    yield _Run(first=first, terms=terms, asked=asked)


def _spans(titles: Sequence[str], part_chars: int) -> Iterator[range]:
    """Yield the numbers of consecutive entries whose titles have about so many characters."""
    first, chars = 0, 0
    for entry, title in enumerate(titles):
        if chars >= part_chars:
            yield range(first, entry)
            first, chars = entry, 0
        chars += len(title)
    yield range(first, len(titles))


def _skipped(numbers: Iterable[int]) -> Iterator[int]:
    """Yield how many numbers are left out before each, as postings have it."""
    expected = 0
    for number in numbers:
        yield number - expected
        expected = number + 1
