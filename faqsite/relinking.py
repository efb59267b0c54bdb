"""Links between articles that are brought become links between entries; pictures come along."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count
from posixpath import basename, dirname, relpath, splitext
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from faqsite.bringing import Brought
from faqsite.model import ATTACHMENT_ENDINGS, PICTURE_ENDINGS, Attachment
from faqsite.oldlinks import OldLink, Piece, written
from faqsite.placing import Placed
from faqsite.targets import MAILBOX, SCHEME, is_outward
from faqsite.urls import address_of, ending_of, slugify

__all__ = ["OldSite", "Relinked", "names_of_article", "relink", "split_address"]

_NUMBERED = re.compile(r"(articles|solutions/articles)/(\d+)")
_DATED = re.compile(r"(?<=/)\d{4}-\d{2}-\d{2}-(?=[^/]+$)")
_OF_FOLDERS = re.compile(r"/(?:index|_index|readme)$")
_ENDINGS = re.compile(r"\.(?:md|mdx|markdown|html?|php)$")
_EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp);base64,(.+)", re.DOTALL)
_MAX_BYTES = 5_000_000
_MAX_SLUG_CHARS = 80

_OTHER_HOST = "a picture on another host became a link to it"
_NO_PICTURE = "a picture that is not among the files, or that no page can show, became its words"
_NO_PAGE = (
    "a link to what is not brought became its words; with --from URL it leads to the old site"
)
_OUTSIDE = "a link to what is not brought leads to the old site"
_NO_HEADING = "a link to a heading that is not there leads to the whole answer"
_NO_SCHEME = "a link that is none of https, http, mailto and tel became its words"


@dataclass(slots=True)
class OldSite:
    """How articles are called in the source, and what lies beside them."""

    url: str
    """The public address of the old site, "" if nobody said it."""
    articles: Mapping[str, str]
    """The path of the entry that an article is now, by each of its names."""
    files: Mapping[str, Callable[[], bytes]]
    """By their paths in the source."""
    standing: Mapping[str, Attachment] = field(default_factory=dict)
    """What lies in the content already, by its address in folded case."""
    dead: set[tuple[str, str]] = field(default_factory=set)
    """Links, by the entry and the address, whose heading is not there."""
    taken: dict[str, str] = field(default_factory=dict)
    """The path in the content of each file that some answer shows."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """These files, by their paths in the content."""
    hosts: frozenset[str] = frozenset()
    _by_name: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_name: defaultdict[str, list[str]] = defaultdict(list)
        for path in self.files:
            by_name[basename(path)].append(path)
        self._by_name = by_name

    def find_article(self, base: str, address: str) -> str | None:
        """Return the path of the entry that an address means, seen from an article."""
        for whole in _wholes(base, address):
            parts = split_address(whole)
            if parts.scheme and _host(whole) not in self.hosts:
                return None
            for name in self._names(parts.path, is_rooted=address.startswith(("/", "http"))):
                if name in self.articles:
                    return self.articles[name]
        return None

    def find_file(self, base: str, address: str) -> str | None:
        """Return the path in the source of the file that an address means."""
        for whole in _wholes(base, address):
            parts = split_address(whole)
            if parts.scheme and _host(whole) not in self.hosts:
                return None
            path = unquote(parts.path).lstrip("/")
            if path in self.files:
                return path
            # A generator serves "static/img/a.png" as "/img/a.png".
            likely = [
                each for each in self._by_name.get(basename(path), ()) if each.endswith(f"/{path}")
            ]
            if len(likely) == 1:
                return likely[0]
        return None

    def put_beside(self, key: str, content: Callable[[], bytes], name: str, entry: str) -> str:
        """Return the path in the content of a file that an entry shows, putting it there."""
        if key not in self.taken:
            stem, ending = splitext(name)
            slug = (slugify(stem) or "picture")[:_MAX_SLUG_CHARS].strip("-")
            made = content()
            for number in count(1):
                numbered = f"{slug}-{number}" if number > 1 else slug
                path = f"{dirname(entry)}/{numbered}{ending.lower()}".lstrip("/")
                other = self.standing.get(address_of(path).casefold())
                if other and other.content == made:
                    path = other.path
                    break
                if not other and self.contents.setdefault(path, made) == made:
                    break
            self.taken[key] = path
        return self.taken[key]

    def address_of(self, base: str, address: str) -> str:
        """Return the address on the old site, "" if nobody said where that is."""
        if split_address(base).scheme:
            return urljoin(base, address)
        if not self.url:
            return ""
        path, sign, rest = urljoin(base or "/", address).lstrip("/").partition("#")
        return urljoin(self.url, _page(path)) + sign + rest

    def _names(self, path: str, *, is_rooted: bool) -> Iterable[str]:
        name = _name(path)
        yield name
        if numbered := _NUMBERED.search(name):
            yield f"articles/{numbered[2]}"
        root = _name(split_address(self.url).path)
        if root and name.startswith(f"{root}/"):
            yield name[len(root) + 1 :]
        if is_rooted and "/" in name:
            yield name.partition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relinked:
    """Markdown whose links lead somewhere now, and what became of those that do not."""

    markdown: str
    advice: tuple[str, ...]


def names_of_article(entry: Brought) -> list[str]:
    """Return the names by which links may mean an article."""
    names = []
    for address in filter(None, (entry.base, *entry.moved_from)):
        name = _name(split_address(address).path if not address.startswith("/") else address)
        names.append(name)
        if numbered := _NUMBERED.search(name):
            names.append(f"articles/{numbered[2]}")
    return list(filter(None, names))


def relink(placed: Placed, pieces: Iterable[Piece], site: OldSite) -> Relinked:
    """Return the Markdown of an article with its links and pictures as they lead now."""
    advice: list[str] = []
    markdown = "".join(_relinked(piece, placed, site, advice) for piece in pieces)
    return Relinked(markdown=markdown, advice=tuple(dict.fromkeys(advice)))


def _relinked(
    piece: Piece, placed: Placed, site: OldSite, advice: list[str], *, is_inside: bool = False
) -> str:
    if isinstance(piece, str):
        return piece
    text = "".join(
        _relinked(each, placed, site, advice, is_inside=not piece.is_picture) for each in piece.text
    )
    if piece.is_picture:
        return _picture(piece, text, placed, site, advice, is_inside=is_inside)
    return _link(piece, text, placed, site, advice)


def _picture(
    piece: OldLink,
    text: str,
    placed: Placed,
    site: OldSite,
    advice: list[str],
    *,
    is_inside: bool,
) -> str:
    base, address = placed.entry.base, piece.address.strip()
    embedded = _EMBEDDED.fullmatch(address)
    if embedded and (put := _embedded(embedded, placed, site)):
        return written(piece, _seen_from(placed.path, put), text)
    path = site.find_file(base, address)
    if path and ending_of(path) in PICTURE_ENDINGS:
        target = site.put_beside(path, site.files[path], basename(path), placed.path)
        return written(piece, _seen_from(placed.path, target), text)
    outward = _outward(address) or site.address_of(base, address)
    words = text or _words_of(address)
    if outward and is_outward(outward) and not embedded:
        advice.append(_OTHER_HOST)
        if is_inside:
            return words
        return written(piece, _in_markdown(outward), words, is_picture=False)
    advice.append(_NO_PICTURE)
    return words


def _embedded(found: re.Match[str], placed: Placed, site: OldSite) -> str:
    """Return the path of a picture that stands in its own address, "" if it cannot be read."""
    try:
        content = b64decode(re.sub(r"\s", "", unquote(found[2])), validate=True)
    except (binascii.Error, ValueError):
        return ""
    if len(content) > _MAX_BYTES:
        return ""
    key = blake2b(content, digest_size=8).hexdigest()
    name = f"{splitext(basename(placed.path))[0]}.{found[1]}"
    return site.put_beside(f"data:{key}", lambda: content, name, placed.path)


def _link(piece: OldLink, text: str, placed: Placed, site: OldSite, advice: list[str]) -> str:
    new = _target(piece.address.strip(), placed, site, advice)
    if new is None:
        return _unlinked(piece, text)
    return written(piece, new if piece.html else _in_markdown(new), text)


def _target(address: str, placed: Placed, site: OldSite, advice: list[str]) -> str | None:
    """Return where a link leads now, None for nowhere."""
    base = placed.entry.base
    named, sign, fragment = address.partition("#")
    article = site.find_article(base, named.partition("?")[0]) if named else placed.path
    file = site.find_file(base, named) if named and not article else None
    if article:
        new = _seen_from(placed.path, article) if named else ""
        if (placed.path, f"{new}{sign}{fragment}") in site.dead or not fragment:
            advice += [_NO_HEADING] if fragment or not named else []
            return new or None
        return f"{new}{sign}{fragment}"
    if file and ending_of(file) in ATTACHMENT_ENDINGS:
        target = site.put_beside(file, site.files[file], basename(file), placed.path)
        return _seen_from(placed.path, target) + sign + fragment
    outward = _outward(address)
    if not outward and not SCHEME.match(address):
        outward = _outward(site.address_of(base, address))
        advice.append(_OUTSIDE if outward else _NO_PAGE)
    elif not outward:
        advice.append(_NO_SCHEME)
    return outward or None


def _unlinked(piece: OldLink, text: str) -> str:
    """Return what was linked, in HTML as an element that leads nowhere."""
    return "<a>" if piece.html else text


def _outward(address: str) -> str:
    """Return an address as it can be linked if it leads outward, else ""."""
    if address.startswith("//"):
        address = f"https:{address}"
    elif address.lower().startswith("www."):
        address = f"https://{address}"
    elif MAILBOX.fullmatch(address):
        address = f"mailto:{address}"
    if not re.match("(?:https?|mailto|tel):", address, re.IGNORECASE):
        return ""
    complete = quote(address, safe="/:?#[]@!$&'()*+,;=%~-._")
    return complete if is_outward(complete) else ""


def _in_markdown(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")


def _seen_from(source: str, path: str) -> str:
    return quote(relpath(path, dirname(source) or "."), safe="/")


def _wholes(base: str, address: str) -> Iterable[str]:
    """Yield an address as it may be meant from an article, which may be a folder to its links."""
    try:
        yield urljoin(base or "/", address)
        if base and not address.startswith(("/", "http")):
            yield urljoin(f"{_ENDINGS.sub('', base)}/", address)
    except ValueError:  # "http://[".
        return


def split_address(address: str) -> SplitResult:
    """Return the parts of an address, none of what is no address at all."""
    try:
        return urlsplit(address)
    except ValueError:  # "http://[".
        return urlsplit("")


def _host(address: str) -> str:
    return split_address(address).netloc.lower().removeprefix("www.")


def _name(path: str) -> str:
    """Return the path of a page as it is compared: without ending, "index", and capitals."""
    name = _ENDINGS.sub("", f"/{unquote(path).casefold().strip('/')}")
    return _DATED.sub("", _OF_FOLDERS.sub("", name)).strip("/")


def _page(path: str) -> str:
    return _OF_FOLDERS.sub("/", f"/{_ENDINGS.sub('', path)}").lstrip("/") if path else path


def _words_of(address: str) -> str:
    return splitext(basename(unquote(split_address(address).path)))[0] if len(address) < 300 else ""  # noqa: PLR2004
