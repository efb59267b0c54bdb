"""The project and the generators that it is measured beside: how each gets a FAQ, how it runs.

Each gets the same questions and answers, and makes a page for each entry, a list for each
category, a flat navigation and a search. What one needs besides (its settings and templates)
is in `benchmarks/scaffolds/`, as plain as it goes.

    python -m benchmarks.generators

installs the peers, each in the version that is written down.
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

from benchmarks.made_up import MadeEntry, by_category, entry_text
from tests.support.product import PRODUCT

HERE = Path(__file__).resolve().parent
PYTHONS = HERE / ".peers"
MODULES = HERE / "node_modules"
OURS, IMPORTS = "ours", "imports"
INSTALL = 'run "python -m benchmarks.generators"'

Faq = tuple[MadeEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a build took, of all programs that it started."""

    wall_s: float
    cpu_s: float
    largest_bytes: float
    """The most memory that one program had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """Something that makes a site of a FAQ, or the yardstick beside them, which makes none."""

    name: str
    label: str
    commands: tuple[tuple[str, ...], ...]
    """Run one after the other, in its folder."""
    scaffold: str = ""
    """The folder of benchmarks/scaffolds/ whose files it needs."""
    content: str = "content"
    output: str = "site"
    entry: Callable[[MadeEntry], str] = entry_text
    """Returns the text of an entry's file."""
    others: Callable[[Faq], Iterator[tuple[str, str]]] = lambda _: iter(())
    """Yields further files: their paths in the content, and their texts."""
    is_missing: bool = False


class Workplace:
    """A folder in which a generator makes the site of a FAQ again and again."""

    def __init__(self, generator: Generator, faq: Faq, folder: Path) -> None:
        """Write all that it needs."""
        self._generator = generator
        self._size = len(faq)
        self._folder = folder
        self.output = folder / generator.output
        folder.mkdir(parents=True)
        if generator.scaffold:
            shutil.copytree(HERE / "scaffolds" / generator.scaffold, folder, dirs_exist_ok=True)
            (folder / "node_modules").symlink_to(MODULES)
        files = dict(generator.others(faq))
        files |= {f"{entry.path}.md": generator.entry(entry) for entry in faq}
        for path, text in files.items():
            file = folder / generator.content / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        self._own = {each.name for each in folder.iterdir()}

    def build(self) -> Cost:
        """Build from nothing: whatever an earlier build has left is removed before."""
        for each in self._folder.iterdir():
            if each.name not in self._own:
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        costs = [_measure(command, self._folder) for command in self._generator.commands]
        if self._generator.name != IMPORTS:
            pages = sum(1 for _ in self.output.rglob("*.html"))
            if pages < self._size:
                sys.exit(f"{self._generator.label}: {pages} pages of {self._size} entries")
        return Cost(
            wall_s=sum(cost.wall_s for cost in costs),
            cpu_s=sum(cost.cpu_s for cost in costs),
            largest_bytes=max(cost.largest_bytes for cost in costs),
        )


def generators() -> tuple[Generator, ...]:
    """Return the project, its peers, and what importing its packages takes."""
    hugo = next(PYTHONS.glob("lib/*/site-packages/hugo/binaries/hugo*"), Path())
    pagefind = next(MODULES.glob("@pagefind/*/bin/pagefind_extended"), Path())
    eleventy = MODULES / "@11ty/eleventy/cmd.cjs"
    mkdocs = Path(_python("mkdocs"))
    return (
        Generator(
            name=OURS,
            label="this project",
            commands=((sys.executable, str(PRODUCT / "build.py"), *_folders()),),
            others=_our_files,
        ),
        Generator(
            name="hugo",
            label="Hugo with Pagefind",
            commands=((str(hugo), "--quiet"), (str(pagefind), "--site", "public", "--quiet")),
            scaffold="hugo",
            output="public",
            entry=lambda entry: _with_front_matter(entry.body, title=entry.question),
            others=_hugo_files,
            is_missing=not (hugo.is_file() and pagefind.is_file()),
        ),
        Generator(
            name="mkdocs",
            label="MkDocs, index by lunr",
            commands=((str(mkdocs), "build", "--quiet"),),
            scaffold="mkdocs",
            content="docs",
            entry=lambda entry: f"# {entry.question}\n\n{entry.body}\n",
            others=_mkdocs_files,
            is_missing=not mkdocs.is_file(),
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
            others=_eleventy_files,
            is_missing=not (eleventy.is_file() and pagefind.is_file()),
        ),
        Generator(
            name=IMPORTS,
            label="importing the packages alone",
            commands=((sys.executable, "-c", "import jinja2, markdown, yaml, lunr"),),
        ),
    )


