"""Requests to a preview: it answers all of them, and only with files of the site."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from socket import socket
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.build.pipeline import load
from faqsite.commands.preview.preview import Preview, find_address
from faqsite.commands.preview.server import Server
from tests.support.documents import write
from tests.support.previews import SMALL
from tests.support.product import PRODUCT

from .texts import one_of, pieces

ADDRESSES = {
    "404.html",
    "assets/style.css",
    "hc/articles/123.html",
    "index.html",
    "team/index.html",
    "team/our map.pdf",
    "شهر/1.html",
}
_BESIDE = "not part of the site"
_STATUSES = {200, 302, 400, 403, 404, 414, 431, 501, 505}
_PORT = b"PORT"
_INTERIM = re.compile(rb"\AHTTP/1.1 100 Continue\r\n(?:.*?\r\n)?\r\n", re.DOTALL)

STEPS = one_of(r"""
    / / .. . \ %2e %2F %5c %00 %0d%0a % %zz %ff %C3%A9 team hours .html index faq -/ serve.js events
    ?path= # http:// site.yaml //[ * etc/passwd secret.txt C: ~ ;a + {U+00A0} é ␀
""")
_PATHS = st.text() | st.lists(STEPS, max_size=12).map("".join)
_METHODS = ["", *pieces("GET GET GET GET HEAD POST get GET␠ XXXXXXXXXXXXXXXXXXXX ␖␃␁")]
_VERSIONS = pieces("""
    ␠HTTP/1.1 ␠HTTP/1.1 ␠HTTP/1.1 ␠HTTP/1.0 ␠HTTP/2.0 ␠HTTP/1.x ␠HTTP/ ␠HTTP/1.1␠x ␠HTTP/0.9
    ␠HTTP/1.1.1 ␠HTTP/-1.1 ␠HTTP/1.99999999999 ␉
""")
_HEADERS = [
    *pieces("""
        Host:␠127.0.0.1:PORT␍␊ Host:␠127.0.0.1:PORT␍␊ host:␠LOCALHOST:PORT␍␊ Host:␠example.org␍␊
        Host:␍␊ Origin:␠null␍␊ Origin:␠http://127.0.0.1:PORT␍␊ Connection:␠close␍␊
        Connection:␠keep-alive␍␊ Content-Length:␠9␍␊ a␍␊ Expect:␠100-continue␍␊
        Transfer-Encoding:␠chunked␍␊ ␠folded␍␊ :␍␊ X:␠ÿ␍␊ ␊
    """),
    *("X: " + "y" * 999 + "\r\n", "X: y\r\n" * 101, "X: " + "y" * 70_000),
]
_REQUESTS = st.builds(
    "{} {}{}{}\r\n{}\r\n{}".format,
    st.sampled_from(_METHODS),
    st.sampled_from(["/", "/", "/", ""]),
    st.lists(STEPS, max_size=8).map("".join),
    st.sampled_from(["", *_VERSIONS]),
    st.lists(st.sampled_from(_HEADERS), min_size=1, max_size=3).map("".join),
    st.sampled_from(["", "", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", "body", "\r\n"]),
).map(lambda text: text.encode("latin-1", "replace")) | st.binary(max_size=200)


@given(_PATHS)
def test_any_path_leads_to_an_address_of_the_site_or_to_none(path: str) -> None:
    assert find_address(f"/{path}", ADDRESSES, "/faq/") in {None, *ADDRESSES}
    assert find_address(path, ADDRESSES) in {None, *ADDRESSES}


class _Connection:
    """What a server needs of a socket: the bytes of a request, and a place for its answer."""

    def __init__(self, sent: bytes) -> None:
        self._sent = sent
        self.answer = b""

    def settimeout(self, _seconds: float) -> None: ...

    def setsockopt(self, *_option: int) -> None: ...

    def makefile(self, *_how: object) -> io.BytesIO:
        return io.BytesIO(self._sent)

    def sendall(self, answer: bytes) -> None:
        self.answer += answer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the server of a preview, beside files that are not part of the site."""
    folder = tmp_path_factory.mktemp("preview")
    content = write(folder / "content", SMALL)
    write(folder, {"secret.txt": _BESIDE, "content/.secret.txt": _BESIDE})
    preview = Preview(
        partial(load, content, PRODUCT / "templates", PRODUCT / "static"), lambda _: ()
    )
    preview.refresh()
    preview.close()  # A request that follows a page must not wait for the next edition.
    with Server(0, preview) as server:
        yield server


@given(_REQUESTS)
def test_any_request_has_a_valid_answer_that_holds_no_other_file(
    server: Server, sent: bytes
) -> None:
    connection = _Connection(sent.replace(_PORT, str(server.port).encode()))
    server.finish_request(cast("socket", connection), ("127.0.0.1", 0))
    answer = connection.answer
    assert not any(text in answer for text in (_BESIDE.encode(), b"Traceback", b"root:"))
    head, _, _ = _INTERIM.sub(b"", answer, count=1).partition(b"\r\n\r\n")
    status, *headers = head.split(b"\r\n")
    if not status.startswith(b"HTTP/"):
        return  # The answer to a request of HTTP/0.9 is a body alone, to an empty one nothing.
    assert int(status.split()[1]) in _STATUSES, status
    assert all(re.fullmatch(rb"[A-Za-z-]+: [ -~]*", header) for header in headers), headers
