"""The text of a file to named fields with their lines, checked against the declared keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from faqsite.content import yamltext
from faqsite.content.yamltext import Source, Stray, quoted
from faqsite.model.keys import Form, Key, Text
from faqsite.model.problems import Kind, Problems, did_you_mean, shortened

MAX_FIELD_CHARS = 1_000
"""How long one text may be: a question or title stands on many pages, a sentence on each."""
_MAX_KILOBYTES = 64
_MAX_SUGGESTED_CHARS = 200

# "order:20" or "-time-zone", but not "https://…".
_TIGHT = re.compile(r"(?:\w+:|-)(?=[^\s/-])")
_KEY = re.compile(r"(\w+):(?: |$)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"')

# What turns the order of a text, and what ends it (Unicode Standard Annex 9).
_ENDS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)

_MISPLACED = "begin it in the same column as the other keys"


def decode_text(content: bytes, path: str, problems: Problems) -> str | None:
    r"""Return the text of a UTF-8 file in NFC, its lines ended by "\n", without byte order mark.

    None, and problems with their lines, for bytes that are no text and for control characters.
    """
    try:
        text = _with_plain_ends(content.decode()).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = _with_plain_ends(content[: error.start].decode()).count("\n") + 1
        message = f"byte {error.start + 1} of the file is not UTF-8"
        problems.add(path, line, Kind.UNREADABLE_FILE, message, "save the file as UTF-8 text")
        return None
    text = unicodedata.normalize("NFC", text)
    if yamltext.CONTROL.search(text) is None:
        return text
    for line, written in enumerate(text.split("\n"), start=1):
        if control := yamltext.CONTROL.search(written):
            message = f"control character U+{ord(control[0]):04X} in column {control.start() + 1}"
            hint = "delete it, or write the line anew"
            problems.add(path, line, Kind.UNREADABLE_FILE, message, hint, control[0])
    return None


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_visible(text: str) -> bool:
    """Tell whether a reader sees anything of a text: more than spaces and what has no width."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


