"""A split index: its format, and that it gives the same results as a whole one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqsite.model.records import Faq, Synonyms
from faqsite.search import index as search
from faqsite.search.index import make_search
from faqsite.search.packing import MOST_TITLES, pack
from faqsite.search.parts import pack_in_parts
from tests.support.examples import Asked, Engine, make_faq, search_scripts

FAQ: tuple[Asked, ...] = (
    ("", "Who are you?", (), "A company of people."),
    ("pay", "When is pay day?", ("salary date", "payday"), "On the last day that you work."),
    ("team", "Which time zone?", (), "Central Eastern time."),
)

# Searches the whole index and its parts, after loading the missing ones.
ASK = """
globalThis.ask = (query, limit = 10) => {
  const asked = [];
  for (let names; (names = many.missing(query)).length;) {
    if (asked.length === 3) throw new Error(`asked for ${asked}, and for ${names}`);
    asked.push(names);
    for (const name of names) {
      FaqEngine.part[name] = stock[name];
      many.add(name);
    }
  }
  const [found, whole] = [many, one].map(({ search }) => search(query, limit));
  return { asked, found, whole };
};
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine()
    engine.run(f"(() => {{ {ASK} return 0; }})()")
    yield engine
    engine.close()


def take(engine: Engine, faq: Faq, part_chars: int) -> None:
    """Make `one` the search of the whole index of a FAQ, and `many` that of its parts."""
    made = make_search(faq)
    synonyms = {"synonyms": made.synonyms}
    index, parts = pack_in_parts(made.terms, faq, part_chars)
    for name, value in (
        ("index", json.dumps(index | synonyms)),
        ("one", f"FaqEngine.open({json.dumps(pack(made.terms, faq) | synonyms)})"),
        ("many", "FaqEngine.open(index)"),
        ("stock", json.dumps(parts)),
    ):
        engine.run(f"(globalThis.{name} = {value}, 0)")


def ask(engine: Engine, query: str) -> dict[str, Any]:
    """Return the parts that were loaded, the results with them, and those of the whole index."""
    answer: dict[str, Any] = engine.run(f"ask({json.dumps(query)})")
    return answer


def test_a_part_of_terms_has_the_questions_with_them() -> None:
    faq = make_faq(("", "Who pays?", (), "You."), ("", "Which zone?", (), "Pay."))
    terms = make_search(faq).terms
    index, parts = pack_in_parts(terms, faq)
    assert index["terms"] == "Apay,,sAwhichCoAyouAzone"
    assert index["documents"] == "21101"
    assert (index["parts"], index["titled"]) == (
        [[0, parts["0"]["version"]], [0, parts["1"]["version"]]],
        [[0, parts["t0"]["version"]]],
    )
    assert {*pack(terms, faq)} - {*index} == {"postings", "slugs", "titles"}
    both = {"entries": "00", "titles": ["Who pays?", "Which zone?"], "slugs": ["", ""]}
    assert parts == {
        "0": {"version": "0ea10974", "postings": "1 0 ", "entries": "", "titles": [], "slugs": []},
        "1": {"version": "59f59ec6", "postings": "0$0 1", **both},
        "t0": {"version": "aaf6aac7", "postings": "", **both},
    }


NAMES = "pay day days time zone zones who is the you work from home visa"
WORDS = NAMES.split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["", "pay", "team"]), TEXTS, st.lists(TEXTS, max_size=2).map(tuple), TEXTS
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda entry: entry[1],
)
QUERIES = st.one_of(TEXTS, st.text("adehimnoprstvwyz '\"", max_size=20))
MEANT = st.lists(st.sampled_from([*WORDS, "pay day", "time zone"]), min_size=1, max_size=2)


