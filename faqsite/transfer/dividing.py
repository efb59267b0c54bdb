"""Divides a page into questions: microdata, `<details>`, lists of definitions, and headings.

The page is read in one pass, so one kind of question never hides another. The text that belongs to
no question is returned, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeGuard

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString
from bs4.element import Tag as Element

from faqsite.transfer.article import QUESTION_MARKS

_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_GREEK_QUESTION = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]\s*[;\u037e]\Z")
_OMITTED = {
    **dict.fromkeys(("script", "style", "template", "noscript"), "script"),
    **dict.fromkeys(("nav", "menu"), "navigation"),
    **{name: name for name in ("header", "footer", "title")},
}
"""Where a page has text that is not content, and what we call it."""
_TERMS = ["dt", "dd"]
_MARKS = {"details": "summary", "dl": "dt"}
_WHOLE = ["blockquote", "details", "dl", "figure", "li", "table"]
"""Elements that a heading divides only if it is a question."""


@dataclass(slots=True)
class Found:
    """A question of a page."""

    question: str
    html: str = ""
    category: str = ""
    also_asked: tuple[str, ...] = ()
    has_text: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    element: Element
    text: str
    rank: int
    asks: bool


@dataclass(frozen=True, slots=True)
class _Omission:
    place: str
    text: str


class _End:
    """The end of an element with headings or questions in it."""


_Item = _Heading | _Omission | Found | PageElement | type[_End]


def divide_page(soup: BeautifulSoup) -> tuple[list[Found], list[tuple[str, str]]]:
    """Return the questions, and the text outside of them with what is above it."""
    items = list(_list_items(soup))
    ranks = {each.rank for each in items if isinstance(each, _Heading) and each.asks}
    divider = _Divider()
    for number, item in enumerate(items):
        if isinstance(item, _Heading):
            may_ask = item.asks or item.rank in ranks
            is_question = may_ask and _has_answer(items, number, item)
            divider.add_heading(item, is_question=is_question)
        elif isinstance(item, PageElement):
            divider.add_node(item)
        elif isinstance(item, Found):
            divider.add_questions([item])
        elif isinstance(item, _Omission):
            divider.left_out += [(item.place, item.text)] if item.text else []
        else:
            divider.end_element()
    return divider.found, [*(("heading", each) for each in divider.unused), *divider.left_out]


def _list_items(soup: BeautifulSoup) -> Iterator[_Item]:
    """Yield the headings, the questions and the rest of a page, in their order."""
    divided: set[int] = set()
    for mark in soup.find_all(_is_mark):
        for parent in mark.parents:
            if id(parent) in divided:
                break
            divided.add(id(parent))
    yield from _list_parts(soup, divided)


def _list_parts(element: Element, divided: set[int]) -> Iterator[_Item]:
    for node in element.contents:
        if not isinstance(node, Element):
            yield node
        elif node.name in _OMITTED and id(node) not in divided:
            # Data for search engines is read separately.
            if node.get("type") != "application/ld+json":
                yield _Omission(_OMITTED[node.name], _visible(node))
        elif _is_question(node):
            yield from _read_microdata(node)
        elif node.name in _HEADINGS and text_of(node):
            yield _Heading(node, text_of(node), int(node.name[1]), asks(text_of(node)))
        elif id(node) in divided and not _holds_questions(node):
            yield from _list_parts(node, divided)
            yield _End
        else:
            yield node


def _is_mark(element: Element) -> bool:
    """Return whether an element is a question, or may begin one or a category."""
    if element.name in _HEADINGS:
        text = text_of(element)
        return bool(text) and (asks(text) or not element.find_parent(_WHOLE))
    return element.name in {"details", "dl"} or _is_question(element)


def _is_question(element: Element) -> bool:
    return "/Question" in str(element.get("itemtype") or "") and all(
        element.find(itemprop=name) for name in ("name", "text")
    )


def _read_microdata(element: Element) -> Iterator[_Item]:
    name, answer = (element.find(itemprop=each) for each in ("name", "text"))
    if name and answer:
        yield Found(text_of(name), answer.decode_contents())
        for part in (name, answer):
            part.extract()
        yield _Omission(text_of(name), text_of(element))


def _read_questions(element: Element) -> Iterator[Found | _Omission]:
    """Yield the question of `<details>`, or the terms of `<dl>`, those with one answer together."""
    if summary := element.find("summary", recursive=False):
        html = "".join(markup(each) for each in element.contents if each is not summary)
        yield Found(text_of(summary), html)
        return
    terms: list[str] = []
    answers: list[str] = []
    for node in (*_list_terms(element), None):
        name = getattr(node, "name", None)
        if terms and (node is None or (name == "dt" and answers)):
            blocks = (f"<div>{each}</div>" for each in answers)
            html = answers[0] if len(answers) == 1 else "\n".join(blocks)
            yield Found(terms[0], html, also_asked=tuple(terms[1:]))
            terms, answers = [], []
        if isinstance(node, Element) and name == "dt":
            terms.append(text_of(node))
        elif isinstance(node, Element) and name == "dd" and terms:
            answers.append(node.decode_contents())
        elif node:
            yield _Omission("list", _visible(node))


def _list_terms(element: Element) -> Iterator[PageElement]:
    """Yield the terms and definitions of a list, also those in elements that group them."""
    for node in element.contents:
        if isinstance(node, Element) and node.name not in _TERMS and node.find(_TERMS):
            yield from _list_terms(node)
        else:
            yield node


class _Divider:
    """Collects the questions of a page, and the text outside of them."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.left_out: list[tuple[str, str]] = []
        self.unused: dict[str, None] = {}
        """The headings that are neither questions nor their categories."""
        self._categories: dict[int, str] = {}
        self._above = "the beginning"
        self._open: Found | None = None
        self._rank = 0

    def add_heading(self, heading: _Heading, *, is_question: bool) -> None:
        if self._open and heading.rank > self._rank and not heading.asks:
            self._open.html += str(heading.element)
            return
        self._above, self._open = heading.text, None
        above = self._categories.items()
        self._categories = {rank: name for rank, name in above if rank < heading.rank}
        if is_question:
            self._add(Found(heading.text), heading.rank)
            self._open, self._rank = self.found[-1], heading.rank
        else:
            self._categories[heading.rank] = heading.text
            self.unused[heading.text] = None

    def add_node(self, node: PageElement) -> None:
        if _holds_questions(node, asking=self._open is not None):
            self.add_questions(_read_questions(node))
        elif self._open:
            self._open.html += markup(node)
            self._open.has_text |= bool(_visible(node))
        elif text := _visible(node):
            self.left_out.append((self._above, text))

    def add_questions(self, questions: Iterable[Found | _Omission]) -> None:
        self._open = None
        for each in questions:
            if isinstance(each, Found):
                self._add(each, len(_HEADINGS) + 1)
            elif each.text:
                self.left_out.append((each.place, each.text))

    def end_element(self) -> None:
        """End the open question, unless its answer is still to come."""
        if self._open and self._open.has_text:
            self._open = None

    def _add(self, found: Found, rank: int) -> None:
        above = [name for at, name in sorted(self._categories.items()) if 1 < at < rank]
        found.category = above[-1] if above else ""
        self.unused.pop(found.category, None)
        self.found.append(found)


