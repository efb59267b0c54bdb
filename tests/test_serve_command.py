"""`build.py serve`: what it says, how it follows the sources, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from faqsite.cli import main

from .documents import write
from .sites import PROJECT

CONTENT = {
    "site.yaml": "title: Questions\n",
    "pay/day.md": "---\nquestion: When is pay day?\n---\nOn Friday.\n",
}


def test_a_port_that_is_taken_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "content", CONTENT)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--content", "content", "--port", str(port)]) == 2
    assert re.fullmatch(
        rf"build\.py: port {port} cannot be used: .+; stop what uses it, or choose another: "
        r"--port 0 takes any that is free\n",
        capsys.readouterr().err,
    )


@pytest.mark.parametrize("port", ["high", "-1", "65536", "²"])
def test_a_port_is_a_number(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--port", port])
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        f'build.py: argument --port: must be a number up to 65535, not "{port}"; '
        "see build.py serve --help\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is another signal on Windows")
def test_it_follows_what_is_saved_until_it_is_interrupted(tmp_path: Path) -> None:
    write(tmp_path / "content", CONTENT)
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 (our own program)
        [*command, "--content", "content", "--output", "site"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    ) as serve:
        assert serve.stdout
        said = re.fullmatch(
            r"Serving content/ at (http://127\.0\.0\.1:\d+/) \(Ctrl\+C ends it\)\n",
            serve.stdout.readline(),
        )
        assert said
        with urlopen(f"{said[1]}pay/day.html", timeout=60) as page:  # noqa: S310 (ours)
            assert b"On Friday." in page.read()
        # Saved until it is seen: what changes before the folders are watched is read anyway.
        write(tmp_path / "content", {"pay/day.md": CONTENT["pay/day.md"] + "Or on Monday.\n"})
        assert re.fullmatch(
            r"(content/pay/day\.md|the folders) changed: \d+\.\d\d s\n", serve.stdout.readline()
        )
        with urlopen(f"{said[1]}pay/day.html", timeout=60) as page:  # noqa: S310 (ours)
            assert b"Or on Monday." in page.read()
        serve.send_signal(signal.SIGINT)
        assert serve.stdout.read() == "Stopped.\n"
        assert serve.wait(timeout=60) == 0
    assert not (tmp_path / "site").exists()
