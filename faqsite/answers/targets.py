"""Where the links and pictures of an entry lead: into the content, outward, or nowhere."""

from __future__ import annotations

import re
from posixpath import basename, dirname, join, normpath, splitext
from unicodedata import normalize
from urllib.parse import unquote

from faqsite.answers.allowlist import SCHEMES
from faqsite.model.problems import quoted
from faqsite.model.records import ATTACHMENT_ENDINGS, PICTURE_ENDINGS
from faqsite.model.urls import ending_of

_OUTWARD = re.compile(r"(?:https?://[^\s/\\?#]|mailto:[^\s\\]|tel:[^\s\\])[^\s\\]*", re.IGNORECASE)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
MAILBOX = re.compile(r"[^\s/@:#?]+@[^\s/@:#?]+\.\w+")
"""What seems to be a mail address, written without its scheme."""


class LinkError(Exception):
    """An address leads nowhere: what is wrong with it, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint


def is_outward(address: str) -> bool:
    """Tell whether a link is complete and leads to another host, a mailbox or a telephone."""
    return bool(_OUTWARD.fullmatch(address))


def target(entry_path: str, tag: str, address: str) -> tuple[str, str]:
    """Return the path and the fragment to which an `<a>` or `<img>` leads; raise LinkError.

    >>> target("pay/visa.md", "a", "../team/time-zone.md#hours")
    ('team/time-zone.md', 'hours')

    "../team/" and the README.md in it are the folder "team". A leading "/" is the
    content folder, and so is "/content/", which is what GitHub's preview reads.
    """
    wrong = f"the {'picture' if tag == 'img' else 'link'} {quoted(address)}"
    if not address:
        raise LinkError(f"<{tag}> has no address", "write it between the parentheses")
    (_check_picture if tag == "img" else _check_link)(address, wrong)
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
        raise LinkError(f"{wrong} leaves the content folder", "link to a file inside it")
    if basename(named) == "README.md":
        path = dirname(path)
    elif basename(named) not in {"", ".", ".."} and not _is_file(path):
        raise LinkError(f"{wrong} leads to no file of the content", _hint_inward(written))
    return ("" if path == "." else path), fragment


def _check_link(address: str, wrong: str) -> None:
    scheme = SCHEME.match(address)
    if scheme and scheme[1].lower() not in SCHEMES:
        hint = "links lead to https, http, mailto and tel addresses, and into the content"
        raise LinkError(f'{wrong} has the scheme "{scheme[1]}"', hint)
    if hint := _hint_outward(address):
        raise LinkError(f"{wrong} is no complete address", hint)
    if "\\" in unquote(address):
        raise LinkError(f'{wrong} holds a "\\"', 'write "/" for it')


def _check_picture(address: str, wrong: str) -> None:
    scheme = SCHEME.match(address)
    if address.startswith("//") or (scheme and scheme[1].lower() in {"http", "https"}):
        raise LinkError(f"{wrong} is on another host", "put the file beside the entry")
    if scheme or address.startswith("#"):
        raise LinkError(f"{wrong} is not a file", "put the file beside the entry")
    if ending_of(unquote(address.partition("#")[0])) not in PICTURE_ENDINGS:
        endings = ", ".join(f".{ending}" for ending in sorted(PICTURE_ENDINGS))
        raise LinkError(f"{wrong} is not a file that browsers show", f"save it as {endings}")


def _is_file(path: str) -> bool:
    return ending_of(path) in ATTACHMENT_ENDINGS | {"md"}


def _hint_outward(address: str) -> str:
    if scheme := SCHEME.match(address):  # "https:page", "tel:+46 8".
        example = {"mailto": "mailto:jobs@example.org", "tel": "tel:+468"}.get(scheme[1].lower())
        return f'write it in full and without spaces, as "{example or "https://example.org/page"}"'
    if address.startswith("//"):
        return f'write "https:{address}"'
    if address.lower().startswith("www."):
        return f'write "https://{address}"'
    return f'write "mailto:{address}"' if MAILBOX.fullmatch(address) else ""


def _hint_inward(written: str) -> str:
    stem, suffix = splitext(written)
    if suffix.lower() not in {"", ".html", ".htm"}:
        return "links lead to entries (.md), folders (/), pictures and PDFs"
    if basename(stem) == "index" and suffix:
        return f'write "{dirname(stem) or "."}/"'
    return f'write "{stem}.md" for an entry' + ("" if suffix else f', "{stem}/" for a folder')
