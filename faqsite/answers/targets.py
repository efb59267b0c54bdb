"""Where the links and pictures of an entry lead: into the content, outward, or nowhere."""

from __future__ import annotations

import re
from posixpath import basename, dirname, join, normpath, splitext
from unicodedata import normalize
from urllib.parse import unquote

from faqsite.answers.allowlist import SCHEMES
from faqsite.content.links import hint_upload
from faqsite.model.problems import quoted
from faqsite.model.records import ATTACHMENT_ENDINGS, PICTURE_ENDINGS
from faqsite.model.urls import ending_of

_OUTWARD = re.compile(r"(?:https?://[^\s/\\?#]|mailto:[^\s\\]|tel:[^\s\\])[^\s\\]*", re.IGNORECASE)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
MAILBOX = re.compile(r"[^\s/@:#?]+@[^\s/@:#?]+\.\w+")
"""An address that looks like a mail address, without its scheme."""

_ENDINGS = ATTACHMENT_ENDINGS | {"md"}


class LinkError(Exception):
    """A link or picture leads nowhere: a fact and a hint."""


def is_outward(address: str) -> bool:
    """Return whether a link is complete and leads to another host, a mailbox or a telephone."""
    return bool(_OUTWARD.fullmatch(address))


def find_target(entry_path: str, tag: str, address: str) -> tuple[str, str]:
    """Return the path and the fragment to which an `<a>` or `<img>` leads; raise LinkError.

    >>> find_target("pay/visa.md", "a", "../team/time-zone.md#hours")
    ('team/time-zone.md', 'hours')

    "../team/" and the README.md in it are the folder "team". A leading "/" is the
    content folder, and so is "/content/", as in GitHub's preview.
    """
    what = "picture" if tag == "img" else "link"
    if not address:
        raise LinkError(f"a {what} has no address", "write it between the parentheses")
    fact = f"the {what} {quoted(address)}"
    if tag == "img":
        _check_picture(address, fact, dirname(entry_path))
    else:
        _check_link(address, fact)
    written, _, fragment = address.partition("#")
    # Paths of the content are NFC, however a system wrote the names of its files.
    named, fragment = normalize("NFC", unquote(written)), unquote(fragment)
    if not named:
        return entry_path, fragment
    if named.startswith("/"):
        path = normpath(re.sub(r"\A/(?:content/)?", "", named).lstrip("/"))
    else:
        path = normpath(join(dirname(entry_path), named))
    if path.startswith("../") or path == "..":
        raise LinkError(f"{fact} leads outside the content folder", "link to a file inside it")
    if basename(named) == "README.md":
        path = dirname(path)
    elif basename(named) not in {"", ".", ".."} and ending_of(path) not in _ENDINGS:
        raise LinkError(f"{fact} does not lead to a file in the content", _hint_inward(written))
    return ("" if path == "." else path), fragment


def _check_link(address: str, fact: str) -> None:
    scheme = SCHEME.match(address)
    if scheme and scheme[1].lower() not in SCHEMES:
        hint = "use https:, http:, mailto: or tel:, or the path of a file in the content"
        raise LinkError(f'{fact} starts with "{scheme[0]}"', hint)
    if hint := _hint_outward(address):
        raise LinkError(f"{fact} is not a complete address", hint)
    if "\\" in unquote(address):
        raise LinkError(f'{fact} contains "\\"', "write / instead")


def _check_picture(address: str, fact: str, folder: str) -> None:
    hint = f"{hint_upload(folder)} and write ![what it shows](file.png)"
    if SCHEME.match(address) or address.startswith(("//", "#")):
        raise LinkError(f"{fact} is not a file in the content", hint)
    if ending_of(unquote(address.partition("#")[0])) not in PICTURE_ENDINGS:
        endings = ", ".join(f".{ending}" for ending in sorted(PICTURE_ENDINGS))
        raise LinkError(f"browsers cannot show {fact}", f"save it as one of {endings}")


def _hint_outward(address: str) -> str:
    """Return how to complete an address that leads outward, "" for one into the content."""
    scheme = SCHEME.match(address)
    if address.startswith("//"):
        complete = f"https:{address}"
    elif address.lower().startswith("www."):
        complete = f"https://{address}"
    elif MAILBOX.fullmatch(address):
        complete = f"mailto:{address}"
    elif not scheme:
        return ""
    elif scheme[1].lower() == "tel":
        # The zero in "+44 (0)20" is only for calls inside the country.
        complete = "tel:" + re.sub(r"\(0\)|[^0-9+]", "", address)
    else:
        # A mailbox has no spaces; in a page or a subject they may be meant.
        complete = re.sub(r"\s(?=[^?/]*@)", "", address.replace("\\", "/"))
        complete = re.sub(r"\s", "%20", complete)
    if complete == address or not is_outward(complete):
        return "write it in full, such as https://example.org/page or mailto:jobs@example.org"
    return f"write {complete}"


def _hint_inward(written: str) -> str:
    stem, suffix = splitext(written)
    if suffix.lower() not in {"", ".html", ".htm"}:
        return "link to an entry (.md), a folder (/), a picture or a PDF"
    if basename(stem) == "index" and suffix:
        return f"write {dirname(stem) or '.'}/"
    return f"write {stem}.md for an entry" + ("" if suffix else f", or {stem}/ for a folder")
