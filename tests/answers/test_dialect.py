"""Markdown is read as GitHub shows it, and HTML that Markdown cannot express is kept."""

from __future__ import annotations

import pytest

from tests.support.answers import html_of
from tests.support.cases import cases


@cases("markdown")
def test_markdown_is_read_as_on_github(written: str, expected: str) -> None:
    assert html_of(written) == expected


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("one  \ntwo\\\nthree", "<p>one<br>two<br>three</p>"),
        ("Größe 東京 🎧 \u202eabc", "<p>Größe 東京 🎧 \u202eabc</p>"),
        ("", ""),
    ],
)
def test_breaks_and_odd_characters_are_kept(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


def test_long_code_is_not_highlighted() -> None:
    assert "<span" not in html_of("```python\n" + "pass\n" * 401 + "```")
    assert html_of(("```python\n" + "pass\n" * 300 + "```\n") * 10).count("<span") == 1500
