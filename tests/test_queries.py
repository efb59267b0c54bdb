"""`queries.yaml`: a query a line, and the entry that it is to find."""

from __future__ import annotations

import pytest

from faqsite.problems import Problems
from faqsite.queries import Query, parse_queries
from tests.contents import make_raw, told

ENTRIES = (
    make_raw("dogs.md"),
    make_raw("none.md"),
    make_raw("pay/Pay day.md"),
    make_raw("pay/bonus.md", "draft: true"),
    make_raw("pay/visa.md"),
    make_raw("team/visa.md"),
)
ANY_FORM = "write query: entry, or query: none"


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
        ("nobody: none.md", Query(text="nobody", line=1, entry="none.md")),
        ('"dogs: allowed?": dogs', Query(text="dogs: allowed?", line=1, entry="dogs.md")),
        ("'the #1 dog': \"dogs\"", Query(text="the #1 dog", line=1, entry="dogs.md")),
        ("C++ or C#?: dogs", Query(text="C++ or C#?", line=1, entry="dogs.md")),
        ("犬: dogs", Query(text="犬", line=1, entry="dogs.md")),
    ],
)
def test_a_line_is_a_query_and_what_it_is_to_find(text: str, query: Query) -> None:
    queries, problems = parse(text)
    assert (queries, told(problems)) == ((query,), [])


@pytest.mark.parametrize("text", ["", "\n# Nothing yet.\n", "---\n..."])
def test_there_may_be_no_query(text: str) -> None:
    queries, problems = parse(text)
    assert (queries, told(problems)) == ((), [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "pets: dgos",
            '1: the query "pets" names "dgos", which is no entry; did you mean "dogs"?',
        ),
        ("pets: colours", '1: the query "pets" names "colours", which is no entry'),
        (
            "more: pay/bonus",
            (
                '1: the query "more" names "pay/bonus", which is a draft; '
                "publish the draft, or take it out"
            ),
        ),
        (
            "pass: visa",
            (
                '1: the query "pass" names "visa", which could be any of 2 entries; '
                'write "pay/visa" or "team/visa"'
            ),
        ),
        ("pets:", f'1: the query "pets" names no entry; {ANY_FORM}'),
        ("pets: [dogs, visa]", f'1: the query "pets" names no entry; {ANY_FORM}'),
        ("pets:\n  - dogs", f'1: the query "pets" names no entry; {ANY_FORM}'),
        *(
            (
                f"pets: dogs within {number}",
                (
                    f'1: the query "pets" has no number from 1 to 10 but "{number}"; '
                    'leave "within" out for 3'
                ),
            )
            for number in ("0", "11", "-1", "two", "2.5", "02", "\u0662")
        ),
        (
            "pets: dogs\npets: none",
            '2: repeated key "pets"; it stands on line 1 already',
        ),
        (
            "a dog: dogs\nA dog?: dogs",
            '2: the query "A dog?" is repeated; its words stand on line 1 already',
        ),
        (
            "pets dogs",
            (
                '1: "pets dogs" is not of the form "key: value"; '
                "indent it if it belongs to the line above"
            ),
        ),
    ],
)
def test_a_line_that_cannot_be_asked_is_told(text: str, message: str) -> None:
    queries, problems = parse(text)
    assert told(problems) == [f"content/queries.yaml:{message}"]
    assert len(queries) == text.count("\n") * text.startswith(("a dog", "pets: dogs\n"))


def test_one_slip_leaves_the_other_queries() -> None:
    queries, problems = parse("pets: dogs\nyacht: nowhere\ncash: pay-day\n")
    assert [query.text for query in queries] == ["pets", "cash"]
    assert len(problems.found) == 1


def test_a_file_that_is_no_text_is_told() -> None:
    problems = Problems()
    assert parse_queries(b"pets: dogs\n\xff: dogs\n", ENTRIES, problems) == ()
    assert told(problems) == [
        "content/queries.yaml:2: byte 12 of the file is not UTF-8; save the file as UTF-8 text"
    ]
