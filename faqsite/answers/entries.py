"""A Markdown file to all that it says by itself, whatever else the content holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from faqsite.answers.answer import make_answer
from faqsite.content.folder import parse_entry
from faqsite.model.problems import Problem, Problems
from faqsite.model.records import Answer, RawEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """What a Markdown file says."""

    raw: RawEntry | None
    """None if the file is not an entry."""
    answer: Answer | None
    """None for a draft."""
    problems: tuple[Problem, ...]


Read = Callable[[str, bytes], ReadEntry]
"""`read_entry`, or the same function with a memory, such as `lru_cache(read_entry)`."""


def read_entry(path: str, content: bytes) -> ReadEntry:
    """Return what a Markdown file says; it depends on nothing but its path and its bytes."""
    problems = Problems()
    raw = parse_entry(content, path, problems)
    if not raw or raw.draft:
        return ReadEntry(raw=raw, answer=None, problems=tuple(problems.found))
    answer, found = make_answer(raw)
    return ReadEntry(raw=raw, answer=answer, problems=(*problems.found, *found))
