"""A page of questions: `FAQPage` markup, details, a list of definitions, or headings."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from html import escape
from typing import Any

from bs4 import BeautifulSoup, UnicodeDammit
from bs4.element import NavigableString, PageElement
from bs4.element import Tag as Element

from faqsite.transfer.article import Brought, Source, SourceError, brought
from faqsite.transfer.from_json import questions_of, values_of
from faqsite.transfer.soup import HtmlError, parse_html

_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_QUESTION_MARKS = ("?", "\uff1f", "\u061f")

_UNREADABLE = "what is no text in the encoding of the page became \ufffd; save it as UTF-8"
# Of the same the parser would speak in its own words.
logging.getLogger("bs4").addHandler(logging.NullHandler())

_Found = tuple[str, str, str]
"""The question, the HTML of the answer, the category."""


def bring_html(content: bytes) -> Source:
    """Return the questions of a page, by the surest of the ways in which it marks them.

    Raises SourceError if it marks none.
    """
    try:
        page = UnicodeDammit(content, is_html=True)
        soup = parse_html(page.unicode_markup or "")
        ways = (_linked_data, _microdata, _details, _definitions, _headings)
        found = next((list(each) for way in ways if (each := list(way(soup)))), [])
    except HtmlError as error:
        raise SourceError(str(error), "save the page anew") from None
    except (RecursionError, ValueError, AssertionError):
        raise SourceError("the HTML cannot be read", "save the page anew") from None
    if not found:
        raise SourceError(
            "no question is marked in it: no FAQPage, no <details>, no <dl>, no heading that "
            "ends with a question mark"
        )

    def again(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        blocks = [
            f"<!-- {reason.replace('--', '- -')} -->\n{_heading(found[number][2])}<details>"
            # Parsed once more, so that a tag or comment that is left open swallows no other.
            f"<summary>{escape(found[number][0])}</summary>\n{parse_html(found[number][1])}\n"
            "</details>\n"
            for number, reason in refused.items()
        ]
        return {"": ('<meta charset="utf-8">\n' + "\n".join(blocks)).encode()}

    return Source(
        entries=tuple(
            _article(each, f"question {number}") for number, each in enumerate(found, start=1)
        ),
        again=again,
        advice=(_UNREADABLE,) if page.contains_replacement_characters else (),
    )


def _heading(category: str) -> str:
    return f"<h2>{escape(category)}</h2>\n" if category else ""


def _article(found: _Found, place: str) -> Brought:
    question, html, category = found
    values = {"question": question, "answer": html, "category": [category] if category else []}
    return brought(values, place=place, kind="html")


def _linked_data(soup: BeautifulSoup) -> Iterator[_Found]:
    for script in soup.find_all("script", type="application/ld+json"):
        parsed: Any = None
        with suppress(ValueError, RecursionError):
            parsed = json.loads(script.get_text(), strict=False)
        for each in questions_of(parsed):
            values = values_of(each)
            words = parse_html(str(values["question"] or "")).get_text()
            yield words, str(values["answer"]), ""


def _microdata(soup: BeautifulSoup) -> Iterator[_Found]:
    for question, category in _with_categories(soup, _is_microdata):
        name = question.find(itemprop="name")
        answer = question.find(itemprop="text")
        if name and answer and not question.find_parent(_is_microdata):
            yield _words(name), answer.decode_contents(), category


def _is_microdata(element: Element) -> bool:
    return "/Question" in str(element.get("itemtype") or "")


def _details(soup: BeautifulSoup) -> Iterator[_Found]:
    for details, category in _with_categories(soup, lambda each: each.name == "details"):
        summary = details.find("summary", recursive=False)
        if summary and not details.find_parent("details"):
            html = "".join(_markup(each) for each in details.contents if each is not summary)
            yield _words(summary), html, category


def _definitions(soup: BeautifulSoup) -> Iterator[_Found]:
    for term, category in _with_categories(soup, lambda each: each.name == "dt"):
        answers = []
        for each in term.next_siblings:
            if isinstance(each, Element):
                if each.name != "dd":
                    break
                answers.append(each.decode_contents())
        if answers:
            yield _words(term), "\n".join(f"<div>{each}</div>" for each in answers), category


def _headings(soup: BeautifulSoup) -> Iterator[_Found]:
    for heading, category in _with_categories(soup, lambda each: each.name in _HEADINGS):
        if not _is_question(heading):
            continue
        html = []
        for each in heading.next_siblings:
            if isinstance(each, Element) and each.name in _HEADINGS[: int(heading.name[1])]:
                break
            if isinstance(each, Element) and (each.name in _HEADINGS and _is_question(each)):
                break
            html.append(_markup(each))
        yield _words(heading), "".join(html), category


def _with_categories(
    soup: BeautifulSoup, is_wanted: Callable[[Element], bool]
) -> Iterator[tuple[Element, str]]:
    """Yield elements, each with the nearest heading above it, of a higher rank than its own.

    That of the page, and one that is a question, are none.
    """
    last: dict[int, tuple[int, str]] = {}
    for number, element in enumerate(soup.find_all()):
        rank = int(element.name[1]) if element.name in _HEADINGS else len(_HEADINGS) + 1
        if is_wanted(element):
            above = (last[each] for each in range(2, min(rank, len(_HEADINGS))) if each in last)
            yield element, max(above, default=(0, ""))[1]
        if element.name in _HEADINGS and not _is_question(element):
            last[rank] = number, _words(element)


def _is_question(heading: Element) -> bool:
    return _words(heading).endswith(_QUESTION_MARKS)


def _markup(node: PageElement) -> str:
    """Return the HTML of an element, a text or a comment, of which `str` gives the words alone."""
    return node.output_ready() if isinstance(node, NavigableString) else str(node)


def _words(element: Element) -> str:
    return " ".join(element.get_text().split())
