"""Converts the answers of a source to our Markdown, so that they read the same, word for word.

The Markdown is rendered again and compared with the HTML. If a word is lost or changed, the next
attempt is more cautious: it escapes all signs of Markdown, then drops emphasis, and in the end
keeps only the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from urllib.parse import quote

from bs4 import BeautifulSoup
from bs4.element import Tag as Element
from markdownify import MarkdownConverter

from faqsite.answers.dialect import to_html
from faqsite.answers.sanitise import clean, split_html
from faqsite.answers.symbolic import text_of
from faqsite.answers.targets import is_outward
from faqsite.model.problems import Kind, note
from faqsite.system.files import MAX_TEXT_BYTES
from faqsite.transfer.article import Article, SourceError
from faqsite.transfer.foreign import translate
from faqsite.transfer.foreign_inlines import SAME, WITH_ADDRESS
from faqsite.transfer.from_html import parse_html

KINDS = ("html", "markdown", "text")
"""The formats of answers."""

_TAG = re.compile(
    r"<(?:p|br|div|a|ul|ol|li|strong|b|em|i|u|h[1-6]|span|table|img|pre|code|blockquote|details)"
    r"(?:\s[^<>]*)?/?>|&(?:nbsp|amp|lt|gt|quot|#\d+);",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+.!|~&:=-]")
_BRACKETS = re.compile(r"[][\\]")
_LANGUAGE = re.compile(r"(?:language|lang|highlight|brush)[-:]\s*([\w+#-]+)")
_WORDLESS = ["head", "noscript", "script", "style", "template", "title"]
_SAME = {**SAME, "s": "del", "b": "strong", "i": "em"}
_BLOCKS = re.compile(
    r"\[document]|blockquote|body|d[dlt]|details|div|h[1-6r]|li|[ou]l|p|pre|table|t[dhr]"
)
_EMPHASIS = ["strong", "em", "del", "code", "kbd", "samp", "sup", "sub"]
_NESTED_IN_CELLS = ["ul", "ol", "pre", "table", "blockquote", "dl", "details"]


def convert(
    articles: Sequence[Article], kind: str, report: Callable[[float], None] = lambda _: None
) -> list[Article]:
    """Return the articles with Markdown answers; `kind` is the format of all, "" if unknown."""
    done = []
    for number, article in enumerate(articles):
        report(number / len(articles))
        done.append(article if article.kind == "own" else _convert(article, kind or article.kind))
    return done


def _convert(article: Article, kind: str) -> Article:
    answer = article.answer.strip("\n")
    problems, advice = list(article.problems), list(article.advice)
    kind = kind or ("html" if is_html(answer) else "markdown")
    try:
        if len(answer) > MAX_TEXT_BYTES:
            fact = f"the answer has {len(answer):,} characters; the limit is {MAX_TEXT_BYTES:,}"
            problems += [note("", 0, Kind.LIMIT_EXCEEDED, fact, "split it", "characters")]
            answer = ""
        elif kind == "html":
            answer = from_html(answer)
        elif kind == "text":
            answer = from_text(answer)
        else:
            found = translate(answer)
            answer = found.markdown
            problems += found.problems
            advice += found.advice
    except RecursionError:
        fact = "lists, quotes or tags of the answer are nested too deep"
        problems += [note("", 0, Kind.LIMIT_EXCEEDED, fact, "flatten them", "levels")]
    except SourceError as error:
        fact = f"cannot read the answer: {error.args[0]}"
        problems += [note("", 0, Kind.UNREADABLE_ANSWER, fact, "export it again")]
    return replace(article, answer=answer, problems=tuple(problems), advice=tuple(advice))


def is_html(text: str) -> bool:
    """Return whether a text looks like HTML rather than Markdown."""
    return _TAG.search(text) is not None


def from_html(html: str) -> str:
    """Return the Markdown for some HTML. Raises RecursionError and SourceError."""
    soup = _prepare(html)
    expected = _squeeze(_text_of(str(soup)))
    for converter in _converters():
        markdown = converter.convert_soup(soup).replace("\u00a0", " ")
        markdown = re.sub(r"\n{3,}", "\n\n", markdown).strip("\n")
        if _squeeze(plain_text(markdown)) == expected:
            return markdown
    return _escape(_text_of(str(soup)))


def from_text(text: str) -> str:
    """Return the Markdown for plain text: the same if it reads the same, otherwise escaped."""
    text = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    return text if _squeeze(plain_text(text)) == _squeeze(text) else _escape(text)


def plain_text(markdown: str) -> str:
    """Return the text that readers see of some Markdown, "" if it cannot be read."""
    try:
        return _text_of(to_html(markdown, lambda *_, **__: None))
    except Exception:  # noqa: BLE001 (Python-Markdown; a later check refuses it with the reason)
        return ""


def _text_of(html: str) -> str:
    return text_of(tuple(split_html(clean(html))))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _escape(text: str) -> str:
    """Return the Markdown for text, with each sign escaped and each line break kept."""
    lines = (_SIGNS.sub(r"\\\g<0>", line.strip()) for line in text.split("\n"))
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", "\\\\\n", "\n".join(lines))


def _prepare(html: str) -> BeautifulSoup:
    """Return the tree of some HTML, with a link or text for each element that we do not allow."""
    soup = parse_html(html)
    for element in [*soup.find_all(_WORDLESS), *soup.find_all("img", src=lambda src: not src)]:
        element.decompose()
    for element in soup.find_all(list(WITH_ADDRESS)):
        address = re.sub(r"\A//", "https://", str(element.get("src") or "").strip())
        if is_outward(address):
            element.insert_before(soup.new_tag("a", href=address, string=address))
        element.unwrap()
    for element in soup.find_all(list(_SAME)):
        element.name = _SAME[element.name]
    # "~~a~~~~b~~" would not strike out anything.
    for element in soup.find_all("del"):
        while isinstance(other := element.next_sibling, Element) and other.name == "del":
            element.extend(list(other.contents))
            other.decompose()
    # A line break at the end of a block is invisible, but would be a backslash in Markdown.
    for element in reversed(soup.find_all("br")):
        beside = (e for e in element.next_siblings if isinstance(e, Element) or str(e).strip())
        following = next(beside, element.parent)
        if isinstance(following, Element) and _BLOCKS.fullmatch(following.name):
            element.decompose()
    return soup


@cache
def _converters() -> tuple[MarkdownConverter, ...]:
    return (
        _Converter(escape_asterisks=False, escape_underscores=False),
        _Converter(escape_misc=True),
        _Converter(escape_misc=True, strip=_EMPHASIS),
    )


def _find_language(element: Element) -> str:
    elements = filter(None, (element, element.find("code")))
    classes = (name for each in elements for name in each.get_attribute_list("class"))
    found = _LANGUAGE.search(" ".join(classes))
    return found[1] if found else ""


class _Converter(MarkdownConverter):
    """Writes our dialect, and HTML for everything that Markdown has no sign for."""

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
            return _replace(text, f"<{href}>")
        return _replace(text, f"[{inner}]({_address(href)})")

    def convert_img(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        alt = _BRACKETS.sub(r"\\\g<0>", " ".join(str(el.get("alt") or "").split()))
        return f"![{alt}]({_address(str(el['src']).strip())})"

    def convert_strong(self, el: Element, text: str, parent_tags: set[str]) -> str:
        inner = text.strip()
        if not inner or parent_tags & {"_noformat", el.name} or "\n\n" in inner:
            return text
        sign = "**" if el.name == "strong" else "*"
        return _replace(text, f"{sign}{inner}{sign}")

    convert_em = convert_strong

    def convert_q(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"<q>{text}</q>"

    def convert_details(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"\n\n<details>\n{text.strip()}\n\n</details>\n\n"

    def convert_summary(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        summary = escape(" ".join(el.get_text().split()), quote=False)
        return f"<summary>{summary}</summary>\n\n"

    def convert_table(self, el: Element, text: str, parent_tags: set[str]) -> str:
        is_flat = "td" in parent_tags or not el.find(_NESTED_IN_CELLS)
        if not is_flat or el.select("[colspan], [rowspan]"):
            # A blank line would end the HTML.
            text = re.sub(r"\n\s*\n", "\n", clean(str(el)))
        return f"\n\n{text.strip()}\n\n"

    def escape(self, text: str, parent_tags: set[str]) -> str:
        escaped = str(super().escape(text, parent_tags))  # type: ignore[misc]
        if self.options["escape_misc"]:  # type: ignore[attr-defined]
            escaped = re.sub(r"^(\s*)(!!!|:)", r"\1\\\2", escaped)
        return escaped


def _replace(text: str, written: str) -> str:
    """Return what to write instead of a text, with the spaces around the text."""
    before, after = (" " if text[at].isspace() else "" for at in (0, -1))
    return f"{before}{written}{after}"


def _address(address: str) -> str:
    return quote(address, safe="/:?#[]@!$&'*+,;=%~-._")
