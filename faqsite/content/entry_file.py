"""The text of an entry's file, written so that it reads back as what was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from faqsite.content.yamltext import Source, quoted, read_value


def entry_text(
    *,
    question: str,
    answer: str = "",
    also_asked: Sequence[str] = (),
    order: int | None = None,
    related: Sequence[str] = (),
    updated: date | None = None,
    review_by: date | None = None,
    owner: str = "",
    draft: bool = False,
    moved_from: Sequence[str] = (),
) -> str:
    """Return the file of an entry; what was not given has no line.

    Each text comes to stand on one line, and the answer as it is, ended by a newline.
    """
    lines = [
        "---",
        f"question: {_value(question)}",
        *_list("also_asked", map(_value, also_asked)),
        *_line("order", order),
        *_list("related", map(_reference, related)),
        *_line("updated", updated),
        *_line("review_by", review_by),
        *_line("owner", _value(owner) if owner else None),
        *_line("draft", "true" if draft else None),
        *_list("moved_from", map(_reference, moved_from)),
        "---",
        answer,
    ]
    return "\n".join(lines).removesuffix("\n") + "\n"


def category_text(*, title: str = "", order: int | None = None, summary: str = "") -> str:
    """Return the `_category.yaml` of a folder; what was not given has no line."""
    lines = [
        *_line("title", _value(title) if title else None),
        *_line("order", order),
        *_line("summary", _value(summary) if summary else None),
    ]
    return "".join(f"{line}\n" for line in lines)


def _line(key: str, value: object) -> Iterator[str]:
    if value is not None:
        yield f"{key}: {value}"


def _list(key: str, values: Iterable[str]) -> Iterator[str]:
    for number, value in enumerate(values):
        if number == 0:
            yield f"{key}:"
        yield f"  - {value}"


def _value(text: str) -> str:
    """Return a text as it can stand behind a key: plain where YAML reads it so, else in quotes."""
    line = " ".join(text.split())
    return line if line and read_value(Source(line=0, lines=(line,))) == line else quoted(line)


def _reference(text: str) -> str:
    """Return a name or address, behind which a " #" would begin a comment even in quotes."""
    if " #" not in text and not text.startswith("#"):
        return _value(text)
    line = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + line.replace("#", "\\x23") + '"'
