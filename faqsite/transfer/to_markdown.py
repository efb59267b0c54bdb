"""Converts the answers of a source to our Markdown, so that they read the same, word for word.

The Markdown is rendered again and compared with the HTML. If a word is lost or changed, the next
attempt escapes all signs of Markdown, then drops emphasis. Then each block is converted alone; one
that still reads differently stays HTML, and in the end becomes text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from bs4 import BeautifulSoup
from bs4.element import Tag as Element

from faqsite.answers.dialect import to_html
from faqsite.answers.sanitise import clean, split_html
from faqsite.answers.symbolic import text_of
from faqsite.answers.targets import is_outward
from faqsite.model.problems import Kind, note, quoted
from faqsite.model.urls import slugify
from faqsite.system.files import MAX_TEXT_BYTES
from faqsite.transfer.article import Article, SourceError
from faqsite.transfer.foreign import translate
from faqsite.transfer.foreign_inlines import SAME, WITH_ADDRESS
from faqsite.transfer.from_html import parse_html
from faqsite.transfer.writing import KEPT, Converter, keep_html

KINDS = ("html", "markdown", "text")
"""The formats of answers."""

_TAG = re.compile(
    r"<(?:p|br|div|a|ul|ol|li|strong|b|em|i|u|h[1-6]|span|table|img|pre|code|blockquote|details)"
    r"(?:\s[^<>]*)?/?>|&(?:nbsp|amp|lt|gt|quot|#\d+);",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+.!|~&:=-]")
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_WORDLESS = ["head", "noscript", "script", "style", "template", "title"]
_SAME = {**SAME, "s": "del", "b": "strong", "i": "em"}
_BLOCKS = re.compile(
    r"\[document]|blockquote|body|d[dlt]|details|div|h[1-6r]|li|[ou]l|p|pre|table|t[dhr]"
)
_EMPHASIS = ["strong", "em", "del", "code", "sup", "sub"]
_WRAPPERS = frozenset({"article", "body", "div", "html", "main", "section"})


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
            texts: list[str] = []
            answer = from_html(answer, texts.append)
            advice += [f"kept only the text of {quoted(text)}" for text in texts]
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


def from_html(html: str, note_text: Callable[[str], None] = lambda _: None) -> str:
    """Return the Markdown for some HTML. Raises RecursionError and SourceError.

    `note_text` gets the text of each block that loses its links and emphasis.
    """
    return _write(_prepare(html), note_text)


def _write(soup: BeautifulSoup, note_text: Callable[[str], None]) -> str:
    expected = _squeeze(_text_of(str(soup)))
    for converter in _converters():
        markdown = converter.convert_soup(soup).replace("\u00a0", " ")
        markdown = re.sub(r"\n{3,}", "\n\n", markdown).strip("\n")
        if _squeeze(plain_text(markdown)) == expected:
            return markdown
    kept = _keep_block(soup)
    if len(blocks := _split(soup)) > 1:
        return "\n\n".join(filter(None, (_write(each, note_text) for each in blocks)))
    text = _text_of(str(blocks[0]))
    if kept and _squeeze(plain_text(kept)) == expected:
        return kept
    note_text(" ".join(text.split()))
    return _escape(text)


def _keep_block(soup: BeautifulSoup) -> str:
    """Return the HTML of a paragraph or a table, "" for anything else."""
    match [each for each in soup.contents if str(each).strip()]:
        case [Element(name="p") as block] if not block.find(_is_block):
            return keep_html(block)
        case [Element(name="table") as block]:
            return keep_html(block)
    return ""


def _is_block(element: Element) -> bool:
    return bool(_BLOCKS.fullmatch(element.name))


def _split(soup: BeautifulSoup) -> list[BeautifulSoup]:
    """Return each block of a tree alone, and the text between blocks."""
    nodes = [*soup.contents]
    while len(nodes) == 1 and isinstance(nodes[0], Element) and nodes[0].name in _WRAPPERS:
        nodes = [*nodes[0].contents]
    parts: list[BeautifulSoup] = []
    was_block = True
    for node in nodes:
        is_block = isinstance(node, Element) and _is_block(node)
        if is_block or was_block:
            parts.append(BeautifulSoup("", "html.parser"))
        parts[-1].append(node)
        was_block = is_block
    return parts or [soup]


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
    _prepare_headings(soup)
    _prepare_lists(soup)
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


def _prepare_lists(soup: BeautifulSoup) -> None:
    """Write ticks and line breaks as text, and separate two lists in a row."""
    for line_break in soup.select("pre br"):
        line_break.replace_with("\n")
    for box in soup.find_all("input", type="checkbox"):
        box.replace_with("\u2611 " if box.has_attr("checked") else "\u2610 ")
    # Markdown would read two lists in a row as one.
    for element in soup.find_all(["ol", "ul"]):
        beside = (e for e in element.next_siblings if isinstance(e, Element) or str(e).strip())
        following = next(beside, None)
        if isinstance(following, Element) and following.name == element.name:
            element.insert_after(soup.new_tag("separator"))


def _prepare_headings(soup: BeautifulSoup) -> None:
    """Remove empty headings, and point links at the ids that ours get."""
    ids = {}
    for heading in soup.find_all(_HEADINGS):
        if not heading.get_text().strip() and not heading.find("img"):
            heading.decompose()
            continue
        for element in (heading, *heading.find_all()):
            ids[str(element.get("id") or element.get("name"))] = slugify(heading.get_text())
    for link in soup.select('a[href^="#"]'):
        if slug := ids.get(str(link["href"])[1:]):
            link["href"] = f"#{slug}"


@cache
def _converters() -> tuple[Converter, ...]:
    return (
        Converter(escape_asterisks=False, escape_underscores=False),
        Converter(escape_misc=True),
        Converter(escape_misc=True, strip=[*_EMPHASIS, *KEPT]),
    )
