"""A site as its sources are now: planned anew when they change, made when it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from faqsite.memory import Memory
from faqsite.model import PlannedFile
from faqsite.pages import MISSING
from faqsite.pipeline import Inputs, make_site
from faqsite.problems import ContentError, Problem, TemplateError
from faqsite.progress import Progress
from faqsite.serving import find_address, problem_page

__all__ = ["Edition", "Preview", "Shown"]

_Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A site as its sources were at a time."""

    number: int = 0
    files: Mapping[str, PlannedFile] = field(default_factory=dict)
    """By their addresses; none as long as no sources were good."""
    base_path: str = "/"
    problems: _Lines = ()
    """Of newer sources, of which no site can be made."""
    advice: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown at a path, and what is to be said over it."""

    address: str
    """The file of the site that it is; "" for a page that only tells problems."""
    is_found: bool
    fingerprint: str
    content: bytes
    problems: _Lines


class Preview:
    """Shows the site to many threads, while one lets it follow the sources."""

    def __init__(
        self,
        load: Callable[[], Inputs],
        lines_of: Callable[[Exception], _Lines],
        memory: Memory | None = None,
        tell: Callable[[_Lines], None] = lambda _: None,
    ) -> None:
        """Take what reads the sources, and what says an error in lines, the place first.

        `tell` is told of a page that cannot be made, which is found when it is asked for.
        """
        self._load = load
        self._lines_of = lines_of
        self._memory = memory or Memory()
        self._tell = tell
        self._told: set[_Lines] = set()
        self._inputs: Inputs | None = None
        self._edition = Edition()
        self._made: dict[str, tuple[str, bytes]] = {}
        self._making = threading.Lock()
        self._settled = threading.Condition()
        self._is_planning = False
        self._is_closed = False

    def refresh(self, workers: int = 1, progress: Progress | None = None) -> Edition | None:
        """Read the sources; return the new edition, None if nothing is new.

        Meanwhile whoever asks waits.
        """
        with self._settled:
            self._is_planning = True
        edition = self._edition
        try:
            edition = self._plan(workers, progress)
        finally:
            is_new = edition is not self._edition
            with self._settled:
                self._edition, self._is_planning = edition, False
                self._told.clear()
                self._settled.notify_all()
        return edition if is_new else None

    def show(self, path: str) -> Shown:
        """Return what is shown at the path of a request: the last good page, if there is one."""
        edition = self._wait_until_settled()
        address = find_address(path, edition.files, edition.base_path)
        file = edition.files.get(address or MISSING)
        problems = edition.problems
        made = None
        if file:
            try:
                made = self._make(file)
            except TemplateError as error:
                problems = self._lines_of(error)
                made = self._made.get(file.address)
                if problems not in self._told:
                    self._told.add(problems)
                    self._tell(problems)
        if file and made:
            fingerprint, content = made
            return Shown(
                address=file.address,
                is_found=address is not None,
                fingerprint=fingerprint,
                content=content,
                problems=problems,
            )
        fingerprint, content = problem_page(problems)
        return Shown(
            address="", is_found=False, fingerprint=fingerprint, content=content, problems=()
        )

    def wait(self, number: int, timeout_seconds: float) -> int:
        """Wait until the edition is another one than that; return its number, -1 at the end."""
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

    def _plan(self, workers: int, progress: Progress | None) -> Edition:
        """Return the edition of the sources as they are: the same one if they are the same."""
        last = self._edition
        inputs = None
        try:
            inputs = self._load()
            if inputs == self._inputs:
                return last
            made = make_site(inputs, self._memory, workers, progress)
        except (ContentError, TemplateError, OSError) as error:
            lines = self._lines_of(error)
            if inputs is None and lines == last.problems:
                return last
            return replace(last, number=last.number + 1, problems=lines)
        finally:
            self._inputs = inputs
        return Edition(
            number=last.number + 1,
            files={file.address: file for file in made.files},
            base_path=urlsplit(made.faq.settings.url).path or "/",
            advice=made.advice,
        )

    def _make(self, file: PlannedFile) -> tuple[str, bytes]:
        """Return the fingerprint and the bytes of a file, made once as long as both are the same.

        Raises TemplateError.
        """
        with self._making:
            made = self._made.get(file.address)
            if made is None or made[0] != file.fingerprint:
                made = self._made[file.address] = file.fingerprint, file.make()
            return made
