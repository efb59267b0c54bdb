"""Plain text in which each answer follows its question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from faqsite.model.problems import quoted
from faqsite.system.files import MAX_FILES
from faqsite.transfer.article import (
    QUESTION_MARKS,
    Article,
    ImportSource,
    SourceError,
    decode,
    make_article,
)
from faqsite.transfer.oldlinks import fence_after
from faqsite.transfer.sections import Section, split_questions

_MARKED_QUESTION = re.compile(r"\s*(?:Q|Question|F|Frage)\s*\d*\s*[:.)]\s*(?=\S)", re.IGNORECASE)
_MARKED_ANSWER = re.compile(r"\s*(?:A|Answer|Antwort)\s*\d*\s*[:.)]\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:\d+[.)]|[-*#]+)\s+")
# Fenced code, a heading, a link, a picture, or bold text.
_MARKDOWN = re.compile(r"^(?:```|#{1,6} )|\]\([^()\s]+\)|\*\*\S[^*\n]*\*\*", re.MULTILINE)
_MIN_QUESTIONS = 2


def read_text(content: bytes) -> ImportSource:
    """Return the questions of a text with their answers. Raises SourceError.

    A question is a heading or line that ends with a question mark, or a line that begins with "Q:":
    if two such lines are numbered, only those; if two follow a blank line, only those. The
    answer is the text up to the next question.
    """
    text = decode(content)
    sections, advice = split_questions(text, "", "Introduction")
    if sections:
        return _take_sections(sections, advice)
    lines = text.split("\n")
    marked = [at for at, line in enumerate(lines) if _MARKED_QUESTION.match(line)]
    starts = marked or _find_asking(lines)
    if not starts:
        fact = 'no line ends with a question mark or begins with "Q:"'
        raise SourceError(fact, 'put "Q:" before each question')
    if len(starts) > MAX_FILES:
        raise SourceError(f"the text has more than {MAX_FILES:,} questions", "split it")
    blocks = [lines[at:end] for at, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    before = "\n".join(lines[: starts[0]]).strip()

    def write_refused(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        kept = ("\n".join(blocks[number]).rstrip("\n") for number in refused)
        return {"": ("\n\n".join(kept) + "\n").encode()}

    def parse(at: int, block: list[str]) -> Article:
        question, answer = block[0], "\n".join(block[1:]).strip("\n")
        if marked:
            question = _MARKED_QUESTION.sub("", question, count=1)
            answer = _MARKED_ANSWER.sub("", answer, count=1)
        values = {"question": _NUMBER.sub("", question, count=1), "answer": answer}
        kind = "markdown" if _MARKDOWN.search(answer) else "text"
        return make_article(values, place=f"line {at + 1}", kind=kind)

    left_out = f"left out the text before the first question: {quoted(before)}"
    return ImportSource(
        articles=tuple(map(parse, starts, blocks)),
        write_refused=write_refused,
        advice=(left_out,) if before else (),
    )


def _find_asking(lines: list[str]) -> list[int]:
    """Return the indexes of the lines that are questions."""
    fence, asking = "", []
    for at, line in enumerate(lines):
        fence = fence_after(fence, line)
        if not fence and line.rstrip().endswith(QUESTION_MARKS):
            asking.append(at)
    numbered = [at for at in asking if _NUMBER.match(lines[at])]
    apart = [at for at in asking if at == 0 or not lines[at - 1].strip()]
    return next((each for each in (numbered, apart) if len(each) >= _MIN_QUESTIONS), asking)


def _take_sections(sections: Sequence[Section], advice: Sequence[str]) -> ImportSource:
    def write_refused(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        kept = (sections[number] for number in refused)
        return {"": "\n".join(f"## {each.heading}\n{each.text}" for each in kept).encode()}

    articles = (
        make_article(
            {
                "question": section.heading,
                "answer": section.text,
                "category": [name for name in section.category if name != "Introduction"],
            },
            place=quoted(section.heading),
            kind="markdown",
            base=f"/#{section.anchor}",
        )
        for section in sections
    )
    return ImportSource(articles=tuple(articles), write_refused=write_refused, advice=tuple(advice))
