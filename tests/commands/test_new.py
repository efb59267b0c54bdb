"""`build.py new`: what it writes, what it says, and when it writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from faqsite.commands.cli import main
from faqsite.commands.console import CommandError
from faqsite.commands.new import plan_entry
from faqsite.content.folder import parse_entry
from faqsite.model.problems import Problems
from faqsite.model.records import RawContent, RawEntry
from tests.support.contents import make_content, make_raw
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
    assert "the answer shows nothing" in capsys.readouterr().err


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


DOGS = make_raw("office/dogs.md", "also_asked: [pets at work]", question="May I bring my dog?")
OTHERS = (
    make_raw("pay/day.md", question="When is the salary paid?"),
    make_raw("office/desks/free.md", question="Which desks are free?"),
)


def content_with(*entries: RawEntry, unreadable: str = "") -> RawContent:
    return make_content(*OTHERS, *entries, unreadable=[unreadable] if unreadable else [])


def test_the_file_is_a_draft_that_holds_what_is_known() -> None:
    planned = plan_entry(content_with(), "Is  there\nlunch?", folder="office")
    assert planned.path == "office/is-there-lunch.md"
    assert planned.near == ()
    assert planned.text == (
        "---\n"
        "question: Is there lunch?\n"
        "order: 10\n"
        "draft: true\n"
        "---\n"
        "<!-- Write the answer here. Then take the line out above: draft: true -->\n"
    )


@pytest.mark.parametrize(
    ("folder", "question", "name", "path"),
    [
        ("", "Is there lunch?", "", "is-there-lunch.md"),
        (".", "Is there lunch?", "", "is-there-lunch.md"),
        ("office/", "Is there lunch?", "", "office/is-there-lunch.md"),
        ("office/desks", "Is there lunch?", "", "office/desks/is-there-lunch.md"),
        ("office", "Is there lunch?", "Free Lunch", "office/free-lunch.md"),
        ("office", "???", "lunch", "office/lunch.md"),
        (
            "",
            "Is there a lunch for those who come late because they were with a customer?",
            "",
            "is-there-a-lunch-for-those-who-come-late-because-they-were.md",
        ),
        ("", "x" * 70, "", f"{'x' * 60}.md"),
        ("", "Lunch?", "y" * 70, f"{'y' * 70}.md"),
    ],
)
def test_the_file_is_named_by_its_question_or_as_it_is_to_be(
    folder: str, question: str, name: str, path: str
) -> None:
    assert plan_entry(content_with(), question, folder=folder, name=name).path == path


@pytest.mark.parametrize(
    ("folder", "question", "name", "message"),
    [
        ("ofice", "Lunch?", "", 'no folder "ofice" in the content; did you mean "office"?'),
        (
            "garden",
            "Lunch?",
            "",
            (
                'no folder "garden" in the content; '
                "make it, or choose one of: office, office/desks, pay"
            ),
        ),
        ("..", "Lunch?", "", 'no folder ".." in the content; make it, or choose one of: office'),
        ("pay", "Day?", "", '"pay/day.md" is there already; open it, or give another --name'),
        ("pay", "Pay?", "DAY", '"pay/day.md" is there already; open it, or give another --name'),
        ("", "Odd?", "", '"Odd.md" is there already; open it, or give another --name'),
        ("", "Search?", "", 'the name "search" is kept for other files; give one: --name pay-day'),
        ("", "Readme?", "", 'the name "readme" is kept for other files; give one: --name pay-day'),
        ("", "??", "", "no letter or digit for a file's name; give one: --name pay-day"),
        ("", " ", "", 'the question is no text; write it in quotes: "When is pay day?"'),
        ("", "\u200b", "", 'the question is no text; write it in quotes: "When is pay day?"'),
        ("", "a" * 1_001, "", "the question is longer than 1,000 characters; say less"),
        ("", "a\x07", "", 'the question is no text; write it in quotes: "When is pay day?"'),
        ("", "a\udcff", "", 'the question is no text; write it in quotes: "When is pay day?"'),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    folder: str, question: str, name: str, message: str
) -> None:
    with pytest.raises(CommandError) as refused:
        plan_entry(content_with(unreadable="Odd.md"), question, folder=folder, name=name)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("orders", "order"),
    [
        ([], 10),
        ([""], None),
        (["10"], 20),
        (["20", "10", ""], 30),
        (["25"], 30),
        (["-5"], 0),
        (["999999999"], None),
    ],
)
def test_it_comes_last_where_the_others_are_numbered(orders: list[str], order: int | None) -> None:
    others = (make_raw(f"team/{n}.md", f"order: {value}") for n, value in enumerate(orders))
    content = content_with(*others, make_raw("team/sub/a.md", "order: 70"))
    planned = plan_entry(content, "Is there lunch?", folder="team")
    entry = parse_entry(planned.text.encode(), planned.path, Problems())
    assert entry
    assert entry.order == order


def test_entries_that_ask_nearly_the_same_are_told_once_each() -> None:
    content = content_with(DOGS, make_raw("home.md", "draft: true", question="May my dog stay?"))
    planned = plan_entry(content, "May I bring my dog to work?")
    assert [problem.describe("content") for problem in planned.near] == [
        'content/office/dogs.md:2: asks nearly the same: "May I bring my dog?"',
    ]
    (pets,) = plan_entry(content, "Are pets at work okay?").near
    assert (pets.path, pets.line, pets.is_advice) == ("office/dogs.md", 3, True)
