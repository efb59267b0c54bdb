"""Links that an answer misses."""

from __future__ import annotations

import pytest

from faqsite.answers.answer import make_answer
from faqsite.content.validate import validate
from faqsite.model.problems import Problems
from faqsite.model.records import Settings
from tests.support.contents import describe, make_content, make_raw

SETTINGS = Settings(
    title="FAQ", url="https://example.org/faq/", repository="https://github.com/owner/faq"
)
DOG = "[can I bring my dog]"
FULL = "is the full address of a file in the content"


def check(body: str) -> list[str]:
    """Return the advice about an answer in the folder "pay"."""
    raw = make_raw("pay/bonus.md", question="Is there a bonus?", body=body)
    others = (
        make_raw("pay/pay-day.md", question="When is pay day?"),
        make_raw("team/Our dogs.md", question="Can I bring my dog?"),
    )
    content = make_content(raw, *others, attachments=["pay/scale.pdf"])._replace(settings=SETTINGS)
    answers = {entry.path: make_answer(entry)[0] for entry in content.entries}
    problems = Problems()
    validate(content, answers, problems)
    assert all(problem.is_advice for problem in problems.found)
    return [each.removeprefix("content/pay/bonus.md:") for each in describe(problems)]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/faq/pay/pay-day.html", "pay-day.md"),
        ("http://EXAMPLE.org/faq/pay/pay-day.html#top", "pay-day.md"),
        ("https://example.org/faq/pay/pay-day", "pay-day.md"),
        ("https://example.org/faq/team/our-dogs.html?a=b", "../team/Our%20dogs.md"),
        ("https://example.org/faq/team/", "../team/"),
        ("https://example.org/faq/team/index.html", "../team/"),
        ("https://example.org/faq/pay/scale.pdf", "scale.pdf"),
        ("https://example.org/faq", "../"),
        ("https://github.com/owner/faq/blob/main/content/pay/pay-day.md", "pay-day.md"),
        (
            "https://github.com/Owner/faq/edit/a/b/content/team/Our%20dogs.md",
            "../team/Our%20dogs.md",
        ),
        ("https://github.com/owner/faq/tree/main/content/team", "../team/"),
    ],
)
def test_the_full_address_of_a_file_is_reported_with_the_link(address: str, link: str) -> None:
    message = f'6: the link "{address}" {FULL}; write {link}'
    assert check(f"Yes.\n[so]({address})") == [message]


@pytest.mark.parametrize(
    "body",
    [
        "[so](https://example.org/faqs/pay/pay-day.html)",
        "[so](https://example.org/faq/search.html?q=pay)",
        "[so](https://example.org/)",
        "[so](https://github.com/owner/faq/issues)",
        "[so](https://github.com/other/faq/blob/main/content/pay/pay-day.md)",
        "[so](pay-day.md)",
        "[When is pay day?](pay-day.md)",
        "[Is there a bonus?]",
        "[sic] and [a note]",
    ],
)
def test_no_other_link_is_reported(body: str) -> None:
    assert check(body) == []


def test_a_question_in_brackets_is_reported_with_its_link() -> None:
    assert check("Yes.\n\n[When is pay day?] A [dog].\n[can I bring my dog]") == [
        '7: "[When is pay day?]" is not a link; write [When is pay day?](pay-day.md)',
        f'8: "{DOG}" is not a link; write {DOG}(../team/Our%20dogs.md)',
    ]
