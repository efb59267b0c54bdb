"""The answers of a source to Markdown in the dialect of this project, by many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from faqsite.bringing import Brought
from faqsite.files import MAX_TEXT_BYTES
from faqsite.foreign import translate
from faqsite.problems import Kind, note
from faqsite.soup import HtmlError
from faqsite.to_markdown import from_html, from_text, is_html
from faqsite.workers import run

__all__ = ["KINDS", "converted"]

_TOGETHER, _WORTH_WORKERS = 32, 64


def _from_html(entry: Brought) -> Brought:
    return replace(entry, answer=from_html(entry.answer))


def _from_text(entry: Brought) -> Brought:
    return replace(entry, answer=from_text(entry.answer))


def _from_foreign(entry: Brought) -> Brought:
    found = translate(entry.answer)
    return replace(
        entry,
        answer=found.markdown.strip("\n"),
        faults=(*entry.faults, *found.faults),
        advice=(*entry.advice, *found.advice),
    )


KINDS: Mapping[str, Callable[[Brought], Brought]] = {
    "html": _from_html,
    "markdown": _from_foreign,
    "text": _from_text,
}
"""What an answer can be, and what makes our Markdown of it."""


def converted(
    entries: Sequence[Brought], kind: str, workers: int, tell: Callable[[float], None]
) -> list[Brought]:
    """Return the articles with their answers as Markdown; `kind` is what they are, "" unknown."""
    parts = [(kind, entries[at : at + _TOGETHER]) for at in range(0, len(entries), _TOGETHER)]
    workers = workers if len(entries) >= _WORTH_WORKERS else 1
    return [entry for part in run(_convert_together, parts, workers, tell) for entry in part]


def _convert_together(part: tuple[str, Sequence[Brought]]) -> list[Brought]:
    kind, entries = part
    return [_convert(entry, kind or entry.kind) for entry in entries]


def _convert(entry: Brought, kind: str) -> Brought:
    if entry.kind == "own":
        return entry
    entry = replace(entry, answer=entry.answer.strip("\n"))
    kind = kind or ("html" if is_html(entry.answer) else "markdown")
    if len(entry.answer) > MAX_TEXT_BYTES:
        message = f"the answer holds {len(entry.answer):,} characters, more than {MAX_TEXT_BYTES:,}"
        return _refused(
            replace(entry, answer=""), Kind.LIMIT_EXCEEDED, message, "divide it", "characters"
        )
    try:
        return KINDS[kind](entry)
    except RecursionError:
        message, hint = "the answer is nested too deep", "make it flatter"
        return _refused(entry, Kind.LIMIT_EXCEEDED, message, hint, "levels")
    except HtmlError as error:
        message = f"the answer cannot be read: {error}"
        return _refused(entry, Kind.UNREADABLE_ANSWER, message, "export it anew")


def _refused(entry: Brought, kind: Kind, message: str, hint: str, *about: str) -> Brought:
    fault = note("", 0, kind, message, hint, *about)
    return replace(entry, faults=(*entry.faults, fault))
