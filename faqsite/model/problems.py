"""What is wrong with the content: a kind, a place, a fact and a hint.

Programs decide on the kind of a problem and on what it is about; only people read its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum, auto

_MAX_SHOWN_CHARS = 80

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, what ends a line for some program, and what turns the order of a line."""


class Kind(StrEnum):
    """What sort of thing a problem is; behind each, what the problem is about."""

    # Files and folders.
    UNREADABLE_FILE = auto()
    FORBIDDEN_FILE = auto()
    MISSING_FILE = auto()  # its path
    LIMIT_EXCEEDED = auto()  # what there is too much of
    NO_ADDRESS = auto()  # the address that would be too long, or the name that gives none
    ADDRESS_TAKEN = auto()  # the path of what has the address, "" for the site itself
    NOTHING_PUBLISHED = auto()
    MALFORMED_ROW = auto()
    # Keys and their values.
    NO_FRONT_MATTER = auto()
    MALFORMED_YAML = auto()  # the key, where it is known
    UNKNOWN_KEY = auto()  # the key
    REPEATED_KEY = auto()  # the key
    MISSING_KEY = auto()  # the key
    EMPTY_VALUE = auto()  # the key
    WRONG_VALUE = auto()  # the key
    INVISIBLE_TEXT = auto()  # the key, or the character
    WRONG_PLACEHOLDER = auto()  # the key, and the name of the placeholder
    # Answers.
    EMPTY_ANSWER = auto()
    UNREADABLE_ANSWER = auto()
    FORBIDDEN_HTML = auto()  # the tag, and perhaps its attribute and the value
    BROKEN_MARKUP = auto()  # what of it, as written
    FOREIGN_CODE = auto()  # the code
    WRONG_HEADING = auto()  # its words
    NO_ALTERNATIVE_TEXT = auto()  # the address of the picture
    # Links and references.
    DEAD_LINK = auto()  # the address as written, and the path that it means if it can be one
    UNKNOWN_ENTRY = auto()  # the reference as written
    AMBIGUOUS_ENTRY = auto()  # the paths of the entries that are meant
    DRAFT_NAMED = auto()  # the address or reference as written, and the path of the draft
    NEEDLESS_REFERENCE = auto()  # the reference as written
    GONE_PAGE = auto()  # its address
    # What readers ask.
    DUPLICATE_QUESTION = auto()  # the path of the other entry
    SIMILAR_QUESTION = auto()  # the path of the other entry
    CONTESTED_PHRASE = auto()  # the paths of the other entries
    NOT_FOUND = auto()  # the query
    FOUND_BY_MISTAKE = auto()  # the query
    REPEATED_QUERY = auto()  # the query
    IDLE_SYNONYM = auto()  # the words
    # What an editor has to do.
    UNPUBLISHED_DRAFT = auto()
    PROVISIONAL_NAME = auto()
    REVIEW_OVERDUE = auto()
    NO_OWNER = auto()
    FUTURE_DATE = auto()
    KEPT_DATE = auto()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing that is wrong, and where; a problem fails the build, advice does not.

    `path` is relative to the content folder ("" is the folder itself), `line`
    counts from 1 (0: the file as a whole). Nothing in it steers a terminal.
    """

    path: str
    line: int = 0
    message: str
    hint: str = ""
    is_advice: bool = False
    kind: Kind
    about: tuple[str, ...] = ()
    """What it is about, as `Kind` says for each: a key, a tag, the path of another file."""

    def __post_init__(self) -> None:
        for name in ("message", "hint"):
            object.__setattr__(self, name, printable(getattr(self, name)))

    def describe(self, folder: str) -> str:
        """Return e.g. `content/pay.md:3: unknown key "ordr"; did you mean "order"?`."""
        place = f"{folder}/{self.path}" + (f":{self.line}" if self.line else "")
        return f"{place}: {self.reason}"

    @property
    def reason(self) -> str:
        """The fact and the hint, without the place."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


def note(
    path: str,
    line: int,
    kind: Kind,
    message: str,
    hint: str = "",
    *about: str,
    is_advice: bool = False,
) -> Problem:
    """Return a problem, or advice, in the short form in which most are written."""
    return Problem(
        path=path,
        line=line,
        message=message,
        hint=hint,
        is_advice=is_advice,
        kind=kind,
        about=about,
    )


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

    def add(
        self, path: str, line: int, kind: Kind, message: str, hint: str = "", *about: str
    ) -> None:
        """Note a problem at a line (0: the file as a whole)."""
        self.found.append(note(path, line, kind, message, hint, *about))

    def advise(
        self, path: str, line: int, kind: Kind, message: str, hint: str = "", *about: str
    ) -> None:
        """Note an advice at a line (0: the file as a whole)."""
        self.found.append(note(path, line, kind, message, hint, *about, is_advice=True))

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
