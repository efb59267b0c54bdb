"""What a check reports, whatever the engine finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from faqsite.audit.engine import Found
from faqsite.audit.findability import check_findability
from faqsite.content.validate import validate
from faqsite.model.problems import Problems
from faqsite.model.records import Faq, RawContent, RawEntry
from faqsite.search.packing import SHOWN
from tests.support.contents import make_answer, make_content, make_raw

NAMES = ("a", "b", "c", "d", "e", "f", "g")
PAY = make_raw("a.md", "also_asked:\n  - wages\n  - extra money", question="What is pay?")


def make_faq(*entries: RawEntry) -> tuple[RawContent, Faq]:
    content = make_content(*entries)
    answers = {entry.path: make_answer() for entry in entries if not entry.draft}
    return content, validate(content, answers, Problems())


def found(
    scripted: Mapping[str, str], *entries: RawEntry, queries: str = "", is_answer: bool = True
) -> list[str]:
    """Return the findings about these entries and a.md to g.md, given what each text finds.

    A script is the names of the hits in order, "bca"; a text without one finds its own entry.
    """
    given = {entry.path for entry in entries}
    others = (make_raw(f"{name}.md") for name in NAMES if f"{name}.md" not in given)
    content, faq = make_faq(*entries, *others)
    numbers = {entry.path: number for number, entry in enumerate(faq.top.all_entries)}
    own: dict[str, str] = {
        text: entry.path
        for entry in faq.top.all_entries
        for text in (entry.question, *entry.also_asked)
    }

    def ask(texts: Sequence[str], limit: int) -> list[Found]:
        hits = [
            [f"{name}.md" for name in scripted[text]] if text in scripted else [own[text]]
            for text in texts
        ]
        assert limit == SHOWN + 1
        return [
            Found(tuple(numbers[path] for path in each), is_answer and bool(each)) for each in hits
        ]

    findings = check_findability(content._replace(queries=queries.encode()), faq, ask)
    return [
        f"{'advice: ' * finding.is_advice}{finding.describe('content')}"
        for finding in sorted(findings)
    ]


def test_a_faq_in_which_everything_finds_its_entry_has_no_findings() -> None:
    scripted = {"cash": "ba", "yacht": ""}
    assert found(scripted, PAY, queries="cash: a\nyacht: none\n") == []


MISSED = "the question does not find this entry among the first 3 results"


@pytest.mark.parametrize(
    ("hits", "message"),
    [
        ("a", ""),
        ("ab", ""),
        ("ba", 'the question finds "b.md" before this entry'),
        ("bca", 'the question finds "b.md", "c.md" before this entry'),
        ("bcda", f'{MISSED} (it finds "b.md", "c.md", "d.md")'),
        ("b", f'{MISSED} (it finds "b.md")'),
        ("", f"{MISSED} (it finds nothing)"),
    ],
)
def test_a_question_should_find_its_entry_first(hits: str, message: str) -> None:
    kind = "advice: " if "before" in message else ""
    expected = [f"{kind}content/a.md:2: {message}; use rarer words"] if message else []
    assert found({"What is pay?": hits}, PAY) == expected


@pytest.mark.parametrize(
    ("hits", "instead"),
    [
        ("a", None),
        ("bcdea", None),
        ("bcdefa", 'it finds "b.md", "c.md", "d.md"'),
        ("b", 'it finds "b.md"'),
        ("", "it finds nothing"),
    ],
)
def test_a_phrase_has_to_find_its_entry_among_the_first_five(
    hits: str, instead: str | None
) -> None:
    message = (
        'content/a.md:5: "also_asked" phrase "extra money" does not find this entry '
        f"among the first 5 results ({instead}); use rarer words, or delete it"
    )
    assert found({"extra money": hits}, PAY) == ([message] if instead else [])


@pytest.mark.parametrize(
    ("texts", "entries", "message"),
    [
        (
            ["extra money", "Extra money?"],
            [PAY, make_raw("b.md", "also_asked: Extra money?")],
            'b.md:3: "also_asked" phrase "Extra money?" is also in "a.md" (line 5)',
        ),
        (
            ["extra money", "Extra Money"],
            [PAY, make_raw("b.md", question="Extra Money")],
            'a.md:5: "also_asked" phrase "extra money" is also in "b.md" (line 2)',
        ),
        (
            ["extra money"],
            [
                PAY,
                make_raw("b.md", "also_asked: extra money"),
                make_raw("c.md", "also_asked: [more, extra money]"),
            ],
            (
                'c.md:3: "also_asked" phrase "extra money" is also in '
                '"a.md" (line 5) and "b.md" (line 3)'
            ),
        ),
    ],
)
def test_a_phrase_of_several_entries_is_reported_once(
    texts: list[str], entries: list[RawEntry], message: str
) -> None:
    assert found(dict.fromkeys(texts, ""), *entries) == [
        f"content/{message}; keep it in one entry only"
    ]


def test_an_entry_may_repeat_its_own_phrase() -> None:
    assert found({}, make_raw("a.md", "also_asked: [wages, Wages]", question="Wages?")) == []


def test_phrases_without_a_word_are_different() -> None:
    entries = (make_raw("a.md", 'also_asked: "?!"'), make_raw("b.md", 'also_asked: "!!"'))
    assert found({}, *entries) == []


def test_drafts_are_not_tested() -> None:
    assert found({}, PAY, make_raw("x.md", "draft: true\nalso_asked: extra money")) == []


NOT_FOUND = 'the query "cash" does not find "a.md"'
ADD = 'add it to "also_asked" there'


@pytest.mark.parametrize(
    ("query", "hits", "is_answer", "message"),
    [
        ("cash: a", "bca", True, ""),
        ("cash: a", "bca", False, ""),
        (
            "cash: a",
            "bcda",
            True,
            f'{NOT_FOUND} among the first 3 results (it finds "b.md", "c.md", "d.md"); {ADD}',
        ),
        ("cash: a within 4", "bcda", True, ""),
        (
            "cash: a within 2",
            "bca",
            True,
            f'{NOT_FOUND} among the first 2 results (it finds "b.md", "c.md"); {ADD}',
        ),
        (
            "cash: a within 1",
            "ba",
            True,
            f'{NOT_FOUND} as the first result (it finds "b.md"); {ADD}',
        ),
        ("cash: a", "", True, f"{NOT_FOUND} among the first 3 results (it finds nothing); {ADD}"),
        ("yacht: none", "", True, ""),
        ("yacht: none", "ab", False, ""),
        (
            "yacht: none",
            "ab",
            True,
            (
                'the query "yacht" should find no answer, but finds "a.md", "b.md"; '
                'if one of them answers it, name that, not "none"'
            ),
        ),
        ("yacht: boats", "", True, 'the query "yacht" names "boats", which is not an entry'),
    ],
)
def test_a_query_has_to_find_what_it_names(
    query: str, hits: str, *, is_answer: bool, message: str
) -> None:
    asked = query.partition(":")[0]
    expected = [f"content/queries.yaml:1: {message}"] if message else []
    assert found({asked: hits}, queries=query, is_answer=is_answer) == expected


def test_a_repeated_text_is_asked_once() -> None:
    content, faq = make_faq(make_raw("a.md", "also_asked: [wages, wages]", question="Pay?"))
    asked: list[str] = []

    def ask(texts: Sequence[str], _limit: int) -> list[Found]:
        asked.extend(texts)
        return [Found((0,)) for _ in texts]

    assert check_findability(content, faq, ask) == []
    assert asked == ["Pay?", "wages"]
