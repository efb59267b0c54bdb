"""New files: all or none, whatever happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from faqsite.system.files import write_new
from tests.commands.test_cli import tree
from tests.support.documents import write
from tests.support.forked import KILLED, Command, Forked

FILES = {"pay/day.md": b"entry", "pay/map.png": b"picture", "team/deep/zone.md": b"entry"}


def below(folder: Path) -> dict[Path, bytes]:
    return {folder / path: content for path, content in FILES.items()}


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_new(below(tmp_path))
    assert tree(tmp_path) == FILES


@pytest.mark.parametrize("taken", FILES)
def test_if_one_file_exists_none_is_written(tmp_path: Path, taken: str) -> None:
    write(tmp_path, {taken: "mine"})
    before = list(tmp_path.rglob("*"))
    with pytest.raises(FileExistsError) as error:
        write_new(below(tmp_path))
    assert error.value.filename == str(tmp_path / taken)
    assert tree(tmp_path) == {taken: b"mine"}
    assert list(tmp_path.rglob("*")) == before


def test_a_link_to_nowhere_counts_as_a_file(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("a link needs a right there")
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        write_new({tmp_path / "a.md": b"entry"})
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("call", ["fsync", "rename"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_if_the_disk_refuses_one_file_none_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, at: int
) -> None:
    real: Callable[..., object] = getattr(os, call)
    calls = iter(range(1, 4))

    def refuse(*given: object) -> object:
        if next(calls) == at:
            raise OSError(28, "No space left on device")
        return real(*given)

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(OSError, match="No space left"):
        write_new(below(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_a_killed_command_left_is_replaced(tmp_path: Path) -> None:
    write(tmp_path, {".a.md.part": "half"})
    write_new({tmp_path / "a.md": b"entry"})
    assert tree(tmp_path) == {"a.md": b"entry"}


TABLE = "question,answer,category\n" + "".join(
    f"What is {number}?,This is {number}. {'See [zero](0.md).' if number else ''},Numbers/All\n"
    for number in range(2)
)
SOURCES = {
    "content/site.yaml": "title: Questions\n",
    "content/a.md": "---\nquestion: What else?\n---\nMore.\n",
    "faq.csv": f"{TABLE}Without an answer?,,\n",
    "old/one.md": "---\ntitle: One?\n---\n![Map](map.png) and [two](two.md).\n",
    "old/two.md": "---\ntitle: Two?\n---\n![Map](map.png) and [one](one.md).\n",
    "old/map.png": "a picture",
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "faq.csv", "--content", "content"),
        ("import", "old", "--content", "content", "--in", "older"),
        ("new", "Which zone is ours?", "--content", "content"),
    ],
)
def test_after_a_kill_the_same_command_writes_the_rest(
    tmp_path: Path, commands: Forked, arguments: tuple[str, ...]
) -> None:
    model = write(tmp_path / "model", SOURCES)
    (ended,) = commands.run(Command(arguments=arguments, folder=str(model)))
    before, after = {path: text.encode() for path, text in SOURCES.items()}, tree(model)
    assert len(after) > len(before)
    found = []
    for moment in range(1, ended.changes + 2):
        lane = write(tmp_path / str(moment), SOURCES)
        command = Command(arguments=arguments, folder=str(lane), moment=moment)
        (killed,) = commands.run(command)
        assert killed.status == (KILLED if moment <= ended.changes else ended.status)
        whole = {path: file for path, file in tree(lane).items() if not path.endswith(".part")}
        assert before.items() <= whole.items() <= after.items()
        found.append(len(whole))
        if killed.status == KILLED:
            commands.run(Command(arguments=arguments, folder=str(lane)))
        assert tree(lane) == after
    assert (found[0], found[-1]) == (len(before), len(after))
    assert found == sorted(found)
