"""Slugs, addresses, and the relative link from one page to another.

An address is a POSIX path relative to the site's root, not yet escaped: "team/time-zone.html".
A link is the value of an `href`: "../team/time-zone.html".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from posixpath import commonprefix
from urllib.parse import quote

HOME, MISSING = "index.html", "404.html"
OWN_PAGES = {"all.html": "all", "search.html": "search", MISSING: "missing_title"}
"""The pages other than lists and entries, by address: the key of the heading in `words.yaml`.

Their templates have the same names. No content can have their addresses.
"""
ASSETS, SEARCH_PARTS, SEARCH_TEXTS = "assets/", "search-part/", "search-text/"
RESERVED_FOLDERS = (ASSETS, SEARCH_PARTS, SEARCH_TEXTS)
"""Top folders of the site that no content can have."""

_FURTHER_PAGE = re.compile(r"(.*/)?page-[0-9]+\.html", re.IGNORECASE)

# The anchor of an entry can contain a slash, and a place in a PDF is "page=3".
_IN_FRAGMENTS = "/=,"
# What separates the words of a slug: everything except letters, marks and digits.
_SEPARATORS = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile("['\u2019\u02bc]")


def slugify(name: str) -> str:
    """Return the safe slug of a name: "What is pay?" gives "what-is-pay".

    It keeps letters of every script without accents. Everything else becomes one hyphen. A slug
    never contains "_" or "--", and can be empty ("???").
    """
    folded = unicodedata.normalize("NFKD", name)
    folded = re.sub("[\u0300-\u036f]", "", folded)
    folded = unicodedata.normalize("NFC", folded).lower()
    return _SEPARATORS.sub("-", _APOSTROPHES.sub("", folded)).strip("-")


def to_ascii(address: str) -> str:
    """Return an address with its host in the ASCII form of domain names, and the rest escaped.

    Only letters, marks and digits change; what no address can contain stays.

    >>> to_ascii("https://müller.example/über"), to_ascii("jobs@straße.example")
    ('https://xn--mller-kva.example/%C3%BCber', 'jobs@xn--strae-oqa.example')
    """
    if address.isascii():
        return address
    found = re.fullmatch(r"((?:[a-z]+://)?(?:[^/?#@]*@)?)([^/?#:]*)(.*)", address, re.IGNORECASE)
    start, host, rest = found.groups() if found else ("", "", address)
    # As browsers do, and unlike the codec "idna", this does not write "ss" for "ß".
    host = unicodedata.normalize("NFKC", host.lower()).replace("\u3002", ".")
    labels = (
        f"xn--{label.encode('punycode').decode()}" if _is_word(label) else label
        for label in host.split(".")
    )
    return start + ".".join(labels) + "".join(quote(c) if _is_word(c) else c for c in rest)


def _is_word(text: str) -> bool:
    """Return whether a text is not ASCII, and only letters, marks, digits and hyphens."""
    return not text.isascii() and all(
        each == "-" or unicodedata.category(each)[0] in "LMN" for each in text
    )


def split_name(path: str) -> tuple[str, str, str]:
    """Return the folder of a file, its name, and its ending: ("team", "Our map", "pdf")."""
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    return (folder, stem, ending.lower()) if dot else (folder, name, "")


def ending_of(path: str) -> str:
    """Return the ending of a name in lower case, without the dot."""
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
    """Return a path with each name as a slug: "Pay & more/2026" gives "pay-more/2026"."""
    return "/".join(map(slugify, path.split("/")))


def entry_address(category: str, slug: str) -> str:
    """Return the address of an entry: "team/time-zone.html"."""
    return f"{category}/{slug}.html" if category else f"{slug}.html"


def category_address(path: str) -> str:
    """Return the address of a category: "team/index.html", or the home page for ""."""
    return f"{path}/{HOME}" if path else HOME


def page_address(address: str, number: int) -> str:
    """Return the address of a page of a list by its number from 1: "team/page-2.html"."""
    return address if number == 1 else address.removesuffix(HOME) + f"page-{number}.html"


def list_of_page(address: str) -> str | None:
    """Return the address of the list that a page continues, or None if it continues none.

    >>> list_of_page("team/page-2.html")
    'team/index.html'
    """
    found = _FURTHER_PAGE.fullmatch(address)
    return (found[1] or "") + HOME if found else None


def is_reserved(address: str) -> bool:
    """Return whether the site reserves an address for its own pages and files."""
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
