"""Markdown is read as an editor sees it on GitHub; HTML it has no sign for is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.answers.dialect import MAX_NESTING, ExcessError, shared_parser, to_html
from tests.support.answers import html_of
from tests.support.cases import cases


@cases("markdown")
def test_markdown_is_read_as_on_github_and_html_that_it_has_no_sign_for_is_kept(
    written: str, expected: str
) -> None:
    assert html_of(written) == expected


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("one  \ntwo\\\nthree", "<p>one<br>two<br>three</p>"),
        ("Größe 東京 🎧 \u202eabc", "<p>Größe 東京 🎧 \u202eabc</p>"),
        ("", ""),
    ],
)
def test_words_keep_what_the_owner_wrote(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


def test_long_code_is_not_coloured() -> None:
    assert "<span" not in html_of("```python\n" + "pass\n" * 401 + "```")
    assert html_of(("```python\n" + "pass\n" * 300 + "```\n") * 10).count("<span") == 1500


SIGNS = r"a \ ` `` * ** _ ~~ [ ](b.md) ![ <b> </b> &amp; & : / ! # | [^1] [^1]: [a]:"
PIECES = st.sampled_from(
    [
        *SIGNS.split(),
        "a@b.ch",
        "http://a.b",
        "WWW.a",
        " ",
        "  ",
        "- ",
        "> ",
        "\n",
        "\n\n",
        "```py\nx = 1\n```\n",
        "| a |\n|-|\n",
    ]
)
MARKDOWN = st.lists(PIECES, max_size=20).map("".join)


def read(markdown: str) -> tuple[str, list[tuple[str, str, str]]]:
    reported: list[tuple[str, str, str]] = []
    try:
        return to_html(markdown, lambda *told: reported.append(told)), reported
    except AttributeError as error:  # Python-Markdown's own, on a footnote without a text.
        return str(error), reported


@given(MARKDOWN, MARKDOWN)
def test_an_answer_is_read_alike_whatever_was_read_before(before: str, markdown: str) -> None:
    shared_parser.cache_clear()
    alone = read(markdown)
    read(before)
    assert read(markdown) == alone


def test_what_was_left_in_the_middle_does_not_reach_the_next_answer() -> None:
    with pytest.raises(ExcessError):
        read("> " * (MAX_NESTING + 1) + "a")
    assert read("> a") == ("<blockquote>\n<p>a</p>\n</blockquote>", [])


@given(MARKDOWN)
def test_text_without_a_sign_reads_as_if_every_pattern_had_looked(markdown: str) -> None:
    shared_parser.cache_clear()
    quick = read(markdown)
    shared_parser().treeprocessors.deregister("plain_text")
    try:
        assert read(markdown) == quick
    finally:
        shared_parser.cache_clear()
