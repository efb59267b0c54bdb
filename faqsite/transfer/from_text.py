"""Plain text in which each answer follows its question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from faqsite.model.problems import shortened
from faqsite.system.files import MAX_FILES
from faqsite.transfer.article import (
    QUESTION_MARKS,
    Article,
    ImportSource,
    SourceError,
    decode,
    make_article,
)

_MARKED_QUESTION = re.compile(r"\s*(?:Q|Question|F|Frage)\s*\d*\s*[:.)]\s*(?=\S)", re.IGNORECASE)
_MARKED_ANSWER = re.compile(r"\s*(?:A|Answer|Antwort)\s*\d*\s*[:.)]\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:\d+[.)]|[-*#]+)\s+")


def read_text(content: bytes) -> ImportSource:
    """Return the questions of a text with their answers.

    A question is a line that begins with "Q:". If there is none, it is a line that ends with
    a question mark. Its answer goes on to the next question.

    Raises SourceError.
    """
    lines = decode(content).split("\n")
    is_marked = any(map(_MARKED_QUESTION.match, lines))
    starts = [
        number
        for number, line in enumerate(lines)
        if (_MARKED_QUESTION.match(line) if is_marked else line.rstrip().endswith(QUESTION_MARKS))
    ]
    if not starts:
        fact = 'no line ends with a question mark or begins with "Q:"'
        raise SourceError(fact, 'put "Q:" before each question')
    if len(starts) > MAX_FILES:
        raise SourceError(f"the text has more than {MAX_FILES:,} questions", "split it")
    blocks = [lines[at:end] for at, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    before = " ".join(" ".join(lines[: starts[0]]).split())

    def write_refused(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        kept = ("\n".join(blocks[number]).rstrip("\n") for number in refused)
        return {"": ("\n\n".join(kept) + "\n").encode()}

    def parse(block: list[str], place: str) -> Article:
        question, answer = block[0], "\n".join(block[1:]).strip("\n")
        if is_marked:
            question = _MARKED_QUESTION.sub("", question, count=1)
            answer = _MARKED_ANSWER.sub("", answer, count=1)
        values = {"question": _NUMBER.sub("", question, count=1), "answer": answer}
        return make_article(values, place=place, kind="text")

    return ImportSource(
        articles=tuple(
            parse(block, f"line {at + 1}") for at, block in zip(starts, blocks, strict=True)
        ),
        write_refused=write_refused,
        advice=(f'left out the text before the first question: "{shortened(before)}"',)
        if before
        else (),
    )
