"""`build.py new`: the file of an entry, to be written by hand."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from faqsite.console import (
    DONE,
    WRONG_COMMAND,
    WRONG_CONTENT,
    Parser,
    add_folders,
    complain,
    shown,
    tell,
    told_refusal,
)
from faqsite.content import load_content
from faqsite.newfiles import write_new
from faqsite.problems import Problems
from faqsite.writing import NewEntryError, plan_entry

__all__ = ["run"]


def _new_parser() -> argparse.ArgumentParser:
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


def run(arguments: Sequence[str]) -> int:
    """Write a draft; where others ask nearly the same, only tell which, unless it is to be."""
    parser = _new_parser()
    options = parser.parse_args(arguments)
    if not options.content.is_dir():
        parser.error(f'--content: no folder "{options.content}"')
    content = shown(options.content)
    folder = Path(options.folder)
    if folder.is_relative_to(content):  # As a shell completes it.
        folder = folder.relative_to(content)
    try:
        # What is wrong with other entries is for the build to tell.
        found = load_content(options.content, {}, Problems())
        entry = plan_entry(found, options.question, folder=folder.as_posix(), name=options.name)
        tell(entry.near, content)
        if entry.near and not options.anyway:
            complain(
                'nothing was written; add your question there under "also_asked", '
                "or run this again with --anyway"
            )
            return WRONG_CONTENT
        write_new({options.content / entry.path: entry.text.encode()})
    except NewEntryError as error:
        complain(str(error))
        return WRONG_COMMAND
    except OSError as error:
        complain(f"{told_refusal(error)}; nothing was written")
        return WRONG_COMMAND
    sys.stdout.write(
        f"Wrote {content}/{entry.path}, a draft: write its answer there, "
        'then take the line out: "draft: true".\n'
    )
    return DONE
