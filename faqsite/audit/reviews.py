"""Overdue reviews, as a list of tasks for their owners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from faqsite.audit.report import code_span
from faqsite.content.github import edit_link
from faqsite.model.problems import shortened
from faqsite.model.records import RawEntry, Settings


def list_overdue(entries: Iterable[RawEntry], today: date) -> list[RawEntry]:
    """Return the published entries whose review is overdue, by owner, then by date.

    Those without an owner come last.
    """

    def place(entry: RawEntry) -> tuple[bool, str, str, date | None, str]:
        owner = entry.owner
        return not owner, owner.casefold(), owner, entry.review_by, entry.path

    late = (each for each in entries if each.review_by and each.review_by < today)
    return sorted((each for each in late if not each.draft), key=place)


def format_checklist(entries: Sequence[RawEntry], settings: Settings, folder: str) -> str:
    """Return entries, sorted as by `list_overdue`, as Markdown tasks under their owners.

    Each links to where it can be edited, if the repository is known. Nothing that an author
    wrote has an effect: an @ notifies nobody.
    """
    blocks = []
    for owner, owned in groupby(entries, key=lambda entry: entry.owner):
        blocks.append(f"## {code_span(owner) if owner else 'Without an owner'}")
        blocks.append("\n".join(_task(entry, settings, folder) for entry in owned))
    return "\n\n".join(blocks) + "\n" * bool(blocks)


def _task(entry: RawEntry, settings: Settings, folder: str) -> str:
    question, link = (
        code_span(shortened(entry.question or entry.path)),
        edit_link(settings, entry.path),
    )
    path = code_span(f"{folder}/{entry.path}")
    return f"- [ ] {entry.review_by}: " + (
        f"[{question}]({link})" if link else f"{question} ({path})"
    )
