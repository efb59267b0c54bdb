"""An article of a source: typed fields, and the problems that keep it from becoming an entry.

Sources have their own names for our keys. We know the common ones (`title` is the question); the
editor maps the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from faqsite.content.yamltext import CONTROL, normalise_spaces
from faqsite.model.keys import ENTRY_KEYS, CategoryFile, Form, FrontMatter, Key, Text
from faqsite.model.problems import Kind, Problem, Problems, shortened

QUESTION_MARKS = ("?", "\uff1f", "\u061f")
_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "question": (),  # The first key; its names are with those of the others.
    "answer": ("body", "content", "html", "description"),
    "category": ("section", "topic", "folder", "group"),
    **{key.name: key.also_called for key in ENTRY_KEYS},
}
KEYS = tuple(_ALSO_CALLED)
"""The keys of an article: those of an entry, its answer and its category."""
_LISTS = {key.name for key in ENTRY_KEYS if key.form in {Form.TEXTS, Form.REFERENCES}}
_TRUTHS = {
    **dict.fromkeys(("true", "yes", "y", "1", "x", "draft", "unpublished"), True),
    **dict.fromkeys(("false", "no", "n", "0", "published"), False),
}
_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?", re.DOTALL)
_SECONDS = re.compile(r"[0-9]{9,11}")


class SourceError(Exception):
    """A source that cannot be imported: a fact, and often a hint."""

    def __str__(self) -> str:
        return "; ".join(self.args)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(FrontMatter):
    """An article of a source."""

    place: str
    """Where it is in the source, for people: "row 12", "guide/install.md"."""
    answer: str
    kind: str = ""
    """How the answer is written: one of `to_markdown.KINDS`, "own" for an entry of this project,
    "" to find out."""
    category: str = ""
    """The names of its folders: "Pay & more/Bonus"."""
    name: str = ""
    """The name for its file, "" for the question."""
    base: str = ""
    """The address that its links are relative to: its old address, or its path in the source."""
    path: str = ""
    """Its path in the content; until it is placed, only an entry of this project has one."""
    problems: tuple[Problem, ...] = ()
    """Why it cannot be an entry; `place` is their place."""
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """The articles of a source, and the files beside them."""

    articles: tuple[Article, ...]
    write_refused: Callable[[Mapping[int, str]], Mapping[str, bytes]]
    """Return files with the articles of these numbers, each with its reason, as in the source:
    by path for a folder, otherwise one file with the path ""."""
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    """Pictures and PDFs, by their paths in the source."""
    categories: Mapping[str, CategoryFile] = field(default_factory=dict)
    """The titles and more of folders, by their paths in the source."""
    advice: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    """Text that belongs to no article, after its place in the source."""


class Keys:
    """Translates the keys of a source, as the editor maps them or by their common names."""

    def __init__(
        self, mapped: Mapping[str, str], dropped: Iterable[str], without: str = ""
    ) -> None:
        """Take the keys that the editor maps or drops; `without` is a key that no name means."""
        names = {key: (key, *_ALSO_CALLED[key]) for key in KEYS if key != without}
        # The rank and the key of each name; the first name of a key is the surest.
        self._known = {
            name: (rank, key) for key, called in names.items() for rank, name in enumerate(called)
        }
        self._known |= {_fold(name): (-1, key) for name, key in mapped.items()}
        self._known |= {_fold(name): (0, "") for name in (*dropped, "refused_because")}
        self.unknown: Counter[str] = Counter()

    def meaning(self, name: str) -> str:
        """Return the key that a name means, "" for none."""
        return self._known.get(_fold(name), (0, ""))[1]

    def read(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values by our keys, and count the unknown names.

        If two names mean the same key, the surer one wins; lists are joined.
        """
        found: dict[str, Any] = {}
        for name in sorted(values, key=lambda each: self._known.get(_fold(each), (0, ""))[0]):
            key, value = self.meaning(name), values[name]
            if key in _LISTS:
                found[key] = [*found.get(key, []), *_texts(value)]
            elif key:
                found[key] = value if found.get(key) in (None, "") else found[key]
            elif _fold(name) == "published":
                found.setdefault("draft", str(value).lower() == "false")
            elif _fold(name) not in self._known:
                self.unknown[name] += 1
        return found


