"""A page of questions: `FAQPage` markup, `<details>`, a list of definitions, or headings."""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from html import escape
from itertools import takewhile

from bs4 import BeautifulSoup, UnicodeDammit
from bs4.element import NavigableString, PageElement
from bs4.element import Tag as Element
from bs4.exceptions import ParserRejectedMarkup

from faqsite.transfer.article import QUESTION_MARKS, ImportSource, SourceError, make_article
from faqsite.transfer.from_json import find_questions, parse_question

MAX_HTML_CHARS = 2_000_000
"""A tag of seven characters takes a thousand bytes in the tree."""
MAX_LOOKED_AT_CHARS = 25_000_000
"""Python's parser searches for the ">" of each unclosed tag to the end; this takes a second."""

# What a parser reads as a tag, but without a ">" before the next tag.
_UNCLOSED = re.compile(r"<[a-zA-Z/!?][^<>]*+(?=<|\Z)")
# A browser reads a comment here, as after "<?"; the parser would drop the rest of the page.
_ODD_COMMENT = re.compile(r"<!\[(?=[^>]*>)")
# "<" in a script does not begin a tag.
_SCRIPT = re.compile(r"<script\b[^<>]*>.*?(?=</script\b|\Z)", re.IGNORECASE | re.DOTALL)
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_SAVE_AGAIN = "save the page again"
_UNREADABLE = "replaced unreadable characters by \ufffd; save the page as UTF-8"
# Beautiful Soup would report the same in its own words.
logging.getLogger("bs4").addHandler(logging.NullHandler())

_Found = tuple[str, str, str]
"""A question, the HTML of its answer, and its category."""


def parse_html(html: str) -> BeautifulSoup:
    """Return the tree of some HTML. Raises SourceError."""
    if len(html) > MAX_HTML_CHARS:
        fact = f"the HTML has {len(html):,} characters; the limit is {MAX_HTML_CHARS:,}"
        raise SourceError(fact, _SAVE_AGAIN)
    unclosed = len(_UNCLOSED.findall(_SCRIPT.sub("", html)))
    if unclosed * len(html) > MAX_LOOKED_AT_CHARS:
        raise SourceError(f'{unclosed:,} tags are not closed by ">"', _SAVE_AGAIN)
    with warnings.catch_warnings():
        # Beautiful Soup warns if the text could be XML, an address, or a file name.
        warnings.simplefilter("ignore")
        try:
            readable = _ODD_COMMENT.sub("<?[", html).replace("<![", "&lt;![")
            return BeautifulSoup(readable, "html.parser")
        except ParserRejectedMarkup:
            raise SourceError("the HTML is not readable", _SAVE_AGAIN) from None


def read_html(content: bytes) -> ImportSource:
    """Return the questions of a page, marked in the surest way that it uses. Raises SourceError."""
    try:
        page = UnicodeDammit(content, is_html=True)
        soup = parse_html(page.unicode_markup or "")
        ways = (_find_json, _find_microdata, _find_details, _find_terms, _find_headings)
        found = next(filter(None, (list(way(soup)) for way in ways)), [])
    except (RecursionError, ValueError, AssertionError):
        raise SourceError("the HTML is not readable", _SAVE_AGAIN) from None
    if not found:
        raise SourceError(
            "found no questions: no FAQPage, <details>, <dl>, or heading with a question mark",
            "make each question a heading that ends with a question mark",
        )

    def write_refused(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        blocks = ['<meta charset="utf-8">']
        for number, reason in refused.items():
            question, html, category = found[number]
            heading = f"<h2>{escape(category)}</h2>\n" if category else ""
            # Parsing closes each tag and comment, which would swallow the next question.
            blocks.append(
                f"<!-- {reason.replace('--', '- -')} -->\n{heading}<details>"
                f"<summary>{escape(question)}</summary>\n{parse_html(html)}\n</details>\n"
            )
        return {"": "\n".join(blocks).encode()}

    return ImportSource(
        articles=tuple(
            make_article(
                {"question": question, "answer": html, "category": [category]},
                place=f"question {number}",
                kind="html",
            )
            for number, (question, html, category) in enumerate(found, start=1)
        ),
        write_refused=write_refused,
        advice=(_UNREADABLE,) if page.contains_replacement_characters else (),
    )


def _find_json(soup: BeautifulSoup) -> Iterator[_Found]:
    for script in soup.find_all("script", type="application/ld+json"):
        with suppress(ValueError, RecursionError):
            parsed = json.loads(script.get_text(), strict=False)
            for values in map(parse_question, find_questions(parsed)):
                question = parse_html(str(values["question"] or "")).get_text()
                yield question, str(values["answer"]), ""


def _find_microdata(soup: BeautifulSoup) -> Iterator[_Found]:
    def is_question(element: Element) -> bool:
        return "/Question" in str(element.get("itemtype") or "")

    for question, category in _find_with_categories(soup, is_question):
        name, answer = (question.find(itemprop=each) for each in ("name", "text"))
        if name and answer and not question.find_parent(is_question):
            yield _text(name), answer.decode_contents(), category


def _find_details(soup: BeautifulSoup) -> Iterator[_Found]:
    for details, category in _find_with_categories(soup, lambda each: each.name == "details"):
        summary = details.find("summary", recursive=False)
        if summary and not details.find_parent("details"):
            html = "".join(_markup(each) for each in details.contents if each is not summary)
            yield _text(summary), html, category


def _find_terms(soup: BeautifulSoup) -> Iterator[_Found]:
    for term, category in _find_with_categories(soup, lambda each: each.name == "dt"):
        beside = (each for each in term.next_siblings if isinstance(each, Element))
        answers = takewhile(lambda each: each.name == "dd", beside)
        if html := "\n".join(f"<div>{each.decode_contents()}</div>" for each in answers):
            yield _text(term), html, category


def _find_headings(soup: BeautifulSoup) -> Iterator[_Found]:
    for heading, category in _find_with_categories(soup, _is_question):
        higher = _HEADINGS[: int(heading.name[1])]
        html = ""
        for each in heading.next_siblings:
            if isinstance(each, Element) and (each.name in higher or _is_question(each)):
                break
            html += _markup(each)
        yield _text(heading), html, category


def _find_with_categories(
    soup: BeautifulSoup, is_wanted: Callable[[Element], bool]
) -> Iterator[tuple[Element, str]]:
    """Yield elements, each with the nearest heading above it that has a higher rank.

    The <h1> of the page and headings that are questions do not count.
    """
    last: dict[int, tuple[int, str]] = {}
    for number, element in enumerate(soup.find_all()):
        rank = int(element.name[1]) if element.name in _HEADINGS else len(_HEADINGS) + 1
        if is_wanted(element):
            above = (last[each] for each in range(2, min(rank, len(_HEADINGS))) if each in last)
            yield element, max(above, default=(0, ""))[1]
        if element.name in _HEADINGS and not _is_question(element):
            last[rank] = number, _text(element)


def _is_question(element: Element) -> bool:
    return element.name in _HEADINGS and _text(element).endswith(QUESTION_MARKS)


def _markup(node: PageElement) -> str:
    """Return the HTML of an element, a text or a comment; `str` would unescape texts."""
    return node.output_ready() if isinstance(node, NavigableString) else str(node)


def _text(element: Element) -> str:
    return " ".join(element.get_text().split())
