"""Plain text in which each answer follows its question."""

from __future__ import annotations

import re
from collections.abc import Mapping

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

_MARKED_QUESTION = re.compile(r"\s*(?:Q|Question|F|Frage)\s*\d*\s*[:.)]\s*(?=\S)", re.IGNORECASE)
_MARKED_ANSWER = re.compile(r"\s*(?:A|Answer|Antwort)\s*\d*\s*[:.)]\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:\d+[.)]|[-*#]+)\s+")


def read_text(content: bytes) -> ImportSource:
    """Return the questions of a text with their answers. Raises SourceError.

    A question is a line that begins with "Q:" or, if no line does, one that ends with a question
    mark. The answer is the text up to the next question.
    """
    lines = decode(content).split("\n")
    marked = [at for at, line in enumerate(lines) if _MARKED_QUESTION.match(line)]
    asking = (at for at, line in enumerate(lines) if line.rstrip().endswith(QUESTION_MARKS))
    starts = marked or list(asking)
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
        return make_article(values, place=f"line {at + 1}", kind="text")

    left_out = f"left out the text before the first question: {quoted(before)}"
    return ImportSource(
        articles=tuple(map(parse, starts, blocks)),
        write_refused=write_refused,
        advice=(left_out,) if before else (),
    )
