"""The file of an entry reads back as the values that it was written from."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.content.folder import parse_entry
from faqsite.content.keys import category_text, entry_text, read_keys
from faqsite.content.yamltext import CONTROL, normalise_spaces
from faqsite.model.keys import CATEGORY_KEYS, CategoryFile
from faqsite.model.problems import Problems
from tests.support.contents import make_front_matter


def normalise(text: str) -> str:
    """Return a text as a reader returns it: in NFC, on one line, without controls."""
    text = normalise_spaces(unicodedata.normalize("NFC", CONTROL.sub("", text)))
    return " ".join(text.split())


# Characters that reverse what follows are a problem unless they are ended.
REVERSING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
TEXTS = st.text(
    st.one_of(
        st.sampled_from("\"'#:-[]{}|>&*!%@`\\, ?~=.0n\t\u00a0"),
        st.characters(codec="utf-8", exclude_characters=REVERSING),
    )
).map(normalise)
SEEN = TEXTS.filter(lambda text: any(unicodedata.category(each)[0] not in "CZ" for each in text))
SHOWN = SEEN | st.just("")
LISTS = st.lists(SEEN, max_size=3)
NUMBERS = st.none() | st.integers(-999_999_999, 999_999_999)
DAYS = st.none() | st.dates(min_value=date(1000, 1, 1))
ANSWERS = st.text(st.characters(codec="utf-8")).map(
    lambda text: unicodedata.normalize("NFC", CONTROL.sub("", text))
)

ENTRIES = st.fixed_dictionaries(
    {
        "question": SEEN,
        "also_asked": LISTS,
        "order": NUMBERS,
        "related": LISTS,
        "updated": DAYS,
        "review_by": DAYS,
        "owner": SHOWN,
        "draft": st.just(value=True),
        "moved_from": LISTS,
    }
)


def test_an_entry_with_everything_is_written_a_key_a_line() -> None:
    front_matter = make_front_matter(
        "Pay: when?",
        also_asked=["pay day", "C #"],
        order=10,
        related=["office/dogs"],
        updated=date(2026, 11, 1),
        review_by=date(2027, 5, 1),
        owner="people",
        draft=True,
        moved_from=["/hc/articles/123"],
    )
    assert entry_text(front_matter, "On **Friday**.") == (
        "---\n"
        'question: "Pay: when?"\n'
        "also_asked:\n"
        "  - pay day\n"
        '  - "C #"\n'
        "order: 10\n"
        "related:\n"
        "  - office/dogs\n"
        "updated: 2026-11-01\n"
        "review_by: 2027-05-01\n"
        "owner: people\n"
        "draft: true\n"
        "moved_from:\n"
        "  - /hc/articles/123\n"
        "---\n"
        "On **Friday**.\n"
    )


@pytest.mark.parametrize(
    ("given_text", "written"),
    [
        ("Why?", "Why?"),
        ("Why  so\nlate?", "Why so late?"),
        ("C #", '"C #"'),
        ('"Who" is that?', "'\"Who\" is that?'"),
        ("It's \\ here: no", "'It''s \\ here: no'"),
        ("- one", '"- one"'),
        ("[a]", '"[a]"'),
        ("no", "no"),
        ("2026", "2026"),
        ("|", '"|"'),
        ("", '""'),
    ],
)
def test_a_text_is_in_quotes_only_if_yaml_would_not_read_all_of_it(
    given_text: str, written: str
) -> None:
    assert entry_text(make_front_matter(given_text)) == f"---\nquestion: {written}\n---\n"


@given(entry=ENTRIES, answer=ANSWERS)
def test_an_entry_reads_back_without_a_problem(entry: dict[str, Any], answer: str) -> None:
    problems = Problems()
    raw = parse_entry(entry_text(make_front_matter(**entry), answer).encode(), "pay.md", problems)
    assert all(problem.is_advice for problem in problems.found)
    assert raw
    read = {
        key: list(value) if isinstance(value, tuple) else value
        for key in entry
        for value in [getattr(raw, key)]
    }
    assert read == entry
    # The newline that ends a file is not part of its answer.
    assert f"{raw.body}\n".rstrip("\n") == answer.rstrip("\n")


@given(title=SHOWN, order=NUMBERS, summary=SHOWN)
def test_a_category_reads_back_without_a_problem(
    title: str, order: int | None, summary: str
) -> None:
    problems = Problems()
    text = category_text(CategoryFile(title=title, order=order, summary=summary))
    read = read_keys(text, CATEGORY_KEYS, path="_category.yaml", problems=problems)
    assert read == {"title": title, "order": order, "summary": summary}
    assert all(problem.is_advice for problem in problems.found)
