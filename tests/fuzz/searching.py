"""Words on both sides, the index packed and opened, and whatever is asked of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import strategies as st

from faqsite.packing import pack
from faqsite.search import make_search
from faqsite.urls import slugify
from faqsite.words import fold, list_words, words
from tests.examples import Asked, Engine, make_faq
from tests.unpacking import unpack

from .target import Check, Target
from .texts import joined

__all__ = ["FAQ", "HIT", "TARGETS"]

FAQ: tuple[Asked, ...] = (
    ("", "Who are you?", (), "We make a radio that anyone can listen to."),
    ("location", "Where can I work?", ("wfh", "remote"), "From any office within the region."),
    ("location/visa", "Do you sponsor visas?", ("permit",), "Yes, our policies cover permits."),
    ("role", "What technologies do you use?", ("k8s",), "Java, C++ and Kubernetes clusters."),
    ("role", "東京で働けますか", (), "Naïve résumés, 401k, constructor and __proto__."),
)
HIT = ["entry", "url", "question", "category", "score", "covered", "words"]

_TEXTS = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("aAsSeé'\u2019\u02bc+#0 -\"\u0301\u0903\uff9e\u1161東時ｶ한İς"),
    max_size=60,
)
_QUERIES = (
    joined(
        *("work", "jav", "kubernets", "visa", "visas", "wfh", "remote", "c++", "c#", "401", "k"),
        *("who", "where", "don't", "tech", "nologies", "constructor", "__proto__", "toString"),
        *(" ", " ", " ", '"', "'s", "-", "?", "+", "#", "x", "東京", "働け", "\u201c", "\u2019"),
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


@contextmanager
def _words() -> Iterator[Check]:
    """Python and the browser tell the same words apart, each of which is folded once for all."""
    with Engine() as engine:

        def check(text: str) -> None:
            here = list(words(text))
            there = engine.words(text)
            assert [found["word"] for found in there] == here
            assert [fold(word) for word in here] == [word.rstrip("+#") for word in here]
            assert list_words(text) == here
            spans = [(found["start"], found["end"]) for found in there]
            assert all(0 <= start < end for start, end in spans)
            assert spans == sorted(spans)

        yield check


@contextmanager
def _queries() -> Iterator[Check]:
    """Whatever is asked, each hit is as the contract says."""
    with Engine() as engine:
        engine.load(make_faq(*FAQ))

        def check(query: str) -> None:
            asked = json.dumps(query)
            hits, read, asks = engine.run(
                f"[engine.search({asked}), engine.read({asked}), engine.asks({asked})]"
            )
            for hit in hits:
                assert list(hit) == HIT
                assert 0 < hit["covered"] <= 1
                assert hit["score"] > 0
                assert hit["words"]
            assert all(list(each) == ["word", "term", "how", "form"] for each in read)
            assert isinstance(asks, bool)
            assert hits == sorted(hits, key=lambda hit: -hit["score"])

        yield check


@contextmanager
def _indexes() -> Iterator[Check]:
    """Any FAQ is packed without loss, opened by the browser, and its own questions asked of it."""
    with Engine() as engine:

        def check(entries: list[Asked]) -> None:
            collection = make_search(make_faq(*entries)).collection
            packed = json.loads(json.dumps(pack(collection)))
            assert unpack(packed) == collection
            asked = json.dumps(
                [text for _, question, _, answer in entries for text in (question, answer)]
            )
            found = engine.run(
                f"((engine) => {asked}.map((text) => [engine.asks(text), engine.read(text),"
                f" engine.search(text)]))(FaqEngine.open({json.dumps(packed)}))"
            )
            for asks, read, hits in found:
                assert isinstance(asks, bool)
                assert all(each["how"] != "unknown" for each in read)
                assert all(list(hit) == HIT for hit in hits)

        yield check


TARGETS = (
    Target(name="words", cases=_TEXTS, checks=_words, share=200),
    Target(name="queries", cases=_QUERIES, checks=_queries, share=200),
    Target(name="indexes", cases=_FAQS, checks=_indexes, share=10),
)
