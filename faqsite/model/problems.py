"""Problems in the content: each has a kind, a place, a fact and a hint.

Code decides on the kind of a problem and on what it is about. Only people read the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum, auto

_MAX_SHOWN_CHARS = 80

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and characters that end a line or reverse its order in some program."""


class Kind(StrEnum):
    """The kind of a problem. The comment after each shows what such a problem is about."""

    # Files and folders.
    UNREADABLE_FILE = auto()
    FORBIDDEN_FILE = auto()
    MISSING_FILE = auto()  # its path
    LIMIT_EXCEEDED = auto()  # the thing that exceeds it
    NO_ADDRESS = auto()  # the address that is too long, or the name that makes none
    ADDRESS_TAKEN = auto()  # the path of the file with the address, "" for the site itself
    NOTHING_PUBLISHED = auto()
    MALFORMED_ROW = auto()
    # Keys and their values.
    NO_FRONT_MATTER = auto()
    MALFORMED_YAML = auto()  # the key, if known
    UNKNOWN_KEY = auto()  # the key
    REPEATED_KEY = auto()  # the key
    MISSING_KEY = auto()  # the key
    EMPTY_VALUE = auto()  # the key
    WRONG_VALUE = auto()  # the key
    INVISIBLE_TEXT = auto()  # the key or the character
    WRONG_PLACEHOLDER = auto()  # the key and the name of the placeholder
    # Answers.
    EMPTY_ANSWER = auto()
    UNREADABLE_ANSWER = auto()
    FORBIDDEN_HTML = auto()  # the tag, perhaps with an attribute and its value
    BROKEN_MARKUP = auto()  # the broken part, as written
    FOREIGN_CODE = auto()  # the code
    WRONG_HEADING = auto()  # its text
    NO_ALTERNATIVE_TEXT = auto()  # the address of the picture
    # Links and references.
    DEAD_LINK = auto()  # the address as written, and its path if it can be one
    UNKNOWN_ENTRY = auto()  # the reference as written
    AMBIGUOUS_ENTRY = auto()  # the paths of the entries it could mean
    DRAFT_NAMED = auto()  # the address or reference as written, and the path of the draft
    NEEDLESS_REFERENCE = auto()  # the reference as written
    GONE_PAGE = auto()  # its address
    MISSED_LINK = auto()  # the address or the text in brackets, as written
    # What readers ask.
    DUPLICATE_QUESTION = auto()  # the path of the other entry
    SIMILAR_QUESTION = auto()  # the path of the other entry
    CONTESTED_PHRASE = auto()  # the paths of the other entries
    NOT_FOUND = auto()  # the query
    FOUND_BY_MISTAKE = auto()  # the query
    REPEATED_QUERY = auto()  # the query
    UNANSWERED_QUERY = auto()  # the query
    IDLE_SYNONYM = auto()  # the words
    # What an editor has to do.
    UNPUBLISHED_DRAFT = auto()
    PROVISIONAL_NAME = auto()
    REVIEW_OVERDUE = auto()
    NO_OWNER = auto()
    FUTURE_DATE = auto()
    KEPT_DATE = auto()
    UNANSWERED_TOPIC = auto()  # the topics


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and where. A problem fails the build, advice does not.

    `path` is relative to the content folder ("" is the folder itself), `line` counts from 1
    (0 is the whole file). Messages contain no control characters.
    """

    path: str
    line: int
    message: str
    kind: Kind
    hint: str = ""
    about: tuple[str, ...] = ()
    """What it is about, such as a key, a tag or the path of another file: see `Kind`."""
    is_advice: bool = False

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
    """Return a problem, or advice, with everything that it is about at the end."""
    return Problem(path, line, message, kind, hint, about, is_advice)


class ContentError(Exception):
    """The content has problems: all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(problem.describe("content") for problem in self.problems)


class TemplateError(Exception):
    """A template or `words.yaml` is wrong; the message has the file and the line."""


@dataclass(slots=True)
class Problems:
    """Collects problems, so that one run reports all of them."""

    found: list[Problem] = field(default_factory=list)

    def add(
        self, path: str, line: int, kind: Kind, message: str, hint: str = "", *about: str
    ) -> None:
        """Note a problem in a line (0 is the whole file)."""
        self.found.append(note(path, line, kind, message, hint, *about))

    def advise(
        self, path: str, line: int, kind: Kind, message: str, hint: str = "", *about: str
    ) -> None:
        """Note advice on a line (0 is the whole file)."""
        self.found.append(note(path, line, kind, message, hint, *about, is_advice=True))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems found elsewhere."""
        self.found.extend(problems)

    def raise_if_any(self) -> None:
        """Raise ContentError if there are problems, not only advice."""
        if any(not problem.is_advice for problem in self.found):
            raise ContentError(self.found)


def printable(text: str) -> str:
    """Return a text without characters that control a terminal or begin a line of a log.

    An author can write them as "&#27;" or "&#10;", and a line of a log can be a command.
    """
    return UNPRINTABLE.sub("\ufffd", text)


def shortened(text: str) -> str:
    """Return a text cut to the length that fits in a message, with "…" if it is longer."""
    return text if len(text) <= _MAX_SHOWN_CHARS else text[: _MAX_SHOWN_CHARS - 1] + "…"


def quoted(text: str) -> str:
    """Return what the author typed in double quotes, on one line that fits in a message."""
    return f'"{shortened(" ".join(text.split()))}"'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean "order"?` for the nearest known word, or "" if none is near."""
    nearest = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'did you mean "{nearest[0]}"?' if nearest else ""
