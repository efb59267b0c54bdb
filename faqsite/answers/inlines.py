"""Emphasis, struck text and bare addresses, as GitHub reads them, in linear time.

Python-Markdown has already taken code, links, pictures and HTML out of the text. The rules are
those of cmark-gfm: delimiter runs (github.github.com/gfm, 6.4 and 6.5) and extended autolinks
(6.9), except that a link ends before an unmatched "]".
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from string import punctuation
from unicodedata import category

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

# A text without one of these does not change.
_SIGN = re.compile(r"[*_~@]|://|www\.", re.IGNORECASE)
_RUN = re.compile(r"\*+|_+|(?<!~)~{1,2}(?!~)")
# An escaped sign is "\x02", its number and "\x03". All repeats are possessive, and no mail address
# begins inside another, so a search never backtracks.
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9.+_-])_*+(?P<mail>(?:mailto:)?+[A-Za-z0-9.+-][A-Za-z0-9.+_-]*+"
    r"@[A-Za-z0-9_-]*+(?:\.[A-Za-z0-9][A-Za-z0-9_-]*+)++(?<=[A-Za-z])(?!@))"
    r"|(?P<url>(?:(?<![A-Za-z])(?ai:https?|ftp)://|(?<![^\s*_~(])(?ai:www)\.)"
    r"(?P<host>[^\W_][\w.-]*+)(?:[^\s<\x02\x03]++|\x02[0-9]++\x03)*+)"
)


@dataclass(slots=True, kw_only=True)
class _Run:
    """A run of "*", "_" or "~", which may open or close elements around the text beside it."""

    sign: str
    length: int
    can_open: bool
    can_close: bool
    rest: int
    """How many of its signs do not belong to an element yet."""
    number: int = 0
    place: int = 0
    """Its index among the pieces that are nested so far."""


_Piece = str | ET.Element | _Run


class TextTreeprocessor(Treeprocessor):
    """Puts emphasis, struck text and links for bare addresses into the elements of a tree."""

    md: Markdown

    def run(self, root: ET.Element) -> None:
        """Rewrite each element that holds such text."""
        for element in [*root.iter()]:
            texts = [element.text or "", *(child.tail or "" for child in element)]
            # A link with such a text is a bare address.
            is_address = element.tag == "a" and isinstance(element.text, AtomicString)
            if element.tag != "code" and not is_address and any(map(_SIGN.search, texts)):
                self._rewrite(element, texts)

    def _rewrite(self, element: ET.Element, texts: Sequence[str]) -> None:
        pieces: list[_Piece] = []
        before = " "
        for text, child in zip(texts, [*element, None], strict=True):
            # Next to the text, a line break counts as a space, any other element as a sign.
            is_break = child is None or child.tag == "br" or self.md.is_block_level(child.tag)
            after = " " if is_break else ","
            pieces += _split(f"{before}{text}{after}", in_link=element.tag == "a")
            before = after
            if child is not None:
                child.tail = None
                pieces.append(child)
        element.text = None
        element[:] = []
        _fill(element, _nest(pieces, self.md.is_block_level))


def _split(text: str, *, in_link: bool) -> Iterator[_Piece]:
    """Yield the text, except its first and its last character, with links for its addresses."""
    at, done = 0, 1
    while not in_link and (found := _ADDRESS.search(text, at)):
        start, at = found.span("mail" if found["mail"] else "url")
        address = text[start:at]
        if found["url"]:
            address = _trim(address)
            at = start + len(address)
            host = text[found.start("host") : min(at, found.end("host"))]
            if any("_" in label for label in host.split(".")[-2:]):
                continue
            href = f"http://{address}" if address[0] in "wW" else address
        else:
            href = f"mailto:{address.removeprefix('mailto:')}"
        yield from _split_runs(text, done, start)
        link = ET.Element("a", {"href": href})
        link.text = AtomicString(address)
        yield link
        done = at
    yield from _split_runs(text, done, len(text) - 1)


def _trim(address: str) -> str:
    """Return an address without the signs at its end that belong to the sentence."""
    surplus = {sign: address.count(sign) - address.count(pair) for pair, sign in ("()", "[]")}
    end = len(address)
    while (sign := address[end - 1]) in "?!.,:*_~'\";" or surplus.get(sign, 0) > 0:
        surplus[sign] = surplus.get(sign, 0) - 1
        end -= 1
        if sign == ";":
            start = end
            while address[start - 1].isalpha():
                start -= 1
            if start < end and address[start - 1] == "&":
                end = start - 1
    return address[:end]


def _split_runs(text: str, start: int, end: int) -> Iterator[_Piece]:
    """Yield a part of a text and its delimiter runs, in order."""
    for found in _RUN.finditer(text, start, end):
        yield text[start : found.start()]
        start = found.end()
        before, after = text[found.start() - 1], text[start]
        is_left, is_right = _flanks(after, before), _flanks(before, after)
        is_intraword = found[0][0] == "_" and is_left and is_right
        yield _Run(
            sign=found[0][0],
            length=len(found[0]),
            rest=len(found[0]),
            can_open=is_left and (not is_intraword or _is_sign(before)),
            can_close=is_right and (not is_intraword or _is_sign(after)),
        )
    yield text[start:end]


def _flanks(inner: str, outer: str) -> bool:
    """Return whether a run between two characters belongs to the inner one."""
    return not inner.isspace() and (not _is_sign(inner) or outer.isspace() or _is_sign(outer))


def _is_sign(char: str) -> bool:
    return char in punctuation or char in "\x02\x03" or category(char)[0] == "P"


def _nest(pieces: Iterable[_Piece], is_block_level: Callable[[str], bool]) -> Sequence[_Piece]:
    """Return the pieces, those between two matching runs inside an element.

    This is "process emphasis" of CommonMark (spec.commonmark.org, appendix).
    """
    nested: list[_Piece] = []
    openers: list[_Run] = []
    searched: dict[tuple[str, bool, int], int] = {}  # There is no opener before these numbers.
    for number, piece in enumerate(pieces):
        if isinstance(piece, ET.Element) and is_block_level(piece.tag):
            openers.clear()
        elif isinstance(piece, _Run):
            piece.number = number
            while piece.can_close and piece.rest:
                kind = (piece.sign, piece.can_open, piece.length % 3)
                opener = _find_opener(openers, piece, searched.get(kind, 0))
                if not opener:
                    searched[kind] = number
                    break
                _close(opener, piece, openers, nested)
            piece.place = len(nested)
            if piece.can_open and piece.rest:
                openers.append(piece)
        nested.append(piece)
    return nested


def _find_opener(openers: Sequence[_Run], run: _Run, first_number: int) -> _Run | None:
    for opener in takewhile(lambda each: each.number >= first_number, reversed(openers)):
        is_free = not (opener.can_close or run.can_open) or run.length % 3 == 0
        if opener.sign == run.sign and (is_free or (opener.length + run.length) % 3):
            return opener
    return None


def _close(opener: _Run, run: _Run, openers: list[_Run], nested: list[_Piece]) -> None:
    """Put everything between two runs into an element, unless they are unequal runs of "~"."""
    while openers[-1] is not opener:
        openers.pop()
    is_struck = run.sign == "~"
    if is_struck and opener.length != run.length:
        openers.pop()
        run.can_open = run.can_close = False
        return
    size = run.length if is_struck else min(2, opener.rest, run.rest)
    element = ET.Element("del" if is_struck else ("em", "strong")[size - 1])
    _fill(element, nested[opener.place + 1 :])
    nested[opener.place + 1 :] = [element]
    opener.rest -= size
    run.rest -= size
    if not opener.rest:
        openers.pop()


def _fill(parent: ET.Element, pieces: Iterable[_Piece]) -> None:
    for piece in pieces:
        if isinstance(piece, ET.Element):
            parent.append(piece)
            continue
        text = piece.sign * piece.rest if isinstance(piece, _Run) else piece
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text
