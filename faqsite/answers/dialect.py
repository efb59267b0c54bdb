"""Markdown to HTML by Python-Markdown, read as an editor sees it on GitHub.

Python-Markdown needs blank lines and four spaces where GitHub needs none, so `blocks` finds the
blocks. Within text, `inlines` reads emphasis and bare addresses, Python-Markdown everything else.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from string import punctuation

from markdown import Markdown, inlinepatterns
from markdown.extensions import footnotes
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from faqsite.answers.allowlist import ELEMENTS
from faqsite.answers.blocks import ExcessError, GitHubBlockParser, Report
from faqsite.answers.inlines import TextTreeprocessor
from faqsite.model.problems import quoted

MAX_SCANNED_CHARS = 4_000_000
"""Python-Markdown searches from each "[" to the end of its paragraph: this takes a second."""

# Inline patterns find nothing without one of these: a sign of Markdown, a line broken by two
# spaces, or the mark of a piece that was found before.
_INLINE_SIGN = re.compile(r"[`\\\[!<\x02\x03]|  \n")
# What an inline pattern finds, with its start and end; None for nothing.
_Found = tuple[ET.Element | str | None, int | None, int | None]


def to_html(markdown: str, report: Report) -> str:
    """Return the HTML of an answer, which is not safe yet.

    Raises ExcessError before anything takes long. Reports wrong footnotes and table rows.
    """
    md = Markdown(output_format="html")
    md.preprocessors.deregister("html_block")
    md.parser = GitHubBlockParser(md, report)
    md.ESCAPED_CHARS = list(punctuation)
    patterns = md.inlinePatterns
    for name in ("not_strong", "em_strong", "em_strong2", "entity"):
        patterns.deregister(name, strict=False)
    # A backslash at the end breaks the line. "escape" has the priority 180.
    break_line = inlinepatterns.SubstituteTagInlineProcessor(r"\\\n", "br")
    patterns.register(break_line, "backslash", 185)
    patterns.register(_Escape(inlinepatterns.ESCAPE_RE, md), "escape", 180)
    patterns.register(_Reference(inlinepatterns.REFERENCE_RE, md), "reference", 170)
    patterns.register(_InlineHtml(inlinepatterns.HTML_RE, md), "html", 90)
    md.treeprocessors.register(_Limit(md), "limit", 30)  # Before "inline", at 20.
    md.treeprocessors.register(TextTreeprocessor(md), "text", 18)
    notes = _Footnotes(report)
    md.registerExtensions([notes], {})
    reference = _FootnoteReference(r"\[\^([^\]\x00-\x1f]+)\]", notes)
    patterns.register(reference, "footnote", 175)
    html = md.convert(markdown)
    notes.report_unused()
    return html


class _Footnotes(footnotes.FootnoteExtension):
    """Reports footnotes that are repeated, empty, nested, unused or missing."""

    _is_complete = False
    """Whether all footnotes are known, and their texts are being read."""

    def __init__(self, report: Report) -> None:
        super().__init__(USE_DEFINITION_ORDER=False)
        self.report = report

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - Python-Markdown's.
        if id in self.footnotes:
            self._report(id, "is defined twice", "rename one of them")
        if not text or footnotes.FootnoteBlockProcessor.RE.match(text):
            self._report(id, "has no text", "write it after the colon, on the same line")
            text = "?"  # Python-Markdown fails without it.
        if self._is_complete:
            self._report(id, "is inside another footnote", "start its line without an indent")
        else:
            super().setFootnote(id, text)

    def makeFootnotesDiv(self, root: ET.Element) -> ET.Element | None:  # noqa: N802 - likewise.
        self._is_complete = True
        return super().makeFootnotesDiv(root)

    def report_unused(self) -> None:
        """Report the footnotes without a reference."""
        for name in self.footnotes:
            if name not in self.footnote_order:
                self._report(name, "is never used", f"add [^{name}] to the text, or remove it")

    def _report(self, name: str, what: str, hint: str) -> None:
        fact = f"the footnote {quoted(f'[^{name}]')} {what}"
        self.report(fact, " ".join(hint.split()), f"[^{name}]:")


class _FootnoteReference(footnotes.FootnoteInlineProcessor):
    footnotes: _Footnotes

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        if m[1] not in self.footnotes.footnotes:
            hint = f"add a line {m[0]}: with its text, or write \\{m[0]} to show the brackets"
            self.footnotes.report(f"there is no footnote {quoted(m[0])}", hint, m[0])
        return super().handleMatch(m, data)


class _Limit(Treeprocessor):
    """Keeps Python-Markdown from scanning plain text, or too much text."""

    def run(self, root: ET.Element) -> None:
        texts = [element.text or "" for element in root.iter()]
        for element, text in zip(root.iter(), texts, strict=True):
            if not _INLINE_SIGN.search(text):
                element.text = AtomicString(text)
        if sum(text.count("[") * len(text) for text in texts) > MAX_SCANNED_CHARS:
            longest = max(texts, key=len)
            fact = f'a paragraph of {len(longest):,} characters has too many "["'
            hint = "split it with blank lines"
            raise ExcessError("brackets", fact, hint, longest.partition("\n")[0])


class _Escape(inlinepatterns.EscapeInlineProcessor):
    r"""Escapes "&" too: `\&copy;` is not a reference."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        if m[1] == "&":
            return f"{AMP_SUBSTITUTE}amp;", m.start(), m.end()
        return super().handleMatch(m, data)


class _Reference(inlinepatterns.ReferenceInlineProcessor):
    """Reads `[text] [name]` as two references, unlike `[text][name]`."""

    RE_LINK = re.compile(r"\[([^\]]*)\]")


class _InlineHtml(inlinepatterns.HtmlInlineProcessor):
    """Reads what only looks like a tag, as in `Map<String, Int>`, as text."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        tag = re.match(r"</?([a-z][^\s/>]*)", m[1].lower())
        if tag and tag[1] not in ELEMENTS:
            return None, None, None
        return super().handleMatch(m, data)
