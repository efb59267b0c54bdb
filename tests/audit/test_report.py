"""What was found, in each format, whole."""

from __future__ import annotations

import json

import pytest

from faqsite.audit.report import FORMATS, count_findings
from faqsite.model.problems import Kind, Problem
from faqsite.system.digests import digest

FINDINGS = (
    Problem(
        path="pay/bonus.md",
        line=2,
        kind=Kind.NOT_FOUND,
        message='the question finds "a.md" before this entry',
        hint="say it in rarer words",
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
  content/pay/bonus.md:2   the question finds "a.md" before this entry; say it in rarer words

"""


def wrong(path: str, message: str, line: int = 0) -> Problem:
    return Problem(path=path, line=line, kind=Kind.WRONG_VALUE, message=message)


def guarded(table: str) -> str:
    """Return a table between the commands that let nothing in it be one."""
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
    "hint": "say it in rarer words"
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
before this entry; say it in rarer words
::error file=content/pay/bonus.md,line=14,title=Problem::no; say it
::error file=content/site.yaml,title=Problem::the file is missing
"""
            + guarded(TABLE),
        ),
    ],
)
def test_findings_are_told_in_each_format(kind: str, text: str) -> None:
    assert FORMATS[kind](FINDINGS, "content") == text


@pytest.mark.parametrize(("kind", "text"), [("table", ""), ("json", "[]\n"), ("github", "")])
def test_where_nothing_was_found_nothing_is_told(kind: str, text: str) -> None:
    assert FORMATS[kind]((), "content") == text


def test_a_name_or_text_cannot_end_a_command_or_begin_another() -> None:
    odd = wrong("50%,a:b.md", "100%: a,\r\n::error::b", line=1)
    assert FORMATS["github"]([odd], "my:content") == (
        "::error file=my%3Acontent/50%25%2Ca%3Ab.md,line=1,title=Problem::"
        "100%25: a,\ufffd\ufffd::error::b\n"
        + guarded("Problems\n  my:content/50%,a:b.md:1  100%: a,\ufffd\ufffd::error::b\n\n")
    )


@pytest.mark.parametrize("text", ["##[stop-commands]a", "##[add-mask]e", "::endgroup::"])
def test_no_line_of_the_table_is_a_command_and_nobody_can_know_what_ends_that(text: str) -> None:
    told = FORMATS["github"]([wrong("a.md", text)], "content")
    command, stop, *table, end = told.splitlines(keepends=True)
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


def test_the_content_folder_itself_has_no_name_behind_it() -> None:
    assert FORMATS["table"]([wrong("", "there is no entry")], "content") == (
        "Problems\n  content  there is no entry\n\n"
    )


@pytest.mark.parametrize(
    ("findings", "count"),
    [
        ((), "0 problems, 0 advice"),
        (FINDINGS[:2], "1 problem, 1 advice"),
        (FINDINGS, "2 problems, 1 advice"),
    ],
)
def test_findings_are_counted_by_kind(findings: tuple[Problem, ...], count: str) -> None:
    assert count_findings(findings) == count
