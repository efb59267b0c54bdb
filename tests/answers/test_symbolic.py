"""Links, ids and levels are symbolic, and the text is without markup."""

from __future__ import annotations

import re
from textwrap import dedent

from faqsite.model.records import Answer, LinkTarget
from tests.support.answers import BODY_LINE, answer_of, html_of
from tests.support.cases import cases


@cases("headings")
def test_headings_and_footnotes_have_ids_of_their_own(written: str, expected: str) -> None:
    assert html_of(written) == expected


@cases("text", ("a\u00a0b  \nc", "a b\nc"))
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


def test_a_link_of_an_entry_in_the_top_folder_starts_there() -> None:
    assert html_of("[t](team/x.md)", "visa.md") == '<p><a href="{team/x.md}">t</a></p>'


def test_a_link_keeps_its_line_and_its_address_as_written() -> None:
    answer, _ = answer_of("One\n\n[t](/pay/a.md#B)\n\n![t](b%20c.png) <a href=' ../d&amp;e/'>t</a>")
    assert [(link.path, link.written, link.line) for link in answer.links] == [
        ("pay/a.md", "/pay/a.md#B", BODY_LINE + 2),
        ("pay/b c.png", "b%20c.png", BODY_LINE + 4),
        ("d&e", "../d&e/", BODY_LINE + 4),
    ]


@cases("links", ("[t](re\u0301sume\u0301.md)", '<a href="{pay/r\u00e9sum\u00e9.md}">t</a>'))
def test_links_lead_into_the_content_or_outward_and_pictures_into_the_content(
    written: str, expected: str
) -> None:
    assert html_of(written) == f"<p>{expected}</p>"
