"""An article of a source: its fields typed, and why it may not be an entry.

A source has names of its own for what an entry says. Those that have one meaning only
are known (`title` is the question); for others, the person who brings them says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from faqsite.content.yamltext import CONTROL, with_plain_spaces
from faqsite.model.keys import ENTRY_KEYS, Form, FrontMatter, Key, Text
from faqsite.model.problems import Kind, Problem, Problems, shortened

_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "question": (),  # It comes first; its names are below, as those of the other keys.
    "answer": ("body", "content", "html", "description"),
    "category": ("section", "topic", "folder", "group"),
    **{key.name: key.also_called for key in ENTRY_KEYS},
}
KEYS = tuple(_ALSO_CALLED)
"""What an article says, by the names that a column or key may have."""
_LISTS = {key.name for key in ENTRY_KEYS if key.form in {Form.TEXTS, Form.REFERENCES}}
_TRUE = {"true", "yes", "y", "1", "x", "draft", "unpublished"}
_FALSE = {"false", "no", "n", "0", "published"}
_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?", re.DOTALL)
_SECONDS = re.compile(r"[0-9]{9,11}")
_NUMBER = re.compile(r"([+-]?[0-9]{1,9})(?:\.0*)?")
_EXPECTED = {
    Form.NUMBER: ("a whole number", "such as 20"),
    Form.DAY: ("a date", "such as 2026-11-01"),
    Form.TRUTH: ("true or false", "such as true"),
}


class SourceError(Exception):
    """A source from which nothing can be imported: why, and perhaps what to do."""

    def __str__(self) -> str:
        return "; ".join(self.args)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(FrontMatter):
    """An article of a source: what an entry says, and how others call it."""

    place: str
    """Where it stands, as a person would say it: "row 12", "guide/install.md"."""
    answer: str
    """As the source has it."""
    kind: str = ""
    """What the answer is: a key of `to_markdown.KINDS`, or "" for what it looks like."""
    category: str = ""
    """The folders that it lies in, by their names: "Pay & more/Bonus"."""
    name: str = ""
    """What its address is made of, if not the question."""
    base: str = ""
    """From where its links lead: its old address, or its path in the source."""
    path: str = ""
    """Where it has to lie, if it is an entry of a FAQ such as this one already."""
    problems: tuple[Problem, ...] = ()
    """Why it cannot be an entry. Their path is "": where it stands, `place` says."""
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """All articles that are read, and what is beside them."""

    articles: tuple[Article, ...]
    write_refused: Callable[[Mapping[int, str]], Mapping[str, bytes]]
    """Return the files that hold articles (by number, with the reason) as the source has them:
    by the path in a folder, or one file by the name ""."""
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    """What stands beside the articles, by its path in the source."""
    titles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What the `_category.yaml` of a folder says, by the names of the folders."""
    advice: tuple[str, ...] = ()


