"""What a host answers, asked on the loopback alone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from faqsite import web
from faqsite.web import WebError, fault_of, fetch

HUNG = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    """Answers as the path says: "/404", "/302/200", "/HEAD-404", "/hang", "/drip"."""

    protocol_version = "HTTP/1.1"
    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(b"Hello")

    def _answer(self, body: bytes) -> None:
        self.server.asked.append(f"{self.command} {self.path}")  # type: ignore[attr-defined]
        first, _, rest = self.path.strip("/").partition("/")
        if first == "hang":
            HUNG.wait(10)
        if first == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            with suppress(OSError):
                while not HUNG.wait(0.01):
                    self.wfile.write(b"x")
            return
        if first == "HEAD-404":
            first = "404" if self.command == "HEAD" else "200"
        status = int(first) if first.isdigit() else 200
        self.send_response(status)
        if status in {301, 302}:
            self.send_header(
                "Location",
                rest if rest.startswith("file:") else f"/{rest or first}",
            )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - The base's own name.
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[str]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), _Handler) as running:
        running.asked = []
        HUNG.clear()
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield running
        finally:
            HUNG.set()
            running.shutdown()
            thread.join()


def url(server: _Server, path: str) -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


@pytest.mark.parametrize(
    ("path", "fault", "asked"),
    [
        ("/200", "", ["HEAD /200"]),
        ("/302/200", "", ["HEAD /302/200"]),
        ("/404", "404 Not Found", ["HEAD /404", "GET /404"]),
        ("/410", "410 Gone", ["HEAD /410", "GET /410"]),
        ("/500", "500 Internal Server Error", ["HEAD /500", "GET /500"]),
        ("/HEAD-404", "", ["HEAD /HEAD-404", "GET /HEAD-404"]),
        ("/403", "", ["HEAD /403"]),
        ("/429", "", ["HEAD /429"]),
        ("/200#part", "", ["HEAD /200"]),
        ("/200/straße?q=ü", "", ["HEAD /200/stra%C3%9Fe?q=%C3%BC"]),
    ],
)
def test_what_stands_there_has_no_fault_and_what_does_not_says_why(
    path: str, fault: str, asked: list[str], server: _Server
) -> None:
    assert fault_of(url(server, path)) == fault
    assert server.asked[: len(asked)] == asked


def test_it_is_not_led_to_a_file(server: _Server) -> None:
    fault = fault_of(url(server, "/302/file:///etc/hostname"))
    assert fault.startswith("302 Found")
    with pytest.raises(WebError, match=r"^unknown url type: file$"):
        fetch("file:///etc/hostname")


def test_who_turns_in_a_circle_is_left(server: _Server) -> None:
    fault = fault_of(url(server, "/302"))
    assert fault.startswith("302 The HTTP server returned a redirect error")
    assert "\n" not in fault


def test_no_host_is_waited_for_forever(server: _Server) -> None:
    assert fault_of(url(server, "/hang"), timeout_seconds=0.05) == "timed out"


def test_a_host_that_never_ends_the_head_of_its_answer_is_left(server: _Server) -> None:
    assert fetch(url(server, "/drip"), timeout_seconds=0.05) == b""
    assert not HUNG.is_set()


def test_where_nobody_listens_that_is_said() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert fault_of(f"http://127.0.0.1:{port}/") != ""


@pytest.mark.parametrize("address", ["http://[/", "http://127.0.0.1:x/", "http:///"])
def test_an_address_that_is_none_has_a_fault_too(address: str) -> None:
    assert fault_of(address) != ""


def test_a_file_is_fetched_whole(server: _Server) -> None:
    assert fetch(url(server, "/200")) == b"Hello"
    with pytest.raises(WebError, match=r"^404 Not Found$"):
        fetch(url(server, "/404"))


def test_a_file_that_is_too_large_is_not(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 4)
    with pytest.raises(WebError, match=r"^it is larger than 0 MB$"):
        fetch(url(server, "/200"))
