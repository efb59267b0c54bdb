"""Splits the packed index of a large FAQ, so that a search loads only the parts it needs.

The index has the format of `packing`, without `titles`, `slugs` and `postings`. These are in
parts: one for the question words, and one for each run of the other terms, with their postings
and the titles of the entries whose questions contain them, which the script compares with the
query. The titles of all other results are in parts of consecutive entries. In their place, the
index has

- `documents`: for each term, in how many entries it counts, as numbers;
- `parts`: [first term, version] of each part of terms, beginning with the question words;
- `titled`: [first entry, version] of each part of titles.

A part of terms is `search-part/N.js`, a part of titles `search-part/tN.js`. It sets
`FaqEngine.part["N"]` to an object with

- `version`, and `postings` of its terms, in order, separated by spaces; empty in a part of titles;
- `entries`: the numbers of entries as in postings, without cases; `titles` and `slugs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from faqsite.model.records import Faq
from faqsite.search import packing
from faqsite.search.packing import pack_entries
from faqsite.search.terms import TermIndex

PART_CHARS = 8_000
"""A part ends when its postings and titles are this long."""


def pack_in_parts(
    terms: TermIndex, faq: Faq, part_chars: int = PART_CHARS
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the index of a FAQ as JSON, and its parts by name, each about this long."""
    packed = packing.pack(terms, faq)
    titles, slugs = packed.pop("titles"), packed.pop("slugs")
    of_terms = packed.pop("postings").split(" ")
    documents = [*map(len, terms.postings)]
    asking = set(packed["question_words"].split())
    forms = enumerate(terms.forms.values())
    common = [number for number, of_term in forms if not asking.isdisjoint(of_term)]
    # A question word counts only outside the answer.
    fields = [n for n, name in enumerate(terms.boosts) if name != "answer"]
    cases = {case: number for number, case in enumerate(packed["counts"])}
    for number in common:
        outside = [
            (entry, cases[case])
            for entry, case in terms.postings[number]
            if any(case[field] for field in fields)
        ]
        documents[number] = len(outside)
        of_terms[number] = pack_entries(outside)

    def part(numbers: Iterable[int], entries: Iterable[int]) -> dict[str, Any]:
        held = sorted(entries)
        value = {
            "postings": " ".join(of_terms[number] for number in numbers),
            "entries": pack_entries((entry, 0) for entry in held),
            "titles": [titles[entry] for entry in held],
            "slugs": [slugs[entry] for entry in held],
        }
        return {"version": packing.version_of(value)} | value

    runs = list(_runs(terms, titles, common, of_terms, part_chars))
    spans = cut([*map(len, titles)], part_chars)
    of_runs = {"0": part(common, ())} | {str(n): part(*run) for n, run in enumerate(runs, 1)}
    of_spans = {f"t{n}": part((), span) for n, span in enumerate(spans)}
    # Every term has a part, even a question word that sorts before all others.
    firsts = [0, 0, *(numbers[0] for numbers, _ in runs[1:])]
    index = packed | {
        "documents": "".join(map(packing.pack_number, documents)),
        "parts": [[first, of_runs[str(n)]["version"]] for n, first in enumerate(firsts)],
        "titled": [[span.start, of_spans[f"t{n}"]["version"]] for n, span in enumerate(spans)],
    }
    return index, of_runs | of_spans


def cut(lengths: Sequence[int], most: int) -> list[range]:
    """Return the numbers of consecutive texts in spans, each cut once it is `most` long."""
    spans = []
    first, chars = 0, 0
    for number, length in enumerate(lengths):
        if chars >= most:
            spans.append(range(first, number))
            first, chars = number, 0
        chars += length
    return [*spans, range(first, len(lengths))]


def _runs(
    index: TermIndex,
    titles: Sequence[str],
    common: Sequence[int],
    of_terms: Sequence[str],
    part_chars: int,
) -> Iterator[tuple[list[int], set[int]]]:
    """Yield the terms of each part except question words, and the entries that ask with them."""
    question = [*index.boosts].index("question")
    terms, asked, chars = list[int](), set[int](), 0
    for number, postings in enumerate(index.postings):
        if number in common:
            continue
        if chars >= part_chars:
            yield terms, asked
            terms, asked, chars = [], set(), 0
        terms.append(number)
        chars += len(of_terms[number])
        own = {entry for entry, counts in postings if counts[question]}
        if len(own) <= packing.MOST_TITLES:
            chars += sum(len(titles[entry]) for entry in own - asked)
            asked |= own
    yield terms, asked
