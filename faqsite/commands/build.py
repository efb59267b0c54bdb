"""`build.py`: content/ to site/, and what it says of it."""

from __future__ import annotations

import argparse
import sys
import time

from faqsite.build.pipeline import AddressError, build_site
from faqsite.build.publish import PublishError
from faqsite.commands.console import (
    COMMANDS,
    DONE,
    SOURCES,
    Parser,
    UsageError,
    add_folders,
    check_sources,
    format_count,
    name_folder,
    print_problems,
)
from faqsite.model.records import Report
from faqsite.system.progress import Progress

_GIVEN = ("content", "templates", "static", "output", "site_url", "base_path")


UNDONE = "nothing was published"


def make_parser() -> Parser:
    """Return the parser of the command line."""
    others = "; ".join(f'"build.py {name}": {what}' for name, what in COMMANDS.items())
    parser = Parser(
        prog="build.py",
        description="Build the FAQ site: content/ -> site/.",
        epilog=(
            "Example: python build.py --site-url https://example.org/faq/. Other commands, each "
            f"with its own --help: {others}."
        ),
    )
    add_folders(parser, "content", "output", "templates", "static")
    parser.add_argument(
        "--site-url", metavar="URL", default="", help='the public address; else "url" of site.yaml'
    )
    parser.add_argument(
        "--base-path",
        metavar="PATH",
        default="",
        help="the path under which the site is served (by default that of its address)",
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Build the site; return the exit status."""
    check_sources(options)
    _check_output(options)
    content, output = name_folder(options.content), name_folder(options.output)
    started = time.perf_counter()
    given = {name: getattr(options, name) for name in _GIVEN}
    try:
        with Progress(sys.stderr) as progress:
            report = build_site(**given, progress=progress)
    except (AddressError, PublishError) as error:
        raise UsageError(str(error)) from error
    print_problems(report.advice, content)
    sys.stdout.write(_summary(report, content, output, time.perf_counter() - started))
    return DONE


def _check_output(options: argparse.Namespace) -> None:
    """Raise UsageError unless the output is apart from the sources, and there if need be."""
    target = options.output.resolve()
    if not target.name:
        raise UsageError("--output cannot be the root of a disk; choose a folder")
    for name in SOURCES:
        source = getattr(options, name).resolve()
        if target.is_relative_to(source):
            raise UsageError(f"--output lies in the folder of --{name}; choose another")
        if source.is_relative_to(target):
            raise UsageError(f"--output holds the folder of --{name}; choose another")


def _summary(report: Report, content: str, output: str, seconds: float) -> str:
    entries = format_count(report.entries, "entry", "entries")
    categories = format_count(report.categories, "category", "categories")
    made = f"{format_count(report.pages, 'page')}, {format_count(report.files, 'file')}"
    return (
        f"Read {content}/: {entries} in {categories}.\n"
        f"Wrote {output}/: {made}, {report.size_bytes / 1000:,.0f} kB, in {seconds:.2f} s.\n"
    )
