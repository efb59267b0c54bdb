"""The answers of a source as Markdown in our dialect, which reads the same, word for word.

What markdownify makes is rendered again and compared; if a word is lost or changed, it is
made more cautiously: signs of Markdown escaped, then without emphasis, then the words alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from urllib.parse import quote

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement
from bs4.element import Tag as Element
from markdownify import MarkdownConverter

from faqsite.answers.dialect import to_html
from faqsite.answers.sanitise import clean, tokens
from faqsite.answers.symbolic import words_of
from faqsite.answers.targets import is_outward
from faqsite.model.problems import Kind, note
from faqsite.system.files import MAX_TEXT_BYTES
from faqsite.transfer.article import Article
from faqsite.transfer.foreign import translate
from faqsite.transfer.soup import HtmlError, parse_html

_TAG = re.compile(
    r"<(?:p|br|div|a|ul|ol|li|strong|b|em|i|u|h[1-6]|span|table|img|pre|code|blockquote|details)"
    r"(?:\s[^<>]*)?/?>|&(?:nbsp|amp|lt|gt|quot|#\d+);",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+.!|~&:=-]")
_BRACKETS = re.compile(r"[][\\]")
_LANGUAGE = re.compile(r"(?:language|lang|highlight|brush)[-:]\s*([\w+#-]+)")
_WITH_ADDRESS = ["audio", "embed", "iframe", "source", "video"]
_WORDLESS = ["head", "noscript", "script", "style", "template", "title"]
_SAME = {"strike": "del", "s": "del", "tt": "code"}
_BLOCKS = frozenset(
    (
        *("[document]", "blockquote", "body", "dd", "details", "div", "dl", "dt", "hr", "li", "ol"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "table", "td", "th", "tr", "ul"),
    )
)
_EMPHASIS = ["b", "strong", "i", "em", "del", "s", "code", "kbd", "samp", "sup", "sub"]
_NESTED_IN_CELLS = ["ul", "ol", "pre", "table", "blockquote", "dl", "details"]


KINDS = ("html", "markdown", "text")
"""What an answer can be written in."""


def convert(
    entries: Sequence[Article], kind: str, report: Callable[[float], None] = lambda _: None
) -> list[Article]:
    """Return the articles with their answers as Markdown; `kind` is what they are, "" unknown."""
    done = []
    for number, entry in enumerate(entries):
        report(number / len(entries))
        done.append(entry if entry.kind == "own" else _convert(entry, kind or entry.kind))
    return done


def _convert(entry: Article, kind: str) -> Article:
    answer = entry.answer.strip("\n")
    problems, advice = list(entry.problems), list(entry.advice)
    kind = kind or ("html" if is_html(answer) else "markdown")
    try:
        if len(answer) > MAX_TEXT_BYTES:
            message = f"the answer holds {len(answer):,} characters, more than {MAX_TEXT_BYTES:,}"
            problems += [note("", 0, Kind.LIMIT_EXCEEDED, message, "divide it", "characters")]
            answer = ""
        elif kind == "html":
            answer = from_html(answer)
        elif kind == "text":
            answer = from_text(answer)
        else:
            found = translate(answer)
            answer = found.markdown.strip("\n")
            problems += found.problems
            advice += found.advice
    except RecursionError:
        message, hint = "the answer is nested too deep", "make it flatter"
        problems += [note("", 0, Kind.LIMIT_EXCEEDED, message, hint, "levels")]
    except HtmlError as error:
        message = f"the answer cannot be read: {error}"
        problems += [note("", 0, Kind.UNREADABLE_ANSWER, message, "export it anew")]
    return replace(entry, answer=answer, problems=tuple(problems), advice=tuple(advice))


def is_html(text: str) -> bool:
    """Tell whether a text seems to be HTML rather than Markdown."""
    return _TAG.search(text) is not None


def from_html(html: str) -> str:
    """Return the Markdown of some HTML.

    Raises RecursionError if it is nested beyond reason, and HtmlError if it is too much.
    """
    soup = _prepare(html)
    expected = _squeeze(_words_of_html(str(soup)))
    for converter in _converters():
        markdown = _tidy(converter.convert_soup(soup))
        if _squeeze(plain_text(markdown)) == expected:
            return markdown
    return _escape(words_of(tuple(tokens(clean(str(soup))))))


def from_text(text: str) -> str:
    """Return the Markdown of plain text: as it stands, if it reads the same, else escaped."""
    text = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    return text if _squeeze(plain_text(text)) == _squeeze(text) else _escape(text)


def plain_text(markdown: str) -> str:
    """Return the words that a reader sees of some Markdown; "" if it cannot be read."""
    try:
        return _words_of_html(to_html(markdown, lambda *_: None))
    except Exception:  # noqa: BLE001 (Python-Markdown; the entry is refused with the reason later)
        return ""


def _words_of_html(html: str) -> str:
    return words_of(tuple(tokens(clean(html))))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _escape(text: str) -> str:
    """Return text with each sign of Markdown escaped, its lines as paragraphs or lines."""
    lines = (_SIGNS.sub(r"\\\g<0>", line.strip()) for line in text.split("\n"))
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", "\\\\\n", "\n".join(lines))


def _tidy(markdown: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", markdown.replace("\u00a0", " ")).strip("\n")


def _prepare(html: str) -> BeautifulSoup:
    """Return the HTML with what an answer cannot hold as links or text."""
    soup = parse_html(html)
    for element in soup.find_all(_WORDLESS):
        element.decompose()
    for element in soup.find_all(_WITH_ADDRESS):
        address = str(element.get("src") or "")
        if address and is_outward(_complete(address)):
            link = soup.new_tag("a", href=_complete(address))
            link.string = _complete(address)
            element.insert_before(link)
        element.unwrap()
    for element in soup.find_all(list(_SAME)):
        element.name = _SAME[element.name]
    for element in soup.find_all("img"):
        if not element.get("src"):
            element.decompose()
    _join_struck(soup)
    _drop_last_breaks(soup)
    return soup


def _join_struck(soup: BeautifulSoup) -> None:
    """Make one of struck texts that touch: "~~a~~~~b~~" strikes nothing."""
    for element in soup.find_all("del"):
        while isinstance(other := element.next_sibling, Element) and other.name == "del":
            element.extend(list(other.contents))
            other.decompose()


def _drop_last_breaks(soup: BeautifulSoup) -> None:
    for element in reversed(soup.find_all("br")):
        if _ends_block(element):
            element.decompose()


def _ends_block(element: Element) -> bool:
    """Tell whether nothing of its block follows an element: a line break is not seen there."""
    following: PageElement | None = element.next_sibling
    while isinstance(following, NavigableString) and not following.strip():
        following = following.next_sibling
    beside = element.parent if following is None else following
    return isinstance(beside, Element) and beside.name in _BLOCKS


def _complete(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address.strip()


@cache
def _converters() -> tuple[MarkdownConverter, ...]:
    return (
        _Converter(escape_asterisks=False, escape_underscores=False),
        _Converter(escape_misc=True),
        _Converter(escape_misc=True, strip=_EMPHASIS),
    )


def _find_language(element: Element) -> str:
    inner = element.find("code")
    for each in filter(None, (element, inner)):
        if isinstance(each, Element) and (
            found := _LANGUAGE.search(" ".join(each.get_attribute_list("class")))
        ):
            return found[1]
    return ""


class _Converter(MarkdownConverter):
    """Writes the dialect of this project, and as HTML what Markdown has no sign for."""

    class Options(MarkdownConverter.DefaultOptions):  # type: ignore[misc, name-defined]
        heading_style = "atx"
        bullets = "-"
        newline_style = "backslash"
        sup_symbol = "<sup>"
        sub_symbol = "<sub>"
        strip_pre = "strip_one"
        code_language_callback = staticmethod(_find_language)
        keep_inline_images_in = ("td", "th", "h1", "h2", "h3", "h4", "h5", "h6")

    def convert_a(self, el: Element, text: str, parent_tags: set[str]) -> str:
        href = str(el.get("href") or "").strip()
        inner = text.strip()
        if "_noformat" in parent_tags or not href or not inner:
            return text
        if el.get_text() == href and is_outward(href):
            return _surround(text, f"<{href}>")
        return _surround(text, f"[{inner}]({_address(href)})")

    def convert_img(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        alt = _BRACKETS.sub(r"\\\g<0>", " ".join(str(el.get("alt") or "").split()))
        return f"![{alt}]({_address(str(el['src']).strip())})"

    def convert_b(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return _mark(text, parent_tags, {"b", "strong"}, "**")

    def convert_em(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return _mark(text, parent_tags, {"em", "i"}, "*")

    convert_strong = convert_b
    convert_i = convert_em

    def convert_q(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"<q>{text}</q>"

    def convert_details(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"\n\n<details>\n{text.strip()}\n\n</details>\n\n"

    def convert_summary(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        words = escape(" ".join(el.get_text().split()), quote=False)
        return f"<summary>{words}</summary>\n\n"

    def convert_table(self, el: Element, text: str, parent_tags: set[str]) -> str:
        if "td" in parent_tags or not el.find(_NESTED_IN_CELLS):
            spans = [c for c in el.find_all(["td", "th"]) if c.get("colspan") or c.get("rowspan")]
            if not spans:
                return f"\n\n{text.strip()}\n\n"
        # A block of HTML ends at a blank line.
        html = re.sub(r"\n\s*\n", "\n", clean(str(el)))
        return f"\n\n{html.strip()}\n\n"

    def escape(self, text: str, parent_tags: set[str]) -> str:
        escaped = str(super().escape(text, parent_tags))  # type: ignore[misc]
        if self.options["escape_misc"]:  # type: ignore[attr-defined]
            escaped = re.sub(r"^(\s*)(!!!|:)", r"\1\\\2", escaped)
        return escaped


def _mark(text: str, parent_tags: set[str], same: set[str], sign: str) -> str:
    """Return a text between signs, unless there is none or it stands between such already."""
    inner = text.strip()
    if not inner or "_noformat" in parent_tags or parent_tags & same or "\n\n" in inner:
        return text
    return _surround(text, f"{sign}{inner}{sign}")


def _surround(text: str, written: str) -> str:
    """Return what is written in the place of a text, with the spaces that were around that."""
    before, after = (" " if text[at].isspace() else "" for at in (0, -1))
    return f"{before}{written}{after}"


def _address(address: str) -> str:
    return quote(address, safe="/:?#[]@!$&'*+,;=%~-._")
