"""What a mail or a form is told of an answer."""

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
def test_a_contact_that_is_told_nothing_is_a_plain_link(contact: str, link: str) -> None:
    assert contact_link(contact) == link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org", "https://example.org?{told}"),
        ("https://example.org/ask", "https://example.org/ask?{told}"),
        ("https://example.org/ask?", "https://example.org/ask?{told}"),
        ("https://example.org/ask?to=jobs", "https://example.org/ask?to=jobs&{told}"),
        ("https://example.org/ask?to=jobs&", "https://example.org/ask?to=jobs&{told}"),
        ("https://example.org/ask#form?x", "https://example.org/ask?{told}#form?x"),
    ],
)
def test_a_form_without_placeholders_gets_parameters(address: str, link: str) -> None:
    told = "question=A%20%26%20B%3F&page=https%3A%2F%2Fexample.org%2Fa.html&query={query}"
    made = form_about(
        address, question="A & B?", page="https://example.org/a.html", query="{query}"
    )
    assert made == link.replace("{told}", told)


def test_a_form_is_told_only_what_is_known() -> None:
    address = "https://example.org/ask"
    assert form_about(address, question="A?", page="") == f"{address}?question=A%3F"


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("{query}", "https://example.org/f/%7Bquery%7D%2F%23/?a={query}&b=x#{query}"),
        ("", "https://example.org/f/%7Bquery%7D%2F%23/?a=&b=x#"),
    ],
)
def test_placeholders_are_filled_where_they_stand_and_nothing_is_added(
    query: str, link: str
) -> None:
    address = "https://example.org/f/{question}/?a={query}&b={page}#{query}"
    assert form_about(address, question="{query}/#", page="x", query=query) == link


@pytest.mark.parametrize(
    ("searched", "end"), [("", ""), ("Sought: {query}\r\n", "Sought%3A%20{query}%0D%0A")]
)
def test_a_mail_has_subject_and_body_and_may_end_in_what_was_searched(
    searched: str, end: str
) -> None:
    assert mail_about("a@example.org", subject="é+{query}", body="1\r\n", searched=searched) == (
        f"mailto:a@example.org?subject=%C3%A9%2B%7Bquery%7D&body=1%0D%0A{end}"
    )
