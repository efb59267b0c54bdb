"""Previews of small sites, which tests ask and follow."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

from faqsite.build.pipeline import load
from faqsite.commands.preview.preview import Preview
from faqsite.commands.preview.server import Server
from faqsite.commands.preview.watching import watch_folders
from faqsite.model.problems import ContentError

from .documents import write
from .product import PRODUCT

PATIENCE_SECONDS = 20


def entry(question: str, answer: str, **more: object) -> str:
    """Return the text of an entry, with more keys if any."""
    keys = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\nquestion: {question}\n{keys}---\n{answer}\n"


def save(folder: Path, files: Mapping[str, str]) -> None:
    """Write files as most editors do: a new file replaces the old one."""
    for name, text in files.items():
        new = (folder / name).with_name(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(folder / name)


SMALL = {
    "site.yaml": "title: Questions\nurl: https://example.org/faq/\n",
    "team/hours.md": entry("When do you work?", "By day."),
    "team/place.md": entry("Where do you work?", "At home."),
}


def lines_of(error: Exception) -> tuple[str, ...]:
    """Return the lines that describe an error."""
    if isinstance(error, ContentError):
        return tuple(each.describe("content") for each in error.problems if not each.is_advice)
    return (str(error),)


def make_preview(
    folder: Path,
    files: Mapping[str, str] = SMALL,
    templates: Path = PRODUCT / "templates",
    static: Path = PRODUCT / "static",
    report: Any = lambda _: None,  # noqa: ANN401 (a mock, too)
) -> Preview:
    """Write content into a folder, and return a preview that has not read it yet."""
    write(folder, files)
    return Preview(partial(load, folder, templates, static), lines_of, report)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A preview with an address."""

    preview: Preview
    url: str
    port: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """Send a request as it is written; return the answer and its body."""
        with self._connect() as connection:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            return response, response.read()

    @contextmanager
    def events(self, path: str = "/") -> Iterator[Iterator[dict[str, Any]]]:
        """Follow a page, and yield the messages that it gets."""
        with self._connect() as connection:
            connection.request("GET", f"/-/events?path={quote(path, safe='')}")
            with connection.getresponse() as response:
                yield (json.loads(line[6:]) for line in response if line.startswith(b"data: "))

    def _connect(self) -> closing[HTTPConnection]:
        return closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS))


@contextmanager
def serve(preview: Preview) -> Iterator[Served]:
    """Serve a preview."""
    with Server(0, preview) as server, server.serve_in_background():
        yield Served(preview=preview, url=server.url, port=server.port)


@contextmanager
def follow(preview: Preview, **folders: Path) -> Iterator[None]:
    """Make a preview follow folders; they are watched when this begins."""
    stop, is_watched = threading.Event(), threading.Event()

    def refresh() -> None:
        for _ in watch_folders(folders, stop):
            preview.refresh()
            is_watched.set()

    thread = threading.Thread(target=refresh, daemon=True)
    thread.start()
    try:
        assert is_watched.wait(PATIENCE_SECONDS)
        yield
    finally:
        stop.set()
        thread.join(PATIENCE_SECONDS)


@contextmanager
def running(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a command that serves a folder's content; yield it and its port, and end it."""
    program = [sys.executable, str(PRODUCT / "build.py"), "serve", "--port=0", "--content=content"]
    with subprocess.Popen(  # noqa: S603 (the project's own)
        [*program, *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        patience = threading.Timer(60, process.kill)
        patience.start()
        try:
            yield process, int(re.search(r":(\d+)/", line(process))[1])  # type: ignore[index]
        finally:
            patience.cancel()
            process.kill()


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """Yield the lines that a command prints, without those about its progress."""
    assert process.stdout
    return (line for line in map(str.rstrip, process.stdout) if not line.endswith(" ..."))


def line(process: subprocess.Popen[str]) -> str:
    """Return the next line that a command prints."""
    return next(lines(process))
