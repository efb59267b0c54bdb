"""Markdown to HTML by Python-Markdown, read as an editor sees it on GitHub.

Python-Markdown wants blank lines and four spaces where GitHub wants none, so the
blocks are found by `blocks`; what stands in plain text is Python-Markdown's.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import escape

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListIndentProcessor
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from faqsite.blocks import Block, Code, Html, List, Note, Plain, Quote, split

__all__ = ["MAX_NESTING", "NestingError", "to_html"]

MAX_NESTING = 20
"""How many lists, quotes and notes stand in one another, at most."""

# Code is coloured in these languages and up to these lengths. Pygments' lexers
# are quadratic or worse on some texts, many other languages' on common ones.
_LANGUAGES = frozenset(
    {"Bash", "Bash Session", "C", "C++", "CSS", "Diff", "Docker", "Go", "HTML", "HTTP", "INI"}
    | {"JSON", "Java", "JavaScript", "Kotlin", "PHP", "PowerShell", "Python", "Ruby", "Rust"}
    | {"SQL", "Scala", "Swift", "TOML", "TypeScript", "XML", "YAML"}
)
_MAX_BLOCK_CHARS = 2_000
_MAX_ANSWER_CHARS = 8_000


class NestingError(Exception):
    """Lists, quotes and notes stand in one another more than MAX_NESTING deep."""


def to_html(markdown: str) -> str:
    """Return the HTML of an answer, which is not safe yet; raise NestingError."""
    return Markdown(
        output_format="html",
        extensions=[
            "def_list",
            "footnotes",
            "tables",
            "pymdownx.betterem",
            "pymdownx.magiclink",
            "pymdownx.saneheaders",
            "pymdownx.tilde",
            _BlocksExtension(),
        ],
        extension_configs={
            "footnotes": {"USE_DEFINITION_ORDER": False},
            "tables": {"use_align_attribute": True},
            "pymdownx.tilde": {"subscript": False},  # "~5 to ~10" holds none.
        },
    ).convert(markdown)


class _BlocksExtension(Extension):
    """Puts our blocks in the place of Python-Markdown's lists, quotes and HTML."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name.
        md.preprocessors.deregister("html_block")
        processors = md.parser.blockprocessors
        for name in ("indent", "olist", "ulist", "quote"):
            processors.deregister(name)
        processors.register(_DefinitionIndent(md.parser), "defindent", 85)
        processors.register(_BlocksProcessor(md.parser), "blocks", 110)
        # A backslash at the end breaks the line; 180 is where "\" escapes.
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash", 185)


class _DefinitionIndent(DefListIndentProcessor):
    """Reads the indented blocks under a definition, and leaves lists alone."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.ITEM_TYPES = ["dd"]
        self.LIST_TYPES = ["dl"]


class _BlocksProcessor(BlockProcessor):
    """Adds to the tree all blocks but the plain ones, which it hands on."""

    depth = 0
    highlighted_chars = 0

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
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
                self.parser.parseChunk(parent, "\n".join(block.lines))
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
        lexer = _lexer(block)
        if not lexer or self.highlighted_chars + len(block.code) > _MAX_ANSWER_CHARS:
            return escape(block.code + "\n", quote=False)
        self.highlighted_chars += len(block.code)
        return "".join(_span(kind, text) for kind, text in lexer.get_tokens(block.code))

    def _add_inside(self, parent: ET.Element, lines: tuple[str, ...], state: str) -> None:
        if self.depth == MAX_NESTING:
            raise NestingError
        self.depth += 1
        self.parser.state.set(state)
        self.parser.parseChunk(parent, "\n".join(lines).rstrip("\n"))
        self.parser.state.reset()
        self.depth -= 1


def _lexer(block: Code) -> Lexer | None:
    """Return what tells the words of a language apart, None for plain text."""
    try:
        lexer = get_lexer_by_name(block.language, stripnl=False)
    except ClassNotFound:
        return None
    return lexer if lexer.name in _LANGUAGES and len(block.code) <= _MAX_BLOCK_CHARS else None


def _span(kind: _TokenType, text: str) -> str:
    while kind.parent and kind not in STANDARD_TYPES:
        kind = kind.parent  # A lexer may have kinds of its own, below the standard ones.
    name = STANDARD_TYPES[kind]
    html = escape(text, quote=False)
    return f'<span class="{name}">{html}</span>' if name and not text.isspace() else html
