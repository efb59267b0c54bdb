"""Links between articles that are brought become links between entries; pictures come along."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count
from posixpath import basename, dirname, relpath, splitext
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from faqsite.answers.targets import MAILBOX, SCHEME, is_outward
from faqsite.model.records import ATTACHMENT_ENDINGS, PICTURE_ENDINGS, Attachment
from faqsite.model.urls import address_of, ending_of, slugify
from faqsite.transfer.article import Brought
from faqsite.transfer.oldlinks import OldLink, Piece, find_links, written
from faqsite.transfer.placing import Placed

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
    dead: frozenset[tuple[str, str]] = frozenset()
    """Links, by the entry and the address, whose heading is not there."""
    taken: dict[str, str] = field(default_factory=dict)
    """The path in the content of each file that some answer shows."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """These files, by their paths in the content."""
    hosts: frozenset[str] = frozenset()
    _by_name: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for path in self.files:
            self._by_name[basename(path)].append(path)

    def find_article(self, base: str, address: str) -> str | None:
        """Return the path of the entry that an address means, seen from an article."""
        is_rooted = address.startswith(("/", "http"))
        names = (
            name
            for path in self._paths(base, address)
            for name in self._names(path, is_rooted=is_rooted)
        )
        return next((self.articles[name] for name in names if name in self.articles), None)

    def find_file(self, base: str, address: str) -> str | None:
        """Return the path in the source of the file that an address means."""
        for path in (unquote(each).lstrip("/") for each in self._paths(base, address)):
            if path in self.files:
                return path
            # A generator serves "static/img/a.png" as "/img/a.png".
            likely = [each for each in self._by_name[basename(path)] if each.endswith(f"/{path}")]
            if len(likely) == 1:
                return likely[0]
        return None

    def _paths(self, base: str, address: str) -> Iterator[str]:
        """Yield the paths that an address may mean on the old site, seen from an article."""
        wholes = [(base or "/", address)]
        if base and not address.startswith(("/", "http")):
            # An article may be a folder to its links.
            wholes.append((f"{_ENDINGS.sub('', base)}/", address))
        for each in wholes:
            try:
                parts = urlsplit(urljoin(*each))
            except ValueError:  # "http://[".
                return
            if parts.scheme and parts.netloc.lower().removeprefix("www.") not in self.hosts:
                return
            yield parts.path

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

    def _names(self, path: str, *, is_rooted: bool) -> Iterator[str]:
        name = _name(path)
        yield from _with_number(name)
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
    paths = (
        address if address.startswith("/") else split_address(address).path
        for address in (entry.base, *entry.moved_from)
    )
    return [name for path in paths for name in _with_number(_name(path)) if name]


def _with_number(name: str) -> Iterator[str]:
    """Yield the name of a page, then that by its number in a help centre."""
    yield name
    if numbered := _NUMBERED.search(name):
        yield f"articles/{numbered[2]}"


def relink(placed: Placed, pieces: Iterable[Piece], site: OldSite) -> Relinked:
    """Return the Markdown of an article with its links and pictures as they lead now."""
    relinker = _Relinker(placed, site)
    markdown = "".join(map(relinker.write, pieces))
    return Relinked(markdown=markdown, advice=tuple(dict.fromkeys(relinker.advice)))


def unlink(markdown: str, addresses: Collection[str]) -> str:
    """Return Markdown in which links to these addresses are nothing but their words."""
    return "".join(_without(piece, addresses) for piece in find_links(markdown))


def _without(piece: Piece, addresses: Collection[str]) -> str:
    if isinstance(piece, str):
        return piece
    text = "".join(_without(each, addresses) for each in piece.text)
    if piece.address.strip() in addresses and not piece.is_picture:
        return _without_target(piece, text)
    address = piece.address if piece.html else _in_markdown(piece.address).replace(" ", "%20")
    return written(piece, address, text)


class _Relinker:
    """Writes the links of one article anew."""

    def __init__(self, placed: Placed, site: OldSite) -> None:
        self.advice: list[str] = []
        self._path, self._base, self._site = placed.path, placed.entry.base, site

    def write(self, piece: Piece, *, is_inside: bool = False) -> str:
        """Return a piece as Markdown; `is_inside` tells that it stands in a link."""
        if isinstance(piece, str):
            return piece
        text = "".join(self.write(each, is_inside=not piece.is_picture) for each in piece.text)
        if piece.is_picture:
            return self._picture(piece, text, is_inside=is_inside)
        target = self._target(piece.address.strip())
        if target is None:
            return _without_target(piece, text)
        return written(piece, target if piece.html else _in_markdown(target), text)

    def _picture(self, piece: OldLink, text: str, *, is_inside: bool) -> str:
        address = piece.address.strip()
        embedded = _EMBEDDED.fullmatch(address)
        if embedded and (put := self._embedded(embedded)):
            return written(piece, self._link_to(put), text)
        path = self._site.find_file(self._base, address)
        if path and ending_of(path) in PICTURE_ENDINGS:
            return written(piece, self._link_to(self._put(path)), text)
        outward = _outward(address) or self._site.address_of(self._base, address)
        words = text or _words_of(address)
        if embedded or not is_outward(outward):
            self.advice.append(_NO_PICTURE)
            return words
        self.advice.append(_OTHER_HOST)
        return words if is_inside else written(piece, _in_markdown(outward), words, as_link=True)

    def _embedded(self, found: re.Match[str]) -> str:
        """Return the path of a picture that stands in its own address, "" if it has none."""
        try:
            content = b64decode(re.sub(r"\s", "", unquote(found[2])), validate=True)
        except (binascii.Error, ValueError):
            return ""
        if len(content) > _MAX_BYTES:
            return ""
        key = blake2b(content, digest_size=8).hexdigest()
        name = f"{splitext(basename(self._path))[0]}.{found[1]}"
        return self._site.put_beside(f"data:{key}", lambda: content, name, self._path)

    def _target(self, address: str) -> str | None:
        """Return where a link leads now, None for nowhere."""
        named, sign, fragment = address.partition("#")
        article = self._path
        if named:
            article = self._site.find_article(self._base, named.partition("?")[0]) or ""
        if article:
            new = self._link_to(article) if named else ""
            if fragment and (self._path, f"{new}#{fragment}") not in self._site.dead:
                return f"{new}#{fragment}"
            if fragment or not named:
                self.advice.append(_NO_HEADING)
            return new or None
        file = self._site.find_file(self._base, named)
        if file and ending_of(file) in ATTACHMENT_ENDINGS:
            return self._link_to(self._put(file)) + sign + fragment
        outward = _outward(address)
        if not outward and SCHEME.match(address):
            self.advice.append(_NO_SCHEME)
        elif not outward:
            outward = _outward(self._site.address_of(self._base, address))
            self.advice.append(_OUTSIDE if outward else _NO_PAGE)
        return outward or None

    def _put(self, file: str) -> str:
        """Return the path in the content of a file of the source, putting it there."""
        return self._site.put_beside(file, self._site.files[file], basename(file), self._path)

    def _link_to(self, path: str) -> str:
        return quote(relpath(path, dirname(self._path) or "."), safe="/")


def _without_target(piece: OldLink, text: str) -> str:
    """Return the words of a link; in HTML, an element that leads nowhere."""
    return "<a>" if piece.html else text


def _outward(address: str) -> str:
    """Return an address as it can be linked if it leads outward, else ""."""
    if address.startswith("//"):
        address = f"https:{address}"
    elif address.lower().startswith("www."):
        address = f"https://{address}"
    elif MAILBOX.fullmatch(address):
        address = f"mailto:{address}"
    complete = quote(address, safe="/:?#[]@!$&'()*+,;=%~-._")
    return complete if is_outward(complete) else ""


def _in_markdown(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")


def split_address(address: str) -> SplitResult:
    """Return the parts of an address, none of what is no address at all."""
    try:
        return urlsplit(address)
    except ValueError:  # "http://[".
        return urlsplit("")


def _name(path: str) -> str:
    """Return the path of a page as it is compared: without ending, "index", and capitals."""
    name = _ENDINGS.sub("", f"/{unquote(path).casefold().strip('/')}")
    return _DATED.sub("", _OF_FOLDERS.sub("", name)).strip("/")


def _page(path: str) -> str:
    return _OF_FOLDERS.sub("/", f"/{_ENDINGS.sub('', path)}").lstrip("/") if path else path


def _words_of(address: str) -> str:
    return splitext(basename(unquote(split_address(address).path)))[0] if len(address) < 300 else ""  # noqa: PLR2004
