"""A small web server that serves a folder under /faq/, as GitHub Pages does, and on a bad day.

Then files come of two builds, damaged, not at all, or never.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

BASE_PATH = "/faq/"


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
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of each answer, beside those that it needs."""
    root: str = ""
    """Its address, ended by "/faq/"."""
    cache_seconds: int | None = None
    """How long browsers may keep what is whole; None: they are told nothing of it."""
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

    def read(self, address: str, file: Path | None) -> bytes | None:
        """Return what is sent for an address, None if there is nothing."""
        content = self.kept.get(address) or (file.read_bytes() if file else None)
        if content is not None:
            self.sent[address] = content
        return content


class _Handler(SimpleHTTPRequestHandler):
    """Answers as a host does, with 404.html where there is no file, whatever the depth."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    host: Host

    def do_GET(self) -> None:
        address, path = self.path.removeprefix(BASE_PATH), urlsplit(self.path).path
        fault, file = self.host.fault_of(address), self._found(path)
        if fault is Lost.SILENT:
            self.host.ended.wait()
        if fault in {Lost.SILENT, Lost.CLOSED}:
            self.close_connection = True
            return
        content = None if isinstance(fault, Lost) else self.host.read(address, file)
        headers = dict(self.host.headers)
        if self.host.cache_seconds is not None:
            is_kept = self.host.cache_seconds and content is not None and not fault
            kept = f"max-age={self.host.cache_seconds}"
            headers["Cache-Control"] = kept if is_kept else "no-store"
        status, kind = HTTPStatus.OK, self.guess_type(file or path)
        if content is None:
            status, kind = HTTPStatus.NOT_FOUND, "text/html"
            content = (self.host.folder / "404.html").read_bytes()
        self._send(status, kind, fault(content) if callable(fault) else content, headers)

    def _send(self, status: HTTPStatus, kind: str, content: bytes, headers: dict[str, str]) -> None:
        is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        if is_text and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self.send_response(status)
        headers |= {"Content-Type": kind, "Content-Length": str(len(content))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # The browser may have gone elsewhere meanwhile.
            self.wfile.write(content)

    def _found(self, path: str) -> Path | None:
        if not path.startswith(BASE_PATH):
            return None
        # "/old" is answered by old.html, as on GitHub Pages.
        endings = ["index.html"] if path.endswith("/") else ["", ".html"]
        self.directory = str(self.host.folder)
        inside = path.removeprefix(BASE_PATH[:-1])
        files = (Path(self.translate_path(inside + ending)) for ending in endings)
        return next(filter(Path.is_file, files), None)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - The base's own name.
        """Say nothing."""


@contextmanager
def hosted(folder: Path, **how: Any) -> Iterator[Host]:  # noqa: ANN401 (fields of a host)
    """Yield a host of a folder."""
    host = Host(folder=folder, **how)
    handler = type("Handler", (_Handler,), {"host": host})
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


@contextmanager
def served(folder: Path, **headers: str) -> Iterator[str]:
    """Yield the address under which a folder is served, ended by "/faq/".

    Each answer has the further headers, written as `Cache_Control="no-cache"`.
    """
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with hosted(folder, headers=named) as host:
        yield host.root
