"""YAML text to keys, lists and single values, each with its line.

Keys and lists are told apart here, line by line, so that one slip spoils one
value; YAML itself reads only single values, and is believed only if it read all
that stands there. So anchors, aliases, tags and nesting have no meaning at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import yaml

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""The characters that YAML refuses, and HTML too."""

# One loader or the other: the values that are left to them they read alike.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Tabs, and what only looks like a space, or ends a line for YAML alone.
_SPACES = str.maketrans(dict.fromkeys("\t\u00a0\u2007\u202f\u2028\u2029", " ") | {"\ufeff": None})
_COLON = re.compile(r":(?: |$)")
_QUOTED_KEY = re.compile(r"""("[^"]*"|'[^']*') *:(?: |$)""")
_HYPHEN = re.compile(r"-(?: |$)")
_COMMENT = re.compile(r"(?:^| )#.*")
# Values that cannot be read as anything else: most are.
_PLAIN = re.compile(r"\w[^:#]*")
_IN_PLAIN_QUOTES = re.compile(r""""([^"\\]*)"|'([^']*)'""")
# The head of a block: libyaml takes "|#" for one too, and drops what follows.
_BLOCK = re.compile(r"\s*[|>][-+1-9]{0,2}(?: +#[^\n]*| *)(?:\n|$)")
# Blanks, and comments on lines of their own. Nothing here gives back what it once
# took ("*+"), so that no list, however odd, is read twice.
_GAP = r"(?: |\n(?: *#[^\n]*)?+)*+"
_OPENING = re.compile(rf"{_GAP}\[")
_BRACKETED = re.compile(
    rf"""{_GAP}("(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'|[^\s"'\[\]{{}},][^\[\]{{}},]*+){_GAP}(?:,|(?=\]))""",
    re.DOTALL,
)
_CLOSING = re.compile(rf"{_GAP}\](?: +#[^\n]*)?{_GAP}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValue:
    """What stands behind a key or hyphen: the rest of its line, and the lines that go on."""

    line: int
    lines: tuple[str, ...]
    """Without the indentation of the key or hyphen."""

    @property
    def shown(self) -> str:
        """All of it on one line, but for comments on lines of their own."""
        further = (line for line in self.lines[1:] if not line.lstrip().startswith("#"))
        return _collapsed("\n".join((self.lines[0], *further)))

    def without_comments(self) -> RawValue:
        """Return the source without its comments, which only a text could hold as a part."""
        return RawValue(line=self.line, lines=tuple(_COMMENT.sub("", line) for line in self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A line that belongs to no key or hyphen."""

    line: int
    text: str
    is_left: bool
    """It begins further left than the keys or hyphens do."""


def normalise_spaces(text: str) -> str:
    """Return the text with each tab, no-break space and the like as one space."""
    return text.translate(_SPACES)


def without_document_marks(lines: list[str]) -> list[str]:
    """Return lines without the "---" with which a YAML file may begin, and the "..." at its end."""
    told = [n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")]
    marks = {
        n
        for n, mark in zip(told[:1] + told[-1:], ("---", "..."), strict=False)
        if lines[n].rstrip() == mark
    }
    return ["" if n in marks else line for n, line in enumerate(lines)]


def quoted(text: str) -> str:
    """Return one line of text in quotes, in which YAML reads it as it stands."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def split_keys(source: RawValue) -> tuple[list[tuple[str, RawValue]], list[Stray]]:
    """Return the keys on the further lines of a source, each with its own source, and the rest."""
    return _split(source, _key)


def split_hyphens(source: RawValue) -> tuple[list[RawValue], list[Stray]]:
    """Return what stands behind each hyphen on the further lines of a source, and the rest."""
    found, strays = _split(source, _hyphen)
    return [item for _, item in found], strays


def has_hyphens(source: RawValue) -> bool:
    """Tell whether a list with hyphens stands below; a comment may stand beside the key."""
    beside, *further = (line.strip() for line in source.lines)
    first = next((line for line in further if line and not line.startswith("#")), "")
    return (not beside or beside.startswith("#")) and _HYPHEN.match(first) is not None


def find_indented_hyphen(source: RawValue) -> int:
    """Return the line on which a plain text swallows what was meant as the next one; 0 for none."""
    if not source.lines[0] or source.lines[0].startswith(('"', "'", "|", ">")):
        return 0
    further = enumerate(source.lines[1:], start=source.line + 1)
    return next((line for line, text in further if _HYPHEN.match(text.lstrip())), 0)


def split_brackets(source: RawValue) -> list[RawValue] | None:
    """Return the values of a list in brackets, each as it stands; None where there is none."""
    text = "\n".join(source.lines).rstrip()
    opening = _OPENING.match(text)
    if opening is None:
        return None
    found: list[RawValue] = []
    line, counted, end = source.line, 0, opening.end()
    while value := _BRACKETED.match(text, end):
        line += text.count("\n", counted, value.start(1))
        found.append(RawValue(line=line, lines=tuple(value[1].split("\n"))))
        counted, end = value.start(1), value.end()
    return found if _CLOSING.fullmatch(text, end) else None


def read_value(source: RawValue) -> str | None:
    """Return a single value on one line; None where YAML fails, or reads less than stands there."""
    shown = source.shown
    if len(source.lines) == 1:
        if not shown or _PLAIN.fullmatch(shown):
            return shown
        if inside := _IN_PLAIN_QUOTES.fullmatch(shown):
            return _collapsed(inside[inside.lastindex or 0])
    try:
        # As many as a single value and what follows it make: `yaml.compose` would follow what is
        # nested to any depth, until the C loader ends the process.
        events = list(islice(yaml.parse("x: " + "\n".join(source.lines), _LOADER), 9))
    except (yaml.YAMLError, ValueError, OverflowError):
        # The last two: the Python loader on an escape beyond Unicode.
        return None
    match [event for event in events if isinstance(event, yaml.NodeEvent)]:
        case [yaml.MappingStartEvent(), yaml.ScalarEvent(), yaml.ScalarEvent(value=read)] if (
            not CONTROL.search(read)
        ):
            value = _collapsed(read)
            is_marked = shown.startswith(('"', "'")) or _BLOCK.match("\n".join(source.lines))
            return value if is_marked or value == shown else None
    return None


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _key(text: str) -> tuple[str, str] | None:
    """Return the key that a line begins with, and the rest of the line."""
    if quoted_key := _QUOTED_KEY.match(text):
        return quoted_key[1][1:-1], text[quoted_key.end() :].lstrip()
    colon = _COLON.search(text)
    if colon is None or _HYPHEN.match(text):
        return None
    return text[: colon.start()].rstrip(), text[colon.end() :].lstrip()


def _hyphen(text: str) -> tuple[str, str] | None:
    """Return nothing as the name, and what stands behind the hyphen that a line begins with."""
    hyphen = _HYPHEN.match(text)
    return ("", text[hyphen.end() :].lstrip()) if hyphen else None


def _split(
    source: RawValue, head: Callable[[str], tuple[str, str] | None]
) -> tuple[list[tuple[str, RawValue]], list[Stray]]:
    """Return the named sources that begin where `head` finds one, and the lines of none."""
    found: list[tuple[str, int, list[str]]] = []
    strays: list[Stray] = []
    column = 0
    is_astray = False
    for line, written in enumerate(source.lines[1:], start=source.line + 1):
        text = written.lstrip(" ")
        indent = len(written) - len(text)
        is_silent = not text or text.startswith("#")
        if not found and not strays and not is_silent:
            column = indent
        if not is_silent and indent == column and (begun := head(text)):
            found.append((begun[0], line, [begun[1]]))
            is_astray = False
        elif is_silent or (found and not is_astray and _goes_on(text, indent, column)):
            if found:
                found[-1][2].append(written[min(indent, column) :])
        elif not is_astray:
            # Those right below it are part of the same slip.
            strays.append(Stray(line=line, text=text.rstrip(), is_left=indent < column))
            is_astray = True
    return [(name, RawValue(line=line, lines=tuple(lines))) for name, line, lines in found], strays


def _goes_on(text: str, indent: int, column: int) -> bool:
    """Tell whether a line belongs to what is above it, as a list does in the column of its key."""
    return indent > column or (
        indent == column and (text.startswith("]") or _hyphen(text) is not None)
    )