class Keys:
    """What the keys of a source are in ours: by what was said, else by what they are called."""

    def __init__(
        self, mapped: Mapping[str, str], dropped: Iterable[str], without: str = ""
    ) -> None:
        """Know what was said, and what the names mean by themselves, but for one key."""
        names = {key: (key, *_ALSO_CALLED[key]) for key in KEYS if key != without}
        # By its name what a key is, and how sure that is: the first name is the surest.
        self._known = {
            name: (rank, key) for key, called in names.items() for rank, name in enumerate(called)
        }
        self._known |= {_folded(name): (-1, key) for name, key in mapped.items()}
        self._dropped = {_folded(name) for name in dropped}
        self.unknown: Counter[str] = Counter()

    def meaning(self, name: str) -> str:
        """Return the key that a name means, "" for none."""
        return "" if _folded(name) in self._dropped else self._find(name)[1]

    def _find(self, name: str) -> tuple[int, str]:
        return self._known.get(_folded(name), (0, ""))

    def read(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values by our keys; a name that nobody knows is counted as unknown.

        Of two names for one key the surer one counts, but lists are put together.
        """
        found: dict[str, Any] = {}
        for name in sorted(values, key=lambda each: self._find(each)[0]):
            key, value = self.meaning(name), values[name]
            if _folded(name) == "published" and not key:
                found.setdefault("draft", str(value).lower() == "false")
            elif key in _LISTS:
                found[key] = [*found.get(key, []), *texts(value)]
            elif key and (key not in found or found[key] in (None, "")):
                found[key] = value
            # The reason why it was refused before is none of what an article says.
            elif not key and _folded(name) not in {*self._dropped, "refused_because"}:
                self.unknown[name] += 1
        return found


def _folded(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def texts(value: Any) -> list[str]:  # noqa: ANN401 (of JSON or YAML)
    """Return a list of texts; one text is a line each, else divided by semicolons."""
    if value is None:
        return []
    if isinstance(value, list):
        return [text for each in value for text in texts_of_one(each)]
    text = str(value)
    lines = text.split("\n") if "\n" in text else text.split(";")
    return [line for each in lines if (line := _line(each))]


def texts_of_one(value: Any) -> Iterator[str]:  # noqa: ANN401 (likewise)
    """Yield a member of a list as a line of text, nothing of what is no text."""
    if isinstance(value, str | int | float) and (line := _line(str(value))):
        yield line


def make_article(values: Mapping[str, Any], *, place: str, **further: Any) -> Article:  # noqa: ANN401
    """Return the article that some values are, by our keys, with what is wrong with them."""
    problems = Problems(list(further.pop("problems", ())))
    fields = {key.name: _read(key, values.get(key.name), problems) for key in ENTRY_KEYS}
    # An entry with a path needs no category.
    fields["category"] = "" if further.get("path") else _folders(values.get("category"))
    if not fields["question"]:
        problems.add("", 0, Kind.MISSING_KEY, "there is no question", "write one", "question")
    answer = str(values.get("answer") or "")
    answer = CONTROL.sub("", answer.replace("\r\n", "\n").replace("\r", "\n"))
    if not answer.strip() and not fields["draft"]:
        problems.add("", 0, Kind.EMPTY_ANSWER, "there is no answer", "write one")
    fields |= further
    found = tuple(problems.found)
    return Article(place=place, answer=answer, problems=found, **fields)


def _read(key: Key, value: Any, problems: Problems) -> Any:  # noqa: ANN401 (of JSON or YAML)
    """Return the value of a key, which a source may write in many ways."""
    if key.name in _LISTS:
        return tuple(map(Text, texts(value)))
    if key.form is Form.TEXT:
        return Text(", ".join(texts(value)) if isinstance(value, list) else _line(str(value or "")))
    text = "" if value is None else _line(str(value))
    try:
        return _READERS[key.form](text) if text else key.default
    except (ValueError, OverflowError, OSError):
        kind, hint = _EXPECTED[key.form]
        message = f'"{key.name}" must be {kind}, not "{shortened(text)}"'
        problems.add("", 0, Kind.WRONG_VALUE, message, hint, key.name)
        return key.default


def _number(text: str) -> int:
    found = _NUMBER.fullmatch(text)
    if not found:
        raise ValueError(text)
    return int(found[1])


def _truth(text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise ValueError(text)
    return text.lower() in _TRUE


def _day(text: str) -> date:
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC).date()
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(text)
    return date(*map(int, found.groups()))


_READERS: Mapping[Form, Callable[[str], object]] = {
    Form.NUMBER: _number,
    Form.DAY: _day,
    Form.TRUTH: _truth,
}


def _folders(value: Any) -> str:  # noqa: ANN401 (of JSON or YAML)
    names = value if isinstance(value, list) else re.split(r"\s*[/>]\s*", str(value or ""))
    return "/".join(_line(str(name)).replace("/", " ") for name in names if _line(str(name)))


def _line(text: str) -> str:
    """Return a text on one line, with nothing that no file may hold."""
    return " ".join(with_plain_spaces(CONTROL.sub(" ", text)).split())


def decode(content: bytes) -> str:
    """Return the text of a file as Excel and others save it: UTF-8, UTF-16, or Windows-1252.

    Raises SourceError for what is no text.
    """
    if content.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise SourceError("it is no text", "save it as CSV, HTML or plain text first")
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[1:2] == b"\0" or content[:1] == b"\0":
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise SourceError("it is no text in UTF-8, UTF-16 or Windows-1252", "save it as UTF-8")
