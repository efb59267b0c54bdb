"""Answers from Markdown, in the form in which tests compare them.

There a link into the content is {path#fragment}, an id {#id}, the digit of a heading {1}.
"""

from __future__ import annotations

import re

from faqsite.answers.answer import make_answer
from faqsite.model.keys import Text
from faqsite.model.problems import Problem
from faqsite.model.records import (
    Answer,
    AnswerPart,
    ElementId,
    HeadingLevel,
    LinkTarget,
    PictureSize,
    RawEntry,
)

BODY_LINE = 5


def answer_of(body: str, path: str = "pay/visa.md") -> tuple[Answer, tuple[Problem, ...]]:
    category, _, name = path.rpartition("/")
    return make_answer(
        RawEntry(
            path=path,
            category=category,
            slug=name.removesuffix(".md"),
            question=Text("Can I get a visa?"),
            body=Text(body, BODY_LINE),
        )
    )


def shown(part: AnswerPart) -> str:
    match part:
        case LinkTarget():
            return f"{{{part.path}{'#' * bool(part.fragment)}{part.fragment}}}"
        case ElementId():
            return f"{{#{part.name}}}"
        case HeadingLevel():
            return f"{{{part.depth}}}"
        case PictureSize():
            return ""  # It has a test of its own.
        case _:
            return part


def html_of(body: str, path: str = "pay/visa.md") -> str:
    """Return the HTML of an answer without problems, and without line breaks between tags."""
    answer, problems = answer_of(body, path)
    assert [problem for problem in problems if not problem.is_advice] == []
    html = "".join(shown(part) for part in answer.parts)
    # What the keyboard reaches has a test of its own.
    html = re.sub('(<pre|<table) tabindex="0"', r"\1", html)
    return re.sub(r"(?<=>)\n+|\n+(?=<)", "", html) if "<pre>" not in html else html.strip()


def problems_of(body: str, path: str = "pay/visa.md") -> list[str]:
    return [
        f"{'advice: ' * problem.is_advice}{problem.describe('content')}"
        for problem in answer_of(body, path)[1]
    ]
