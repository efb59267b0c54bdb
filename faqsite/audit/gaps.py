"""Finds what readers ask and no entry surely answers, from queries of a mailbox or a log."""

from __future__ import annotations

import shlex
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter, defaultdict
from collections.abc import Sequence

from faqsite.audit.engine import Found
from faqsite.audit.findability import Ask
from faqsite.content.yamltext import CONTROL, format_value
from faqsite.model.problems import UNPRINTABLE, Kind, Problem, note, shortened
from faqsite.model.records import Faq, RawContent, RawEntry
from faqsite.search.tokens import stem_in, tokens

MAX_ASKED_BYTES = 10_000_000
MAX_LINES = 100_000
_MAX_CHARS = 500
"""What fits in the search box; the rest of a longer line is ignored."""
_MAX_NAMED = 5

_Gap = tuple[str, int, Found]
"""A query, how often it occurs, and what it finds."""


def parse_asked(content: bytes) -> Counter[str]:
    """Return the queries on the lines of a file, most frequent first, and how often each occurs.

    Queries with the same words are one, as first typed. Lines without a word are skipped.
    Raises ValueError if it is too large or has too many lines.
    """
    if len(content) > MAX_ASKED_BYTES:
        raise ValueError(f"larger than {MAX_ASKED_BYTES:,} bytes")
    encoding = "utf-16" if content.startswith((BOM_UTF16_BE, BOM_UTF16_LE)) else "utf-8-sig"
    lines = content.decode(encoding, "replace").splitlines()
    if len(lines) > MAX_LINES:
        raise ValueError(f"more than {MAX_LINES:,} lines")
    typed: dict[tuple[str, ...], str] = {}
    counts: Counter[str] = Counter()
    for line in lines:
        # A hyphen at the start is a bullet, and would be an option in a command.
        visible = CONTROL.sub(" ", UNPRINTABLE.sub(" ", line[:_MAX_CHARS]))
        query = " ".join(visible.split()).lstrip("- ")
        if words := tuple(tokens(query)):
            counts[typed.setdefault(words, query)] += 1
    return Counter(dict(counts.most_common()))


def find_gaps(
    asked: Counter[str], content: RawContent, faq: Faq, ask: Ask
) -> tuple[list[Problem], int]:
    """Return advice for each group of queries without a sure answer, and how many have one.

    Queries are in a group if they share the most frequent of their unknown words, or without
    unknown words if they are near the same entry. The groups of most queries come first.
    """
    stem = stem_in(faq.settings.language)
    unknown: dict[str, set[str]] = {}
    frequency: Counter[str] = Counter()
    answers = dict(zip(asked, ask([*asked], 1), strict=True))
    for query, found in answers.items():
        unknown[query] = {stem(word) for word in tokens(" ".join(found.unmentioned))}
        frequency.update(dict.fromkeys(unknown[query], asked[query]))
    groups: dict[object, list[_Gap]] = defaultdict(list)
    for query, found in answers.items():
        if not found.is_answer:
            word = max(unknown[query], key=lambda each: (frequency[each], each), default="")
            groups[word or found.entries].append((query, asked[query], found))
    written = {entry.path: entry for entry in content.entries}
    entries = [written[entry.path] for entry in faq.top.all_entries]
    sizes = [(sum(count for _, count, _ in group), group) for group in groups.values()]
    gaps = sum(size for size, _ in sizes)
    sizes.sort(key=lambda sized: -sized[0])
    return [_advise(group, entries) for _, group in sizes], asked.total() - gaps


def _advise(group: Sequence[_Gap], entries: Sequence[RawEntry]) -> Problem:
    """Return advice on the nearest entry of a group, whose most frequent query is first."""
    query = group[0][0]
    named = [
        f'"{shortened(text)}"' + (f" ({count} times)" if count > 1 else "")
        for text, count, _ in group[:_MAX_NAMED]
    ]
    more = f" and {len(group) - _MAX_NAMED:,} more" if len(group) > _MAX_NAMED else ""
    fact = f"no sure answer for {', '.join(named)}{more}"
    near = next((entries[found.entries[0]] for _, _, found in group if found.entries), None)
    if not near:
        fact += ", and no entry is near"
        hint = f"to begin one, run: python build.py new {shlex.quote(query)}"
        return note("", 0, Kind.UNANSWERED_QUERY, fact, hint, query, is_advice=True)
    fact += f', and nearest is this entry ("{shortened(near.question)}")'
    where = 'add to its "also_asked"' if near.also_asked else 'add "also_asked:" and below it'
    hint = f"if it answers them, {where} the line: - {format_value(query)}"
    line = (near.also_asked or [near.question])[-1].line
    return note(near.path, line, Kind.UNANSWERED_QUERY, fact, hint, query, is_advice=True)
