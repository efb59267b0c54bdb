"""The dates of answers: which should have been read again, and by whom, and which lie ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from faqsite.audit.report import code_span
from faqsite.content.github import edit_link
from faqsite.model.problems import Kind, Problem, note, shortened
from faqsite.model.records import RawEntry, Settings

_GRACE = timedelta(days=1)
"""Elsewhere it may be tomorrow already."""


def list_overdue(entries: Iterable[RawEntry], today: date) -> tuple[RawEntry, ...]:
    """Return the published entries whose review is overdue, by owner, then by date.

    Those without an owner come last.
    """
    late = (each for each in entries if each.review_by and each.review_by < today)
    return tuple(sorted((each for each in late if not each.draft), key=_place))


def _place(entry: RawEntry) -> tuple[bool, str, str, date | None, str]:
    owner = entry.owner
    return not owner, owner.casefold(), owner, entry.review_by, entry.path


def find_overdue(entries: Iterable[RawEntry], today: date) -> Iterator[Problem]:
    """Yield an advice for each entry that should have been read again."""
    for entry in list_overdue(entries, today):
        owner = f" by {entry.owner}" if entry.owner else ""
        message = f"should have been reviewed{owner} by {entry.review_by}"
        hint = 'read it, put right what has changed, and set "review_by" to the next date'
        yield note(entry.path, 0, Kind.REVIEW_OVERDUE, message, hint, is_advice=True)


def find_unowned(entries: Iterable[RawEntry]) -> Iterator[Problem]:
    """Yield an advice for each entry that is to be reviewed by nobody."""
    for entry in entries:
        if entry.review_by and not entry.owner and not entry.draft:
            message = f"is to be reviewed by {entry.review_by}, but has no owner"
            hint = "say who does it: owner: …"
            yield note(entry.path, 0, Kind.NO_OWNER, message, hint, is_advice=True)


def find_dated_ahead(entries: Iterable[RawEntry], today: date) -> Iterator[Problem]:
    """Yield an advice for each entry that says it was updated on a day that is still to come."""
    for entry in entries:
        if entry.updated and entry.updated > today + _GRACE and not entry.draft:
            message = f'"updated" is {entry.updated}, a day that is still to come'
            hint = "write the day on which the answer was changed"
            yield note(entry.path, 0, Kind.FUTURE_DATE, message, hint, is_advice=True)


def format_checklist(entries: Sequence[RawEntry], settings: Settings, folder: str) -> str:
    """Return entries, sorted as `overdue` does, as tasks in Markdown under their owners.

    Each leads to where it can be edited, if the repository is known. No text of an author has
    any effect: nobody is called by an @.
    """
    blocks = []
    for owner, owned in groupby(entries, key=lambda entry: entry.owner):
        blocks.append(f"## {code_span(owner) if owner else 'Without an owner'}")
        blocks.append("\n".join(_task(entry, settings, folder) for entry in owned))
    return "\n\n".join(blocks) + "\n" * bool(blocks)


def _task(entry: RawEntry, settings: Settings, folder: str) -> str:
    question = code_span(shortened(entry.question or entry.path))
    link = edit_link(settings, entry.path)
    shown = (
        f"[{question}]({link})" if link else f"{question} ({code_span(f'{folder}/{entry.path}')})"
    )
    return f"- [ ] {entry.review_by}: {shown}"
