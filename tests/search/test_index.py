"""The search index: lunr's, the packed one with the same content, and the files of answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.model.records import Entry, Faq, Synonyms
from faqsite.search.index import BOOSTS, CHUNK_CHARS, make_search, plan_search
from faqsite.search.packing import K1, B, pack, pack_number
from faqsite.search.terms import Posting, TermIndex
from tests.support import sites
from tests.support.examples import Asked, make_faq, search_scripts
from tests.support.unpacking import addresses_of, as_json, lunr_of, unpack

FAQ: tuple[Asked, ...] = (
    ("", "Who are you?", (), "A company of résumés & <b>people</b>."),
    ("pay", "When is pay day?", ("salary date", "payday"), "On the last working day."),
    ("team", "Which time zone?", (), "Central Eastern time: the time zone of the team."),
    ("team/remote", "Can I work from home?", ("wfh",), "You can work from anywhere. Work works."),
)
EXAMPLE = make_faq(*FAQ)
LARGE = sites.make_faq(2000)


def packed_index(scripts: dict[str, str]) -> dict[str, Any]:
    statement = scripts["search-index.js"]
    index: dict[str, Any] = json.loads(statement.removeprefix("FaqEngine.index = ")[: -len(";\n")])
    return index


def test_a_search_has_three_kinds_of_files() -> None:
    names = ["lunr-index.json", "search-index.js", "search-text/0.js"]
    assert list(search_scripts(EXAMPLE)) == names


def test_an_entry_is_packed() -> None:
    faq = make_faq(("team", "Which technologies?", ("Java",), "Technology!"))
    index = packed_index(search_scripts(faq))
    assert index == {
        "format": 2,
        "build": index["build"],
        "language": "en",
        "k1": K1,
        "b": B,
        "question_words": index["question_words"],
        "most_titles": 500,
        "shown": 10,
        "fields": [[name, boost] for name, boost in BOOSTS.items()],
        "categories": [["Team", -1, "team/"]],
        "titles": ["Which technologies?"],
        "slugs": [""],
        "category": [0],
        "lengths": ["2", "1", "1", "1"],
        "terms": "AjavaAteamCchnolog,ies,yAwhich",
        "counts": [[0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 1]],
        "postings": "$0 0 &0 %0",
        "texts": index["texts"],
    }


@pytest.mark.parametrize(
    ("language", "is_english"),
    [("en-GB", True), ("EN", True), ("de", False), ("enm", False), ("", False)],
)
def test_only_english_has_question_words_and_a_stemmer(language: str, *, is_english: bool) -> None:
    scripts = search_scripts(make_faq(*FAQ, language=language))
    asking = packed_index(scripts)["question_words"].split()
    assert ("what" in asking) is is_english
    assert "time" not in asking
    assert json.loads(scripts["lunr-index.json"])["pipeline"] == ["stemmer"] * is_english


def test_entries_have_their_categories_and_addresses() -> None:
    collection = unpack(packed_index(search_scripts(EXAMPLE)))
    assert collection.categories == [
        ("Pay", -1, "pay/"),
        ("Team", -1, "team/"),
        ("Remote", 1, "team/remote/"),
    ]
    assert addresses_of(collection) == [entry.address for entry in EXAMPLE.top.all_entries]


def postings(faq: Faq) -> dict[str, Sequence[Posting]]:
    terms = make_search(faq).terms
    return dict(zip(terms.forms, terms.postings, strict=True))


def test_tokens_are_counted_in_each_field() -> None:
    assert postings(make_faq(("team", "Can I? Can you?", ("You", "who?"), "C++ can't you?"))) == {
        "c++": [(0, (0, 0, 0, 1))],
        "can": [(0, (2, 0, 0, 0))],
        "cant": [(0, (0, 0, 0, 1))],
        "i": [(0, (1, 0, 0, 0))],
        "team": [(0, (0, 0, 1, 0))],
        "who": [(0, (0, 1, 0, 0))],
        "you": [(0, (1, 1, 0, 1))],
    }


def test_an_entry_is_found_by_the_titles_of_its_categories() -> None:
    assert postings(EXAMPLE)["team"] == [(2, (0, 0, 1, 1)), (3, (0, 0, 1, 0))]
    assert postings(EXAMPLE)["remot"] == [(3, (0, 0, 1, 0))]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_packed_index_unpacks_to_exactly_lunrs_index(language: str) -> None:
    scripts = search_scripts(make_faq(*FAQ, language=language))
    assert as_json(lunr_of(unpack(packed_index(scripts)))) == json.loads(scripts["lunr-index.json"])


WORDS = st.text("abcdefghij\U00010400\u6771", min_size=1, max_size=30)


@given(
    lists=st.dictionaries(
        WORDS,
        st.tuples(
            st.lists(WORDS, min_size=1, unique=True),
            st.dictionaries(st.integers(0, 1999), st.integers(1, 400), min_size=1),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_index_is_packed_without_loss(
    lists: dict[str, tuple[list[str], dict[int, int]]],
) -> None:
    terms = TermIndex(
        language="en",
        boosts={"question": 2.5},
        lengths=[[7 * n for n in range(2000)]],
        forms={term: forms for term, (forms, _) in sorted(lists.items())},
        postings=[
            [(entry, (count,)) for entry, count in sorted(counts.items())]
            for _, (_, counts) in sorted(lists.items())
        ],
        lunr=None,
    )
    assert unpack(pack(terms, LARGE)).terms == terms


def test_packed_numbers_need_no_escapes() -> None:
    digits = {pack_number(number, case) for number in range(3000) for case in (0, 5, 400)}
    assert {len(json.dumps(each)) - len(each) for each in digits} == {2}


def test_the_packed_index_is_less_than_half_the_size_of_lunrs() -> None:
    scripts = search_scripts(EXAMPLE)
    assert len(scripts["search-index.js"]) < 0.5 * len(scripts["lunr-index.json"])


def test_only_a_site_with_a_vocabulary_has_it_in_its_index() -> None:
    assert "related" not in packed_index(search_scripts(EXAMPLE))


def indexed_synonyms(*groups: Synonyms) -> tuple[Any, tuple[Synonyms, ...]]:
    """Return the synonyms in the packed index of the example, and those that find nothing."""
    faq = EXAMPLE._replace(settings=replace(EXAMPLE.settings, synonyms=groups))
    return packed_index(search_scripts(faq)).get("synonyms"), make_search(faq).idle_synonyms


@pytest.mark.parametrize(
    ("asked", "meant", "indexed"),
    [
        (("salary",), ("pay",), [["salary", ["pay"]]]),
        # Both ways, but never to a word that no entry has.
        (("pay", "wage"), ("pay", "wage"), [["wage", ["pay"]]]),
        # A word asks in each of its forms and means one of them.
        (("working",), ("Days",), [[form, ["day"]] for form in ("work", "working", "works")]),
        # A phrase is folded, and means something only if the entries have all of its words.
        (("The Bureau's",), ("Time-zone", "time off"), [["the bureau", ["time zone"]]]),
        (("work from home",), ("wfh",), [["work from home", ["wfh"]]]),
        # Two forms of a word find each other anyway.
        (("resume",), ("Résumés",), None),
    ],
)
def test_synonyms_are_indexed_in_the_words_of_the_entries(
    asked: tuple[str, ...], meant: tuple[str, ...], indexed: list[list[object]] | None
) -> None:
    assert indexed_synonyms(Synonyms(asked=asked, meant=meant, line=1)) == (indexed, ())


def test_groups_of_the_same_word_are_merged() -> None:
    idle = Synonyms(asked=("salary",), meant=("wage", "time off"), line=1)
    money = [Synonyms(asked=("money",), meant=(word,), line=2) for word in ("pay", "salary")]
    assert indexed_synonyms(idle, *money) == ([["money", ["pay", "salary"]]], (idle,))


def test_answers_are_in_files_of_consecutive_entries_with_a_version() -> None:
    long = "x" * (CHUNK_CHARS - 15)  # Both paragraphs together just fill a file.
    faq = make_faq(
        *(("", f"Question {number}?", (), text) for number, text in enumerate(("a", long, "é")))
    )
    scripts = search_scripts(faq)
    (first, one), (second, other) = packed_index(scripts)["texts"]
    assert (first, second) == (0, 2)
    assert scripts["search-text/0.js"] == (
        f'FaqEngine.text[0] = {{"version":"{one}","first":0,'
        f'"answers":["<p>a</p>","<p>{long}</p>"]}};\n'
    )
    assert scripts["search-text/1.js"] == (
        f'FaqEngine.text[1] = {{"version":"{other}","first":2,"answers":["<p>é</p>"]}};\n'
    )


def test_a_file_changes_only_if_its_content_does() -> None:
    def linked(entry: Entry) -> str:
        return f'<a href="elsewhere">{entry.slug}</a>'

    def scripts(faq: Faq, html: Callable[[Entry], str] = lambda entry: entry.slug) -> list[bytes]:
        return [file.make() for file in plan_search(make_search(faq), faq, html)]

    index, packed, text = scripts(EXAMPLE)
    # A link changes, but no words.
    elsewhere = scripts(EXAMPLE, linked)
    assert (elsewhere[0], elsewhere[1] != packed, elsewhere[2] != text) == (index, True, True)
    synonyms = (Synonyms(asked=("salary",), meant=("pay",), line=1),)
    faq = EXAMPLE._replace(settings=replace(EXAMPLE.settings, synonyms=synonyms))
    meant = scripts(faq)
    assert (meant[0], meant[1] != packed, meant[2]) == (index, True, text)
