"""The audit puts together all that is to be said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from faqsite.asking import Hit
from faqsite.audit import audit
from faqsite.problems import Problems
from faqsite.validate import validate
from tests.contents import make_answer, make_content, make_raw

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
    assert (found.queries, found.entries) == (3, 3)
