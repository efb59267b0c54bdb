"""A block of Markdown, and how a line continues it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from faqsite.answers import signs
from faqsite.answers.tags import BLANK

CODE_INDENT = 4
"""The columns before indented code."""
MAX_NESTING = 20
"""How deep lists, quotes and notes may be nested."""
_TAB = 4

LEAVES = frozenset({"code", "heading", "html", "paragraph", "rule", "table"})
VERBATIM = frozenset({"code", "html"})
# What may be in a container that does not take every block.
_CONTENTS = {"list": "item", "definitions": "definition"}


class ExcessError(Exception):
    """An answer has too much of a unit to be read in time: unit, fact, hint, and needle."""


@dataclass(slots=True, kw_only=True)
class Block:
    """A block of Markdown, with other blocks or with lines of text in it."""

    kind: str
    line: int
    """The line with which it begins, from 1."""
    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    mark: str = ""
    """The sign of a list, the fence of code, the kind of a note, the name of a footnote."""
    title: str = ""
    """The language of code, the title of a note."""
    number: int = 0
    """The level of a heading, the first number of a list."""
    indent: int = 0
    """How many columns belong to the mark of an item, or to the indent of a fence."""
    end: re.Pattern[str] | None = None
    """What ends a block of HTML."""
    is_closed: bool = False
    """Whether the end of a fenced code block was found."""
    precedes_blank: bool = False

    def may_hold(self, block: Block) -> bool:
        """Return whether a block may be directly inside this one."""
        return self.kind not in LEAVES and _CONTENTS.get(self.kind, block.kind) == block.kind

    @property
    def ends_blank(self) -> bool:
        """Whether a blank line follows, or ends the last of its items."""
        if self.precedes_blank or self.kind not in {"definition", "item", "list"}:
            return self.precedes_blank
        return bool(self.blocks) and self.blocks[-1].ends_blank

    @property
    def is_loose(self) -> bool:
        """Whether a blank line is between the items of a list, or between blocks in one."""
        return any(
            (item.precedes_blank and item is not self.blocks[-1])
            or any(
                block.ends_blank and not (item is self.blocks[-1] and block is item.blocks[-1])
                for block in item.blocks
            )
            for item in self.blocks
        )


class Line:
    """The rest of a line, from a column on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.column = 0
        self.is_spent = False

    @property
    def indent(self) -> int:
        """The width of its leading spaces and tabs, in columns."""
        column = self.column
        for char in self.text:
            if char not in " \t":
                break
            column += _TAB - column % _TAB if char == "\t" else 1
        return column - self.column

    @property
    def body(self) -> str:
        return self.text.lstrip(" \t")

    @property
    def is_blank(self) -> bool:
        return not self.body

    def take(self, columns: int) -> None:
        """Remove up to this many columns of leading spaces; the rest of a tab becomes spaces."""
        while columns > 0 and self.text[:1] in {" ", "\t"}:
            if self.text[0] == "\t":
                self.text = " " * (_TAB - self.column % _TAB) + self.text[1:]
            self.text = self.text[1:]
            self.column += 1
            columns -= 1

    def take_mark(self, length: int) -> None:
        """Remove the leading spaces and a mark of this length after them."""
        self.take(self.indent)
        self.text = self.text[length:]
        self.column += length


def continues(block: Block, line: Line) -> bool:
    """Return whether a line continues an open block, and take the mark of the block off the line.

    A line that ends a fenced code block is spent.
    """
    match block.kind:
        case "quote":
            return take_quote(line)
        case "item" | "definition" | "footnote" | "note":
            is_within = line.indent >= block.indent or (line.is_blank and bool(block.blocks))
            line.take(block.indent if is_within else 0)
            return is_within
        case "code":
            return _continues_code(block, line)
        case "html":
            return block.end is not BLANK or not line.is_blank
        case "table":
            return line.body.strip() not in {"", "|"}
    return block.kind != "paragraph" or not line.is_blank


def take_quote(line: Line) -> bool:
    """Return whether a line begins with the mark of a quote, and take it off."""
    is_quote = line.indent < CODE_INDENT and line.body.startswith(">")
    if is_quote:
        line.take_mark(1)
        line.take(1)
    return is_quote


def _continues_code(block: Block, line: Line) -> bool:
    if not block.mark:
        is_code = line.indent >= CODE_INDENT or line.is_blank
        line.take(CODE_INDENT)
        return is_code
    end = signs.FENCE_END.match(line.body) if line.indent < CODE_INDENT else None
    block.is_closed = line.is_spent = bool(end and end[1].startswith(block.mark))
    line.take(block.indent)
    return True


def read_mark(text: str, holder: Block, following: str) -> signs.Mark | None:
    """Return the mark of a list item at the start of a text, if it has one.

    The text is in the block `holder`, and `following` is the next line. A pasted mark other than a
    round bullet begins no list in a sentence, and a list does not begin with "(2)".
    """
    if found := signs.ITEM.match(text):
        mark = signs.Mark(found.end(), found[1][-1], int(found[2] or 0))
        # There is no list in "We have been here since\n2019. Then ..." and "Title\n-".
        is_text = not text[found.end() :].strip() or mark.number > 1 or found[1][0] == "0"
        return None if holder.kind == "paragraph" and is_text else mark
    pasted = signs.read_pasted(text)
    if not pasted or (holder.kind == "list" and holder.mark == pasted.sign):
        return pasted
    is_apart = holder.kind != "paragraph" or holder.lines[-1].rstrip().endswith(":")
    may_begin = pasted.number <= 1 and (is_apart or pasted.sign not in signs.IN_SENTENCES)
    return pasted if may_begin and signs.is_followed(pasted, following) else None
