"""A site as its sources are now: planned again when they change, made when it is asked for."""

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
"""Why there is no site or page; any other error is a mistake of ours."""
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
    """Of newer sources, from which no site can be made."""
    advice: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown at a path, and the problems that are shown over it."""

    address: str
    """The file of the site; "" for a page that only shows problems."""
    is_found: bool
    content: bytes
    problems: _Lines

    @property
    def version(self) -> str:
        """The same as long as the bytes are the same."""
        return digest_of_bytes(self.content)


class Preview:
    """Shows the site to many threads, while one lets it follow the sources."""

    def __init__(
        self,
        load: Callable[[], Inputs],
        lines_of: Callable[[BuildError], _Lines],
        report: Callable[[_Lines], None] = lambda _: None,
    ) -> None:
        """Take what reads the sources, and what describes an error in lines, the place first.

        `report` receives the problems of a page that cannot be made, which are found when it
        is asked for.
        """
        self._load = load
        self._lines_of = lines_of
        self._report = report
        self._reported: set[_Lines] = set()
        self._read = lru_cache(MAX_FILES)(read_entry)
        self._inputs: Inputs | None = None
        self._edition = Edition()
        self._made: dict[str, tuple[int, bytes]] = {}
        """The last good bytes of each file, and of which edition they are."""
        self._making = threading.Lock()
        self._settled = threading.Condition()
        self._is_planning = False
        self._is_closed = False

    def refresh(self, progress: Progress | None = None) -> Edition | None:
        """Read the sources; return the new edition, None if nothing is new.

        Requests wait meanwhile.
        """
        with self._settled:
            self._is_planning = True
        edition = self._edition
        try:
            edition = self._plan(progress)
        finally:
            is_new = edition is not self._edition
            with self._settled:
                self._edition, self._is_planning = edition, False
                self._reported.clear()
                self._settled.notify_all()
        return edition if is_new else None

    def show(self, path: str) -> Shown:
        """Return what is shown at the path of a request: the last good page, if there is one."""
        edition = self._wait_until_settled()
        address = find_address(path, edition.files, edition.base_path)
        file = edition.files.get(address or MISSING)
        problems, content = edition.problems, None
        if file:
            try:
                content = self._make(file, edition.number)
            except TemplateError as error:
                problems = self._lines_of(error)
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
        """Wait for another edition than that; return its number, -1 at the end."""
        with self._settled:
            self._settled.wait_for(
                lambda: self._is_closed or self._edition.number != number, timeout_seconds
            )
            return -1 if self._is_closed else self._edition.number

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._settled:
            self._is_closed = True
            self._settled.notify_all()

    def _wait_until_settled(self) -> Edition:
        with self._settled:
            self._settled.wait_for(lambda: self._is_closed or not self._is_planning)
            return self._edition

    def _plan(self, progress: Progress | None) -> Edition:
        """Return the edition of the sources as they are: the same one if they are the same."""
        last = self._edition
        inputs = None
        try:
            inputs = self._load()
            if inputs == self._inputs:
                return last
            site = make_site(inputs, read=self._read, progress=progress)
        except (ContentError, TemplateError, OSError) as error:
            lines = self._lines_of(error)
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

    def _make(self, file: SiteFile, number: int) -> bytes:
        """Return the bytes of a file, made once in each edition. Raises TemplateError."""
        with self._making:
            of_edition, content = self._made.get(file.address, (0, b""))
            if of_edition != number:
                content = file.make()
                self._made[file.address] = number, content
            return content


def find_address(path: str, addresses: Container[str], base_path: str = "/") -> str | None:
    """Return which address of a site answers the path of a request, None if none does.

    As on GitHub Pages, "/old" is answered by "old.html". The site is found at the root, and
    under its base path too, so that 404.html leads on.

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
    """Return a page that shows problems, for use where there is no good one yet."""
    lines = "\n".join(f"<li>{escape(line)}</li>" for line in problems)
    return _PROBLEM_PAGE.substitute(lines=lines).encode()
