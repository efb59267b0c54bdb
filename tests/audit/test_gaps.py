"""Queries of readers that no entry surely answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from faqsite.audit.engine import Found
from faqsite.audit.gaps import MAX_ASKED_BYTES, MAX_LINES, find_gaps, parse_asked
from tests.audit.test_findability import make_faq
from tests.support.contents import make_raw

PAY = make_raw("pay.md", "also_asked:\n  - wages\n  - salary", question="When is pay day?")
DOGS = make_raw("dogs.md", question="May I bring my dog?")


def gaps(asked: dict[str, int], scripted: dict[str, Found]) -> tuple[list[str], int]:
    """Return the advice about queries with these counts; dogs.md is entry 0, pay.md entry 1."""
    content, faq = make_faq(DOGS, PAY)
    assert [entry.path for entry in faq.top.all_entries] == ["dogs.md", "pay.md"]

    def ask(texts: Sequence[str], limit: int) -> list[Found]:
        assert limit == 1
        return [scripted[text] for text in texts]

    found, answered = find_gaps(Counter(asked), content, faq, ask)
    assert all(each.is_advice for each in found)
    return [each.describe("content") for each in found], answered


def near(entry: int, *unmentioned: str) -> Found:
    return Found((entry,), is_answer=False, unmentioned=unmentioned)


def nothing(*unmentioned: str) -> Found:
    return Found((), is_answer=False, unmentioned=unmentioned)


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        (b"", {}),
        (b"\n \r\n\t\n???\n", {}),
        (b"pay day\r\nPay  Day?\nPAY-DAY\n", {"pay day": 3}),
        (b"dogs\npay\npay\n", {"pay": 2, "dogs": 1}),
        (b"\xef\xbb\xbfpay\npay", {"pay": 2}),
        ("pay\ndog".encode("utf-16"), {"pay": 1, "dog": 1}),
        (b"- pay\n--help me", {"pay": 1, "help me": 1}),
        (b"caf\xe9 pay", {"caf\ufffd pay": 1}),
        (b"\x1b[2Jpay\x07 \x00day", {"[2Jpay day": 1}),
        ("pay\u202eday".encode(), {"pay day": 1}),
        (b"2026-11-01,pay,GET /?q=pay", {"2026-11-01,pay,GET /?q=pay": 1}),
        (b"x" * 501, {"x" * 500: 1}),
    ],
)
def test_queries_with_the_same_words_are_one_and_none_has_an_effect(
    content: bytes, asked: dict[str, int]
) -> None:
    assert list(parse_asked(content).items()) == list(asked.items())


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert parse_asked(b"pay\n" * MAX_LINES) == {"pay": MAX_LINES}
    with pytest.raises(ValueError, match=r"^more than 100,000 lines$"):
        parse_asked(b"pay\n" * (MAX_LINES + 1))
    with pytest.raises(ValueError, match=r"^larger than 10,000,000 bytes$"):
        parse_asked(b"p" * (MAX_ASKED_BYTES + 1))


@pytest.mark.parametrize(
    "query", ["pay: #1", 'it\'s "odd" \\ x', "[pay]", "*pay", "!pay", "> pay", "null", "\uffff pay"]
)
def test_the_line_to_add_is_read_as_the_query(query: str) -> None:
    (asked,) = parse_asked(query.encode())
    (advice,), _ = gaps({asked: 1}, {asked: near(1)})
    entry = make_raw("a.md", f"also_asked:\n  {advice.partition('the line: ')[2]}")
    assert entry.also_asked == (asked,)


def test_queries_that_find_an_answer_are_only_counted() -> None:
    assert gaps({"pay": 3, "dogs": 1}, {"pay": Found((1,)), "dogs": Found((0,))}) == ([], 4)
    assert gaps({}, {}) == ([], 0)


def test_queries_are_grouped_by_unknown_words_or_else_by_the_nearest_entry() -> None:
    scripted = {
        "puppy": nothing("puppy"),
        "my puppies": near(0, "my", "puppies"),
        "day": near(1),
        "which day": near(1),
        "C#: pay": near(1, "C#"),
        "dog": near(0),
    }
    asked = {"day": 2, "puppy": 2, "my puppies": 2, "which day": 1, "C#: pay": 1, "dog": 1}
    pay = 'nearest is this entry ("When is pay day?"); if it answers them, add to its "also_asked"'
    dogs = (
        'nearest is this entry ("May I bring my dog?"); '
        'if it answers them, add "also_asked:" and below it'
    )
    assert gaps(asked, scripted) == (
        [
            (
                'content/dogs.md:2: no sure answer for "puppy" (2 times), "my puppies" (2 times), '
                f"and {dogs} the line: - puppy"
            ),
            (
                'content/pay.md:5: no sure answer for "day" (2 times), "which day", '
                f"and {pay} the line: - day"
            ),
            f'content/pay.md:5: no sure answer for "C#: pay", and {pay} the line: - "C#: pay"',
            f'content/dogs.md:2: no sure answer for "dog", and {dogs} the line: - dog',
        ],
        0,
    )


def test_a_group_without_a_near_entry_has_the_command_that_begins_one() -> None:
    queries = [f"$(ls) {number}" for number in range(7)]
    found = nothing("zebra")
    assert gaps(dict.fromkeys(queries, 1), dict.fromkeys(queries, found)) == (
        [
            (
                'content/: no sure answer for "$(ls) 0", "$(ls) 1", "$(ls) 2", "$(ls) 3", '
                '"$(ls) 4" and 2 more, and no entry is near; '
                "to begin one, run: python build.py new '$(ls) 0'"
            )
        ],
        0,
    )
