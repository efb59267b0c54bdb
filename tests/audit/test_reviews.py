"""Which reviews are overdue, and how that is told."""

from __future__ import annotations

from datetime import date

import pytest

from faqsite.audit.reviews import (
    find_dated_ahead,
    find_overdue,
    find_unowned,
    format_checklist,
    list_overdue,
)
from faqsite.model.records import RawEntry, Settings
from tests.support.contents import make_raw

TODAY = date(2026, 11, 2)
REPOSITORY = "https://github.com/acme/faq"


def due(path: str, day: str, owner: str = "", *, more: str = "", question: str = "") -> RawEntry:
    return make_raw(f"{path}.md", f"review_by: {day}\nowner: {owner}\n{more}", question=question)


@pytest.mark.parametrize(
    ("front_matter", "is_overdue"),
    [
        ("", False),
        ("review_by: 2026-11-01", True),
        ("review_by: 2026-11-02", False),
        ("review_by: 2026-11-03", False),
        ("review_by: 2026-11-01\ndraft: true", False),
    ],
)
def test_a_review_is_overdue_from_the_day_after(front_matter: str, *, is_overdue: bool) -> None:
    entry = make_raw("a.md", front_matter)
    assert list_overdue([entry], TODAY) == ((entry,) if is_overdue else ())


def test_overdue_reviews_stand_by_owner_then_by_date_and_without_an_owner_last() -> None:
    entries = (
        due("a", "2026-10-01"),
        due("b", "2026-10-02", "Cleo"),
        due("c", "2026-10-01", "Cleo"),
        due("d", "2026-10-03", "ann"),
    )
    assert [entry.path for entry in list_overdue(entries, TODAY)] == [
        "d.md",
        "c.md",
        "b.md",
        "a.md",
    ]


@pytest.mark.parametrize(
    ("owner", "message"),
    [
        ("Ann", "content/a.md: should have been reviewed by Ann by 2026-11-01"),
        ("", "content/a.md: should have been reviewed by 2026-11-01"),
    ],
)
def test_an_overdue_review_is_an_advice(owner: str, message: str) -> None:
    (found,) = find_overdue([due("a", "2026-11-01", owner)], TODAY)
    hint = 'read it, put right what has changed, and set "review_by" to the next date'
    assert (found.is_advice, found.describe("content")) == (True, f"{message}; {hint}")


def test_a_review_by_nobody_is_an_advice() -> None:
    entries = (
        due("a", "2027-11-01"),
        due("b", "2027-11-01", "Ann"),
        make_raw("c.md"),
        due("d", "2027-11-01", more="draft: true"),
    )
    assert [(found.is_advice, found.describe("content")) for found in find_unowned(entries)] == [
        (
            True,
            (
                "content/a.md: is to be reviewed by 2027-11-01, but has no owner; "
                "say who does it: owner: …"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("front_matter", "is_ahead"),
    [
        ("", False),
        ("updated: 2026-11-02", False),
        ("updated: 2026-11-03", False),
        ("updated: 2026-11-04", True),
        ("updated: 2026-11-04\ndraft: true", False),
    ],
)
def test_an_update_is_not_to_come_but_it_may_be_tomorrow_elsewhere(
    front_matter: str, *, is_ahead: bool
) -> None:
    found = find_dated_ahead([make_raw("a.md", front_matter)], TODAY)
    message = (
        'content/a.md: "updated" is 2026-11-04, a day that is still to come; '
        "write the day on which the answer was changed"
    )
    told = [(each.is_advice, each.describe("content")) for each in found]
    assert told == ([(True, message)] if is_ahead else [])


def test_what_is_overdue_is_a_list_of_tasks_under_its_owners() -> None:
    entries = list_overdue(
        (
            due("pay/day", "2026-10-02", "'@ann'", question="When is *pay day*?"),
            due("pay/a_b", "2026-10-01", "'@ann'", question="Is there more?"),
            due("dogs", "2026-09-01", question="May I bring dogs?"),
        ),
        TODAY,
    )
    assert format_checklist(entries, Settings(title="Questions"), "content") == (
        "## `@ann`\n"
        "\n"
        "- [ ] 2026-10-01: `Is there more?` (`content/pay/a_b.md`)\n"
        "- [ ] 2026-10-02: `When is *pay day*?` (`content/pay/day.md`)\n"
        "\n"
        "## Without an owner\n"
        "\n"
        "- [ ] 2026-09-01: `May I bring dogs?` (`content/dogs.md`)\n"
    )


def test_a_task_leads_to_where_its_entry_is_edited() -> None:
    settings = Settings(title="Questions", repository=REPOSITORY)
    assert format_checklist(
        [due("my dogs", "2026-10-02", question="Dogs?")], settings, "content"
    ) == (
        "## Without an owner\n"
        "\n"
        f"- [ ] 2026-10-02: [`Dogs?`]({REPOSITORY}/edit/main/content/my%20dogs.md)\n"
    )


def test_where_nothing_is_overdue_there_is_no_list() -> None:
    assert format_checklist((), Settings(title="Questions"), "content") == ""
