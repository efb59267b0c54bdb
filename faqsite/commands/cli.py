"""The command line: chooses the command, and prints what goes wrong in any of them.

A command is a module with `make_parser()`, `run(options)`, which returns the exit status, and
`UNDONE`, what an error leaves undone.
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
    """Run a command and return the exit status: 0 done, 1 wrong content, 2 wrong command."""
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
    """Run a command; print an error as what is wrong and what was left undone."""
    undone = ""
    try:
        # Imports are half the time of a build, so only this command's are made.
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
        status = error.status
    except ContentError as error:
        content = console.name_folder(options.content)
        count = console.print_problems(error.problems, content)
        console.write_error(f"{count} in {content}/{undone}.")
        status = console.WRONG_CONTENT
    except TemplateError as error:
        lines = console.describe_template_error(error, options)
        console.write_error("\n".join(lines) + undone)
        status = console.WRONG_CONTENT
    except OSError as error:
        _complain_of_system(error, undone)
        status = console.WRONG_COMMAND
    except KeyboardInterrupt:
        console.complain(f"stopped{undone}")
        status = console.INTERRUPTED
    return status


def _complain_of_system(error: OSError, undone: str) -> None:
    """Print what the system refused, e.g. 'Permission denied: "site"'."""
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
