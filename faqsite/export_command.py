"""`build.py export`: all of the content in one file, to take along or to edit as a table."""

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
from faqsite.exported import content_csv, content_json
from faqsite.newfiles import write_new
from faqsite.problems import Problems, TemplateError
from faqsite.sentences import load_sentences
from faqsite.settings import SETTINGS_FILE

__all__ = ["run"]


def _export_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="build.py export",
        description=(
            "Write the whole content as one file: as JSON without loss, drafts, settings and "
            "pictures included, or its entries as a table. Both can be imported again."
        ),
        epilog="Example: python build.py export --format csv --file faq.csv",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--format", choices=("json", "csv"), default="json", help="(by default json)"
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
    """Write the content to a file or the standard output; return the exit status."""
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
    if options.format == "csv":
        exported = content_csv(raw)
    else:
        settings = sources.files[SETTINGS_FILE].decode("utf-8-sig")
        exported = content_json(raw, settings).encode(errors="surrogateescape")
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
