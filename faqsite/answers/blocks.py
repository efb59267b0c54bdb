"""Lines of Markdown to a tree of blocks, as GitHub reads them; `signs` reads single lines.

Python-Markdown reads paragraphs, indented code, footnotes and the addresses of references.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from html import escape
from itertools import zip_longest

from markdown import Markdown, blockprocessors
from markdown.blockparser import BlockParser
from pygments.token import STANDARD_TYPES, _TokenType

from faqsite.answers import signs

MAX_NESTING = 20
"""How deep lists, quotes and notes may be nested."""
_MAX_HIGHLIGHTED_CHARS = 8_000
"""How much code of an answer is highlighted, and of a block; Pygments is slow."""
_MAX_BLOCK_CHARS = 2_000
# Even these lexers of Pygments are quadratic or worse on some texts; many others on common ones.
_LANGUAGES = frozenset(
    {"Bash", "Bash Session", "C", "C++", "CSS", "Diff", "Docker", "Go", "HTML", "HTTP", "INI"}
    | {"JSON", "Java", "JavaScript", "Kotlin", "PHP", "PowerShell", "Python", "Ruby", "Rust"}
    | {"SQL", "Scala", "Swift", "TOML", "TypeScript", "XML", "YAML"}
)
_MAX_ITEM_SPACES = 4

_TASK = re.compile(r"\[([ xX])\](?= +[^ ])")
_ALERT = re.compile(r" *\[!([\w-]+)\] *$")
_SIDES = {"::": "center", ":-": "left", "-:": "right"}

Report = Callable[[str, str, str], None]
"""Takes a fact, a hint, and a piece of the Markdown whose line is reported."""

_Lines = Sequence[str]


class ExcessError(Exception):
    """An answer has too much of a unit to be read in time: unit, fact, hint, and needle."""


class GitHubBlockParser(BlockParser):
    """Adds the blocks of an answer to the tree.

    Each `_add_` method adds the block that begins at a line, and returns the line after it.
    """

    def __init__(self, md: Markdown, report: Report) -> None:
        super().__init__(md)
        self._report = report
        self._depth = 0
        self._highlightable_chars = _MAX_HIGHLIGHTED_CHARS
        processors = self.blockprocessors
        processors.register(blockprocessors.EmptyBlockProcessor(self), "empty", 100)
        processors.register(blockprocessors.CodeBlockProcessor(self), "code", 80)
        processors.register(blockprocessors.ReferenceProcessor(self), "reference", 15)
        processors.register(blockprocessors.ParagraphProcessor(self), "paragraph", 10)

    def parseChunk(self, parent: ET.Element, text: str) -> None:  # noqa: N802 - Python-Markdown's.
        """Add the blocks of some lines, whose tabs are spaces already."""
        lines = text.split("\n")
        plain: list[str] = []
        at = 0
        while at < len(lines):
            is_named = bool(plain) and plain[-1].lstrip(" ").startswith("[")
            end = at + 1
            if begins := signs.find_beginning(lines, at, under_text=is_named):
                self._add_plain(parent, plain)
                kind, mark = begins
                end = getattr(self, f"_add_{kind}")(parent, mark, lines, at)
            elif not lines[at].strip():
                plain.append("")
            elif signs.NO_PARAGRAPH.match(lines[at]):
                plain.append(lines[at])
            else:
                end = signs.find_paragraph_end(lines, at)
                if end < len(lines) and signs.UNDERLINE.match(lines[end]):
                    self._add_plain(parent, plain)
                    heading = ET.SubElement(parent, "h1" if "=" in lines[end] else "h2")
                    heading.text = "\n".join(lines[at:end]).strip()
                    end += 1
                elif signs.begins_definition(lines, end):
                    self._add_plain(parent, plain)
                    end = self._add_definitions(parent, lines, at, end)
                else:
                    plain += lines[at:end]
            at = end
        self._add_plain(parent, plain)

    def _add_plain(self, parent: ET.Element, plain: list[str]) -> None:
        if plain:
            self.parseBlocks(parent, "\n".join(plain).rstrip("\n").split("\n\n"))
            plain.clear()

    def _add_nested(self, element: ET.Element, lines: _Lines, *, is_tight: bool = False) -> None:
        """Add the blocks inside an element; paragraphs in a tight one are plain text."""
        if self._depth == MAX_NESTING:
            fact = f"lists, quotes and notes are nested more than {MAX_NESTING} deep"
            raise ExcessError("levels", fact, "flatten them", "")
        self._depth += 1
        self.state.set("list" if is_tight else "block")
        self.parseChunk(element, "\n".join(lines).rstrip("\n"))
        self.state.reset()
        self._depth -= 1

    def _add_verbatim(self, parent: ET.Element, html: str) -> None:
        # A paragraph that holds nothing but stashed HTML is unwrapped at the end.
        ET.SubElement(parent, "p").text = self.md.htmlStash.store(html)

    def _add_heading(self, parent: ET.Element, mark: re.Match[str], lines: _Lines, at: int) -> int:
        text = lines[at][mark.end() :].strip(" ")
        unclosed = text.rstrip("#")
        if not unclosed or unclosed.endswith(" "):
            text = unclosed
        ET.SubElement(parent, f"h{len(mark[1])}").text = text.strip(" ")
        return at + 1

    def _add_rule(self, parent: ET.Element, _: re.Match[str], __: _Lines, at: int) -> int:
        ET.SubElement(parent, "hr")
        return at + 1

    def _add_code(self, parent: ET.Element, mark: re.Match[str], lines: _Lines, at: int) -> int:
        end = at + 1
        while end < len(lines) and signs.fence_after(mark[2], lines[end]):
            end += 1
        code = re.sub(rf"(?m)^ {{0,{len(mark[1])}}}", "", "\n".join(lines[at + 1 : end]))
        if end == len(lines):
            code = code.rstrip()
        html = ""
        if mark[3] and len(code) <= self._highlightable_chars:
            html = _highlight(code, mark[3])
            self._highlightable_chars -= len(code) if html else 0
        html = html or escape(f"{code}\n", quote=False)
        self._add_verbatim(parent, f"<pre><code>{html}</code></pre>")
        return end + 1

    def _add_html(self, parent: ET.Element, mark: re.Match[str], lines: _Lines, at: int) -> int:
        ends = signs.HTML_ENDS[mark[1].lower()]
        end = at
        while end < len(lines) and not ends.search(lines[end]):
            end += 1
        html = "\n".join(lines[at : end + 1]).strip()
        # Python-Markdown knows a tag by the space after its name.
        self._add_verbatim(parent, re.sub(r"\A(</?\w+)\n", r"\1 ", html))
        return end + 1

    def _add_table(self, parent: ET.Element, _: re.Match[str], lines: _Lines, at: int) -> int:
        sides = [_SIDES.get(f"{rule[0]}{rule[-1]}", "") for rule in signs.split_row(lines[at + 1])]
        end = at + 2
        while end < len(lines) and lines[end].strip() and not signs.find_beginning(lines, end):
            end += 1
        table = ET.SubElement(parent, "table")
        self._add_rows(ET.SubElement(table, "thead"), "th", sides, lines[at : at + 1])
        if end > at + 2:
            self._add_rows(ET.SubElement(table, "tbody"), "td", sides, lines[at + 2 : end])
        return end

    def _add_rows(self, section: ET.Element, tag: str, sides: Sequence[str], rows: _Lines) -> None:
        """Add rows; report cells beyond the columns of the header, which are not shown."""
        for row in rows:
            tr = ET.SubElement(section, "tr")
            texts = signs.split_row(row)
            for side, text in zip_longest(sides, texts[: len(sides)], fillvalue=""):
                ET.SubElement(tr, tag, {"align": side} if side else {}).text = text
            if any(texts[len(sides) :]):
                fact = "a table row has more cells than the header row"
                self._report(fact, "add header cells", row)

    def _add_quote(self, parent: ET.Element, _: re.Match[str], lines: _Lines, at: int) -> int:
        body: list[str] = []
        end = signs.gather(body, lines, at, signs.QUOTE, is_lazy=True)
        if alert := _ALERT.match(body[0]):
            self._add_admonition(parent, alert[1], alert[1].capitalize(), body[1:])
        else:
            self._add_nested(ET.SubElement(parent, "blockquote"), body)
        return end

    def _add_note(self, parent: ET.Element, mark: re.Match[str], lines: _Lines, at: int) -> int:
        body: list[str] = []
        end = signs.gather(body, lines, at + 1, signs.indent(4), is_lazy=False)
        title = mark[1].capitalize() if mark[2] is None else mark[2]
        self._add_admonition(parent, mark[1], title, body)
        return end

    def _add_admonition(self, parent: ET.Element, kind: str, title: str, lines: _Lines) -> None:
        note = ET.SubElement(parent, "div", {"class": f"admonition {kind.lower()}"})
        if title:
            ET.SubElement(note, "p", {"class": "admonition-title"}).text = title
        if lines:
            self._add_nested(note, lines)

    def _add_list(self, parent: ET.Element, first: re.Match[str], lines: _Lines, at: int) -> int:
        sign = first[2][-1]
        items: list[list[str]] = []
        is_apart = False
        while at < len(lines) and (found := signs.find_beginning(lines, at)):
            kind, mark = found
            if kind != "list" or mark[2][-1] != sign:
                break
            is_apart = is_apart or (bool(items) and len(items[-1]) > 1 and not items[-1][-1])
            # One of five or more spaces belongs to the mark, the others to indented code.
            spaces = len(mark[3]) if mark[4] and len(mark[3]) <= _MAX_ITEM_SPACES else 1
            indent = len(mark[1]) + len(mark[2]) + spaces
            text = lines[at][indent:]
            if task := _TASK.match(text):
                text = ("☐" if task[1] == " " else "☑") + text[task.end() :]
            items.append([text])
            at = signs.gather(items[-1], lines, at + 1, signs.indent(indent), is_lazy=True)
        is_tight = not is_apart and not any(map(signs.is_loose, items))
        element = ET.SubElement(parent, "ol" if sign in ".)" else "ul")
        if sign in ".)" and int(first[2][:-1]) != 1:
            element.set("start", str(int(first[2][:-1])))
        for item in items:
            self._add_nested(ET.SubElement(element, "li"), item, is_tight=is_tight)
        return at

    def _add_definitions(self, parent: ET.Element, lines: _Lines, at: int, end: int) -> int:
        """Add the terms up to `end`, their definitions, and all further terms and definitions."""
        element = ET.SubElement(parent, "dl")
        while at < end and signs.begins_definition(lines, end):
            for line in lines[at:end]:
                ET.SubElement(element, "dt").text = line.strip()
            is_apart = not lines[end].strip()
            at = end + is_apart
            while at < len(lines) and (mark := signs.DEFINITION.match(lines[at])):
                body = [lines[at][mark.end() :]]
                at = signs.gather(body, lines, at + 1, signs.indent(4), is_lazy=True)
                is_tight = not is_apart and not signs.is_loose(body)
                self._add_nested(ET.SubElement(element, "dd"), body, is_tight=is_tight)
            has_terms = (
                at < len(lines) and signs.is_text(lines[at]) and not signs.find_beginning(lines, at)
            )
            end = signs.find_paragraph_end(lines, at) if has_terms else at
        return at


def _highlight(code: str, language: str) -> str:
    """Return the HTML of some code, "" if the language is unknown or the code too long."""
    # Importing this takes as long as reading ten answers, and few have code.
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ValueError:
        return ""
    if lexer.name not in _LANGUAGES or len(code) > _MAX_BLOCK_CHARS:
        return ""
    return "".join(_span(kind, text) for kind, text in lexer.get_tokens(code))


def _span(kind: _TokenType, text: str) -> str:
    while kind.parent and kind not in STANDARD_TYPES:
        kind = kind.parent  # A lexer may have kinds of its own, below the standard ones.
    name = STANDARD_TYPES[kind]
    html = escape(text, quote=False)
    return f'<span class="{name}">{html}</span>' if name and not text.isspace() else html
