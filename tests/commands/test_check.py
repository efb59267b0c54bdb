"""`build.py check` beside what was published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from faqsite.build import publish
from faqsite.commands.cli import main
from tests.support.documents import write
from tests.support.served import served

OFFICE = {
    "content/site.yaml": "title: Questions\n",
    "content/dogs.md": "---\nquestion: May I bring my dog?\n---\nOn Fridays.\n",
    "content/pay.md": "---\nquestion: When is pay day?\n---\nOn the 25th.\n",
}
MOVED = (
    'content/salary.md:2  "pay.html", published as "When is pay day?", is gone, '
    "and this entry asks the same; add a line: moved_from: [pay]"
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with its site."""
    project = write(tmp_path_factory.mktemp("published"), OFFICE)
    content, site = str(project / "content"), str(project / "site")
    assert main(["--content", content, "--output", site]) == 0
    return project


@pytest.fixture(autouse=True)
def _in_published_project(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)


def check(*arguments: str) -> int:
    return main(["check", "--content", "content", *arguments])


def test_nothing_is_gone_from_a_site_as_it_was_published(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with served(Path("site")) as url:
        assert check("--published", url) == 0
    assert capsys.readouterr() == ("Asked 2 queries of 2 entries: 0 problems, 0 advice.\n", "")


@pytest.mark.parametrize("where", ["", "site", "site/faq.json"])
def test_an_entry_that_moved_says_so_or_is_a_problem(
    where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("content/pay.md").rename("content/salary.md")
    with served(Path("site")) as url:
        assert check("--published", where or url) == 1
    assert capsys.readouterr().out == (
        f"Problems\n  {MOVED}\n\nAsked 2 queries of 2 entries: 1 problem, 0 advice.\n"
    )
    moved = OFFICE["content/pay.md"].replace("?\n", "?\nmoved_from: [pay]\n")
    write(Path(), {"content/salary.md": moved})
    assert check("--published", "site") == 0


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("nowhere", "No such file or directory"),
        ("content", "No such file or directory"),
        ("content/pay.md", "it is no JSON"),
        ("ftp://127.0.0.1/", "it is not an http or https address"),
        ("URL/nowhere", "404 Not Found"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_status_2(
    where: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(Path("site")) as url, pytest.raises(SystemExit) as stopped:
        check("--published", where.replace("URL/", url))
    assert stopped.value.code == 2
    shown = where.replace("URL/", url)
    assert capsys.readouterr() == (
        "",
        f'build.py: --published: "{shown}" cannot be read: {reason}; see build.py check --help\n',
    )


def test_a_site_that_is_too_large_is_told_as_a_build_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "MAX_SITE_BYTES", 9)
    assert check() == 1
    assert capsys.readouterr().out == (
        "Problems\n"
        "  content  the site would be larger than 9 bytes; list fewer related entries, "
        "use fewer folders at the top, or split the site\n"
        "\n"
        "Asked nothing: 1 problem, 0 advice.\n"
    )


def test_what_another_host_published_steers_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pages = [{"url": "\x1b[2Jold.html", "question": "\x1b]0;a\u202e?", "answer": {"text": ""}}]
    site = {"format": 1, "entries": pages, "categories": []}
    write(Path(), {"faq.json": json.dumps(site)})
    assert check("--published", "faq.json") == 0
    assert capsys.readouterr().out == (
        "Advice\n"
        '  content  "\ufffd[2Jold.html", published as "\ufffd]0;a\ufffd?", is gone; '
        "if it was taken down on purpose, nothing needs to be done\n"
        "\n"
        "Asked 2 queries of 2 entries: 0 problems, 1 advice.\n"
    )
