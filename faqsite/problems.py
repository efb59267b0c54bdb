"""What is wrong with the content: a place, a fact and a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

__all__ = [
    "UNPRINTABLE",
    "ContentError",
    "Problem",
    "Problems",
    "TemplateError",
    "did_you_mean",
    "printable",
    "quoted",
    "shortened",
]

_MAX_SHOWN_CHARS = 80

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, what ends a line for some program, and what turns the order of a line."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing that is wrong, and where; a problem fails the build, advice does not.

    `path` is relative to the content folder ("" is the folder itself), `line`
    counts from 1 (0: the file as a whole). Whoever says it, nothing in it steers a terminal.
    """

    path: str
    line: int = 0
    message: str
    hint: str = ""
    is_advice: bool = False

    def __post_init__(self) -> None:
        for name in ("message", "hint"):
            object.__setattr__(self, name, printable(getattr(self, name)))

    def describe(self, folder: str) -> str:
        """Return e.g. `content/pay.md:3: unknown key "ordr"; did you mean "order"?`."""
        place = f"{folder}/{self.path}" + (f":{self.line}" if self.line else "")
        return f"{place}: {self.message}" + (f"; {self.hint}" if self.hint else "")


class ContentError(Exception):
    """The content has problems, all of which it carries, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(problem.describe("content") for problem in self.problems)


class TemplateError(Exception):
    """A template, or `words.yaml` beside it, is wrong; the message names file and line."""


@dataclass(slots=True)
class Problems:
    """Collects what is wrong, so that one run tells all of it."""

    found: list[Problem] = field(default_factory=list)

    def add(self, path: str, line: int, message: str, hint: str = "") -> None:
        """Note a problem at a line (0: the file as a whole)."""
        self.found.append(Problem(path=path, line=line, message=message, hint=hint))

    def advise(self, path: str, line: int, message: str, hint: str = "") -> None:
        """Note an advice at a line (0: the file as a whole)."""
        advice = Problem(path=path, line=line, message=message, hint=hint, is_advice=True)
        self.found.append(advice)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that were found elsewhere."""
        self.found.extend(problems)

    def raise_if_any(self) -> None:
        """Raise ContentError if anything but advice was noted."""
        if any(not problem.is_advice for problem in self.found):
            raise ContentError(self.found)


def printable(text: str) -> str:
    """Return a text in which nothing steers a terminal, or begins a line of a log.

    What an author wrote as "&#27;" or "&#10;" would, and a line of a log may be a command.
    """
    return UNPRINTABLE.sub("\ufffd", text)


def shortened(text: str) -> str:
    """Return a text as it fits into a message: a long one with an ellipsis."""
    return text if len(text) <= _MAX_SHOWN_CHARS else text[: _MAX_SHOWN_CHARS - 1] + "…"


def quoted(text: str) -> str:
    """Return what the author typed in double quotes, on one line that fits into a message."""
    return f'"{shortened(" ".join(text.split()))}"'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean "order"?` for the nearest known word, "" if none is near."""
    nearest = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'did you mean "{nearest[0]}"?' if nearest else ""
