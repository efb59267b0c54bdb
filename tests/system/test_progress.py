"""How far a long command is: nothing while it is quick, then one line."""

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


def told(stream: io.StringIO, *times: float) -> str:
    """Return what is told of a command of two stages: at these times it begins, steps, ends."""
    clock: Iterator[float] = iter(times)
    with Progress(stream, lambda: next(clock)) as of_command:
        of_command.begin("Reading 1,000 entries", 0.5)
        of_command.step(0.5)
        of_command.begin("Writing 1,108 files", 0.5)
        of_command.step(0.5)
    return stream.getvalue()


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_of_a_quick_command_nothing_is_told(stream: io.StringIO) -> None:
    assert told(stream, 0, 0, 0.1, 0.2, 0.4) == ""


def test_on_a_terminal_one_line_is_written_anew_and_taken_away_at_the_end() -> None:
    assert told(Terminal(), 0, 0, 1, 2, 3).split("\r\x1b[K") == [
        "",
        "Reading 1,000 entries: 50 %, 3 s left",
        "Writing 1,108 files: 0 %, 2 s left",
        "Writing 1,108 files: 50 %, 1 s left",
        "",
    ]


def test_a_line_is_not_written_more_often_than_one_can_read() -> None:
    assert told(Terminal(), 0, 0, 1, 1.01, 1.02).count("\r\x1b[K") == 2


def test_in_a_log_each_stage_that_is_waited_for_is_one_line() -> None:
    assert told(io.StringIO(), 0, 0, 1, 2, 3) == (
        "Reading 1,000 entries ...\nWriting 1,108 files ...\n"
    )


def test_a_line_is_no_longer_than_the_terminal_is_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    lines = told(Terminal(), 0, 0, 1, 2, 3).split("\r\x1b[K")
    assert {len(line) for line in lines} == {0, 19}
