"""Fetches a file from another host, with limits on its size and on the time it takes."""

from __future__ import annotations

import time
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import Request, urlopen

MAX_BYTES = 100_000_000
_MAX_SECONDS = 60.0
_CHUNK_BYTES = 65_536


class WebError(Exception):
    """Why an address gives nothing, in a few words: "404 Not Found"."""


def fetch(url: str, *, timeout_seconds: float = 10.0) -> bytes:
    """Return the file at an http or https address, or raise WebError, within about a minute."""
    if not url.lower().startswith(("http://", "https://")):
        raise WebError("it is not an http or https address")
    content = bytearray()
    ends = time.monotonic() + _MAX_SECONDS
    try:
        request = Request(_in_ascii(url), headers={"User-Agent": "faqsite"})  # noqa: S310 (see above)
        with urlopen(request, timeout=timeout_seconds) as response:  # noqa: S310 (likewise)
            while chunk := response.read1(_CHUNK_BYTES):
                content += chunk
                if len(content) > MAX_BYTES:
                    raise WebError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
                if time.monotonic() > ends:
                    raise WebError("it takes too long")
    except (HTTPException, OSError, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        why = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        if isinstance(error, HTTPError):
            error.close()
            why = f"{error.code} {why}"
        raise WebError(" ".join(why.split())) from error
    return bytes(content)


def _in_ascii(url: str) -> str:
    """Return an address as it is sent, without its fragment.

    >>> _in_ascii("https://münchen.example/straße#oben")
    'https://xn--mnchen-3ya.example/stra%C3%9Fe'
    """
    scheme, host, path, query, _ = urlsplit(url)
    whole = urlunsplit((scheme, host.encode("idna").decode(), path, query, ""))
    return quote(whole, safe="%/:=&?~#+!$,;'@()*[]")
