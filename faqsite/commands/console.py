"""What all commands share: their folders, what they print, their exit status."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from faqsite.model.problems import Problem, TemplateError, printable

DONE, WRONG_CONTENT, WRONG_COMMAND, INTERRUPTED = 0, 1, 2, 130

_PROJECT = Path(__file__).parent.parent.parent
_FOLDERS = {
    "content": "the entries and their settings",
    "output": "where to write the site",
    "templates": "the page templates",
    "static": "the style sheets and scripts",
}
SOURCES = {"content": "", "templates": "words.yaml", "static": "js/engine"}
"""The folders that a site is built from, each with what it has to contain."""
COMMANDS = {
    "check": "report what to improve, and test whether the search finds each answer",
    "export": "write the entries to a table for a spreadsheet",
    "import": "import entries from a table, a help centre, a page, a text or a folder",
    "new": "start a new entry",
    "serve": "preview the site in a browser while you write",
}
"""The commands besides the build; each is a module beside this one."""


class CommandError(Exception):
    """Why a command does nothing, and what to do, on one line."""

    def __init__(self, message: str, status: int = WRONG_COMMAND) -> None:
        super().__init__(message)
        self.status = status


class UsageError(CommandError):
    """The command line is wrong."""


class Parser(argparse.ArgumentParser):
    """Takes options by their whole names, and reports a wrong one on one line."""

    def __init__(self, command: str, description: str, epilog: str) -> None:
        prog = f"build.py {command}".strip()
        super().__init__(prog=prog, description=description, epilog=epilog, allow_abbrev=False)

    def add_folders(self, *names: str) -> None:
        """Add options for these folders; the defaults are beside build.py."""
        for name in names:
            folder = "site" if name == "output" else name
            self.add_argument(
                f"--{name}",
                metavar="DIR",
                type=_folder,
                default=_PROJECT / folder,
                help=f"{_FOLDERS[name]} (default: {folder}/ beside build.py)",
            )

    def error(self, message: str) -> NoReturn:
        complain(f"{message}; see {self.prog} --help")
        sys.exit(WRONG_COMMAND)


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("name a folder")
    return Path(text)


def check_folders(options: argparse.Namespace, *names: str) -> None:
    """Raise UsageError unless the folders of these options exist and contain what they have to."""
    for name in names:
        folder, needed = getattr(options, name), SOURCES.get(name, "")
        if not folder.is_dir():
            raise UsageError(f'--{name}: there is no folder "{folder}"')
        if not (folder / needed).exists():
            raise UsageError(f'--{name}: there is no {needed} in "{folder}"')


def describe_template_error(error: TemplateError, options: argparse.Namespace) -> list[str]:
    """Return the lines of an error, with the folder of the templates as it was given."""
    folder = f"{name_folder(options.templates)}/"
    return [line.replace("templates/", folder, 1) for line in str(error).splitlines()]


def print_problems(problems: Sequence[Problem], folder: str) -> str:
    """Print each problem on a line and return how many there are, e.g. "2 problems"."""
    for problem in problems:
        write_error("advice: " * problem.is_advice + problem.describe(folder))
    return format_count(sum(not problem.is_advice for problem in problems), "problem")


def format_count(number: int, one: str, many: str = "") -> str:
    """Return e.g. "1 page" or "1,000 pages"; `many` is for a plural that takes more than an "s"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def name_folder(folder: Path) -> str:
    """Return a folder as a person would name it: "content", wherever the project is."""
    absolute = folder.resolve()
    return str(absolute.relative_to(_PROJECT) if absolute.is_relative_to(_PROJECT) else folder)


def quote_for_shell(text: str) -> str:
    """Return a name as one word of a command; no shell runs any part of it."""
    return f'"{text}"' if text.replace(" ", "").isalnum() and " " in text else shlex.quote(text)


def complain(message: str) -> None:
    """Print what is wrong with a command on one line, whatever the name of a folder contains."""
    write_error(f"build.py: {printable(' '.join(message.splitlines()))}")


def write_error(text: str) -> None:
    """Print lines to the standard error."""
    sys.stderr.write(text + "\n")
