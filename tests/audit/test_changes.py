"""The difference between two states of the content, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from faqsite.audit.changes import Changes, EntryChange, advise_dates, compare, main, render
from faqsite.model.keys import Text
from faqsite.model.records import RawEntry, Settings
from tests.support.contents import make_content, make_raw
from tests.support.documents import write

PAY = make_raw("pay.md")


def with_body(entry: RawEntry, body: str) -> RawEntry:
    return replace(entry, body=Text(body, entry.body.line))


@pytest.mark.parametrize(
    ("front_matter", "parts", "words"),
    [
        ("also_asked: [money]", ("also_asked",), "other ways to ask it"),
        ("order: 3", ("order",), "place in the order"),
        ("related: [team/time]", ("related",), "related questions"),
        ("updated: 2026-11-01", ("updated",), "date of the update"),
        ("review_by: 2026-12-01", ("review_by",), "date of the next review"),
        ("owner: team", ("owner",), "owner"),
        ("moved_from: [money]", ("moved_from",), "old addresses"),
        (
            "order: 3\nupdated: 2026-11-01",
            ("order", "updated"),
            "place in the order, date of the update",
        ),
    ],
)
def test_a_changed_field_has_the_name_that_editors_use(
    front_matter: str, parts: tuple[str, ...], words: str
) -> None:
    after = make_raw("pay.md", front_matter)
    changes = compare(make_content(PAY), make_content(after))
    assert changes == Changes(changed=(EntryChange(before=PAY, after=after),))
    assert changes.changed[0].parts == parts
    assert render(changes) == f"### Changed: 1\n\n- `What of pay.md?` (`pay.md`): {words}\n"


DRAFT = make_raw("pay.md", "draft: true")


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (PAY, DRAFT, "`What of pay.md?` (`pay.md`, a draft): now a draft"),
        (DRAFT, PAY, "`What of pay.md?` (`pay.md`): no longer a draft"),
        (
            PAY,
            make_raw("pay.md", question="How much?"),
            "`How much?` (`pay.md`): question (was `What of pay.md?`)",
        ),
    ],
)
def test_drafts_and_questions_show_what_they_were(
    before: RawEntry, after: RawEntry, line: str
) -> None:
    changes = compare(make_content(before), make_content(after))
    assert render(changes) == f"### Changed: 1\n\n- {line}\n"


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
def test_an_answer_changes_only_if_readers_can_see_it(body: str, is_changed: bool) -> None:  # noqa: FBT001
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
def test_a_new_answer_with_the_old_date_is_advice(
    after: RawEntry,
    keeps_date: bool,  # noqa: FBT001
) -> None:
    changes = compare(make_content(DATED), make_content(after))
    advice = [(found.is_advice, found.describe("content")) for found in advise_dates(changes)]
    expected = (
        f'content/{after.path}:6: the answer changed, but "updated" is still 2026-05-01; '
        "write the day of the change, unless the meaning is the same"
    )
    assert advice == [(True, expected)] * keeps_date
    section = (
        '### Changed, but "updated" is the same: 1\n\n'
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
def test_the_advice_is_on_the_first_line_that_differs(before: str, after: str, line: int) -> None:
    old, new = (make_content(with_body(DATED, body)) for body in (before, after))
    assert [found.line for found in advise_dates(compare(old, new))] == [line]


def test_the_line_of_a_field_does_not_matter() -> None:
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
    ("question", "body", "words"),
    [
        ("What of pay.md?", "An answer.", ""),
        ("What of pay.md?", "Another.", ": answer"),
        ("How much?", "An answer.", ": question (was `What of pay.md?`)"),
    ],
)
def test_an_entry_with_the_same_question_or_answer_has_moved(
    question: str, body: str, words: str
) -> None:
    after = with_body(make_raw("money.md", question=question), body)
    changes = compare(make_content(PAY), make_content(after))
    assert [change.is_moved for change in changes.changed] == [True]
    assert render(changes) == f"### Moved: 1\n\n- `{question}` (`money.md`), from `pay.md`{words}\n"


def test_a_moved_entry_is_recognised_by_its_question_first() -> None:
    old = [with_body(make_raw(f"{name}.md", question=name), f"Of {name}.") for name in "ab"]
    new = [
        with_body(make_raw("c.md", question="a"), "Of b."),
        with_body(make_raw("d.md", question="b"), "Of a."),
    ]
    changes = compare(make_content(*old), make_content(*new))
    pairs = [(change.before.path, change.after.path) for change in changes.changed]
    assert pairs == [("a.md", "c.md"), ("b.md", "d.md")]


def test_a_shared_answer_does_not_identify_a_moved_entry() -> None:
    old, new = ([make_raw(f"{name}.md") for name in names] for names in ("ab", "cd"))
    changes = compare(make_content(*old), make_content(*new))
    assert (changes.changed, changes.removed, changes.added) == ((), tuple(old), tuple(new))


def test_an_unreadable_file_does_not_count_as_removed() -> None:
    changes = compare(make_content(PAY), make_content(unreadable=["pay.md"]))
    assert changes == Changes(unreadable=("pay.md",))
    assert render(changes) == "### Cannot be read: 1\n\n- `pay.md`\n"


def test_the_line_of_a_setting_does_not_matter() -> None:
    settings = (Settings(title="FAQ", logo=Text("brand/logo.svg", line)) for line in (2, 3))
    before, after = (make_content()._replace(settings=each) for each in settings)
    assert compare(before, after) == Changes()


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
    assert render(compare(before, after)).split("\n\n")[-3:] == [
        "Settings: changed `contact`, `title`.",
        "Categories: new `c`; changed `b`; removed `a`.",
        "Pictures and PDFs: changed `map.png`; removed `plan.pdf`.\n",
    ]


def test_a_long_list_is_cut() -> None:
    entries = [with_body(make_raw(f"{number:03}.md"), str(number)) for number in range(103)]
    lines = render(compare(make_content(), make_content(*entries))).splitlines()
    assert lines[0] == "### New: 103"
    assert lines[-2:] == ["- `What of 099.md?` (`099.md`)", "- and 3 more"]


@pytest.mark.parametrize(
    ("question", "span"),
    [
        ("<img src=x onerror=alert(1)>", "`<img src=x onerror=alert(1)>`"),
        ("[free](https://example.org) @team #1", "`[free](https://example.org) @team #1`"),
        ("`code`", "`` `code` ``"),
        ("What is ``x`?", "```What is ``x`?```"),
        ("Pay\u202e?ya\u202cP", "`Pay?yaP`"),
        ("Long " + "o" * 100, f"`Long {'o' * 74}…`"),
    ],
)
def test_markup_in_a_question_has_no_effect(question: str, span: str) -> None:
    entry = make_raw("pay.md", question=question)
    assert render(compare(make_content(), make_content(entry))) == (
        f"### New: 1\n\n- {span} (`pay.md`)\n"
    )


@given(st.text(alphabet="`<a>\\*[]()!&# \n\u2028-"))
def test_any_question_stays_in_its_line_and_span(text: str) -> None:
    entry = replace(PAY, question=Text(f"{text}?"))
    summary = render(compare(make_content(), make_content(entry)))
    html = markdown(summary)
    assert summary.count("\n") == 3
    assert html.count("<code>") == html.count("</code>") == 2
    assert html.count("<") == html.count("</code>") * 2 + 6


OLD = {"site.yaml": "title: Questions\n", "pay.md": "---\nquestion: Pay?\n---\nA\n"}


@pytest.mark.parametrize(
    ("before", "after", "summary"),
    [
        (
            OLD,
            OLD | {"pay.md": "---\nquestion: Pay?\n---\nÄ\n"},
            "### Changed: 1\n\n- `Pay?` (`pay.md`): answer\n",
        ),
        ({}, OLD, "There is nothing to compare with. Questions now: 1.\n"),
        (
            {"pay.md": OLD["pay.md"]},
            OLD | {"notes.txt": "no entry"},
            (
                "No question changed.\n\n"
                "Settings: changed `title`.\n\n"
                "The earlier content had problems, so this may be incomplete.\n\n"
                "The content now has problems, which the check lists.\n"
            ),
        ),
    ],
)
def test_two_folders_are_compared(
    before: dict[str, str],
    after: dict[str, str],
    summary: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folders = write(tmp_path / "before", before), write(tmp_path / "after", after)
    assert main([str(folder) for folder in folders]) == 0
    assert capsys.readouterr().out == summary
