"""The command line: arguments in, what was made or what is wrong out, an exit status."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from faqsite.cache import open_cache
from faqsite.findings import FORMATS, count_findings
from faqsite.memory import Memory, recall, remember
from faqsite.model import Report
from faqsite.pipeline import AddressError, build_site, load, make_site
from faqsite.problems import ContentError, Problem, TemplateError
from faqsite.progress import Progress
from faqsite.publish import PublishError
from faqsite.workers import processors

__all__ = ["main"]

DONE, WRONG_CONTENT, WRONG_COMMAND, INTERRUPTED = 0, 1, 2, 130

_PROJECT = Path(__file__).parent.parent
_FOLDERS = {
    "content": "the entries and their settings",
    "output": "where the site is written",
    "templates": "the pages' templates",
    "static": "the style sheets and scripts",
}
_SOURCES = {"content": "", "templates": "words.yaml", "static": "js/engine.js"}
"""The folders that a command reads, with what cannot be missing there."""
_NO_ENGINE = (
    'the package "mini-racer", in which the search is asked, is missing; run "make check", or '
    'python -m pip install -c constraints.txt -e ".[check]" and this again'
)


class _Parser(argparse.ArgumentParser):
    """Says what was wrong with the command in one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        _complain(f"{message}; see {self.prog} --help")
        sys.exit(WRONG_COMMAND)


def _build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="build.py",
        description="Build the FAQ site: content/ -> site/.",
        epilog=(
            "Example: python build.py --site-url https://example.org/faq/. "
            'Another command: "build.py check" audits the content; see build.py check --help.'
        ),
        allow_abbrev=False,
    )
    _add_folders(parser, "content", "output", "templates", "static")
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


def _check_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="build.py check",
        description="Audit the content: does each question find its answer? Nothing is written.",
        epilog="Exit status: 0 nothing but advice, 1 problems, 2 the command was wrong.",
        allow_abbrev=False,
    )
    _add_folders(parser, "content", "templates", "static")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help="how to tell what is found (by default as a table)",
    )
    return parser


def _add_folders(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        folder = "site" if name == "output" else name
        parser.add_argument(
            f"--{name}",
            metavar="DIR",
            type=_folder,
            default=_PROJECT / folder,
            help=f"{_FOLDERS[name]} (by default {folder}/ beside build.py)",
        )


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of a folder is missing")
    return Path(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status: 0 done, 1 the content is wrong, 2 the command."""
    for stream in (sys.stdout, sys.stderr):
        # A question may hold what an old terminal cannot show.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _check(arguments[1:]) if arguments[:1] == ["check"] else _build(arguments)
    except KeyboardInterrupt:
        _complain("stopped")
        return INTERRUPTED


def _build(arguments: Sequence[str]) -> int:
    """Build the site."""
    parser = _build_parser()
    options = parser.parse_args(arguments)
    _check_sources(parser, options)
    _check_output(parser, options)
    content, output = _shown(options.content), _shown(options.output)
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
        count = _tell(error.problems, content)
        _complain_plainly(f"{count} in {content}/; {output}/ was left as it was.")
        return WRONG_CONTENT
    except TemplateError as error:
        _complain_plainly(f"{_told(error, options)}\n{output}/ was left as it was.")
        return WRONG_CONTENT
    except (AddressError, PublishError) as error:
        parser.error(str(error))
    except OSError as error:
        _complain(f'{error.strerror}: "{error.filename}"; nothing was published')
        return WRONG_COMMAND
    except KeyboardInterrupt:
        _complain(f"stopped; {output}/ was left as it was")
        return INTERRUPTED
    finally:
        gc.enable()
        if cache:
            with suppress(KeyboardInterrupt):  # The site stands; to remember it is for next time.
                remember(cache, memory)
    _tell(report.advice, content)
    sys.stdout.write(_summary(report, content, output, time.perf_counter() - started))
    return DONE


def _check(arguments: Sequence[str]) -> int:
    """Tell what a build would tell; if that is nothing but advice, audit what it would publish."""
    parser = _check_parser()
    options = parser.parse_args(arguments)
    _check_sources(parser, options)
    content = _shown(options.content)
    try:
        findings, asked = _audit(options)
    except ContentError as error:
        findings, asked = error.problems, "Asked nothing"
    except TemplateError as error:
        _complain_plainly(_told(error, options))
        return WRONG_CONTENT
    except ModuleNotFoundError as error:
        if error.name != "py_mini_racer":
            raise
        _complain(_NO_ENGINE)
        return WRONG_COMMAND
    except OSError as error:
        _complain(f'{error.strerror}: "{error.filename}"')
        return WRONG_COMMAND
    sys.stdout.write(FORMATS[options.format](findings, content))
    if options.format != "json":
        sys.stdout.write(f"{asked}: {count_findings(findings)}.\n")
    return DONE if all(finding.is_advice for finding in findings) else WRONG_CONTENT


def _audit(options: argparse.Namespace) -> tuple[Sequence[Problem], str]:
    """Return what is to be said of the site that would be published, and how much was asked."""
    # A build, which should be quick, needs neither.
    from faqsite.asking import Engine  # noqa: PLC0415
    from faqsite.audit import audit  # noqa: PLC0415

    made = make_site(load(options.content, options.templates, options.static))
    # All of them, for a template that fails fails here too.
    files = {file.address: file.make() for file in made.files}
    with Engine(files["assets/js/engine.js"].decode()) as engine:
        engine.open(files["search-index.js"].decode())
        found = audit(made.content, made.faq, engine.ask)
    queries = _count(found.queries, "query", "queries")
    entries = _count(found.entries, "entry", "entries")
    return sorted((*made.advice, *found.findings)), f"Asked {queries} of {entries}"


def _check_sources(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a usage error unless the sources are there."""
    for name, needed in _SOURCES.items():
        folder = getattr(options, name)
        if not folder.is_dir():
            parser.error(f'--{name}: no folder "{folder}"')
        if not (folder / needed).exists():
            parser.error(f'--{name}: no {needed} in "{folder}"')


def _check_output(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a usage error unless the output is apart from the sources."""
    target = options.output.resolve()
    if not target.name:
        parser.error("--output cannot be the root of a disk; choose a folder")
    for name in _SOURCES:
        source = getattr(options, name).resolve()
        if target.is_relative_to(source):
            parser.error(f"--output lies in the folder of --{name}; choose another")
        if source.is_relative_to(target):
            parser.error(f"--output holds the folder of --{name}; choose another")


def _told(error: TemplateError, options: argparse.Namespace) -> str:
    """Return the lines of an error, with the folder of the templates as it was given."""
    lines = str(error).splitlines()
    folder = f"{_shown(options.templates)}/"
    return "\n".join(line.replace("templates/", folder, 1) for line in lines)


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
