"""A file from another host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from faqsite.system import web
from faqsite.system.web import WebError, fetch

HUNG = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    """Answers as the path asks: "/404", "/302/200", "/hang"."""

    def do_GET(self) -> None:
        first, _, rest = self.path.strip("/").partition("/")
        if first == "hang":
            HUNG.wait(10)
        with suppress(ConnectionError):  # The client of a test that hung is gone by now.
            self.send_response(int(first) if first.isdigit() else 200)
            self.send_header("Location", rest if rest.startswith("file:") else f"/{rest or first}")
            self.end_headers()
            self.wfile.write(self.path.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - The base's own name.
        """Print nothing."""


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a host."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        HUNG.clear()
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            HUNG.set()
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/200", b"/200"),
        ("/302/200", b"/200"),
        ("/200/straße?q=ü#part", b"/200/stra%C3%9Fe?q=%C3%BC"),
    ],
)
def test_a_file_is_fetched_through_redirects(path: str, content: bytes, root: str) -> None:
    assert fetch(root + path) == content


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/404", "404 Not Found"),
        ("/302/file:///etc/hostname", "302 Found - Redirection to url 'file:///etc/hostname'"),
        ("/302", "302 The HTTP server returned a redirect error"),
    ],
)
def test_a_refusal_has_a_reason_on_one_line(path: str, reason: str, root: str) -> None:
    with pytest.raises(WebError) as refused:
        fetch(root + path)
    assert str(refused.value).startswith(reason)
    assert "\n" not in str(refused.value)


def test_a_silent_host_times_out(root: str) -> None:
    with pytest.raises(WebError, match=r"^timed out$"):
        fetch(f"{root}/hang", timeout_seconds=0.05)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/", "faq.json"])
def test_only_http_and_https_are_fetched(address: str) -> None:
    with pytest.raises(WebError, match=r"^it is not an http or https address$"):
        fetch(address)


@pytest.mark.parametrize(
    "address", ["http://[/", "http://127.0.0.1:x/", "http:///", "http://127.0.0.1:1/"]
)
def test_an_address_without_a_host_has_a_reason(address: str) -> None:
    with pytest.raises(WebError, match=r"."):
        fetch(address)


def test_a_file_that_is_too_large_is_refused(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 4)
    with pytest.raises(WebError, match=r"^it is larger than 0 MB$"):
        fetch(f"{root}/200/more")
