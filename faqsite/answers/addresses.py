"""Bare addresses in a text, as cmark-gfm links them (github.github.com/gfm, 6.9).

An address ends before a closing bracket that it does not open, a quotation mark, and a full-width
sign of a sentence, wherever GitHub goes on to the next space.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from unicodedata import category

from markdown.util import AtomicString

# All repeats are possessive, and no mail address begins inside another, so a search never
# backtracks.
URL = re.compile(
    r"(?:(?<![A-Za-z])(?ai:https?|ftp)://|(?<![^\s*_~(])www\.)"
    r"([^\W_][\w.-]{0,253}+)"
)
_REST = re.compile(r"[^\s<]++")
_ANY = re.compile(
    r"(?<![A-Za-z0-9.+_-])(?P<mail>(?:mailto:)?+[A-Za-z0-9.+_-]++"
    r"@[A-Za-z0-9_-]*+(?:\.[A-Za-z0-9][A-Za-z0-9_-]*+)++(?<=[A-Za-z])(?!@))"
    rf"|{URL.pattern}"
)
_FINAL = frozenset("?!.,:*_~';\"")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_ENDS = frozenset("\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f\uff61\uff64\u2026")
# The categories of brackets and quotation marks.
_OUTER = frozenset({"Pe", "Pf", "Pi", "Ps"})


def read_url(text: str, at: int) -> str:
    """Return the address that begins at a place of a text, "" if none does."""
    found = URL.match(text, at)
    if not found or any("_" in label for label in found[1].rstrip("_.").split(".")[-2:]):
        return ""
    rest = _REST.match(text, at)
    return _trim(rest[0]) if rest else ""


def link(address: str, scheme: str = "") -> ET.Element:
    """Return a link that shows its address; `scheme` is what it lacks."""
    scheme = "http://" if address.startswith("www.") else scheme
    element = ET.Element("a", {"href": scheme + address})
    element.text = AtomicString(address)
    return element


def split_addresses(text: str) -> Iterator[str | ET.Element]:
    """Yield a text with links for the addresses in it."""
    at, done = 0, 0
    while found := _ANY.search(text, at):
        start, at = found.span("mail" if found["mail"] else 0)
        if found["mail"]:
            has_scheme = found["mail"].startswith("mailto:")
            element = link(found["mail"], "" if has_scheme else "mailto:")
        elif address := read_url(text, start):
            element, at = link(address), start + len(address)
        else:
            continue
        yield text[done:start]
        yield element
        done = at
    yield text[done:]


def _trim(address: str) -> str:
    """Return an address without what belongs to the sentence around it."""
    address = address[: _find_end(address)]
    end = len(address)
    counts = Counter(address)
    while (last := address[end - 1]) in _FINAL or counts[last] > counts[_PAIRS.get(last, last)]:
        counts[last] -= 1
        end -= 1
        if address[end] == ";":
            start = end
            while address[start - 1].isalpha():
                start -= 1
            if start < end and address[start - 1] == "&":
                end = start - 1
    return address[:end]


def _find_end(address: str) -> int:
    """Return the place of the first sign that does not belong to an address.

    That is a full-width sign, a bracket or a quotation mark, but not an apostrophe in a word.
    """
    for place, char in enumerate(address):
        if char in _ENDS or (not char.isascii() and category(char) in _OUTER):
            following = address[place + 1 : place + 2]
            if char != "\u2019" or not (following.isascii() and following.isalnum()):
                return place
    return len(address)
