"""A site as its sources are now: planned again when they change, each page made on request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import unquote, urlsplit

from faqsite.answers.answer import read_entry
from faqsite.build.pipeline import Inputs, make_site
from faqsite.model.problems import ContentError, Problem, TemplateError
from faqsite.model.records import SiteFile
from faqsite.model.urls import MISSING
from faqsite.system.digests import digest_of_bytes
from faqsite.system.files import MAX_FILES
from faqsite.system.progress import Progress

BuildError = ContentError | TemplateError | OSError
"""Why there is no site or page; any other error is a bug."""
_Lines = tuple[str, ...]
_PROBLEM_PAGE = Template(Path(__file__).with_name("problems.html").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A site as its sources were at a time."""

    number: int = 0
    files: Mapping[str, SiteFile] = field(default_factory=dict)
    """By their addresses; empty until the sources are good."""
    base_path: str = "/"
    problems: _Lines = ()
    """Problems of newer sources, which cannot be built."""
    advice: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a path shows, and the problems to show over it."""

    address: str
    """The file of the site; "" for a page that only shows problems."""
    is_found: bool
    content: bytes
    problems: _Lines

    @property
    def version(self) -> str:
        """A digest of the bytes."""
        return digest_of_bytes(self.content)


class Preview:
    """Shows the site to many threads, while one keeps it up to date with its sources."""

    def __init__(
        self,
        load: Callable[[], Inputs],
        describe: Callable[[BuildError], _Lines],
        report: Callable[[_Lines], None] = lambda _: None,
    ) -> None:
        """`report` receives the problems of a page that turn up when a browser asks for it."""
        self._load = load
        self._describe = describe
        self._report = report
        self._reported: set[_Lines] = set()
        self._read = lru_cache(MAX_FILES)(read_entry)
        self._inputs: Inputs | None = None
        self._edition = Edition()
        self._made: dict[str, tuple[int, bytes]] = {}
        """The last good bytes of each file, and the edition that they are of."""
        self._changed = threading.Condition()
        """Guards all of these."""
        self._is_closed = False

    def refresh(self, progress: Progress | None = None) -> Edition | None:
        """Read the sources while requests wait; return the new edition, None without a change."""
        with self._changed:
            edition = self._plan(progress)
            if edition is self._edition:
                return None
            self._edition = edition
            self._reported.clear()
            self._changed.notify_all()
            return edition

    def show(self, path: str) -> Shown:
        """Return what to show for the path of a request: the last good page, if there is one."""
        with self._changed:
            edition = self._edition
            address = find_address(path, edition.files, edition.base_path)
            file = edition.files.get(address or MISSING)
            problems, content = edition.problems, None
            if file:
                try:
                    content = self._make(file)
                except TemplateError as error:
                    problems = self._describe(error)
                    _, content = self._made.get(file.address, (0, None))
                    if problems not in self._reported:
                        self._reported.add(problems)
                        self._report(problems)
        if file is None or content is None:
            page = problem_page(problems)
            return Shown(address="", is_found=False, content=page, problems=())
        is_found = address is not None
        return Shown(address=file.address, is_found=is_found, content=content, problems=problems)

    def wait(self, number: int, timeout_seconds: float) -> int:
        """Wait for another edition than this number; return its number, -1 at the end."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_closed or self._edition.number != number, timeout_seconds
            )
            return -1 if self._is_closed else self._edition.number

    def close(self) -> None:
        """End every wait."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _plan(self, progress: Progress | None) -> Edition:
        """Return the edition of the sources: the last one if they are the same."""
        last = self._edition
        inputs = None
        try:
            inputs = self._load()
            if inputs == self._inputs:
                return last
            site = make_site(inputs, read=self._read, progress=progress)
        except (ContentError, TemplateError, OSError) as error:
            lines = self._describe(error)
            if inputs is None and lines == last.problems:
                return last
            return replace(last, number=last.number + 1, problems=lines)
        finally:
            self._inputs = inputs
        return Edition(
            number=last.number + 1,
            files={file.address: file for file in site.files},
            base_path=urlsplit(site.faq.settings.url).path or "/",
            advice=site.advice,
        )

    def _make(self, file: SiteFile) -> bytes:
        """Return the bytes of a file, made once in each edition. Raises TemplateError."""
        number, content = self._made.get(file.address, (0, b""))
        if number != self._edition.number:
            content = file.make()
            self._made[file.address] = self._edition.number, content
        return content


def find_address(path: str, addresses: Container[str], base_path: str = "/") -> str | None:
    """Return the address of the file for the path of a request, None if there is none.

    As on GitHub Pages, "/old" shows "old.html". The site is at the root, and also under its base
    path, so that the links of 404.html work.

    >>> find_address("/faq/team/", {"team/index.html"}, "/faq/")
    'team/index.html'
    """
    path = unquote(path)
    for root in dict.fromkeys(("/", base_path)):
        if not path.startswith(root):
            continue
        inside = path.removeprefix(root)
        is_folder = not inside or inside.endswith("/")
        for ending in ["index.html"] if is_folder else ["", ".html", "/index.html"]:
            if inside + ending in addresses:
                return inside + ending
    return None


def problem_page(problems: Sequence[str]) -> bytes:
    """Return a page that only shows problems, for when there is no good one yet."""
    lines = "\n".join(f"<li>{escape(line)}</li>" for line in problems)
    return _PROBLEM_PAGE.substitute(lines=lines).encode()
