"""Emphasis and struck text, as cmark-gfm reads them, in linear time.

The rules are those of CommonMark (spec.commonmark.org, 6.2) and of GitHub's strikethrough
(github.github.com/gfm, 6.5).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from string import punctuation
from unicodedata import category


@dataclass(slots=True, kw_only=True)
class Run:
    """A run of "*", "_" or "~", which may open or close elements around the text beside it."""

    sign: str
    length: int
    at: int
    can_open: bool
    can_close: bool
    rest: int
    """How many of its signs do not belong to an element yet."""
    number: int = 0
    place: int = 0
    """Its index among the pieces that are nested so far."""


Piece = str | ET.Element | Run


def make_run(text: str, start: int, end: int) -> Run:
    """Return the run of a sign between two places of a text."""
    sign = text[start]
    skipped = "" if sign == "~" else "~"  # As cmark-gfm does.
    first, last = start - 1, end
    while first >= 0 and text[first] == skipped:
        first -= 1
    while last < len(text) and text[last] == skipped:
        last += 1
    before = text[first] if first >= 0 else "\n"
    after = text[last] if last < len(text) else "\n"
    is_left, is_right = _flanks(after, before), _flanks(before, after)
    is_intraword = sign == "_" and is_left and is_right
    return Run(
        sign=sign,
        length=end - start,
        at=start,
        rest=end - start,
        can_open=is_left and (not is_intraword or _is_sign(before)),
        can_close=is_right and (not is_intraword or _is_sign(after)),
    )


def _flanks(inner: str, outer: str) -> bool:
    """Return whether a run between two characters belongs to the inner one."""
    return not inner.isspace() and (not _is_sign(inner) or outer.isspace() or _is_sign(outer))


def _is_sign(char: str) -> bool:
    return char in punctuation or category(char)[0] == "P"


def nest(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces, those between two matching runs inside an element.

    This is "process emphasis" of CommonMark (spec.commonmark.org, appendix).
    """
    nested: list[Piece] = []
    openers: list[Run] = []
    searched: dict[tuple[str, bool, int], int] = {}  # There is no opener before these numbers.
    for number, piece in enumerate(pieces):
        if isinstance(piece, Run):
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


def _find_opener(openers: Sequence[Run], run: Run, first_number: int) -> Run | None:
    for opener in takewhile(lambda each: each.number >= first_number, reversed(openers)):
        is_free = not (opener.can_close or run.can_open) or run.length % 3 == 0
        if opener.sign == run.sign and (is_free or (opener.length + run.length) % 3):
            return opener
    return None


def _close(opener: Run, run: Run, openers: list[Run], nested: list[Piece]) -> None:
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
    fill(element, nested[opener.place + 1 :])
    nested[opener.place + 1 :] = [element]
    opener.rest -= size
    run.rest -= size
    if not opener.rest:
        openers.pop()


def fill(parent: ET.Element, pieces: Iterable[Piece]) -> None:
    """Add pieces to the end of an element."""
    for piece in pieces:
        if isinstance(piece, ET.Element):
            parent.append(piece)
            continue
        text = piece.sign * piece.rest if isinstance(piece, Run) else piece
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text
