"""What stands in the content and not on the site: drafts, and folders without an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import dirname

from faqsite.model import Faq, RawContent, RawEntry
from faqsite.problems import Kind, Problem, note

__all__ = ["find_drafts", "find_empty_categories"]


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
