"""The documents: their examples build, their tables are complete, and their links work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

import pytest

from faqsite.commands.cli import main
from faqsite.model.keys import CATEGORY_KEYS, ENTRY_KEYS, Key
from faqsite.model.records import SETTINGS_KEYS
from tests.support.answers import html_of
from tests.support.documents import (
    CODE,
    DECISIONS,
    MAKE_IT_YOURS,
    OURS,
    SHELLS,
    WRITING,
    anchors,
    blocks_of,
    code_of,
    examples_of,
    name_of,
    prose_of,
    read,
    write,
    write_project,
)
from tests.support.product import PRODUCT, PROJECT
from tests.support.sites import SENTENCES

documents = pytest.mark.parametrize("document", OURS, ids=name_of)


@documents
def test_the_examples_in_a_document_build(
    document: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    right, wrong, messages = examples_of(document)
    if not right:
        return
    build = [f"--{name}={name}" for name in ("content", "templates", "static", "output")]
    monkeypatch.chdir(tmp_path)
    write_project(tmp_path, right)
    assert (main(build), capsys.readouterr().err) == (0, "")
    home = read(tmp_path / "output/index.html")
    for path, text in right.items():
        assert text.strip() in home or not path.startswith("templates/") or "{{" in text
    if wrong:
        write(tmp_path, wrong)
        assert main(build) == 1
        assert capsys.readouterr().err.splitlines()[:-1] == sorted(messages)


@documents
def test_an_example_names_its_file(document: Path) -> None:
    for block in blocks_of(document):
        languages = {"css", "csv", "html", "markdown", "yaml"} if block.path else {"text", *SHELLS}
        assert block.language in languages


@pytest.mark.parametrize(
    ("document", "keys"),
    [(WRITING, ENTRY_KEYS), (WRITING, CATEGORY_KEYS), (MAKE_IT_YOURS, SETTINGS_KEYS)],
)
def test_tables_of_keys_match_the_code(document: Path, keys: Iterable[Key]) -> None:
    rows = "".join(f"| `{key.name}` | {key.does} |\n" for key in keys)
    table = f"| key | what it does |\n| --- | --- |\n{rows}\n"
    assert table in read(document), f"paste into {name_of(document)}:\n{rows}"


def test_the_markdown_that_is_shown_works() -> None:
    table = read(WRITING).partition("| you write |")[2].partition("\n\n")[0]
    pieces = [code for _, code in CODE.findall(re.sub(r"(?m) \|[^|]*\|$", "", table))]
    kinds = re.findall(r"`\[!([A-Z]+)\]`", read(WRITING))
    assert (len(pieces), len(kinds)) == (9, 5)
    for piece in pieces:
        assert html_of(piece) != f"<p>{escape(piece, quote=False)}</p>"
    for kind in kinds:
        assert f'class="admonition {kind.lower()}"' in html_of(f"> [!{kind}]\n> Mind.")


def test_quotes_from_pages_and_workflows_are_exact() -> None:
    quoted = re.findall(
        'gives (?:each answer )?"(.+?)"(?: and each category "(.+?)")?', read(MAKE_IT_YOURS)
    )
    names = {"contact", "jobs", "edit", "add"}
    assert {text for pair in quoted for text in pair if text} == {SENTENCES[x] for x in names}
    writing = " ".join(read(WRITING).split())
    assert all(f"*{SENTENCES[name]}*" in writing for name in ("edit", "add"))
    (step,) = re.findall(r"step \*(.+?)\*", writing)
    assert f"- name: {step}\n" in read(PROJECT / ".github/workflows/pages.yml")
    (title,) = re.findall(r"the issue \*(.+?)\*", writing)
    assert f'title="{title}"' in read(PROJECT / ".ci/reviews")


def test_the_style_that_is_shown_has_an_effect() -> None:
    css = "".join(block.text for block in blocks_of(MAKE_IT_YOURS) if block.language == "css")
    tokens = {code for code in code_of(MAKE_IT_YOURS) if re.fullmatch("--[a-z-]+", code)}
    style = "".join(read(path) for path in (PROJECT / "static/style").glob("*.css"))
    assert [token for token in {*re.findall(r"--[\w-]+", css), *tokens} if token not in style] == []
    html = "".join(read(path) for path in (PRODUCT / "templates").glob("*.html"))
    assert [name for name in re.findall(r"^\.(\w+)", css, re.MULTILINE) if name not in html] == []


@pytest.mark.parametrize("document", [*OURS, *DECISIONS], ids=name_of)
def test_links_between_documents_work(document: Path) -> None:
    prose = CODE.sub("", prose_of(document))
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_picture_is_used_small_and_described() -> None:
    shown = {
        (document.parent / path).resolve(): alternative
        for document in OURS
        for alternative, path in re.findall(r"!\[(.*?)\]\((.+?)\)", prose_of(document), re.DOTALL)
    }
    assert set(PROJECT.glob("docs/**/*.webp")) == shown.keys()
    assert [alternative for alternative in shown.values() if len(alternative.split()) < 5] == []
    assert [picture for picture in shown if picture.stat().st_size > 50_000] == []


def test_decisions_are_numbered_and_listed_and_name_their_successors() -> None:
    index, *decisions = sorted(DECISIONS, key=lambda path: path.stem != "README")
    numbers = [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [path.stem[:4] for path in decisions] == numbers
    listed = re.findall(r"^\| \[(\d+)\]\((.+?)\) \| (Superseded)?", read(index), re.MULTILINE)
    assert [file for _, file, _ in listed] == [path.name for path in decisions]
    assert [number for number, *_ in listed] == numbers
    first_lines = [read(path).splitlines()[2] for path in decisions]
    assert [line.startswith("Superseded by [") for line in first_lines] == [
        bool(superseded) for *_, superseded in listed
    ]


def test_the_editors_guide_takes_five_minutes_to_read() -> None:
    assert len(re.findall(r"\S*\w\S*", read(WRITING))) <= 1_200


@documents
def test_files_that_a_document_names_exist(document: Path) -> None:
    ours = re.compile(r"(?:\.ci|\.github|docs|faqsite|static|templates|tests)/[a-z0-9_./-]*")
    for code in code_of(document):
        if ours.fullmatch(code) and not code.startswith("static/brand/"):
            assert (PROJECT / code).exists(), code
