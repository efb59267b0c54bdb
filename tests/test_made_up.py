"""The FAQ that the benchmarks build: the same each time, and varied as natural text is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean

import pytest

from benchmarks.made_content import write_content
from benchmarks.made_up import MadeEntry, MadeFaq, changed, make_faq
from benchmarks.vocabulary import derived, words_of
from faqsite.pipeline import load, make_site
from tests.product import PRODUCT


@pytest.fixture(scope="module")
def faq() -> MadeFaq:
    return make_faq(1000)


def words_in(entries: Iterable[MadeEntry]) -> list[str]:
    return [
        word
        for entry in entries
        for word in re.findall(r"\w+", f"{entry.question} {entry.body}".lower())
    ]


def test_the_same_faq_is_made_each_time() -> None:
    assert make_faq(30) == make_faq(30)


@pytest.mark.parametrize("size", [1, 10, 60])
def test_what_is_made_is_built_without_a_word_of_advice(size: int, tmp_path: Path) -> None:
    made = make_faq(size)
    write_content(made, tmp_path / "content")
    site = make_site(load(tmp_path / "content", PRODUCT / "templates", PRODUCT / "static"))
    assert site.advice == ()
    assert {entry.question for entry in site.faq.top.all_entries} == {
        entry.question for entry in made.entries
    }
    assert len(made.entries) == size


def test_no_question_and_no_path_is_there_twice(faq: MadeFaq) -> None:
    assert len({entry.question for entry in faq.entries}) == len(faq.entries)
    assert len({entry.path for entry in faq.entries}) == len(faq.entries)


def test_entries_stand_in_categories_some_of_them_nested(faq: MadeFaq) -> None:
    paths = {category.path for category in faq.categories}
    assert {entry.folder for entry in faq.entries} <= paths
    assert 25 <= len(paths) <= 45
    assert 5 < sum("/" in path for path in paths) < 20


def test_an_answer_has_about_130_words(faq: MadeFaq) -> None:
    lengths = [len(entry.body.split()) for entry in faq.entries]
    assert 120 < fmean(lengths) < 140
    assert min(lengths) < 40
    assert max(lengths) > 300


@pytest.mark.parametrize(
    ("what", "pattern", "least", "most"),
    [
        ("list", r"^(-|1\.) ", 0.15, 0.3),
        ("link to an entry", r"\]\([^)]+\.md\)", 0.2, 0.4),
        ("link elsewhere", r"\]\(https://www\.example\.com/", 0.05, 0.15),
        ("bold", r"\*\*\w", 0.15, 0.35),
        ("code", r"`\w", 0.05, 0.15),
        ("note", r"^> ", 0.02, 0.06),
        ("table", r"^\| --- ", 0.02, 0.06),
        ("heading", r"^## ", 0.02, 0.06),
    ],
)
def test_few_answers_are_more_than_plain_paragraphs(
    faq: MadeFaq, what: str, pattern: str, least: float, most: float
) -> None:
    having = [entry for entry in faq.entries if re.search(pattern, entry.body, re.MULTILINE)]
    assert least < len(having) / len(faq.entries) < most, what


def test_the_most_frequent_words_are_those_of_english(faq: MadeFaq) -> None:
    words = words_in(faq.entries)
    shares = {word: words.count(word) / len(words) for word in ("the", "to", "of", "and", "a")}
    assert 0.04 < shares["the"] < 0.09
    assert all(0.01 < share < 0.04 for word, share in shares.items() if word != "the")


def test_distinct_words_grow_as_in_natural_text(faq: MadeFaq) -> None:
    half, all_ = words_in(faq.entries[::2]), words_in(faq.entries)
    assert 8_000 < len(set(all_)) < 12_000
    exponent = math.log(len(set(all_)) / len(set(half)), len(all_) / len(half))
    assert 0.4 < exponent < 0.7  # Heaps' law.


def test_each_turn_changes_an_entry_otherwise() -> None:
    entry = MadeEntry(path="pay/day", question="When?", body="Soon.")
    bodies = {changed(entry, turn).body for turn in range(4)}
    assert len(bodies) == 4
    assert all(body.endswith(" Soon.") for body in bodies)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("nouns", ("company", "companies")),
        ("nouns", ("person", "people")),
        ("verbs", ("apply", "applies", "applied", "applied", "applying")),
        ("verbs", ("take", "takes", "took", "taken", "taking")),
        ("verbs", ("stop", "stops", "stopped", "stopped", "stopping")),
        ("verbs", ("agree", "agrees", "agreed", "agreed", "agreeing")),
        ("verbs", ("tie", "ties", "tied", "tied", "tying")),
    ],
)
def test_a_word_has_its_forms(name: str, word: tuple[str, ...]) -> None:
    assert word in words_of(name)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("nouns", ("supplier", "suppliers")),
        ("nouns", ("buyer", "buyers")),
        ("nouns", ("stopper", "stoppers")),
        ("nouns", ("bitterness", "bitterness")),
        ("adjectives", ("refundable",)),
        ("adjectives", ("unfoldable",)),
        ("adjectives", ("unlucky",)),
        ("adverbs", ("simply",)),
        ("adverbs", ("basically",)),
        ("verbs", ("reapply", "reapplies", "reapplied", "reapplied", "reapplying")),
    ],
)
def test_rare_words_are_derived(name: str, word: tuple[str, ...]) -> None:
    assert word in set(derived(name))


@pytest.mark.parametrize("name", ["nouns", "verbs", "adjectives", "adverbs", "names"])
def test_no_word_is_listed_twice(name: str) -> None:
    words = [forms[0] for forms in words_of(name)]
    assert len(set(words)) == len(words)
