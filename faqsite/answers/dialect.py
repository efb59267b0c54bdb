"""Markdown to HTML by Python-Markdown, read as an editor sees it on GitHub.

Python-Markdown wants blank lines and four spaces where GitHub wants none, so `blocks` finds the
blocks. Of words, `inlines` reads emphasis and bare addresses, Python-Markdown all else.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import cache
from html import escape
from itertools import zip_longest
from string import punctuation
from typing import Self

from markdown import Markdown, blockprocessors, inlinepatterns
from markdown.blockparser import BlockParser
from markdown.extensions.footnotes import (
    FootnoteBlockProcessor,
    FootnoteExtension,
    FootnoteInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from faqsite.answers.allowlist import ELEMENTS
from faqsite.answers.blocks import Block, Box, Code, Html, Plain, Table, split
from faqsite.answers.inlines import TextTreeprocessor, WordsString
from faqsite.answers.signs import cells

MAX_NESTING = 20
"""How many lists, quotes and notes stand in one another, at most."""
MAX_SCANNED_CHARS = 4_000_000
"""Python-Markdown looks from each "[" to the end of its paragraph: this takes it a second."""

# How much code of an answer is coloured: see `highlighting`.
_MAX_ANSWER_CHARS = 8_000

# One of these stands wherever an inline pattern finds something: the signs of Markdown, a line
# broken by two blanks, and what stands for a piece that was found before.
_INLINE_SIGN = re.compile(r"[`\\\[!<\x02\x03]|  \n")

# What an inline pattern makes of a match, and the match's start and end; None for nothing.
_Found = tuple[ET.Element | str | None, int | None, int | None]

Report = Callable[[str, str, str], None]
"""Takes what is wrong, a hint, and a piece of the Markdown to find the place by."""


class ExcessError(Exception):
    """There is too much of something to be read in time: of what, a message and a hint."""

    def __init__(self, unit: str, message: str, hint: str, needle: str = "") -> None:
        super().__init__(unit, message, hint, needle)
        self.unit, self.message, self.hint, self.needle = unit, message, hint, needle


def to_html(markdown: str, report: Report) -> str:
    """Return the HTML of an answer, which is not safe yet.

    Raises ExcessError before anything takes long.
    Footnotes that do not fit together are reported, and cells that no column has room for.
    """
    parser = shared_parser()
    parser.reset()
    parser.report = report
    try:
        html = parser.convert(markdown)
    except BaseException:
        shared_parser.cache_clear()  # Who was interrupted is left in the middle of something.
        raise
    parser.footnotes.report_unused()
    return html


@cache
def shared_parser() -> GitHubMarkdown:
    """Return Python-Markdown with our dialect: to make it takes longer than to read an answer."""
    return GitHubMarkdown()


class GitHubMarkdown(Markdown):
    """Python-Markdown with our blocks in the place of its own, and our reading of words."""

    report: Report
    highlighted_chars = 0

    def __init__(self) -> None:
        self.footnotes = _Footnotes()
        super().__init__(output_format="html", extensions=[self.footnotes])

    def build_parser(self) -> Self:
        """Register what reads lines, blocks and words."""
        super().build_parser()
        self.preprocessors.deregister("html_block")
        self.parser = _BlockParser(self)
        patterns = self.inlinePatterns
        for name in ("not_strong", "em_strong", "em_strong2", "entity"):
            patterns.deregister(name, strict=False)
        # A backslash at the end breaks the line; 180 is where "\" escapes.
        break_line = inlinepatterns.SubstituteTagInlineProcessor(r"\\\n", "br")
        patterns.register(break_line, "backslash", 185)
        patterns.register(_Escape(inlinepatterns.ESCAPE_RE, self), "escape", 180)
        patterns.register(_Reference(inlinepatterns.REFERENCE_RE, self), "reference", 170)
        patterns.register(_InlineHtml(inlinepatterns.HTML_RE, self), "html", 90)
        self.ESCAPED_CHARS = list(punctuation)
        self.treeprocessors.register(_PlainText(self), "plain_text", 30)  # Before "inline", at 20.
        self.treeprocessors.register(TextTreeprocessor(self), "text", 18)
        return self

    def reset(self) -> Self:
        """Forget the answer before."""
        self.highlighted_chars = 0
        super().reset()
        return self


class _Footnotes(FootnoteExtension):
    """Reports footnotes that are written twice, or never used, and references to none."""

    md: GitHubMarkdown
    _is_complete = False
    """All footnotes are known, and their texts are being read."""

    def __init__(self) -> None:
        super().__init__(USE_DEFINITION_ORDER=False)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name.
        super().extendMarkdown(md)
        reference = _FootnoteReference(r"\[\^([^\]\x00-\x1f]+)\]", self)
        md.inlinePatterns.register(reference, "footnote", 175)

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - likewise.
        if id in self.footnotes:
            self._tell(id, "is written twice", "give one of them another name")
        if not text or FootnoteBlockProcessor.RE.match(text):
            self._tell(id, "has no text", "write it behind the colon, on the same line")
            text = "?"  # Python-Markdown fails without.
        if self._is_complete:
            self._tell(id, "is inside another", "write it on a line of its own, not indented")
        else:
            super().setFootnote(id, text)

    def makeFootnotesDiv(self, root: ET.Element) -> ET.Element | None:  # noqa: N802 - likewise.
        self._is_complete = True
        return super().makeFootnotesDiv(root)

    def reset(self) -> None:
        super().reset()
        self._is_complete = False

    def report_unused(self) -> None:
        """Report the footnotes to which no reference was found."""
        for name in self.footnotes:
            if name not in self.footnote_order:
                self._tell(name, "is used nowhere", "refer to it in the text, or take it out")

    def _tell(self, name: str, what: str, hint: str) -> None:
        written = f"[^{name}]"
        self.md.report(f'the footnote "{" ".join(written.split())}" {what}', hint, f"{written}:")


class _FootnoteReference(FootnoteInlineProcessor):
    footnotes: _Footnotes

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        if m[1] not in self.footnotes.footnotes:
            hint = f'write it on a line of its own as "{m[0]}: ...", or "\\{m[0]}" for these signs'
            self.footnotes.md.report(f'there is no footnote "{m[0]}"', hint, m[0])
        return super().handleMatch(m, data)


class _PlainText(Treeprocessor):
    """Marks text in which no inline pattern can find anything, and refuses what has too much."""

    def run(self, root: ET.Element) -> None:
        scanned, longest = 0, ""
        for element in root.iter():
            text = element.text or ""
            scanned += text.count("[") * len(text)
            longest = max(longest, text, key=len)
            if text and element.tag != "code" and not _INLINE_SIGN.search(text):
                element.text = WordsString(text)
        if scanned > MAX_SCANNED_CHARS:
            message = (
                f'a paragraph of {len(longest):,} characters holds too many "[" for its length'
            )
            first = longest.partition("\n")[0]
            raise ExcessError("brackets", message, "divide it by blank lines", first)


class _Escape(inlinepatterns.EscapeInlineProcessor):
    r"""Escapes "&" too: in `\&copy;` it begins no reference."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        if m[1] == "&":
            return f"{AMP_SUBSTITUTE}amp;", m.start(), m.end()
        return super().handleMatch(m, data)


