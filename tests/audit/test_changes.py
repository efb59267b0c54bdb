"""What is told of the difference between two states of the content."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from faqsite.audit.changes import (
    Changes,
    EntryChange,
    PathChanges,
    advise_dates,
    compare,
    main,
    render,
)
from faqsite.model.keys import Text
from faqsite.model.records import RawContent, RawEntry, Settings
from tests.support.contents import make_content, make_raw

PAY = make_raw("pay.md")


def with_body(entry: RawEntry, body: str) -> RawEntry:
    return replace(entry, body=Text(body, entry.body.line))


@pytest.mark.parametrize(
    ("front_matter", "parts", "told"),
    [
        ("also_asked: [money]", ("also_asked",), "other ways to ask it"),
        ("order: 3", ("order",), "place in the order"),
        ("related: [team/time]", ("related",), "related questions"),
        ("updated: 2026-11-01", ("updated",), "date of the update"),
        ("review_by: 2026-12-01", ("review_by",), "date of the next review"),
        ("owner: team", ("owner",), "owner"),
        ("draft: true", ("draft",), "now a draft"),
        ("moved_from: [money]", ("moved_from",), "old addresses"),
        ("order: 3\nupdated: 2026-11-01", ("order", "updated"), None),
    ],
)
def test_a_changed_field_is_named_as_an_editor_calls_it(
    front_matter: str, parts: tuple[str, ...], told: str | None
) -> None:
    after = make_raw("pay.md", front_matter)
    changes = compare(make_content(PAY), make_content(after))
    assert changes == Changes(changed=(EntryChange(before=PAY, after=after, parts=parts),))
    draft = ", a draft" if after.draft else ""
    told = told or "place in the order, date of the update"
    assert render(changes) == (f"### Changed: 1\n\n- `What of pay.md?` (`pay.md`{draft}): {told}\n")


def test_an_entry_that_is_published_is_no_longer_a_draft() -> None:
    draft = make_raw("pay.md", "draft: true")
    assert render(compare(make_content(draft), make_content(PAY))) == (
        "### Changed: 1\n\n- `What of pay.md?` (`pay.md`): no longer a draft\n"
    )


def test_a_changed_question_is_told_with_what_it_was() -> None:
    after = make_raw("pay.md", question="How much?")
    assert render(compare(make_content(PAY), make_content(after))) == (
        "### Changed: 1\n\n- `How much?` (`pay.md`): question (it was `What of pay.md?`)\n"
    )


@pytest.mark.parametrize(
    ("body", "is_changed"),
    [
        ("An answer.\n", False),
        ("\n\nAn answer.", False),
        ("An answer.\n\n\n", False),
        ("    An answer.\n", True),
        ("Another answer.\n", True),
    ],
)
def test_only_what_can_be_seen_changes_an_answer(body: str, is_changed: bool) -> None:  # noqa: FBT001
    changes = compare(make_content(PAY), make_content(with_body(PAY, body)))
    assert [change.parts for change in changes.changed] == [("answer",)] * is_changed


DATED = make_raw("pay.md", "updated: 2026-05-01\norder: 3")


@pytest.mark.parametrize(
    ("after", "keeps_date"),
    [
        (with_body(DATED, "Another."), True),
        (replace(with_body(DATED, "Another."), path="money.md"), True),
        (DATED, False),
        (replace(DATED, order=4), False),
        (replace(with_body(DATED, "Another."), updated=date(2026, 11, 1)), False),
        (replace(with_body(DATED, "Another."), updated=None), False),
        (replace(with_body(DATED, "Another."), draft=True), False),
    ],
)
def test_another_answer_with_the_date_of_the_one_before_is_advice(
    after: RawEntry,
    keeps_date: bool,  # noqa: FBT001
) -> None:
    changes = compare(make_content(DATED), make_content(after))
    advice = [(found.is_advice, found.describe("content")) for found in advise_dates(changes)]
    told = (
        f'content/{after.path}:6: the answer changed, but "updated" is still 2026-05-01; '
        "write the day of the change, unless it says the same as before"
    )
    assert advice == [(True, told)] * keeps_date
    section = (
        "### Changed, with the date of before: 1\n\n"
        f"- `What of pay.md?` (`{after.path}`): updated 2026-05-01\n"
    )
    assert (section in render(changes)) is keeps_date


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("One.\n\nTwo.\n", "One.\n\nThree.\n", 8),
        ("One.\n\nTwo.\n", "One.\n\nTwo.\n\nThree.\n", 10),
        ("One.\n\nTwo.", "One.", 6),
        ("One.", "", 6),
    ],
)
def test_the_advice_stands_where_the_answer_begins_to_differ(
    before: str, after: str, line: int
) -> None:
    old, new = (make_content(with_body(DATED, body)) for body in (before, after))
    assert [found.line for found in advise_dates(compare(old, new))] == [line]


def test_the_line_on_which_a_field_stands_changes_nothing() -> None:
    after = replace(PAY, question=Text(PAY.question, 7), body=Text(PAY.body, 9))
    assert compare(make_content(PAY), make_content(after)) == Changes()


def test_new_and_removed_entries_are_listed_by_path() -> None:
    old = [with_body(make_raw(path), path) for path in ("a.md", "team/b.md")]
    new = [with_body(make_raw(path), path) for path in ("team/d.md", "c.md")]
    changes = compare(make_content(*old), make_content(*new))
    assert [entry.path for entry in changes.added] == ["c.md", "team/d.md"]
    assert render(changes) == (
        "### New: 2\n\n- `What of c.md?` (`c.md`)\n- `What of team/d.md?` (`team/d.md`)\n\n"
        "### Removed: 2\n\n- `What of a.md?` (`a.md`)\n- `What of team/b.md?` (`team/b.md`)\n"
    )


@pytest.mark.parametrize(
    ("question", "body", "told"),
    [
        ("What of pay.md?", "An answer.", ""),
        ("What of pay.md?", "Another.", ": answer"),
        ("How much?", "An answer.", ": question (it was `What of pay.md?`)"),
    ],
)
def test_an_entry_with_its_question_or_answer_at_another_path_is_moved(
    question: str, body: str, told: str
) -> None:
    after = with_body(make_raw("money.md", question=question), body)
    changes = compare(make_content(PAY), make_content(after))
    assert [change.is_moved for change in changes.changed] == [True]
    assert render(changes) == f"### Moved: 1\n\n- `{question}` (`money.md`), from `pay.md`{told}\n"


def test_a_question_tells_more_than_an_answer_where_an_entry_went() -> None:
    old = [with_body(make_raw(f"{name}.md", question=name), f"Of {name}.") for name in "ab"]
    new = [
        with_body(make_raw("c.md", question="a"), "Of b."),
        with_body(make_raw("d.md", question="b"), "Of a."),
    ]
    changes = compare(make_content(*old), make_content(*new))
    pairs = [(change.before.path, change.after.path) for change in changes.changed]
    assert pairs == [("a.md", "c.md"), ("b.md", "d.md")]


def test_an_answer_that_several_have_does_not_tell_where_an_entry_went() -> None:
    old, new = ([make_raw(f"{name}.md") for name in names] for names in ("ab", "cd"))
    changes = compare(make_content(*old), make_content(*new))
    assert (changes.changed, changes.removed, changes.added) == ((), tuple(old), tuple(new))


def test_a_file_that_cannot_be_read_any_more_is_not_removed() -> None:
    changes = compare(make_content(PAY), make_content(unreadable=["pay.md"]))
    assert changes == Changes(unreadable=("pay.md",))
    assert render(changes) == "### Cannot be read: 1\n\n- `pay.md`\n"


def test_a_setting_that_only_stands_on_another_line_has_not_changed() -> None:
    settings = (Settings(title="FAQ", logo=Text("brand/logo.svg", line)) for line in (2, 3))
    before, after = (make_content()._replace(settings=each) for each in settings)
    assert compare(before, after).settings == ()


def test_settings_categories_and_attachments_take_a_line_each() -> None:
    before = make_content(
        PAY, make_raw("a/x.md"), make_raw("b/x.md"), attachments=["map.png", "plan.pdf"]
    )
    after = make_content(PAY, make_raw("b/x.md"), make_raw("c/x.md"), attachments=["map.png"])
    after = after._replace(
        settings=Settings(title="Answers", description="What people ask.", contact="a@b.example"),
        categories=tuple(replace(category, order=1) for category in after.categories),
        attachments=tuple(each._replace(content=b"another") for each in after.attachments),
    )
    changes = compare(before, after)
    assert changes.categories == PathChanges(added=("c",), changed=("b",), removed=("a",))
    assert render(changes).split("\n\n")[-3:] == [
        "Settings of the site: title, contact.",
        "Categories: new `c`; changed `b`; removed `a`.",
        "Pictures and PDFs: changed `map.png`; removed `plan.pdf`.\n",
    ]


def test_no_change_is_said() -> None:
    assert render(compare(make_content(PAY), make_content(PAY))) == "No question changes.\n"


def test_a_long_list_is_cut_short() -> None:
    entries = [with_body(make_raw(f"{number:03}.md"), str(number)) for number in range(103)]
    lines = render(compare(make_content(), make_content(*entries))).splitlines()
    assert lines[0] == "### New: 103"
    assert lines[-2:] == ["- `What of 099.md?` (`099.md`)", "- and 3 more"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("<img src=x onerror=alert(1)>", "`<img src=x onerror=alert(1)>`"),
        ("[free](https://example.org) @team #1", "`[free](https://example.org) @team #1`"),
        ("`code`", "`` `code` ``"),
        ("What is ``x`?", "```What is ``x`?```"),
        ("Pay\u202e?ya\u202cP", "`Pay?yaP`"),
        ("\u202e\u202c", "` `"),
        ("Long " + "o" * 100, f"`Long {'o' * 74}…`"),
    ],
)
def test_the_text_of_a_question_has_no_effect(question: str, told: str) -> None:
    entry = make_raw("pay.md", question=question)
    assert render(compare(make_content(), make_content(entry))) == (
        f"### New: 1\n\n- {told} (`pay.md`)\n"
    )


@given(st.text(alphabet="`<a>\\*[]()!&# \n\u2028-"))
def test_whatever_a_question_holds_it_stays_in_its_line_and_span(text: str) -> None:
    entry = replace(PAY, question=Text(f"{text}?"))
    told = render(compare(make_content(), make_content(entry)))
    html = markdown(told)
    assert told.count("\n") == 3
    assert html.count("<code>") == html.count("</code>") == 2
    assert html.count("<") == html.count("</code>") * 2 + 6


def write(folder: Path, content: RawContent) -> Path:
    """Write the entries of some content into a folder, with settings."""
    folder.mkdir()
    (folder / "site.yaml").write_text("title: Questions\n", encoding="utf-8")
    for entry in content.entries:
        text = f"---\nquestion: {entry.question}\n---\n{entry.body}"
        (folder / entry.path).write_text(text, encoding="utf-8")
    return folder


def told(before: Path, after: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([str(before), str(after)]) == 0
    return capsys.readouterr().out


def test_two_folders_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = write(tmp_path / "before", make_content(PAY))
    after = write(tmp_path / "after", make_content(with_body(PAY, "Ä")))
    assert told(before, after, capsys) == (
        "### Changed: 1\n\n- `What of pay.md?` (`pay.md`): answer\n"
    )


def test_a_first_state_has_nothing_to_compare_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    after = write(tmp_path / "after", make_content(PAY))
    for name in ("missing", "empty"):
        before = tmp_path / name
        if name == "empty":
            before.mkdir()
        assert told(before, after, capsys) == (
            "There was no question before to compare with. Now: 1.\n"
        )


def test_problems_on_either_side_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = write(tmp_path / "before", make_content(PAY))
    after = write(tmp_path / "after", make_content(PAY))
    (before / "site.yaml").unlink()
    (after / "notes.txt").write_text("no entry", encoding="utf-8")
    assert told(before, after, capsys) == (
        "No question changes.\n\n"
        "Settings of the site: title.\n\n"
        "The content before had problems, so that this may not be right in all.\n\n"
        "The content now has problems, which the build tells.\n"
    )
