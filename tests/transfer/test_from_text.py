"""Plain text in which each answer follows its question."""

from __future__ import annotations

import re

import pytest

from faqsite.transfer.article import SourceError
from faqsite.transfer.from_text import read_text
from tests.support.sources import pairs, problems_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FAQ\nWhy?\nBecause.\nWhen?\nNow.\n", [("Why?", "Because."), ("When?", "Now.")]),
        ("Why?\n\nOne.\n\nTwo.\n\nWhen?\nNow.", [("Why?", "One.\n\nTwo."), ("When?", "Now.")]),
        ("1. Why?\nBecause.\n2) When?\nNow.", [("Why?", "Because."), ("When?", "Now.")]),
        ("Q: Why?\nA: Because. Or why?\nQ: Pay\nA: Yes.", [("Why?", "Because. Or why?"),
                                                          ("Pay", "Yes.")]),
        ("Why?\n\nNo. Did\nyou?\n\nWhen?\nNow.\n",
         [("Why?", "No. Did\nyou?"), ("When?", "Now.")]),
        ("1. Why?\n\nDid you?\n\nNo.\n2. When?\nNow.",
         [("Why?", "Did you?\n\nNo."), ("When?", "Now.")]),
        ("Why?\n```\nx?\n```\nWhen?\nNow.\n", [("Why?", "```\nx?\n```"), ("When?", "Now.")]),
        ("# FAQ\n\n## Why?\nYes.\nDid you?\n## Rules\nNo.\n## When?\nNow.\n",
         [("Why?", "\nYes.\nDid you?\n"), ("Rules", "\nNo.\n"), ("When?", "\nNow.\n")]),
        ("なぜ\uff1f\nだから。\n", [("なぜ\uff1f", "だから。")]),
    ],
)  # fmt: skip
def test_an_answer_goes_on_to_the_next_question(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(read_text(text.encode())) == expected


def test_text_before_the_first_question_is_left_out_and_reported() -> None:
    assert read_text(b"FAQs\nof 2026\nWhy?\nBecause.\n").advice == (
        'left out the text before the first question: "FAQs of 2026"',
    )


def test_a_question_without_an_answer_is_refused() -> None:
    source = read_text(b"Why?\nWhen?\nNow.\n")
    assert problems_of(source) == [["the answer is missing; write it or set draft to true"], []]
    assert source.write_refused({0: "no answer"}) == {"": b"Why?\n"}


def test_a_text_without_questions_is_not_a_source() -> None:
    message = 'no line ends with a question mark or begins with "Q:"; put "Q:" before each question'
    with pytest.raises(SourceError, match=f"^{re.escape(message)}$"):
        read_text(b"Nothing is asked.\n")


def test_answers_with_signs_of_markdown_are_markdown() -> None:
    found = read_text(b"Why?\n**Yes** and no.\n\nWhen?\n2 * 3 * 4\n").articles
    assert [each.kind for each in found] == ["markdown", "text"]
