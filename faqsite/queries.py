"""`content/queries.yaml`: what readers ask, and the entry that each query is to find."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from faqsite.content import QUERIES_FILE
from faqsite.fields import decode_text, parse_fields, shortened
from faqsite.links import find_entry, names_of
from faqsite.model import RawEntry
from faqsite.problems import Problems
from faqsite.words import words
from faqsite.yamltext import read_value

USUAL_HITS = 3
"""Among how many hits an entry is looked for where nothing else is said."""
MOST_HITS = 10
"""How many hits a page shows."""

_WITHIN = re.compile(r"(.+) within (\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a reader asks, and the path of the entry to find among the first hits."""

    text: str
    line: int
    entry: str
    """Empty if no answer mentions what is asked, and the page is to say so."""
    within: int = USUAL_HITS


def parse_queries(
    content: bytes, entries: Sequence[RawEntry], problems: Problems
) -> tuple[Query, ...]:
    """Return the queries of the file, e.g. of the line `extra money: pay/bonus within 2`.

    A query that stands there twice, or names none of the entries that is published,
    is a problem.
    """
    text = decode_text(content, QUERIES_FILE, problems)
    if text is None:
        return ()
    fields = parse_fields(text, path=QUERIES_FILE, keys=None, has_labels=True, problems=problems)
    named = names_of(entry.path for entry in entries)
    drafts = {entry.path for entry in entries if entry.draft}
    lines: dict[tuple[str, ...], int] = {}
    queries = []
    for asked, source in fields.sources.items():
        value = read_value(source.without_comments()) or ""
        entry, within, fault, hint = _meant(value, named, drafts)
        first = lines.setdefault(tuple(words(asked)) or (asked,), source.line)
        if first != source.line:
            fault, hint = "is repeated", f"its words stand on line {first} already"
        if fault:
            message = f'the query "{shortened(asked)}" {fault}'
            problems.add(QUERIES_FILE, source.line, message, hint)
        else:
            queries.append(Query(text=asked, line=source.line, entry=entry, within=within))
    return tuple(queries)


def _meant(
    value: str, named: Mapping[str, Sequence[str]], drafts: Collection[str]
) -> tuple[str, int, str, str]:
    """Return the path of an entry ("" for none) and its limit; else what is wrong, and a hint."""
    if value == "none":
        return "", USUAL_HITS, "", ""
    limited = _WITHIN.fullmatch(value)
    reference, number = limited.groups() if limited else (value, str(USUAL_HITS))
    if not reference:
        return "", 0, "names no entry", "write query: entry, or query: none"
    if number not in map(str, range(1, MOST_HITS + 1)):
        hint = f'leave "within" out for {USUAL_HITS}'
        return "", 0, f'has no number from 1 to {MOST_HITS} but "{shortened(number)}"', hint
    path, fault, hint = find_entry(reference, named, drafts)
    return path, int(number), fault and f'names "{shortened(reference)}", which {fault}', hint
