"""The answers of a source to Markdown in the dialect of this project, by many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from faqsite.bringing import Brought, Fault
from faqsite.files import MAX_TEXT_BYTES
from faqsite.foreign import translate
from faqsite.soup import HtmlError
from faqsite.to_markdown import from_html, from_text, is_html

__all__ = ["KINDS", "converted"]


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
    entries: Sequence[Brought], kind: str, tell: Callable[[float], None] = lambda _: None
) -> list[Brought]:
    """Return the articles with their answers as Markdown; `kind` is what they are, "" unknown."""
    done = []
    for number, entry in enumerate(entries):
        tell(number / len(entries))
        done.append(_convert(entry, kind or entry.kind))
    return done


def _convert(entry: Brought, kind: str) -> Brought:
    if entry.kind == "own":
        return entry
    entry = replace(entry, answer=entry.answer.strip("\n"))
    kind = kind or ("html" if is_html(entry.answer) else "markdown")
    fault = Fault(message="the answer is nested too deep", hint="make it flatter")
    if len(entry.answer) > MAX_TEXT_BYTES:
        message = f"the answer holds {len(entry.answer):,} characters, more than {MAX_TEXT_BYTES:,}"
        fault = Fault(message=message, hint="divide it")
        return replace(entry, answer="", faults=(*entry.faults, fault))
    try:
        return KINDS[kind](entry)
    except RecursionError:
        pass
    except HtmlError as error:
        fault = Fault(message=f"the answer cannot be read: {error}", hint="export it anew")
    return replace(entry, faults=(*entry.faults, fault))
