"""What the documents say: their examples are built, their tables are whole, their links lead."""

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


def build_here() -> int:
    names = ("content", "templates", "static", "output")
    return main([word for name in names for word in (f"--{name}", name)])


@documents
def test_the_examples_of_a_document_make_a_site(
    document: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    right, wrong, messages = examples_of(document)
    if not right:
        return
    monkeypatch.chdir(tmp_path)
    write_project(tmp_path, right)
    assert (build_here(), capsys.readouterr().err) == (0, "")
    home = read(tmp_path / "output/index.html")
    for path, text in right.items():
        if path.startswith("templates/") and "{{" not in text:
            assert text.strip() in home
    write(tmp_path, wrong)
    if wrong:
        assert build_here() == 1
        assert capsys.readouterr().err.splitlines()[:-1] == sorted(messages)


@documents
def test_an_example_says_which_file_it_is(document: Path) -> None:
    for block in blocks_of(document):
        assert bool(block.path) == (block.language in {"css", "csv", "html", "markdown", "yaml"})
        assert block.path or block.language in {"text", *SHELLS}


@pytest.mark.parametrize(
    ("document", "keys"),
    [(WRITING, ENTRY_KEYS), (WRITING, CATEGORY_KEYS), (MAKE_IT_YOURS, SETTINGS_KEYS)],
)
def test_a_table_of_keys_says_what_their_declaration_says(
    document: Path, keys: Iterable[Key]
) -> None:
    rows = "".join(f"| `{key.name}` | {key.does} |\n" for key in keys)
    table = f"| key | what it does |\n| --- | --- |\n{rows}\n"
    assert table in read(document), f"paste into {name_of(document)}:\n{rows}"


def test_each_piece_of_markdown_is_read_as_markdown() -> None:
    table = read(WRITING).partition("| you write |")[2].partition("\n\n")[0]
    pieces = [CODE.search(row) for row in table.splitlines()[2:]]
    assert len(pieces) > 5
    for piece in pieces:
        assert piece
        assert html_of(piece[2]) != f"<p>{escape(piece[2], quote=False)}</p>"


def test_each_kind_of_note_is_one() -> None:
    kinds = re.findall(r"`\[!([A-Z]+)\]`", read(WRITING))
    assert len(kinds) == 5
    for kind in kinds:
        assert f'class="admonition {kind.lower()}"' in html_of(f"> [!{kind}]\n> Mind.")


def test_what_is_quoted_from_a_page_or_a_run_is_there() -> None:
    quoted = re.findall(
        'gives (?:each answer )?"(.+?)"(?: and each category "(.+?)")?', read(MAKE_IT_YOURS)
    )
    names = {"contact", "jobs", "edit", "add"}
    assert {text for pair in quoted for text in pair if text} == {SENTENCES[x] for x in names}
    assert all(f"*{SENTENCES[name]}*" in read(WRITING) for name in ("edit", "add"))
    (step,) = re.findall(r"step\s\*(.+?)\*", read(WRITING))
    assert f"- name: {step}\n" in read(PROJECT / ".github/workflows/pages.yml")


def test_the_style_that_is_shown_changes_what_there_is() -> None:
    css = "".join(block.text for block in blocks_of(MAKE_IT_YOURS) if block.language == "css")
    tokens = {code for code in code_of(MAKE_IT_YOURS) if re.fullmatch("--[a-z-]+", code)}
    style = "".join(read(path) for path in (PROJECT / "static/style").glob("*.css"))
    assert [token for token in {*re.findall(r"--[\w-]+", css), *tokens} if token not in style] == []
    html = "".join(read(path) for path in (PRODUCT / "templates").glob("*.html"))
    assert [name for name in re.findall(r"^\.(\w+)", css, re.MULTILINE) if name not in html] == []


@pytest.mark.parametrize("document", [*OURS, *DECISIONS], ids=name_of)
def test_a_link_leads_to_a_file_and_a_heading(document: Path) -> None:
    prose = CODE.sub("", prose_of(document))
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_picture_is_shown_is_small_and_is_described_to_those_who_cannot_see_it() -> None:
    shown = {
        (document.parent / path).resolve(): alternative
        for document in OURS
        for alternative, path in re.findall(r"!\[(.*?)\]\((.+?)\)", prose_of(document), re.DOTALL)
    }
    assert set(PROJECT.glob("docs/**/*.webp")) == shown.keys()
    assert [alternative for alternative in shown.values() if len(alternative.split()) < 5] == []
    assert [picture for picture in shown if picture.stat().st_size > 50_000] == []


def test_decisions_are_numbered_without_gaps_and_listed_and_say_what_supersedes_them() -> None:
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


def test_an_editor_reads_the_page_in_five_minutes() -> None:
    words = [word for word in read(WRITING).split() if re.search(r"\w", word)]
    assert len(words) <= 1_200


def test_the_name_of_the_monthly_issue_is_what_the_script_gives_it() -> None:
    (title,) = re.findall(r'title="(.+?)"', read(PROJECT / ".ci/reviews"))
    assert f"the issue *{title}*" in " ".join(read(WRITING).split())


@documents
def test_a_file_of_ours_that_is_named_is_there(document: Path) -> None:
    ours = re.compile(r"(?:\.ci|\.github|docs|faqsite|static|templates|tests)/[a-z0-9_./-]*")
    named = [code for code in code_of(document) if ours.fullmatch(code)]
    owned = "static/brand/"
    assert [
        path for path in named if not path.startswith(owned) and not (PROJECT / path).exists()
    ] == []
