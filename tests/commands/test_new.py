"""`build.py new`: what it writes and prints, and when it writes nothing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from faqsite.commands import new
from faqsite.commands.cli import main
from faqsite.commands.console import CommandError
from tests.commands.test_cli import tree
from tests.support.contents import make_content, make_raw
from tests.support.documents import write

OFFICE = {
    "content/site.yaml": "title: Questions\n",
    "content/office/dogs.md": "---\nquestion: May I bring my dog?\norder: 10\n---\nOn Fridays.\n",
    "content/office/pay.md": "---\nquestion: When is pay day?\norder: 20\n---\nOn the 25th.\n",
}
DRAFT = (
    "---\nquestion: Is there a garden?\norder: 30\ndraft: true\n---\n"
    '<!-- Write the answer here, then delete the line "draft: true" above. -->\n'
)


@pytest.fixture(autouse=True)
def _in_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, OFFICE)


def run_new(*arguments: str) -> int:
    return main(["new", "--content", "content", *arguments])


@pytest.mark.parametrize("folder", ["office", "content/office/"])
def test_a_new_entry_builds_and_is_not_published(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # The problems of other entries do not matter.
    write(Path(), {"content/odd.md": "no entry"})
    assert run_new("Is  there\na garden?", "--in", folder) == 0
    assert capsys.readouterr() == (
        (
            "Wrote content/office/is-there-a-garden.md. To publish it, write the answer there and "
            'delete the line "draft: true".\n'
        ),
        "",
    )
    text = Path("content/office/is-there-a-garden.md").read_text(encoding="utf-8")
    assert text == DRAFT
    Path("content/odd.md").unlink()
    assert main(["--content", "content", "--output", "site"]) == 0
    assert not list(Path("site").rglob("*garden*"))


def test_a_draft_without_an_answer_cannot_be_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_new("Is there a garden?") == 0
    file = Path("content/is-there-a-garden.md")
    file.write_text(file.read_text(encoding="utf-8").replace("draft: true\n", "", 1), "utf-8")
    assert main(["--content", "content", "--output", "site"]) == 1
    assert "the answer shows nothing" in capsys.readouterr().err


def test_a_similar_question_stops_a_new_one_until_anyway(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_new("May I bring my dog in?", "--in", "office") == 1
    near = 'advice: content/office/dogs.md:2: asks almost the same: "May I bring my dog?"\n'
    hint = 'add your question to "also_asked" there, or run this again with --anyway'
    assert capsys.readouterr() == ("", f"{near}build.py: {hint}; nothing was written\n")
    assert len(list(Path("content/office").iterdir())) == 2
    assert run_new("May I bring my dog in?", "--in", "office", "--anyway") == 0
    assert capsys.readouterr().err == near
    assert Path("content/office/may-i-bring-my-dog-in.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: QUESTION; see build.py new --help"),
        (["A?", "B?"], "unrecognized arguments: B?; see build.py new --help"),
        (
            ["Who sees my pay?", "--in", "office", "--name", "pay"],
            (
                '"office/pay.md" already exists; edit it, or choose another --name; '
                "nothing was written"
            ),
        ),
        (
            ["Lunch?", "--in", "my team"],
            (
                'there is no folder "my team" in content/; choose one of: office, or make it '
                "with \"mkdir -p 'content/my team'\"; nothing was written"
            ),
        ),
    ],
)
def test_a_refused_command_is_one_line_and_writes_nothing(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with suppress(SystemExit):  # A wrong option ends the program.
        assert run_new(*arguments) == 2
    assert capsys.readouterr().err == f"build.py: {message}\n"
    assert tree(Path()) == {name: text.encode() for name, text in sorted(OFFICE.items())}


def test_the_command_that_makes_a_folder_is_enough(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_new("Is there a garden?", "--in", "house/outside") == 2
    (folder,) = capsys.readouterr().err.partition('"mkdir -p ')[2].split('";')[:1]
    Path(folder).mkdir(parents=True)
    assert run_new("Is there a garden?", "--in", "house/outside") == 0
    assert Path("content/house/outside/is-there-a-garden.md").is_file()


CONTENT = make_content(
    make_raw("pay/day.md", question="When is the salary paid?"),
    make_raw("office/desks/free.md", question="Which desks are free?"),
    make_raw("office/dogs.md", "also_asked: [pets at work]", question="May I bring my dog?"),
    make_raw("home.md", "draft: true", question="May my dog stay?"),
    unreadable=["Odd.md"],
)


@pytest.mark.parametrize(
    ("written", "folder"),
    [
        ("", ""),
        (".", ""),
        ("content", ""),
        ("office/", "office"),
        ("office/desks", "office/desks"),
        ("content/office/desks/", "office/desks"),
    ],
)
def test_a_folder_is_named_with_or_without_that_of_the_content(written: str, folder: str) -> None:
    assert new.find_folder(CONTENT, written, "content") == folder


CHOOSE = "choose one of: office, office/desks, pay"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("ofice", 'did you mean "office"?'),
        ("garden", f'{CHOOSE}, or make it with "mkdir -p content/garden"'),
        ("garden/$(rm)", f"{CHOOSE}, or make it with \"mkdir -p 'content/garden/$(rm)'\""),
        ("..", CHOOSE),
    ],
)
def test_a_folder_that_is_missing_has_a_hint(written: str, hint: str) -> None:
    with pytest.raises(CommandError) as refused:
        new.find_folder(CONTENT, written, "content")
    assert str(refused.value) == f'there is no folder "{written}" in content/; {hint}'


def test_without_folders_the_hint_is_to_make_one() -> None:
    with pytest.raises(CommandError, match=r'in faq/; make it with "mkdir -p faq/garden"$'):
        new.find_folder(make_content(), "garden", "faq")


@pytest.mark.parametrize(
    ("folder", "question", "name", "path"),
    [
        ("", "Is there lunch?", "", "is-there-lunch.md"),
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
def test_a_file_is_named_after_its_name_or_its_question(
    folder: str, question: str, name: str, path: str
) -> None:
    assert new.name_file(CONTENT, folder, question, name) == path


@pytest.mark.parametrize(
    ("folder", "question", "name", "message"),
    [
        ("pay", "Day?", "", '"pay/day.md" already exists; edit it, or choose another --name'),
        ("pay", "Pay?", "DAY", '"pay/day.md" already exists; edit it, or choose another --name'),
        ("", "Odd?", "", '"Odd.md" already exists; edit it, or choose another --name'),
        ("", "Search?", "", 'the name "search" is reserved; choose another: --name pay-day'),
        ("", "Readme?", "", 'the name "readme" is reserved; choose another: --name pay-day'),
        (
            *("", "??", ""),
            "there is no letter or digit to name the file after; choose a name: --name pay-day",
        ),
    ],
)
def test_a_name_that_cannot_be_used_has_a_hint(
    folder: str, question: str, name: str, message: str
) -> None:
    with pytest.raises(CommandError) as refused:
        new.name_file(CONTENT, folder, question, name)
    assert str(refused.value) == message


@pytest.mark.parametrize("question", [" ", "\u200b", "a\x07", "a\udcff", "a" * 1_001])
def test_a_question_is_visible_text_of_some_length(question: str) -> None:
    message = "the question is empty or contains invisible characters; write it in quotes: "
    if len(question) > 1_000:
        message = "the question is longer than 1,000 characters; shorten it"
    with pytest.raises(CommandError, match=f"^{message}"):
        new.clean_question(question)


@pytest.mark.parametrize(
    ("orders", "order"),
    [
        ([], 10),
        ([None], None),
        ([10], 20),
        ([20, 10, None], 30),
        ([25], 30),
        ([-5], 0),
        ([999999999], None),
    ],
)
def test_a_new_entry_comes_last_where_the_others_have_an_order(
    orders: list[int | None], order: int | None
) -> None:
    assert new.next_order(orders) == order


def test_an_entry_that_asks_almost_the_same_is_listed_once() -> None:
    found = new.find_near(CONTENT, "May I bring my dog to work?")
    assert [each.describe("content") for each in found] == [
        'content/office/dogs.md:2: asks almost the same: "May I bring my dog?"',
    ]
    (pets,) = new.find_near(CONTENT, "Are pets at work okay?")
    assert (pets.path, pets.line, pets.is_advice) == ("office/dogs.md", 3, True)
