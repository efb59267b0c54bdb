"""The generators that are compared: this project and others.

Each gets the same questions and answers, and makes a page per entry, a list per category, flat
navigation and a search. Their settings and templates in `benchmarks/scaffolds/` are minimal.

    python -m benchmarks.generators

installs the others at pinned versions.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generated_faq import Entry, by_category
from tests.support.product import PRODUCT

HERE = Path(__file__).resolve().parent
VENV = HERE / ".peers"
MODULES = HERE / "node_modules"
OURS = "this project"
INSTALL = 'to install it, run "python -m benchmarks.generators"'

Faq = tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The cost of a build, with every process that it starts."""

    wall_s: float
    cpu_s: float
    largest_bytes: float
    """The memory of the largest process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A site generator, or the baseline that makes no site."""

    name: str
    label: str
    commands: tuple[tuple[str, ...], ...]
    scaffold: str = ""
    """The folder in benchmarks/scaffolds/ with its settings and templates."""
    content: str = "content"
    output: str = "site"
    entry: Callable[[Entry], str] = lambda entry: entry.text
    """Returns the text of an entry's file."""
    other_files: Callable[[Faq], Iterator[tuple[str, str]]] = lambda _: iter(())
    """Yields the paths and texts of other content files."""
    is_missing: bool = False
    makes_site: bool = True


class Workplace:
    """A folder where a generator builds a FAQ repeatedly."""

    def __init__(self, generator: Generator, faq: Faq, folder: Path) -> None:
        """Write the content and the scaffold."""
        self.generator = generator
        self.output = folder / generator.output
        self._size = len(faq)
        self._folder = folder
        folder.mkdir(parents=True)
        if generator.scaffold:
            shutil.copytree(HERE / "scaffolds" / generator.scaffold, folder, dirs_exist_ok=True)
            (folder / "node_modules").symlink_to(MODULES)
        files = dict(generator.other_files(faq))
        files |= {f"{entry.path}.md": generator.entry(entry) for entry in faq}
        for path, text in files.items():
            file = folder / generator.content / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        self._inputs = set(folder.iterdir())

    def build(self) -> Cost:
        """Remove the results of earlier builds, build, and return the cost."""
        for path in set(self._folder.iterdir()) - self._inputs:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        costs = [_measure(command, self._folder) for command in self.generator.commands]
        pages = sum(1 for _ in self.output.rglob("*.html"))
        if self.generator.makes_site and pages < self._size:
            sys.exit(f"{self.generator.label} wrote {pages} pages for {self._size} entries")
        return Cost(
            wall_s=sum(cost.wall_s for cost in costs),
            cpu_s=sum(cost.cpu_s for cost in costs),
            largest_bytes=max(cost.largest_bytes for cost in costs),
        )


def generators() -> tuple[Generator, ...]:
    """Return this project, the other generators, and the baseline."""
    hugo = next(VENV.glob("lib/*/site-packages/hugo/binaries/hugo*"), Path())
    pagefind = next(MODULES.glob("@pagefind/*/bin/pagefind_extended"), Path())
    eleventy = MODULES / "@11ty/eleventy/cmd.cjs"
    mkdocs = _venv_program("mkdocs")
    folders = (
        *("--content", "content", "--output", "site"),
        *("--templates", str(PRODUCT / "templates"), "--static", str(PRODUCT / "static")),
    )
    return (
        Generator(
            name="ours",
            label=OURS,
            commands=((sys.executable, str(PRODUCT / "build.py"), *folders),),
            other_files=lambda _: iter([("site.yaml", "title: Questions\n")]),
        ),
        Generator(
            name="hugo",
            label="Hugo with Pagefind",
            commands=((str(hugo), "--quiet"), (str(pagefind), "--site", "public", "--quiet")),
            scaffold="hugo",
            output="public",
            entry=lambda entry: _with_front_matter(entry.body, title=entry.question),
            other_files=_hugo_files,
            is_missing=not (hugo.is_file() and pagefind.is_file()),
        ),
        Generator(
            name="mkdocs",
            label="MkDocs with lunr",
            commands=((mkdocs, "build", "--quiet"),),
            scaffold="mkdocs",
            content="docs",
            entry=lambda entry: f"# {entry.question}\n\n{entry.body}\n",
            other_files=_mkdocs_files,
            is_missing=not Path(mkdocs).is_file(),
        ),
        Generator(
            name="eleventy",
            label="Eleventy with Pagefind",
            commands=(
                (shutil.which("node") or "node", str(eleventy), "--quiet"),
                (str(pagefind), "--site", "_site", "--quiet"),
            ),
            scaffold="eleventy",
            output="_site",
            entry=_eleventy_entry,
            other_files=_eleventy_files,
            is_missing=not (eleventy.is_file() and pagefind.is_file()),
        ),
        Generator(
            name="imports",
            label="imports only",
            commands=((sys.executable, "-c", "import jinja2, markdown, yaml, lunr"),),
            makes_site=False,
        ),
    )


