"""Markdown to HTML by Python-Markdown, read as an editor sees it on GitHub.

Python-Markdown wants blank lines and four spaces where GitHub wants none, so `blocks` finds the
blocks. Of words, `inlines` reads emphasis and bare addresses, Python-Markdown all else.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from string import punctuation

from markdown import Markdown, inlinepatterns
from markdown.extensions.footnotes import (
    FootnoteBlockProcessor,
    FootnoteExtension,
    FootnoteInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from faqsite.answers.allowlist import ELEMENTS
from faqsite.answers.blocks import ExcessError, GitHubBlockParser, Report
from faqsite.answers.inlines import TextTreeprocessor

MAX_SCANNED_CHARS = 4_000_000
"""Python-Markdown looks from each "[" to the end of its paragraph: this takes it a second."""

# What an inline pattern makes of a match, and the match's start and end; None for nothing.
_Found = tuple[ET.Element | str | None, int | None, int | None]


def to_html(markdown: str, report: Report) -> str:
    """Return the HTML of an answer, which is not safe yet.

    Raises ExcessError before anything takes long.
    Footnotes that do not fit together are reported, and cells that no column has room for.
    """
    md = Markdown(output_format="html")
    md.preprocessors.deregister("html_block")
    md.parser = GitHubBlockParser(md, report)
    md.ESCAPED_CHARS = list(punctuation)
    patterns = md.inlinePatterns
    for name in ("not_strong", "em_strong", "em_strong2", "entity"):
        patterns.deregister(name, strict=False)
    # A backslash at the end breaks the line; 180 is where "\" escapes.
    break_line = inlinepatterns.SubstituteTagInlineProcessor(r"\\\n", "br")
    patterns.register(break_line, "backslash", 185)
    patterns.register(_Escape(inlinepatterns.ESCAPE_RE, md), "escape", 180)
    patterns.register(_Reference(inlinepatterns.REFERENCE_RE, md), "reference", 170)
    patterns.register(_InlineHtml(inlinepatterns.HTML_RE, md), "html", 90)
    md.treeprocessors.register(_BracketLimit(md), "brackets", 30)  # Before "inline", at 20.
    md.treeprocessors.register(TextTreeprocessor(md), "text", 18)
    footnotes = _Footnotes(report)
    md.registerExtensions([footnotes], {})
    html = md.convert(markdown)
    footnotes.report_unused()
    return html


class _Footnotes(FootnoteExtension):
    """Reports footnotes that are written twice, or never used, and references to none."""

    _is_complete = False
    """All footnotes are known, and their texts are being read."""

    def __init__(self, report: Report) -> None:
        super().__init__(USE_DEFINITION_ORDER=False)
        self.report = report

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


class _BracketLimit(Treeprocessor):
    """Refuses an answer with too many brackets in long paragraphs."""

    def run(self, root: ET.Element) -> None:
        texts = [element.text or "" for element in root.iter()]
        if sum(text.count("[") * len(text) for text in texts) > MAX_SCANNED_CHARS:
            longest = max(texts, key=len)
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
