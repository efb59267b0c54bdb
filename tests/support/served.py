"""A small web server that serves a folder under /faq/, as GitHub Pages does."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

BASE_PATH = "/faq/"


class _PagesHandler(SimpleHTTPRequestHandler):
    """Answers with 404.html where there is no file, whatever the depth; texts are gzipped."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def __init__(self, *arguments: Any, sent: Mapping[str, str], **named: Any) -> None:  # noqa: ANN401 (the base's)
        self._sent = sent
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        found = self._found(urlsplit(self.path).path)
        file = found or Path(self.directory) / "404.html"
        content = file.read_bytes()
        kind = self.guess_type(file)
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", kind)
        for name, value in self._sent.items():
            self.send_header(name, value)
        is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        if is_text and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(ConnectionError):  # The browser may have gone elsewhere meanwhile.
            self.wfile.write(content)

    def _found(self, path: str) -> Path | None:
        if not path.startswith(BASE_PATH):
            return None
        # "/old" is answered by old.html, as there.
        endings = ["index.html"] if path.endswith("/") else ["", ".html"]
        inside = path.removeprefix(BASE_PATH[:-1])
        files = (Path(self.translate_path(inside + ending)) for ending in endings)
        return next(filter(Path.is_file, files), None)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - The base's own name.
        """Say nothing."""


@contextmanager
def served(folder: Path, **sent: str) -> Iterator[str]:
    """Yield the address under which a folder is served, ended by "/faq/".

    Each answer has the further headers `sent`, written as `Cache_Control="no-cache"`.
    """
    sent = {name.replace("_", "-"): value for name, value in sent.items()}
    handler = partial(_PagesHandler, directory=str(folder), sent=sent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{BASE_PATH}"
        finally:
            server.shutdown()
            thread.join()
