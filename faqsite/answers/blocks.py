"""Lines of Markdown to a tree of blocks, as in cmark-gfm.

This is the block structure of CommonMark (spec.commonmark.org, appendix, phase 1): each line first
continues some of the open blocks, then begins others, and what is left of it is text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from faqsite.answers import signs
from faqsite.answers.block import (
    CODE_INDENT,
    LEAVES,
    MAX_NESTING,
    VERBATIM,
    Block,
    ExcessError,
    Line,
    continues,
    read_mark,
)
from faqsite.answers.references import References, take_definitions
from faqsite.answers.tags import BLANK, find_block_end


class BlockReader:
    """Reads the blocks of a text, and the references defined in it.

    Each `_begin_` method opens the block that begins with a line, if one does.
    """

    def __init__(self, first_line: int = 1) -> None:
        self.root = Block(kind="document", line=first_line)
        self.references: References = {}
        self._open = [self.root]
        self._matched = 1
        """How many of the open blocks the line continues."""
        self._number = first_line - 1
        self._next = ""
        """The next line that is not blank."""
        self._begin: Sequence[Callable[[Line], bool]] = (
            self._begin_quote,
            self._begin_heading,
            self._begin_fence,
            self._begin_html,
            self._begin_underlined,
            self._begin_rule,
            self._begin_footnote,
            self._begin_note,
            self._begin_definition,
            self._begin_item,
            self._begin_code,
            self._begin_table,
        )

    def read(self, lines: Sequence[str]) -> Block:
        """Return the document with these lines."""
        further = [line for line in lines if line.strip()][::-1]
        for line in lines:
            self._number += 1
            if line.strip():
                further.pop()
            self._next = further[-1] if further else ""
            self._add(Line(line))
        self._close(1)
        return self.root

    @property
    def _holder(self) -> Block:
        """The innermost block that the line continues."""
        return self._open[self._matched - 1]

    def _add(self, line: Line) -> None:
        self._matched = 1
        while self._matched < len(self._open) and continues(self._open[self._matched], line):
            self._matched += 1
        if line.is_spent:  # The end of a fenced code block.
            self._close(self._matched - 1)
            return
        has_begun = False
        while self._holder.kind not in VERBATIM and any(begin(line) for begin in self._begin):
            has_begun = True
            if line.is_spent or self._holder.kind in LEAVES:
                break
        self._note_blank(line)
        tip = self._open[-1]
        if line.is_spent:
            return
        if not has_begun and tip.kind == "paragraph" and self._is_lazy(line):
            tip.lines.append(line.body)
            return
        self._close(self._matched)
        self._add_text(line)

    def _add_text(self, line: Line) -> None:
        holder = self._holder
        if holder.kind in VERBATIM:
            holder.lines.append(line.text)
            if holder.end and holder.end is not BLANK and holder.end.search(line.body):
                self._close(self._matched - 1)
        elif holder.kind in {"paragraph", "table"}:
            holder.lines.append(line.body)
        elif not line.is_blank:
            self._push(Block(kind="paragraph", line=self._number, lines=[line.body]))

    def _note_blank(self, line: Line) -> None:
        holder = self._holder
        if line.is_blank and holder.blocks:
            holder.blocks[-1].precedes_blank = True
        is_new_item = holder.kind == "item" and not holder.blocks and holder.line == self._number
        takes_blank = holder.kind == "quote" or (holder.kind == "code" and bool(holder.mark))
        for block in self._open[: self._matched]:
            block.precedes_blank = False
        holder.precedes_blank = line.is_blank and not is_new_item and not takes_blank

    def _is_lazy(self, line: Line) -> bool:
        """Return whether a line continues the open paragraph without the marks around it."""
        left = {block.kind for block in self._open[self._matched :]}
        if line.is_blank or "note" in left or self._matched == len(self._open):
            return False
        return "definition" not in left or not signs.DEFINITION.match(self._next.lstrip(" "))

    def _push(self, block: Block) -> None:
        """Add a block inside the holder of the line, and keep it open if it may go on."""
        self._close(self._matched)
        while not self._holder.may_hold(block):
            self._close(self._matched - 1)
        self._holder.blocks.append(block)
        if block.kind not in {"heading", "rule"}:
            self._open.append(block)
            self._matched += 1
        if sum(each.kind not in {*LEAVES, "list"} for each in self._open) > MAX_NESTING + 1:
            fact = f"lists, quotes and notes are nested more than {MAX_NESTING} deep"
            raise ExcessError("levels", fact, "flatten them", "")

    def _close(self, count: int) -> None:
        """Close the open blocks after the first `count`."""
        while len(self._open) > count:
            block = self._open.pop()
            if block.kind == "paragraph":
                self._define(block, self._open[-1])
        self._matched = min(self._matched, count)

    def _define(self, paragraph: Block, parent: Block) -> None:
        """Take the definitions of references off the beginning of a paragraph."""
        text = "\n".join(paragraph.lines)
        rest = take_definitions(text, self.references)
        paragraph.line += text.count("\n") - rest.count("\n")
        paragraph.lines = rest.split("\n") if rest else []
        if not rest and parent.blocks and parent.blocks[-1] is paragraph:
            parent.blocks.pop()

    def _begin_quote(self, line: Line) -> bool:
        if line.indent >= CODE_INDENT or not line.body.startswith(">"):
            return False
        self._push(Block(kind="quote", line=self._number))
        line.take_mark(1)
        line.take(1)
        return True

    def _begin_heading(self, line: Line) -> bool:
        mark = signs.HEADING.match(line.body) if line.indent < CODE_INDENT else None
        if mark:
            text = signs.HEADING_END.sub("", line.body[mark.end() :]).strip()
            level = len(mark[1])
            self._push(Block(kind="heading", line=self._number, lines=[text], number=level))
            line.is_spent = True
        return bool(mark)

    def _begin_fence(self, line: Line) -> bool:
        mark = signs.FENCE.match(line.body) if (indent := line.indent) < CODE_INDENT else None
        if mark:
            self._push(
                Block(kind="code", line=self._number, mark=mark[1], title=mark[2], indent=indent)
            )
            line.is_spent = True
        return bool(mark)

    def _begin_html(self, line: Line) -> bool:
        if line.indent >= CODE_INDENT or not line.body.startswith("<"):
            return False
        end = find_block_end(line.body, may_be_any=self._holder.kind != "paragraph")
        if end:
            self._push(Block(kind="html", line=self._number, end=end))
        return bool(end)

    def _begin_underlined(self, line: Line) -> bool:
        holder = self._holder
        mark = signs.UNDERLINE.match(line.body) if line.indent < CODE_INDENT else None
        if holder.kind != "paragraph" or not mark:
            return False
        self._define(holder, self._open[self._matched - 2])
        if not holder.lines:
            self._open.pop()
            self._matched -= 1
            return False
        holder.kind, holder.mark = "heading", mark[1]
        holder.number = 1 if mark[1][0] == "=" else 2
        self._close(self._matched - 1)
        line.is_spent = True
        return True

    def _begin_rule(self, line: Line) -> bool:
        if line.indent >= CODE_INDENT or not signs.RULE.match(line.body):
            return False
        self._push(Block(kind="rule", line=self._number))
        line.is_spent = True
        return True

    def _begin_footnote(self, line: Line) -> bool:
        mark = signs.FOOTNOTE.match(line.body) if line.indent < CODE_INDENT else None
        if mark:
            self._push(Block(kind="footnote", line=self._number, mark=mark[1], indent=4))
            line.take_mark(mark.end())
        return bool(mark)

    def _begin_note(self, line: Line) -> bool:
        mark = signs.NOTE.match(line.body) if line.indent < CODE_INDENT else None
        if mark:
            title = mark[1].capitalize() if mark[2] is None else mark[2]
            self._push(Block(kind="note", line=self._number, mark=mark[1], title=title, indent=4))
            line.is_spent = True
        return bool(mark)

    def _begin_definition(self, line: Line) -> bool:
        if line.indent >= CODE_INDENT or not signs.DEFINITION.match(line.body):
            return False
        holder = self._holder
        before = self._open[self._matched - 2] if holder.kind == "paragraph" else holder
        if before.kind == "definitions":
            self._close(self._open.index(before) + 1)
        elif before.blocks and before.blocks[-1].kind == "paragraph":
            last = before.blocks[-1]
            self._close(self._open.index(before) + 1)
            if before.blocks[-1:] != [last]:
                return False
            terms = [
                Block(kind="term", line=last.line + number, lines=[text])
                for number, text in enumerate(last.lines)
            ]
            before.blocks.pop()
            if before.blocks and before.blocks[-1].kind == "definitions":
                definitions = before.blocks[-1]
                definitions.blocks += terms
            else:
                definitions = Block(kind="definitions", line=last.line, blocks=terms)
                before.blocks.append(definitions)
            terms[-1].precedes_blank = last.precedes_blank
            self._open.append(definitions)
            self._matched = len(self._open)
        else:
            return False
        self._push(Block(kind="definition", line=self._number, indent=4))
        line.take_mark(1)
        line.take(min(3, line.indent))
        return True

    def _begin_item(self, line: Line) -> bool:
        indent, holder = line.indent, self._holder
        mark = read_mark(line.body, holder, self._next) if indent < CODE_INDENT else None
        if not mark:
            return False
        if holder.kind != "list" or holder.mark != mark.sign:
            if holder.kind == "list":
                self._close(self._matched - 1)
            self._push(Block(kind="list", line=self._number, mark=mark.sign, number=mark.number))
        item = Block(kind="item", line=self._number)
        self._push(item)
        line.take_mark(mark.length)
        # One of five or more spaces belongs to the mark, the others to indented code.
        spaces = line.indent if line.indent <= CODE_INDENT and not line.is_blank else 1
        line.take(spaces)
        item.indent = indent + mark.length + spaces
        return True

    def _begin_code(self, line: Line) -> bool:
        may_be_lazy = self._open[-1].kind == "paragraph"
        if line.indent < CODE_INDENT or line.is_blank or may_be_lazy:
            return False
        line.take(CODE_INDENT)
        self._push(Block(kind="code", line=self._number))
        return True

    def _begin_table(self, line: Line) -> bool:
        paragraph = self._holder
        rule = signs.TABLE_RULE.match(line.body) if line.indent < CODE_INDENT else None
        if paragraph.kind != "paragraph" or not rule:
            return False
        head = paragraph.lines[-1]
        if len(signs.split_row(head)) != len(signs.split_row(line.body)):
            return False
        if len(paragraph.lines) > 1:
            paragraph.lines.pop()
            self._push(Block(kind="table", line=self._number - 1, lines=[head, line.body]))
        else:
            paragraph.kind = "table"
            paragraph.lines.append(line.body)
        line.is_spent = True
        return True
