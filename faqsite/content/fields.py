"""YAML text to named values with their lines, checked against the declared keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from faqsite.content import yamltext
from faqsite.content.hints import hint_key, hint_lines, hint_list, split_quoted
from faqsite.content.text import PLACEHOLDER, find_unended, is_visible, strip_markup
from faqsite.content.yamltext import HYPHEN, KEY, RawValue, format_value
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problems, did_you_mean, shortened

MAX_FIELD_CHARS = 1_000
"""The longest text of a key. Many pages show a question or title, and every page the words."""
_MAX_KILOBYTES = 64
_NOTHING = RawValue(line=0, lines=("",))

# "order:20", "order = 20", "- order: 20", "order - 20" or "order 20", but not "https://…".
_ALMOST_KEY = re.compile(r"(?:- )?(\w+)( ?[:=\uff1a;] ?(?!\s|//)| (?:[-\u2013\u2014] )?)(.+)")
_START = re.compile(r"\A((?: *\n|#.*\n)*)--- *$", re.MULTILINE)
"""The line that a YAML file may begin with, below blank lines and comments."""
_ITEM = "- text"
_INDENTED_KEY = re.compile(r"(\w+):(?: |$)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The named values of one file, which are text until a getter gives them a type.

    A getter reports a value that is not of its type. A key without a value counts as absent.
    """

    path: str
    line: int = 0
    """The line of the file on which they begin; 0 if there are none."""
    problems: Problems
    values: Mapping[str, RawValue] = field(default_factory=dict)
    has_gaps: bool = False
    """A line has no key, or an unknown one, so a missing key may be there, misspelt."""
    keys: Collection[str] = ()
    """The keys that are allowed; empty if any text is."""

    def report(self, line: int, kind: Kind, message: str, hint: str, *about: str) -> None:
        """Report a problem at a line of the file."""
        self.problems.add(self.path, line, kind, message, hint, *about)

    def advise(self, line: int, kind: Kind, message: str, hint: str, *about: str) -> None:
        """Give advice on a line of the file."""
        self.problems.advise(self.path, line, kind, message, hint, *about)

    def require(self, key: str) -> None:
        """Report a key that is missing, or has no text that a reader can see."""
        value = self.values.get(key)
        if value is None:
            if not self.has_gaps:
                message, hint = f'"{key}" is missing', f"add the line {key}: …"
                self.report(self.line, Kind.MISSING_KEY, message, hint, key)
        elif not is_visible(yamltext.read_value(value) or value.shown.strip("\"'")):
            self.report(value.line, Kind.EMPTY_VALUE, f'"{key}" is empty', f"write {key}: …", key)

    def text(self, key: str) -> Text:
        """Return a text on one line, empty if there is none that a reader can see."""
        value = self.values.get(key, _NOTHING)
        if value.is_list():
            message = f'"{key}" must be a single text, not a list'
            hint = f"write it on the same line: {key}: …"
            self.report(value.line, Kind.WRONG_VALUE, message, hint, key)
            return Text()
        text = self._read(key, value, f"{key}: ")
        return text if text and is_visible(text) else Text()

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        return tuple(self._list(key, self.values.get(key, _NOTHING)))

    def references(self, key: str) -> tuple[Text, ...]:
        """Return a list of names or addresses, which comments may follow."""
        return tuple(self._list(key, self.values.get(key, _NOTHING).without_comments()))

    def typed(
        self,
        key: str,
        parse: Callable[[str], object],
        kind: str,
        example: str,
        propose: Callable[[str], Iterable[str]],
    ) -> object:
        """Return a value that is not prose as `parse` returns it; None if it is absent.

        A value for which `parse` returns None is a problem. The hint offers the texts that
        `propose` returns and `parse` accepts, otherwise the example.
        """
        value = self.values.get(key, _NOTHING).without_comments()
        read = yamltext.read_value(value)
        text = value.shown if read is None else read
        parsed = parse(text) if 0 < len(text) <= MAX_FIELD_CHARS else None
        if text and parsed is None and not self._report_further_key(key, value, only=self.keys):
            right = [each for each in propose(text) if parse(each) is not None]
            hint = " or ".join(f"{key}: {format_value(each)}" for each in dict.fromkeys(right))
            message = f'"{key}" must be {kind}, not "{shortened(text)}"'
            self.report(value.line, Kind.WRONG_VALUE, message, f"write {hint or example}", key)
        return Text(parsed, value.line) if isinstance(parsed, str) else parsed

    def nested(
        self,
        key: str,
        keys: Collection[str] | None,
        *,
        slips: Mapping[str, str] | None = None,
    ) -> Fields:
        """Return the fields below a key, checked as `parse_fields` does."""
        value = self.values.get(key, _NOTHING)
        if beside := value.without_comments().lines[0].strip():
            message = f'"{key}" must be keys on lines of their own, not "{shortened(beside)}"'
            hint = f'write them below "{key}", each after two spaces'
            self.report(value.line, Kind.WRONG_VALUE, message, hint, key)
            return Fields(path=self.path, problems=self.problems)
        found, strays = yamltext.split(value, KEY)
        empty = {each.line + 1 for _, each in found if not each.shown}
        self._report_strays(strays, "key: value", keys or (), empty)
        names = {name: each.line for name, each in reversed(found)}
        values: dict[str, RawValue] = {}
        for name, each in found:
            shown = shortened(name)
            if name in values:
                hint = f"remove it; the first is on line {values[name].line}"
                self.report(each.line, Kind.REPEATED_KEY, f'repeated key "{shown}"', hint, name)
            elif keys is None or name in keys:
                values[name] = each
            else:
                hint = hint_key(name, keys, names, slips or {})
                self.report(each.line, Kind.UNKNOWN_KEY, f'unknown key "{shown}"', hint, name)
        return Fields(
            path=self.path,
            line=value.line + 1,
            problems=self.problems,
            values=values,
            has_gaps=bool(strays) or len(values) < len(found),
            keys=keys or (),
        )

    def check_placeholders(self, key: str, known: Collection[str], hint: str) -> None:
        """Report each unknown placeholder of a text, with the nearest one instead of the hint."""
        value = self.values.get(key, _NOTHING)
        given = PLACEHOLDER.findall(yamltext.read_value(value) or "")
        for name in sorted({*given} - {*known}):
            nearest = did_you_mean(f"{{{name}}}", [f"{{{each}}}" for each in known])
            message = f'"{key}" cannot contain {{{name}}}'
            self.report(value.line, Kind.WRONG_PLACEHOLDER, message, nearest or hint, key, name)

    def _report_strays(
        self,
        strays: list[Text],
        form: str,
        keys: Collection[str] = (),
        empty: Collection[int] = (),
    ) -> None:
        for stray in strays:
            message = f'"{shortened(stray)}" is not of the form "{form}"'
            hint = "indent it if it belongs to the line above"
            is_key = _INDENTED_KEY.match(stray) is not None
            almost = _ALMOST_KEY.fullmatch(stray)
            if is_key or (form == _ITEM and HYPHEN.match(stray)):
                message = f'"{shortened(stray)}" does not start in the right column'
                hint = f"line it up with the other {'keys' if is_key else 'lines'}"
            elif not stray.strip("-.\u2013\u2014"):
                hyphens = "write three hyphens between the keys and the answer: ---"
                hint = "remove the line" if self.path.endswith(".yaml") else hyphens
            elif almost and (almost[2] != " " or almost[1] in keys):
                hint = f"write {almost[1]}: {format_value(almost[3])}"
            elif form != _ITEM and (HYPHEN.match(stray) or "://" in stray):
                hint = f"write a key and a colon before it: key: {format_value(stray.lstrip('- '))}"
            elif stray.startswith("-") or yamltext.BULLET.match(stray):
                hint = 'begin each line with "- "'
            elif stray.line in empty:
                hint = f'write "- {shortened(stray)}" if it belongs to the list above'
            self.report(stray.line, Kind.MALFORMED_YAML, message, hint)

    def _list(self, key: str, value: RawValue) -> Iterator[Text]:
        """Yield the texts of a list, however it is written; report those that cannot be read."""
        if not value.shown:
            return
        prefix = ""
        items = yamltext.split_brackets(value)
        if value.is_list():
            prefix = "- "
            found, strays = yamltext.split(value, HYPHEN)
            items = [item for _, item in found]
            self._report_strays(strays, _ITEM)
        elif items is None and (hint := hint_list(key, value)):
            message = f'"{key}" cannot be read as a list'
            self.report(value.line, Kind.MALFORMED_YAML, message, hint, key)
            return
        elif items is None:
            prefix, items = f"{key}: ", [value]
        for item in items:
            if further := item.find_indented_bullet():
                message = f'this line of "{key}" is indented, which makes it part of the text above'
                hint = 'start each "- " in the same column'
                self.report(further, Kind.MALFORMED_YAML, message, hint, key)
                continue
            text = self._read(key, item, prefix)
            if text and is_visible(text):
                yield text
            elif text is not None:
                message, hint = f'an item of "{key}" is empty', "write it, or remove the line"
                self.report(item.line, Kind.EMPTY_VALUE, message, hint, key)

    def _read(self, key: str, value: RawValue, prefix: str) -> Text | None:
        """Return a text; None, and a problem, if YAML would cut it or it is not allowed."""
        text = yamltext.read_value(value)
        if text is None:
            self._report_unread(key, value, prefix)
        elif value.shown in yamltext.NULLS:
            message = f'"{key}" is "{text}", which YAML reads as no value'
            hint = f"remove the line, or write {prefix}…"
            self.report(value.line, Kind.WRONG_VALUE, message, hint, key)
        elif len(text) > MAX_FIELD_CHARS:
            message = f'"{key}" is {len(text):,} characters long'
            hint = f"shorten it to {MAX_FIELD_CHARS:,}"
            self.report(value.line, Kind.LIMIT_EXCEEDED, message, hint, key)
        elif mark := find_unended(text):
            message = f'"{key}" contains the invisible character U+{ord(mark):04X}'
            message += ", which reverses the text after it"
            self.report(value.line, Kind.INVISIBLE_TEXT, message, "delete it", key)
        else:
            return Text(text, value.line)
        return None

    def _report_unread(self, key: str, value: RawValue, prefix: str) -> None:
        if self._report_further_key(key, value):
            return
        message, shown = f'"{key}" needs quotes', value.shown
        listed = prefix == "- " and (yamltext.split_brackets(value) or split_quoted(shown))
        if _QUOTED.fullmatch(shown):
            message = f'"{key}" has a backslash that YAML cannot read'
            shown = shown[1:-1]
        elif shown.startswith('"') and '"' not in shown[1:]:
            message, shown = f'"{key}" has no closing quote', shown[1:]
        hint = f"write {prefix}…"
        if len(shown) <= MAX_FIELD_CHARS:
            plain = strip_markup(shown)
            hint = f"write {prefix}{format_value(plain)}"
            if plain != shown:
                message = f'"{key}" is plain text, in which Markdown and HTML do nothing'
        if listed:
            message = f'"{key}" has several texts on one line'
            hint = hint_lines(yamltext.read_value(each) or each.shown for each in listed)
        self.report(value.line, Kind.MALFORMED_YAML, message, hint, key)

    def _report_further_key(
        self, key: str, value: RawValue, only: Collection[str] | None = None
    ) -> bool:
        """Report another key that begins in a value, on its line or indented below it.

        An indented one counts only if it is among `only`, if given.
        """
        for line, written in enumerate(value.lines[1:], start=value.line + 1):
            indented = _INDENTED_KEY.match(written.strip())
            if indented and (only is None or indented[1] in only):
                message = f'"{indented[1]}" is indented, which makes it part of "{key}"'
                hint = "line it up with the other keys"
                self.report(line, Kind.MALFORMED_YAML, message, hint, key)
                return True
        names = "|".join(map(re.escape, self.keys))
        beside = re.search(rf" (({names}): .+?)(?= (?:{names}): |$)", value.lines[0])
        if names and beside:
            message = f'"{beside[2]}" is on the same line as "{key}"'
            hint = f"write it on a line of its own: {beside[1]}"
            self.report(value.line, Kind.MALFORMED_YAML, message, hint, key)
        return bool(names and beside)


def parse_fields(
    text: str,
    *,
    path: str,
    line: int = 1,
    keys: Collection[str] | None,
    slips: Mapping[str, str] | None = None,
    problems: Problems,
) -> Fields:
    """Return the fields of a YAML text that begins on `line` of the file at `path`.

    A repeated key, one that is not among `keys` (None: any text) and a line without a key are
    problems. `slips` maps other names of a key to the key, or to a hint. Tabs and no-break spaces
    count as spaces.
    """
    nothing = Fields(path=path, problems=problems)
    if len(text.encode()) > _MAX_KILOBYTES * 1024:
        message = f"the keys and values are larger than {_MAX_KILOBYTES} kB"
        nothing.report(line, Kind.LIMIT_EXCEEDED, message, "write the answer below them", "kB")
        return nothing
    lines = _START.sub(r"\1", yamltext.normalise_spaces(text)).split("\n")
    whole = replace(nothing, values={"": RawValue(line=line - 1, lines=("", *lines))})
    return whole.nested("", keys, slips=slips)
