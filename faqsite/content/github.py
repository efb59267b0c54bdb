"""Where editors change the content: the pages of its repository on GitHub."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from faqsite.model.records import Settings

BRANCH = "main"
"""The published branch, unless the address of the repository names another."""
NEW_NAME = "new-question"
"""The name of a new file until its author names it."""


def edit_link(settings: Settings, path: str, page: str = "edit") -> str:
    """Return where to edit a file, such as "https://github.com/o/r/edit/main/content/pay/day.md".

    Return "" if the settings name no repository.
    """
    if not settings.repository:
        return ""
    repository, _, branch = settings.repository.partition("/tree/")
    return f"{repository}/{page}/{branch or BRANCH}/content/{quote(path)}".rstrip("/")


def add_link(settings: Settings, folder: str, orders: Iterable[int | None]) -> str:
    """Return where to add an entry to a folder, with its keys to fill in.

    Its order is the next multiple of ten after those of the other entries. As it is, it cannot
    be published.
    """
    known = [order for order in orders if order is not None]
    order = f"order: {max(known) // 10 * 10 + 10}\n" if known else ""
    text = f"---\nquestion: \nalso_asked:\n  - \n{order}---\n\n"
    filled = urlencode({"filename": f"{NEW_NAME}.md", "value": text}, quote_via=quote)
    link = edit_link(settings, folder, "new")
    return link and f"{link}?{filled}"
