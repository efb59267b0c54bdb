"""`build.py check`: what an editor should know, before it is published."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from faqsite.audit.audit import audit
from faqsite.audit.changes import changed_first
from faqsite.audit.engine import Engine
from faqsite.audit.published import Published, faq_json_url, find_gone, parse_published
from faqsite.audit.report import FORMATS, count_findings
from faqsite.audit.reviews import checklist, overdue
from faqsite.build.pipeline import load, make_site
from faqsite.build.publish import SiteSize
from faqsite.commands.console import (
    DONE,
    WRONG_CONTENT,
    CommandError,
    Parser,
    UsageError,
    add_folders,
    check_folder,
    check_sources,
    counted,
    shown,
)
from faqsite.content.folder import load_content
from faqsite.model.problems import ContentError, Problem, Problems
from faqsite.model.urls import SEARCH_PARTS
from faqsite.system.files import read_file
from faqsite.system.web import MAX_BYTES, WebError, fetch

_ENGINE, _INDEX = "assets/js/engine.js", "search-index.js"
_NO_ENGINE = (
    'the package "mini-racer", in which the search is asked, is missing; run "make check", or '
    'python -m pip install -c constraints.txt -e ".[check]" and this again'
)


UNDONE = ""


def make_parser() -> Parser:
    """Return the parser of the command line."""
    parser = Parser(
        prog="build.py check",
        description="Audit the content: does each question find its answer? Nothing is written.",
        epilog=(
            "Example: python build.py check --published https://example.org/faq/. "
            "Exit status: 0 nothing but advice, 1 problems, 2 the command was wrong."
        ),
        allow_abbrev=False,
    )
    add_folders(parser, "content", "templates", "static")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help="how to tell what is found (by default as a table)",
    )
    parser.add_argument(
        "--before",
        metavar="DIR",
        type=Path,
        help="the content as it was: tell first of what has changed, and of dates that have not",
    )
    parser.add_argument(
        "--published",
        metavar="URL",
        default="",
        help="tell also what was published there and is gone; or a folder with that site, or file",
    )
    parser.add_argument(
        "--overdue",
        action="store_true",
        help="print nothing but the answers whose review is overdue, by owner, as Markdown",
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Report what a build would; if that is nothing but advice, audit what it would publish."""
    check_sources(options)
    if options.before:
        check_folder("before", options.before)
    content = shown(options.content)
    # As the editor's calendar has it.
    today = datetime.now().astimezone().date()
    if options.overdue:
        sys.stdout.write(_overdue(options.content, content, today))
        return DONE
    published = _read_published(options.published)
    try:
        findings, asked = _audit(options, today, published)
    except ContentError as error:
        findings, asked = error.problems, "Asked nothing"
    except ModuleNotFoundError as error:
        raise CommandError(_NO_ENGINE) if error.name == "py_mini_racer" else error from None
    if options.before:
        findings = changed_first(findings, options.before, options.content)
    sys.stdout.write(FORMATS[options.format](findings, content))
    if options.format != "json":
        sys.stdout.write(f"{asked}: {count_findings(findings)}.\n")
    return DONE if all(finding.is_advice for finding in findings) else WRONG_CONTENT


def _overdue(content: Path, folder: str, today: date) -> str:
    """Return the tasks, whatever else is wrong with the content: that is for others to tell."""
    found = load_content(content, {}, Problems())
    return checklist(overdue(found.entries, today), found.settings, folder)


def _read_published(where: str) -> Published | None:
    """Return what was published at an address, or lies in a folder or file; None if not asked."""
    if not where:
        return None
    path = Path(where)
    try:
        if "://" in where:
            return parse_published(fetch(faq_json_url(where)))
        file = path / "faq.json" if path.is_dir() else path
        return parse_published(read_file(file.resolve(), MAX_BYTES))
    except (OSError, ValueError, WebError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f'--published: "{where}" cannot be read: {reason}') from error


def _audit(
    options: argparse.Namespace, today: date, published: Published | None
) -> tuple[Sequence[Problem], str]:
    """Return what is to be said of the site that would be published, and how much was asked."""
    inputs = load(options.content, options.templates, options.static)
    made = make_site(inputs)
    # All of them, for a template that fails fails here too, and a site that is too large.
    size, kept = SiteSize(), {}
    for file in made.files:
        content = file.make()
        size.add(len(content))
        if file.address in {_ENGINE, _INDEX} or file.address.startswith(SEARCH_PARTS):
            kept[file.address] = content.decode()
    with Engine(kept[_ENGINE]) as engine:
        parts = (script for address, script in kept.items() if address.startswith(SEARCH_PARTS))
        engine.open(kept[_INDEX], parts)
        found = audit(made.content, made.faq, engine.ask, today)
    queries = counted(found.queries, "query", "queries")
    entries = counted(found.entries, "entry", "entries")
    findings, asked = [*made.advice, *found.findings], f"Asked {queries} of {entries}"
    if published:
        addresses = [file.address for file in made.files]
        findings += find_gone(published, made.content, made.faq, addresses)
    return sorted(findings), asked
