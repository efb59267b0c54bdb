"""Links between imported articles become links between entries; pictures come along."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2b
from itertools import count
from posixpath import basename, dirname, relpath, splitext
from urllib.parse import quote, unquote

from faqsite.answers.targets import MAILBOX, SCHEME, is_outward
from faqsite.model.records import ATTACHMENT_ENDINGS, PICTURE_ENDINGS, Attachment
from faqsite.model.urls import address_of, ending_of, slugify
from faqsite.transfer.oldlinks import OldLink, change_links
from faqsite.transfer.placing import Placed
from faqsite.transfer.resolving import Resolver, split_address

_EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp);base64,(.+)", re.DOTALL)
_MAX_BYTES = 5_000_000
_MAX_SLUG_CHARS = 80
_MAX_NAMED_CHARS = 300

_OTHER_HOST = "a picture on another host became a link to it"
_NO_PICTURE = "a picture that is not among the files, or that no page can show, became its words"
_NO_PAGE = (
    "a link to what is not imported became its words; with --from URL it leads to the old site"
)
_OUTSIDE = "a link to what is not imported leads to the old site"
_NO_HEADING = "a link to a heading that is not there leads to the whole answer"
_NO_SCHEME = "a link that is none of https, http, mailto and tel became its words"


class Relinker:
    """Changes the links and pictures of articles, and puts files beside the entries."""

    def __init__(
        self,
        resolver: Resolver,
        files: Mapping[str, Callable[[], bytes]],
        attachments: Iterable[Attachment],
        dead: Collection[tuple[str, str]],
    ) -> None:
        """Know the files of the source, those of the content, and the dead links.

        A dead link is an entry and an address whose heading is not there.
        """
        self.contents: dict[str, bytes] = {}
        """The files that some answer shows, by their new paths in the content."""
        self._resolver, self._files, self._dead = resolver, files, dead
        self._there = {each.address.casefold(): each for each in attachments}
        self._put: dict[str, str] = {}

    def relink(self, placed: Placed, answer: str, advice: list[str]) -> str:
        """Return the answer of an article with its links and pictures as they lead now."""

        def change(link: OldLink) -> str:
            if link.is_picture:
                return self._show(placed, link, advice)
            target = self._find_target(placed, link.address.strip(), advice)
            return link.lead_to(target) if target else link.lead_nowhere()

        return change_links(answer, change)

    def _show(self, placed: Placed, picture: OldLink, advice: list[str]) -> str:
        address, base = picture.address.strip(), placed.article.base
        embedded = _EMBEDDED.fullmatch(address)
        if embedded and (target := self._save_embedded(placed.path, embedded)):
            return picture.lead_to(target)
        path = self._resolver.find_file(base, address)
        if ending_of(path) in PICTURE_ENDINGS:
            return picture.lead_to(self._save(placed.path, path))
        outward = _complete(address) or self._resolver.find_address(base, address)
        words = picture.text or _name_in(address)
        if embedded or not is_outward(outward):
            advice.append(_NO_PICTURE)
            return words
        advice.append(_OTHER_HOST)
        return words if picture.is_inside else picture.as_link(words or outward).lead_to(outward)

    def _find_target(self, placed: Placed, address: str, advice: list[str]) -> str:
        """Return where a link leads now, "" for nowhere."""
        base = placed.article.base
        named, sign, fragment = address.partition("#")
        page = self._resolver.find_page(base, named.partition("?")[0]) if named else placed.path
        if page:
            new = _link(placed.path, page) if named else ""
            if fragment and (placed.path, f"{new}#{fragment}") not in self._dead:
                return f"{new}#{fragment}"
            if fragment or not named:
                advice.append(_NO_HEADING)
            return new
        file = self._resolver.find_file(base, named)
        if ending_of(file) in ATTACHMENT_ENDINGS:
            return self._save(placed.path, file) + sign + fragment
        outward = _complete(address)
        if not outward and SCHEME.match(address):
            advice.append(_NO_SCHEME)
        elif not outward:
            outward = _complete(self._resolver.find_address(base, address))
            advice.append(_OUTSIDE if outward else _NO_PAGE)
        return outward

    def _save_embedded(self, entry: str, found: re.Match[str]) -> str:
        """Return the link to a picture that is its own address, "" if it cannot be read."""
        try:
            content = b64decode(re.sub(r"\s", "", unquote(found[2])), validate=True)
        except (binascii.Error, ValueError):
            return ""
        if len(content) > _MAX_BYTES:
            return ""
        key = f"data:{blake2b(content, digest_size=8).hexdigest()}"
        return self._save(entry, key, f"{splitext(basename(entry))[0]}.{found[1]}", content)

    def _save(self, entry: str, key: str, name: str = "", content: bytes | None = None) -> str:
        """Return the link to a file, by default one of the source, putting it beside an entry."""
        if key not in self._put:
            made = self._files[key]() if content is None else content
            stem, ending = splitext(name or basename(key))
            slug = (slugify(stem) or "picture")[:_MAX_SLUG_CHARS].strip("-")
            for number in count(1):
                numbered = f"{slug}-{number}" if number > 1 else slug
                path = f"{dirname(entry)}/{numbered}{ending.lower()}".lstrip("/")
                other = self._there.get(address_of(path).casefold())
                if other and other.content == made:
                    path = other.path
                    break
                if not other and self.contents.setdefault(path, made) == made:
                    break
            self._put[key] = path
        return _link(entry, self._put[key])


def _link(entry: str, path: str) -> str:
    return quote(relpath(path, dirname(entry) or "."), safe="/")


def _complete(address: str) -> str:
    """Return an address as it can be linked if it leads outward, else ""."""
    if address.startswith("//"):
        address = f"https:{address}"
    elif address.lower().startswith("www."):
        address = f"https://{address}"
    elif MAILBOX.fullmatch(address):
        address = f"mailto:{address}"
    complete = quote(address, safe="/:?#[]@!$&'()*+,;=%~-._")
    return complete if is_outward(complete) else ""


def _name_in(address: str) -> str:
    """Return the name of the file at an address, without its ending; "" if that is too long."""
    if len(address) >= _MAX_NAMED_CHARS:
        return ""
    return splitext(basename(unquote(split_address(address).path)))[0]
