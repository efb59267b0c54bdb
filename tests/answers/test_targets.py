"""Links lead to files of the content or outward, pictures only to files."""

from __future__ import annotations

from tests.support.answers import BODY_LINE, answer_of, html_of
from tests.support.cases import cases


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
