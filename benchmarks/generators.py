"""A generator under measurement: what lies in its folder, how it is run, what is changed.

What one needs beside the content (its settings, its templates) lies in
`benchmarks/scaffolds/`, as plain as it goes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from benchmarks.made_content import entry_text, other_files
from benchmarks.made_up import MadeEntry, MadeFaq, changed

__all__ = ["Cost", "Generator", "Workplace"]

MEASURE = Path(__file__).resolve().parent / "measure.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run took, of all programs that it started."""

    wall_s: float
    cpu_s: float
    largest_bytes: float
    """The most memory that one program had."""
    together_bytes: float
    """The most memory that all that ran at a time had; what they share counts for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """Something that makes a site of a FAQ, or a yardstick for those that do."""

    name: str
    label: str
    commands: tuple[tuple[str, ...], ...]
    """Run one after the other, in its folder."""
    scaffold: Mapping[str, Path] = field(default_factory=dict)
    """What lies in its folder beside the content, by name."""
    content: str = "content"
    output: str = "site"
    entry: Callable[[MadeEntry], str] = entry_text
    """The text of an entry's file."""
    others: Callable[[MadeFaq], Iterator[tuple[str, str]]] = other_files
    """Further files: their paths in the content, and their texts."""
    template: str = ""
    """A template of an entry's page; a yardstick has none, and is measured once a round."""
    last: str = ""
    """What a change of the template is put before: the last of these in it."""
    preparation: tuple[str, ...] = ()
    """A command that is run once, before anything is measured."""
    missing: str = ""
    """Why it cannot be run here."""


class Workplace:
    """A folder in which a generator makes the site of a FAQ again and again."""

    def __init__(self, generator: Generator, faq: MadeFaq, folder: Path) -> None:
        """Write all that it needs."""
        self._generator = generator
        self._faq = faq
        self._folder = folder
        self._turn = 0
        folder.mkdir(parents=True)
        for name, source in generator.scaffold.items():
            _place(source, folder / name)
        for path, text in generator.others(faq):
            _write(folder / generator.content / path, text)
        for entry in faq.entries:
            self._write(entry)
        if generator.preparation:
            subprocess.run(generator.preparation, cwd=folder, check=True, capture_output=True)  # noqa: S603 (the benchmark's own)
        self._own = {each.name for each in folder.iterdir()}

    @property
    def steps(self) -> Mapping[str, Callable[[], Cost]]:
        """What can be measured, in order, by name."""
        if not self._generator.template:
            return {"clean": self.clean}
        return {
            "clean": self.clean,
            "unchanged": self.build,
            "one entry": self.change_entry,
            "one template": self.change_template,
        }

    def clean(self) -> Cost:
        """Build with nothing left of earlier builds, whatever its name: no output, no cache."""
        for each in self._folder.iterdir():
            if each.name not in self._own:
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        cost = self.build()
        if self._generator.template:
            pages = sum(1 for _ in self.output.rglob("*.html"))
            _must(pages >= len(self._faq.entries), f"{pages} pages of {len(self._faq.entries)}")
        return cost

    def build(self) -> Cost:
        """Build with what earlier builds have left."""
        costs = [_measure(command, self._folder) for command in self._generator.commands]
        return Cost(
            wall_s=sum(cost.wall_s for cost in costs),
            cpu_s=sum(cost.cpu_s for cost in costs),
            largest_bytes=max(cost.largest_bytes for cost in costs),
            together_bytes=max(cost.together_bytes for cost in costs),
        )

    def change_entry(self) -> Cost:
        """Build with the first sentence of one entry changed."""
        self._turn += 1
        entry = changed(self._entry, self._turn)
        self._write(entry)
        cost = self.build()
        sentence = entry.body.partition(".")[0]
        _must(sentence in self._page(), f"not on the page: {sentence}")
        return cost

    def change_template(self) -> Cost:
        """Build with a sentence changed that the template puts on the page of each entry."""
        self._turn += 1
        path = self._folder / self._generator.template
        original = self._generator.scaffold[self._generator.template.partition("/")[0]]
        if original.is_dir():
            original = original.parent / self._generator.template
        before, last, after = original.read_text(encoding="utf-8").rpartition(self._generator.last)
        sentence = f"This is edition {self._turn}."
        path.write_text(f"{before}<p>{sentence}</p>\n{last}{after}", encoding="utf-8")
        cost = self.build()
        _must(sentence in self._page(), f"not on the page: {sentence}")
        return cost

    @property
    def output(self) -> Path:
        """Where the site is."""
        return self._folder / self._generator.output

    @property
    def _entry(self) -> MadeEntry:
        return self._faq.entries[len(self._faq.entries) // 2]

    def _write(self, entry: MadeEntry) -> None:
        path = self._folder / self._generator.content / f"{entry.path}.md"
        _write(path, self._generator.entry(entry))

    def _page(self) -> str:
        """Return the page of the entry that is changed, whatever address it was given."""
        page = self.output / f"{self._entry.path}.html"
        if not page.exists():
            page = self.output / self._entry.path / "index.html"
        return unescape(page.read_text(encoding="utf-8"))


def _measure(command: tuple[str, ...], folder: Path) -> Cost:
    measuring = [sys.executable, str(MEASURE), str(folder), json.dumps(command)]
    done = subprocess.run(measuring, check=False, capture_output=True, text=True)  # noqa: S603 (as above)
    _must(not done.returncode, done.stderr)
    return Cost(**json.loads(done.stdout))


def _must(holds: bool, message: str) -> None:  # noqa: FBT001 (what must hold)
    if not holds:
        sys.exit(message)


def _place(source: Path, target: Path) -> None:
    if source.name == "node_modules":
        target.symlink_to(source)
    elif source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
