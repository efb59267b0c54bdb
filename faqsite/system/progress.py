"""How far a long command is: nothing while it is quick, then one line that moves.

On a terminal the line is drawn again in its place; in a log each stage is a line of its own.
"""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Callable
from typing import Self, TextIO

QUIET_SECONDS = 0.5
"""A command that takes no longer shows nothing."""
_REDRAW_SECONDS = 0.1
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows on a stream how far a command is, until it is left as a context; by default nowhere."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream or io.StringIO()
        self._clock = clock
        self._moves = self._stream.isatty()
        self._started = self._drawn = clock()
        self._stage, self._share, self._before = "", 0.0, 0.0
        self._told = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the line: the next output begins where it was."""
        if self._moves and self._told:
            self._stream.write(_CLEAR)
            self._stream.flush()

    def begin(self, stage: str, share: float) -> None:
        """Begin a stage, e.g. "Reading 1,000 entries", which takes that share of the whole."""
        self._before += self._share
        self._stage, self._share = stage, share
        self.step(0.0)

    def step(self, done: float) -> None:
        """Show how much of the stage is done, from 0 to 1."""
        now = self._clock()
        if now - self._started < QUIET_SECONDS:
            return
        if not self._moves:
            if self._told != self._stage:
                self._told = self._stage
                self._stream.write(f"{self._stage} ...\n")
                self._stream.flush()
            return
        if self._told and now - self._drawn < _REDRAW_SECONDS:
            return
        self._drawn = now
        self._told = self._line(done, now)
        self._stream.write(_CLEAR + self._told[: shutil.get_terminal_size().columns - 1])
        self._stream.flush()

    def _line(self, done: float, now: float) -> str:
        """Return e.g. "Reading 1,000 entries: 40 %, 2 s left"."""
        of_all = self._before + self._share * done
        line = f"{self._stage}: {done * 100:.0f} %"
        if not of_all:
            return line
        left = (now - self._started) * (1 - of_all) / of_all
        return f"{line}, {max(left, 0):.0f} s left"
