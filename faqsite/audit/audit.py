"""The audit: what a build lets pass, and an editor should know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from posixpath import dirname

from faqsite.audit.findability import Ask, Audit, check_findability
from faqsite.audit.near import find_near_questions
from faqsite.audit.reviews import find_dated_ahead, find_overdue, find_unowned
from faqsite.model.problems import Kind, Problem, note
from faqsite.model.records import Faq, RawContent, RawEntry


def audit(content: RawContent, faq: Faq, ask: Ask, today: date) -> Audit:
    """Return all that is wrong or doubtful in a FAQ and its content, sorted by place.

    Each audit is a function of what it needs; all of them are listed here.
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
    return replace(findability, findings=tuple(sorted(findings)))


def find_drafts(entries: Iterable[RawEntry]) -> Iterator[Problem]:
    """Yield an advice for each draft."""
    for entry in entries:
        if entry.draft:
            message = "is a draft, and so not published"
            hint = "when it is ready, take the line out: draft: true"
            yield note(entry.path, 0, Kind.UNPUBLISHED_DRAFT, message, hint, is_advice=True)


def find_empty_categories(content: RawContent, faq: Faq) -> Iterator[Problem]:
    """Yield an advice for each folder that is no category, for nothing in it is published.

    One in such a folder is not told again, and a folder of pictures is meant to be one.
    """
    shown = {"", *(category.path for category in faq.top.all_categories)}
    for category in content.categories:
        inside = f"{category.path}/"
        has_pictures = any(each.path.startswith(inside) for each in content.attachments)
        has_drafts = any(each.path.startswith(inside) for each in content.entries)
        is_told = category.path not in shown and dirname(category.path) in shown
        if is_told and (has_drafts or not has_pictures):
            message = "no answer in this folder is published, so the site does not show it"
            hint = "write one, or delete the folder"
            yield note(category.path, 0, Kind.NOTHING_PUBLISHED, message, hint, is_advice=True)
