"""`build.py serve`: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from faqsite.commands.cli import main
from tests.support.documents import write
from tests.support.previews import SMALL, entry, line, lines, running, save
from tests.support.product import PRODUCT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write(tmp_path / "content", SMALL)


def changed(process: subprocess.Popen[str]) -> str:
    """Return the name of what changed, which the next line prints."""
    printed = re.fullmatch(r"(.+) changed: \d+\.\d\d s", line(process))
    assert printed
    return printed[1]


def interrupt(process: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """Press Ctrl+C; return the status and the lines printed since."""
    process.send_signal(signal.SIGINT)
    status = process.wait(10)
    return status, list(lines(process))


def test_each_change_and_each_problem_is_a_line(content: Path) -> None:
    with running(content.parent) as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/team/hours")
        assert b"By day." in connection.getresponse().read()
        save(content, {"team/hours.md": "---\nquestion: When?\nordr: 1\n---\nBy night.\n"})
        assert changed(process) in {"content/team/hours.md", "the folders"}
        assert line(process) == (
            'content/team/hours.md:3: unknown key "ordr"; did you mean "order"?'
        )
        save(content, {"team/hours.md": entry("When?", "By night.")})
        assert changed(process) == "content/team/hours.md"
        connection.request("GET", "/team/hours")
        assert b"By night." in connection.getresponse().read()
        connection.close()
        assert interrupt(process) == (0, ["Stopped."])


def test_advice_is_printed_and_no_site_is_written(content: Path) -> None:
    write(content, {"site.yaml": "title: Questions\nsynonyms:\n  - pay => salary\n"})
    with running(content.parent) as (process, _):
        assert line(process) == (
            'advice: content/site.yaml:3: no entry contains "salary"; '
            "use words that an entry contains, or delete the synonym"
        )
        assert interrupt(process) == (0, ["Stopped."])
    assert not (content.parent / "site").exists()


def test_ctrl_c_ends_open_connections(content: Path) -> None:
    with running(content.parent) as (process, port):
        connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in "12"]
        for connection, path in zip(connections, ["/-/events?path=/", "/"], strict=True):
            connection.request("GET", path)
        with connections[0].getresponse() as events, connections[1].getresponse() as page:
            assert events.readline().startswith(b"data: ")
            assert page.read()
            assert interrupt(process) == (0, ["Stopped."])
        for connection in connections:
            connection.close()


def test_ctrl_c_ends_the_reading_of_the_content(content: Path) -> None:
    body = "A *word* and [another](https://example.org/), `more`.\n\n" * 40
    write(
        content, {f"many/{number}.md": entry(f"What is {number}?", body) for number in range(800)}
    )
    with running(content.parent) as (process, _):
        status, printed = interrupt(process)
        assert (status, printed[-1]) == (0, "Stopped.")


def test_a_port_that_is_taken_is_one_line(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--content", str(content), "--port", str(port)]) == 2
    assert capsys.readouterr().err == (
        f"build.py: port {port} is not available: Address already in use; stop the program that "
        "uses it, or take any free port: --port 0\n"
    )


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8e3", "٣", ""])
def test_a_port_is_a_number(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["serve", f"--port={port}"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        f'build.py: argument --port: must be a number up to 65535, not "{port}"; '
        "see build.py serve --help\n"
    )


def test_an_error_in_a_template_is_printed_when_a_page_needs_it(
    content: Path,
) -> None:
    templates = shutil.copytree(PRODUCT / "templates", content.parent / "looks")
    with running(content.parent, "--templates", "looks") as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/nowhere")
        assert b"</html>" in connection.getresponse().read()
        save(templates, {"404.html": "{% if %}"})
        assert changed(process) in {"looks/404.html", "the folders"}
        connection.request("GET", "/nowhere/else")
        response = connection.getresponse()
        assert (response.status, b"looks/404.html:1: " in response.read()) == (404, False)
        connection.close()
        assert (
            line(process)
            == "looks/404.html:1: Expected an expression, got 'end of statement block'"
        )
        assert interrupt(process) == (0, ["Stopped."])
