"""`build.py check`: reports what to improve, and tests whether the search finds each answer."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from faqsite.audit.audit import audit, list_overdue
from faqsite.audit.changes import find_changed, sort_changed_first
from faqsite.audit.engine import Engine
from faqsite.audit.gaps import MAX_ASKED_BYTES, find_gaps, parse_asked
from faqsite.audit.published import PublishedPage, find_gone, parse_published
from faqsite.audit.report import FORMATS, format_checklist
from faqsite.build.pipeline import load, make_site
from faqsite.build.publish import make_files
from faqsite.commands import console
from faqsite.commands.console import format_count
from faqsite.content.folder import load_content
from faqsite.model.problems import ContentError, Problem, Problems
from faqsite.model.urls import SEARCH_PARTS
from faqsite.system.files import read_file
from faqsite.system.web import MAX_BYTES, WebError, fetch

UNDONE = ""
_ENGINE, _INDEX = "assets/js/engine.js", "search-index.js"
_NO_ENGINE = (
    'the package "mini-racer", which runs the search, is missing; run "make check", or '
    'python -m pip install -c constraints.txt -e ".[check]" and run this again'
)


def make_parser() -> console.Parser:
    parser = console.Parser(
        "check",
        "Report problems and advice, and test whether the search finds each answer. "
        "Nothing is written.",
        "Example: python build.py check --published https://example.org/faq/. "
        "Exit status: 0 no problems, 1 problems, 2 the command is wrong.",
    )
    add = parser.add_argument
    parser.add_folders("content", "templates", "static")
    add("--format", choices=FORMATS, default="table", help="the output format (default: table)")
    meaning = "an earlier copy of the content: list changed files first, and dates that are old"
    add("--before", metavar="DIR", type=Path, help=meaning)
    meaning = "a published site, its folder or its faq.json: report which of its pages are gone"
    add("--published", metavar="URL", default="", help=meaning)
    meaning = "queries of readers, one a line (- is standard input): list those without an answer"
    add("--queries", metavar="FILE", default="", help=meaning)
    meaning = "print only the overdue reviews, by owner, as tasks in Markdown"
    add("--overdue", action="store_true", help=meaning)
    return parser


def run(options: argparse.Namespace) -> int:
    """Report what a build would report; if it would succeed, audit what it would publish."""
    console.check_folders(options, *console.SOURCES, *(["before"] if options.before else []))
    content = console.name_folder(options.content)
    # The date in the editor's time zone.
    today = datetime.now().astimezone().date()
    if options.overdue:  # Other problems of the content do not matter.
        found = load_content(options.content, {}, Problems())
        late = list_overdue(found.entries, today)
        sys.stdout.write(format_checklist(late, found.settings, content))
        return console.DONE
    published = _read_published(options.published) if options.published else ()
    asked = _read_asked(options.queries) if options.queries else Counter()
    before = options.before
    changed = find_changed(before, options.content) if before else frozenset[str]()
    try:
        findings, tested = _audit(options, today, published, asked, changed)
    except ContentError as error:
        findings, tested = [*error.problems], "the search was not tested"
    except ModuleNotFoundError as error:
        raise console.CommandError(_NO_ENGINE) if error.name == "py_mini_racer" else error from None
    if before:
        findings = sort_changed_first(findings, before, options.content, changed)
    sys.stdout.write(FORMATS[options.format](findings, content))
    problems = sum(not finding.is_advice for finding in findings)
    if options.format != "json":
        count = format_count(problems, "problem") if problems else "No problems"
        advice = format_count(len(findings) - problems, "piece of advice", "pieces of advice")
        more = f", {advice}" if len(findings) > problems else ""
        sys.stdout.write(f"{count}{more}; {tested}.\n")
    return console.WRONG_CONTENT if problems else console.DONE


def _read_published(where: str) -> tuple[PublishedPage, ...]:
    """Return the pages that were published at an address, or into a folder or file."""
    path = Path(where)
    try:
        if "://" in where:
            url = where if where.endswith(".json") else f"{where.rstrip('/')}/faq.json"
            return parse_published(fetch(url))
        file = path / "faq.json" if path.is_dir() else path
        return parse_published(read_file(file.resolve(), MAX_BYTES))
    except (OSError, ValueError, WebError) as error:
        reason = getattr(error, "strerror", None) or error
        raise console.UsageError(f'--published: "{where}" cannot be read: {reason}') from error


def _read_asked(where: str) -> Counter[str]:
    """Return the queries in a file, or in standard input for "-", and how often each occurs."""
    try:
        if where == "-" and sys.stdin:
            return parse_asked(sys.stdin.buffer.read(MAX_ASKED_BYTES + 1))
        return parse_asked(read_file(Path(where).resolve(), MAX_ASKED_BYTES))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise console.UsageError(f'--queries: "{where}" cannot be read: {reason}') from error


def _audit(
    options: argparse.Namespace,
    today: date,
    published: tuple[PublishedPage, ...],
    asked: Counter[str],
    changed: frozenset[str],
) -> tuple[list[Problem], str]:
    """Return the findings about the site that would be published, and how it was tested."""
    inputs = load(options.content, options.templates, options.static)
    inputs = replace(inputs, sources=replace(inputs.sources, changed=changed))
    site = make_site(inputs)
    # Every file is made, to report a template that fails or a site that is too large.
    scripts = {
        address: content.decode()
        for address, content in make_files(site.files)
        if address in {_ENGINE, _INDEX} or address.startswith(SEARCH_PARTS)
    }
    with Engine(scripts.pop(_ENGINE)) as engine:
        engine.open(scripts.pop(_INDEX), scripts.values())
        findings = audit(site.content, site.faq, engine.ask, today)
        queries = format_count(engine.asked, "query", "queries")
        gaps, answered = find_gaps(asked, site.content, site.faq, engine.ask)
    addresses = [file.address for file in site.files]
    gone = find_gone(published, site.content, site.faq, addresses)
    entries = format_count(len([*site.faq.top.all_entries]), "entry", "entries")
    tested = f"the search was tested with {queries} for {entries}"
    if options.queries:
        tested += f"; {answered:,} of {asked.total():,} queries find an answer"
    return [*sorted([*site.advice, *findings, *gone]), *gaps], tested
