"""`build.py export`: the entries as a table for a spreadsheet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from faqsite.commands.console import (
    DONE,
    CommandError,
    Parser,
    add_folders,
    check_folder,
    format_count,
    name_folder,
)
from faqsite.content.folder import load_content
from faqsite.content.sentences import load_sentences
from faqsite.model.problems import Problems
from faqsite.system.files import write_new
from faqsite.transfer.table import write_csv

UNDONE = "nothing was exported"


def make_parser() -> Parser:
    """Return the parser of the command line."""
    parser = Parser(
        prog="build.py export",
        description=(
            "Write the entries, drafts included, as a table for a spreadsheet (CSV). "
            '"build.py import" reads it back.'
        ),
        epilog="Example: python build.py export --file faq.csv",
    )
    parser.add_argument(
        "--file",
        metavar="FILE",
        type=Path,
        help="where to write it; a file that is there is not overwritten (by default printed)",
    )
    add_folders(parser, "content", "templates")
    return parser


def run(options: argparse.Namespace) -> int:
    """Write the table to a file or the standard output; return the exit status."""
    check_folder("content", options.content)
    problems = Problems()
    found = load_content(options.content, load_sentences(options.templates), problems)
    problems.raise_if_any()
    table = write_csv(found)
    if options.file is None:
        sys.stdout.buffer.write(table)
        return DONE
    try:
        write_new({options.file: table})
    except FileExistsError:
        message = f'"{options.file}" is there already; delete it first, or choose another name'
        raise CommandError(message) from None
    entries = format_count(len(found.entries), "entry", "entries")
    sys.stdout.write(f"Wrote {options.file}: {entries} of {name_folder(options.content)}/.\n")
    return DONE
