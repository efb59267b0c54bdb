"""Finds the title of a Markdown file, and the questions in a file whose headings are questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from faqsite.model.problems import quoted
from faqsite.transfer.article import QUESTION_MARKS
from faqsite.transfer.oldlinks import hold_code
from faqsite.transfer.to_markdown import plain_text

_HEADING = re.compile(
    r"^ {0,3}(?P<signs>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*$"
    r"|^(?P<underlined>[^\s>#|`~<-].*)\n {0,3}(?P<line>=+|-+)[ \t]*$",
    re.MULTILINE,
)
_HEADING_ID = re.compile(r"[ \t]*\{:?[ \t]*#([\w.:-]+)[^{}]*\}$")
_SIGNS = re.compile(r"[\\`*_\[\]<>&~:{}$^=+|\x02]")
# A comment, or a line of MDX that imports or exports.
_NOT_TEXT = re.compile(r"<!--.*?-->|^(?:import|export)\s[^\n]*$", re.DOTALL | re.MULTILINE)
_TO_HEADING = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\[.*\]\(#[^()]*\)\s*")
_MIN_QUESTIONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The text below a heading."""

    heading: str
    text: str
    anchor: str = ""
    category: tuple[str, ...]
    """The headings that it is below, or the title of the file."""


def split_title(body: str) -> tuple[str, str]:
    """Return the heading that a text begins with, "" for none, and the text without it."""
    text, restore = hold_code(body)
    found = _HEADING.search(text)
    if not found or _NOT_TEXT.sub("", restore(text[: found.start()])).strip():
        return "", body
    written = restore(found["text"] or found["underlined"] or "")
    return _plain(written), restore(text[: found.start()] + text[found.end() :])


def split_questions(body: str, title: str, name: str) -> tuple[list[Section], list[str]]:
    """Return the sections of a text whose headings are questions, none for another text.

    Headings are questions if two of one level, and at least half of that level, end with a question
    mark. Those above them are categories. All other text is a section, too; advice names the rest.
    A file without a title has its `name`.
    """
    text, restore = hold_code(body)
    found = list(_HEADING.finditer(text))
    levels = [len(each["signs"] or "") or 1 + each["line"].startswith("-") for each in found]
    asking = list(map(_is_question, found))
    level = _find_level(levels, asking)
    kept = [number for number, each in enumerate(levels) if each <= level]
    if not kept:
        return [], []
    before = restore(text[: found[kept[0]].start()])
    sections, advice = [], []
    above: dict[int, str] = {}
    for number, end in zip(kept, [*(found[each].start() for each in kept[1:]), None], strict=True):
        heading = found[number]
        written = restore(heading["text"] or heading["underlined"] or "").strip()
        asked, inner = _plain(written), restore(text[heading.end() : end])
        if number == 0 and levels[0] < level and levels.count(levels[0]) == 1:
            title, before = asked, before + inner
            continue
        if _is_contents(inner):
            advice.append(f"left out a table of contents: {quoted(asked)}")
            continue
        if levels[number] < level or not (asking[number] or inner.strip()):
            rank = 2 * levels[number] - (levels[number] == level)
            above = _put_below(above, rank, asked)
            if not inner.strip():
                continue
        anchor = _HEADING_ID.search(written)
        section = Section(
            heading=asked,
            text=inner,
            anchor=anchor[1] if anchor else re.sub(r"[^\w -]", "", asked.lower()).replace(" ", "-"),
            category=tuple(above.values()) or (title or name,),
        )
        sections.append(section)
    if before.strip() and not _is_contents(before) and title.endswith(QUESTION_MARKS):
        return [], []
    if title and not before.strip() and not any(title in each.category for each in sections):
        advice.append(f"left out the title: {quoted(title)}")
    return sections, [*advice, *_add_introduction(sections, before, title or name)]


def _add_introduction(sections: list[Section], text: str, title: str) -> Iterator[str]:
    """Add the text above the first heading as a section; yield what is left out."""
    if text.strip() and not _is_contents(text):
        sections.insert(0, Section(heading=title, text=text, category=(title,)))
    elif text.strip():
        yield "left out a table of contents"


def _put_below(above: dict[int, str], rank: int, name: str) -> dict[int, str]:
    """Return the headings above a text after one more."""
    return {each: above[each] for each in above if each < rank} | {rank: name}


def _is_question(heading: re.Match[str]) -> bool:
    written = _HEADING_ID.sub("", heading["text"] or heading["underlined"] or "")
    return written.rstrip("*_` ").endswith(QUESTION_MARKS)


def _find_level(levels: list[int], asking: list[bool]) -> int:
    """Return the level of the headings that are questions, 0 for none."""
    asked = Counter(each for each, asks in zip(levels, asking, strict=True) if asks)
    fit = [
        level
        for level, times in asked.items()
        if times >= _MIN_QUESTIONS and 2 * times >= levels.count(level)
    ]
    return max(fit, key=lambda each: (asked[each], -each), default=0)


def _is_contents(text: str) -> bool:
    """Return whether a text is nothing but a list of links to headings."""
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and all(map(_TO_HEADING.fullmatch, lines))


def _plain(heading: str) -> str:
    """Return the text that readers see of a heading."""
    written = _HEADING_ID.sub("", heading.strip())
    return (plain_text(written) if _SIGNS.search(written) else written).replace("\n", " ")
