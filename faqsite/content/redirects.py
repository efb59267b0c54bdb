"""`moved_from` to redirects: old addresses, and the entry that answers at each now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from unicodedata import normalize
from urllib.parse import unquote

from faqsite.content.sources import MAX_ADDRESS_BYTES
from faqsite.model.problems import Kind, Problems, shortened
from faqsite.model.records import ATTACHMENT_ENDINGS, RawEntry
from faqsite.model.urls import HOME, is_reserved, list_of_page

# A name that every file system accepts, and that is only a name: no "..", no scheme, no query.
_NAME = r'(?![.\s])[^?#<>:"|*\\\x00-\x1f\x7f-\x9f\ufffd]+(?<![.\s])'
# A folder cannot have the name of a file of the site.
_FILE_NAME = rf"(?i:.*\.(?:css|html|js|json|md|txt|xml|{'|'.join(sorted(ATTACHMENT_ENDINGS))}))"
# Windows keeps these for devices, whatever their ending.
_DEVICE = r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?"

# An address has "%20" for a space.
_SEPARATOR = re.compile(r"\s*[,;]\s+|\s+(?=/)")

_HINT = 'write a path without host, "?", "#" and "..", such as old-category/old-slug'


def old_address(path: str) -> str | None:
    """Return the address of the page that had a path; None if no page can have it.

    >>> old_address("/hc/articles/123")
    'hc/articles/123.html'
    """
    name = normalize("NFC", unquote(path, errors="replace")).removeprefix("/")
    page = f"{name}index" if name.endswith("/") else name.removesuffix(".html")
    address = f"{page}.html"
    *folders, _ = names = page.split("/")
    is_possible = (
        all(re.fullmatch(_NAME, each) for each in names)
        and not any(re.fullmatch(_DEVICE, each) for each in names)
        and not any(re.fullmatch(_FILE_NAME, each) for each in folders)
        and len(address.encode()) <= MAX_ADDRESS_BYTES
    )
    return address if is_possible else None


def plan_redirects(
    entries: Iterable[RawEntry], occupants: Mapping[str, str], problems: Problems
) -> tuple[tuple[str, str], ...]:
    """Return each old address with the path of the entry that it leads to, sorted.

    `occupants` has the path of the file that now has each address, in folded case. A redirect
    can have neither such an address nor that of another redirect.
    """
    # "blog/page-2.html" is free if "blog" is not a list of questions.
    lists = {None, HOME, *occupants}
    found: dict[str, tuple[str, str]] = {}
    for entry in entries:
        for moved in entry.moved_from:
            fact = f'"moved_from" lists "{shortened(moved)}"'
            address = old_address(moved)
            parts = _SEPARATOR.split(moved)
            # On some file systems, "Pay.html" and "pay.html" are the same file.
            folded = (address or "").casefold()
            kind, hint, about = Kind.ADDRESS_TAKEN, "remove it", ""
            if len(parts) > 1 and all(map(old_address, parts)):
                kind, about = Kind.WRONG_VALUE, "moved_from"
                fact = f"{fact}, which looks like several addresses"
                hint = f"write moved_from: [{', '.join(parts)}]"
            elif address is None or address.endswith(".md.html"):
                kind, about = Kind.WRONG_VALUE, "moved_from"
                fact = f"{fact}, which is not the path of a page"
                path = re.sub(r"\A(?:[a-z]+://[^/]*|/?content/)|\.md\Z", "", moved)
                hint = f"write {path}" if old_address(path) else _HINT
            elif is_reserved(address) and list_of_page(folded) in lists:
                fact = f"{fact}, which the site uses itself"
            elif folded in occupants:
                about = occupants[folded]
                fact = f'{fact}, which is now the address of "{about}"'
            elif folded not in found:
                found[folded] = (address, entry.path)
                continue
            elif found[folded][1] == entry.path:
                kind, about = Kind.NEEDLESS_REFERENCE, moved
                fact, hint = f"{fact} twice", "remove one"
            else:
                about = found[folded][1]
                fact = f'{fact}, and so does "{about}"'
                hint = "keep it in one of them"
            problems.add(entry.path, moved.line, kind, fact, hint, about)
    return tuple(sorted(found.values()))
