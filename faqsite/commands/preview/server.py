"""Serves a preview over HTTP, only to the browsers of this computer."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from mimetypes import MimeTypes
from pathlib import Path
from posixpath import splitext
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from faqsite.commands.preview.preview import Preview, Shown
from faqsite.system.digests import to_json

_OWN = "/-/"
"""Where the preview's own files are: no address begins like this, because no slug is "-"."""
_HOST = "127.0.0.1"
_HTTP_PORT = 80
# Independent of the system, and of the version of Python.
_MEDIA_TYPES = MimeTypes().types_map[True] | {
    ".avif": "image/avif",
    ".js": "text/javascript",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_OWN_FILES = {
    f"{_OWN}{name}": Path(__file__).with_name(name).read_bytes()
    for name in ("serve.css", "serve.js")
}
_EVENTS = f"{_OWN}events"
_HTML = "text/html; charset=utf-8"
_HEARTBEAT_SECONDS = 10
"""How often to write to a browser, to notice one that has gone."""


class Server(ThreadingTCPServer):
    """Listens from the start, and answers while it serves."""

    daemon_threads = True
    request_queue_size = 64
    # On Windows this would let two programs listen on one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, port: int, preview: Preview) -> None:
        """Listen on a port, 0 for any free one. Raises OSError if it is not available."""
        super().__init__((_HOST, port), _Handler)
        self.preview = preview
        self.port: int = self.socket.getsockname()[1]
        self.url = f"http://{_HOST}:{self.port}/"

    @contextmanager
    def serve_in_background(self) -> Iterator[None]:
        """Answer until the context ends."""
        thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.preview.close()
            self.shutdown()
            thread.join()
            self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 (the base's)
        """Print what failed, unless a browser only went away."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    server: Server

    def do_GET(self) -> None:
        hosts, origins = (self.headers.get_all(name, []) for name in ("Host", "Origin"))
        path, _, query = self.path.partition("?")
        if not is_ours(self.server.port, hosts, origins):
            self.send_error(HTTPStatus.FORBIDDEN, "Only for this computer")
        elif path == _EVENTS:
            self._follow(parse_qs(query).get("path", ["/"])[0])
        elif path in _OWN_FILES:
            self._send(HTTPStatus.OK, media_type(path), _OWN_FILES[path])
        else:
            self._show(path, self.server.preview.show(path))

    do_HEAD = do_GET  # noqa: N815 (the base's)

    def _show(self, path: str, shown: Shown) -> None:
        plain = unquote(path)
        folder, _, name = shown.address.rpartition("/")
        if shown.is_found and name == "index.html" and folder and plain.endswith(f"/{folder}"):
            # Without the slash its relative links would be wrong.
            self._send(HTTPStatus.FOUND, _HTML, b"", location=f"{quote(plain)}/")
            return
        status = HTTPStatus.OK if shown.is_found else HTTPStatus.NOT_FOUND
        kind, content = media_type(shown.address), shown.content
        if not shown.address:
            status, kind = HTTPStatus.INTERNAL_SERVER_ERROR, _HTML
        if kind == _HTML:
            content = add_script(content, shown.version)
        self._send(status, kind, content)

    def _send(self, status: HTTPStatus, kind: str, content: bytes, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _follow(self, path: str) -> None:
        """Send the version of a page and its problems, whenever one of them changes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        number, sent = 0, b""
        while self.command != "HEAD" and number >= 0:
            shown = self.server.preview.show(path)
            message = to_json({"page": shown.version, "problems": shown.problems}).encode()
            self.wfile.write(b":\n\n" if message == sent else b"data: %b\n\n" % message)
            sent = message
            number = self.server.preview.wait(number, _HEARTBEAT_SECONDS)

    def end_headers(self) -> None:
        # The browser has to ask each time, and no other site may show or frame a page.
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Content-Security-Policy", "frame-ancestors 'self'")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def is_ours(port: int, hosts: Sequence[str], origins: Sequence[str]) -> bool:
    """Return whether a request is meant for this server, by its headers `Host` and `Origin`.

    Another site could use a name that resolves to this computer, or ask from its own origin.
    """
    names = (_HOST, "localhost")
    ours = {f"{name}:{port}" for name in names} | {*(names if port == _HTTP_PORT else ())}
    is_asked_by_name = len(hosts) == 1 and hosts[0].lower() in ours
    return is_asked_by_name and {*origins} <= {f"http://{each}" for each in ours}


def media_type(address: str) -> str:
    """Return the value of `Content-Type` for a file, e.g. "text/html; charset=utf-8"."""
    kind = _MEDIA_TYPES.get(splitext(address)[1].lower(), "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def add_script(page: bytes, version: str) -> bytes:
    """Return a page with the script that reloads it when its version changes.

    The script comes last, because an owner's template may have no tag to put it before. The
    policy of the pages allows it, because it has the same origin.
    """
    script = f'<script defer src="{_OWN}serve.js" data-page="{version}"></script>\n'
    return page + script.encode()