class _Reference(inlinepatterns.ReferenceInlineProcessor):
    """Reads `[text][name]`, but `[text] [name]` as two."""

    RE_LINK = re.compile(r"\[([^\]]*)\]")


class _InlineHtml(inlinepatterns.HtmlInlineProcessor):
    """Leaves what only looks like a tag, `Map<String, Int>`, to the text."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        tag = re.match(r"</?([a-z][^\s/>]*)", m[1].lower())
        if tag and tag[1] not in ELEMENTS:
            return None, None, None
        return super().handleMatch(m, data)


class _BlockParser(BlockParser):
    """Adds to the tree all blocks but the plain ones, which Python-Markdown reads."""

    md: GitHubMarkdown
    depth = 0

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        processors = self.blockprocessors
        processors.register(blockprocessors.EmptyBlockProcessor(self), "empty", 100)
        processors.register(blockprocessors.CodeBlockProcessor(self), "code", 80)
        processors.register(blockprocessors.ReferenceProcessor(self), "reference", 15)
        processors.register(blockprocessors.ParagraphProcessor(self), "paragraph", 10)

    def parseChunk(self, parent: ET.Element, text: str) -> None:  # noqa: N802 - likewise.
        for block in split(text.split("\n")):
            self._add(parent, block)

    def _add(self, parent: ET.Element, block: Block) -> None:
        match block:
            case Plain():
                self.parseBlocks(parent, "\n".join(block.lines).rstrip("\n").split("\n\n"))
            case Code():
                html = f"<pre><code>{self._highlighted(block)}</code></pre>"
                self._add_as_it_stands(parent, html)
            case Html():
                # Python-Markdown knows a tag by the space after its name.
                self._add_as_it_stands(parent, re.sub(r"\A(</?\w+)\n", r"\1 ", block.html))
            case Table():
                self._add_table(ET.SubElement(parent, "table"), block)
            case Box():
                element = ET.SubElement(parent, block.tag, dict(block.attributes))
                element.text = block.text
                for box in block.boxes:
                    self._add(element, box)
                if block.lines:
                    self._add_inside(element, block)

    def _add_as_it_stands(self, parent: ET.Element, html: str) -> None:
        # A paragraph that holds nothing but stashed HTML is unwrapped at the end.
        ET.SubElement(parent, "p").text = self.md.htmlStash.store(html)

    def _highlighted(self, block: Code) -> str:
        html = None
        if block.language and self.md.highlighted_chars + len(block.code) <= _MAX_ANSWER_CHARS:
            # Pygments takes as long to import as ten answers to read, and few have code.
            from faqsite.answers.highlighting import highlight  # noqa: PLC0415

            html = highlight(block.code, block.language)
        if html is None:
            return escape(block.code + "\n", quote=False)
        self.md.highlighted_chars += len(block.code)
        return html

    def _add_table(self, table: ET.Element, block: Table) -> None:
        """Add the rows; report what is beyond the columns of the first, which is not shown."""
        head, *rows = block.rows
        self._add_row(ET.SubElement(table, "thead"), "th", block, head)
        body = ET.SubElement(table, "tbody") if rows else table
        for row in rows:
            self._add_row(body, "td", block, row)

    def _add_row(self, section: ET.Element, tag: str, table: Table, row: str) -> None:
        tr = ET.SubElement(section, "tr")
        texts = cells(row)
        for side, text in zip_longest(table.sides, texts[: len(table.sides)], fillvalue=""):
            ET.SubElement(tr, tag, {"align": side} if side else {}).text = text
        if any(texts[len(table.sides) :]):
            what = "a row of a table has more cells than its head"
            hint = r'give the head as many, or write "\|" for the sign itself'
            self.md.report(what, hint, row)

    def _add_inside(self, element: ET.Element, box: Box) -> None:
        if self.depth == MAX_NESTING:
            message = f"lists, quotes and notes stand in one another more than {MAX_NESTING} deep"
            raise ExcessError("levels", message, "make them flatter")
        self.depth += 1
        self.state.set("list" if box.is_tight else "block")
        self.parseChunk(element, "\n".join(box.lines).rstrip("\n"))
        self.state.reset()
        self.depth -= 1
