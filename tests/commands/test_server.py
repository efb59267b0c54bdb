"""A preview over HTTP: only the files of a build, and only for this computer."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import pytest

from faqsite.commands.preview.server import Server, add_script, is_ours, media_type
from tests.support.documents import write
from tests.support.previews import SMALL, Served, entry, follow, make_preview, save, serve
from tests.support.whole_sites import FULL, build_whole


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    preview = make_preview(tmp_path_factory.mktemp("small"))
    preview.refresh()
    with serve(preview) as served:
        yield served


def test_what_is_served_is_what_is_built(tmp_path: Path) -> None:
    site = build_whole(tmp_path, FULL)
    preview = make_preview(tmp_path / "content", {}, static=tmp_path / "static")
    preview.refresh()
    files = [path for path in site.rglob("*") if path.is_file() and path.name != ".faqsite"]
    assert len(files) > 20
    with serve(preview) as served:
        for path in files:
            address = path.relative_to(site).as_posix()
            response, body = served.ask(f"/{quote(address)}")
            if path.suffix == ".html":
                body, _, script = body.rpartition(b"<script defer ")
                assert script.startswith(b'src="/-/serve.js"')
            assert (response.status, body) == (200, path.read_bytes()), address


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/", 200, None),
        ("/?q=work", 200, None),
        ("/team/hours.html", 200, None),
        ("/team/hours", 200, None),
        ("/faq/team/hours.html", 200, None),
        ("/team", 302, "/team/"),
        ("//team", 302, "/team/"),
        ("/faq/team", 302, "/faq/team/"),
        ("/-/serve.js", 200, None),
        ("/-/serve.css", 200, None),
        ("/-/server.py", 404, None),
        ("/nowhere/at/all", 404, None),
        ("/site.yaml", 404, None),
        ("/../site.yaml", 404, None),
        ("/////etc/passwd", 404, None),
        ("http://example.org/", 404, None),
        ("//[/", 404, None),
        ("http://[/", 404, None),
        ("*", 404, None),
    ],
)
def test_a_path_has_a_status(path: str, status: int, location: str | None, small: Served) -> None:
    response, _ = small.ask(path, Host=f"127.0.0.1:{small.port}")
    assert (response.status, response.headers["Location"]) == (status, location)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.org"},
        {"Host": "localhost"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/-/events?path=/", "/-/serve.js"])
def test_requests_by_another_name_or_from_another_site_are_refused(
    headers: dict[str, str], path: str, small: Served
) -> None:
    response, body = small.ask(path, **headers)
    assert response.status == HTTPStatus.FORBIDDEN
    assert b"Questions" not in body


def test_requests_of_its_own_pages_are_answered(small: Served) -> None:
    own = f"localhost:{small.port}"
    assert small.ask("/", Host=own, Origin=f"http://{own}")[0].status == HTTPStatus.OK


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_only_reading_is_possible(method: str, small: Served) -> None:
    response, _ = small.ask("/", method)
    assert response.status == HTTPStatus.NOT_IMPLEMENTED


def test_a_head_request_has_the_same_headers_and_no_body(small: Served) -> None:
    (got, content), (head, nothing) = small.ask("/"), small.ask("/", "HEAD")
    assert (head.status, nothing) == (200, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(content))
    assert head.headers["Content-Type"] == "text/html; charset=utf-8"


def test_no_other_site_can_show_a_page(small: Served) -> None:
    headers = small.ask("/")[0].headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-cache"
    assert "Access-Control-Allow-Origin" not in headers


def test_the_server_listens_only_on_this_computer(small: Served) -> None:
    with socket.create_connection(("127.0.0.1", small.port)) as connection:
        assert connection.getpeername()[0] == "127.0.0.1"
    server = Server(0, small.preview)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()


def test_a_page_receives_new_versions_and_problems(tmp_path: Path) -> None:
    preview = make_preview(tmp_path)
    preview.refresh()
    with serve(preview) as served, served.events("/team/hours.html") as messages:
        first = next(messages)
        assert first["problems"] == []
        assert f'data-page="{first["page"]}"' in served.ask("/team/hours.html")[1].decode()
        write(tmp_path, {"team/hours.md": "---\nquestion: When?\nordr: 1\n---\nBy day.\n"})
        preview.refresh()
        assert next(messages) == {
            "page": first["page"],
            "problems": ['content/team/hours.md:3: unknown key "ordr"; did you mean "order"?'],
        }
        write(tmp_path, {"team/hours.md": entry("When?", "By night.")})
        preview.refresh()
        last = next(messages)
        assert last["problems"] == []
        assert last["page"] != first["page"]
        preview.close()
        assert list(messages) == []


def test_a_page_receives_a_new_version_after_a_save(tmp_path: Path) -> None:
    preview = make_preview(tmp_path)
    with (
        serve(preview) as served,
        follow(preview, content=tmp_path),
        served.events("/team/hours.html") as messages,
    ):
        before = next(messages)
        save(tmp_path, {"team/hours.md": entry("When do you work?", "By night.")})
        assert next(messages)["page"] != before["page"]
        assert b"By night." in served.ask("/team/hours.html")[1]


def test_a_page_of_problems_receives_the_next_version(
    tmp_path: Path,
) -> None:
    preview = make_preview(tmp_path, {"site.yaml": "titel: Questions\n"})
    preview.refresh()
    with serve(preview) as served:
        response, body = served.ask("/team/")
        assert response.status == HTTPStatus.INTERNAL_SERVER_ERROR
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert b"content/site.yaml:1: " in body
        with served.events("/team/") as messages:
            page = next(messages)["page"]
            assert f'data-page="{page}"'.encode() in body
            write(tmp_path, SMALL)
            preview.refresh()
            assert next(messages)["page"] != page
        assert served.ask("/team/")[0].status == HTTPStatus.OK


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_out_of_the_content_is_not_followed(tmp_path: Path) -> None:
    preview = make_preview(tmp_path / "content")
    write(tmp_path, {"secret.pdf": "root: secret"})
    (tmp_path / "content/team/secret.pdf").symlink_to(tmp_path / "secret.pdf")
    preview.refresh()
    with serve(preview) as served:
        response, body = served.ask("/team/secret.pdf")
    assert response.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"root:" not in body


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
def test_only_requests_by_name_from_its_own_pages_are_ours(
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
def test_the_type_of_a_file_is_the_same_on_every_system(address: str, expected: str) -> None:
    assert media_type(address) == expected


def test_a_page_gets_a_script_at_its_end() -> None:
    assert add_script(b"<p>That.\n", "1f") == (
        b'<p>That.\n<script defer src="/-/serve.js" data-page="1f"></script>\n'
    )
