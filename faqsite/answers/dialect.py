"""Markdown to HTML by Python-Markdown, read as an editor sees it on GitHub.

Python-Markdown wants blank lines and four spaces where GitHub wants none, so the
blocks are found by `blocks`; what stands in plain text is Python-Markdown's.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from string import punctuation

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension, DefListIndentProcessor
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import (
    ESCAPE_RE,
    HTML_RE,
    REFERENCE_RE,
    EscapeInlineProcessor,
    HtmlInlineProcessor,
    ReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString
from pymdownx.betterem import BetterEmExtension
from pymdownx.magiclink import MagiclinkExtension
from pymdownx.saneheaders import SaneHeadersExtension
from pymdownx.tilde import DeleteSubExtension

from faqsite.answers.allowlist import ELEMENTS
from faqsite.answers.blocks import (
    Block,
    Code,
    Html,
    List,
    Note,
    Plain,
    Quote,
    may_hold_blocks,
    split,
)

MAX_NESTING = 20
"""How many lists, quotes and notes stand in one another, at most."""
MAX_SCANNED_CHARS = 32_000_000
"""Python-Markdown looks from each sign to the end of its paragraph: this takes it a second."""

# How much code of an answer is coloured: see `highlighting`.
_MAX_ANSWER_CHARS = 8_000

# One of these stands wherever an inline pattern finds something: the signs of Markdown, an
# address, a line broken by two blanks, and what stands for a piece that was found before.
_INLINE_SIGN = re.compile(r"[`\\\[\]!<>&*_~@\x02\x03]|://|www\.|  \n", re.IGNORECASE)

# What may begin something that ends further on; a "[" is looked at by six patterns, slowly.
_OPENING_SIGN = re.compile(r"[*_~`\\<&\[]")
_SCANS_OF_BRACKET = 8

# What an inline pattern makes of a match, and the match's start and end; None for nothing.
_Found = tuple[ET.Element | str | None, int | None, int | None]


class NestingError(Exception):
    """Lists, quotes and notes stand in one another more than MAX_NESTING deep."""


class CrowdedError(Exception):
    """Paragraphs are too long for the signs in them; the longest is what it carries."""


Report = Callable[[str, str, str], None]
"""Takes what is wrong, a hint, and a piece of the Markdown to find the place by."""


def to_html(markdown: str, report: Report) -> str:
    """Return the HTML of an answer, which is not safe yet.

    Raises NestingError and CrowdedError, before what they are about takes long.
    Footnotes that do not fit together are reported, and cells that no column has room for.
    """
    parser, footnotes = shared_parser()
    parser.reset()
    footnotes.report = report
    try:
        html = parser.convert(markdown)
    except BaseException:
        shared_parser.cache_clear()  # Who was interrupted is left in the middle of something.
        raise
    footnotes.report_unused()
    return html


@cache
def shared_parser() -> tuple[Markdown, _Footnotes]:
    """Return Python-Markdown with our dialect: to make it takes longer than to read an answer."""
    footnotes = _Footnotes()
    parser = Markdown(
        output_format="html",
        extensions=[
            DefListExtension(),
            footnotes,
            BetterEmExtension(),
            MagiclinkExtension(),
            SaneHeadersExtension(),
            DeleteSubExtension(subscript=False),  # "~5 to ~10" has none.
            _BlocksExtension(footnotes),
        ],
    )
    return parser, footnotes


class _Footnotes(FootnoteExtension):
    """Reports footnotes that are written twice, or never used, and references to none."""

    report: Report

    def __init__(self) -> None:
        super().__init__(USE_DEFINITION_ORDER=False)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name.
        super().extendMarkdown(md)
        reference = _FootnoteReference(r"\[\^([^\]\x00-\x1f]+)\]", self)
        md.inlinePatterns.register(reference, "footnote", 175)

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - likewise.
        if id in self.footnotes:
            self._tell(id, "is written twice", "give one of them another name")
        super().setFootnote(id, text)

    def report_unused(self) -> None:
        """Report the footnotes to which no reference was found."""
        for name in self.footnotes:
            if name not in self.footnote_order:
                self._tell(name, "is used nowhere", "refer to it in the text, or take it out")

    def _tell(self, name: str, what: str, hint: str) -> None:
        written = f"[^{name}]"
        self.report(f'the footnote "{" ".join(written.split())}" {what}', hint, f"{written}:")


class _FootnoteReference(FootnoteInlineProcessor):
    footnotes: _Footnotes

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        if m[1] not in self.footnotes.footnotes:
            hint = f'write it on a line of its own as "{m[0]}: ...", or "\\{m[0]}" for these signs'
            self.footnotes.report(f'there is no footnote "{m[0]}"', hint, m[0])
        return super().handleMatch(m, data)


class _BlocksExtension(Extension):
    """Puts our blocks in the place of Python-Markdown's lists, quotes and HTML."""

    def __init__(self, footnotes: _Footnotes) -> None:
        super().__init__()
        self._footnotes = footnotes

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name.
        md.preprocessors.deregister("html_block")
        processors = md.parser.blockprocessors
        for name in ("indent", "olist", "ulist", "quote"):
            processors.deregister(name)
        processors.register(_DefinitionIndent(md.parser), "defindent", 85)
        self._blocks = _BlocksProcessor(md.parser)
        processors.register(self._blocks, "blocks", 110)
        table = _Table(md.parser, {"use_align_attribute": True})
        table.footnotes = self._footnotes
        processors.register(table, "table", 75)
        patterns = md.inlinePatterns
        # A backslash at the end breaks the line; 180 is where "\" escapes.
        patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash", 185)
        patterns.register(_Escape(ESCAPE_RE, md), "escape", 180)
        patterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
        patterns.register(_InlineHtml(HTML_RE, md), "html", 90)
        md.ESCAPED_CHARS = list(punctuation)
        md.treeprocessors.register(_PlainText(md), "plain_text", 30)  # Before "inline", at 20.
        md.registerExtension(self)

    def reset(self) -> None:
        """Forget the answer before."""
        self._blocks.highlighted_chars = 0


