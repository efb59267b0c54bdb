"""Resolves the names in a source to entries, files of the source, or pages of the old site."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from faqsite.content.links import find_entry, names_of
from faqsite.content.redirects import old_address
from faqsite.content.text import question_key
from faqsite.model import urls
from faqsite.model.keys import Text
from faqsite.model.records import RawContent, RawEntry
from faqsite.transfer.article import Article, ImportSource

_NUMBERED = re.compile(r"(articles|solutions/articles)/(\d+)")
_DATED = re.compile(r"(?<=/)\d{4}-\d{2}-\d{2}-(?=[^/]+$)")
_OF_FOLDERS = re.compile(r"/(?:contents|index|_index|readme)$", re.IGNORECASE)
_ENDINGS = re.compile(r"\.(?:md|mdx|markdown|lr|html?|php)(?=#|$)", re.IGNORECASE)

_NO_ENTRY = 'removed references from "related" that match no entry'
_NO_ADDRESS = "removed old addresses that cannot lead here"
_NO_QUERY = "removed the part after ? or # from old addresses"


class Resolver:
    """Finds entries by path, question and old address, and files by their paths in the source."""

    def __init__(
        self,
        source: ImportSource,
        content: RawContent,
        present: Mapping[int, str],
        accepted: Sequence[Article],
        url: str,
    ) -> None:
        """`present` has the paths of articles that are entries, `url` is the old site's address."""
        self._url = url
        self.files = source.files
        self.attachments = {each.address.casefold(): each for each in content.attachments}
        entries: list[RawEntry | Article] = [*content.entries, *reversed(accepted)]
        there = [(path, source.articles[number]) for number, path in present.items()]
        published = [(each.path, each) for each in entries if not each.draft]
        # A name that several pages had leads to an accepted article first, then to an entry.
        self._pages = {
            name: path
            for path, each in (*reversed(there), *published)
            for address in (getattr(each, "base", ""), *each.moved_from)
            for page in [address if address.startswith("/") else split_address(address).path]
            for name in _names_of_page(page)
            if name
        }
        # A link of Obsidian may be only the name of a page in another folder.
        names = Counter(name.rpartition("/")[2] for name in self._pages)
        for name, path in list(self._pages.items()):
            if names[short := name.rpartition("/")[2]] == 1:
                self._pages.setdefault(f"//{short}", path)
        paths = [each.path for each in entries]
        self._named = names_of(paths)
        self._drafts = frozenset(each.path for each in entries if each.draft)
        self._asked = {question_key(each.question): each.path for each in entries}
        olds = [each for article in source.articles for each in (article.base, *article.moved_from)]
        hosts = (split_address(each).netloc.lower() for each in (*olds, url))
        self._hosts = frozenset(host.removeprefix("www.") for host in hosts if host)
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for path in source.files:
            self._by_name[basename(path)].append(path)
        folders = {"", *(each.path for each in content.categories)}
        folders |= {folder for path in paths for folder in urls.folders_above(path)}
        taken = [*map(urls.address_of, paths), *self.attachments]
        taken += [urls.category_address(urls.slugify_path(each)) for each in folders]
        taken += [old_address(moved) or "" for each in content.entries for moved in each.moved_from]
        self._taken = {address.casefold() for address in taken}

    def find_page(self, base: str, address: str) -> str:
        """Return the path of the entry that a link on the page `base` means, "" for none.

        The part of a page below a heading can be an entry of its own.
        """
        root = _names_of_page(split_address(self._url).path)[0]
        _, sign, heading = address.partition("#")
        for path in self._find_paths(base, address):
            names = _names_of_page(f"{path}{sign}{heading}")[: 1 if heading else None]
            names.append(names[0].removeprefix(f"{root}/"))
            if address.startswith(("/", "http")):
                names.append(names[0].partition("/")[2])
            if known := [self._pages[each] for each in names if each in self._pages]:
                return known[0]
        return self._pages.get(f"//{_names_of_page(address)[0]}", "")

    def find_file(self, base: str, address: str) -> str:
        """Return the path in the source of the file that a link means, "" for none."""
        for path in (unquote(each).lstrip("/") for each in self._find_paths(base, address)):
            if path in self.files:
                return path
            # Some generators serve "static/img/a.png" as "/img/a.png".
            likely = [each for each in self._by_name[basename(path)] if each.endswith(f"/{path}")]
            if len(likely) == 1:
                return likely[0]
        return ""

    def find_address(self, base: str, address: str) -> str:
        """Return the complete address on the old site, "" if the site is unknown."""
        if split_address(base).scheme:
            return urljoin(base, address)
        if not self._url:
            return ""
        path, sign, rest = urljoin(base or "/", address).lstrip("/").partition("#")
        page = _OF_FOLDERS.sub("/", f"/{_ENDINGS.sub('', path)}").lstrip("/")
        return urljoin(self._url, page) + sign + rest

    def find_related(self, article: Article, advice: list[str]) -> tuple[Text, ...]:
        """Return the entries that are related to an article, by their paths without ".md"."""
        found: list[str] = []
        for reference in article.related:
            meant = find_entry(reference, self._named, self._drafts)
            path = (
                (meant if isinstance(meant, str) else "")
                or self._asked.get(question_key(reference))
                or self.find_page(article.base, reference)
            )
            if path and path not in (*found, article.path) and path not in self._drafts:
                found.append(path)
            elif not path:
                advice.append(_NO_ENTRY)
        return tuple(Text(path.removesuffix(".md")) for path in found)

    def claim_old_addresses(self, article: Article, advice: list[str]) -> tuple[Text, ...]:
        """Return the old addresses that can lead to an article, and reserve them for it."""
        olds: list[str] = [*article.moved_from]
        if article.base.startswith("/"):
            olds.append(self.find_address("", article.base))
        found = []
        for old in dict.fromkeys(olds):
            split = split_address(old)
            if split.query or split.fragment:
                advice.append(_NO_QUERY)
            path = _ENDINGS.sub("", split.path or old)
            address = (old_address(path) or "").casefold()
            if address == urls.address_of(article.path).casefold() or not path.strip("/"):
                continue
            if not address or urls.is_reserved(address) or address in self._taken:
                advice.append(_NO_ADDRESS)
                continue
            self._taken.add(address)
            found.append(Text(path))
        return tuple(found)

    def _find_paths(self, base: str, address: str) -> Iterator[str]:
        """Yield the paths on the old site that an address on the page `base` may mean."""
        bases = [base or "/"]
        if base and not address.startswith(("/", "http")):
            # The links of some generators start in a folder named like the page.
            bases.append(f"{_ENDINGS.sub('', base)}/")
        for each in bases:
            try:
                parts = urlsplit(urljoin(each, address))
            except ValueError:  # "http://[".
                return
            if parts.scheme and parts.netloc.lower().removeprefix("www.") not in self._hosts:
                return
            yield parts.path


def split_address(address: str) -> SplitResult:
    """Return the parts of an address, all empty if it is not one."""
    try:
        return urlsplit(address)
    except ValueError:  # "http://[".
        return urlsplit("")


def _names_of_page(path: str) -> list[str]:
    """Return the names of a page in links: its path in a plain form, and its number."""
    name = _ENDINGS.sub("", f"/{unquote(path).casefold().strip('/')}")
    name = _DATED.sub("", _OF_FOLDERS.sub("", name)).strip("/")
    numbered = _NUMBERED.search(name)
    return [name, f"articles/{numbered[2]}"] if numbered else [name]
