"""The audit: everything that an editor should know, in one list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from faqsite.audit.audit import audit, check_dates, find_empty_categories, list_overdue
from faqsite.audit.engine import Found
from faqsite.content.validate import validate
from faqsite.model.problems import Problems
from tests.support.contents import make_answer, make_content, make_raw

TODAY = date(2026, 11, 2)
SHOWN = make_raw("pay/day.md")


def find_nothing(texts: Sequence[str], _limit: int) -> list[Found]:
    return [Found((), is_answer=False) for _ in texts]


def test_findings_of_every_kind_are_sorted_by_place() -> None:
    entries = (
        make_raw("a.md", question="When is the monthly pay day?"),
        make_raw("b.md", "updated: 2027-01-01", question="When is monthly pay day?"),
        make_raw("c.md", "review_by: 2026-11-01", question="May I bring my dog?"),
        make_raw("office/d.md", "draft: true"),
    )
    content = make_content(*entries)
    answers = {entry.path: make_answer() for entry in entries if not entry.draft}
    found = audit(content, validate(content, answers, Problems()), find_nothing, TODAY)
    assert [
        (each.path, each.line, each.is_advice, each.message.partition(" ")[0]) for each in found
    ] == [
        ("a.md", 2, False, "the"),
        ("b.md", 0, True, '"updated"'),
        ("b.md", 2, True, "asks"),
        ("b.md", 2, False, "the"),
        ("c.md", 0, True, "is"),
        ("c.md", 0, True, "review"),
        ("c.md", 2, False, "the"),
        ("office", 0, True, "this"),
        ("office/d.md", 0, True, "is"),
    ]


DRAFT = "is a draft, so it is not published; when it is ready, delete the line: draft: true"
READ_IT = 'read it, correct it, and set "review_by" to the next date'
UNOWNED = "but has no owner; add the line: owner: NAME"
FUTURE = '"updated" is 2026-11-04, which is in the future; write the day the answer changed'


@pytest.mark.parametrize(
    ("front_matter", "advice"),
    [
        ("", []),
        ("draft: true", [DRAFT]),
        ("draft: true\nreview_by: 2026-11-01\nupdated: 2026-11-04", [DRAFT]),
        ("owner: Ann\nreview_by: 2026-11-02", []),
        (
            "owner: Ann\nreview_by: 2026-11-01",
            [f"review by Ann was due on 2026-11-01; {READ_IT}"],
        ),
        (
            "review_by: 2026-11-01",
            [
                f"review was due on 2026-11-01; {READ_IT}",
                f"is due for review on 2026-11-01, {UNOWNED}",
            ],
        ),
        ("review_by: 2027-11-01", [f"is due for review on 2027-11-01, {UNOWNED}"]),
        # In another time zone it may already be tomorrow.
        ("updated: 2026-11-03", []),
        ("updated: 2026-11-04", [FUTURE]),
    ],
)
def test_advice_is_given_on_drafts_and_dates(front_matter: str, advice: list[str]) -> None:
    found = check_dates(make_raw("a.md", front_matter), TODAY)
    assert [f"{fact}; {hint}" for _, fact, hint in found] == advice


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
def test_a_folder_needs_an_answer_unless_it_is_for_pictures(
    drafts: Sequence[str], pictures: Sequence[str], folders: Sequence[str]
) -> None:
    entries = (SHOWN, *(make_raw(path, "draft: true") for path in drafts))
    content = make_content(*entries, attachments=pictures)
    faq = validate(content, {SHOWN.path: make_answer()}, Problems())
    found = list(find_empty_categories(content, faq))
    fact = "this folder has no published answer, so the site does not show it"
    assert [(each.is_advice, each.describe("content")) for each in found] == [
        (True, f"content/{folder}: {fact}; write one, or delete the folder") for folder in folders
    ]


@pytest.mark.parametrize(
    ("front_matter", "is_overdue"),
    [
        ("", False),
        ("review_by: 2026-11-01", True),
        ("review_by: 2026-11-02", False),
        ("review_by: 2026-11-01\ndraft: true", False),
    ],
)
def test_a_review_is_overdue_from_the_day_after(front_matter: str, *, is_overdue: bool) -> None:
    entry = make_raw("a.md", front_matter)
    assert list_overdue([entry], TODAY) == [entry] * is_overdue


def test_overdue_reviews_are_listed_by_owner_then_date() -> None:
    due = [("a", 1, ""), ("b", 2, "Cleo"), ("c", 1, "Cleo"), ("d", 3, "ann")]
    entries = (
        make_raw(f"{name}.md", f"review_by: 2026-10-0{day}\nowner: {owner}")
        for name, day, owner in due
    )
    assert [entry.path[0] for entry in list_overdue(entries, TODAY)] == ["d", "c", "b", "a"]
