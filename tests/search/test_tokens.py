"""Tokens: Python and engine.js must split and fold text in the same way."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.search.tokens import fold, stem_in, tokens
from tests.support.examples import Engine

TABLE: dict[str, list[tuple[str, list[str]]]] = json.loads(
    (Path(__file__).parent.parent / "words.json").read_text(encoding="utf-8")
)
CASES = [
    pytest.param(text, expected, id=f"{rule}: {text.encode('unicode_escape').decode()}")
    for rule, cases in TABLE.items()
    for text, expected in cases
]
# All except private use, and only some of long similar runs, such as ideographs.
CHARACTERS = [
    chr(code)
    for code in (*range(0xD800), *range(0xF900, 0x33480), *range(0xE0000, 0xE0200))
    if code % 61 == 0
    or not unicodedata.name(chr(code), "CJK UNIFIED").startswith(
        ("CJK UNIFIED", "HANGUL SYLLABLE", "TANGUT", "EGYPTIAN", "CUNEIFORM", "ANATOLIAN")
    )
]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        yield engine


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_python_splits_text(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_engine_splits_text(engine: Engine, text: str, expected: list[str]) -> None:
    assert [found["word"] for found in engine.words(text)] == expected


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Where can I?", ["Where", "can", "I"]),
        ("🙂 Don\u2019t ask Spotify's C++!", ["Don\u2019t", "ask", "Spotify's", "C++"]),
        ("5+ years", ["5+", "years"]),
        ("𠀀時間", ["𠀀時", "時間"]),
        ("re\u0301sume\u0301 \U0001d5db\U0001d5f6", ["re\u0301sume\u0301", "\U0001d5db\U0001d5f6"]),
    ],
)
def test_offsets_are_those_of_the_original_text(
    engine: Engine, text: str, marked: list[str]
) -> None:
    sliced = f"FaqEngine.words({json.dumps(text)}).map(({{start, end}}) => "
    assert engine.run(f"{sliced}{json.dumps(text)}.slice(start, end))") == marked


def test_both_agree_on_every_character(engine: Engine) -> None:
    text = "\n".join(f"{each}'s 東{each}+" for each in CHARACTERS)
    here = tokens(text)
    there = engine.run(f"FaqEngine.words({json.dumps(text)}).map(({{word}}) => word)")
    assert next((pair for pair in zip_longest(here, there) if len({*pair}) > 1), None) is None


def test_folding_twice_changes_nothing() -> None:
    assert [char for char in CHARACTERS if fold(fold(char)) != fold(char)] == []


def test_a_long_run_is_cut() -> None:
    assert tokens("a" * 130) == ["a" * 64, "a" * 64, "aa"]
    assert tokens("e" + "\u0316\u0301" * 50_000) == ["e"]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("technologies", "technolog"),
        ("technology", "technolog"),
        ("pay", "pay"),
        ("key", "key"),
        ("holiday", "holiday"),
        ("holidays", "holiday"),
        ("try", "tri"),
        ("happy", "happi"),
        ("by", "by"),
        ("c++", "c++"),
        ("401k", "401k"),
        ("\u6642\u9593", "\u6642\u9593"),
    ],
)
def test_english_is_stemmed_as_in_lunr_js(word: str, stem: str) -> None:
    assert stem_in("en-GB")(word) == stem


@given(st.text("abcdeilnorstyz+", min_size=1))
def test_every_token_has_a_stem(word: str) -> None:
    assert stem_in("en")(word)


def test_other_languages_are_not_stemmed() -> None:
    assert [*map(stem_in("de"), ["technologies", "tage"])] == ["technologies", "tage"]
