"""Plain text in which each question has its answer below it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from faqsite.model.problems import shortened
from faqsite.system.files import MAX_FILES
from faqsite.transfer.article import Article, ImportSource, SourceError, decode, make_article

_QUESTION_MARKS = ("?", "\uff1f", "\u061f")
_MARKED_QUESTION = re.compile(r"\s*(?:Q|Question|F|Frage)\s*\d*\s*[:.)]\s*(?=\S)", re.IGNORECASE)
_MARKED_ANSWER = re.compile(r"\s*(?:A|Answer|Antwort)\s*\d*\s*[:.)]\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:\d+[.)]|[-*#]+)\s+")
_LEFT_OUT = "left out what stands before the first question"


def read_text(content: bytes) -> ImportSource:
    """Return the questions of a text with their answers.

    A question is a line that begins with "Q:", or, where there is none, one that ends
    with a question mark; its answer is all up to the next.

    Raises SourceError.
    """
    lines = decode(content).split("\n")
    is_marked = any(map(_MARKED_QUESTION.match, lines))
    starts = [
        number
        for number, line in enumerate(lines)
        if (_MARKED_QUESTION.match(line) if is_marked else line.rstrip().endswith(_QUESTION_MARKS))
    ]
    if not starts:
        raise SourceError('no line ends with a question mark or begins with "Q:"', "add one")
    if len(starts) > MAX_FILES:
        raise SourceError(f"it has more than {MAX_FILES:,} questions", "divide it")
    blocks = [lines[at:end] for at, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    before = " ".join(" ".join(lines[: starts[0]]).split())

    def write_refused(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        kept = ("\n".join(blocks[number]).rstrip("\n") for number in refused)
        return {"": ("\n\n".join(kept) + "\n").encode()}

    return ImportSource(
        articles=tuple(
            _parse_article(block, f"line {at + 1}", is_marked=is_marked)
            for at, block in zip(starts, blocks, strict=True)
        ),
        write_refused=write_refused,
        advice=(f'{_LEFT_OUT}: "{shortened(before)}"',) if before else (),
    )


def _parse_article(block: list[str], place: str, *, is_marked: bool) -> Article:
    question, *rest = block
    answer = "\n".join(rest).strip("\n")
    if is_marked:
        question = _MARKED_QUESTION.sub("", question, count=1)
        answer = _MARKED_ANSWER.sub("", answer, count=1)
    values = {"question": _NUMBER.sub("", question, count=1), "answer": answer}
    return make_article(values, place=place, kind="text")
