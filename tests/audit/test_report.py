"""Findings, in each format."""

from __future__ import annotations

import json

import pytest

from faqsite.audit.report import FORMATS, format_checklist
from faqsite.model.problems import Kind, Problem
from faqsite.model.records import Settings
from faqsite.system.digests import digest
from tests.support.contents import make_raw

REPOSITORY = "https://github.com/acme/faq"
FINDINGS = (
    Problem(
        path="pay/bonus.md",
        line=2,
        kind=Kind.NOT_FOUND,
        message='the question finds "a.md" before this entry',
        hint="use rarer words",
        is_advice=True,
    ),
    Problem(path="pay/bonus.md", line=14, kind=Kind.EMPTY_VALUE, message="no", hint="say it"),
    Problem("site.yaml", 0, "the file is missing", Kind.MISSING_FILE),
)
TABLE = """\
Problems
  content/pay/bonus.md:14  no; say it
  content/site.yaml        the file is missing

Advice
  content/pay/bonus.md:2   the question finds "a.md" before this entry; use rarer words

"""


def wrong(path: str, message: str, line: int = 0) -> Problem:
    return Problem(path=path, line=line, kind=Kind.WRONG_VALUE, message=message)


def guarded(table: str) -> str:
    """Return a table between the commands that turn commands off and on."""
    token = digest(table)
    return f"::stop-commands::{token}\n{table}::{token}::\n"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("table", TABLE),
        (
            "json",
            """\
[
  {
    "kind": "advice",
    "path": "content/pay/bonus.md",
    "line": 2,
    "message": "the question finds \\"a.md\\" before this entry",
    "hint": "use rarer words"
  },
  {
    "kind": "problem",
    "path": "content/pay/bonus.md",
    "line": 14,
    "message": "no",
    "hint": "say it"
  },
  {
    "kind": "problem",
    "path": "content/site.yaml",
    "line": null,
    "message": "the file is missing",
    "hint": ""
  }
]
""",
        ),
        (
            "github",
            """\
::warning file=content/pay/bonus.md,line=2,title=Advice::the question finds "a.md" \
before this entry; use rarer words
::error file=content/pay/bonus.md,line=14,title=Problem::no; say it
::error file=content/site.yaml,title=Problem::the file is missing
"""
            + guarded(TABLE),
        ),
    ],
)
def test_each_format_shows_all_findings(kind: str, text: str) -> None:
    assert FORMATS[kind](FINDINGS, "content") == text


@pytest.mark.parametrize(("kind", "text"), [("table", ""), ("json", "[]\n"), ("github", "")])
def test_without_findings_each_format_is_empty(kind: str, text: str) -> None:
    assert FORMATS[kind]((), "content") == text


def test_no_name_or_text_ends_a_command_or_begins_one() -> None:
    odd = wrong("50%,a:b.md", "100%: a,\r\n::error::b", line=1)
    assert FORMATS["github"]([odd], "my:content") == (
        "::error file=my%3Acontent/50%25%2Ca%3Ab.md,line=1,title=Problem::"
        "100%25: a,\ufffd\ufffd::error::b\n"
        + guarded("Problems\n  my:content/50%,a:b.md:1  100%: a,\ufffd\ufffd::error::b\n\n")
    )


@pytest.mark.parametrize("text", ["##[stop-commands]a", "##[add-mask]e", "::endgroup::"])
def test_no_line_of_the_table_is_a_command(text: str) -> None:
    output = FORMATS["github"]([wrong("a.md", text)], "content")
    command, stop, *table, end = output.splitlines(keepends=True)
    assert command == f"::error file=content/a.md,title=Problem::{text}\n"
    token = stop.removeprefix("::stop-commands::").strip()
    assert end == f"::{token}::\n"
    assert text in "".join(table)
    assert token not in "".join(table)
    another = FORMATS["github"]([wrong("a.md", f"{text}::{token}::")], "content")
    assert f"::stop-commands::{token}\n" not in another


def test_json_is_ascii_whatever_the_terminal_can_show() -> None:
    text = FORMATS["json"]([wrong("犬.md", "é")], "content")
    assert text.isascii()
    assert json.loads(text)[0]["path"] == "content/犬.md"


def test_the_content_folder_itself_has_no_slash() -> None:
    assert FORMATS["table"]([wrong("", "there is no entry")], "content") == (
        "Problems\n  content  there is no entry\n\n"
    )


@pytest.mark.parametrize(
    ("repository", "pay", "dogs"),
    [
        ("", "`When is *pay day*?` (`content/pay/my day.md`)", "`Dogs?` (`content/dogs.md`)"),
        (
            REPOSITORY,
            f"[`When is *pay day*?`]({REPOSITORY}/edit/main/content/pay/my%20day.md)",
            f"[`Dogs?`]({REPOSITORY}/edit/main/content/dogs.md)",
        ),
    ],
)
def test_overdue_reviews_are_tasks_under_their_owners(repository: str, pay: str, dogs: str) -> None:
    due = "review_by: 2026-10-02\nowner: "
    entries = [
        make_raw("pay/my day.md", f"{due}'@ann'", question="When is *pay day*?"),
        make_raw("dogs.md", due, question="Dogs?"),
    ]
    settings = Settings(title="Questions", repository=repository)
    assert format_checklist(entries, settings, "content") == (
        f"## `@ann`\n\n- [ ] 2026-10-02: {pay}\n\n## Without an owner\n\n- [ ] 2026-10-02: {dogs}\n"
    )
    assert format_checklist([], settings, "content") == ""
