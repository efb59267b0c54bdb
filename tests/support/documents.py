"""The documents of the project, and their headings, code, commands and examples."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import yaml

from .product import PRODUCT, PROJECT

DECISIONS = sorted(PROJECT.glob("docs/decisions/*.md"))
OURS = [*sorted(PROJECT.glob("*.md")), *sorted(PROJECT.glob("docs/*.md"))]

BRINGING = PROJECT / "docs/bringing-content.md"
MAKE_IT_YOURS = PROJECT / "docs/make-it-yours.md"
UPGRADING = PROJECT / "docs/upgrading.md"
WRITING = PROJECT / "docs/writing-entries.md"

AN_ENTRY = "---\nquestion: What?\n---\nThat: the pay, also remote.\n"
CODE = re.compile(r"(`+) ?(.+?) ?\1")
PYTHON = re.compile(r"python3?|py|\.venv/bin/python|\.venv\\Scripts\\python")
SHELLS = {"sh", "powershell"}

_FENCE = re.compile(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(
    rf"(?:bash|git|make|node|npm|npx|pip|pytest|{PYTHON.pattern}) .+|\.ci/run\b.*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block of a document, with the path of its file and the heading above it."""

    language: str
    path: str
    text: str
    heading: str


def name_of(document: Path) -> str:
    return document.relative_to(PROJECT).as_posix()


def read(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def prose_of(document: Path) -> str:
    return _FENCE.sub("", read(document))


def code_of(document: Path) -> list[str]:
    """Return the code in backticks."""
    return [code for _, code in CODE.findall(prose_of(document))]


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", text, re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """Return the ids that GitHub gives to the headings of a document."""
    found: list[str] = []
    for heading in headings(prose_of(document)):
        kept = re.sub(r"[^\w\s-]", "", heading.lower()).replace(" ", "-")
        found.append(f"{kept}-{found.count(kept)}" if kept in found else kept)
    return set(found)


def blocks_of(document: Path) -> Iterator[Block]:
    text = read(document)
    for fence in _FENCE.finditer(text):
        above = headings(_FENCE.sub("", text[: fence.start()]))
        yield Block(
            language=fence[2], path=fence[3] or "", text=dedent(fence[4]), heading=above[-1]
        )


def commands_of(document: Path) -> list[str]:
    """Return the commands in the shell blocks and in the text of a document."""
    shells = (block.text for block in blocks_of(document) if block.language in SHELLS)
    lines = "".join(shells).splitlines()
    return lines + [code for code in code_of(document) if _COMMAND.fullmatch(code)]


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder, and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def examples_of(document: Path) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Return a document's examples that are right, those that are wrong, and their messages.

    The messages for a wrong file are in the next block, which is plain text. Settings from
    several blocks are joined in one file.
    """
    right: dict[str, str] = {}
    wrong: dict[str, str] = {}
    messages: list[str] = []
    blocks = list(blocks_of(document))
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        if block.language == "text":
            messages += block.text.splitlines()
        elif after is not None and after.language == "text" and block.path:
            wrong[block.path] = block.text
        elif block.path in right:
            settings = {**yaml.safe_load(right[block.path]), **yaml.safe_load(block.text)}
            right[block.path] = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
        elif block.path:
            right[block.path] = block.text
    return right, wrong, messages


def write_project(folder: Path, files: Mapping[str, str]) -> None:
    """Write a project with these files, and stand-ins for the pictures and PDFs they link to."""
    for name in ("templates", "static"):
        shutil.copytree(PRODUCT / name, folder / name)
    least = {"content/site.yaml": "title: Questions\n"}
    if not any(name.endswith(".md") for name in files):
        least["content/first.md"] = AN_ENTRY
    write(folder, {**least, **files})
    for name, text in files.items():
        for linked in re.findall(r"\]\(([\w-]+\.(?:pdf|png|webp))\)", text):
            (folder / name).with_name(linked).write_bytes(b"%PDF-, or a picture")
        for logo in re.findall(r"^logo: (\S+)$", text, re.MULTILINE):
            write(folder / "static", {logo: '<svg xmlns="http://www.w3.org/2000/svg"/>'})
