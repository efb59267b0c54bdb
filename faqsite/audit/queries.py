"""`content/queries.yaml`: what readers ask, and the entry that each query is to find."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from faqsite.content.fields import parse_fields
from faqsite.content.links import find_entry, names_of
from faqsite.content.sources import QUERIES_FILE
from faqsite.content.text import decode_text
from faqsite.content.yamltext import read_value
from faqsite.model.problems import Kind, Problem, Problems, note, shortened
from faqsite.model.records import RawEntry
from faqsite.search.packing import SHOWN
from faqsite.search.tokens import tokens

USUAL_HITS = 3
"""Among how many hits an entry is looked for where nothing else is said."""

_WITHIN = re.compile(r"(.+) within (\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a reader asks, and the path of the entry to find among the first hits."""

    text: str
    line: int
    entry: str
    """Empty if no answer mentions what is asked, and the page is to say so."""
    within: int = USUAL_HITS


def key_of(text: str) -> tuple[str, ...]:
    """Return what two ways to ask the same have in common: their words; the text without any."""
    return tuple(tokens(text)) or (text,)


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
        meant = _meant(value, named, drafts)
        first = lines.setdefault(key_of(asked), source.line)
        if first != source.line:
            hint = f"its words stand on line {first} already"
            meant = note("", 0, Kind.REPEATED_QUERY, "is repeated", hint, asked)
        if isinstance(meant, Problem):
            message = f'the query "{shortened(asked)}" {meant.message}'
            problems.add(QUERIES_FILE, source.line, meant.kind, message, meant.hint, *meant.about)
        else:
            entry, within = meant
            queries.append(Query(text=asked, line=source.line, entry=entry, within=within))
    return tuple(queries)


def _meant(
    value: str, named: Mapping[str, Sequence[str]], drafts: Collection[str]
) -> tuple[str, int] | Problem:
    """Return the path of an entry ("" for none) and its limit; else what is wrong."""
    if value == "none":
        return "", USUAL_HITS
    limited = _WITHIN.fullmatch(value)
    reference, number = limited.groups() if limited else (value, str(USUAL_HITS))
    if not reference:
        hint = "write query: entry, or query: none"
        return note("", 0, Kind.EMPTY_VALUE, "names no entry", hint)
    if number not in map(str, range(1, SHOWN + 1)):
        hint = f'leave "within" out for {USUAL_HITS}'
        fact = f'has no number from 1 to {SHOWN} but "{shortened(number)}"'
        return note("", 0, Kind.WRONG_VALUE, fact, hint, "within")
    meant = find_entry(reference, named, drafts)
    if isinstance(meant, Problem):
        return replace(meant, message=f'names "{shortened(reference)}", which {meant.message}')
    return meant, int(number)
