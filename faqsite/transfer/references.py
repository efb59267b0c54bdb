"""What `related` and `moved_from` of an article from elsewhere are, now that it is an entry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from faqsite.content.links import find_entry, names_of
from faqsite.content.redirects import old_address
from faqsite.content.validate import question_key
from faqsite.model.records import RawContent
from faqsite.model.urls import (
    address_of,
    category_address,
    folders_above,
    is_reserved,
    slugify_path,
)
from faqsite.transfer.placing import Placed
from faqsite.transfer.relinking import OldSite, split_address

_NO_ENTRY = "left out of related what is no entry"
_NO_ADDRESS = "left out an old address at which no page can stand"
_NO_QUERY = "left out what stands behind the ? or # of an old address"
# "Install.md" and "install/index.md" were pages without that end.
_PAGE_ENDING = re.compile(r"(?:(?:^|/)(?:_?index|readme))?\.\w+$", re.IGNORECASE)
_MARKDOWN_ENDING = re.compile(r"\.(?:md|mdx|markdown)$")


class References:
    """What the entries are called that `related` can name: by path, question, or old address."""

    def __init__(self, content: RawContent, accepted: Sequence[Placed], site: OldSite) -> None:
        entries: list[tuple[str, str, bool]] = [
            (each.path, each.question, each.draft) for each in content.entries
        ]
        entries += [(each.path, each.entry.question, each.entry.draft) for each in accepted]
        self._named = names_of(path for path, _, _ in entries)
        self._drafts = frozenset(path for path, _, draft in entries if draft)
        self._asked = {question_key(question): path for path, question, _ in entries}
        self._site = site

    def of(self, placed: Placed, advice: list[str]) -> tuple[str, ...]:
        """Return the references of an article as an entry has them."""
        found: list[str] = []
        for reference in placed.entry.related:
            meant = find_entry(reference, self._named, self._drafts)
            path = (
                (meant if isinstance(meant, str) else "")
                or self._asked.get(question_key(reference))
                or self._site.find_article(placed.entry.base, reference)
            )
            if path and path not in (*found, placed.path) and path not in self._drafts:
                found.append(path)
            elif not path:
                advice.append(_NO_ENTRY)
        return tuple(path.removesuffix(".md") for path in found)


class OldAddresses:
    """Which old addresses are still free."""

    def __init__(self, content: RawContent, accepted: Sequence[Placed], url: str) -> None:
        self._root = split_address(url).path
        paths = [*(each.path for each in content.entries), *(each.path for each in accepted)]
        folders = {each.path for each in content.categories}
        folders |= {folder for path in paths for folder in folders_above(path)}
        self._occupied = {_folded(path) for path in paths}
        self._occupied |= {
            category_address(slugify_path(each)).casefold() for each in ("", *folders)
        }
        self._occupied |= {each.address.casefold() for each in content.attachments}
        self._claimed = {
            (old_address(moved) or "").casefold()
            for entry in content.entries
            for moved in entry.moved_from
        }

    def of(self, placed: Placed, advice: list[str]) -> tuple[str, ...]:
        """Return the old addresses of an article that can lead to it."""
        entry = placed.entry
        olds: list[str] = [*entry.moved_from]
        if self._root and entry.base.startswith("/"):
            olds.append(self._root + _PAGE_ENDING.sub("", entry.base.lstrip("/")))
        found: list[str] = []
        for old in dict.fromkeys(olds):
            split = split_address(old)
            if split.query or split.fragment:
                advice.append(_NO_QUERY)
            path = split.path if split.scheme or split.query or split.fragment else old
            path = _MARKDOWN_ENDING.sub("", path)
            address = old_address(path)
            folded = (address or "").casefold()
            if folded == _folded(placed.path) or not path.strip("/"):
                continue
            if (
                address is None
                or is_reserved(address)
                or folded in self._occupied
                or folded in self._claimed
            ):
                advice.append(_NO_ADDRESS)
                continue
            self._claimed.add(folded)
            found.append(path)
        return tuple(found)


def _folded(path: str) -> str:
    return address_of(path).casefold()
