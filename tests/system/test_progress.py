"""Progress: nothing for a quick command, then one line."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from faqsite.system import progress
from faqsite.system.progress import Progress


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.5)


def show(stream: io.StringIO, *times: float) -> str:
    """Return what a command of two stages shows, given the times at which it begins and steps."""
    clock: Iterator[float] = iter(times)
    with Progress(stream, lambda: next(clock)) as command:
        command.begin("Reading 1,000 entries", 0.5)
        command.step(0.5)
        command.begin("Writing 1,108 files", 0.5)
        command.step(0.5)
    return stream.getvalue()


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_a_quick_command_shows_nothing(stream: io.StringIO) -> None:
    assert show(stream, 0, 0, 0.1, 0.2, 0.4) == ""


def test_a_terminal_has_one_line_which_goes_at_the_end() -> None:
    assert show(Terminal(), 0, 0, 1, 2, 3).split("\r\x1b[K") == [
        "",
        "Reading 1,000 entries: 50 %, 3 s left",
        "Writing 1,108 files: 0 %, 2 s left",
        "Writing 1,108 files: 50 %, 1 s left",
        "",
    ]


def test_a_line_changes_slowly_enough_to_read() -> None:
    assert show(Terminal(), 0, 0, 1, 1.01, 1.02).count("\r\x1b[K") == 2


def test_a_log_has_a_line_for_each_stage() -> None:
    assert show(io.StringIO(), 0, 0, 1, 2, 3) == (
        "Reading 1,000 entries ...\nWriting 1,108 files ...\n"
    )


def test_a_line_fits_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    lines = show(Terminal(), 0, 0, 1, 2, 3).split("\r\x1b[K")
    assert {len(line) for line in lines} == {0, 19}
