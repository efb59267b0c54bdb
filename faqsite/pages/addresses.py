"""Links: from a page to any other, to a static file, and within an answer wherever it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from faqsite.model import urls
from faqsite.model.records import (
    AnswerPart,
    ElementId,
    Entry,
    Faq,
    HeadingLevel,
    LinkTarget,
    OutputFile,
    PictureSize,
)
from faqsite.pages.pictures import missing_sides, size_of
from faqsite.pages.sentences import unknown


class Addresses:
    """The links of a site, each from the address of the page that it is on."""

    def __init__(
        self, static_files: Iterable[OutputFile], *, url: str = "", base_path: str = "/"
    ) -> None:
        """Take the public address ("" if unknown) and the path of the site, both ending in "/"."""
        self._url = url
        self._base_path = base_path
        self._static_files = {
            file.address.removeprefix(urls.ASSETS): file.content for file in static_files
        }
        self._versions = {
            name: hashlib.sha256(content).hexdigest()[:8]
            for name, content in self._static_files.items()
        }

    def public_url(self, address: str) -> str:
        """Return the public address of a page, "" if that of the site is unknown."""
        folder, _, name = address.rpartition("/")
        path = (folder and folder + "/") + ("" if name == urls.HOME else name)
        return self._url and self._url + quote(path)

    def link(self, source: str, target: str, fragment: str = "") -> str:
        """Return the link from a page; from 404.html, served at any depth, one from the root."""
        if source == urls.MISSING:
            return self._base_path + urls.link("", target, fragment)
        return urls.link(source, target, fragment)

    def asset(self, source: str, name: str) -> str:
        """Return the link to a static file, e.g. "../assets/style.css?v=3f2a91c4"."""
        if name not in self._versions:
            raise unknown(f'no file "{name}" in static/', name, self._versions)
        return f"{self.link(source, urls.ASSETS + name)}?v={self._versions[name]}"

    def content_of(self, name: str) -> bytes:
        """Return what a static file holds, nothing if it is not there."""
        return self._static_files.get(name, b"")


class Answers:
    """The answers of a FAQ, as HTML for any page."""

    def __init__(self, faq: Faq, addresses: Addresses) -> None:
        self._link = addresses.link
        self._sizes = {each.path: size_of(each.content) for each in faq.attachments}
        self._entries = {entry.path: entry for entry in faq.top.all_entries}
        self._addresses = {each.path: each.address for each in faq.attachments}
        self._addresses |= {each.path: each.address for each in (faq.top, *faq.top.all_categories)}

    def html(self, entry: Entry, address: str = urls.HOME, level: int = 2) -> str:
        """Return an answer for the page at an address, below a heading of that level."""
        return "".join(self._resolve(part, entry, address, level) for part in entry.answer.parts)

    def _resolve(self, part: AnswerPart, entry: Entry, address: str, level: int) -> str:
        match part:
            case str():
                return part
            case ElementId(name=name):
                return escape(f"{entry.anchor}--{name}")
            case HeadingLevel(depth=depth):
                return str(min(6, level + depth))
            case PictureSize(path=path):
                return missing_sides(part, self._sizes.get(path))
            case LinkTarget(path=path, fragment=fragment) if path == entry.path and fragment:
                # A footnote or heading of this answer: on whatever page it stands.
                return urls.link(address, address, f"{entry.anchor}--{fragment}")
            case LinkTarget(path=path, fragment=fragment):
                entry_there = self._entries.get(path)
                if entry_there and fragment:
                    fragment = f"{entry_there.anchor}--{fragment}"
                there = entry_there.address if entry_there else self._addresses[path]
                return self._link(address, there, fragment)
