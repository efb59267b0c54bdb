"""`build.py export`: writes the entries to a table for a spreadsheet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from faqsite.commands import console
from faqsite.content.folder import load_content
from faqsite.content.words import load_words
from faqsite.model.problems import Problems
from faqsite.system.files import write_new
from faqsite.transfer.table import write_csv

UNDONE = "nothing was exported"


def make_parser() -> console.Parser:
    """Return the parser of the command line."""
    parser = console.Parser(
        "export",
        "Write the entries, including drafts, to a table for a spreadsheet (CSV). "
        '"build.py import" reads it back.',
        "Example: python build.py export --file faq.csv",
    )
    meaning = "the new file to write, which must not exist yet (default: print the table)"
    parser.add_argument("--file", metavar="FILE", type=Path, help=meaning)
    parser.add_folders("content", "templates")
    return parser


def run(options: argparse.Namespace) -> int:
    """Write the table to a file or the standard output; return the exit status."""
    console.check_folders(options, "content")
    problems = Problems()
    found = load_content(options.content, load_words(options.templates), problems)
    problems.raise_if_any()
    table = write_csv(found)
    if options.file is None:
        sys.stdout.buffer.write(table)
        return console.DONE
    try:
        write_new({options.file: table})
    except FileExistsError:
        message = f'"{options.file}" already exists; delete it, or choose another name'
        raise console.CommandError(message) from None
    entries = console.format_count(len(found.entries), "entry", "entries")
    sys.stdout.write(f"Wrote {entries} to {options.file}.\n")
    return console.DONE
