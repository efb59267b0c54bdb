"""Markdown to HTML with Python-Markdown, as an editor sees it on GitHub.

`blocks` and `inlines` read what cmark-gfm reads. Python-Markdown numbers footnotes and writes HTML.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.extensions import footnotes
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString, Registry

from faqsite.answers.addresses import split_addresses
from faqsite.answers.block import Block
from faqsite.answers.emphasis import fill
from faqsite.answers.tree import GitHubParser, Report
from faqsite.model.problems import quoted

_SHORT_NAME = re.compile(r":[a-z0-9_+-]++:")
_PLACEHOLDER = re.compile(f"{STX}wzxhzdk:([0-9]+){ETX}")


def to_html(markdown: str, report: Report) -> str:
    """Return the HTML of an answer, which is not safe yet.

    Raises ExcessError before anything takes long. Reports wrong footnotes and table rows.
    """
    md = Markdown(output_format="html")
    md.preprocessors = Registry()
    md.parser = parser = GitHubParser(md, report)
    for name in ("inline", "unescape"):
        md.treeprocessors.deregister(name)
    md.treeprocessors.register(_Addresses(md), "addresses", 18)
    md.treeprocessors.register(_Emoji(md), "emoji", 17)
    md.postprocessors.register(_RawHtml(md), "raw_html", 30)
    notes = _Footnotes(parser, report)
    md.registerExtensions([notes], {})
    html = md.convert(re.sub(r"\r\n?", "\n", markdown.translate({2: None, 3: None})))
    notes.report_unused()
    return html


class _Addresses(Treeprocessor):
    """Links the addresses in texts that `InlineReader` left: those in brackets, and of mail."""

    def run(self, root: ET.Element) -> None:
        for child in [*root]:
            if child.tag not in {"a", "code"}:
                self.run(child)
        texts = [root.text or "", *(child.tail or "" for child in root)]
        if not any(sign in text for text in texts for sign in ("@", "://", "www.")):
            return
        children = [*root]
        root.text = None
        root[:] = []
        fill(root, split_addresses(texts[0]))
        for child, text in zip(children, texts[1:], strict=True):
            child.tail = None
            root.append(child)
            # GitHub needs a space before "www.".
            begin = "www." if text.startswith("www.") and child.tag != "br" else ""
            fill(root, [begin, *split_addresses(text.removeprefix(begin))])


class _Emoji(Treeprocessor):
    """Puts the character for a short name such as `:tada:`, and leaves unknown names."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if element.tag != "code" and not isinstance(element.text, AtomicString):
                element.text = _SHORT_NAME.sub(_find_emoji, element.text or "")
            element.tail = _SHORT_NAME.sub(_find_emoji, element.tail or "")


def _find_emoji(name: re.Match[str]) -> str:
    # Importing this takes as long as reading fifty answers, and few have such a name.
    from pymdownx import gemoji_db  # noqa: PLC0415

    known = gemoji_db.emoji.get(gemoji_db.aliases.get(name[0], name[0]), {})
    codes = known.get("unicode_alt") or known.get("unicode")
    return "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else name[0]


class _RawHtml(Postprocessor):
    """Puts written HTML and code back into the text."""

    md: Markdown

    def run(self, text: str) -> str:
        stored = self.md.htmlStash.rawHtmlBlocks
        return _PLACEHOLDER.sub(lambda found: str(stored[int(found[1])]), text)


class _Footnotes(footnotes.FootnoteExtension):
    """Reports footnotes that are repeated, empty, nested, unused or missing."""

    def __init__(self, parser: GitHubParser, report: Report) -> None:
        super().__init__(USE_DEFINITION_ORDER=False)
        self._blocks: dict[str, Block] = {}
        self._parser = parser
        self._report = report
        self._marks = footnotes.FootnoteInlineProcessor("", self)
        parser.define_footnote, parser.make_footnote = self.define, self.make_mark

    def define(self, block: Block, *, is_nested: bool) -> None:
        """Keep the text of a footnote until its references are known."""
        name = block.mark
        if name in self._blocks:
            self._note(name, "is defined twice", "rename one of them")
        if is_nested:
            self._note(name, "is inside another footnote", "start its line without an indent")
        if not block.blocks or block.blocks[0].kind == "footnote":
            self._note(name, "has no text", "write it after the colon, on the same line")
        if not is_nested:
            self._blocks.setdefault(name, block)
            self.setFootnote(name, name)

    def make_mark(self, mark: re.Match[str]) -> ET.Element | None:
        """Return the number that refers to a footnote; report a footnote that is missing."""
        if mark[1] not in self._blocks:
            hint = f"add a line {mark[0]}: with its text, or write \\{mark[0]} to show the brackets"
            self._report(f"there is no footnote {quoted(mark[0])}", hint, mark[0])
        found = self._marks.handleMatch(mark, "")[0]
        return found if isinstance(found, ET.Element) else None

    def makeFootnotesDiv(self, _: ET.Element) -> ET.Element | None:  # noqa: N802 - Python-Markdown's.
        """Return the footnotes in an element of their own, each with a link back."""
        if not self._blocks:
            return None
        div = ET.Element("div", {"class": "footnote"})
        ET.SubElement(div, "hr")
        items = ET.SubElement(div, "ol")
        for number, (name, block) in enumerate(self._blocks.items(), start=1):
            item = ET.SubElement(items, "li", {"id": self.makeFootnoteId(name)})
            self._parser.add_blocks(item, block.blocks)
            if len(item) and item[-1].tag == "p":
                fill(item[-1], ["\u00a0"])
            else:
                ET.SubElement(item, "p")
            link = {"class": "footnote-backref", "href": f"#{self.makeFootnoteRefId(name)}"}
            link["title"] = self.getConfig("BACKLINK_TITLE").format(number)
            ET.SubElement(item[-1], "a", link).text = footnotes.FN_BACKLINK_TEXT
        return div

    def report_unused(self) -> None:
        """Report the footnotes without a reference."""
        for name in self._blocks:
            if name not in self.footnote_order:
                self._note(name, "is never used", f"add [^{name}] to the text, or remove it")

    def _note(self, name: str, what: str, hint: str) -> None:
        fact = f"the footnote {quoted(f'[^{name}]')} {what}"
        self._report(fact, " ".join(hint.split()), f"[^{name}]:")
