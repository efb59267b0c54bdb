"""`build.py new`: the file of an entry, to be written by hand."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from faqsite.commands.console import (
    DONE,
    WRONG_CONTENT,
    CommandError,
    Parser,
    add_folders,
    check_folder,
    shown,
    tell,
)
from faqsite.commands.writing import plan_entry
from faqsite.content.folder import load_content
from faqsite.model.problems import Problems
from faqsite.system.files import write_new

UNDONE = "nothing was written"


def make_parser() -> Parser:
    """Return the parser of the command line."""
    parser = Parser(
        prog="build.py new",
        description=(
            "Write the file of a new entry: a draft, which is not published until its answer "
            'is written and the line "draft: true" taken out.'
        ),
        epilog='Example: python build.py new "Can I bring my dog?" --in office',
        allow_abbrev=False,
    )
    parser.add_argument("question", metavar="QUESTION", help="in quotes, as a reader would ask it")
    parser.add_argument(
        "--in",
        dest="folder",
        metavar="FOLDER",
        default="",
        help="the folder of its category, such as office or office/desks (by default none)",
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        default="",
        help="the name of the file, and so of the page, in few words (by default the question)",
    )
    parser.add_argument(
        "--anyway",
        action="store_true",
        help="write it also if another entry asks nearly the same",
    )
    add_folders(parser, "content")
    return parser


def run(options: argparse.Namespace) -> int:
    """Write a draft; where others ask nearly the same, only name them, unless it is to be."""
    check_folder("content", options.content)
    content = shown(options.content)
    folder = Path(options.folder)
    if folder.is_relative_to(content):  # As a shell completes it.
        folder = folder.relative_to(content)
    # What is wrong with other entries is for the build to report.
    found = load_content(options.content, {}, Problems())
    entry = plan_entry(found, options.question, folder=folder.as_posix(), name=options.name)
    tell(entry.near, content)
    if entry.near and not options.anyway:
        message = 'add your question there under "also_asked", or run this again with --anyway'
        raise CommandError(message, WRONG_CONTENT)
    write_new({options.content / entry.path: entry.text.encode()})
    sys.stdout.write(
        f"Wrote {content}/{entry.path}, a draft: write its answer there, "
        'then take the line out: "draft: true".\n'
    )
    return DONE
