"""Links lead to files of the content, symbolically, or outward; pictures to files alone."""

from __future__ import annotations

from tests.support.answers import BODY_LINE, answer_of, html_of
from tests.support.cases import cases


def test_a_link_of_an_entry_at_the_top_starts_there() -> None:
    assert html_of("[t](team/x.md)", "visa.md") == '<p><a href="{team/x.md}">t</a></p>'


def test_a_link_knows_its_line_and_how_it_was_written() -> None:
    answer, _ = answer_of("One\n\n[t](/pay/a.md#B)\n\n![t](b%20c.png) <a href=' ../d&amp;e/'>t</a>")
    assert [(link.path, link.written, link.line) for link in answer.links] == [
        ("pay/a.md", "/pay/a.md#B", BODY_LINE + 2),
        ("pay/b c.png", "b%20c.png", BODY_LINE + 4),
        ("d&e", "../d&e/", BODY_LINE + 4),
    ]


@cases("links", ("[t](re\u0301sume\u0301.md)", '<a href="{pay/r\u00e9sum\u00e9.md}">t</a>'))
def test_links_lead_inward_and_outward_and_pictures_inward(written: str, expected: str) -> None:
    assert html_of(written) == f"<p>{expected}</p>"
