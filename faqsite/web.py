"""Other hosts: a file that is read from one, an address that is asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR, socket
from threading import Timer
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

__all__ = ["MAX_BYTES", "WebError", "fault_of", "fetch"]

TIMEOUT_SECONDS = 10.0
MAX_BYTES = 100_000_000
_CHUNK_BYTES = 65_536
_NAME = "faqsite (a check of the links of a FAQ)"
_NOT_FOR_PROGRAMS = frozenset({401, 403, 405, 407, 429, 451, 999})
"""Answers of what is there, but not for us. 999 is what some networks say to programs."""
_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"


_PATIENCE = 6
"""How many times as long as for one answer to a read all may take: the head, then the rest."""


class WebError(Exception):
    """What an address had to say for itself, in a few words: "404 Not Found"."""


class _Connection(HTTPConnection):
    """Ends where the head of an answer takes too long: a timeout counts anew with every byte."""

    _end: Timer | None = None

    def connect(self) -> None:
        super().connect()
        seconds = _PATIENCE * (self.timeout or TIMEOUT_SECONDS)
        self._end = Timer(seconds, _cut, (self.sock,))
        self._end.daemon = True
        self._end.start()

    def close(self) -> None:
        if self._end:
            self._end.cancel()
        super().close()


def _cut(connection: socket) -> None:
    with suppress(OSError):
        connection.shutdown(SHUT_RDWR)


class _SecureConnection(_Connection, HTTPSConnection):
    """The same over TLS."""


class _HttpHandler(HTTPHandler):
    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(_Connection, request)


class _HttpsHandler(HTTPSHandler):
    def https_open(self, request: Request) -> HTTPResponse:
        return self.do_open(_SecureConnection, request)


def fetch(url: str, *, timeout_seconds: float = TIMEOUT_SECONDS) -> bytes:
    """Return what stands at an http or https address; raise WebError if that fails.

    So does what is larger than 100 MB, or takes six times as long as one answer may.
    """
    content = bytearray()
    ends = time.monotonic() + _PATIENCE * timeout_seconds
    with _opened("GET", url, timeout_seconds) as response:
        while chunk := response.read1(_CHUNK_BYTES):
            content += chunk
            if len(content) > MAX_BYTES:
                raise WebError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
            if time.monotonic() > ends:
                raise WebError("it takes too long")
    return bytes(content)


def fault_of(url: str, *, timeout_seconds: float = TIMEOUT_SECONDS) -> str:
    """Return what is wrong with an http or https address; "" if something stands there.

    That is asked without asking for the page first, since not every host answers that.
    """
    fault = ""
    for method in ("HEAD", "GET"):
        try:
            with _opened(method, url, timeout_seconds):
                return ""
        except WebError as error:
            fault = str(error)
            if isinstance(error.__cause__, HTTPError) and error.__cause__.code in _NOT_FOR_PROGRAMS:
                fault = ""
    return fault


@contextmanager
def _opened(method: str, url: str, timeout_seconds: float) -> Iterator[HTTPResponse]:
    """Yield the answer of a host, redirects followed; raise WebError if there is none."""
    try:
        request = Request(_in_ascii(url), method=method, headers={"User-Agent": _NAME})  # noqa: S310 (see _opener)
        with _opener().open(request, timeout=timeout_seconds) as response:
            yield response
    except HTTPError as error:
        error.close()
        raise WebError(_on_one_line(f"{error.code} {error.reason}")) from error
    except (HTTPException, OSError, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        told = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        raise WebError(_on_one_line(str(told))) from error


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _opener() -> OpenerDirector:
    """Return what opens http and https addresses, and never a file, wherever it is led."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        _HttpHandler(),
        _HttpsHandler(),
        HTTPRedirectHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _in_ascii(url: str) -> str:
    """Return an address as it goes over the wire, without its fragment.

    >>> _in_ascii("https://münchen.example/straße#oben")
    'https://xn--mnchen-3ya.example/stra%C3%9Fe'
    """
    scheme, host, path, query, _ = urlsplit(url)
    whole = urlunsplit((scheme, host.encode("idna").decode(), path, query, ""))
    return quote(whole, safe=_IN_ADDRESSES)
