"""Links from a page to other pages and static files, and the links inside answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from faqsite.model import urls
from faqsite.model.problems import did_you_mean
from faqsite.model.records import (
    AnswerPart,
    ElementId,
    Entry,
    Faq,
    HeadingLevel,
    LinkTarget,
    PictureSize,
)
from faqsite.pages.pictures import missing_sides, size_of


class Addresses:
    """The links of a site, each relative to the page it is on."""

    def __init__(
        self, static_files: Mapping[str, bytes], *, url: str = "", base_path: str = "/"
    ) -> None:
        """Take the public address ("" if unknown) and the path of the site, both ending in "/"."""
        self._url = url
        self._base_path = base_path
        self._static_files = static_files
        self._versions = {
            address.removeprefix(urls.ASSETS): hashlib.sha256(content).hexdigest()[:8]
            for address, content in static_files.items()
        }

    def public_url(self, address: str) -> str:
        """Return the public address of a page, or "" if the site's is unknown."""
        folder, _, name = address.rpartition("/")
        path = (folder and folder + "/") + ("" if name == urls.HOME else name)
        return self._url and self._url + quote(path)

    def link(self, source: str, target: str, fragment: str = "") -> str:
        """Return the link from one page to another.

        404.html is served at any depth, so its links start at the root.
        """
        if source == urls.MISSING:
            return self._base_path + urls.link("", target, fragment)
        return urls.link(source, target, fragment)

    def asset(self, source: str, name: str) -> str:
        """Return the link to a static file, e.g. "../assets/style.css?v=3f2a91c4"."""
        if name not in self._versions:
            raise unknown(f'static/ has no file "{name}"', name, self._versions)
        return f"{self.link(source, urls.ASSETS + name)}?v={self._versions[name]}"

    def content_of(self, name: str) -> bytes:
        """Return the bytes of a static file, or none if it is missing."""
        return self._static_files.get(urls.ASSETS + name, b"")


def unknown(fact: str, name: str, known: Iterable[str]) -> TemplateRuntimeError:
    """Return the error for an unknown name in a template, with the nearest known one."""
    return TemplateRuntimeError("; ".join(filter(None, (fact, did_you_mean(name, known)))))


class Answers:
    """The answers of a FAQ, as HTML for any page."""

    def __init__(self, faq: Faq, addresses: Addresses) -> None:
        self._link = addresses.link
        self._entries = {entry.path: entry for entry in faq.top.all_entries}
        self._addresses = {entry.path: entry.address for entry in faq.top.all_entries}
        self._addresses |= {each.path: each.address for each in (faq.top, *faq.top.all_categories)}
        self._addresses |= {each.path: each.address for each in faq.attachments}
        self._sizes = {each.path: size_of(each.content) for each in faq.attachments}

    def html(self, entry: Entry, level: int = 2, address: str = urls.HOME) -> Markup:
        """Return an answer for the page at an address, below a heading of that level."""
        parts = (self._resolve(part, entry, address, level) for part in entry.answer.parts)
        return Markup("".join(parts))  # noqa: S704 (made safe when it was parsed)

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
            case LinkTarget(path=path, fragment=fragment):
                if fragment and path in self._entries:
                    fragment = f"{self._entries[path].anchor}--{fragment}"
                # A footnote or a heading of this answer is on this page too, whichever it is.
                is_here = bool(fragment) and path == entry.path
                return self._link(address, address if is_here else self._addresses[path], fragment)
