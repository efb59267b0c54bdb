"""HTML and plain text become Markdown that reads the same, word for word."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqsite.parts import words_of
from faqsite.sanitise import clean, tokens
from faqsite.to_markdown import from_html, from_text, is_html, plain_words


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Yes, <b>always</b> &amp; <i>now</i>.</p>", "Yes, **always** & *now*."),
        ("<b>a<strong>b</strong></b>", "**ab**"),
        ("one<br>two", "one\\\ntwo"),
        ("<ul><li>one<ul><li>two</li></ul></li></ul>", "- one\n  - two"),
        ("<ol start=3><li>three</li><li>four</li></ol>", "3. three\n4. four"),
        ("<h2>Pay</h2><p>Day.</p>", "## Pay\n\nDay."),
        ('<pre><code class="language-python">x = 1\n</code></pre>', "```python\nx = 1\n```"),
        ("<code>a`b</code>", "`` a`b ``"),
        ("x<sup>2</sup>", "x<sup>2</sup>"),
        ("<blockquote><p>Said.</p></blockquote>", "> Said."),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term\n:   Meaning"),
        ("<strike>gone</strike>", "~~gone~~"),
        ('<a href="/pay day">pay</a>', "[pay](/pay%20day)"),
        ('<a href="https://example.org/a">https://example.org/a</a>', "<https://example.org/a>"),
        ("<a>nowhere</a>", "nowhere"),
        ('<img src="a.png" alt="A [b]">', "![A \\[b\\]](a.png)"),
        ('<iframe src="//example.org/v"></iframe>', "<https://example.org/v>"),
        ("<script>alert(1)</script><style>p{}</style>Text", "Text"),
        (
            "<details><summary>More</summary><p>Text.</p></details>",
            "<details>\n<summary>More</summary>\n\nText.\n\n</details>",
        ),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x|y</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1 | x\\|y |",
        ),
        (
            '<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>',
            (
                '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody>'
                "</table>"
            ),
        ),
        ("one <![<!--]]>two<!-- three -->", "one two"),
        ("https://example.org/a", "https://example.org/a"),
        ("map.html", "map.html"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("&lt;b&gt; and &amp;copy;", "\\<b\\> and \\&copy;"),
        ("a*b*c and _d_", "a\\*b\\*c and \\_d\\_"),
        ("snake_case and 2*3", "snake_case and 2*3"),
        ("a<![0 b", "a<![0 b"),
        ('<?xml version="1.0"?><p>a</p>', "a"),
    ],
)
def test_html_becomes_the_markdown_that_an_editor_would_write(html: str, markdown: str) -> None:
    assert from_html(html) == markdown


def _words(html: str) -> str:
    return words_of(tuple(tokens(clean(html))))


SIGNS = st.text(st.sampled_from("ab1 \n.)#*_~`<>[](){}!|:=+-&;\\\"'/é"), max_size=30)
INLINE = ("b", "i", "em", "strong", "code", "sup", "del", "span", "u", "kbd")
BLOCKS = ("p", "div", "blockquote", "h2", "li", "pre")


@st.composite
def html(draw: st.DrawFn) -> str:
    """Return some blocks with inline elements and signs of Markdown in them."""
    parts = []
    for block in draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=3)):
        inner = ""
        for tag in draw(st.lists(st.sampled_from(("", *INLINE)), max_size=3)):
            text = escape(draw(SIGNS))
            inner += f"<{tag}>{text}</{tag}>" if tag else text
        element = f"<{block}>{inner}</{block}>"
        parts.append(f"<ul>{element}</ul>" if block == "li" else element)
    return "".join(parts)


@given(html())
@settings(max_examples=300)
def test_no_word_is_lost_or_changed(text: str) -> None:
    assert "".join(plain_words(from_html(text)).split()) == "".join(_words(text).split())


@given(SIGNS)
@settings(max_examples=300)
def test_plain_text_reads_as_it_stands(text: str) -> None:
    assert "".join(plain_words(from_text(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("<p>Yes.</p>", True),
        ("Yes,<br />no", True),
        ("a&nbsp;b", True),
        ("a < b, R&D", False),
        ("Map<String, Int>", False),
        ("**Yes**", False),
    ],
)
def test_html_is_known_by_its_tags(text: str, is_it: bool) -> None:  # noqa: FBT001 (a case)
    assert is_html(text) is is_it