def _has_answer(items: list[_Item], number: int, heading: _Heading) -> bool:
    """Return whether a heading is a question with an answer, rather than above other questions."""
    has_text = False
    for at in range(number + 1, len(items)):
        item = items[at]
        if isinstance(item, _Heading):
            if item.rank <= heading.rank:
                break
            if item.asks:
                return has_text and heading.asks
        elif isinstance(item, Found) or _holds_questions(item, asking=heading.asks):
            return has_text and heading.asks
        elif isinstance(item, PageElement):
            has_text = has_text or bool(_visible(item)) or isinstance(item, Element)
    return has_text or heading.asks


def _holds_questions(item: _Item, *, asking: bool = False) -> TypeGuard[Element]:
    if not isinstance(item, Element) or item.name not in _MARKS or not item.find(_MARKS[item.name]):
        return False
    return not asking or any(asks(text_of(each)) for each in item.find_all(["summary", "dt"]))


def asks(text: str) -> bool:
    return text.endswith(QUESTION_MARKS) or bool(_GREEK_QUESTION.search(text))


def markup(node: PageElement) -> str:
    """Return the HTML of an element, a text or a comment; `str` would unescape texts."""
    return node.output_ready() if isinstance(node, NavigableString) else str(node)


def text_of(element: Element) -> str:
    return " ".join(element.get_text().split())


def _visible(node: PageElement) -> str:
    """Return the words of a node, with spaces between its parts."""
    if isinstance(node, PreformattedString):
        return ""
    return " ".join(" ".join(node.stripped_strings).split())
