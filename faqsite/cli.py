"""The command line: arguments in, what was made or what is wrong out, an exit status."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from faqsite.pipeline import AddressError, Report, build_site
from faqsite.problems import ContentError, Problem, TemplateError
from faqsite.publish import PublishError

__all__ = ["main"]

BUILT, WRONG_CONTENT, WRONG_COMMAND, INTERRUPTED = 0, 1, 2, 130

_PROJECT = Path(__file__).parent.parent


class _Parser(argparse.ArgumentParser):
    """Says what was wrong with the command in one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        _complain(f"{message}; see {self.prog} --help")
        sys.exit(WRONG_COMMAND)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="build.py",
        description="Build the FAQ site: content/ -> site/.",
        epilog="Example: python build.py --site-url https://example.org/faq/",
        allow_abbrev=False,
    )
    folders = {
        "content": "the entries and their settings",
        "output": "where the site is written",
        "templates": "the pages' templates",
        "static": "the style sheets and scripts",
    }
    for name, what in folders.items():
        parser.add_argument(
            f"--{name}",
            metavar="DIR",
            type=_folder,
            default=_PROJECT / ("site" if name == "output" else name),
            help=f"{what} (by default {'site' if name == 'output' else name}/ beside build.py)",
        )
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


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of a folder is missing")
    return Path(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Build the site and return the exit status: 0 built, 1 the content is wrong, 2 the command."""
    for stream in (sys.stdout, sys.stderr):
        # A question may hold what an old terminal cannot show.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    parser = _parser()
    options = parser.parse_args(argv)
    _check_folders(parser, options)
    content, output = _shown(options.content), _shown(options.output)
    started = time.perf_counter()
    try:
        report = build_site(
            content=options.content,
            templates=options.templates,
            static=options.static,
            output=options.output,
            site_url=options.site_url,
            base_path=options.base_path,
        )
    except ContentError as error:
        count = _tell(error.problems, content)
        _complain_plainly(f"{count} in {content}/; {output}/ was left as it was.")
        return WRONG_CONTENT
    except TemplateError as error:
        lines = [
            line.replace("templates/", f"{_shown(options.templates)}/", 1)
            for line in str(error).splitlines()
        ]
        _complain_plainly("\n".join((*lines, f"{output}/ was left as it was.")))
        return WRONG_CONTENT
    except (AddressError, PublishError) as error:
        parser.error(str(error))
    except OSError as error:
        _complain(f'{error.strerror}: "{error.filename}"; nothing was published')
        return WRONG_COMMAND
    except KeyboardInterrupt:
        _complain(f"stopped; {output}/ was left as it was")
        return INTERRUPTED
    _tell(report.advice, content)
    sys.stdout.write(_summary(report, content, output, time.perf_counter() - started))
    return BUILT


def _check_folders(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a usage error unless the sources are there and the output is apart from them."""
    target = options.output.resolve()
    if not target.name:
        parser.error("--output cannot be the root of a disk; choose a folder")
    for name, needed in {
        "content": "",
        "templates": "words.yaml",
        "static": "js/engine.js",
    }.items():
        folder = getattr(options, name)
        source = folder.resolve()
        if not source.is_dir():
            parser.error(f'--{name}: no folder "{folder}"')
        if not (source / needed).exists():
            parser.error(f'--{name}: no {needed} in "{folder}"')
        if target.is_relative_to(source):
            parser.error(f"--output lies in the folder of --{name}; choose another")
        if source.is_relative_to(target):
            parser.error(f"--output holds the folder of --{name}; choose another")


def _summary(report: Report, content: str, output: str, seconds: float) -> str:
    read = f"{_count(report.entries, 'entry', 'entries')}"
    read += f" in {_count(report.categories, 'category', 'categories')}"
    made = f"{_count(report.pages, 'page', 'pages')}, {_count(report.files, 'file', 'files')}"
    return (
        f"Read {content}/: {read}.\n"
        f"Wrote {output}/: {made}, {report.size_bytes / 1000:,.0f} kB, in {seconds:.2f} s.\n"
    )


def _tell(problems: Sequence[Problem], folder: str) -> str:
    """Write each problem on a line and return how many there are, e.g. "2 problems"."""
    for problem in problems:
        advice = "advice: " if problem.is_advice else ""
        _complain_plainly(advice + problem.describe(folder))
    return _count(sum(not problem.is_advice for problem in problems), "problem", "problems")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _shown(folder: Path) -> str:
    """Return the folder as a person would say it: "content", wherever the project is."""
    absolute = folder.resolve()
    return str(absolute.relative_to(_PROJECT) if absolute.is_relative_to(_PROJECT) else folder)


def _complain(message: str) -> None:
    # One line, whatever the name of a folder holds.
    _complain_plainly(f"build.py: {' '.join(message.splitlines())}")


def _complain_plainly(text: str) -> None:
    sys.stderr.write(text + "\n")
