"""YAML text to keys, lists and single values, each with its line.

Keys and lists are found line by line, so that one slip spoils one value. YAML itself reads
only single values, and its reading counts only if it covers the whole value. So anchors,
aliases, tags and nesting mean nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

import yaml

from faqsite.model.keys import Text

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""The characters that neither YAML nor HTML allows."""
KEY = re.compile(r"""(?!-(?: |$))(?:"([^"]*)" *|'([^']*)' *|(.*?)):(?: +|$)""")
"""The start of a line with a key: `question: `, `"About us": `."""
HYPHEN = re.compile(r"()-(?: +|$)")
"""The start of a line of a list: `- `."""
BULLET = re.compile("[-*\u2022\u2013\u2014] ")
"""What people begin a line of a list with."""
NULLS = frozenset({"null", "Null", "NULL", "~"})
"""What YAML reads as no value, unless it is in quotes."""

# Tabs, what only looks like a space, and what ends a line for YAML alone.
_SPACES = str.maketrans(dict.fromkeys("\t\u00a0\u2007\u202f\u2028\u2029", " ") | {"\ufeff": None})
# A comment, unless a text in quotes comes first, which may contain "#".
_COMMENT = re.compile(r"""((?:^ *-|^|[\[,]) *(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'))|(?:^| )#.*""")
# The values that YAML reads as they are, or as what is between their quotes: most are.
_PLAIN = re.compile(r"\w(?:[^:#]|:(?=[^ ])|(?<! )#)*+")
_SIMPLY_QUOTED = re.compile(r"""(["'])([^"'\\]*)\1""")
# A block, or a whole text in quotes: YAML ends the text before '#' in '"C"#'.
_MARKED = re.compile(r"""[|>]|(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')(?: #.*)?$""")
# Blanks, and comments on lines of their own. The possessive "*+" never backtracks, so that
# no list, however odd, is read twice.
_GAP = r"(?: |\n(?: *#[^\n]*)?+)*+"
_OPENING = re.compile(rf"{_GAP}\[")
_BRACKETED = re.compile(
    rf"""{_GAP}("(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'|[^\s"'\[\]{{}},][^\[\]{{}},]*+){_GAP}(?:,|(?=\]))""",
    re.DOTALL,
)
_CLOSING = re.compile(rf"{_GAP}\](?: +#[^\n]*)?{_GAP}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValue:
    """The text after a key or hyphen: the rest of its line, and the lines that continue it."""

    line: int
    lines: tuple[str, ...]
    """Without the indentation of the key or hyphen."""

    @property
    def shown(self) -> str:
        """The whole text on one line, without comments that have a line of their own."""
        further = (line for line in self.lines[1:] if not line.lstrip().startswith("#"))
        return _collapse("\n".join((self.lines[0], *further)))

    def without_comments(self) -> RawValue:
        """Return the value without its comments. Not for prose, where "#" may be literal."""
        return RawValue(
            line=self.line, lines=tuple(_COMMENT.sub(r"\1", line) for line in self.lines)
        )

    def is_list(self) -> bool:
        """Return whether the lines below the key begin with hyphens."""
        beside, *further = (line.strip() for line in self.without_comments().lines)
        return not beside and HYPHEN.match(next(filter(None, further), "")) is not None

    def find_indented_bullet(self) -> int:
        """Return the line on which a plain text continues with "- " or the like; 0 for none."""
        if not self.lines[0] or self.lines[0].startswith(('"', "'", "|", ">")):
            return 0
        further = enumerate(self.lines[1:], start=self.line + 1)
        return next((line for line, text in further if BULLET.match(text.lstrip())), 0)


def normalise_spaces(text: str) -> str:
    """Return the text with a space for each tab, no-break space and the like."""
    return text.translate(_SPACES)


def format_value(text: str) -> str:
    """Return a text as YAML for it: plain if possible, otherwise in quotes."""
    line = _collapse(text)
    if line and line not in NULLS and read_value(RawValue(line=0, lines=(line,))) == line:
        return line
    if '"' in line or "\\" in line:
        return "'" + line.replace("'", "''") + "'"
    return f'"{line}"'


def split(value: RawValue, head: re.Pattern[str]) -> tuple[list[tuple[str, RawValue]], list[Text]]:
    """Return the values that begin at each KEY or HYPHEN below a value, and the stray lines.

    Each value comes with its key, "" for a hyphen.
    """
    found: list[tuple[str, int, list[str]]] = []
    strays: list[Text] = []
    column = 0
    is_astray = False
    for line, written in enumerate(value.lines[1:], start=value.line + 1):
        text = written.lstrip(" ")
        indent = len(written) - len(text)
        is_silent = not text or text.startswith("#")
        if not found and not strays and not is_silent:
            column = indent
        # A list may begin in the column of its key.
        is_further = indent > column or (text.startswith("]") or HYPHEN.match(text) is not None)
        if not is_silent and indent == column and (begun := head.match(text)):
            name = begun[begun.lastindex or 1].rstrip()
            found.append((name, line, [text[begun.end() :]]))
            is_astray = False
        elif is_silent or (found and not is_astray and indent >= column and is_further):
            if found:
                found[-1][2].append(written[min(indent, column) :])
        elif not is_astray:
            # The lines right below it are part of the same slip.
            strays.append(Text(text.rstrip(), line))
            is_astray = True
    return [(name, RawValue(line=line, lines=tuple(lines))) for name, line, lines in found], strays


def split_brackets(value: RawValue) -> list[RawValue] | None:
    """Return the values of a list in brackets, each as written; None if it is not such a list."""
    text = "\n".join(value.lines).rstrip()
    opening = _OPENING.match(text)
    if opening is None:
        return None
    found: list[RawValue] = []
    end = opening.end()
    line, counted = value.line, 0
    while item := _BRACKETED.match(text, end):
        line += text.count("\n", counted, item.start(1))
        found.append(RawValue(line=line, lines=tuple(item[1].split("\n"))))
        counted, end = item.start(1), item.end()
    return found if _CLOSING.fullmatch(text, end) else None


def read_value(value: RawValue) -> str | None:
    """Return a single value on one line; None where YAML fails, or would lose a part of it."""
    shown = value.shown
    if len(value.lines) == 1:
        if not shown or _PLAIN.fullmatch(shown):
            return shown
        if quoted := _SIMPLY_QUOTED.fullmatch(shown):
            return _collapse(quoted[2])
    try:
        # No more events than a single value needs: `yaml.compose` would follow any nesting.
        text = "x: " + "\n".join(value.lines)
        events = list(islice(yaml.parse(text, yaml.SafeLoader), 9))
    except (yaml.YAMLError, ValueError, OverflowError):
        # The last two: an escape beyond Unicode.
        return None
    match [event for event in events if isinstance(event, yaml.NodeEvent)]:
        case [yaml.MappingStartEvent(), yaml.ScalarEvent(), yaml.ScalarEvent(value=read)] if (
            not CONTROL.search(read)
        ):
            read = _collapse(read)
            return read if read == shown or _MARKED.match(shown) else None
    return None


def _collapse(text: str) -> str:
    return " ".join(text.split())
