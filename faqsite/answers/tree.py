"""Blocks of Markdown to the tree of elements that Python-Markdown writes as HTML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import zip_longest
from typing import Protocol

from markdown import Markdown
from markdown.blockparser import BlockParser

from faqsite.answers import signs, slips
from faqsite.answers.block import Block
from faqsite.answers.blocks import BlockReader
from faqsite.answers.code import highlight
from faqsite.answers.emphasis import fill
from faqsite.answers.inlines import InlineReader
from faqsite.answers.references import References

_MAX_HIGHLIGHTED_CHARS = 8_000
"""How much code of an answer is highlighted; Pygments is slow."""
_SIDES = {"::": "center", ":-": "left", "-:": "right"}


class Report(Protocol):
    """Takes a fact, a hint, and a piece of the Markdown whose line is reported."""

    def __call__(self, fact: str, hint: str, needle: str, *, is_advice: bool = False) -> None:
        """Report it."""


class GitHubParser(BlockParser):
    """Adds the blocks of an answer to the tree. Each `_add_` method adds one kind of block."""

    def __init__(self, md: Markdown, report: Report) -> None:
        super().__init__(md)
        self._report = report
        self._references: References = {}
        self._highlightable_chars = _MAX_HIGHLIGHTED_CHARS
        self.make_footnote: Callable[[re.Match[str]], ET.Element | None] = lambda _: None
        self.define_footnote: Callable[..., None] = lambda *_, **__: None

    def parseDocument(self, lines: Iterable[str]) -> ET.ElementTree:  # noqa: N802 - Python-Markdown's.
        """Return the tree of a whole text."""
        reader = BlockReader()
        document = reader.read("\n".join(lines).removesuffix("\n").split("\n"))
        self._references = reader.references
        self._define_footnotes(document)
        root = ET.Element(self.md.doc_tag)
        self.add_blocks(root, document.blocks)
        return ET.ElementTree(root)

    def _define_footnotes(self, block: Block, *, is_nested: bool = False) -> None:
        for each in block.blocks:
            is_footnote = each.kind == "footnote"
            if is_footnote:
                self.define_footnote(each, is_nested=is_nested)
            self._define_footnotes(each, is_nested=is_nested or is_footnote)

    def add_blocks(
        self, parent: ET.Element, blocks: Sequence[Block], *, is_tight: bool = False
    ) -> None:
        """Add blocks to an element; paragraphs in a tight one are plain text."""
        for block in blocks:
            if block.kind == "paragraph":
                self._advise(slips.find_in_paragraph(block.lines))
            if block.kind == "paragraph" and is_tight:
                self._fill(parent, "\n".join(block.lines))
            elif block.kind != "footnote":
                getattr(self, f"_add_{block.kind}")(parent, block)

    def _fill(self, element: ET.Element, text: str) -> None:
        reader = InlineReader(
            text.rstrip(), self._references, self.md.htmlStash.store, self.make_footnote
        )
        fill(element, reader.read())
        self._advise(slips.find_stray(text, reader.runs))

    def _advise(self, found: Iterable[slips.Slip]) -> None:
        for fact, hint, needle in found:
            self._report(fact, hint, needle, is_advice=True)

    def _add_verbatim(self, parent: ET.Element, html: str) -> None:
        fill(parent, ["\n", self.md.htmlStash.store(html), "\n"])

    def _add_paragraph(self, parent: ET.Element, block: Block) -> None:
        self._fill(ET.SubElement(parent, "p"), "\n".join(block.lines))

    def _add_heading(self, parent: ET.Element, block: Block) -> None:
        self._advise(slips.find_in_heading(block))
        self._fill(ET.SubElement(parent, f"h{block.number}"), "\n".join(block.lines))

    def _add_rule(self, parent: ET.Element, _: Block) -> None:
        ET.SubElement(parent, "hr")

    def _add_html(self, parent: ET.Element, block: Block) -> None:
        self._add_verbatim(parent, "\n".join(block.lines).strip("\n"))

    def _add_code(self, parent: ET.Element, block: Block) -> None:
        for slip in slips.find_in_code(block):
            self._report(*slip)
        code = "".join(f"{line}\n" for line in block.lines)
        if not block.mark:
            code = code.rstrip("\n") + "\n"
        html = ""
        if block.title and len(code) <= self._highlightable_chars:
            html = highlight(code.removesuffix("\n"), block.title)
            self._highlightable_chars -= len(code) if html else 0
        html = html or escape(code, quote=False)
        self._add_verbatim(parent, f"<pre><code>{html}</code></pre>")

    def _add_quote(self, parent: ET.Element, block: Block) -> None:
        first = block.blocks[0] if block.blocks else None
        if first and first.kind == "paragraph" and (alert := signs.ALERT.match(first.lines[0])):
            first.lines.pop(0)
            blocks = block.blocks if first.lines else block.blocks[1:]
            self._add_admonition(parent, alert[1], alert[1].capitalize(), blocks)
        else:
            self.add_blocks(ET.SubElement(parent, "blockquote"), block.blocks)

    def _add_note(self, parent: ET.Element, block: Block) -> None:
        self._add_admonition(parent, block.mark, block.title, block.blocks)

    def _add_admonition(
        self, parent: ET.Element, kind: str, title: str, blocks: Sequence[Block]
    ) -> None:
        note = ET.SubElement(parent, "div", {"class": f"admonition {kind.lower()}"})
        if title:
            self._fill(ET.SubElement(note, "p", {"class": "admonition-title"}), title)
        self.add_blocks(note, blocks)

    def _add_list(self, parent: ET.Element, block: Block) -> None:
        is_ordered = block.mark in signs.ORDERED
        element = ET.SubElement(parent, "ol" if is_ordered else "ul")
        if is_ordered and block.number != 1:
            element.set("start", str(block.number))
        if block.mark == "letter":
            element.set("type", "a")
        is_tight = not block.is_loose
        for item in block.blocks:
            first = item.blocks[0] if item.blocks else None
            if first and first.kind == "paragraph" and (task := signs.TASK.match(first.lines[0])):
                box = "☐" if task[1] == " " else "☑"
                first.lines[0] = box + first.lines[0][task.end() :]
            self.add_blocks(ET.SubElement(element, "li"), item.blocks, is_tight=is_tight)

    def _add_definitions(self, parent: ET.Element, block: Block) -> None:
        element = ET.SubElement(parent, "dl")
        is_apart = False
        for each in block.blocks:
            if each.kind == "term":
                self._fill(ET.SubElement(element, "dt"), each.lines[0])
            else:
                is_loose = is_apart or any(inner.ends_blank for inner in each.blocks[:-1])
                holder = ET.SubElement(element, "dd")
                self.add_blocks(holder, each.blocks, is_tight=not is_loose)
            is_apart = each.kind == "term" and each.precedes_blank

    def _add_table(self, parent: ET.Element, block: Block) -> None:
        head, rule, *rows = block.lines
        sides = [_SIDES.get(f"{cell[0]}{cell[-1]}", "") for cell in signs.split_row(rule)]
        table = ET.SubElement(parent, "table")
        self._add_rows(ET.SubElement(table, "thead"), "th", sides, [head])
        if rows:
            self._add_rows(ET.SubElement(table, "tbody"), "td", sides, rows)

    def _add_rows(
        self, section: ET.Element, tag: str, sides: Sequence[str], rows: Sequence[str]
    ) -> None:
        """Add rows; report cells beyond the columns of the header, which are not shown."""
        for row in rows:
            tr = ET.SubElement(section, "tr")
            texts = signs.split_row(row)
            for side, text in zip_longest(sides, texts[: len(sides)], fillvalue=""):
                self._fill(ET.SubElement(tr, tag, {"align": side} if side else {}), text)
            if any(texts[len(sides) :]):
                fact = "a table row has more cells than the header row"
                self._report(fact, "add header cells", row)
