"""A small web server that serves a folder under /faq/, as GitHub Pages does.

On request, its files are damaged, missing, from two builds, or never come.
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
    """A way for a file not to come."""

    MISSING = auto()
    """404.html comes instead."""
    CLOSED = auto()
    """The connection closes without an answer."""
    SILENT = auto()
    """The connection stays open without an answer."""


Fault = Lost | Callable[[bytes], bytes]
"""The fault of a file: it is lost, or it has other bytes."""


@dataclass(kw_only=True)
class Host:
    """A served folder, with the files that a cache keeps of another one, and with faults."""

    folder: Path
    headers: Mapping[str, str] = field(default_factory=dict)
    """More headers for each answer."""
    root: str = ""
    """Its address, which ends in "/faq/"."""
    cache_seconds: int | None = None
    """How long browsers may keep files without faults; None: no header about that."""
    faults: dict[str, Fault] = field(default_factory=dict)
    """The faults of files, by a pattern for their paths."""
    sent: dict[str, bytes] = field(default_factory=dict)
    """The files sent so far, by address with query."""
    kept: dict[str, bytes] = field(default_factory=dict)
    """The files that a cache keeps; with another query it has the new file, as on GitHub Pages."""
    ended: threading.Event = field(default_factory=threading.Event)

    def publish(self, folder: Path, *, but_keep: str = "") -> None:
        """Serve another folder, but keep files already sent whose paths match a pattern."""
        self.folder = folder
        self.kept = {
            address: content
            for address, content in self.sent.items()
            if re.fullmatch(but_keep, urlsplit(address).path)
        }

    def fault_of(self, address: str) -> Fault | None:
        """Return the fault of a file."""
        name = urlsplit(address).path
        return next((self.faults[each] for each in self.faults if re.fullmatch(each, name)), None)

    def read(self, address: str, file: Path | None) -> bytes | None:
        """Return the bytes to send for an address, or None."""
        content = self.kept.get(address) or (file.read_bytes() if file else None)
        if content is not None:
            self.sent[address] = content
        return content


class _Handler(SimpleHTTPRequestHandler):
    """Answers as a host does, with 404.html for a missing file at any depth."""

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
        with suppress(ConnectionError):  # The browser may have left.
            self.wfile.write(content)

    def _found(self, path: str) -> Path | None:
        if not path.startswith(BASE_PATH):
            return None
        # As on GitHub Pages, "/old" leads to old.html.
        endings = ["index.html"] if path.endswith("/") else ["", ".html"]
        self.directory = str(self.host.folder)
        inside = path.removeprefix(BASE_PATH[:-1])
        files = (Path(self.translate_path(inside + ending)) for ending in endings)
        return next(filter(Path.is_file, files), None)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - The base's own name.
        """Print nothing."""


@contextmanager
def hosted(folder: Path, **how: Any) -> Iterator[Host]:  # noqa: ANN401 (fields of a host)
    """Serve a folder, and yield its host."""
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
    """Serve a folder, and yield its address, which ends in "/faq/".

    Write further headers as `Cache_Control="no-cache"`.
    """
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with hosted(folder, headers=named) as host:
        yield host.root
