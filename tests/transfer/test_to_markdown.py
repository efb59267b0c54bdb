"""HTML becomes Markdown that reads the same, word for word."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.answers.dialect import to_html
from faqsite.answers.sanitise import clean, split_html
from faqsite.answers.symbolic import text_of
from faqsite.transfer.to_markdown import from_html, is_html, plain_text
from tests.support.cases import cases


@cases("html_to_markdown")
def test_html_becomes_markdown_as_an_editor_would_write_it(written: str, expected: str) -> None:
    assert from_html(written) == expected


def _words(html: str) -> str:
    return text_of(tuple(split_html(clean(html))))


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
def test_html_keeps_every_word(text: str) -> None:
    assert "".join(plain_text(from_html(text)).split()) == "".join(_words(text).split())


@pytest.mark.parametrize(
    "markdown",
    [
        'a **b** *c* ~~d~~ `e` x<sup>2</sup> [t](https://example.org/ "the title")',
        "- a\n  - b\n    - c\n- d\n\nText\n\n3. three\n4. four",
        "> Said.\n>\n> > Twice.",
        "| a | b | c |\n|:--|:-:|---|\n| 1 | 2<br>3 | [t](https://example.org/) |",
        "````\n```\n````",
        '!!! tip "Mind *this*"\n    Do.\n\n    - a',
        '!!! note ""\n    Do.',
        "Write **jobs@example.org**; https://a_b.org xhttps://a.org",
        "Term\n:   Meaning",
        "<details open>\n<summary>More</summary>\n\nText.\n\n</details>",
    ],
)
def test_what_a_build_made_from_markdown_becomes_the_same_again(markdown: str) -> None:
    built = to_html(markdown, lambda *_, **__: None)
    assert to_html(from_html(built), lambda *_, **__: None) == built


WORDS = st.sampled_from(["pay", "day", "R&amp;D", "1.", "a*b", "&lt;b&gt;", "Note:", "x_y", "#"])
PHRASES = st.recursive(
    WORDS | st.sampled_from(["<br>", "<b>on</b>", '<a href="https://example.org/">link</a>']),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>{2}".format,
        st.sampled_from(["b", "i", "code", "mark", "font", "del", "u", "q"]),
        inner,
        WORDS,
    ),
    max_leaves=3,
)
TREES = st.recursive(
    PHRASES | PHRASES.map("<p>{}</p>".format) | WORDS.map("<h2>{}</h2>".format),
    lambda inner: st.builds(
        str.format,
        st.sampled_from(
            [
                "<ul><li>{0}</li><li>{1}</li></ul>",
                "<ol start=3><li>{0}{1}</li></ol>",
                "<blockquote>{0}</blockquote>{1}",
                "<table><tr><th>{0}</th></tr><tr><td>{1}</td></tr></table>",
                "<div>{0}</div><odd>{1}</odd>",
                "<pre>{0}</pre>{1}",
                "<dl><dt>term</dt><dd>{0}{1}</dd></dl>",
                "<details><summary>more</summary>{0}{1}</details>",
            ]
        ),
        inner,
        inner,
    ),
    max_leaves=6,
)


@given(TREES)
def test_nested_html_keeps_every_word(text: str) -> None:
    assert "".join(plain_text(from_html(text)).split()) == "".join(_words(text).split())


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
def test_html_is_recognised_by_its_tags(text: str, is_it: bool) -> None:  # noqa: FBT001 (a case)
    assert is_html(text) is is_it
