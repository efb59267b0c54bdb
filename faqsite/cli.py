"""The command line: which command is meant, and what ends every one of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TextIO

from faqsite.console import COMMANDS, INTERRUPTED, WRONG_COMMAND, complain
from faqsite.problems import did_you_mean

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status: 0 done, 1 the content is wrong, 2 the command."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # It was closed by who began this.
            setattr(sys, name, _nowhere())
        # A question may hold what an old terminal cannot show.
        getattr(sys, name).reconfigure(errors="backslashreplace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = "build"
    if arguments and not arguments[0].startswith("-"):
        name, *arguments = arguments
        if name not in COMMANDS:
            hint = did_you_mean(name, COMMANDS) or "see build.py --help"
            complain(f'no command "{name}"; {hint}')
            return WRONG_COMMAND
    try:
        # Only the module that is meant: what a build needs is half of its time.
        status: int = import_module(f"faqsite.{name}_command").run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        complain("stopped")
        return INTERRUPTED
    except OSError as error:
        if error.filename is not None:
            raise
        # No file: a disk is full, or nobody reads what is printed.
        sys.stdout = _nowhere()
        with suppress(OSError):
            complain(f"not all was printed: {error.strerror}")
        return WRONG_COMMAND
    return status


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 (for as long as this runs)
