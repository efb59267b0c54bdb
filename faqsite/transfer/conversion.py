"""The answers of a source to Markdown in the dialect of this project, by many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from faqsite.model.problems import Kind, note
from faqsite.system.files import MAX_TEXT_BYTES
from faqsite.transfer.article import Brought
from faqsite.transfer.foreign import translate
from faqsite.transfer.soup import HtmlError
from faqsite.transfer.to_markdown import from_html, from_text, is_html

KINDS = ("html", "markdown", "text")
"""What an answer can be written in."""


def converted(
    entries: Sequence[Brought], kind: str, tell: Callable[[float], None] = lambda _: None
) -> list[Brought]:
    """Return the articles with their answers as Markdown; `kind` is what they are, "" unknown."""
    done = []
    for number, entry in enumerate(entries):
        tell(number / len(entries))
        done.append(entry if entry.kind == "own" else _convert(entry, kind or entry.kind))
    return done


def _convert(entry: Brought, kind: str) -> Brought:
    answer = entry.answer.strip("\n")
    if len(answer) > MAX_TEXT_BYTES:
        message = f"the answer holds {len(answer):,} characters, more than {MAX_TEXT_BYTES:,}"
        refused = replace(entry, answer="")
        return _refuse(refused, Kind.LIMIT_EXCEEDED, message, "divide it", "characters")
    try:
        match kind or ("html" if is_html(answer) else "markdown"):
            case "html":
                return replace(entry, answer=from_html(answer))
            case "text":
                return replace(entry, answer=from_text(answer))
        found = translate(answer)
    except RecursionError:
        message, hint = "the answer is nested too deep", "make it flatter"
        return _refuse(entry, Kind.LIMIT_EXCEEDED, message, hint, "levels")
    except HtmlError as error:
        message = f"the answer cannot be read: {error}"
        return _refuse(entry, Kind.UNREADABLE_ANSWER, message, "export it anew")
    return replace(
        entry,
        answer=found.markdown.strip("\n"),
        faults=(*entry.faults, *found.faults),
        advice=(*entry.advice, *found.advice),
    )


def _refuse(entry: Brought, kind: Kind, message: str, hint: str, *about: str) -> Brought:
    fault = note("", 0, kind, message, hint, *about)
    return replace(entry, faults=(*entry.faults, fault))
