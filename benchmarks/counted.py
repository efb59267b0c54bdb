"""A web server that serves a folder compressed, as GitHub Pages does, and counts what it sends."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

LEVEL = 6
COMPRESSED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg")
"""How the types begin that are sent compressed."""

Sent = list[tuple[str, int]]
"""What has been sent: the path, and the bytes of the body."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, sent: Sent, **named: Any) -> None:  # noqa: ANN401 (the base's own)
        self._sent = sent
        super().__init__(*args, **named)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = Path(self.directory, path.lstrip("/"))
        file = file / "index.html" if file.is_dir() else file
        kind = self.guess_type(file)
        is_compressed = kind.startswith(COMPRESSED)
        body = _body(file, is_compressed=is_compressed) if file.is_file() else b""
        self._sent.append((path, len(body)))
        self.send_response(HTTPStatus.OK if file.is_file() else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if is_compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base's own name)
        """Print nothing."""


@contextmanager
def counted(folder: Path) -> Iterator[tuple[str, Sent]]:
    """Yield the address at which a folder is served, and what has been sent until now."""
    sent: Sent = []
    handler = partial(_Handler, directory=str(folder), sent=sent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", sent
        finally:
            server.shutdown()
            thread.join()


@cache
def _body(file: Path, *, is_compressed: bool) -> bytes:
    content = file.read_bytes()
    return gzip.compress(content, LEVEL) if is_compressed else content
