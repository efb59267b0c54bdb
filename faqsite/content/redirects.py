"""`moved_from` to redirects: old addresses, and the entries that answer there now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from unicodedata import normalize
from urllib.parse import unquote

from faqsite.content.sources import MAX_ADDRESS_BYTES
from faqsite.model.problems import Kind, Problems, shortened
from faqsite.model.records import ATTACHMENT_ENDINGS, RawEntry
from faqsite.model.urls import HOME, is_reserved, list_of_page

# A name that every file system takes, and that hides nothing: no "..", no scheme, no query.
_NAME = re.compile(r'(?![.\s])[^?#<>:"|*\\\x00-\x1f\x7f-\x9f\ufffd]+(?<![.\s])')
# No folder can be called so where a file of the site may be.
_FILE_NAME = re.compile(
    rf".*\.(?:css|html|js|json|md|txt|xml|{'|'.join(sorted(ATTACHMENT_ENDINGS))})", re.IGNORECASE
)
# Windows keeps these for devices, whatever their ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def old_address(path: str) -> str | None:
    """Return the address at which a page stood; None if a path cannot be that of a page.

    >>> old_address("/hc/articles/123")
    'hc/articles/123.html'
    """
    name = normalize("NFC", unquote(path, errors="replace")).removeprefix("/")
    page = f"{name}index" if name.endswith("/") else name.removesuffix(".html")
    address = f"{page}.html"
    names = page.split("/")
    if not all(map(_NAME.fullmatch, names)) or any(map(_FILE_NAME.fullmatch, names[:-1])):
        return None
    if any(map(_DEVICE.fullmatch, names)):
        return None
    return address if len(address.encode()) <= MAX_ADDRESS_BYTES else None


def _is_free_page(address: str, occupants: Mapping[str, str]) -> bool:
    """Tell whether an address such as "blog/page-2.html" is that of no list of questions."""
    first_page = list_of_page(address)
    return first_page not in {None, HOME} and first_page not in occupants


def plan_redirects(
    entries: Iterable[RawEntry], occupants: Mapping[str, str], problems: Problems
) -> tuple[tuple[str, str], ...]:
    """Return each old address with the path of the entry that it leads to, sorted.

    `occupants` has the path of what stands at an address now, by the address in
    folded case: there, and where another entry stood, no redirect can be.
    """
    found: dict[str, tuple[str, str]] = {}
    for entry in entries:
        for moved in entry.moved_from:
            typed = f'"{shortened(moved)}"'
            address = old_address(moved)
            # Not every file system tells "Pay.html" from "pay.html".
            folded = (address or "").casefold()
            kind, hint, about = Kind.ADDRESS_TAKEN, "take it out", ""
            if address is None:
                kind, about = Kind.WRONG_VALUE, "moved_from"
                message = f'"moved_from" must hold the path of a page, not {typed}'
                hint = "write it without host, ?, # and .., such as old-category/old-slug"
            elif address.endswith(".md.html"):
                kind, about = Kind.WRONG_VALUE, "moved_from"
                message = f'"moved_from" names the file {typed}, not the address of a page'
                hint = f"write: {moved.removesuffix('.md')}"
            elif is_reserved(address) and not _is_free_page(folded, occupants):
                message = f'"moved_from" names {typed}, which the site keeps for itself'
            elif folded in occupants:
                about = occupants[folded]
                message = f'"moved_from" names {typed}, where "{about}" stands now'
            elif folded in found and found[folded][1] == entry.path:
                kind, about = Kind.NEEDLESS_REFERENCE, moved
                message = f'"moved_from" names {typed} twice'
            elif folded in found:
                about = found[folded][1]
                message = f'"moved_from" names {typed}, as that of "{about}" does'
                hint = "an old address can lead to one entry only"
            else:
                found[folded] = (address, entry.path)
                continue
            problems.add(entry.path, moved.line, kind, message, hint, about)
    return tuple(sorted(found.values()))
