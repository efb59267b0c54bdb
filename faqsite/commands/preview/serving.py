"""What a preview answers: whom, at which address, and what it adds to a page."""

from __future__ import annotations

from collections.abc import Container, Sequence
from html import escape
from mimetypes import MimeTypes
from urllib.parse import unquote

OWN = "/-/"
"""Where the preview's own files are: no address of a site begins so, for no slug is "-"."""

_HOSTS = ("127.0.0.1", "localhost")
_HTTP_PORT = 80
# What Python knows depends on its version, and what the system knows on the system.
_MEDIA_TYPES = {
    "avif": "image/avif",
    "js": "text/javascript",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
_PYTHONS_OWN = MimeTypes()

_PROBLEM_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; \
style-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; \
require-trusted-types-for 'script'; trusted-types 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{own}serve.css">
</head>
<body>
<main>
<h1>{title}</h1>
<ul>
{lines}
</ul>
</main>
</body>
</html>
"""


def is_ours(port: int, hosts: Sequence[str], origins: Sequence[str]) -> bool:
    """Tell whether a request was meant for this server, by its headers `Host` and `Origin`.

    A page of another site could ask by a name that leads here, or from its own origin.
    """
    ours = {f"{host}:{port}" for host in _HOSTS}
    if port == _HTTP_PORT:
        ours.update(_HOSTS)
    return (
        len(hosts) == 1
        and hosts[0].lower() in ours
        and all(origin.removeprefix("http://") in ours for origin in origins if origin)
        and all(origin.startswith("http://") for origin in origins)
    )


def find_address(path: str, addresses: Container[str], base_path: str = "/") -> str | None:
    """Return which address of a site answers the path of a request, None if none does.

    As on GitHub Pages, "/old" is answered by "old.html". The site is found at the root, and
    under its base path too, so that 404.html leads on.

    >>> find_address("/faq/team/", {"team/index.html"}, "/faq/")
    'team/index.html'
    """
    path = unquote(path)
    for root in dict.fromkeys(("/", base_path)):
        if not path.startswith(root):
            continue
        inside = path.removeprefix(root)
        is_folder = not inside or inside.endswith("/")
        for ending in ["index.html"] if is_folder else ["", ".html", "/index.html"]:
            if inside + ending in addresses:
                return inside + ending
    return None


def media_type(address: str) -> str:
    """Return the value of `Content-Type` for a file, e.g. "text/html; charset=utf-8"."""
    ending = address.rpartition(".")[2].lower()
    kind = _MEDIA_TYPES.get(ending) or _PYTHONS_OWN.guess_type(address)[0]
    kind = kind or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def with_script(page: bytes, version: str) -> bytes:
    """Return a page with the script that reloads it once it has another version.

    The script is at the end, because an owner's template may leave out any tag that could be
    searched for. The policy of the pages allows it: it is a file of the same origin.
    """
    script = f'<script defer src="{OWN}serve.js" data-page="{version}"></script>\n'
    return page + script.encode()


def problem_page(problems: Sequence[str]) -> bytes:
    """Return a page that shows problems, for use where there is no good one yet."""
    lines = "\n".join(f"<li>{escape(line)}</li>" for line in problems)
    title = "There is no page to show yet"
    return _PROBLEM_PAGE.format(title=title, own=OWN, lines=lines).encode()
