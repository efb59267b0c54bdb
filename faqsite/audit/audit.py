"""The audit: everything that a build lets pass and an editor should know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from posixpath import dirname

from faqsite.audit.expected import find_missing
from faqsite.audit.findability import Ask, check_findability
from faqsite.audit.near import find_near_questions
from faqsite.model.problems import Kind, Problem, note
from faqsite.model.records import Faq, RawContent, RawEntry

_GRACE = timedelta(days=1)
"""In another time zone it may already be tomorrow."""


def audit(content: RawContent, faq: Faq, ask: Ask, today: date) -> list[Problem]:
    """Return all problems and advice about a FAQ and its content, sorted by place."""
    findings = (
        *check_findability(content, faq, ask),
        *find_near_questions(content.entries, faq, content.changed),
        *find_missing(faq, ask),
        *find_empty_categories(content, faq),
        *(
            note(entry.path, 0, *found, is_advice=True)
            for entry in content.entries
            for found in check_dates(entry, today)
        ),
    )
    return sorted(findings)


def check_dates(entry: RawEntry, today: date) -> Iterator[tuple[Kind, str, str]]:
    """Yield the kind, fact and hint of the advice about what an editor still has to do."""
    if entry.draft:
        hint = "when it is ready, delete the line: draft: true"
        yield Kind.UNPUBLISHED_DRAFT, "is a draft, so it is not published", hint
        return
    if entry.review_by and entry.review_by < today:
        owner = f" by {entry.owner}" if entry.owner else ""
        hint = 'read it, correct it, and set "review_by" to the next date'
        yield Kind.REVIEW_OVERDUE, f"review{owner} was due on {entry.review_by}", hint
    if entry.review_by and not entry.owner:
        fact = f"is due for review on {entry.review_by}, but has no owner"
        yield Kind.NO_OWNER, fact, "add the line: owner: NAME"
    if entry.updated and entry.updated > today + _GRACE:
        fact = f'"updated" is {entry.updated}, which is in the future'
        yield Kind.FUTURE_DATE, fact, "write the day the answer changed"


def list_overdue(entries: Iterable[RawEntry], today: date) -> list[RawEntry]:
    """Return the published entries whose review is overdue, by owner and date, ownerless last."""
    late = [each for each in entries if each.review_by and each.review_by < today]
    late.sort(key=lambda each: (str(each.review_by), each.path))
    late.sort(key=lambda each: (not each.owner, each.owner.casefold(), each.owner))
    return [each for each in late if not each.draft]


def find_empty_categories(content: RawContent, faq: Faq) -> Iterator[Problem]:
    """Yield advice for each folder without a published answer, unless it is for pictures."""
    shown = {"", *(category.path for category in faq.top.all_categories)}
    for category in content.categories:
        if category.path in shown or dirname(category.path) not in shown:
            continue
        inside = f"{category.path}/"
        has_pictures = any(each.path.startswith(inside) for each in content.attachments)
        has_drafts = any(each.path.startswith(inside) for each in content.entries)
        if has_drafts or not has_pictures:
            fact = "this folder has no published answer, so the site does not show it"
            hint = "write one, or delete the folder"
            yield note(category.path, 0, Kind.NOTHING_PUBLISHED, fact, hint, is_advice=True)
