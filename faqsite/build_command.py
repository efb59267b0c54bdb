"""`build.py`: content/ to site/, and what it says of it."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from faqsite.cache import open_cache
from faqsite.console import (
    COMMANDS,
    DIFFERENT,
    DONE,
    SOURCES,
    Parser,
    UsageError,
    add_folders,
    check_sources,
    counted,
    shown,
    tell,
)
from faqsite.differences import Difference
from faqsite.memory import Memory, recall, remember
from faqsite.model import Report
from faqsite.pipeline import AddressError, build_site, compare_site
from faqsite.problems import printable
from faqsite.progress import Progress
from faqsite.swapping import PublishError
from faqsite.workers import processors

_GIVEN = ("content", "templates", "static", "output", "site_url", "base_path")
_MOST_NAMES, _MOST_LINES, _MOST_SHOWN = 3, 20, 50


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
        allow_abbrev=False,
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
    parser.add_argument(
        "--no-cache",
        dest="cache",
        action="store_false",
        help="use nothing of what earlier builds found out, and leave nothing",
    )
    parser.add_argument(
        "--diff",
        action="store_true",
        help=(
            "only tell how the output differs from what would be built, and write nothing; "
            "the exit status is 0 if it does not, 1 if it does"
        ),
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Build the site, or compare it with what would be built; return the exit status."""
    check_sources(options)
    _check_output(options)
    content, output = shown(options.content), shown(options.output)
    started = time.perf_counter()
    gc.disable()  # To look for garbage in rings takes a tenth of a build, and finds little.
    cache = open_cache(options.output) if options.cache and not options.diff else None
    memory = recall(cache) if cache else Memory()
    given = {name: getattr(options, name) for name in _GIVEN}
    try:
        with Progress(sys.stderr) as progress:
            if options.diff:
                found = compare_site(**given, workers=processors(), progress=progress)
                return _tell_differences(found, content, output)
            report = build_site(**given, memory=memory, workers=processors(), progress=progress)
    except (AddressError, PublishError) as error:
        raise UsageError(str(error)) from error
    finally:
        gc.enable()
        if cache:
            with suppress(KeyboardInterrupt):  # The site stands; to remember it is for next time.
                remember(cache, memory)
    tell(report.advice, content)
    sys.stdout.write(_summary(report, content, output, time.perf_counter() - started))
    return DONE


def _check_output(options: argparse.Namespace) -> None:
    """Raise UsageError unless the output is apart from the sources, and there if need be."""
    target = options.output.resolve()
    if not target.name:
        raise UsageError("--output cannot be the root of a disk; choose a folder")
    if options.diff and not options.output.is_dir():
        raise UsageError(f'--output: no folder "{options.output}"')
    for name in SOURCES:
        source = getattr(options, name).resolve()
        if target.is_relative_to(source):
            raise UsageError(f"--output lies in the folder of --{name}; choose another")
        if source.is_relative_to(target):
            raise UsageError(f"--output holds the folder of --{name}; choose another")


def _tell_differences(differences: Sequence[Difference], content: str, output: str) -> int:
    """Tell how the output differs from what would be built; return the exit status."""
    if not differences:
        sys.stdout.write(f"{output}/ is what would be built of {content}/.\n")
        return DONE
    files: Counter[str] = Counter()
    for number, each in enumerate(differences):
        files[each.kind] += len(each.addresses)
        named = printable(", ".join(each.addresses[:_MOST_NAMES]))
        more = len(each.addresses) - _MOST_NAMES
        sys.stdout.write(f"{each.kind}: {named}{f' and {more:,} more' if more > 0 else ''}\n")
        lines = each.lines[: _MOST_LINES if number < _MOST_SHOWN else 0]
        sys.stdout.writelines(f"    {line}\n" for line in lines)
        if left := len(each.lines) - len(lines):
            sys.stdout.write(f"    ({counted(left, 'more line', 'more lines')})\n")
    told = ", ".join(f"{count:,} {kind}" for kind, count in files.items())
    sys.stdout.write(f"{output}/ differs from what would be built of {content}/: {told}.\n")
    return DIFFERENT


def _summary(report: Report, content: str, output: str, seconds: float) -> str:
    read = f"{counted(report.entries, 'entry', 'entries')}"
    read += f" in {counted(report.categories, 'category', 'categories')}"
    made = f"{counted(report.pages, 'page', 'pages')}, {counted(report.files, 'file', 'files')}"
    return (
        f"Read {content}/: {read}.\n"
        f"Wrote {output}/: {made}, {report.size_bytes / 1000:,.0f} kB, in {seconds:.2f} s.\n"
    )
