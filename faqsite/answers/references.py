"""Labels, addresses and titles of links, and the definitions of references."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from string import punctuation

MAX_LABEL_CHARS = 999
"""As in CommonMark."""
References = dict[str, tuple[str, str | None]]
"""The address and the title of each reference, by its normalised label."""

_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)++)\]", re.DOTALL)
_POINTED = re.compile(r"<((?:[^<>\\\n]|\\.)*+)>")
_ADDRESS_PART = re.compile(r"(?:[^\s()\\\x00-\x1f\x7f]|\\[^\s])*+")
_TITLE = re.compile(r"""("(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))""", re.DOTALL)
_SPACED = re.compile(
    r"\([ \t]*+((?:(?:https?|mailto|tel|ftp):|www\.|\.{0,2}/)"
    r"(?:[^()\n<>\"\u201c-\u201e\u00ab\u00bb]|\([^()\n]*+\))*+)\)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t]*+(?:\n[ \t]*+)?+")
_LINE_END = re.compile(r"[ \t]*+(?:\n|$)")
_MAX_PARENTHESES = 32
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*+);")
_ESCAPED = re.compile(rf"\\([{re.escape(punctuation)}])|{ENTITY.pattern}")


def take_definitions(text: str, references: References) -> str:
    """Add the definitions with which a paragraph begins to `references`, and return the rest."""
    begin = 0
    while (label := read_label(text, begin)) and text.startswith(":", label.end()):
        start = _skip(_SPACE, text, label.end() + 1)
        found = read_address(text, start)
        if not found or found[1] == start or not label[1].strip():
            break
        address, end = found
        line_end = _LINE_END.match(text, end)
        title = None
        written = (
            _TITLE.match(text, _skip(_SPACE, text, end)) if text[end : end + 1] <= " " else None
        )
        if written and (after := _LINE_END.match(text, written.end())):
            title, line_end = decode(written[0][1:-1]), after
        if not line_end:
            break
        references.setdefault(normalise(label[1]), (address, title))
        begin = line_end.end()
    return text[begin:]


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def read_address(text: str, at: int) -> tuple[str, int] | None:
    """Return the address of a link that begins at a place, and its end; None if none does."""
    if text.startswith("<", at):
        pointed = _POINTED.match(text, at)
        return (decode(pointed[1]), pointed.end()) if pointed else None
    end, depth = at, 0
    while True:
        end = _skip(_ADDRESS_PART, text, end)
        sign = text[end : end + 1]
        if sign == "(":
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        else:
            break
        if depth > _MAX_PARENTHESES:
            return None
        end += 1
    return None if depth else (decode(text[at:end]), end)


def read_target(text: str, at: int) -> tuple[str, str | None, int] | None:
    """Return address, title and end of the `(address "title")` that begins at a place, or None."""
    if not text.startswith("(", at):
        return None
    found = read_address(text, _skip(_SPACE, text, at + 1))
    if not found:
        return None
    address, end = found
    start = _skip(_SPACE, text, end)
    title = None
    if start > end and (written := _TITLE.match(text, start)):
        title = decode(written[0][1:-1])
        start = _skip(_SPACE, text, written.end())
    return (address, title, start + 1) if text.startswith(")", start) else None


def read_spaced(text: str, at: int) -> tuple[str, None, int] | None:
    """Return address and end of an `(address)` with spaces, which GitHub shows as text, or None."""
    found = _SPACED.match(text, at)
    return (decode(found[1].strip()), None, found.end()) if found else None


def read_label(text: str, at: int) -> re.Match[str] | None:
    """Return the `[label]` that begins at a place, or None."""
    label = _LABEL.match(text, at)
    return label if label and len(label[1]) <= MAX_LABEL_CHARS else None


def normalise(label: str) -> str:
    """Return a label in the form in which two of them are compared."""
    return " ".join(label.split()).casefold()


def decode(text: str) -> str:
    """Return a text without its backslashes before signs, and with its references as characters."""
    return _ESCAPED.sub(lambda found: found[1] or decode_entity(found[0]), text)


def decode_entity(entity: str) -> str:
    """Return the characters for `&copy;` or `&#169;`, or the same text if there are none."""
    return unescape(entity) if entity[1] == "#" or entity[1:] in html5 else entity
