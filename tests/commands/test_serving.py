"""Whom a preview answers, and at which address."""

from __future__ import annotations

import pytest

from faqsite.commands.preview.preview import find_address, problem_page
from faqsite.commands.preview.server import is_ours, media_type, with_script
from tests.fuzz.test_requests import ADDRESSES


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/team/", "team/index.html"),
        ("/team/index", "team/index.html"),
        ("/team", "team/index.html"),
        ("/hc/articles/123", "hc/articles/123.html"),
        ("/team/our%20map.pdf", "team/our map.pdf"),
        ("/%D8%B4%D9%87%D8%B1/1.html", "شهر/1.html"),
        ("/faq/", "index.html"),
        ("/faq/team/", "team/index.html"),
        ("/faq/faq/", None),
        ("/Team/", None),
        ("//team/", None),
        ("/./index.html", None),
        ("/team/../index.html", None),
        ("/%2e%2e/index.html", None),
        ("/..%2findex.html", None),
        ("/..\\index.html", None),
        ("/%5cindex.html", None),
        ("/index.html%00", None),
        ("/index.html/", None),
        ("/C:/index.html", None),
        ("index.html", None),
        ("*", None),
        ("", None),
    ],
)
def test_a_path_is_answered_by_an_address_of_the_site_or_by_none(
    path: str, expected: str | None
) -> None:
    assert find_address(path, ADDRESSES, "/faq/") == expected


@pytest.mark.parametrize(
    ("port", "hosts", "origins", "expected"),
    [
        (8000, ["127.0.0.1:8000"], [], True),
        (8000, ["localhost:8000"], ["http://localhost:8000"], True),
        (8000, ["LOCALHOST:8000"], ["http://127.0.0.1:8000"], True),
        (80, ["localhost"], ["http://localhost"], True),
        (8000, [], [], False),
        (8000, [""], [], False),
        (8000, ["localhost"], [], False),
        (8000, ["localhost:8001"], [], False),
        (8000, ["example.org:8000"], [], False),
        (8000, ["localhost.example.org:8000"], [], False),
        (8000, ["localhost:8000", "example.org"], [], False),
        (8000, ["localhost:8000"], ["null"], False),
        (8000, ["localhost:8000"], [""], False),
        (8000, ["localhost:8000"], ["https://localhost:8000"], False),
        (8000, ["localhost:8000"], ["http://example.org"], False),
        (8000, ["localhost:8000"], ["http://localhost:8000", "http://example.org"], False),
    ],
)
def test_only_requests_for_this_machine_from_its_own_pages_are_ours(
    *, port: int, hosts: list[str], origins: list[str], expected: bool
) -> None:
    assert is_ours(port, hosts, origins) is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/style.css", "text/css; charset=utf-8"),
        ("assets/js/page.js", "text/javascript; charset=utf-8"),
        ("faq.json", "application/json"),
        ("assets/icon.svg", "image/svg+xml"),
        ("team/map.WEBP", "image/webp"),
        ("team/map.avif", "image/avif"),
        ("team/map.pdf", "application/pdf"),
        ("assets/font.woff2", "font/woff2"),
        (".nojekyll", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_as_what_it_is_on_every_system(address: str, expected: str) -> None:
    assert media_type(address) == expected


def test_a_page_is_the_same_but_for_the_script_behind_it() -> None:
    assert with_script(b"<p>That.\n", "1f") == (
        b'<p>That.\n<script defer src="/-/serve.js" data-page="1f"></script>\n'
    )


def test_a_page_of_problems_shows_them_as_text() -> None:
    page = problem_page(["content/a.md:1: <script> & more"]).decode()
    assert "<li>content/a.md:1: &lt;script&gt; &amp; more</li>" in page
    assert "script-src 'self';" in page
