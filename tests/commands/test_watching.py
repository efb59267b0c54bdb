"""Changes in folders: each burst once, by the names that remain."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from faqsite.commands.preview.watching import watch_folders
from tests.support.documents import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "pages", {"pay/day.md": "old", "pay/.day.md.swp": "old"})


@pytest.fixture
def changes(folder: Path) -> Iterator[Iterator[list[str]]]:
    """Yield the changes of a folder, which is already watched."""
    stop = threading.Event()
    timer = threading.Timer(20, stop.set)
    timer.start()
    found = watch_folders({"content": folder}, stop)
    assert next(found) == []
    yield found
    timer.cancel()
    stop.set()
    assert list(found) == []


def test_a_burst_is_reported_once(changes: Iterator[list[str]], folder: Path) -> None:
    write(folder, {f"pay/{number}.md": "new" for number in range(30)})
    assert next(changes) == sorted(f"content/pay/{number}.md" for number in range(30))


def test_a_replaced_file_is_reported_without_its_temporary_files(
    changes: Iterator[list[str]], folder: Path
) -> None:
    write(folder, {"pay/day.md.tmp": "new", "pay/4913": ""})
    (folder / "pay/4913").unlink()
    (folder / "pay/day.md.tmp").replace(folder / "pay/day.md")
    assert next(changes) == ["content/pay/day.md"]


def test_hidden_files_are_not_reported(changes: Iterator[list[str]], folder: Path) -> None:
    write(folder, {"pay/.day.md.swp": "new", ".git/index": "new", "~lock": "new"})
    write(folder, {"pay/day.md": "new"})
    assert next(changes) == ["content/pay/day.md"]


def test_a_folder_that_is_replaced_is_watched_again(
    changes: Iterator[list[str]], folder: Path
) -> None:
    away = folder.rename(folder.with_name("away"))
    assert set(next(changes)) <= {"content", "content/pay", "content/pay/day.md"}
    shutil.copytree(away, folder)
    write(folder, {"pay/new.md": "new"})
    # Only that there may be changes is known of the time when it was gone.
    assert next(each for each in changes if (folder / "pay/new.md").exists()) == []
    write(folder, {"pay/day.md": "new"})
    assert "content/pay/day.md" in next(filter(None, changes))
