"""The command line: runs a command, and prints its errors.

A command is a module with `make_parser()`, `run(options)`, which returns the exit status, and
`UNDONE`, which an error message ends with: "nothing was published".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import TextIO

from faqsite.commands import console
from faqsite.model.problems import ContentError, TemplateError, did_you_mean


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # The caller closed it.
            setattr(sys, stream, _open_nowhere())
        # A question may contain what an old terminal cannot show.
        getattr(sys, stream).reconfigure(errors="backslashreplace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = "build"
    if arguments and not arguments[0].startswith("-"):
        name, *arguments = arguments
        if name not in console.COMMANDS:
            hint = did_you_mean(name, console.COMMANDS) or "see build.py --help"
            console.complain(f'there is no command "{name}"; {hint}')
            return console.WRONG_COMMAND
    return _run(name, arguments)


def load_command(name: str) -> ModuleType:
    """Import the module of a command; for "import" it is `import_`."""
    return import_module(f"faqsite.commands.{name}{'_' if iskeyword(name) else ''}")


def _run(name: str, arguments: Sequence[str]) -> int:
    undone = ""
    try:
        # Imports are half the time of a build, so each command imports only what it needs.
        command = load_command(name)
        parser: console.Parser = command.make_parser()
        options = parser.parse_args(arguments)
        undone = f"; {command.UNDONE}" if command.UNDONE else ""
        status: int = command.run(options)
        sys.stdout.flush()
    except console.UsageError as error:
        parser.error(str(error))
    except console.CommandError as error:
        console.complain(f"{error}{undone}")
        return error.status
    except ContentError as error:
        content = console.name_folder(options.content)
        count = console.print_problems(error.problems, content)
        console.write_error(f"{count} in {content}/{undone}.")
        return console.WRONG_CONTENT
    except TemplateError as error:
        console.write_error(console.describe_template_error(error, options) + undone)
        return console.WRONG_CONTENT
    except OSError as error:
        _print_system_error(error, undone)
        return console.WRONG_COMMAND
    except KeyboardInterrupt:
        console.complain(f"stopped{undone}")
        return console.INTERRUPTED
    return status


def _print_system_error(error: OSError, undone: str) -> None:
    """Print an error of the system, e.g. 'Permission denied: "site"'."""
    try:
        sys.stdout.flush()
    except OSError:  # The disk is full, or the reader of a pipe has gone.
        sys.stdout = _open_nowhere()
        with suppress(OSError):
            console.complain(f"the output is incomplete: {error.strerror}")
    else:
        # An error while a file is being written comes without the file's name.
        file = f': "{error.filename}"' if error.filename else ""
        console.complain(f"{error.strerror}{file}{undone}")


def _open_nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 (for as long as this runs)
