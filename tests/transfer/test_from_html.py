"""Pages of questions."""

from __future__ import annotations

import json
import re

import pytest

from faqsite.transfer.article import SourceError
from faqsite.transfer.from_html import read_html
from tests.support.cases import cases
from tests.support.sources import pairs


@cases("html_questions")
def test_a_page_becomes_questions_and_text_that_is_left_out(written: str, expected: str) -> None:
    source = read_html(written.encode())
    found = [
        f"{each.category} | {' / '.join((each.question, *each.also_asked))}"
        f" | {' '.join(each.answer.split())}".rstrip()
        for each in source.articles
    ]
    found += [f"- {place}: {text}" for place, text in source.left_out]
    assert "\n".join(found) == expected


def test_refused_questions_are_a_page_that_can_be_imported() -> None:
    source = read_html(b"<h2>Pay</h2><h3>A &amp; B?</h3><p>1</p><h3>C?</h3><p>2</p>")
    again = source.write_refused({0: "not -- good"})[""]
    assert again.decode() == (
        '<meta charset="utf-8">\n<!-- not - - good -->\n<h2>Pay</h2>\n'
        "<details><summary>A &amp; B?</summary>\n<p>1</p>\n</details>\n"
    )
    assert pairs(read_html(again)) == [("A & B?", "\n<p>1</p>\n")]


def test_a_refused_question_keeps_its_other_wordings() -> None:
    source = read_html(b"<dl><dt>A?</dt><dt>B?</dt><dd><p>1</p></dd></dl>")
    again = read_html(source.write_refused({0: "not good"})[""])
    assert again.articles == source.articles


def test_an_unclosed_tag_does_not_swallow_the_next_refused_question() -> None:
    questions = [
        {"@type": "Question", "name": "A?", "acceptedAnswer": {"text": "1 <b>2 <!-- 3"}},
        {"@type": "Question", "name": "C?", "acceptedAnswer": {"text": "</details>4"}},
    ]
    page = f'<script type="application/ld+json">{json.dumps(questions)}</script>'
    again = read_html(page.encode()).write_refused({0: "not good", 1: "neither"})[""]
    assert [question for question, _ in pairs(read_html(again))] == ["A?", "C?"]


def test_a_page_without_questions_is_not_a_source() -> None:
    message = (
        "found no questions: no FAQPage, <details>, <dl>, or heading with a question mark; "
        "make each question a heading that ends with a question mark"
    )
    with pytest.raises(SourceError, match=f"^{re.escape(message)}$"):
        read_html(b"<h1>Hello</h1><p>Why?</p>")


def test_unreadable_bytes_are_advice(capfd: pytest.CaptureFixture[str]) -> None:
    source = read_html(b'<meta charset="utf-8"><h2>Why?</h2>\x81\xff')
    assert pairs(source) == [("Why?", "\ufffd\ufffd")]
    assert source.advice == ("replaced unreadable characters by \ufffd; save the page as UTF-8",)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [b"<![0", b"<?xml?><a>", b"https://example.org", b"\xff\xfe"])
def test_text_that_is_hardly_html_is_still_read(content: bytes) -> None:
    assert len(read_html(b"<h2>Why?</h2>So." + content).articles) == 1
