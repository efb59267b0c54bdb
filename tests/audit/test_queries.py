"""`queries.yaml`: a query on each line, and the entry that it should find."""

from __future__ import annotations

import pytest

from faqsite.audit.queries import Query, parse_queries
from faqsite.model.problems import Problems
from tests.support.cases import cases
from tests.support.contents import describe, make_raw

ENTRIES = (
    make_raw("dogs.md"),
    make_raw("none.md"),
    make_raw("pay/Pay day.md"),
    make_raw("pay/bonus.md", "draft: true"),
    make_raw("pay/visa.md"),
    make_raw("team/visa.md"),
)


def parse(text: str) -> tuple[tuple[Query, ...], Problems]:
    problems = Problems()
    return parse_queries(text.encode(), ENTRIES, problems), problems


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("pets: dogs", Query(text="pets", line=1, entry="dogs.md", within=3)),
        ("pets: dogs.md", Query(text="pets", line=1, entry="dogs.md", within=3)),
        ("pets: /dogs.md", Query(text="pets", line=1, entry="dogs.md", within=3)),
        ("When am I paid?: pay-day", Query(text="When am I paid?", line=1, entry="pay/Pay day.md")),
        ("money: Pay day", Query(text="money", line=1, entry="pay/Pay day.md")),
        (
            "money: pay/Pay day within 2",
            Query(text="money", line=1, entry="pay/Pay day.md", within=2),
        ),
        ("pass: team/visa within 10", Query(text="pass", line=1, entry="team/visa.md", within=10)),
        ("# Odd ones\n\nyacht: none  # yet", Query(text="yacht", line=3, entry="")),
        ("yacht: None", Query(text="yacht", line=1, entry="")),
        ("nobody: none.md", Query(text="nobody", line=1, entry="none.md")),
        ('"dogs: allowed?": dogs', Query(text="dogs: allowed?", line=1, entry="dogs.md")),
        ("'the #1 dog': \"dogs\"", Query(text="the #1 dog", line=1, entry="dogs.md")),
        ("C++ or C#?: dogs", Query(text="C++ or C#?", line=1, entry="dogs.md")),
        ("犬: dogs", Query(text="犬", line=1, entry="dogs.md")),
    ],
)
def test_a_line_is_a_query_and_what_it_should_find(text: str, query: Query) -> None:
    queries, problems = parse(text)
    assert (queries, describe(problems)) == ((query,), [])


@pytest.mark.parametrize("text", ["", "\n# Nothing yet.\n", "---\n"])
def test_a_file_may_have_no_query(text: str) -> None:
    queries, problems = parse(text)
    assert (queries, describe(problems)) == ((), [])


@cases("queries_problems")
def test_a_line_that_cannot_be_asked_is_a_problem(written: str, expected: str) -> None:
    _, problems = parse(written)
    assert describe(problems) == [f"content/queries.yaml:{expected}"]


def test_one_wrong_line_leaves_the_other_queries() -> None:
    queries, problems = parse("pets: dogs\nyacht: nowhere\ncash: pay-day\n")
    assert [query.text for query in queries] == ["pets", "cash"]
    assert len(problems.found) == 1


def test_a_file_that_is_not_text_is_a_problem() -> None:
    problems = Problems()
    assert parse_queries(b"pets: dogs\n\xff: dogs\n", ENTRIES, problems) == ()
    assert describe(problems) == [
        (
            'content/queries.yaml:2: "ÿ" in "ÿ: dogs" is not saved as UTF-8; '
            "choose Save as in your editor, then the encoding UTF-8"
        )
    ]
