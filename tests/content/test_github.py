"""Where the content is edited, and what a new question begins with."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from faqsite.content.folder import parse_entry
from faqsite.content.github import add_link, edit_link
from faqsite.model.problems import Problems
from faqsite.model.records import Settings


def make_settings(repository: str) -> Settings:
    return Settings(title="Questions", repository=repository)


@pytest.mark.parametrize(
    ("repository", "path", "link"),
    [
        ("", "pay.md", ""),
        ("https://h.org/o/r", "pay.md", "https://h.org/o/r/edit/main/content/pay.md"),
        ("https://h.org/o/r/tree/a/b", "pay.md", "https://h.org/o/r/edit/a/b/content/pay.md"),
        ("https://h.org/o/r", "What?.md", "https://h.org/o/r/edit/main/content/What%3F.md"),
    ],
)
def test_the_edit_link_leads_to_the_file_on_its_branch(
    repository: str, path: str, link: str
) -> None:
    assert edit_link(make_settings(repository), path) == link


@pytest.mark.parametrize(
    ("repository", "folder", "link"),
    [
        ("", "pay", ""),
        ("https://h.org/o/r", "", "https://h.org/o/r/new/main/content"),
        ("https://h.org/o/r", "Pay & more", "https://h.org/o/r/new/main/content/Pay%20%26%20more"),
        ("https://h.org/o/r/tree/a/b", "pay", "https://h.org/o/r/new/a/b/content/pay"),
    ],
)
def test_a_question_is_added_in_the_folder_of_its_category(
    repository: str, folder: str, link: str
) -> None:
    assert add_link(make_settings(repository), folder, ()).partition("?")[0] == link


def new_file_text(*orders: int | None) -> str:
    """Return the text of a new file beside entries of these orders."""
    query = urlsplit(add_link(make_settings("https://h.org/o/r"), "pay", orders)).query
    (name,), (text,) = parse_qs(query, strict_parsing=True).values()
    assert name == "new-question.md"
    return text


@pytest.mark.parametrize(
    ("orders", "line"),
    [
        ((), ""),
        ((None,), ""),
        ((0,), "order: 10\n"),
        ((10, None, 30, 20), "order: 40\n"),
        ((7,), "order: 10\n"),
        ((29,), "order: 30\n"),
        ((-15,), "order: -10\n"),
    ],
)
def test_a_new_question_has_the_next_ten_as_its_order(
    orders: tuple[int | None, ...], line: str
) -> None:
    assert new_file_text(*orders) == f"---\nquestion: \nalso_asked:\n  - \n{line}---\n\n"


def test_a_new_question_cannot_be_published_as_it_is() -> None:
    problems = Problems()
    parse_entry(new_file_text(10).encode(), "pay/new-question.md", problems)
    assert [(problem.line, problem.message) for problem in sorted(problems.found)] == [
        (2, '"question" is empty'),
        (4, 'an item of "also_asked" is empty'),
        (7, "the answer is empty"),
    ]
