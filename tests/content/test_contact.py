"""What the link to a contact passes on about an answer."""

from __future__ import annotations

import pytest

from faqsite.content.contact import contact_link, form_about, mail_about


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("jobs@example.org", "mailto:jobs@example.org"),
        ("https://example.org/@jobs", "https://example.org/@jobs"),
        ("https://example.org/f?a={question}&b={query}&c=1", "https://example.org/f?a=&b=&c=1"),
    ],
)
def test_a_link_that_passes_nothing_on_is_plain(contact: str, link: str) -> None:
    assert contact_link(contact) == link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org", "https://example.org?{passed_on}"),
        ("https://example.org/ask", "https://example.org/ask?{passed_on}"),
        ("https://example.org/ask?", "https://example.org/ask?{passed_on}"),
        ("https://example.org/ask?to=jobs", "https://example.org/ask?to=jobs&{passed_on}"),
        ("https://example.org/ask?to=jobs&", "https://example.org/ask?to=jobs&{passed_on}"),
        ("https://example.org/ask#form?x", "https://example.org/ask?{passed_on}#form?x"),
    ],
)
def test_a_form_without_placeholders_gets_parameters(address: str, link: str) -> None:
    passed_on = "question=A%20%26%20B%3F&page=https%3A%2F%2Fexample.org%2Fa.html&query={query}"
    made = form_about(
        address, question="A & B?", page="https://example.org/a.html", query="{query}"
    )
    assert made == link.replace("{passed_on}", passed_on)


def test_a_parameter_without_a_value_is_left_out() -> None:
    address = "https://example.org/ask"
    assert form_about(address, question="A?", page="") == f"{address}?question=A%3F"


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("{query}", "https://example.org/f/%7Bquery%7D%2F%23/?a={query}&b=x#{query}"),
        ("", "https://example.org/f/%7Bquery%7D%2F%23/?a=&b=x#"),
    ],
)
def test_placeholders_are_filled_and_nothing_is_added(query: str, link: str) -> None:
    address = "https://example.org/f/{question}/?a={query}&b={page}#{query}"
    assert form_about(address, question="{query}/#", page="x", query=query) == link


@pytest.mark.parametrize(
    ("searched", "end"), [("", ""), ("Query: {query}\r\n", "Query%3A%20{query}%0D%0A")]
)
def test_a_mail_has_a_subject_and_a_text_that_can_end_with_the_query(
    searched: str, end: str
) -> None:
    assert mail_about("a@example.org", subject="é+{query}", body="1\r\n", searched=searched) == (
        f"mailto:a@example.org?subject=%C3%A9%2B%7Bquery%7D&body=1%0D%0A{end}"
    )
