"""`build.py`: content/ to site/, and what it says of it."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from faqsite.cache import open_cache
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
from faqsite.memory import Memory, recall, remember
from faqsite.model import Report
from faqsite.pipeline import AddressError, build_site
from faqsite.problems import ContentError, TemplateError
from faqsite.progress import Progress
from faqsite.publish import PublishError
from faqsite.workers import processors

__all__ = ["run"]


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
    parser.add_argument(
        "--no-cache",
        dest="cache",
        action="store_false",
        help="use nothing of what earlier builds found out, and leave nothing",
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
    gc.disable()  # To look for garbage in rings takes a tenth of a build, and finds little.
    cache = open_cache(options.output) if options.cache else None
    memory = recall(cache) if cache else Memory()
    try:
        with Progress(sys.stderr) as progress:
            report = build_site(
                content=options.content,
                templates=options.templates,
                static=options.static,
                output=options.output,
                site_url=options.site_url,
                base_path=options.base_path,
                memory=memory,
                workers=processors(),
                progress=progress,
            )
    except ContentError as error:
        found = tell(error.problems, content)
        complain_plainly(f"{found} in {content}/; {output}/ was left as it was.")
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
    finally:
        gc.enable()
        if cache:
            with suppress(KeyboardInterrupt):  # The site stands; to remember it is for next time.
                remember(cache, memory)
    tell(report.advice, content)
    sys.stdout.write(_summary(report, content, output, time.perf_counter() - started))
    return DONE


def _check_output(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a usage error unless the output is apart from the sources."""
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
