"""The command line: which command is meant, and what ends every one of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from faqsite.console import COMMANDS, INTERRUPTED, WRONG_COMMAND, complain
from faqsite.problems import did_you_mean

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status: 0 done, 1 the content is wrong, 2 the command."""
    for stream in (sys.stdout, sys.stderr):
        # A question may hold what an old terminal cannot show.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
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
    except KeyboardInterrupt:
        complain("stopped")
        return INTERRUPTED
    return status
