"""A web server on a bad day: files of two builds, damaged, missing, or never sent."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from .served import BASE_PATH


class Lost(Enum):
    """What happens to a file that does not come."""

    MISSING = auto()
    """404.html comes in its place."""
    CLOSED = auto()
    """The connection closes without a word."""
    SILENT = auto()
    """The connection stays, and nothing comes."""


Fault = Lost | Callable[[bytes], bytes]
"""What happens to a file: it is lost, or other bytes come."""


@dataclass(kw_only=True)
class Host:
    """A folder that is served, what a cache before it still has of another, and faults."""

    folder: Path
    root: str = ""
    """Its address, ended by "/faq/"."""
    cache_seconds: int = 0
    """How long browsers may keep what is whole."""
    faults: dict[str, Fault] = field(default_factory=dict)
    """By a pattern that fits the names of files in the site."""
    sent: dict[str, bytes] = field(default_factory=dict)
    """Files that were asked for, by their address below the root with its query."""
    kept: dict[str, bytes] = field(default_factory=dict)
    """Those that a cache has: at another query the file is the newest, as on GitHub Pages."""
    ended: threading.Event = field(default_factory=threading.Event)

    def publish(self, folder: Path, *, but_keep: str = "") -> None:
        """Serve another folder, but for files that were sent and have names of a pattern."""
        self.folder = folder
        self.kept = {
            address: content
            for address, content in self.sent.items()
            if re.fullmatch(but_keep, urlsplit(address).path)
        }

    def fault_of(self, address: str) -> Fault | None:
        """Return what happens to a file."""
        name = urlsplit(address).path
        return next((self.faults[each] for each in self.faults if re.fullmatch(each, name)), None)

    def read(self, address: str) -> bytes | None:
        """Return the content of a file, None if there is none."""
        file = self.folder / urlsplit(address).path
        content = self.kept.get(address) or (file.read_bytes() if file.is_file() else None)
        if content is not None:
            self.sent[address] = content
        return content

    def missing(self) -> bytes:
        """Return the page that stands for missing ones."""
        return (self.folder / "404.html").read_bytes()


class _HostHandler(SimpleHTTPRequestHandler):
    """Answers as a host does."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    host: Host

    def do_GET(self) -> None:
        address = self.path.removeprefix(BASE_PATH) or "index.html"
        fault = self.host.fault_of(address)
        if fault is Lost.SILENT:
            self.host.ended.wait()
        if fault in {Lost.SILENT, Lost.CLOSED}:
            self.close_connection = True
            return
        content = None if isinstance(fault, Lost) else self.host.read(address)
        seconds = 0 if fault or content is None else self.host.cache_seconds
        if content is None:
            status, kind, content = HTTPStatus.NOT_FOUND, "text/html", self.host.missing()
        else:
            status, kind = HTTPStatus.OK, self.guess_type(urlsplit(address).path)
            content = fault(content) if callable(fault) else content
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", f"max-age={seconds}" if seconds else "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - The base's own name.
        """Say nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """Yield a host of a folder."""
    host = Host(folder=folder)
    handler = type("Handler", (_HostHandler,), {"host": host})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        host.root = f"http://127.0.0.1:{server.server_port}{BASE_PATH}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            host.ended.set()
            server.shutdown()
            thread.join()
