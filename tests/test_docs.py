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


def test_what_is_quoted_from_a_page_or_a_run_stands_there() -> None:
    quoted = re.findall('gives "(.+?)"', read(MAKE_IT_YOURS))
    assert quoted == [SENTENCES["contact"], SENTENCES["jobs"]]
    assert f'gives each answer "{SENTENCES["edit"]}"' in read(MAKE_IT_YOURS)
    assert f'each category "{SENTENCES["add"]}"' in read(MAKE_IT_YOURS)
    for name in ("edit", "add"):
        assert f"*{SENTENCES[name]}*" in read(WRITING)
    workflow = read(PROJECT / ".github/workflows/pages.yml")
    steps = re.findall(r"step \*(.+?)\*", read(WRITING))
    assert steps
    assert [step for step in steps if f"- name: {step}\n" not in workflow] == []


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


PICTURES = [
    (document, alternative, path)
    for document in OURS
    for alternative, path in re.findall(r"!\[(.*?)\]\((.+?)\)", prose_of(document), re.DOTALL)
]


@pytest.mark.parametrize(("document", "alternative", "path"), PICTURES)
def test_a_picture_is_there_is_small_and_is_told_to_those_who_cannot_see_it(
    document: Path, alternative: str, path: str
) -> None:
    assert len(alternative.split()) >= 5
    picture = document.parent / path
    assert picture.read_bytes()[8:12] == b"WEBP"
    assert picture.stat().st_size <= (50_000 if path == "docs/screenshot.webp" else 40_000)


def test_every_picture_is_shown() -> None:
    shown = {(document.parent / path).resolve() for document, _, path in PICTURES}
    assert set(PROJECT.glob("docs/**/*.webp")) == shown


def test_an_editor_reads_the_page_in_five_minutes() -> None:
    words = [word for word in read(WRITING).split() if re.search(r"\w", word)]
    assert len(words) <= 1_200


def test_the_name_of_the_monthly_issue_is_what_the_script_gives_it() -> None:
    (title,) = re.findall(r"the issue \*(.+?)\*", read(WRITING))
    assert f'title="{title}"' in read(PROJECT / ".ci/reviews")


@documents
def test_a_file_of_ours_that_is_named_is_there(document: Path) -> None:
    ours = re.compile(r"(?:\.ci|\.github|docs|faqsite|static|templates|tests)/[a-z0-9_./-]*")
    named = [code for code in code_of(document) if ours.fullmatch(code)]
    owned = "static/brand/"
    assert [
        path for path in named if not path.startswith(owned) and not (PROJECT / path).exists()
    ] == []
