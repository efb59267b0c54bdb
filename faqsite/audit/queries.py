"""`content/queries.yaml`: what readers ask, and the entry that each query should find."""

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
"""How many results may hold the entry, unless the query says otherwise."""

_WITHIN = re.compile(r"(.+) within (\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a reader asks, and the path of the entry that it should find."""

    text: str
    line: int
    entry: str
    """Empty if the page should say that no answer mentions it."""
    within: int = USUAL_HITS
    """Among how many results."""


def key_of(text: str) -> tuple[str, ...]:
    """Return what two ways to ask the same share: their words, or the text if it has none."""
    return tuple(tokens(text)) or (text,)


def parse_queries(
    content: bytes, entries: Sequence[RawEntry], problems: Problems
) -> tuple[Query, ...]:
    """Return the queries of lines like `extra money: pay/bonus within 2`; note what is wrong."""
    text = decode_text(content, QUERIES_FILE, problems)
    if text is None:
        return ()
    fields = parse_fields(text, path=QUERIES_FILE, keys=None, problems=problems)
    named = names_of(entry.path for entry in entries)
    drafts = {entry.path for entry in entries if entry.draft}
    lines: dict[tuple[str, ...], int] = {}
    queries = []
    for asked, source in fields.values.items():
        value = read_value(source.without_comments()) or ""
        meant = _meant(value, named, drafts)
        first = lines.setdefault(key_of(asked), source.line)
        if first != source.line:
            fact, hint = f"has the same words as line {first}", "delete one of them"
            meant = note("", 0, Kind.REPEATED_QUERY, fact, hint, asked)
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
    """Return the path of an entry ("" for none) and its limit, or what is wrong."""
    if value.casefold() == "none":
        return "", USUAL_HITS
    limited = _WITHIN.fullmatch(value)
    reference, number = limited.groups() if limited else (value, str(USUAL_HITS))
    if not reference:
        hint = 'name one, or write "none"'
        return note("", 0, Kind.EMPTY_VALUE, "names no entry", hint)
    if number not in map(str, range(1, SHOWN + 1)):
        hint = f'leave "within" out to allow {USUAL_HITS}'
        fact = f'needs a number from 1 to {SHOWN} after "within", not "{shortened(number)}"'
        return note("", 0, Kind.WRONG_VALUE, fact, hint, "within")
    meant = find_entry(reference, named, drafts)
    if isinstance(meant, Problem):
        return replace(meant, message=f'names "{shortened(reference)}", which {meant.message}')
    return meant, int(number)
