"""A file from another host, which is not waited for without end and not read without bound."""

from __future__ import annotations

import time
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import Request, urlopen

MAX_BYTES = 100_000_000
_MOST_SECONDS = 60.0
_CHUNK_BYTES = 65_536


class WebError(Exception):
    """Why nothing came from an address, in a few words: "404 Not Found"."""


def fetch(url: str, *, timeout_seconds: float = 10.0) -> bytes:
    """Return what an http or https address holds; raise WebError if that fails.

    The host has ten seconds for each answer, a minute for the whole file, and 100 MB.
    """
    if not url.lower().startswith(("http://", "https://")):
        raise WebError("it is not an http or https address")
    content = bytearray()
    ends = time.monotonic() + _MOST_SECONDS
    try:
        request = Request(_in_ascii(url), headers={"User-Agent": "faqsite"})  # noqa: S310 (see above)
        with urlopen(request, timeout=timeout_seconds) as response:  # noqa: S310 (likewise)
            while chunk := response.read1(_CHUNK_BYTES):
                content += chunk
                if len(content) > MAX_BYTES:
                    raise WebError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
                if time.monotonic() > ends:
                    raise WebError("it takes too long")
    except HTTPError as error:
        error.close()
        raise WebError(" ".join(f"{error.code} {error.reason}".split())) from error
    except (HTTPException, OSError, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        why = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        raise WebError(" ".join(why.split())) from error
    return bytes(content)


def _in_ascii(url: str) -> str:
    """Return an address as it goes over the wire, without its fragment.

    >>> _in_ascii("https://münchen.example/straße#oben")
    'https://xn--mnchen-3ya.example/stra%C3%9Fe'
    """
    scheme, host, path, query, _ = urlsplit(url)
    whole = urlunsplit((scheme, host.encode("idna").decode(), path, query, ""))
    return quote(whole, safe="%/:=&?~#+!$,;'@()*[]")
