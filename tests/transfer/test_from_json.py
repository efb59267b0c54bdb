"""`FAQPage` in JSON-LD, and the exports of help centres."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from faqsite.transfer.article import ImportSource, Keys, SourceError
from faqsite.transfer.from_json import read_json
from tests.support.sources import only, pairs


def read(parsed: Any, **mapped: str) -> ImportSource:  # noqa: ANN401 (JSON)
    return read_json(json.dumps(parsed).encode(), Keys(mapped, ()))


QUESTION = {"@type": "Question", "name": "Why?", "acceptedAnswer": {"text": "<p>So.</p>"}}


@pytest.mark.parametrize(
    "parsed",
    [
        {"@type": "FAQPage", "mainEntity": [QUESTION]},
        {"@type": "FAQPage", "mainEntity": QUESTION},
        {"@graph": [{"@type": "WebPage"}, {"@type": "FAQPage", "mainEntity": [QUESTION]}]},
        [{"@type": ["FAQPage", "WebPage"], "mainEntity": [QUESTION]}],
        {"@type": "QAPage", "mainEntity": {**QUESTION, "acceptedAnswer": [{"text": "<p>So.</p>"}]}},
    ],
)
def test_schema_org_questions_are_found_at_any_depth(parsed: Any) -> None:  # noqa: ANN401
    assert pairs(read(parsed)) == [("Why?", "<p>So.</p>")]


ZENDESK = {
    "articles": [
        {
            "id": 7,
            "title": "When is pay day?",
            "body": "<p>Friday.</p>",
            "html_url": "https://help.example.org/hc/en-us/articles/7-When",
            "section_id": 3,
            "updated_at": "2026-11-01T09:00:00Z",
            "draft": True,
            "position": 0,
            "locale": "en-us",
            "vote_sum": 4,
        }
    ],
    "sections": [{"id": 3, "name": "Salary", "description": "All of it", "category_id": 2}],
    "categories": [{"id": 2, "name": "Pay/Benefits"}],
}
INTERCOM = {
    "type": "list",
    "data": [
        {
            "id": "7",
            "title": "When is pay day?",
            "description": "In short",
            "body": "<p>Friday.</p>",
            "url": "https://help.example.org/hc/en-us/articles/7-When",
            "state": "draft",
            "updated_at": 1793523600,
        }
    ],
}
FRESHDESK = [
    {
        "category": {
            "name": "Pay/Benefits",
            "folders": [
                {
                    "name": "Salary",
                    "articles": [
                        {
                            "title": "When is pay day?",
                            "description": "<p>Friday.</p>",
                            "status": 1,
                            "updated_at": "2026-11-01T09:00:00Z",
                            "tags": ["wage"],
                        }
                    ],
                }
            ],
        }
    }
]


@pytest.mark.parametrize(
    ("parsed", "category"),
    [(ZENDESK, "Pay Benefits/Salary"), (INTERCOM, ""), (FRESHDESK, "Pay Benefits/Salary")],
    ids=["Zendesk", "Intercom", "Freshdesk"],
)
def test_exports_of_help_centres_are_read(parsed: Any, category: str) -> None:  # noqa: ANN401
    entry = only(read(parsed))
    assert (entry.question, entry.answer) == ("When is pay day?", "<p>Friday.</p>")
    assert (entry.category, entry.draft, entry.updated) == (category, True, date(2026, 11, 1))
    assert entry.problems == ()


def test_faq_json_of_a_site_is_read() -> None:
    answer = {"text": "So.", "html": "<p>So.</p>"}
    entry = {"question": "Why?", "category": "pay/index.html", "answer": answer}
    source = read({"title": "FAQ", "description": "All of it", "entries": [entry]})
    assert pairs(source) == [("Why?", "<p>So.</p>")]
    assert only(source).category == "pay"


def test_the_address_of_an_article_is_its_base_and_its_old_address() -> None:
    entry = only(read(ZENDESK))
    address = "https://help.example.org/hc/en-us/articles/7-When"
    assert (entry.base, entry.moved_from) == (address, (address,))


def test_unknown_keys_are_left_out_and_named_once() -> None:
    assert read(ZENDESK).advice == ("left out locale; to keep one, add --map KEY=also_asked",)


def test_keys_can_be_mapped() -> None:
    source = read([{"ask": "Why?", "say": "So.", "kw": ["a"]}], ask="question", say="answer",
                   kw="also_asked")  # fmt: skip
    assert pairs(source) == [("Why?", "So.")]
    assert only(source).also_asked == ("a",)


@pytest.mark.parametrize("parsed", [ZENDESK, INTERCOM, FRESHDESK, QUESTION])
def test_refused_articles_are_read_again_unchanged(parsed: Any) -> None:  # noqa: ANN401
    source = read(parsed)
    again = read_json(source.write_refused({0: "not good"})[""], Keys({}, ()))
    entry, twice = only(source), only(again)
    assert (twice.question, twice.answer, twice.category, twice.updated, twice.draft) == (
        entry.question, entry.answer, entry.category, entry.updated, entry.draft
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a":\n oops}', "line 2 is not valid JSON: Expecting value; export it again"),
        (b"[" * 100_000, "this is not readable JSON; export it again"),
    ],
)
def test_invalid_json_is_reported_with_its_line(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=f"^{re.escape(message)}$"):
        read_json(content, Keys({}, ()))


@pytest.mark.parametrize("parsed", [None, 1, [], {}, [{"question": "Why?"}], {"answer": "x"}])
def test_json_without_articles_is_not_a_source(parsed: Any) -> None:  # noqa: ANN401
    message = (
        "nothing in this file has a question and an answer; name their keys: "
        "--map KEY=question --map KEY=answer"
    )
    with pytest.raises(SourceError, match=f"^{re.escape(message)}$"):
        read(parsed)


def test_an_unknown_state_does_not_make_a_draft() -> None:
    article = {"title": "Why?", "body": "So.", "state": ["published"]}
    assert only(read({"articles": [article]})).draft is False
