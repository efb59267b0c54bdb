"""Whether the elements of an answer stand where HTML lets them, and hold what they need.

An HTML parser takes any order of tags. What the standard says beyond that
(html.spec.whatwg.org, section 4, "content model") stands in two tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from faqsite.answers.sanitise import Tag

_Cell = tuple[int, int]
"""How many columns a cell takes, and how many rows."""

_INLINE_TAGS = (
    "a abbr b bdi br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong"
    " sub sup time u var wbr"
)
INLINE = frozenset(_INLINE_TAGS.split())
_VOID = frozenset({"br", "hr", "img", "wbr"})
_SPANS = ("colspan", "rowspan")
_OF_TABLES = frozenset({"td", "th", "tr"})

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# These hold whatever may stand where they stand.
_TRANSPARENT = frozenset({"a", "del", "ins"})
_HOLDING_INLINE = (INLINE - _TRANSPARENT) | _HEADINGS | {"p", "pre", "summary"}

# What an element never stands in, however deep. Wide code and tables take the focus.
_NEVER_IN: Mapping[str, frozenset[str]] = {
    "details": frozenset({"a"}),
    "dfn": frozenset({"dfn"}),
    "pre": frozenset({"a"}),
    "table": frozenset({"a", "caption"}),
    **dict.fromkeys(_HEADINGS, frozenset({"dt", "th"})),
}
# The one place of an element that has only one.
_PLACES = {
    "caption": {"table"},
    "dd": {"dl"},
    "dt": {"dl"},
    "figcaption": {"figure"},
    "li": {"ol", "ul"},
    "rp": {"ruby"},
    "rt": {"ruby"},
    "summary": {"details"},
}
# What an element holds, in order, and how to put it right; "#" is text.
_CONTENTS: Mapping[str, tuple[re.Pattern[str], str]] = {
    name: (re.compile(pattern), hint)
    for name, pattern, hint in (
        ("details", r"summary (?:(?!summary )\S+ )*", "begin it with one <summary>"),
        ("dl", r"(?:(?:dt )+(?:dd )+)+", "give it <dt>, then <dd>, and nothing else"),
        (
            "figure",
            r"(?:figcaption )?(?:(?!figcaption )\S+ )*|(?:(?!figcaption )\S+ )*figcaption ",
            "give it one <figcaption>, at its beginning or end",
        ),
        ("ol", r"(?:li )*", "give it <li>, and nothing else"),
        (
            "ruby",
            r"(?:(?:(?!r[pt] )\S+ )+(?:rt |rp rt rp )+)+",
            "write <ruby>text<rt>reading</rt></ruby>",
        ),
        (
            "table",
            r"(?:caption )?(?:thead )?(?:tbody )*(?:tfoot )?",
            "order it as <caption>, <thead>, <tbody>, <tfoot>",
        ),
        ("tr", r"(?:t[dh] )+", "give it a cell, or take it out"),
        ("ul", r"(?:li )*", "give it <li>, and nothing else"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """An element that stands where it may not, or (with a hint) does not hold what it should."""

    tag: str
    hint: str = ""


@dataclass(slots=True, kw_only=True)
class _Open:
    """An element that is not closed yet."""

    name: str
    holder: str
    """The innermost element around its contents that is not transparent."""
    first_text: int
    contents: list[str] = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)
    """Those of a table."""
    terms: list[str] = field(default_factory=list)
    """Those of a list of definitions."""


def misplaced(pieces: Iterable[Tag | str]) -> Iterator[Misplaced]:
    """Yield what of some HTML, all of whose tags are closed, the standard has elsewhere."""
    texts: list[str] = []
    stack = [_Open(name="", holder="", first_text=0)]
    around: defaultdict[str, int] = defaultdict(int)
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            if piece.strip():
                stack[-1].contents.append("#")
        elif piece.is_end:
            closed = stack.pop()
            around[closed.name] -= 1
            if closed.name == "dt":
                text = "".join(texts[closed.first_text :])
                stack[-1].terms.append(" ".join(text.split()))
            yield from _wrongly_made(closed)
        else:
            name, parent = piece.name, stack[-1]
            if not _may_stand(name, parent, around):
                yield Misplaced(tag=name)
            parent.contents.append(name)
            if name in _OF_TABLES:
                table = next(each for each in reversed(stack) if each.name == "table")
                if name == "tr":
                    table.rows.append([])
                else:
                    columns, height = (int(piece.get(each) or 1) for each in _SPANS)
                    table.rows[-1].append((columns, height))
            if name not in _VOID:
                holder = parent.holder if name in _TRANSPARENT else name
                stack.append(_Open(name=name, holder=holder, first_text=len(texts)))
                around[name] += 1


def _may_stand(name: str, parent: _Open, around: Mapping[str, int]) -> bool:
    if name in _PLACES:
        return parent.name in _PLACES[name]
    if any(around[each] for each in _NEVER_IN.get(name, ())):
        return False
    is_titling = parent.holder == "summary" and name in _HEADINGS
    return name in INLINE or is_titling or parent.holder not in _HOLDING_INLINE


def _wrongly_made(element: _Open) -> Iterator[Misplaced]:
    """Yield the element, if it holds something else than it should."""
    pattern, hint = _CONTENTS.get(element.name, (None, ""))
    if pattern and not pattern.fullmatch("".join(f"{each} " for each in element.contents)):
        yield Misplaced(tag=element.name, hint=hint)
    elif not _is_even(element.rows):
        yield Misplaced(tag=element.name, hint="give each row cells for as many columns")
    elif len(set(element.terms)) < len(element.terms):
        yield Misplaced(tag=element.name, hint="name each term once, with all that it means")


def _is_even(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Tell whether the rows of a table are equally wide, and in each column a cell begins."""
    begun: set[int] = set()
    taken: dict[int, int] = {}  # For how many rows more a column is.
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
