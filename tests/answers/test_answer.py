"""An answer is safe, whatever its Markdown, and everything wrong in it is reported."""

from __future__ import annotations

import re

import pytest

from faqsite.answers.answer import MAX_BODY_BYTES, MAX_CELLS
from faqsite.model.records import Answer
from tests.fuzz.test_answers import hazards
from tests.support.answers import BODY_LINE, answer_of, problems_of, shown
from tests.support.cases import cases
from tests.support.payloads import PAYLOADS


@cases("answer_problems")
def test_every_problem_is_reported_once_with_its_line(written: str, expected: str) -> None:
    found = [problem.replace("content/pay/visa.md:", "") for problem in problems_of(written)]
    assert found == expected.splitlines()


@pytest.mark.parametrize(
    ("fits", "more", "message"),
    [
        (
            "é" * (MAX_BODY_BYTES // 2),
            "a",
            "the answer has 64,001 bytes, more than 64,000; split it into several entries",
        ),
        (
            "|" * 50 + "\n" * (MAX_CELLS // 50 - 1),
            "\n|",
            (
                'the answer has 50,050 possible table cells (its lines times the most "|" in one),'
                " more than 50,000; split it into several entries"
            ),
        ),
        (
            "> " * 20,
            "> ",
            "lists, quotes and notes are nested more than 20 deep; flatten them",
        ),
        (
            "- " * 20,
            "- - a",
            "lists, quotes and notes are nested more than 20 deep; flatten them",
        ),
        (
            f"<p>{'<b>' * 900}</p>",
            "<p>x</p>" * 900,
            (
                "tags such as <b> stay open across several blocks;"
                " close each in the block where it starts"
            ),
        ),
    ],
)
def test_an_answer_over_a_limit_is_refused_before_it_takes_long(
    fits: str, more: str, message: str
) -> None:
    assert problems_of(fits) == []
    answer, problems = answer_of(fits + more)
    assert [problem.describe("content") for problem in problems] == [
        f"content/pay/visa.md:{BODY_LINE}: {message}"
    ]
    assert answer == Answer(parts=(), text="")


def test_an_answer_that_python_markdown_cannot_read_is_a_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> str:
        raise RecursionError

    monkeypatch.setattr("faqsite.answers.answer.to_html", fail)
    assert problems_of("a") == [
        (
            f"content/pay/visa.md:{BODY_LINE}: Python-Markdown cannot read the answer"
            " (RecursionError); simplify it"
        )
    ]


@pytest.mark.parametrize("snippet", PAYLOADS)
def test_hostile_html_is_not_published(snippet: str) -> None:
    for frame in ("{}", "words {} words", "- {}", "> {}", "<div>\n{}\n</div>"):
        answer, _ = answer_of(frame.format(snippet))
        assert hazards(answer) == [], frame
        for tag in re.findall(r"<[^>]*>", "".join(map(shown, answer.parts))):
            without_values = re.sub(r'"[^"]*"', '""', tag)
            assert not re.search(r"<script|\son\w+=|style=", without_values, re.IGNORECASE), frame


@pytest.mark.parametrize(
    "written",
    [
        "A title\n-------\n\nText.",
        "Pay is 5,000** a year.\n\n** Before tax) is a note.",
        "Times: 9-17, 09:00 \u2013 17:30; 50,000 $; 5 * 3; a_b_c; C#; #hiring; +44 20 1234 5678",
        '**Bold**, *italic*, ~~struck~~, `code`, [link](https://example.org "title"), <b>b</b>',
        "Bring:\n- a passport\n- a visa\n\n1. One\n2. Two\n\n- [ ] open\n- [x] done",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nText[^1].\n\n[^1]: A note.",
        "> A quote\n\n```sh\nls -l\n```",
        "Fine, he said (see section 3): write to jobs@example.org, or see https://example.org/a_(b).",
    ],
)
def test_correct_markdown_is_not_reported(written: str) -> None:
    assert problems_of(written) == []
