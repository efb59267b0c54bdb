"""Links lead to files of the content, symbolically, or outward; pictures to files alone."""

from __future__ import annotations

import pytest

from tests.support.answers import BODY_LINE, answer_of, html_of
from tests.support.cases import cases


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("[t](time-zone.md)", "{pay/time-zone.md}"),
        ("[t](./time-zone.md)", "{pay/time-zone.md}"),
        ("[t](../team/time-zone.md#hours)", "{team/time-zone.md#hours}"),
        ("[t](/team/time-zone.md)", "{team/time-zone.md}"),
        ("[t](/content/team/time-zone.md)", "{team/time-zone.md}"),
        ("[t](/contents/x.md)", "{contents/x.md}"),
        ("[t](../team/)", "{team}"),
        ("[t](../team/README.md)", "{team}"),
        ("[t](..)", "{}"),
        ("[t](/)", "{}"),
        ("[t](.)", "{pay}"),
        ("[t](re\u0301sume\u0301.md)", "{pay/r\u00e9sum\u00e9.md}"),
        ("[t](What%20is%20pay%3F.md)", "{pay/What is pay?.md}"),
        ("[t](<What is pay.md>)", "{pay/What is pay.md}"),
        ("[t](plan.pdf)", "{pay/plan.pdf}"),
        ("[t](Plan.PDF)", "{pay/Plan.PDF}"),
        ("[t](plan.pdf#page=3)", "{pay/plan.pdf#page=3}"),
        ("[t](#pay--benefits)", "{pay/visa.md#pay-benefits}"),
        ("[t](#R%C3%A9sum%C3%A9)", "{pay/visa.md#resume}"),
        ("[t](#)", "{pay/visa.md}"),
        ("[t](#a@b.c)", "{pay/visa.md#a-b-c}"),
        ("[t][1]\n\n[1]: ../team/time-zone.md", "{team/time-zone.md}"),
        ('<a href="a&amp;b.md">t</a>', "{pay/a&b.md}"),
        ('<a href=" visa.md ">t</a>', "{pay/visa.md}"),
    ],
)
def test_a_link_into_the_content_is_symbolic(link: str, target: str) -> None:
    assert html_of(link) == f'<p><a href="{target}">t</a></p>'


def test_a_reference_may_stand_after_brackets() -> None:
    html = '<p>see [x] <a href="{pay/q.md}">docs</a></p>'
    assert html_of("see [x] [docs][d]\n\n[d]: q.md") == html


def test_a_link_of_an_entry_at_the_top_starts_there() -> None:
    assert html_of("[t](team/x.md)", "visa.md") == '<p><a href="{team/x.md}">t</a></p>'


def test_a_link_knows_its_line_and_how_it_was_written() -> None:
    answer, _ = answer_of("One\n\n[t](/pay/a.md#B)\n\n![t](b%20c.png) <a href=' ../d&amp;e/'>t</a>")
    assert [(link.path, link.written, link.line) for link in answer.links] == [
        ("pay/a.md", "/pay/a.md#B", BODY_LINE + 2),
        ("pay/b c.png", "b%20c.png", BODY_LINE + 4),
        ("d&e", "../d&e/", BODY_LINE + 4),
    ]


@cases("links")
def test_links_outward_and_pictures(written: str, expected: str) -> None:
    assert html_of(written) == f"<p>{expected}</p>"