def install() -> None:
    """Install the peers; without npm, those from PyPI alone."""
    pip = (_python("python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    npm = ("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
    steps = [
        (sys.executable, "-m", "venv", str(PYTHONS)),
        (*pip, "--requirement", str(HERE / "requirements.txt")),
        *([npm] if shutil.which("npm") else []),
    ]
    for step in steps:
        subprocess.run(step, cwd=HERE, check=True)  # noqa: S603 (fixed commands)


def _measure(command: tuple[str, ...], folder: Path) -> Cost:
    measuring = [sys.executable, str(HERE / "measure.py"), str(folder), json.dumps(command)]
    done = subprocess.run(measuring, check=False, capture_output=True, text=True)  # noqa: S603 (the benchmark's own)
    if done.returncode:
        sys.exit(done.stderr)
    return Cost(**json.loads(done.stdout))


def _folders() -> Iterator[str]:
    yield from ("--content", "content", "--output", "site")
    for name in ("templates", "static"):
        yield from (f"--{name}", str(PRODUCT / name))


def _python(name: str) -> str:
    """Return a program of the peers' environment."""
    return str(PYTHONS / ("Scripts" if os.name == "nt" else "bin") / name)


def _with_front_matter(body: str, **values: object) -> str:
    lines = (f"{key}: {json.dumps(value)}" for key, value in values.items())
    return "\n".join(("---", *lines, "---", body, ""))


def _our_files(_: Faq) -> Iterator[tuple[str, str]]:
    yield "site.yaml", "title: Questions\n"


def _hugo_files(faq: Faq) -> Iterator[tuple[str, str]]:
    yield "_index.md", _with_front_matter("", title="Questions")
    for category in by_category(faq):
        yield f"{category}/_index.md", _with_front_matter("", title=category)


def _eleventy_entry(entry: MadeEntry) -> str:
    return _with_front_matter(
        entry.body,
        layout="entry.njk",
        title=entry.question,
        folder=entry.category,
        tags=[entry.category],
    )


def _eleventy_files(faq: Faq) -> Iterator[tuple[str, str]]:
    links = "\n".join(f"- [{each}]({each}/index.md)" for each in by_category(faq))
    yield "index.md", _with_front_matter(links, layout="base.njk", title="Questions")
    for category in by_category(faq):
        front_matter = {"layout": "category.njk", "title": category, "folder": category}
        yield f"{category}/index.md", _with_front_matter("", **front_matter)


def _mkdocs_files(faq: Faq) -> Iterator[tuple[str, str]]:
    categories = by_category(faq)
    pages = ["index.md", *(f"{each}/index.md" for each in categories)]
    settings = ["INHERIT: base.yml", "nav:", *(f"  - {page}" for page in pages), ""]
    yield "../mkdocs.yml", "\n".join(settings)
    links = "\n".join(f"- [{each}]({each}/index.md)" for each in categories)
    yield "index.md", f"# Questions\n\n{links}\n"
    for category, entries in categories.items():
        links = "\n".join(f"- [{each.question}]({each.slug}.md)" for each in entries)
        yield f"{category}/index.md", f"# {category}\n\n{links}\n"


if __name__ == "__main__":
    install()
