"""What a preview answers, and whom; over real HTTP that nothing else gets out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.pipeline import Inputs, build_site, load
from faqsite.preview import Preview
from faqsite.server import Server, serving
from faqsite.serving import find_address, is_ours, media_type

from .documents import write
from .sites import PROJECT

ADDRESSES = {"index.html", "old.html", "team/index.html", "team/time zone.html"}

CONTENT = {
    "site.yaml": "title: Questions\nurl: https://example.org/faq/\n",
    "pay/day.md": "---\nquestion: When is pay day?\n---\nOn Friday.\n",
}


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/old", "old.html"),
        ("/team", "team/index.html"),
        ("/team/", "team/index.html"),
        ("/team/time%20zone.html", "team/time zone.html"),
        ("/faq/", "index.html"),
        ("/faq/team/", "team/index.html"),
        ("/other/", None),
        ("/old/", None),
        ("", None),
        ("//index.html", None),
        ("/./index.html", None),
        ("/team/../index.html", None),
        ("/%2e%2e/index.html", None),
        ("/team\\index.html", None),
        ("/index.html%00", None),
    ],
)
def test_a_path_is_answered_by_a_file_of_the_site_alone(path: str, address: str | None) -> None:
    assert find_address(path, ADDRESSES, "/faq/") == address


@given(st.text())
def test_whatever_the_path_the_answer_is_a_file_of_the_site(path: str) -> None:
    assert find_address(path, ADDRESSES, "/faq/") in {*ADDRESSES, None}


@pytest.mark.parametrize(
    ("hosts", "origins", "is_answered"),
    [
        (["127.0.0.1:8000"], [], True),
        (["localhost:8000"], [], True),
        (["LOCALHOST:8000"], ["http://localhost:8000"], True),
        (["127.0.0.1:8000"], ["http://127.0.0.1:8000"], True),
        ([], [], False),
        (["127.0.0.1"], [], False),
        (["127.0.0.1:8001"], [], False),
        (["example.org:8000"], [], False),
        (["127.0.0.1:8000", "example.org"], [], False),
        (["127.0.0.1:8000"], ["https://127.0.0.1:8000"], False),
        (["127.0.0.1:8000"], ["http://example.org"], False),
        (["127.0.0.1:8000"], ["null"], False),
        (["127.0.0.1:8000"], [""], False),
    ],
)
def test_a_request_that_was_meant_for_another_is_not_answered(
    hosts: list[str],
    origins: list[str],
    is_answered: bool,  # noqa: FBT001 (an expected value)
) -> None:
    assert is_ours(8000, hosts, origins) == is_answered


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/js/page.js", "text/javascript; charset=utf-8"),
        ("assets/style.css", "text/css; charset=utf-8"),
        ("pay/a.webp", "image/webp"),
        ("pay/a.avif", "image/avif"),
        (".nojekyll", "application/octet-stream"),
    ],
)
def test_a_file_says_what_it_is(address: str, kind: str) -> None:
    assert media_type(address) == kind


def sources(content: Path) -> Inputs:
    return load(content, PROJECT / "templates", PROJECT / "static")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write(tmp_path / "content", CONTENT)
    return tmp_path / "content"


@pytest.fixture
def preview(content: Path) -> Preview:
    preview = Preview(lambda: sources(content), lambda error: tuple(str(error).splitlines()))
    preview.refresh()
    return preview


@pytest.fixture
def server(preview: Preview) -> Iterator[Server]:
    with Server(0, preview) as server, serving(server, preview):
        yield server


def ask(
    server: Server, path: str, *, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of what is answered."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_every_file_is_served_as_a_build_writes_it(
    server: Server, content: Path, tmp_path: Path
) -> None:
    output = tmp_path / "site"
    build_site(
        content=content,
        templates=PROJECT / "templates",
        static=PROJECT / "static",
        output=output,
    )
    files = [path for path in output.rglob("*") if path.is_file() and path.name != ".faqsite"]
    assert len(files) > 10
    for path in files:
        address = path.relative_to(output).as_posix()
        status, _, body = ask(server, f"/{address}")
        assert status == 200
        if address.endswith(".html"):
            body, _, script = body.rpartition(b'<script defer src="/-/serve.js"')
            assert script.endswith(b"></script>\n")
        assert body == path.read_bytes()


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 200),
        ("/nothing.html", {}, 404),
        ("/../../etc/passwd", {}, 404),
        ("/%2e%2e%2fcontent/site.yaml", {}, 404),
        ("/content/site.yaml", {}, 404),
        ("/pay", {}, 302),
        ("/-/serve.js", {}, 200),
        ("/-/server.py", {}, 404),
        ("*", {}, 404),
        ("http://[/", {"Host": "127.0.0.1:{port}"}, 404),
        ("http://example.org/", {"Host": "127.0.0.1:{port}"}, 404),
        ("/", {"Host": "example.org"}, 403),
        ("/", {"Origin": "http://example.org"}, 403),
        ("/-/events", {"Origin": "http://example.org"}, 403),
    ],
)
def test_what_is_asked_has_its_status(
    server: Server, path: str, headers: dict[str, str], status: int
) -> None:
    headers = {name: value.format(port=server.port) for name, value in headers.items()}
    assert ask(server, path, **headers)[0] == status


def test_nothing_but_reading_is_answered(server: Server) -> None:
    assert ask(server, "/", method="POST")[0] == 501
    status, headers, body = ask(server, "/", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


def test_a_change_is_shown_and_so_is_a_problem_over_the_last_good_page(
    preview: Preview, content: Path
) -> None:
    before = preview.show("/pay/day.html")
    write(content, {"pay/day.md": "---\nquestion: When is pay day?\n---\nOn Monday.\n"})
    assert preview.refresh()
    after = preview.show("/pay/day.html")
    assert b"On Monday." in after.content
    assert after.fingerprint != before.fingerprint
    write(content, {"pay/day.md": "---\nquestion: When is pay day?\nordr: 3\n---\nOn Monday.\n"})
    assert preview.refresh()
    told = 'content/pay/day.md:3: unknown key "ordr"; did you mean "order"?'
    broken = preview.show("/pay/day.html")
    assert (broken.content, broken.problems) == (after.content, (told,))
    write(content, {"pay/day.md": "---\nquestion: When is pay day?\n---\nOn Sunday.\n"})
    assert preview.refresh()
    assert preview.show("/pay/day.html").problems == ()


def test_what_did_not_change_is_no_new_edition(preview: Preview, content: Path) -> None:
    write(content, CONTENT)
    assert preview.refresh() is None


def test_without_a_good_page_there_is_one_that_tells_why(tmp_path: Path) -> None:
    write(tmp_path / "content", CONTENT | {"pay/<b>.md": "no front matter"})
    preview = Preview(
        lambda: sources(tmp_path / "content"), lambda error: tuple(str(error).splitlines())
    )
    preview.refresh()
    with Server(0, preview) as server, serving(server, preview):
        status, _, body = ask(server, "/")
        assert status == 500
        assert b"<li>content/pay/&lt;b&gt;.md" in body
        write(tmp_path / "content", {"pay/<b>.md": "---\nquestion: What is bold?\n---\nThis.\n"})
        preview.refresh()
        assert ask(server, "/")[0] == 200


def test_who_follows_a_page_is_told_of_it(server: Server, preview: Preview, content: Path) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/-/events?path=/pay/day.html")
    events = connection.getresponse()
    first = json.loads(next(line for line in events if line.startswith(b"data: "))[6:])
    assert first == {"page": preview.show("/pay/day.html").fingerprint, "problems": []}
    write(content, {"pay/day.md": "---\nquestion: When is pay day?\n---\nOn Monday.\n"})
    preview.refresh()
    second = json.loads(next(line for line in events if line.startswith(b"data: "))[6:])
    assert second["page"] != first["page"]
    connection.close()