@settings(max_examples=60)
@given(
    entries=ENTRIES,
    language=st.sampled_from(["en", "fr"]),
    meant=MEANT,
    part_chars=st.integers(1, 60),
    queries=st.lists(QUERIES, min_size=1, max_size=6),
)
def test_a_split_index_finds_the_same(
    engine: Engine,
    *,
    entries: list[Asked],
    language: str,
    meant: list[str],
    part_chars: int,
    queries: list[str],
) -> None:
    faq = make_faq(*entries, language=language)
    synonyms = (Synonyms(asked=("wage", "work from"), meant=tuple(meant), line=1),)
    faq = faq._replace(settings=replace(faq.settings, synonyms=synonyms))
    take(engine, faq, part_chars)
    for query in (*queries, "wage", "work from home"):
        answer = ask(engine, query)
        assert answer["found"] == answer["whole"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_split_index_finds_the_same_if_too_many_questions_share_a_word(
    engine: Engine, language: str
) -> None:
    chance = random.Random(1)  # noqa: S311  # Only that tests repeat matters.
    rare = [f"{one}{other}" for one in "bdfgkl" for other in ("ato", "emi", "ilu", "oka")]

    def some(count: int) -> str:
        return " ".join(chance.choices(rare, k=count))

    entries = [
        ("", f"How is common {some(3)} {n}?", (some(2),), f"The common {some(9)}.")
        for n in range(MOST_TITLES + 100)
    ]
    faq = make_faq(*entries, language=language)
    take(engine, faq, part_chars=2_000)
    for query in (*rare, "common", "how is the common", *(some(3) for _ in range(30))):
        answer = ask(engine, f"{query} ")
        assert answer["found"] == answer["whole"]
        assert answer["found"]["hits"]


def test_a_search_needs_only_the_parts_of_its_words(engine: Engine) -> None:
    entries = [("", f"Is word{n}?", (), f"It is other{n}, and word{n + 1}.") for n in range(400)]
    take(engine, make_faq(*entries), part_chars=300)
    assert engine.run("Object.keys(stock).length") > 30
    assert [len(names) for names in ask(engine, "word7 ")["asked"]] == [1]
    assert [len(names) for names in ask(engine, "is word395 word9 ")["asked"]] == [3]
    assert ask(engine, "word9 is word395 ")["asked"] == []
    # The title of an entry found only by its answer is in a part of titles.
    needed, titles = ask(engine, "other2 ")["asked"]
    assert (len(needed), titles) == (1, ["t0"])


def test_a_search_finds_what_has_loaded(engine: Engine) -> None:
    take(engine, make_faq(*FAQ), part_chars=1)
    assert engine.run('many.search("zone").hits') == []
    ask(engine, "zone")
    found = engine.run('many.search("zone salary").hits')
    assert [hit["question"] for hit in found] == ["Which time zone?"]


def test_a_search_lists_its_missing_parts(engine: Engine) -> None:
    take(engine, make_faq(*FAQ), part_chars=1)
    before = engine.run('["zone", "nothing", "pay zone"].map((text) => many.search(text).missing)')
    assert [len(names) for names in before] == [1, 0, 2]
    # Another query in between changes nothing.
    assert engine.run('(many.read("salary"), many.missing("zone"))') == before[0]
    ask(engine, "zone")
    assert engine.run('many.search("zone").missing') == []
    # A whole index has no missing parts.
    assert engine.run('[one.missing("salary zone"), one.search("salary zone").missing]') == [[], []]


def test_a_large_index_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    faq = make_faq(*FAQ)
    postings = sum(map(len, make_search(faq).terms.postings))
    monkeypatch.setattr(search, "MOST_TITLES", len(FAQ) - 1)
    monkeypatch.setattr(search, "LARGE", postings)
    assert [name for name in search_scripts(faq) if name.startswith("search-part/")] == []
    monkeypatch.setattr(search, "LARGE", postings - 1)
    parts = {name: text for name, text in search_scripts(faq).items() if "-part/" in name}
    assert list(parts) == ["search-part/0.js", "search-part/1.js", "search-part/t0.js"]
    assert parts["search-part/t0.js"].startswith('FaqEngine.part["t0"] = {"version":"')


def test_the_index_of_a_few_long_entries_is_not_split(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "LARGE", 0)
    faq = make_faq(*(("", f"Is it {n}?", (), "It is.") for n in range(MOST_TITLES)))
    assert [name for name in search_scripts(faq) if "-part/" in name] == []


@pytest.fixture(scope="module")
def large(engine: Engine) -> Engine:
    """Return an engine whose `many` is the search of a large FAQ with many words."""
    entries = [("", f"Is apple{n} green?", (), f"It is berry{n}, жюл{n}.") for n in range(2_000)]
    faq = make_faq(*entries, ("", "Is quince too?", (), "It is."))
    synonyms = (Synonyms(asked=("gn",), meant=("green",), line=1),)
    faq = faq._replace(settings=replace(faq.settings, synonyms=synonyms))
    take(engine, faq, part_chars=2_000)
    return engine


def test_only_a_large_index_is_opened_in_steps(large: Engine) -> None:
    steps = "(index) => [...FaqEngine.opening(index)].length"
    assert large.run(f"({steps})(index)") >= 6
    small = make_faq(*FAQ)
    assert large.run(f"({steps})({json.dumps(pack(make_search(small).terms, small))})") == 0


@pytest.mark.parametrize(
    ("typed", "asks", "found"),
    [
        ("a", False, 0),
        ("ap", False, 0),
        ("app", True, 10),
        ("ap ", True, 0),
        ("green a", True, 10),
        ("жю", False, 0),
        ("жюл", True, 10),
        ("gn", True, 10),
        ("qu", True, 1),
        ("xx", True, 0),
    ],
)
def test_two_letters_that_begin_many_words_find_nothing_in_a_large_faq(
    large: Engine, typed: str, *, asks: bool, found: int
) -> None:
    assert large.run(f"one.asks({json.dumps(typed)})") is asks
    assert len(ask(large, typed)["found"]["hits"]) == found
