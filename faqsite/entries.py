"""One Markdown file to all that can be known of it alone, as text that can be remembered.

The text is JSON. Whether it was made just now, by another process or in an earlier run,
an entry is always what `parse_read` makes of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from faqsite.content import parse_entry
from faqsite.model import (
    Answer,
    AnswerPart,
    ElementId,
    HeadingLevel,
    LinkTarget,
    PictureSize,
    RawEntry,
    Text,
)
from faqsite.problems import Problem, Problems

__all__ = ["ReadEntry", "parse_read", "read_entry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """What is known of a Markdown file alone."""

    raw: RawEntry | None
    """None if nothing can be made of the file. The body is left out: the answer is made of it."""
    answer: Answer | None
    """None of a draft."""
    problems: tuple[Problem, ...]


def read_entry(path: str, content: bytes) -> str:
    """Return all that can be known of a Markdown file alone, as JSON."""
    # Python-Markdown and what it brings take as long to import as to read a hundred entries.
    from faqsite.markup import make_answer  # noqa: PLC0415

    problems = Problems()
    raw = parse_entry(content, path, problems)
    answer = None
    if raw and not raw.draft:
        answer, found = make_answer(raw)
        problems.extend(found)
    return json.dumps(
        [
            raw and _listed(raw),
            answer and [list(map(_listed_part, answer.parts)), answer.text],
            [
                [each.path, each.line, each.message, each.hint, each.is_advice]
                for each in problems.found
            ],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def parse_read(text: str | bytes, digest: str) -> ReadEntry:
    """Return what `read_entry` had to say of the file of that digest.

    Raises ValueError, TypeError or LookupError if the text is of something else.
    """
    raw, answer, problems = json.loads(text)
    return ReadEntry(
        raw=raw and _parsed(raw, digest),
        answer=answer and Answer(parts=tuple(map(_parsed_part, answer[0])), text=answer[1]),
        problems=tuple(
            Problem(path=path, line=line, message=message, hint=hint, is_advice=is_advice)
            for path, line, message, hint, is_advice in problems
        ),
    )


def _listed(raw: RawEntry) -> list[Any]:
    return [
        raw.path,
        raw.category,
        raw.slug,
        _listed_text(raw.question),
        list(map(_listed_text, raw.also_asked)),
        raw.order,
        list(map(_listed_text, raw.related)),
        raw.updated and raw.updated.isoformat(),
        raw.review_by and raw.review_by.isoformat(),
        raw.owner,
        raw.draft,
        list(map(_listed_text, raw.moved_from)),
        raw.body_line,
    ]


def _parsed(listed: list[Any], digest: str) -> RawEntry:
    path, category, slug, question, also_asked, order, related, updated, review_by, *rest = listed
    owner, draft, moved_from, body_line = rest
    return RawEntry(
        path=path,
        category=category,
        slug=slug,
        question=Text(value=question[0], line=question[1]),
        also_asked=_parsed_texts(also_asked),
        order=order,
        related=_parsed_texts(related),
        updated=updated and date.fromisoformat(updated),
        review_by=review_by and date.fromisoformat(review_by),
        owner=owner,
        draft=draft,
        moved_from=_parsed_texts(moved_from),
        body="",
        body_line=body_line,
        digest=digest,
    )


def _listed_text(text: Text) -> list[str | int]:
    return [text.value, text.line]


def _parsed_texts(listed: Iterable[tuple[str, int]]) -> tuple[Text, ...]:
    return tuple(Text(value=value, line=line) for value, line in listed)


def _listed_part(part: AnswerPart) -> str | int | list[str | int]:
    """Return a part of an answer: HTML as text, a heading's depth as a number, else a list."""
    match part:
        case str():
            return part
        case HeadingLevel(depth=depth):
            return depth
        case ElementId(name=name):
            return [name]
        case LinkTarget(path=path, fragment=fragment, written=written, line=line):
            return [path, fragment, written, line]
        case PictureSize(path=path, width=width, height=height):
            return [path, width, height]


def _parsed_part(listed: Any) -> AnswerPart:  # noqa: ANN401 (JSON)
    match listed:
        case str():
            return listed
        case int():
            return HeadingLevel(depth=listed)
        case [name]:
            return ElementId(name=name)
        case [path, fragment, written, line]:
            return LinkTarget(path=path, fragment=fragment, written=written, line=line)
        case [path, width, height]:
            return PictureSize(path=path, width=width, height=height)
    raise ValueError(f"no part of an answer: {listed!r}")
