"""An answer is safe whatever was written, and what did not come through is told."""

from __future__ import annotations

import re

import pytest

from faqsite.answers.answer import MAX_BODY_BYTES, MAX_BRACKETS, MAX_CELLS
from faqsite.model.records import Answer
from tests.fuzz.test_answers import hazards
from tests.support.answers import BODY_LINE, answer_of, problems_of, shown
from tests.support.cases import cases
from tests.support.payloads import PAYLOADS


@cases("answer_problems")
def test_what_is_wrong_is_told_with_its_line(written: str, expected: str) -> None:
    assert problems_of(written) == [f"content/pay/visa.md:{expected}"]


def test_what_is_wrong_twice_on_a_line_is_told_once() -> None:
    assert len(problems_of("[t](foo) [u](foo)")) == 1


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert (
        len(problems_of("a <script>x</script> [t](foo)\n\n<b onclick=x>![t](http://a.b/c.png)"))
        == 4
    )


DIVIDE = "divide it into several entries"


@pytest.mark.parametrize(
    ("fits", "more", "message"),
    [
        (
            "é" * (MAX_BODY_BYTES // 2),
            "a",
            f"the answer holds 64,001 bytes, more than 64,000; {DIVIDE}",
        ),
        (
            "[" * MAX_BRACKETS,
            "[",
            f'the answer holds 501 opening brackets "[", more than 500; {DIVIDE}',
        ),
        (
            "|" * 50 + "\n" * (MAX_CELLS // 50 - 1),
            "\n|",
            (
                'the answer holds 50,050 possible cells (its lines times the most "|" in one),'
                f" more than 50,000; {DIVIDE}"
            ),
        ),
        (
            "> " * 20,
            "> ",
            "lists, quotes and notes stand in one another more than 20 deep; make them flatter",
        ),
        (
            "- " * 20,
            "- - a",
            "lists, quotes and notes stand in one another more than 20 deep; make them flatter",
        ),
    ],
)
def test_what_would_take_too_long_is_not_begun(fits: str, more: str, message: str) -> None:
    assert problems_of(fits) == []
    answer, problems = answer_of(fits + more)
    assert [problem.describe("content") for problem in problems] == [
        f"content/pay/visa.md:{BODY_LINE}: {message}"
    ]
    assert answer == Answer(parts=(), text="")


def test_tags_that_stay_open_over_many_blocks_are_refused() -> None:
    body = "<p>" + "<b>" * 900 + "</p>" + "<p>x</p>" * 900
    assert problems_of(body) == [
        (
            f"content/pay/visa.md:{BODY_LINE}: tags such as <b> stay open over many blocks;"
            " close each where it began"
        )
    ]


def test_what_python_markdown_cannot_read_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise RecursionError

    monkeypatch.setattr("faqsite.answers.answer.to_html", fail)
    assert problems_of("a") == [
        (
            f"content/pay/visa.md:{BODY_LINE}: the answer cannot be read"
            " (RecursionError in Python-Markdown); make it simpler"
        )
    ]


@pytest.mark.parametrize("snippet", PAYLOADS)
def test_nothing_hostile_comes_through(snippet: str) -> None:
    for frame in ("{}", "words {} words", "- {}", "> {}", "<div>\n{}\n</div>"):
        answer, _ = answer_of(frame.format(snippet))
        assert hazards(answer) == [], frame
        for tag in re.findall(r"<[^>]*>", "".join(map(shown, answer.parts))):
            without_values = re.sub(r'"[^"]*"', '""', tag)
            assert not re.search(r"<script|\son\w+=|style=", without_values, re.IGNORECASE), frame
