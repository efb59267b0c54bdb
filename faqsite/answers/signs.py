"""The signs with which the blocks of Markdown begin and end, as in cmark-gfm.

A pattern matches a line from its first character that is not a space. The rules are those of
CommonMark (spec.commonmark.org), GitHub's tables and footnotes, Python-Markdown's `!!! note`, and
the definitions of PHP Markdown Extra.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$|\u00a0\s*|(?<=##)(?=[^\W\d_]))")
"""A heading. GitHub needs a space or tab after the signs; "#work" may be meant as it is."""
HEADING_END = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
RULE = re.compile(r"([-_*])(?:[ \t]*\1){2,}[ \t]*$")
FENCE = re.compile(r"(`{3,}+(?!.*`)|~{3,}+)[ \t]*([^\s{]*)")
FENCE_END = re.compile(r"(`{3,}|~{3,})[ \t]*$")
ITEM = re.compile(r"([-+*]|(\d{1,9})[.)])(?=[ \t]|$)")
# What people paste for "- " and "1. ". One such line may be text, two alike are a list.
_PASTED = re.compile(
    r"(?:(?P<bullet>[\u2022\u00b7\u25aa\u25e6\u2023\u25cf\u25cb\u25a0\u2043\uf0b7\uf0a7]"
    r"|-(?=[^\W\d_a-z])|[-*+](?=\u00a0)|\u2013(?=[ \t\u00a0]))"
    r"|\((?P<round>[0-9]{1,2})\)|(?P<glued>[0-9]{1,2}[.)])(?=[^\W\d_])"
    r"|(?P<circled>[\u2460-\u2473])|\(?(?P<letter>[a-z])\)(?=[ \t\u00a0]))[ \t\u00a0]*+(?=\S)"
)
ORDERED = frozenset({".", ")", "round", "circled", "letter"})
"""The signs of lists with numbers or letters."""
IN_SENTENCES = ORDERED | {"-", "*", "+", "\u2013"}
"""The pasted signs that a line of a sentence may begin with."""
NOTE = re.compile(r'!!! ?([\w-]+)(?: +"([^"]*)")? *$')
ALERT = re.compile(r"\[!([\w-]+)\][ \t]*$")
TASK = re.compile(r"\[([ xX])\](?=[ \t]+\S)")
DEFINITION = re.compile(r":(?=[ \t]+\S)")
FOOTNOTE = re.compile(r"\[\^([^\]\x00-\x1f]+)\]:[ \t]*")
TABLE_RULE = re.compile(r"\|?[ \t]*:?-++:?[ \t]*(?:\|[ \t]*:?-++:?[ \t]*)*+\|?[ \t]*$")
_CELL = re.compile(r"((?:[^|\\]|\\\|?)*+)(\||$)")


class Mark(NamedTuple):
    """The mark of an item of a list."""

    length: int
    sign: str
    number: int


def read_pasted(line: str) -> Mark | None:
    """Return the mark with which a line begins if it is one of a word processor, or None."""
    found = _PASTED.match(line)
    if not found:
        return None
    kind = found.lastgroup or ""
    written = found[kind]
    match kind:
        case "bullet":
            return Mark(found.end(), written, 0)
        case "glued":
            return Mark(found.end(), written[-1], int(written[:-1]))
        case "round":
            return Mark(found.end(), kind, int(written))
    first = "a" if kind == "letter" else "\u2460"
    return Mark(found.end(), kind, ord(written) - ord(first) + 1)


def is_followed(mark: Mark, following: str) -> bool:
    """Return whether the line after an item begins with the next mark of the same list."""
    after = read_pasted(following.lstrip("> \t"))
    step = mark.sign in ORDERED
    return after is not None and (after.sign, after.number) == (mark.sign, mark.number + step)


def split_row(row: str) -> list[str]:
    """Return the cells of a table's row."""
    found = _CELL.findall(row.strip().removeprefix("|"))
    if len(found) > 1 and not found[-1][0] and not found[-1][1]:
        found.pop()
    return [cell.replace("\\|", "|").strip() for cell, _ in found]
