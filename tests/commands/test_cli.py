"""`python build.py` and the command line: what they print and refuse, and their exit status."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from faqsite.commands.cli import main
from tests.support.cases import cases
from tests.support.documents import write
from tests.support.product import PRODUCT

SMALL = {
    "site.yaml": "title: Questions\n",
    "team/hours.md": "---\nquestion: When do you work?\n---\nBy day.\n",
    "team/place.md": "---\nquestion: Where do you work?\n---\nAt [home](hours.md).\n",
}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def build(*options: str, content: str = "content", output: str = "site") -> int:
    return main(["--content", content, "--output", output, *options])


@pytest.fixture(autouse=True)
def _in_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("content"), SMALL)


def test_a_build_prints_what_it_read_and_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    assert build() == 0
    printed = capsys.readouterr()
    assert re.fullmatch(
        r"Read content/: 2 entries in 1 category\.\n"
        r"Wrote site/: 7 pages, \d+ files, \d+ kB, in \d+\.\d\d s\.\n",
        printed.out,
    )
    assert printed.err == ""


def test_all_problems_are_printed_in_order_and_the_site_stays(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert build() == 0
    before = tree(Path("site"))
    write(
        Path("content"),
        {
            "team/place.md": "---\nquestion: Where?\nordr: 3\n---\nAt [home](hour.md).\n",
            "pay.md": "---\nquestion: How much?\norder: soon\n---\nEnough.\n",
        },
    )
    capsys.readouterr()
    assert build() == 1
    assert capsys.readouterr() == (
        "",
        (
            'content/pay.md:3: "order" must be a whole number, not "soon"; '
            "write up to nine digits, such as 20\n"
            'content/team/place.md:3: unknown key "ordr"; did you mean "order"?\n'
            'content/team/place.md:5: the link to "hour.md" leads nowhere; '
            'did you mean "hours.md"?\n'
            "3 problems in content/; nothing was published.\n"
        ),
    )
    assert tree(Path("site")) == before


@cases("wrong_commands")
def test_a_wrong_command_is_one_line_and_status_2(
    written: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        build(*shlex.split(written))
    assert stopped.value.code == 2
    assert capsys.readouterr().err == f"build.py: {expected}; see build.py --help\n"
    assert not Path("site").exists()


def test_a_folder_that_was_not_built_here_is_not_replaced(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path("thesis"), {"chapter.txt": "Years of work."})
    with pytest.raises(SystemExit) as stopped:
        build(output="thesis")
    assert stopped.value.code == 2
    assert "thesis" in capsys.readouterr().err
    assert tree(Path("thesis")) == {"chapter.txt": b"Years of work."}


def test_an_error_in_a_template_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(PRODUCT / "templates", "templates")
    write(Path("templates/brand"), {"footer.html": "<p>\n{{ nobody }}</p>\n"})
    assert build("--templates", "templates") == 1
    assert capsys.readouterr().err == (
        "templates/brand/footer.html:2: 'nobody' is undefined; nothing was published\n"
    )
    assert not Path("site").exists()


@pytest.mark.parametrize(
    ("arguments", "base"),
    [
        ([], "/"),
        (["--site-url", "https://example.org/faq"], "/faq/"),
        (["--base-path", "help"], "/help/"),
        (["--site-url", "https://example.org/faq/", "--base-path", "/faq"], "/faq/"),
    ],
)
def test_the_base_path_is_that_of_the_address(arguments: list[str], base: str) -> None:
    assert build(*arguments) == 0
    missing = Path("site/404.html").read_text(encoding="utf-8")
    assert f'href="{base}index.html"' in missing


def test_a_missing_package_is_named_with_the_command_that_installs_it(tmp_path: Path) -> None:
    write(tmp_path, {"sitecustomize.py": "import sys\nsys.modules['lunr'] = None\n"})
    ran = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, PRODUCT / "build.py"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert re.fullmatch(
        r'build\.py: the package "lunr[.\w]*" is missing; run "make site", or '
        r'"python -m pip install -c constraints\.txt -e \." and run this again\n',
        ran.stderr,
    )


@pytest.mark.parametrize(
    ("word", "hint"), [("chek", 'did you mean "check"?'), ("publish", "see build.py --help")]
)
def test_an_unknown_command_is_one_line_and_status_2(
    word: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word, "--content", "content"]) == 2
    assert capsys.readouterr().err == f'build.py: there is no command "{word}"; {hint}\n'


@pytest.mark.parametrize("command", ["", "check", "export", "import", "new", "serve"])
def test_each_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command.split(), "--help"])
    assert stopped.value.code == 0
    text = " ".join(capsys.readouterr().out.split())
    assert f"Example: python build.py {command}".strip() in text


def test_the_help_of_the_build_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert re.findall(r'"build\.py (\w+)": \w', text) == [
        *("check", "export", "import", "new", "serve")
    ]


@pytest.mark.parametrize("command", [[], ["check"], ["export"]])
def test_a_closed_pipe_is_one_line(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = ["--content", "content", *([] if command else ["--output", "site"])]
    reading, writing = os.pipe()
    os.close(reading)
    gone = open(writing, "w", encoding="utf-8")  # noqa: PTH123, SIM115 (closed below)
    monkeypatch.setattr(sys, "stdout", gone)
    assert main([*command, *folders]) == 2
    sys.stdout.close()
    with suppress(BrokenPipeError):
        gone.close()
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("build.py: the output is incomplete: ")
    assert Path("site/index.html").is_file() == (not command)


def test_a_build_without_output_and_error_streams_writes_the_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert build() == 0
    sys.stdout.close()
    sys.stderr.close()
    assert Path("site/index.html").is_file()
