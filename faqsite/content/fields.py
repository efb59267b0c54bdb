"""The text of a file to named fields with their lines, checked against the declared keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from faqsite.content import yamltext
from faqsite.content.text import PLACEHOLDER, find_unended, is_visible
from faqsite.content.yamltext import RawValue, Stray, quoted
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problems, did_you_mean, shortened

MAX_FIELD_CHARS = 1_000
"""How long one text may be: a question or title stands on many pages, a sentence on each."""
_MAX_KILOBYTES = 64
_MAX_SUGGESTED_CHARS = 200

# "order:20" or "-time-zone", but not "https://…".
_TIGHT = re.compile(r"(?:\w+:|-)(?=[^\s/-])")
_KEY = re.compile(r"(\w+):(?: |$)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"')

_MISPLACED = "begin it in the same column as the other keys"


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
    values: Mapping[str, RawValue] = field(default_factory=dict)
    has_gaps: bool = False
    """A line is no field, or none that is known: what seems to be missing may be meant by it."""

    def report(self, line: int, kind: Kind, message: str, hint: str, *about: str) -> None:
        """Note a problem at a line of the file."""
        self.problems.add(self.path, line, kind, message, hint, *about)

    def text(self, key: str, *, is_required: bool = False) -> Text:
        """Return a text on one line, empty where there is none (a problem if it is required)."""
        source = self.values.get(key)
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
        if not is_required or is_visible(text):
            return text
        kind, message, hint = Kind.EMPTY_VALUE, f'"{key}" is empty', f"write: {key}: …"
        if text:
            kind, message = Kind.INVISIBLE_TEXT, f'"{key}" shows nothing'
            hint = "write it anew; what stands there cannot be seen"
        self.report(source.line, kind, message, hint, key)
        return text

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        return tuple(self._list(key, self.values.get(key)))

    def references(self, key: str) -> tuple[Text, ...]:
        """Return a list of names or addresses, behind which comments may stand."""
        source = self.values.get(key)
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
        """Return the fields below a key, checked as those of `parse_fields` are."""
        source = self.values.get(key, RawValue(line=0, lines=("",)))
        if beside := source.without_comments().lines[0].strip():
            hint = f'write them below "{key}", each on a line of its own, two spaces in'
            self._mistyped(key, beside, "keys with their texts", hint)
            return Fields(path=self.path, problems=self.problems)
        found, strays = yamltext.split_keys(source)
        self._note_strays(strays, "key: value")
        sources: dict[str, RawValue] = {}
        for name, value in found:
            kind, message = Kind.UNKNOWN_KEY, f'unknown key "{shortened(name)}"'
            if name in sources:
                kind, message = Kind.REPEATED_KEY, f'repeated key "{shortened(name)}"'
                hint = f"it stands on line {sources[name].line} already"
            elif keys is not None and name not in keys:
                known = f"the keys are {', '.join(sorted(keys))}"
                hint = did_you_mean(shortened(name), keys) or known
            elif keys is None and not has_labels and not name.isidentifier():
                hint = "a key is a word of letters, digits and _"
            else:
                sources[name] = value
                continue
            self.report(value.line, kind, message, hint, name)
        return Fields(
            path=self.path,
            line=source.line + 1,
            problems=self.problems,
            values=sources,
            has_gaps=bool(strays) or len(sources) < len(found),
        )

    def check_placeholders(self, key: str, text: str, known: Collection[str], hint: str) -> None:
        """Note each placeholder of a text that is not known; the nearest is a better hint."""
        for name in sorted({*PLACEHOLDER.findall(text)} - {*known}):
            nearest = did_you_mean(f"{{{name}}}", [f"{{{each}}}" for each in known])
            message = f'"{key}" cannot say {{{name}}}'
            line = self.values[key].line
            self.report(line, Kind.WRONG_PLACEHOLDER, message, nearest or hint, key, name)

    def _note_strays(self, strays: Iterable[Stray], form: str) -> None:
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
            self.report(stray.line, Kind.MALFORMED_YAML, message, hint)

    def _bare(self, key: str) -> str:
        """Return a value that is not prose, as it stands where YAML would not read all of it."""
        source = self.values.get(key, RawValue(line=0, lines=("",))).without_comments()
        value = yamltext.read_value(source)
        return source.shown if value is None else value

    def _mistyped(self, key: str, value: str, kind: str, hint: str) -> None:
        if value:
            message = f'"{key}" must be {kind}, not "{shortened(value)}"'
            self.report(self.values[key].line, Kind.WRONG_VALUE, message, hint, key)

    def _list(self, key: str, source: RawValue | None) -> Iterator[Text]:
        """Yield the texts of a list in whichever form, and note those that cannot be read."""
        if source is None or not (shown := source.shown):
            return
        prefix = ""
        items = yamltext.split_brackets(source)
        if yamltext.has_hyphens(source):
            prefix = "- "
            items, strays = yamltext.split_hyphens(source)
            self._note_strays(strays, "- text")
        elif items is None and shown.startswith("[") and (shown.endswith("]") or "]" not in shown):
            # A list seems meant, rather than a text that begins with a bracket.
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

    def _whole(self, key: str, source: RawValue, prefix: str) -> Text | None:
        """Return a text as it stands; None, and a problem, where YAML would not read all of it."""
        value = yamltext.read_value(source)
        if value is None:
            self._report_unread(key, source, prefix)
            return None
        if len(value) > MAX_FIELD_CHARS:
            kind, message = (
                Kind.LIMIT_EXCEEDED,
                f'the text of "{key}" has {len(value):,} characters',
            )
            hint = f"say it in {MAX_FIELD_CHARS:,} at most"
        elif mark := find_unended(value):
            kind, message = Kind.INVISIBLE_TEXT, f'the text of "{key}" holds U+{ord(mark):04X}'
            message += ", which turns the order of what follows it"
            hint = "delete it; it cannot be seen"
        else:
            return Text(value, source.line)
        self.report(source.line, kind, message, hint, key)
        return None

    def _report_unread(self, key: str, source: RawValue, prefix: str) -> None:
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
    nothing = Fields(path=path, problems=problems)
    if len(text.encode()) > _MAX_KILOBYTES * 1024:
        message = f"more than {_MAX_KILOBYTES} kB of keys and values"
        hint = "an answer stands below them, not among them"
        nothing.report(line, Kind.LIMIT_EXCEEDED, message, hint, "kB")
        return nothing
    lines = yamltext.without_document_marks(yamltext.normalise_spaces(text).split("\n"))
    whole = replace(nothing, values={"": RawValue(line=line - 1, lines=("", *lines))})
    return whole.nested("", keys, has_labels=has_labels)
