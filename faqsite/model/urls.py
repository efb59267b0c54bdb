"""Slugs, addresses, and the relative link from one page to another.

An address is a POSIX path relative to the site's root, not yet escaped:
"team/time-zone.html". A link is what stands in an `href`: "../team/time-zone.html".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from posixpath import commonprefix
from urllib.parse import quote

HOME, MISSING = "index.html", "404.html"
OWN_PAGES = {"all.html": "all", "search.html": "search", MISSING: "missing_title"}
"""The pages that are no list and no entry, by address: the key of the heading in `words.yaml`.

The plan, and what no content can be called, follow from it; the template has the page's name.
"""
ASSETS, SEARCH_PARTS, SEARCH_TEXTS = "assets/", "search-part/", "search-text/"
RESERVED_FOLDERS = (ASSETS, SEARCH_PARTS, SEARCH_TEXTS)
"""Folders of the site, at its top, that no content can have."""

_FURTHER_PAGE = re.compile(r"(.*/)?page-[0-9]+\.html", re.IGNORECASE)

# The anchor of an entry can hold a slash, and a place in a PDF is "page=3".
_IN_FRAGMENTS = "/=,"
# What separates the words of a slug: all but letters, marks and digits.
_SEPARATORS = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile("['\u2019\u02bc]")


def slugify(name: str) -> str:
    """Return the safe slug of a name: "What is pay?" gives "what-is-pay".

    Letters of every script stay, accents are dropped, all else becomes one
    hyphen. The result never holds "_" or "--" and can be empty ("???").
    """
    folded = unicodedata.normalize("NFKD", name)
    folded = re.sub("[\u0300-\u036f]", "", folded)
    folded = unicodedata.normalize("NFC", folded).lower()
    return _SEPARATORS.sub("-", _APOSTROPHES.sub("", folded)).strip("-")


def split_name(path: str) -> tuple[str, str, str]:
    """Return the folder of a file, its name, and its ending: ("team", "Our map", "pdf")."""
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    return (folder, stem, ending.lower()) if dot else (folder, name, "")


def ending_of(path: str) -> str:
    """Return the ending of a name, in small letters and without its dot."""
    return split_name(path)[2]


def folders_above(path: str) -> Iterator[str]:
    """Yield the folders that a file is in, the innermost first: "pay/bonus", then "pay"."""
    while path := path.rpartition("/")[0]:
        yield path


def address_of(path: str) -> str:
    """Return the address of a file of the content: "pay/day.html" for "Pay/Day.md"."""
    folder, stem, ending = split_name(path)
    name = f"{slugify(stem)}.{'html' if ending == 'md' else ending}"
    return f"{slugify_path(folder)}/{name}" if folder else name


def slugify_path(path: str) -> str:
    """Return the path with each of its names as a slug: "Pay & more/2026" gives "pay-more/2026"."""
    return "/".join(map(slugify, path.split("/")))


def entry_address(category: str, slug: str) -> str:
    """Return the address of an entry: "team/time-zone.html"."""
    return f"{category}/{slug}.html" if category else f"{slug}.html"


def category_address(path: str) -> str:
    """Return the address of a category: "team/index.html"; of the home page for ""."""
    return f"{path}/{HOME}" if path else HOME


def page_address(address: str, number: int) -> str:
    """Return the address of the further page `number` of a list: "team/page-2.html"."""
    return address if number == 1 else address.removesuffix(HOME) + f"page-{number}.html"


def list_of_page(address: str) -> str | None:
    """Return the address of the list that a further page goes on with; None for another page.

    >>> list_of_page("team/page-2.html")
    'team/index.html'
    """
    found = _FURTHER_PAGE.fullmatch(address)
    return (found[1] or "") + HOME if found else None


def is_reserved(address: str) -> bool:
    """Tell whether the site keeps an address for pages or files of its own."""
    folded = address.casefold()
    is_own = folded in {HOME, *OWN_PAGES} or folded.startswith(RESERVED_FOLDERS)
    return is_own or list_of_page(folded) is not None


def link(source: str, target: str, fragment: str = "") -> str:
    """Return the link from the page at `source` to `target`, both addresses.

    >>> link("team/time-zone.html", "pay/index.html", "visa")
    '../pay/index.html#visa'
    """
    if source == target and fragment:
        return "#" + quote(fragment, safe=_IN_FRAGMENTS)
    *folders, _ = source.split("/")
    *target_folders, name = target.split("/")
    shared = len(commonprefix([folders, target_folders]))
    steps = [".."] * (len(folders) - shared) + target_folders[shared:]
    path = quote("/".join((*steps, name)))
    return path + ("#" + quote(fragment, safe=_IN_FRAGMENTS) if fragment else "")
