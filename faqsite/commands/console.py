"""What all commands have in common: their folders, what they print, their exit status."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from faqsite.model.problems import Problem, TemplateError, printable

DONE, WRONG_CONTENT, WRONG_COMMAND, INTERRUPTED = 0, 1, 2, 130

_PROJECT = Path(__file__).parent.parent.parent
_FOLDERS = {
    "content": "the entries and their settings",
    "output": "where the site is written",
    "templates": "the pages' templates",
    "static": "the style sheets and scripts",
}
SOURCES = {"content": "", "templates": "words.yaml", "static": "js/engine"}
"""The folders that a command reads, with what cannot be missing there."""
COMMANDS = {
    "check": "audit the content: does each question find its answer?",
    "export": "write the entries as a table for a spreadsheet",
    "import": "make entries of what was written elsewhere",
    "new": "write the file of a new entry",
    "serve": "show the site in a browser while it is written",
}
"""The commands beside the build; each has a module of its own beside this one."""


class CommandError(Exception):
    """Why a command does nothing, and what to do, on one line."""

    def __init__(self, message: str, status: int = WRONG_COMMAND) -> None:
        super().__init__(message)
        self.status = status


class UsageError(CommandError):
    """The command is wrong as it was typed."""


class Parser(argparse.ArgumentParser):
    """Takes each option by its whole name; says in one line what was wrong, without the usage."""

    def __init__(self, prog: str, description: str, epilog: str) -> None:
        super().__init__(prog=prog, description=description, epilog=epilog, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        complain(f"{message}; see {self.prog} --help")
        sys.exit(WRONG_COMMAND)


def add_folders(parser: argparse.ArgumentParser, *names: str) -> None:
    """Let a command take the folders of these names, by default those beside build.py."""
    for name in names:
        folder = "site" if name == "output" else name
        parser.add_argument(
            f"--{name}",
            metavar="DIR",
            type=_folder,
            default=_PROJECT / folder,
            help=f"{_FOLDERS[name]} (by default {folder}/ beside build.py)",
        )


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of a folder is missing")
    return Path(text)


def check_sources(options: argparse.Namespace) -> None:
    """Raise UsageError unless the sources are there."""
    for name, needed in SOURCES.items():
        folder = getattr(options, name)
        check_folder(name, folder)
        if not (folder / needed).exists():
            raise UsageError(f'--{name}: no {needed} in "{folder}"')


def check_folder(name: str, folder: Path) -> None:
    """Raise UsageError unless a folder is there; `name` is that of its option."""
    if not folder.is_dir():
        raise UsageError(f'--{name}: no folder "{folder}"')


def describe_template_error(error: TemplateError, options: argparse.Namespace) -> list[str]:
    """Return the lines of an error, with the folder of the templates as it was given."""
    folder = f"{name_folder(options.templates)}/"
    return [line.replace("templates/", folder, 1) for line in str(error).splitlines()]


def describe_os_error(error: OSError) -> str:
    """Return what the system refused, e.g. 'Permission denied: "site"'."""
    # What is refused while a file is written comes without its name.
    return f'{error.strerror}: "{error.filename}"' if error.filename else str(error.strerror)


def print_problems(problems: Sequence[Problem], folder: str) -> str:
    """Write each problem on a line and return how many there are, e.g. "2 problems"."""
    for problem in problems:
        advice = "advice: " if problem.is_advice else ""
        complain_plainly(advice + problem.describe(folder))
    return format_count(sum(not problem.is_advice for problem in problems), "problem")


def format_count(number: int, one: str, many: str = "") -> str:
    """Return e.g. "1 page" or "1,000 pages"; `many` is for a plural that takes more than an "s"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def name_folder(folder: Path) -> str:
    """Return the folder as a person would say it: "content", wherever the project is."""
    absolute = folder.resolve()
    return str(absolute.relative_to(_PROJECT) if absolute.is_relative_to(_PROJECT) else folder)


def complain(message: str) -> None:
    """Tell what was wrong with a command, on one line, whatever the name of a folder holds."""
    complain_plainly(f"build.py: {printable(' '.join(message.splitlines()))}")


def complain_plainly(text: str) -> None:
    """Write lines to the standard error."""
    sys.stderr.write(text + "\n")
