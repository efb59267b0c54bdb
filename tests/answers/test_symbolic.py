"""Ids and levels are symbolic, and the text is without markup."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from faqsite.model.records import Answer, LinkTarget
from tests.support.answers import BODY_LINE, answer_of, html_of, problems_of
from tests.support.cases import cases


@cases("headings")
def test_headings_and_footnotes_have_ids_of_their_own(written: str, expected: str) -> None:
    assert html_of(written) == expected


@cases("words", ("a\u00a0b  \nc", "a b\nc"))
def test_the_text_has_no_markup(written: str, expected: str) -> None:
    assert answer_of(written)[0].text == expected


def test_an_answer_reads_as_a_whole() -> None:
    body = dedent("""\
        You can. It takes **two steps**:
        1. Apply.
        2. Wait, as [others](../team/time-zone.md#hours) do.

        !!! tip
            Bring your passport.
        """)
    answer, problems = answer_of(body)
    assert problems == ()
    assert answer == Answer(
        parts=(
            (
                "<p>You can. It takes <strong>two steps</strong>:</p>\n<ol>\n<li>Apply.</li>\n"
                '<li>Wait, as <a href="'
            ),
            LinkTarget(
                path="team/time-zone.md",
                fragment="hours",
                written="../team/time-zone.md#hours",
                line=BODY_LINE + 2,
            ),
            (
                '">others</a> do.</li>\n</ol>\n<div class="admonition tip">\n'
                '<p class="admonition-title">Tip</p>\n<p>Bring your passport.</p>\n</div>'
            ),
        ),
        text="You can. It takes two steps:\nApply.\nWait, as others do.\nTip\nBring your passport.",
    )


def test_the_keyboard_reaches_boxes_that_may_scroll() -> None:
    answer, _ = answer_of("    wide code\n\n| a |\n|---|\n| b |")
    html = "".join(part for part in answer.parts if isinstance(part, str))
    assert re.findall("<(?:pre|table)[^>]*>", html) == [
        '<pre tabindex="0">',
        '<table tabindex="0">',
    ]


@cases("skipped_headings")
def test_a_heading_that_skips_a_level_gives_advice(written: str, expected: str) -> None:
    lines = expected.splitlines()
    assert problems_of(written) == [f"advice: content/pay/visa.md:{line}" for line in lines]


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("a\n\n![The way](way.webp)", 0),
        ("a\n\n![](way.webp)", 7),
        ("a\n\n![](<way.webp>)", 7),
        ("a\n\n![][way]\n\n[way]: way.webp", 9),
        ('<img src="way.webp" alt="">', 0),
        ('<img src="way.webp" alt="">\n\n![](way.webp)', 7),
    ],
)
def test_a_picture_with_empty_brackets_gives_advice(markdown: str, line: int) -> None:
    message = (
        f'advice: content/pay/visa.md:{line}: the picture "way.webp" has no alternative text; '
        'write ![what it shows](way.webp), or <img src="way.webp" alt=""> if it is only decoration'
    )
    assert list(dict.fromkeys(problems_of(markdown))) == ([message] if line else [])
