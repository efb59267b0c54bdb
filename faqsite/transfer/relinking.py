"""Points the links of imported articles at entries, and imports the pictures that they show."""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import suppress
from dataclasses import replace
from itertools import count
from posixpath import basename, dirname, relpath, splitext
from urllib.parse import quote, unquote

from faqsite.answers.targets import MAILBOX, SCHEME, is_outward
from faqsite.model.records import ATTACHMENT_ENDINGS, PICTURE_ENDINGS
from faqsite.model.urls import address_of, ending_of, slugify
from faqsite.transfer.article import Article
from faqsite.transfer.oldlinks import OldLink, change_links
from faqsite.transfer.resolving import Resolver, split_address

_EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp);base64,(.+)", re.DOTALL)
_MAX_SLUG_CHARS = 80
_MAX_NAMED_CHARS = 300

_OTHER_HOST = "turned pictures on other hosts into links"
_NO_PICTURE = "kept only the descriptions of pictures that are missing or cannot be shown"
_NO_PAGE = "removed links to pages that are not imported; add --from URL to link to the old site"
_OUTSIDE = "pointed links to pages that are not imported at the old site"
_NO_SCHEME = "removed links that are not https, http, mailto or tel"


class Relinker:
    """Changes the links and pictures of articles, and puts files beside the entries."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self.contents: dict[str, bytes] = {}
        """The files that the answers need, by their new paths in the content."""
        self._saved: dict[str, str] = {}

    def relink(self, article: Article, advice: list[str]) -> str:
        """Return the answer of an article with its links and pictures as entries need them."""

        def change(link: OldLink) -> OldLink:
            if link.is_picture:
                return self._change_picture(article, link, advice)
            return replace(link, address=self._find_target(article, link.address.strip(), advice))

        return change_links(article.answer, change)

    def _change_picture(self, article: Article, picture: OldLink, advice: list[str]) -> OldLink:
        address = picture.address.strip()
        outward = ""
        if embedded := _EMBEDDED.fullmatch(address):
            with suppress(ValueError):
                content = b64decode(re.sub(r"\s", "", unquote(embedded[2])), validate=True)
                name = f"{splitext(basename(article.path))[0]}.{embedded[1]}"
                return replace(picture, address=self._save(article.path, address, name, content))
        else:
            path = self._resolver.find_file(article.base, address)
            if ending_of(path) in PICTURE_ENDINGS:
                return replace(picture, address=self._save(article.path, path))
            outward = _complete(address) or self._resolver.find_address(article.base, address)
        name = splitext(basename(unquote(split_address(address).path)))[0]
        text = picture.text or (name if len(address) < _MAX_NAMED_CHARS else "")
        is_shown = is_outward(outward)
        advice.append(_OTHER_HOST if is_shown else _NO_PICTURE)
        if picture.is_inside or not is_shown:
            return replace(picture, address="", text=text)
        attributes = None if picture.attributes is None else ()
        text = text or outward
        return OldLink(address=outward, text=text, title=picture.title, attributes=attributes)

    def _find_target(self, article: Article, address: str, advice: list[str]) -> str:
        """Return the new address of a link, "" for none."""
        base = article.base
        named, sign, fragment = address.partition("#")
        if fragment and (part := self._resolver.find_page(base, address)):
            return _link(article.path, part)
        page = self._resolver.find_page(base, named.partition("?")[0]) if named else article.path
        if page:
            new = _link(article.path, page) if named else ""
            return f"{new}#{fragment}" if fragment else new
        file = self._resolver.find_file(base, named)
        if ending_of(file) in ATTACHMENT_ENDINGS:
            return self._save(article.path, file) + sign + fragment
        outward = _complete(address)
        if not outward and SCHEME.match(address):
            advice.append(_NO_SCHEME)
        elif not outward:
            outward = _complete(self._resolver.find_address(base, address))
            advice.append(_OUTSIDE if outward else _NO_PAGE)
        return outward

    def _save(self, entry: str, key: str, name: str = "", content: bytes | None = None) -> str:
        """Put a file, by default one of the source, beside an entry, and return the link to it."""
        if key not in self._saved:
            content = self._resolver.files[key]() if content is None else content
            stem, ending = splitext(name or basename(key))
            slug = (slugify(stem) or "picture")[:_MAX_SLUG_CHARS].strip("-")
            for number in count(1):
                numbered = f"{slug}-{number}" if number > 1 else slug
                path = f"{dirname(entry)}/{numbered}{ending.lower()}".lstrip("/")
                other = self._resolver.attachments.get(address_of(path).casefold())
                if other and other.content == content:
                    path = other.path
                    break
                if not other and self.contents.setdefault(path, content) == content:
                    break
            self._saved[key] = path
        return _link(entry, self._saved[key])


def _link(entry: str, path: str) -> str:
    return quote(relpath(path, dirname(entry) or "."), safe="/")


def _complete(address: str) -> str:
    """Return the full address of another site or a mailbox, "" if it is not one."""
    if address.startswith("//"):
        address = f"https:{address}"
    elif address.lower().startswith("www."):
        address = f"https://{address}"
    elif MAILBOX.fullmatch(address):
        address = f"mailto:{address}"
    complete = quote(address, safe="/:?#[]@!$&'()*+,;=%~-._")
    return complete if is_outward(complete) else ""
