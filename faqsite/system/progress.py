"""Shows how far a slow command is: on a terminal one line that moves, in a log one per stage."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Callable
from typing import Self, TextIO

QUIET_SECONDS = 0.5
"""A command that is quicker shows nothing."""
_REDRAW_SECONDS = 0.1
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows progress on a stream while its context lasts; by default nowhere."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream or io.StringIO()
        self._clock = clock
        self._started = self._drawn = clock()
        self._stage, self._share, self._before = "", 0.0, 0.0
        self._shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the line, for the next output to take its place."""
        if self._shown and self._stream.isatty():
            self._write(_CLEAR)

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
        if not self._stream.isatty():
            if self._shown != self._stage:
                self._write(f"{self._stage} ...\n")
            self._shown = self._stage
        elif not self._shown or now - self._drawn >= _REDRAW_SECONDS:
            self._drawn = now
            self._shown = f"{self._stage}: {done * 100:.0f} %"
            if of_all := self._before + self._share * done:
                left = (now - self._started) * (1 - of_all) / of_all
                self._shown += f", {max(left, 0):.0f} s left"
            self._write(_CLEAR + self._shown[: shutil.get_terminal_size().columns - 1])

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
