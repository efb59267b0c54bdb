"""The list of overdue reviews."""

from __future__ import annotations

from datetime import date

import pytest

from faqsite.audit.reviews import format_checklist, list_overdue
from faqsite.model.records import RawEntry, Settings
from tests.support.contents import make_raw

TODAY = date(2026, 11, 2)
REPOSITORY = "https://github.com/acme/faq"


def due(path: str, day: str, owner: str = "", question: str = "") -> RawEntry:
    return make_raw(f"{path}.md", f"review_by: {day}\nowner: {owner}", question=question)


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


def test_overdue_reviews_are_tasks_by_owner_then_date() -> None:
    entries = (
        due("dogs", "2026-09-01", question="May I bring dogs?"),
        due("cats", "2026-10-01", "Cleo", question="May I bring cats?"),
        due("pay/day", "2026-10-02", "'@ann'", question="When is *pay day*?"),
        due("pay/a_b", "2026-10-01", "'@ann'", question="Is there more?"),
        due("birds", "2026-10-03", "bob", question="May I bring birds?"),
    )
    late = list_overdue(entries, TODAY)
    assert format_checklist(late, Settings(title="Questions"), "content") == (
        "## `@ann`\n"
        "\n"
        "- [ ] 2026-10-01: `Is there more?` (`content/pay/a_b.md`)\n"
        "- [ ] 2026-10-02: `When is *pay day*?` (`content/pay/day.md`)\n"
        "\n"
        "## `bob`\n"
        "\n"
        "- [ ] 2026-10-03: `May I bring birds?` (`content/birds.md`)\n"
        "\n"
        "## `Cleo`\n"
        "\n"
        "- [ ] 2026-10-01: `May I bring cats?` (`content/cats.md`)\n"
        "\n"
        "## Without an owner\n"
        "\n"
        "- [ ] 2026-09-01: `May I bring dogs?` (`content/dogs.md`)\n"
    )


def test_a_task_links_to_where_its_entry_is_edited() -> None:
    settings = Settings(title="Questions", repository=REPOSITORY)
    late = [due("my dogs", "2026-10-02", question="Dogs?")]
    assert format_checklist(late, settings, "content") == (
        "## Without an owner\n"
        "\n"
        f"- [ ] 2026-10-02: [`Dogs?`]({REPOSITORY}/edit/main/content/my%20dogs.md)\n"
    )


def test_without_overdue_reviews_the_list_is_empty() -> None:
    assert format_checklist((), Settings(title="Questions"), "content") == ""
