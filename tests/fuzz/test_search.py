"""Words in Python and the browser, the packed index, and any query."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.model.urls import slugify
from faqsite.search.index import make_search
from faqsite.search.packing import pack
from faqsite.search.tokens import fold, tokens
from tests.support.examples import Asked, Engine, make_faq
from tests.support.unpacking import as_json, lunr_of, unpack

from .texts import joined

FAQ: tuple[Asked, ...] = (
    ("", "Who are you?", (), "We make a radio that anyone can listen to."),
    ("location", "Where can I work?", ("wfh", "remote"), "From any office within the region."),
    ("location/visa", "Do you sponsor visas?", ("permit",), "Yes, our policies cover permits."),
    ("role", "What technologies do you use?", ("k8s",), "Java, C++ and Kubernetes clusters."),
    ("role", "東京で働けますか", (), "Naïve résumés, 401k, constructor and __proto__."),
)
FOUND = ["verdict", "hits", "unmentioned", "all", "missing"]
HIT = ["entry", "url", "question", "category", "score", "words"]

_TEXTS = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("aAsSeé'\u2019\u02bc+#0 -\"\u0301\u0903\uff9e\u1161東時ｶ한İς"),
    max_size=60,
)
_QUERIES = (
    joined(
        """
            work jav kubernets visa visas wfh remote c++ c# 401 k who where don't tech nologies
            constructor __proto__ toString ␠ ␠ ␠ " 's - ? + # x 東京 働け {U+201C} {U+2019}
        """,
        most=16,
    )
    | _TEXTS
    | st.text(st.characters(), max_size=400)
)
_FAQS = st.lists(
    st.tuples(
        st.sampled_from(["", "pay", "pay/visa", "team"]),
        _TEXTS,
        st.lists(_TEXTS, max_size=2).map(tuple),
        _TEXTS,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda entry: slugify(entry[1]),
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Yield an engine with an open index."""
    with Engine() as engine:
        engine.load(make_faq(*FAQ))
        yield engine


_WRITTEN = st.text("aAbBzZéÉДд019.,'\u2019\u2060 \u00a0\u202f-", max_size=30) | joined(
    *("a", "Ph", "D", "U", "S", "set", "Max", "URL", "1", "12", "000", "100", "0", "é", "Д"),
    *(".", ".", ",", " ", "\u00a0", "\u202f", "'", "\u2019", "s"),
    most=10,
)


@given(_TEXTS | _WRITTEN)
def test_python_and_the_browser_split_any_text_into_the_same_words(
    engine: Engine, text: str
) -> None:
    here = tokens(text)
    there = engine.words(text)
    assert [found["word"] for found in there] == here
    assert [fold(word) for word in here] == [word.rstrip("+#") for word in here]
    spans = [(found["start"], found["end"]) for found in there]
    assert all(0 <= start < end for start, end in spans)
    # The parts of a name in code come after the whole.
    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))


@given(_QUERIES)
def test_any_query_gives_a_result_as_documented(engine: Engine, query: str) -> None:
    asked = json.dumps(query)
    found, read, asks = engine.run(
        f"[engine.search({asked}), engine.read({asked}), engine.asks({asked})]"
    )
    check(found, query, FAQ)
    assert all(list(each) == ["word", "term", "how", "form"] for each in read)
    assert isinstance(asks, bool)


def check(found: dict[str, Any], query: str, entries: Sequence[Asked]) -> None:
    """Check what the search found for a query in some entries."""
    assert list(found) == FOUND
    hits = found["hits"]
    assert (found["verdict"] == "none") is (hits == [])
    assert hits == sorted(hits, key=lambda hit: -hit["score"])
    assert [hit["entry"] for hit in hits if hit["entry"] not in found["all"]] == []
    assert all(list(hit) == HIT and hit["score"] > 0 for hit in hits)
    everything = {
        token
        for category, question, also_asked, answer in entries
        for text in (category, question, *also_asked, answer)
        for token in tokens(text)
    }
    for word in found["unmentioned"]:
        assert word in query
        assert everything.isdisjoint(tokens(word)[:1])


@given(_FAQS, st.sampled_from(["en", "fr"]))
def test_any_faq_is_packed_without_loss_and_opens_in_the_browser(
    engine: Engine, entries: list[Asked], language: str
) -> None:
    faq = make_faq(*entries, language=language)
    terms = make_search(faq).terms
    packed = json.loads(json.dumps(pack(terms, faq)))
    assert unpack(packed).terms == terms
    assert as_json(lunr_of(unpack(packed))) == as_json(terms.lunr)
    texts = [text for _, question, _, answer in entries for text in (question, answer)]
    asked = json.dumps(texts)
    found = engine.run(
        f"((engine) => {asked}.map((text) => [engine.asks(text), engine.read(text),"
        f" engine.search(text)]))(FaqEngine.open({json.dumps(packed)}))"
    )
    for (asks, read, result), text in zip(found, texts, strict=True):
        assert isinstance(asks, bool)
        assert all(each["how"] != "unknown" for each in read)
        assert result["unmentioned"] == []
        check(result, text, entries)
