"""`build.py export`: the entries as a table for a spreadsheet."""

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
    complain_plainly,
    counted,
    shown,
    tell,
    told_refusal,
)
from faqsite.content import parse_content, parse_entry, read_sources
from faqsite.exported import content_csv
from faqsite.newfiles import write_new
from faqsite.problems import Problems, TemplateError
from faqsite.sentences import load_sentences

__all__ = ["run"]


def _export_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="build.py export",
        description=(
            "Write the entries, drafts included, as a table for a spreadsheet (CSV). "
            '"build.py import" reads it back.'
        ),
        epilog="Example: python build.py export --file faq.csv",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--file",
        metavar="FILE",
        type=Path,
        help="where to write it; a file that is there is not overwritten (by default printed)",
    )
    add_folders(parser, "content", "templates")
    return parser


def run(arguments: Sequence[str]) -> int:
    """Write the table to a file or the standard output; return the exit status."""
    parser = _export_parser()
    options = parser.parse_args(arguments)
    if not options.content.is_dir():
        parser.error(f'--content: no folder "{options.content}"')
    content = shown(options.content)
    problems = Problems()
    try:
        sentences = load_sentences(options.templates)
    except TemplateError as error:
        complain_plainly(str(error))
        return WRONG_CONTENT
    sources = read_sources(options.content, problems)
    entries = {path: parse_entry(file, path, problems) for path, file in sources.entries.items()}
    raw = parse_content(sources, entries, sentences, problems)
    if problems.found:
        found = tell(sorted(problems.found), content)
        complain_plainly(f"{found} in {content}/; nothing was exported, put them right first.")
        return WRONG_CONTENT
    exported = content_csv(raw)
    if options.file is None:
        sys.stdout.buffer.write(exported)
        return DONE
    try:
        write_new({options.file: exported})
    except FileExistsError:
        complain(f'"{options.file}" is there already; delete it first, or choose another name')
        return WRONG_COMMAND
    except OSError as error:
        complain(f"{told_refusal(error)}; nothing was exported")
        return WRONG_COMMAND
    told = counted(len(raw.entries), "entry", "entries")
    sys.stdout.write(f"Wrote {options.file}: {told} of {content}/.\n")
    return DONE
