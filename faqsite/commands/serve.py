"""`build.py serve`: the site in a browser, as it is while it is written."""

from __future__ import annotations

import argparse
import sys
import threading
import time
import webbrowser
from collections.abc import Iterable, Sequence
from functools import partial

from faqsite.build.pipeline import load
from faqsite.commands.console import (
    DONE,
    SOURCES,
    CommandError,
    Parser,
    add_folders,
    check_sources,
    complain_plainly,
    describe_template_error,
    format_count,
    name_folder,
    print_problems,
)
from faqsite.commands.preview.preview import BuildError, Edition, Preview
from faqsite.commands.preview.server import Server
from faqsite.commands.preview.watching import watch_folders
from faqsite.model.problems import ContentError, TemplateError
from faqsite.system.progress import Progress

_PORT, _LAST_PORT = 8000, 65_535


UNDONE = ""


def make_parser() -> Parser:
    """Return the parser of the command line."""
    parser = Parser(
        prog="build.py serve",
        description=(
            "Show the site in a browser of this machine, and each change as soon as it is saved. "
            "Nothing is published."
        ),
        epilog="Example: python build.py serve --open --port 8080. Ctrl+C ends it.",
    )
    add_folders(parser, "content", "templates", "static")
    parser.add_argument(
        "--port",
        type=_port,
        default=_PORT,
        help=f"where to listen on this machine; 0: any free port (by default {_PORT})",
    )
    parser.add_argument("--open", action="store_true", help="open the browser")
    return parser


def run(options: argparse.Namespace) -> int:
    """Serve the site until it is interrupted; return the exit status."""
    check_sources(options)
    preview = Preview(
        partial(load, options.content, options.templates, options.static),
        partial(_lines_of, options),
        lambda lines: complain_plainly("\n".join(lines)),
    )
    try:
        server = Server(options.port, preview)
    except OSError as error:
        hint = "stop what uses it, or choose another: --port 0 takes any that is free"
        message = f"port {options.port} cannot be used: {error.strerror}; {hint}"
        raise CommandError(message) from error
    try:
        _say(f"Serving {name_folder(options.content)}/ at {server.url} (Ctrl+C ends it)")
        # Requests wait until there is something to answer.
        with Progress(sys.stderr) as progress:
            edition = preview.refresh(progress)
        with server.serve_in_background():
            if options.open:
                threading.Thread(target=webbrowser.open, args=[server.url], daemon=True).start()
            _tell(edition or Edition(), options)
            folders = [getattr(options, name) for name in SOURCES]
            changes = watch_folders({name_folder(folder): folder for folder in folders})
            _follow(preview, changes, options)
    except KeyboardInterrupt:
        _say("Stopped.")
    return DONE


def _follow(
    preview: Preview, changes: Iterable[Sequence[str]], options: argparse.Namespace
) -> None:
    """Let the preview follow the sources, and print how long each change took.

    The first of the changes may be one that nobody saw: since the sources were read.
    """
    for changed in changes:
        started = time.perf_counter()
        edition = preview.refresh()
        if edition:
            first, *more = changed or ["the folders"]
            others = f" and {format_count(len(more), 'more', 'more')}" if more else ""
            _say(f"{first}{others} changed: {time.perf_counter() - started:.2f} s")
            _tell(edition, options)


def _tell(edition: Edition, options: argparse.Namespace) -> None:
    """Print what is wrong with the sources, or the advice."""
    if edition.problems:
        complain_plainly("\n".join(edition.problems))
    else:
        print_problems(edition.advice, name_folder(options.content))


def _lines_of(options: argparse.Namespace, error: BuildError) -> tuple[str, ...]:
    """Return the lines of an error, each of which begins with its place."""
    if isinstance(error, ContentError):
        folder = name_folder(options.content)
        return tuple(each.describe(folder) for each in error.problems if not each.is_advice)
    if isinstance(error, TemplateError):
        return tuple(describe_template_error(error, options))
    return (f"{error.filename}: {error.strerror}",)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f'must be a number up to {_LAST_PORT}, not "{text}"')
    return int(text)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
