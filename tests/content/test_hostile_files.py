"""Files that strangers leave: each is a problem, and a build neither follows nor waits for one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from faqsite.content.sources import LIMITS, read_sources
from faqsite.content.words import load_words
from faqsite.model.problems import Problems, TemplateError
from faqsite.pages.assets import load_static
from faqsite.pages.render import load_templates
from faqsite.system import files
from faqsite.system.files import read_file
from tests.support.contents import told

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no pipes, and links need a right there")

ENTRY = b"---\nquestion: What?\n---\nThis.\n"


def link(path: Path) -> None:
    """Leave a link to another place."""
    path.symlink_to(os.devnull)


def loop(path: Path) -> None:
    """Leave a link to itself."""
    path.symlink_to(path)


def pipe(path: Path) -> None:
    """Leave a pipe that nobody writes to."""
    os.mkfifo(path)


def sparse(path: Path) -> None:
    """Leave a file of a gigabyte that uses no disk space."""
    with path.open("wb") as file:
        file.truncate(1_000_000_000)


@pytest.mark.parametrize(
    ("leave", "name", "problem"),
    [
        (loop, "a.png", "a link to another place, which is not followed; put the file itself here"),
        (pipe, "a.md", "the file cannot be read: neither a file nor a folder"),
        (sparse, "a.md", "the file cannot be read: larger than 256,000 bytes; divide it"),
        (
            sparse,
            "a.png",
            (
                "the file cannot be read: larger than 20,000,000 bytes;"
                " make it smaller, or link to it on another site"
            ),
        ),
    ],
)
def test_an_odd_file_of_the_content_is_a_problem(
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


def test_a_link_or_pipe_that_replaces_a_file_is_not_read(tmp_path: Path) -> None:
    for leave in (link, pipe):
        path = tmp_path / "inner" / leave.__name__
        path.parent.mkdir(exist_ok=True)
        leave(path)
        with pytest.raises(OSError, match=r"a link, which is not followed|neither a file nor"):
            read_file(path)


def test_a_file_that_grows_while_it_is_read_is_an_error(
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
def test_an_odd_template_or_static_file_ends_the_build(
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
def test_an_odd_file_of_words_is_a_problem(
    leave: Callable[[Path], None], reason: str, tmp_path: Path
) -> None:
    leave(tmp_path / "words.yaml")
    with pytest.raises(TemplateError) as raised:
        load_words(tmp_path)
    assert str(raised.value) == f"templates/words.yaml: the file cannot be read: {reason}"


@pytest.mark.parametrize("name", ["a\nb.css", 'a"b.css', "a\\b.css", "C:a.css"])
def test_the_name_of_a_static_file_must_be_right_for_an_address(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(OSError, match="a name that cannot be in an address"):
        load_static(tmp_path)


def test_scripts_cannot_import_each_other_in_a_ring(tmp_path: Path) -> None:
    (tmp_path / "js/page").mkdir(parents=True)
    for name, other in (("a", "b"), ("b", "a")):
        text = f'import {{ x }} from "./{other}.js";\n'
        (tmp_path / f"js/page/{name}.js").write_text(text, encoding="utf-8")
    with pytest.raises(OSError, match="scripts import each other in a circle: ") as raised:
        load_static(tmp_path)
    assert raised.value.filename == str(tmp_path / "js/page")


@pytest.mark.parametrize(
    ("what", "most", "read"),
    [
        ("files and folders", 3, ["a/a.md", "a/b.md"]),
        ("bytes", 60, ["a.png", "b.md"]),
        ("bytes of entries", 60, ["a.png", "b.md", "c.md"]),
    ],
)
def test_the_content_has_limits(
    what: str, most: int, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = LIMITS[what][1]
    monkeypatch.setitem(LIMITS, what, (most, hint))
    folders = ("a/a.md", "a/b.md", "b/a.md")
    names = folders if what == "files and folders" else ("a.png", "b.md", "c.md", "d.md")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(ENTRY)
    problems = Problems()
    assert [*read_sources(tmp_path, problems).files] == read
    assert told(problems) == [f"content/: the content has more than {most} {what}; {hint}"]


def test_too_many_static_files_end_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILES", 1)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(OSError, match="more than 1 files"):
        load_static(tmp_path)