class _PlainText(Treeprocessor):
    """Marks text in which no inline pattern can find anything, and refuses what has too much."""

    def run(self, root: ET.Element) -> None:
        scanned, longest = 0, ""
        for element in root.iter():
            text = element.text or ""
            signs = len(_OPENING_SIGN.findall(text)) + (_SCANS_OF_BRACKET - 1) * text.count("[")
            scanned += signs * len(text)
            longest = max(longest, text, key=len)
            # An AtomicString is, to Python-Markdown, text as it stands.
            if element.text and not _INLINE_SIGN.search(element.text):
                element.text = AtomicString(element.text)
        if scanned > MAX_SCANNED_CHARS:
            raise CrowdedError(longest)


class _DefinitionIndent(DefListIndentProcessor):
    """Reads the indented blocks under a definition, and leaves lists alone."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.ITEM_TYPES = ["dd"]
        self.LIST_TYPES = ["dl"]


class _Table(TableProcessor):
    r"""Reads all lines below a table of one column, and `x\|y` in code, as GitHub does.

    What stands beyond the columns of the head is reported, as none of it would be shown.
    """

    footnotes: _Footnotes

    def test(self, parent: ET.Element, block: str) -> bool:
        head = block.split("\n", 2)[:2]
        return super().test(parent, "\n".join(head))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        for cell in parent[-1].iter():
            cell.text = (cell.text or "").replace("\\|", "|")

    def _build_row(self, row: str, parent: ET.Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc] # The stubs do not have these.
        cells = self._split_row(row)  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells[len(align) :]):
            what = "a row of a table has more cells than its head"
            hint = r'give the head as many, or write "\|" for the sign itself'
            self.footnotes.report(what, hint, row)


class _Escape(EscapeInlineProcessor):
    r"""Escapes "&" too: in `\&copy;` it begins no reference."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        if m[1] == "&":
            return f"{AMP_SUBSTITUTE}amp;", m.start(), m.end()
        return super().handleMatch(m, data)


class _Reference(ReferenceInlineProcessor):
    """Reads `[text][name]`, but `[text] [name]` as two."""

    RE_LINK = re.compile(r"\[([^\]]*)\]")


class _InlineHtml(HtmlInlineProcessor):
    """Leaves what only looks like a tag, `Map<String, Int>`, to the text."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        tag = re.match(r"</?([a-z][^\s/>]*)", m[1].lower())
        if tag and tag[1] not in ELEMENTS:
            return None, None, None
        return super().handleMatch(m, data)


class _BlocksProcessor(BlockProcessor):
    """Adds to the tree all blocks but the plain ones, which it hands on."""

    depth = 0
    highlighted_chars = 0

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        if not may_hold_blocks(block):
            return False
        lines = block.split("\n")
        return tuple(split(lines)) != (Plain(lines=tuple(lines)),)

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        lines = "\n\n".join(blocks).split("\n")
        blocks.clear()
        for block in split(lines):
            self._add(parent, block)

    def _add(self, parent: ET.Element, block: Block) -> None:
        match block:
            case Plain():
                # A blank line at the end would be one more row of a table.
                self.parser.parseChunk(parent, "\n".join(block.lines).rstrip("\n"))
            case Code():
                self._add_as_it_stands(
                    parent, f"<pre><code>{self._highlighted(block)}</code></pre>"
                )
            case Html():
                # Python-Markdown knows a tag by the space after its name.
                self._add_as_it_stands(parent, re.sub(r"\A(</?\w+)\n", r"\1 ", block.html))
            case Quote():
                self._add_inside(ET.SubElement(parent, "blockquote"), block.lines, "quote")
            case Note():
                note = ET.SubElement(parent, "div", {"class": f"admonition {block.kind}"})
                if block.title:
                    title = ET.SubElement(note, "p", {"class": "admonition-title"})
                    title.text = block.title
                self._add_inside(note, block.lines, "note")
            case List():
                attributes = {} if block.start in {None, 1} else {"start": str(block.start)}
                items = ET.SubElement(parent, "ul" if block.start is None else "ol", attributes)
                state = "looselist" if block.is_loose else "list"
                for item in block.items:
                    self._add_inside(ET.SubElement(items, "li"), item, state)

    def _add_as_it_stands(self, parent: ET.Element, html: str) -> None:
        # A paragraph that holds nothing but stashed HTML is unwrapped at the end.
        ET.SubElement(parent, "p").text = self.parser.md.htmlStash.store(html)

    def _highlighted(self, block: Code) -> str:
        html = None
        if block.language and self.highlighted_chars + len(block.code) <= _MAX_ANSWER_CHARS:
            # Pygments takes as long to import as ten answers to read, and few have code.
            from faqsite.answers.highlighting import highlight  # noqa: PLC0415

            html = highlight(block.code, block.language)
        if html is None:
            return escape(block.code + "\n", quote=False)
        self.highlighted_chars += len(block.code)
        return html

    def _add_inside(self, parent: ET.Element, lines: tuple[str, ...], state: str) -> None:
        if self.depth == MAX_NESTING:
            raise NestingError
        self.depth += 1
        self.parser.state.set(state)
        self.parser.parseChunk(parent, "\n".join(lines).rstrip("\n"))
        self.parser.state.reset()
        self.depth -= 1
