"""What strangers leave among the sources: it is told, nothing else is read, and nobody waits."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from faqsite.content import sources as content
from faqsite.content.sentences import load_sentences
from faqsite.content.sources import read_sources
from faqsite.model.problems import Problems, TemplateError
from faqsite.pages.assets import load_static
from faqsite.pages.render import load_templates
from faqsite.system import files
from faqsite.system.files import read_file
from tests.support.contents import told

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no pipes, and links need a right there")

ENTRY = b"---\nquestion: What?\n---\nThis.\n"


def link(path: Path) -> None:
    """Leave a link to what lies elsewhere."""
    path.symlink_to(os.devnull)


def loop(path: Path) -> None:
    """Leave a link to itself."""
    path.symlink_to(path)


def pipe(path: Path) -> None:
    """Leave a pipe into which nobody writes."""
    os.mkfifo(path)


def sparse(path: Path) -> None:
    """Leave a file of a gigabyte that takes no room."""
    with path.open("wb") as file:
        file.truncate(1_000_000_000)


@pytest.mark.parametrize(
    ("leave", "name", "problem"),
    [
        (link, "a.md", "a link to another place, which is not followed; put the file itself here"),
        (loop, "a.png", "a link to another place, which is not followed; put the file itself here"),
        (pipe, "a.md", "neither a file nor a folder; keep it outside of the content folder"),
        (
            sparse,
            "a.md",
            "the file cannot be read: larger than 256,000 bytes; divide it",
        ),
        (
            sparse,
            "queries.yaml",
            "the file cannot be read: larger than 256,000 bytes; divide it",
        ),
        (
            sparse,
            "a.png",
            (
                "the file cannot be read: larger than 20,000,000 bytes;"
                " make it smaller, or link to where it lies"
            ),
        ),
    ],
)
def test_among_the_content_it_is_a_problem(
    leave: Callable[[Path], None], name: str, problem: str, tmp_path: Path
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/b.md").write_bytes(ENTRY)
    leave(tmp_path / "content" / name)
    problems = Problems()
    sources = read_sources(tmp_path / "content", problems)
    assert told(problems) == [f"content/{name}: {problem}"]
    assert sources.files == {"b.md": ENTRY}


def test_a_content_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.md").write_bytes(ENTRY)
    (tmp_path / "content").symlink_to("real")
    problems = Problems()
    assert read_sources(tmp_path / "content", problems).files == {}
    assert told(problems) == [
        "content/: a link to another place, which is not followed; name the folder itself"
    ]


def test_what_takes_the_place_of_a_file_before_it_is_opened_is_not_read(tmp_path: Path) -> None:
    for leave in (link, pipe):
        path = tmp_path / "inner" / leave.__name__
        path.parent.mkdir(exist_ok=True)
        leave(path)
        with pytest.raises(OSError, match=r"a link, which is not followed|neither a file nor"):
            read_file(path)


def test_a_file_that_grows_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"a")
    fstat = os.fstat

    def grow(number: int) -> os.stat_result:
        found = fstat(number)
        file.write_bytes(b"a" * 100)
        return found

    monkeypatch.setattr(os, "fstat", grow)
    with pytest.raises(OSError, match="it changed while it was being read; try again"):
        read_file(file)


@pytest.mark.parametrize(
    ("leave", "message"),
    [
        (link, "a link that leads out of the folder"),
        (loop, "a link, which is not followed"),
        (pipe, "neither a file nor a folder"),
        (sparse, "larger than"),
    ],
)
def test_among_templates_and_static_files_it_ends_the_build(
    leave: Callable[[Path], None], message: str, tmp_path: Path
) -> None:
    (tmp_path / "brand").mkdir()
    (tmp_path / "js/page").mkdir(parents=True)
    for path in (tmp_path / "brand/a.html", tmp_path / "js/page/a.js"):
        leave(path)
        with pytest.raises(OSError, match=message) as raised:
            (load_templates if path.suffix == ".html" else load_static)(tmp_path)
        assert raised.value.filename == str(path)
        path.unlink()


@pytest.mark.parametrize(
    ("leave", "reason"),
    [
        (link, "a link that leads out of the folder"),
        (pipe, "neither a file nor a folder"),
        (sparse, "larger than 256,000 bytes"),
    ],
)
def test_in_the_place_of_the_sentences_it_is_told(
    leave: Callable[[Path], None], reason: str, tmp_path: Path
) -> None:
    (tmp_path / "templates").mkdir()
    leave(tmp_path / "templates/words.yaml")
    with pytest.raises(TemplateError) as raised:
        load_sentences(tmp_path / "templates")
    assert str(raised.value) == (
        f"templates/words.yaml: the file is missing, or cannot be read; {reason}"
    )


@pytest.mark.parametrize("name", ["a\nb.css", 'a"b.css', "a\\b.css", "C:a.css"])
def test_a_static_file_whose_name_cannot_be_in_an_address_is_told(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(OSError, match="a name that cannot be in an address"):
        load_static(tmp_path)


def test_scripts_that_import_each_other_in_a_ring_are_told(tmp_path: Path) -> None:
    (tmp_path / "js/page").mkdir(parents=True)
    for name, other in (("a", "b"), ("b", "a")):
        text = f'import {{ x }} from "./{other}.js";\n'
        (tmp_path / f"js/page/{name}.js").write_text(text, encoding="utf-8")
    with pytest.raises(OSError, match="scripts import each other in a circle: ") as raised:
        load_static(tmp_path)
    assert raised.value.filename == str(tmp_path / "js/page")


def test_more_files_than_there_may_be_are_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "MAX_FILES", 3)
    for name in ("a/a.md", "a/b.md", "b/a.md", "b/b.md", "c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(ENTRY)
    problems = Problems()
    sources = read_sources(tmp_path, problems)
    assert told(problems) == [
        "content/: more than 3 files and folders; divide them into several sites"
    ]
    assert [*sources.files] == ["a/a.md", "a/b.md"]


def test_more_bytes_than_there_may_be_are_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "MAX_CONTENT_BYTES", 2 * len(ENTRY))
    for name in ("a.md", "b.md", "c.md", "d.md"):
        (tmp_path / name).write_bytes(ENTRY)
    problems = Problems()
    assert [*read_sources(tmp_path, problems).files] == ["a.md", "b.md"]
    assert told(problems) == [
        "content/: more than 60 bytes in all; make the pictures and PDFs smaller"
    ]
    monkeypatch.setattr(content, "MAX_CONTENT_TEXT_BYTES", len(ENTRY))
    monkeypatch.setattr(content, "MAX_CONTENT_BYTES", 9 * len(ENTRY))
    (tmp_path / "a.png").write_bytes(ENTRY)
    problems = Problems()
    assert [*read_sources(tmp_path, problems).files] == ["a.md", "a.png"]
    assert told(problems) == [
        "content/: more than 30 bytes of entries in all; divide them into several sites"
    ]


def test_more_static_files_than_there_may_be_end_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILES", 1)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(OSError, match="more than 1 files"):
        load_static(tmp_path)


def test_two_folders_of_one_name_in_other_characters_are_told(tmp_path: Path) -> None:
    for name in ("pay\u0301", "pa\u00fd"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_bytes(ENTRY)
    problems = Problems()
    sources = read_sources(tmp_path, problems)
    if len(os.listdir(tmp_path)) == 1:  # noqa: PTH208 (names alone)
        pytest.skip("this file system takes them for one")
    assert told(problems) == [
        (
            "content/pa\u00fd: a second folder of that name, in other Unicode characters;"
            " rename one of them"
        )
    ]
    assert sources.folders == ("pa\u00fd",)
