"""Where the content is edited: the pages of its repository on GitHub."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from faqsite.model.records import Settings

BRANCH = "main"
"""The branch that is published, unless the address of the repository names another."""
NEW_NAME = "new-question"
"""What a new file is called until its author names it."""
_STEP = 10


def edit_link(settings: Settings, path: str) -> str:
    """Return where a file of the content can be edited, "" if nothing is known of a repository."""
    return _link(settings, "edit", path)


def add_link(settings: Settings, folder: str, orders: Iterable[int | None]) -> str:
    """Return where a file can be added to a folder of the content, begun as an entry.

    It is to come last: its order is the next ten after those of the entries that are there.
    """
    link = _link(settings, "new", folder)
    filled = urlencode({"filename": f"{NEW_NAME}.md", "value": _begun(orders)}, quote_via=quote)
    return link and f"{link}?{filled}"


def _begun(orders: Iterable[int | None]) -> str:
    """Return the front matter of an entry with nothing in it that could be published so."""
    known = [order for order in orders if order is not None]
    order = f"order: {max(known) // _STEP * _STEP + _STEP}\n" if known else ""
    return f"---\nquestion: \nalso_asked:\n  - \n{order}---\n\n"


def _link(settings: Settings, page: str, path: str) -> str:
    """Return e.g. "https://github.com/o/r/edit/main/content/pay/day.md"."""
    if not settings.repository:
        return ""
    repository, _, branch = settings.repository.partition("/tree/")
    return f"{repository}/{page}/{branch or BRANCH}/content/{quote(path)}".rstrip("/")
