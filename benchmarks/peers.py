"""The project and what it is measured beside: how each takes a FAQ, and how each is run.

Each has the same questions and answers, a page for each entry, a list for each category,
a flat navigation, and a search.
"""

from __future__ import annotations

import json
import os
import posixpath
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generators import Generator
from benchmarks.made_up import MadeCategory, MadeEntry, MadeFaq

__all__ = ["IMPORTS", "OURS", "generators", "install"]

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
SCAFFOLDS = HERE / "scaffolds"
PYTHONS = HERE / ".peers"
MODULES = HERE / "node_modules"
OURS, FILES, IMPORTS = "ours", "files", "imports"


def install() -> None:
    """Install the peers, each in the version that is written down; what cannot be had is told."""
    pip = (_python("python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    npm = ("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
    steps = [
        (sys.executable, "-m", "venv", str(PYTHONS)),
        (*pip, "--requirement", str(HERE / "requirements.txt")),
        *([npm] if shutil.which("npm") else []),
    ]
    for step in steps:
        subprocess.run(step, cwd=HERE, check=True)  # noqa: S603 (fixed commands)


def generators() -> tuple[Generator, ...]:
    """Return the project, its peers, and two yardsticks."""
    hugo = next(PYTHONS.glob("lib/*/site-packages/hugo/binaries/hugo*"), Path())
    pagefind = next(MODULES.glob("@pagefind/*/bin/pagefind_extended"), Path())
    eleventy = MODULES / "@11ty/eleventy/cmd.cjs"
    mkdocs = Path(_python("mkdocs"))
    node, mdbook = shutil.which("node") or "node", shutil.which("mdbook") or "mdbook"
    needs = "it is not installed: run with --install"
    return (
        Generator(
            name=OURS,
            label="this project",
            commands=((sys.executable, "build.py"),),
            scaffold={
                name: PROJECT / name for name in ("build.py", "faqsite", "static", "templates")
            },
            template="templates/entry.html",
            last="{% endblock %}",
        ),
        Generator(
            name="hugo",
            label="Hugo with Pagefind",
            commands=(
                (str(hugo), "--quiet"),
                (str(pagefind), "--site", "public", "--quiet"),
            ),
            scaffold=_scaffold("hugo"),
            output="public",
            entry=lambda entry: _with_front_matter(entry.body, title=entry.question),
            others=_hugo_files,
            template="layouts/page.html",
            last="{{ end }}",
            missing="" if hugo.is_file() and pagefind.is_file() else needs,
        ),
        Generator(
            name="mkdocs",
            label="MkDocs, index by lunr",
            commands=((str(mkdocs), "build", "--quiet"),),
            scaffold=_scaffold("mkdocs"),
            content="docs",
            entry=_with_heading,
            others=_mkdocs_files,
            template="theme/main.html",
            last="{% endblock %}",
            missing="" if mkdocs.is_file() else needs,
        ),
        Generator(
            name="material",
            label="Material for MkDocs",
            commands=((str(mkdocs), "build", "--quiet"),),
            scaffold=_scaffold("material"),
            content="docs",
            entry=_with_heading,
            others=_mkdocs_files,
            template="theme/main.html",
            last="{% endblock %}",
            missing="" if mkdocs.is_file() else needs,
        ),
        Generator(
            name="eleventy",
            label="Eleventy with Pagefind",
            commands=(
                (node, str(eleventy), "--quiet"),
                (str(pagefind), "--site", "_site", "--quiet"),
            ),
            scaffold={**_scaffold("eleventy"), "node_modules": MODULES},
            output="_site",
            entry=_eleventy_entry,
            others=_eleventy_files,
            template="_includes/entry.njk",
            last="</article>",
            missing="" if eleventy.is_file() and pagefind.is_file() else needs,
        ),
        Generator(
            name="mdbook",
            label="mdBook",
            commands=((mdbook, "build"),),
            scaffold=_scaffold("mdbook"),
            content="src",
            output="book",
            entry=_with_heading,
            others=_mdbook_files,
            template="theme/head.hbs",
            last="<!-- The end. -->",
            missing="" if shutil.which("mdbook") else 'no program "mdbook" on the path',
        ),
        Generator(
            name="plain",
            label="sixty lines of Python",
            commands=((sys.executable, "plain.py"),),
            scaffold=_scaffold("plain"),
            template="page.html",
            last="</main>",
        ),
        Generator(
            name=FILES,
            label="reading and writing alone",
            commands=((sys.executable, str(HERE / "files_alone.py"), "content", "site", "out"),),
            scaffold={
                name: PROJECT / name for name in ("build.py", "faqsite", "static", "templates")
            },
            output="out",
            preparation=(sys.executable, "build.py"),
        ),
        Generator(
            name=IMPORTS,
            label="importing the packages alone",
            commands=((sys.executable, "-c", "import jinja2, markdown, yaml, lunr"),),
            others=lambda _: iter(()),
        ),
    )


def _python(name: str) -> str:
    """Return a program of the peers' environment."""
    return str(PYTHONS / ("Scripts" if os.name == "nt" else "bin") / name)


def _scaffold(name: str) -> dict[str, Path]:
    return {each.name: each for each in sorted((SCAFFOLDS / name).iterdir())}


def _with_front_matter(body: str, **values: object) -> str:
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(("---", *lines, "---", body, ""))


def _with_heading(entry: MadeEntry) -> str:
    return f"# {entry.question}\n\n{entry.body}\n"


def _eleventy_entry(entry: MadeEntry) -> str:
    return _with_front_matter(
        entry.body,
        layout="entry.njk",
        title=entry.question,
        folder=entry.folder,
        tags=[entry.folder],
    )


def _hugo_files(faq: MadeFaq) -> Iterator[tuple[str, str]]:
    yield "_index.md", _with_front_matter("", title="Questions")
    for category in faq.categories:
        yield f"{category.path}/_index.md", _with_front_matter("", title=category.title)


def _eleventy_files(faq: MadeFaq) -> Iterator[tuple[str, str]]:
    links = [f"- [{each.title}]({each.path}/index.md)" for each in faq.categories]
    home = _with_front_matter("\n".join(links), layout="base.njk", title="Questions")
    yield "index.md", home
    for category in faq.categories:
        text = _with_front_matter(
            "", layout="category.njk", title=category.title, folder=category.path
        )
        yield f"{category.path}/index.md", text


def _mkdocs_files(faq: MadeFaq) -> Iterator[tuple[str, str]]:
    pages = ["index.md", *(f"{each.path}/index.md" for each in faq.categories)]
    settings = ["INHERIT: base.yml", "nav:", *(f"  - {page}" for page in pages), ""]
    yield "../mkdocs.yml", "\n".join(settings)
    links = [f"- [{each.title}]({each.path}/index.md)" for each in faq.categories]
    yield "index.md", "\n".join(("# Questions", "", *links, ""))
    for category, entries in _by_category(faq):
        links = [f"- [{each.question}]({posixpath.basename(each.path)}.md)" for each in entries]
        yield f"{category.path}/index.md", "\n".join((f"# {category.title}", "", *links, ""))


def _mdbook_files(faq: MadeFaq) -> Iterator[tuple[str, str]]:
    lines = ["# Summary", ""]
    for category, entries in _by_category(faq):
        lines.append(f"- [{category.title}]({category.path}/README.md)")
        lines += [f"  - [{entry.question}]({entry.path}.md)" for entry in entries]
        yield f"{category.path}/README.md", f"# {category.title}\n"
    yield "SUMMARY.md", "\n".join((*lines, ""))


def _by_category(faq: MadeFaq) -> Iterator[tuple[MadeCategory, list[MadeEntry]]]:
    by_folder: dict[str, list[MadeEntry]] = {}
    for entry in faq.entries:
        by_folder.setdefault(entry.folder, []).append(entry)
    for category in faq.categories:
        yield category, by_folder.get(category.path, [])