def _fold(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _texts(value: object) -> list[str]:
    """Return a list of texts; one text has an item on each line, or items between semicolons."""
    if not isinstance(value, list):
        text = "" if value is None else str(value)
        value = text.split("\n" if "\n" in text else ";")
    texts = (_line(str(each)) for each in value if isinstance(each, str | int | float))
    return list(filter(None, texts))


def make_article(values: Mapping[str, Any], *, place: str, **further: Any) -> Article:  # noqa: ANN401
    """Return an article with the values of our keys, and their problems."""
    problems = Problems(list(further.pop("problems", ())))
    fields = read_values(ENTRY_KEYS, values, problems)
    # An entry with a path needs no category.
    fields["category"] = "" if further.get("path") else _folders(values.get("category"))
    if not fields["question"]:
        problems.add("", 0, Kind.MISSING_KEY, "the question is missing", "write it", "question")
    answer = str(values.get("answer") or "")
    answer = CONTROL.sub("", answer.replace("\r\n", "\n").replace("\r", "\n"))
    if not answer.strip() and not fields["draft"]:
        hint = "write it or set draft to true"
        problems.add("", 0, Kind.EMPTY_ANSWER, "the answer is missing", hint)
    found = tuple(problems.found)
    return Article(place=place, answer=answer, problems=found, **{**fields, **further})


def read_values(
    keys: Iterable[Key], values: Mapping[str, Any], problems: Problems
) -> dict[str, Any]:
    """Return the value of each key by its name, and note wrong values."""
    return {key.name: _read(key, values.get(key.name), problems) for key in keys}


def _read(key: Key, value: object, problems: Problems) -> object:
    """Return the value of a key, which sources write in many ways."""
    if key.name in _LISTS:
        return tuple(map(Text, _texts(value)))
    if key.form is Form.TEXT:
        return Text(
            ", ".join(_texts(value)) if isinstance(value, list) else _line(str(value or ""))
        )
    text = "" if value is None else _line(str(value))
    read, expected, example = _READERS[key.form]
    try:
        return read(text) if text else key.default
    except (LookupError, ValueError, OverflowError, OSError):
        fact = f'"{key.name}" must be {expected}, not "{shortened(text)}"'
        problems.add("", 0, Kind.WRONG_VALUE, fact, f"write, for example, {example}", key.name)
        return key.default


def _number(text: str) -> int:
    if not float(text).is_integer():
        raise ValueError(text)
    return int(float(text))


def _day(text: str) -> date:
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC).date()
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(text)
    return date(*map(int, found.groups()))


_READERS: Mapping[Form, tuple[Callable[[str], object], str, str]] = {
    Form.NUMBER: (_number, "a whole number", "20"),
    Form.DAY: (_day, "a date", "2026-11-01"),
    Form.TRUTH: (lambda text: _TRUTHS[text.lower()], "true or false", "true"),
}
"""How to read a value, what it must be, and an example."""


def _folders(value: object) -> str:
    names = value if isinstance(value, list) else re.split(r"\s*[/>]\s*", str(value or ""))
    return "/".join(_line(str(name)).replace("/", " ") for name in names if _line(str(name)))


def _line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return " ".join(normalise_spaces(CONTROL.sub(" ", text)).split())


def decode(content: bytes) -> str:
    """Return the text of a file as Excel and others save it: UTF-8, UTF-16, or Windows-1252.

    Raises SourceError if it is not text.
    """
    if content.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise SourceError("this is not a text file", "save it as CSV, HTML or plain text first")
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content[:2]:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise SourceError("this is not text in UTF-8, UTF-16 or Windows-1252", "save it as UTF-8")
