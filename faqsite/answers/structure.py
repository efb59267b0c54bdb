"""Checks that each element of an answer is where HTML allows it, with the right contents.

An HTML parser accepts any order of tags. The tables below add the rules of the standard
(html.spec.whatwg.org, section 4, "content model").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from faqsite.answers.sanitise import Piece, Tag

MISPLACED = "is not allowed here", "check the tags and quotes around it"
"""The fact and the hint for an element in the wrong place."""

_INLINE_TAGS = (
    "a abbr b bdi br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong"
    " sub sup time u var wbr"
)
INLINE = frozenset(_INLINE_TAGS.split())
_VOID = frozenset({"br", "hr", "img", "wbr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Allowed contents: whatever is allowed in their own place.
_TRANSPARENT = frozenset({"a", "del", "ins"})
_HOLDING_INLINE = (INLINE - _TRANSPARENT) | _HEADINGS | {"p", "pre", "summary"}

# An element is never inside these, however deep. Wide code and tables take the focus.
_NEVER_IN: Mapping[str, tuple[str, ...]] = {
    "details": ("a",),
    "dfn": ("dfn",),
    "pre": ("a",),
    "table": ("a", "caption"),
    **dict.fromkeys(_HEADINGS, ("dt", "th")),
}
# These elements are only ever directly inside one of these.
_PARENTS: Mapping[str, tuple[str, ...]] = {
    "caption": ("table",),
    "dd": ("dl",),
    "dt": ("dl",),
    "figcaption": ("figure",),
    "li": ("ol", "ul"),
    "rp": ("ruby",),
    "rt": ("ruby",),
    "summary": ("details",),
}
# The contents of an element, in order, and how to correct others; "#" is text.
_CONTENTS: Mapping[str, tuple[str, str]] = {
    "details": (r"summary (?:(?!summary )\S+ )*", "start it with one <summary>"),
    "dl": (r"(?:(?:dt )+(?:dd )+)+", "put only <dt>, then <dd> in it"),
    "figure": (
        r"(?:figcaption )?(?:(?!figcaption )\S+ )*|(?:(?!figcaption )\S+ )*figcaption ",
        "put one <figcaption> in it, first or last",
    ),
    "ol": (r"(?:li )*", "put only <li> in it"),
    "ruby": (r"(?:(?:(?!r[pt] )\S+ )+(?:rt |rp rt rp )+)+", "write <ruby>a<rt>b</rt></ruby>"),
    "table": (
        r"(?:caption )?(?:thead )?(?:tbody )*(?:tfoot )?",
        "order it as <caption>, <thead>, <tbody>, <tfoot>",
    ),
    "tr": (r"(?:t[dh] )+", "put a cell in it, or remove it"),
    "ul": (r"(?:li )*", "put only <li> in it"),
}


@dataclass(slots=True, kw_only=True)
class _Open:
    """An element that is not closed yet."""

    name: str
    holder: str
    """The innermost element around its contents that is not transparent."""
    contents: list[str] = field(default_factory=list)
    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    """Those of a table: the number of columns and rows that each cell spans."""
    first_text: int = 0
    terms: list[str] = field(default_factory=list)
    """Those of a list of definitions."""


def find_misplaced(pieces: Iterable[Piece]) -> Iterator[tuple[str, str, str]]:
    """Yield the tag, fact and hint of each wrong element in HTML with all its tags closed."""
    texts: list[str] = []
    stack = [_Open(name="", holder="")]
    around: Counter[str] = Counter()
    for piece in pieces:
        parent = stack[-1]
        if isinstance(piece, str):
            texts.append(piece)
            parent.contents += ["#"] if piece.strip() else []
        elif piece.is_end:
            stack.pop()
            around[piece.name] -= 1
            if piece.name == "dt":
                stack[-1].terms.append(" ".join("".join(texts[parent.first_text :]).split()))
            if hint := _check_contents(parent):
                yield piece.name, "has the wrong contents", hint
        else:
            name = piece.name
            if not _is_allowed_in(name, parent, around):
                yield name, *MISPLACED
            parent.contents.append(name)
            if name in {"td", "th", "tr"}:
                rows = next(each.rows for each in reversed(stack) if each.name == "table")
                if name == "tr":
                    rows.append([])
                else:
                    columns, height = (int(piece.get(each) or 1) for each in ("colspan", "rowspan"))
                    rows[-1].append((columns, height))
            if name not in _VOID:
                holder = parent.holder if name in _TRANSPARENT else name
                stack.append(_Open(name=name, holder=holder, first_text=len(texts)))
                around[name] += 1


def has_nested_links(pieces: Iterable[Piece]) -> bool:
    """Return whether a link begins inside another one, which an HTML parser would close."""
    is_open = False
    for piece in pieces:
        if isinstance(piece, Tag) and piece.name == "a":
            if is_open and not piece.is_end:
                return True
            is_open = not piece.is_end
    return False


def _is_allowed_in(name: str, parent: _Open, around: Mapping[str, int]) -> bool:
    if name in _PARENTS:
        return parent.name in _PARENTS[name]
    if any(around[each] for each in _NEVER_IN.get(name, ())):
        return False
    is_title = parent.holder == "summary" and name in _HEADINGS
    return name in INLINE or is_title or parent.holder not in _HOLDING_INLINE


def _check_contents(element: _Open) -> str:
    """Return how to correct the contents of an element, "" if they are right."""
    pattern, hint = _CONTENTS.get(element.name, ("", ""))
    if pattern and not re.fullmatch(pattern, "".join(f"{each} " for each in element.contents)):
        return hint
    if len(set(element.terms)) < len(element.terms):
        return "list each term once, with all its definitions"
    return "" if _is_even(element.rows) else "give every row the same number of columns"


def _is_even(rows: Sequence[Sequence[tuple[int, int]]]) -> bool:
    """Return whether all rows of a table are equally wide, and a cell begins in each column."""
    begun: set[int] = set()
    taken: dict[int, int] = {}  # The number of rows for which a cell still takes each column.
    width = 0
    for row in rows:
        column = 0
        for columns, height in row:
            while column in taken:
                column += 1
            begun.add(column)
            span = range(column, column + columns)
            if not taken.keys().isdisjoint(span):
                return False
            taken |= dict.fromkeys(span, height)
        width = width or len(taken)
        if len(taken) != width:
            return False
        taken = {column: height - 1 for column, height in taken.items() if height > 1}
    return not taken and begun == set(range(width))
