"""`build.py serve`: previews the site in a browser while it is written."""

from __future__ import annotations

import argparse
import sys
import threading
import time
import webbrowser
from collections.abc import Iterable, Sequence
from functools import partial

from faqsite.build.pipeline import load
from faqsite.commands import console
from faqsite.commands.console import name_folder, write_error
from faqsite.commands.preview.preview import BuildError, Edition, Preview
from faqsite.commands.preview.server import Server
from faqsite.commands.preview.watching import watch_folders
from faqsite.model.problems import ContentError, TemplateError
from faqsite.system.progress import Progress

UNDONE = ""
_PORT, _LAST_PORT = 8000, 65_535


def make_parser() -> console.Parser:
    """Return the parser of the command line."""
    parser = console.Parser(
        "serve",
        "Preview the site in a browser on this computer. Each change appears as soon as you "
        "save it. Nothing is published.",
        "Example: python build.py serve --open --port 8080. Press Ctrl+C to stop.",
    )
    parser.add_folders("content", "templates", "static")
    meaning = f"the port to listen on; 0 for any free port (default: {_PORT})"
    parser.add_argument("--port", type=_port, default=_PORT, help=meaning)
    parser.add_argument("--open", action="store_true", help="open the browser")
    return parser


def run(options: argparse.Namespace) -> int:
    """Serve the site until it is interrupted; return the exit status."""
    console.check_folders(options, *console.SOURCES)
    preview = Preview(
        partial(load, options.content, options.templates, options.static),
        partial(_describe_error, options),
        lambda lines: write_error("\n".join(lines)),
    )
    try:
        server = Server(options.port, preview)
    except OSError as error:
        message = f"port {options.port} is not available: {error.strerror}"
        hint = "stop the program that uses it, or take any free port: --port 0"
        raise console.CommandError(f"{message}; {hint}") from error
    try:
        _say(f"Serving {name_folder(options.content)}/ at {server.url} (press Ctrl+C to stop)")
        # Requests wait until the site is planned.
        with Progress(sys.stderr) as progress:
            edition = preview.refresh(progress)
        with server.serve_in_background():
            if options.open:
                threading.Thread(target=webbrowser.open, args=[server.url], daemon=True).start()
            _print_findings(edition or Edition(), options)
            folders = [getattr(options, name) for name in console.SOURCES]
            changes = watch_folders({name_folder(folder): folder for folder in folders})
            _follow(preview, changes, options)
    except KeyboardInterrupt:
        _say("Stopped.")
    return console.DONE


def _follow(
    preview: Preview, changes: Iterable[Sequence[str]], options: argparse.Namespace
) -> None:
    """Refresh the preview after each change, and print how long that took.

    A change without a path is one that happened while the folders were not watched.
    """
    for changed in changes:
        started = time.perf_counter()
        edition = preview.refresh()
        if edition:
            first, *more = changed or ["the folders"]
            others = f" and {len(more):,} more" if more else ""
            _say(f"{first}{others} changed: {time.perf_counter() - started:.2f} s")
            _print_findings(edition, options)


def _print_findings(edition: Edition, options: argparse.Namespace) -> None:
    """Print the problems of the sources; the advice if there are none."""
    if edition.problems:
        write_error("\n".join(edition.problems))
    else:
        console.print_problems(edition.advice, name_folder(options.content))


def _describe_error(options: argparse.Namespace, error: BuildError) -> tuple[str, ...]:
    """Return the lines of an error, each of which begins with its place."""
    if isinstance(error, ContentError):
        folder = name_folder(options.content)
        return tuple(each.describe(folder) for each in error.problems if not each.is_advice)
    if isinstance(error, TemplateError):
        return tuple(console.describe_template_error(error, options))
    return (f"{error.filename}: {error.strerror}",)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f'must be a number up to {_LAST_PORT}, not "{text}"')
    return int(text)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
