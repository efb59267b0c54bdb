"""`build.py`: builds content/ into site/."""

from __future__ import annotations

import argparse
import sys
import time

from faqsite.build.pipeline import AddressError, build_site
from faqsite.build.publish import PublishError
from faqsite.commands import console
from faqsite.commands.console import format_count, name_folder
from faqsite.system.progress import Progress

UNDONE = "nothing was published"


def make_parser() -> console.Parser:
    """Return the parser of the command line."""
    others = "; ".join(f'"build.py {name}": {what}' for name, what in console.COMMANDS.items())
    parser = console.Parser(
        "",
        "Build the FAQ site: content/ -> site/.",
        "Example: python build.py --site-url https://example.org/faq/. "
        f"Other commands, each with its own --help: {others}.",
    )
    parser.add_folders("content", "output", "templates", "static")
    meaning = 'the public address (default: "url" in site.yaml)'
    parser.add_argument("--site-url", metavar="URL", default="", help=meaning)
    meaning = "the path that the site is served under (default: the path of its address)"
    parser.add_argument("--base-path", metavar="PATH", default="", help=meaning)
    return parser


def run(options: argparse.Namespace) -> int:
    """Build the site; return the exit status."""
    console.check_folders(options, *console.SOURCES)
    _check_output(options)
    content, output = name_folder(options.content), name_folder(options.output)
    started = time.perf_counter()
    try:
        with Progress(sys.stderr) as progress:
            report = build_site(**vars(options), progress=progress)
    except (AddressError, PublishError) as error:
        raise console.UsageError(str(error)) from error
    console.print_problems(report.advice, content)
    entries = format_count(report.entries, "entry", "entries")
    categories = format_count(report.categories, "category", "categories")
    made = f"{format_count(report.pages, 'page')}, {format_count(report.files, 'file')}"
    size, seconds = report.size_bytes / 1000, time.perf_counter() - started
    sys.stdout.write(
        f"Read {content}/: {entries} in {categories}.\n"
        f"Wrote {output}/: {made}, {size:,.0f} kB, in {seconds:.2f} s.\n"
    )
    return console.DONE


def _check_output(options: argparse.Namespace) -> None:
    """Raise UsageError unless the output is apart from the sources."""
    target = options.output.resolve()
    if not target.name:
        raise console.UsageError("--output cannot be the root of a disk; choose a folder")
    for name in console.SOURCES:
        source = getattr(options, name).resolve()
        if target.is_relative_to(source):
            raise console.UsageError(f"--output is inside --{name}; choose another folder")
        if source.is_relative_to(target):
            raise console.UsageError(f"--output contains --{name}; choose another folder")
