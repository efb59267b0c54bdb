"""The audit: what a build lets pass, and an editor should know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from faqsite.findability import Ask, check_findability
from faqsite.model import Faq, RawContent
from faqsite.near import find_near_questions
from faqsite.problems import Problem
from faqsite.reviews import find_dated_ahead, find_overdue, find_unowned
from faqsite.unpublished import find_drafts, find_empty_categories

__all__ = ["Audit", "audit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an audit found, sorted by place, and how much was asked for that."""

    findings: tuple[Problem, ...]
    queries: int
    entries: int


def audit(content: RawContent, faq: Faq, ask: Ask, today: date) -> Audit:
    """Return what is to be said of a FAQ and the content that it was made of.

    Each audit is a function of what it needs; all of them stand here.
    """
    findability = check_findability(content, faq, ask)
    findings = (
        *findability.findings,
        *find_near_questions(content.entries, faq),
        *find_overdue(content.entries, today),
        *find_unowned(content.entries),
        *find_dated_ahead(content.entries, today),
        *find_drafts(content.entries),
        *find_empty_categories(content, faq),
    )
    return Audit(
        findings=tuple(sorted(findings)),
        queries=findability.queries,
        entries=sum(1 for _ in faq.top.all_entries),
    )
