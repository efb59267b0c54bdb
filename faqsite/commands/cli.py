"""The command line: which command is meant, and what an error of any of them prints.

A command is a module with `make_parser()`, `run(options)`, which returns the exit status, and
`UNDONE`: what is left undone where it raises.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import TextIO

from faqsite.commands.console import (
    COMMANDS,
    INTERRUPTED,
    WRONG_COMMAND,
    WRONG_CONTENT,
    CommandError,
    Parser,
    UsageError,
    complain,
    complain_plainly,
    describe_os_error,
    describe_template_error,
    name_folder,
    print_problems,
)
from faqsite.model.problems import ContentError, TemplateError, did_you_mean


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
        command = load_command(name)
        parser: Parser = command.make_parser()
        return _run(command, parser, parser.parse_args(arguments))
    except KeyboardInterrupt:
        complain("stopped")
        return INTERRUPTED


def load_command(name: str) -> ModuleType:
    """Return the module of a command: that of "import" is `import_`."""
    return import_module(f"faqsite.commands.{name}{'_' if iskeyword(name) else ''}")


def _run(command: ModuleType, parser: Parser, options: argparse.Namespace) -> int:
    """Run a command; of an error, print what is wrong and what was left undone."""
    undone = f"; {command.UNDONE}" if command.UNDONE else ""
    status = WRONG_COMMAND
    try:
        done: int = command.run(options)
        sys.stdout.flush()
        status = done
    except UsageError as error:
        parser.error(str(error))
    except CommandError as error:
        complain(f"{error}{undone}")
        status = error.status
    except ContentError as error:
        content = name_folder(options.content)
        complain_plainly(f"{print_problems(error.problems, content)} in {content}/{undone}.")
        status = WRONG_CONTENT
    except TemplateError as error:
        complain_plainly("\n".join(describe_template_error(error, options)) + undone)
        status = WRONG_CONTENT
    except OSError as error:
        if _is_printed():
            complain(f"{describe_os_error(error)}{undone}")
        else:  # A disk is full, or nobody reads what is printed.
            sys.stdout = _nowhere()
            with suppress(OSError):
                complain(f"not all was printed: {error.strerror}")
    except KeyboardInterrupt:
        complain(f"stopped{undone}")
        status = INTERRUPTED
    return status


def _is_printed() -> bool:
    """Tell whether what was to be printed could be."""
    try:
        sys.stdout.flush()
    except OSError:
        return False
    return True


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 (for as long as this runs)