def parse_fields(
    text: str,
    *,
    path: str,
    line: int = 1,
    keys: Collection[str] | None,
    problems: Problems,
    has_labels: bool = False,
) -> Fields:
    """Return the fields of a YAML text that begins on `line` of the file at `path`.

    A key that is repeated, or not among `keys` (None: any word), is a problem,
    and so is a line that is no field. Tabs and no-break spaces count as spaces.
    With labels, any text on one line can stand where else a key does.
    """
    if len(text.encode()) > _MAX_KILOBYTES * 1024:
        message = f"more than {_MAX_KILOBYTES} kB of keys and values"
        hint = "an answer stands below them, not among them"
        problems.add(path, line, Kind.LIMIT_EXCEEDED, message, hint, "kB")
        return Fields(path=path, problems=problems)
    lines = yamltext.without_document_marks(yamltext.with_plain_spaces(text).split("\n"))
    whole = Source(line=line - 1, lines=("", *lines))
    return _fields(whole, path=path, keys=keys, problems=problems, has_labels=has_labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Named values of one file: text until a getter gives them a type.

    A getter notes a problem where the value is not of its type. A key with
    nothing behind it counts as absent.
    """

    path: str
    line: int = 0
    """The line of the file on which they begin; 0 where there are none to begin."""
    problems: Problems
    sources: Mapping[str, Source] = field(default_factory=dict)
    has_gaps: bool = False
    """A line is no field, or none that is known: what seems to be missing may be meant by it."""

    def report(self, line: int, kind: Kind, message: str, hint: str, *about: str) -> None:
        """Note a problem at a line of the file."""
        self.problems.add(self.path, line, kind, message, hint, *about)

    def text(self, key: str, *, is_required: bool = False) -> Text:
        """Return a text on one line, empty where there is none (a problem if it is required)."""
        source = self.sources.get(key)
        if source is None:
            if is_required and not self.has_gaps:
                message, hint = f'"{key}" is missing', f"add a line: {key}: …"
                self.report(self.line, Kind.MISSING_KEY, message, hint, key)
            return Text()
        if yamltext.has_hyphens(source):
            message = f'"{key}" must be one text, not a list'
            hint = f"write it behind the key: {key}: …"
            self.report(source.line, Kind.WRONG_VALUE, message, hint, key)
            return Text("", source.line)
        text = self._whole(key, source, f"{key}: ")
        if text is None:
            return Text("", source.line)
        if is_required and not text:
            message, hint = f'"{key}" is empty', f"write: {key}: …"
            self.report(source.line, Kind.EMPTY_VALUE, message, hint, key)
        return text

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        return tuple(self._list(key, self.sources.get(key)))

    def references(self, key: str) -> tuple[Text, ...]:
        """Return a list of names or addresses, behind which comments may stand."""
        source = self.sources.get(key)
        return tuple(self._list(key, source and source.without_comments()))

    def whole_number(self, key: str) -> int | None:
        """Return a whole number of at most nine digits, None where there is none."""
        value = self._bare(key)
        if re.fullmatch("[+-]?[0-9]{1,9}", value):
            return int(value)
        self._mistyped(key, value, "a whole number", f"write up to nine digits: {key}: 20")
        return None

    def truth(self, key: str) -> bool:
        """Return whether "true" stands there; false where there is nothing."""
        value = self._bare(key)
        if value.lower() not in {"true", "false"}:
            hint = f"write: {key}: true, or take the line out"
            self._mistyped(key, value, "true or false", hint)
        return value.lower() == "true"

    def day(self, key: str) -> date | None:
        """Return a date written as year-month-day, None where there is none."""
        value = self._bare(key)
        hint = f"write year, month and day: {key}: 2026-11-01"
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                hint = "the calendar has no such day"
        self._mistyped(key, value, "a date", hint)
        return None

    def typed(
        self,
        key: str,
        parse: Callable[[str], str | None],
        kind: str,
        hint: str,
        *,
        is_required: bool = False,
    ) -> Text:
        """Return a text as `parse` gives it, empty (and a problem) where `parse` refuses it."""
        text = self.text(key, is_required=is_required)
        parsed = parse(text) if text else ""
        if parsed is None:
            self._mistyped(key, text, kind, hint)
        return Text(parsed or "", text.line)

    def nested(self, key: str, keys: Collection[str] | None, *, has_labels: bool = False) -> Fields:
        """Return the fields below a key, checked like those of `parse_fields`.

        With labels, any text on one line can stand where else a key does.
        """
        source = self.sources.get(key, Source(line=0, lines=("",)))
        if beside := source.without_comments().lines[0].strip():
            hint = f'write them below "{key}", each on a line of its own, two spaces in'
            self._mistyped(key, beside, "keys with their texts", hint)
            return Fields(path=self.path, problems=self.problems)
        return _fields(
            source, path=self.path, keys=keys, problems=self.problems, has_labels=has_labels
        )

    def _bare(self, key: str) -> str:
        """Return a value that is not prose, as it stands where YAML would not read all of it."""
        source = self.sources.get(key, Source(line=0, lines=("",))).without_comments()
        value = yamltext.read_value(source)
        return source.shown if value is None else value

    def _mistyped(self, key: str, value: str, kind: str, hint: str) -> None:
        if value:
            message = f'"{key}" must be {kind}, not "{shortened(value)}"'
            self.report(self.sources[key].line, Kind.WRONG_VALUE, message, hint, key)

    def _list(self, key: str, source: Source | None) -> Iterator[Text]:
        """Yield the texts of a list in whichever form, and note those that cannot be read."""
        if source is None or not source.shown:
            return
        prefix = ""
        items = yamltext.split_brackets(source)
        if yamltext.has_hyphens(source):
            prefix = "- "
            items, strays = yamltext.split_hyphens(source)
            _note_strays(strays, "- text", self.path, self.problems)
        elif items is None and _seems_bracketed(source.shown):
            message = f'the list of "{key}" cannot be read'
            hint = "write each text on a line of its own below the key: - …"
            self.report(source.line, Kind.MALFORMED_YAML, message, hint, key)
            return
        elif items is None:
            prefix, items = f"{key}: ", [source]
        for item in items:
            if further := yamltext.find_indented_hyphen(item):
                message = f'the "-" is indented, and so becomes a part of the text above in "{key}"'
                hint = "begin it in the same column as the others"
                self.report(further, Kind.MALFORMED_YAML, message, hint, key)
                continue
            text = self._whole(key, item, prefix)
            if text:
                yield text
            elif text is not None:
                message = f'a text in the list of "{key}" is empty'
                self.report(item.line, Kind.EMPTY_VALUE, message, "write it, or take it out", key)

    def _whole(self, key: str, source: Source, prefix: str) -> Text | None:
        """Return a text as it stands; None, and a problem, where YAML would not read all of it."""
        value = yamltext.read_value(source)
        if value is not None and len(value) > MAX_FIELD_CHARS:
            message = f'the text of "{key}" has {len(value):,} characters'
            hint = f"say it in {MAX_FIELD_CHARS:,} at most"
            self.report(source.line, Kind.LIMIT_EXCEEDED, message, hint, key)
            return None
        if value is not None and (mark := _unended(value)):
            name = f"U+{ord(mark):04X}"
            message = f'the text of "{key}" holds {name}, which turns the order of what follows it'
            hint = "delete it; it cannot be seen"
            self.report(source.line, Kind.INVISIBLE_TEXT, message, hint, key)
            return None
        if value is not None:
            return Text(value, source.line)
        line, message, shown = source.line, f'the text of "{key}" needs quotes', source.shown
        if _QUOTED.fullmatch(shown):
            message = f'the text of "{key}" has a backslash that YAML cannot read'
            shown = shown[1:-1]
        example = quoted(shown) if len(shown) <= _MAX_SUGGESTED_CHARS else '"…"'
        hint = f"write it in quotes: {prefix}{example}"
        for further, written in enumerate(source.lines[1:], start=line + 1):
            if misplaced := _KEY.match(written.strip()):
                line, hint = further, _MISPLACED
                message = f'"{misplaced[1]}" is indented, and so becomes a part of "{key}"'
                break
        self.report(line, Kind.MALFORMED_YAML, message, hint, key)
        return None


Reader = Callable[[Fields, Key], object]

READERS: Mapping[Form, Reader] = {
    Form.TEXT: lambda fields, key: fields.text(key.name, is_required=key.is_required),
    Form.TEXTS: lambda fields, key: fields.texts(key.name),
    Form.REFERENCES: lambda fields, key: fields.references(key.name),
    Form.NUMBER: lambda fields, key: fields.whole_number(key.name),
    Form.DAY: lambda fields, key: fields.day(key.name),
    Form.TRUTH: lambda fields, key: fields.truth(key.name),
}


def read_keys(
    text: str,
    keys: Collection[Key],
    *,
    path: str,
    line: int = 1,
    problems: Problems,
    readers: Mapping[Form, Reader] = READERS,
) -> dict[str, Any]:
    """Return the value of each key in a YAML text, as the reader of its form has it."""
    names = [key.name for key in keys]
    fields = parse_fields(text, path=path, line=line, keys=names, problems=problems)
    return {key.name: readers[key.form](fields, key) for key in keys}


def _unended(text: str) -> str:
    """Return a mark that turns what follows the text too, "" if each is ended in it.

    A title is followed by that of the site, a question by what a sentence says of it.
    """
    open_marks: list[str] = []
    for character in text:
        if character in _ENDS:
            open_marks.append(character)
        elif open_marks and character == _ENDS[open_marks[-1]]:
            open_marks.pop()
    return open_marks[-1] if open_marks else ""


def _seems_bracketed(shown: str) -> bool:
    """Tell whether a list in brackets seems meant, rather than a text that begins with one."""
    return shown.startswith("[") and (shown.endswith("]") or "]" not in shown)


def _fields(
    source: Source,
    *,
    path: str,
    keys: Collection[str] | None,
    problems: Problems,
    has_labels: bool = False,
) -> Fields:
    """Return the fields on the further lines of a source."""
    found, strays = yamltext.split_keys(source)
    _note_strays(strays, "key: value", path, problems)
    sources: dict[str, Source] = {}
    for key, value in found:
        name = shortened(key)
        if key in sources:
            hint = f"it stands on line {sources[key].line} already"
            message = f'repeated key "{name}"'
            problems.add(path, value.line, Kind.REPEATED_KEY, message, hint, key)
        elif keys is None and not has_labels and not key.isidentifier():
            message, hint = f'unknown key "{name}"', "a key is a word of letters, digits and _"
            problems.add(path, value.line, Kind.UNKNOWN_KEY, message, hint, key)
        elif keys is not None and key not in keys:
            hint = did_you_mean(name, keys) or f"the keys are {', '.join(sorted(keys))}"
            message = f'unknown key "{name}"'
            problems.add(path, value.line, Kind.UNKNOWN_KEY, message, hint, key)
        else:
            sources[key] = value
    return Fields(
        path=path,
        line=source.line + 1,
        problems=problems,
        sources=sources,
        has_gaps=bool(strays) or len(sources) < len(found),
    )


def _note_strays(strays: Iterable[Stray], form: str, path: str, problems: Problems) -> None:
    for stray in strays:
        text = shortened(stray.text)
        message = f'"{text}" is not of the form "{form}"'
        hint = "indent it if it belongs to the line above"
        if stray.is_left:
            message = f'"{text}" begins further left than the lines above it'
            hint = "let all of them begin in the same column"
        elif _KEY.match(stray.text):
            hint = _MISPLACED
        elif tight := _TIGHT.match(stray.text):
            hint = f'put a space after the "{tight[0][-1]}"'
        problems.add(path, stray.line, Kind.MALFORMED_YAML, message, hint)
