"""Links and pictures are found and rewritten in Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.transfer.oldlinks import OldLink, change_links, hold_code


def links(markdown: str) -> list[tuple[str, bool, str]]:
    """Return address, kind and text of each link, the inner ones first."""
    found = []

    def note(link: OldLink) -> OldLink:
        found.append((link.address, link.is_picture, link.text))
        return OldLink(address="")

    change_links(markdown, note)
    return found


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("A [b](c.md) d", [("c.md", False, "b")]),
        ('A [b](<c d.md> "title")', [("c d.md", False, "b")]),
        ("[a](b_(c).md)", [("b_(c).md", False, "a")]),
        ("![a](b.png)", [("b.png", True, "a")]),
        ("[![a](b.png)](c.md)", [("b.png", True, "a"), ("c.md", False, "")]),
        ("[a][r] [r][] [r]\n\n[r]: b.md 'T'", [("b.md", False, "a"), ("b.md", False, "r"),
                                              ("b.md", False, "r")]),
        ("[a] and [ ] are text\n\n[r]: b.md", []),
        ("<https://example.org/a>", [("https://example.org/a", False, "https://example.org/a")]),
        ('<a class="x" href="b.md">a</a>', [("b.md", False, "")]),
        ('<img width="3" src="b.png" alt="a">', [("b.png", True, "a")]),
        ("`[a](b.md)` and\n\n```\n[a](b.md)\n```\n\n    [a](b.md)\n", []),
        ("[`a`](b.md)", [("b.md", False, "`a`")]),
        ("- a\n\n    [b](c.md)\n", [("c.md", False, "b")]),
        ("!!! note\n    a\n\n    [b](c.md)\n", [("c.md", False, "b")]),
        ("[^1]: a\n\n    [b](c.md)\n", [("c.md", False, "b")]),
        (r"\[a](b.md)", []),
        ("[a](b&amp;c.md)", [("b&c.md", False, "a")]),
        ("A note[^1]\n\n[^1]: [a](b.md)", [("b.md", False, "a")]),
    ],
)  # fmt: skip
def test_links_are_found_outside_code(markdown: str, expected: list[tuple[str, bool, str]]) -> None:
    assert links(markdown) == expected


SIGNS = st.text(st.sampled_from("ab[]()!<>\"'`\n #:^\\-*~"), max_size=60)


@given(SIGNS)
def test_held_code_is_restored(text: str) -> None:
    held, restore = hold_code(text)
    assert restore(held) == text


@given(SIGNS.filter(lambda text: "]:" not in text and "<" not in text))
def test_written_links_are_found_again(text: str) -> None:
    assert links(change_links(text, lambda link: link)) == links(text)


def test_a_text_full_of_brackets_is_read_to_the_end() -> None:
    text = "[" * 20_000 + "](a.md)" * 100 + "[b](c.md)"
    assert links(text)[-1] == ("c.md", False, "b")
