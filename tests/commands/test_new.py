"""`build.py new`: what it writes, what it says, and when it writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from faqsite.commands.cli import main
from tests.support.documents import write

OFFICE = {
    "content/site.yaml": "title: Questions\n",
    "content/office/dogs.md": "---\nquestion: May I bring my dog?\norder: 10\n---\nOn Fridays.\n",
    "content/office/pay.md": "---\nquestion: When is pay day?\norder: 20\n---\nOn the 25th.\n",
}


@pytest.fixture(autouse=True)
def _in_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, OFFICE)


def new(*arguments: str) -> int:
    return main(["new", "--content", "content", *arguments])


@pytest.mark.parametrize("folder", ["office", "content/office/"])
def test_a_new_entry_builds_as_it_stands_and_is_not_published(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new("Is there a garden?", "--in", folder) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        (
            "Wrote content/office/is-there-a-garden.md, a draft: write its answer there, "
            'then take the line out: "draft: true".\n'
        ),
        "",
    )
    text = Path("content/office/is-there-a-garden.md").read_text(encoding="utf-8")
    assert text.startswith("---\nquestion: Is there a garden?\norder: 30\ndraft: true\n---\n")
    assert main(["--content", "content", "--output", "site"]) == 0
    assert not list(Path("site").rglob("*garden*"))


def test_a_draft_whose_answer_is_not_written_cannot_be_published(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert new("Is there a garden?") == 0
    file = Path("content/is-there-a-garden.md")
    file.write_text(file.read_text(encoding="utf-8").replace("draft: true\n", "", 1), "utf-8")
    assert main(["--content", "content", "--output", "site"]) == 1
    assert "nothing of the answer is shown" in capsys.readouterr().err


def test_where_another_asks_nearly_the_same_nothing_is_written_unless_it_is_to_be(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert new("May I bring my dog in?", "--in", "office") == 1
    told = capsys.readouterr()
    near = 'advice: content/office/dogs.md:2: asks nearly the same: "May I bring my dog?"\n'
    assert (told.out, told.err) == (
        "",
        (
            f'{near}build.py: add your question there under "also_asked", '
            "or run this again with --anyway; nothing was written\n"
        ),
    )
    assert len(list(Path("content/office").iterdir())) == 2
    assert new("May I bring my dog in?", "--in", "office", "--anyway") == 0
    assert capsys.readouterr().err == near
    assert Path("content/office/may-i-bring-my-dog-in.md").is_file()


def test_a_file_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("Who sees my pay?", "--in", "office", "--name", "pay") == 2
    assert capsys.readouterr().err == (
        'build.py: "office/pay.md" is there already; open it, or give another --name; '
        "nothing was written\n"
    )
    text = Path("content/office/pay.md").read_text(encoding="utf-8")
    assert text == OFFICE["content/office/pay.md"]


def test_what_is_wrong_with_other_entries_is_no_matter(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path(), {"content/odd.md": "no entry", "content/pay.md": "---\nordr: 1\n---\n"})
    assert new("Is there a garden?") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: QUESTION; see build.py new --help"),
        (["A?", "B?"], "unrecognized arguments: B?; see build.py new --help"),
    ],
)
def test_a_wrong_command_is_one_line_and_status_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        new(*arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err == f"build.py: {message}\n"
