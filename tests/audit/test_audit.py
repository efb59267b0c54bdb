"""The audit puts together all that is to be said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from faqsite.audit.audit import audit, find_drafts, find_empty_categories
from faqsite.audit.engine import Hit
from faqsite.content.validate import validate
from faqsite.model.problems import Problems
from tests.support.contents import make_answer, make_content, make_raw

TODAY = date(2026, 11, 2)


def find_nothing(texts: Sequence[str], _limit: int) -> list[list[Hit]]:
    return [[] for _ in texts]


def test_every_kind_of_finding_is_told_sorted_by_place() -> None:
    entries = (
        make_raw("a.md", question="When is the monthly pay day?"),
        make_raw("b.md", "updated: 2027-01-01", question="When is monthly pay day?"),
        make_raw("c.md", "review_by: 2026-11-01", question="May I bring my dog?"),
        make_raw("office/d.md", "draft: true"),
    )
    content = make_content(*entries)
    answers = {entry.path: make_answer() for entry in entries if not entry.draft}
    found = audit(content, validate(content, answers, Problems()), find_nothing, TODAY)
    told = [
        (each.path, each.line, each.is_advice, each.message.partition(" ")[0])
        for each in found.findings
    ]
    assert told == [
        ("a.md", 2, False, "the"),
        ("b.md", 0, True, '"updated"'),
        ("b.md", 2, True, "asks"),
        ("b.md", 2, False, "the"),
        ("c.md", 0, True, "is"),
        ("c.md", 0, True, "should"),
        ("c.md", 2, False, "the"),
        ("office", 0, True, "no"),
        ("office/d.md", 0, True, "is"),
    ]
    assert found.queries == 3


SHOWN = make_raw("pay/day.md")
EMPTY = (
    "no answer in this folder is published, so the site does not show it; "
    "write one, or delete the folder"
)


def test_a_draft_is_an_advice() -> None:
    found = find_drafts([SHOWN, make_raw("a.md", "draft: true")])
    assert [(each.is_advice, each.describe("content")) for each in found] == [
        (
            True,
            (
                "content/a.md: is a draft, and so not published; "
                "when it is ready, take the line out: draft: true"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("drafts", "pictures", "folders"),
    [
        ([], [], []),
        (["office/dogs.md"], [], ["office"]),
        (["office/desks/free.md"], [], ["office"]),
        (["pay/bonus/a.md", "pay/b.md"], [], ["pay/bonus"]),
        ([], ["pictures/way.webp"], []),
        (["office/dogs.md"], ["office/way.webp"], ["office"]),
    ],
)
def test_a_folder_without_an_answer_is_an_advice_unless_it_is_for_pictures(
    drafts: Sequence[str], pictures: Sequence[str], folders: Sequence[str]
) -> None:
    entries = (SHOWN, *(make_raw(path, "draft: true") for path in drafts))
    content = make_content(*entries, attachments=pictures)
    faq = validate(content, {SHOWN.path: make_answer()}, Problems())
    found = list(find_empty_categories(content, faq))
    assert [(each.is_advice, each.describe("content")) for each in found] == [
        (True, f"content/{folder}: {EMPTY}") for folder in folders
    ]
