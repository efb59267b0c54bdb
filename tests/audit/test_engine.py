"""The engine in V8."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import pytest

from faqsite.audit.engine import Engine, Found
from tests.support.examples import ENGINE_JS, make_faq, search_scripts

PETS = make_faq(
    ("", "Can I bring my dog?", ("pets at work",), "On Fridays."),
    ("", "When is pay day?", ("salary",), "On the 25th."),
)
TRAVEL = make_faq(("", "Who books my train?", (), "You do."))


def numbers(found: Iterable[Found]) -> list[list[int]]:
    """Return the entries that each query found."""
    return [[*each.entries] for each in found]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(ENGINE_JS) as engine:
        yield engine


def test_many_queries_are_asked_in_one_call_and_answered_in_order(engine: Engine) -> None:
    engine.open(search_scripts(PETS)["search-index.js"])
    before = engine.asked
    queries = ["salary", "dog", "submarine", "", 'a "dog"\u2028\\ \U0001f415']
    assert numbers(engine.ask(queries, 10)) == [[1], [0], [], [], [0]]
    assert engine.ask([], 10) == []
    assert engine.asked == before + 5


def test_a_query_has_an_answer_or_words_that_nothing_mentions(engine: Engine) -> None:
    engine.open(search_scripts(PETS)["search-index.js"])
    assert engine.ask(["salary", "salary submarine licence"], 10) == [
        Found((1,), is_answer=True),
        Found((1,), is_answer=False, unmentioned=("submarine", "licence")),
    ]


def test_there_are_no_more_hits_than_asked_for(engine: Engine) -> None:
    engine.open(search_scripts(PETS)["search-index.js"])
    assert [len(engine.ask(["dog salary"], limit)[0].entries) for limit in (1, 2, 9)] == [1, 2, 2]


def test_another_index_replaces_the_first(engine: Engine) -> None:
    engine.open(search_scripts(PETS)["search-index.js"])
    engine.open(search_scripts(TRAVEL)["search-index.js"])
    assert numbers(engine.ask(["train", "salary"], 10)) == [[0], []]


def test_only_an_engine_needs_mini_racer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    with pytest.raises(ModuleNotFoundError) as caught:
        Engine(ENGINE_JS)
    assert caught.value.name == "py_mini_racer"
