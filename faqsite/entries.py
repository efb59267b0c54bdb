"""A Markdown file to all that it says by itself, whatever else the content holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from faqsite.content import parse_entry
from faqsite.markup import make_answer
from faqsite.model import Answer, RawEntry
from faqsite.problems import Problem, Problems
from faqsite.words import WordCounts, count_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """What a Markdown file says."""

    raw: RawEntry | None
    """None if the file is not an entry."""
    answer: Answer | None
    """None for a draft."""
    counts: WordCounts
    """The words of the question, of the ways in which it is also asked, and of the answer."""
    problems: tuple[Problem, ...]


Read = Callable[[str, bytes], ReadEntry]
"""`read_entry`, or the same function with a memory, such as `lru_cache(read_entry)`."""


def read_entry(path: str, content: bytes) -> ReadEntry:
    """Return what a Markdown file says; it depends on nothing but its path and its bytes."""
    problems = Problems()
    raw = parse_entry(content, path, problems)
    if not raw or raw.draft:
        return ReadEntry(raw=raw, answer=None, counts={}, problems=tuple(problems.found))
    answer, found = make_answer(raw)
    also_asked = "\n".join(text.value for text in raw.also_asked)
    return ReadEntry(
        raw=raw,
        answer=answer,
        counts=count_words(raw.question.value, also_asked, "", answer.text),
        problems=(*problems.found, *found),
    )
