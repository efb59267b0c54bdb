"""What a name of the source means now: an entry, a file of the source, or a page of the old site.

Links, `related` and old addresses all resolve here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from posixpath import basename
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from faqsite.content.links import find_entry, names_of
from faqsite.content.redirects import old_address
from faqsite.content.validate import question_key
from faqsite.model.records import RawContent
from faqsite.model.urls import (
    address_of,
    category_address,
    folders_above,
    is_reserved,
    slugify_path,
)
from faqsite.transfer.article import ImportSource
from faqsite.transfer.placing import Placed, Places

_NUMBERED = re.compile(r"(articles|solutions/articles)/(\d+)")
_DATED = re.compile(r"(?<=/)\d{4}-\d{2}-\d{2}-(?=[^/]+$)")
_OF_FOLDERS = re.compile(r"/(?:index|_index|readme)$")
_ENDINGS = re.compile(r"\.(?:md|mdx|markdown|html?|php)$")
# "Install.md" and "install/index.md" were pages without that end.
_PAGE_ENDING = re.compile(r"(?:(?:^|/)(?:_?index|readme))?\.\w+$", re.IGNORECASE)
_MARKDOWN_ENDING = re.compile(r"\.(?:md|mdx|markdown)$")

_NO_ENTRY = "left out of related what is no entry"
_NO_ADDRESS = "left out an old address at which no page can stand"
_NO_QUERY = "left out what stands behind the ? or # of an old address"


class Resolver:
    """Knows the entries by path, question and old address, and the files by where they were."""

    def __init__(
        self,
        source: ImportSource,
        content: RawContent,
        places: Places,
        accepted: Sequence[Placed],
        url: str,
    ) -> None:
        """Know everything; `url` is the public address of the old site, "" if it is unknown."""
        self._url, self._files = url, source.files
        olds = [
            (each.path, [each.article.base, *each.article.moved_from])
            for each in accepted
            if not each.article.draft
        ]
        olds += [
            (entry.path, list(entry.moved_from))
            for entry in reversed(content.entries)
            if not entry.draft
        ]
        articles = ((path, source.articles[number]) for number, path in places.present.items())
        olds += [(path, [each.base, *each.moved_from]) for path, each in articles]
        # Of two that had a name, an article that becomes an entry has it, then what is there.
        self._pages = {
            name: path for path, pages in reversed(olds) for name in _names_of_pages(pages)
        }
        entries: list[tuple[str, str, bool]] = [
            (each.path, each.question, each.draft) for each in content.entries
        ]
        entries += [(each.path, each.article.question, each.article.draft) for each in accepted]
        self._named = names_of(path for path, _, _ in entries)
        self._drafts = frozenset(path for path, _, is_draft in entries if is_draft)
        self._asked = {question_key(question): path for path, question, _ in entries}
        bases = [base for each in source.articles for base in (each.base, *each.moved_from)]
        hosts = (split_address(each).netloc.lower() for each in (*bases, url))
        self._hosts = frozenset(host.removeprefix("www.") for host in hosts if host)
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for path in source.files:
            self._by_name[basename(path)].append(path)

    def find_page(self, base: str, address: str) -> str:
        """Return the path of the entry that an address means, seen from an article; "" for none."""
        root = _page_name(split_address(self._url).path)
        for path in self._find_paths(base, address):
            name = _page_name(path)
            names = [*_with_number(name)]
            if root and name.startswith(f"{root}/"):
                names.append(name[len(root) + 1 :])
            if address.startswith(("/", "http")):
                names.append(name.partition("/")[2])
            if known := [each for each in names if each in self._pages]:
                return self._pages[known[0]]
        return ""

    def find_file(self, base: str, address: str) -> str:
        """Return the path in the source of the file that an address means, "" for none."""
        for path in (unquote(each).lstrip("/") for each in self._find_paths(base, address)):
            if path in self._files:
                return path
            # A generator serves "static/img/a.png" as "/img/a.png".
            likely = [each for each in self._by_name[basename(path)] if each.endswith(f"/{path}")]
            if len(likely) == 1:
                return likely[0]
        return ""

    def find_address(self, base: str, address: str) -> str:
        """Return the whole address on the old site, "" if nobody said where that is."""
        if split_address(base).scheme:
            return urljoin(base, address)
        if not self._url:
            return ""
        path, sign, rest = urljoin(base or "/", address).lstrip("/").partition("#")
        page = _OF_FOLDERS.sub("/", f"/{_ENDINGS.sub('', path)}").lstrip("/")
        return urljoin(self._url, page) + sign + rest

    def find_related(self, placed: Placed, advice: list[str]) -> tuple[str, ...]:
        """Return what `related` of an article names, as an entry writes it."""
        found: list[str] = []
        for reference in placed.article.related:
            meant = find_entry(reference, self._named, self._drafts)
            path = (
                (meant if isinstance(meant, str) else "")
                or self._asked.get(question_key(reference))
                or self.find_page(placed.article.base, reference)
            )
            if path and path not in (*found, placed.path) and path not in self._drafts:
                found.append(path)
            elif not path:
                advice.append(_NO_ENTRY)
        return tuple(path.removesuffix(".md") for path in found)

    def _find_paths(self, base: str, address: str) -> Iterator[str]:
        """Yield the paths that an address may mean on the old site, seen from an article."""
        bases = [base or "/"]
        if base and not address.startswith(("/", "http")):
            # An article may be a folder to its links.
            bases.append(f"{_ENDINGS.sub('', base)}/")
        for each in bases:
            try:
                parts = urlsplit(urljoin(each, address))
            except ValueError:  # "http://[".
                return
            if parts.scheme and parts.netloc.lower().removeprefix("www.") not in self._hosts:
                return
            yield parts.path


class OldAddresses:
    """Which old addresses are still free."""

    def __init__(self, content: RawContent, accepted: Sequence[Placed], url: str) -> None:
        self._root = split_address(url).path
        paths = [*(each.path for each in content.entries), *(each.path for each in accepted)]
        folders = {"", *(each.path for each in content.categories)}
        folders |= {folder for path in paths for folder in folders_above(path)}
        taken = [*map(address_of, paths), *(each.address for each in content.attachments)]
        taken += [category_address(slugify_path(each)) for each in folders]
        taken += [old_address(moved) or "" for each in content.entries for moved in each.moved_from]
        self._taken = {address.casefold() for address in taken}

    def claim(self, placed: Placed, advice: list[str]) -> tuple[str, ...]:
        """Return the old addresses of an article that can lead to it, which no other has then."""
        entry = placed.article
        olds: list[str] = [*entry.moved_from]
        if self._root and entry.base.startswith("/"):
            olds.append(self._root + _PAGE_ENDING.sub("", entry.base.lstrip("/")))
        found: list[str] = []
        for old in dict.fromkeys(olds):
            split = split_address(old)
            if split.query or split.fragment:
                advice.append(_NO_QUERY)
            path = split.path if split.scheme or split.query or split.fragment else old
            path = _MARKDOWN_ENDING.sub("", path)
            address = (old_address(path) or "").casefold()
            if address == address_of(placed.path).casefold() or not path.strip("/"):
                continue
            if not address or is_reserved(address) or address in self._taken:
                advice.append(_NO_ADDRESS)
                continue
            self._taken.add(address)
            found.append(path)
        return tuple(found)


def split_address(address: str) -> SplitResult:
    """Return the parts of an address, none of what is no address at all."""
    try:
        return urlsplit(address)
    except ValueError:  # "http://[".
        return urlsplit("")


def _names_of_pages(addresses: Iterable[str]) -> Iterator[str]:
    """Yield the names by which links may mean a page that had these addresses."""
    for address in addresses:
        path = address if address.startswith("/") else split_address(address).path
        yield from filter(None, _with_number(_page_name(path)))


def _with_number(name: str) -> Iterator[str]:
    """Yield the name of a page, then that by its number in a help centre."""
    yield name
    if numbered := _NUMBERED.search(name):
        yield f"articles/{numbered[2]}"


def _page_name(path: str) -> str:
    """Return the path of a page as it is compared: without ending, "index", and capitals."""
    name = _ENDINGS.sub("", f"/{unquote(path).casefold().strip('/')}")
    return _DATED.sub("", _OF_FOLDERS.sub("", name)).strip("/")