def install() -> None:
    """Install the other generators; without npm, only those from PyPI."""
    pip = (_venv_program("python"), "-m", "pip", "--quiet", "--disable-pip-version-check")
    npm = ("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
    commands = [
        (sys.executable, "-m", "venv", str(VENV)),
        (*pip, "install", "--requirement", str(HERE / "requirements.txt")),
        *([npm] if shutil.which("npm") else []),
    ]
    for command in commands:
        subprocess.run(command, cwd=HERE, check=True)  # noqa: S603 (fixed commands)


def _measure(command: tuple[str, ...], folder: Path) -> Cost:
    measuring = [sys.executable, str(HERE / "measure.py"), str(folder), json.dumps(command)]
    result = subprocess.run(measuring, check=False, capture_output=True, text=True)  # noqa: S603 (our own program)
    if result.returncode:
        sys.exit(result.stderr)
    return Cost(**json.loads(result.stdout))


def _venv_program(name: str) -> str:
    return str(VENV / ("Scripts" if os.name == "nt" else "bin") / name)


def _with_front_matter(body: str, **values: object) -> str:
    lines = (f"{key}: {json.dumps(value)}" for key, value in values.items())
    return "\n".join(("---", *lines, "---", body, ""))


def _hugo_files(faq: Faq) -> Iterator[tuple[str, str]]:
    yield "_index.md", _with_front_matter("", title="Questions")
    for category in by_category(faq):
        yield f"{category}/_index.md", _with_front_matter("", title=category)


def _eleventy_entry(entry: Entry) -> str:
    values = {"layout": "entry.njk", "title": entry.question, "folder": entry.category}
    return _with_front_matter(entry.body, **values, tags=[entry.category])


def _eleventy_files(faq: Faq) -> Iterator[tuple[str, str]]:
    yield "index.md", _with_front_matter(_links(faq), layout="base.njk", title="Questions")
    for category in by_category(faq):
        values = {"layout": "category.njk", "title": category, "folder": category}
        yield f"{category}/index.md", _with_front_matter("", **values)


def _mkdocs_files(faq: Faq) -> Iterator[tuple[str, str]]:
    categories = by_category(faq)
    pages = ["index.md", *(f"{category}/index.md" for category in categories)]
    settings = ["INHERIT: base.yml", "nav:", *(f"  - {page}" for page in pages), ""]
    yield "../mkdocs.yml", "\n".join(settings)
    yield "index.md", f"# Questions\n\n{_links(faq)}\n"
    for category, entries in categories.items():
        links = "\n".join(f"- [{entry.question}]({entry.slug}.md)" for entry in entries)
        yield f"{category}/index.md", f"# {category}\n\n{links}\n"


def _links(faq: Faq) -> str:
    return "\n".join(f"- [{category}]({category}/index.md)" for category in by_category(faq))


if __name__ == "__main__":
    install()
