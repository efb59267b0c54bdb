"""`build.py`: content/ to site/, and what it says of it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from faqsite.console import (
    COMMANDS,
    DONE,
    INTERRUPTED,
    SOURCES,
    WRONG_COMMAND,
    WRONG_CONTENT,
    Parser,
    add_folders,
    check_sources,
    complain,
    complain_plainly,
    counted,
    shown,
    tell,
    told_refusal,
    told_template,
)
from faqsite.model import Report
from faqsite.pipeline import AddressError, build_site
from faqsite.problems import ContentError, TemplateError
from faqsite.progress import Progress
from faqsite.publish import PublishError

_GIVEN = ("content", "templates", "static", "output", "site_url", "base_path")


def _build_parser() -> argparse.ArgumentParser:
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
    return parser


def run(arguments: Sequence[str]) -> int:
    """Build the site; return the exit status."""
    parser = _build_parser()
    options = parser.parse_args(arguments)
    check_sources(parser, options)
    _check_output(parser, options)
    content, output = shown(options.content), shown(options.output)
    started = time.perf_counter()
    given = {name: getattr(options, name) for name in _GIVEN}
    try:
        with Progress(sys.stderr) as progress:
            report = build_site(**given, progress=progress)
    except ContentError as error:
        problems = tell(error.problems, content)
        complain_plainly(f"{problems} in {content}/; {output}/ was left as it was.")
        return WRONG_CONTENT
    except TemplateError as error:
        complain_plainly(f"{told_template(error, options)}\n{output}/ was left as it was.")
        return WRONG_CONTENT
    except (AddressError, PublishError) as error:
        parser.error(str(error))
    except OSError as error:
        complain(f"{told_refusal(error)}; nothing was published")
        return WRONG_COMMAND
    except KeyboardInterrupt:
        complain(f"stopped; {output}/ was left as it was")
        return INTERRUPTED
    tell(report.advice, content)
    sys.stdout.write(_summary(report, content, output, time.perf_counter() - started))
    return DONE


def _check_output(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a usage error unless the output is apart from the sources, and there if need be."""
    target = options.output.resolve()
    if not target.name:
        parser.error("--output cannot be the root of a disk; choose a folder")
    for name in SOURCES:
        source = getattr(options, name).resolve()
        if target.is_relative_to(source):
            parser.error(f"--output lies in the folder of --{name}; choose another")
        if source.is_relative_to(target):
            parser.error(f"--output holds the folder of --{name}; choose another")


def _summary(report: Report, content: str, output: str, seconds: float) -> str:
    read = f"{counted(report.entries, 'entry', 'entries')}"
    read += f" in {counted(report.categories, 'category', 'categories')}"
    made = f"{counted(report.pages, 'page', 'pages')}, {counted(report.files, 'file', 'files')}"
    return (
        f"Read {content}/: {read}.\n"
        f"Wrote {output}/: {made}, {report.size_bytes / 1000:,.0f} kB, in {seconds:.2f} s.\n"
    )
