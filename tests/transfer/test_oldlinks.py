"""Links and pictures of Markdown, found and put back."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.transfer.oldlinks import OldLink, Piece, apart_from_code, find_links, written


def links(pieces: Iterable[Piece]) -> list[tuple[str, bool, str]]:
    """Return the address of each link, whether it is a picture, and its text."""
    found = []
    for piece in pieces:
        if isinstance(piece, OldLink):
            text = "".join(each for each in piece.text if isinstance(each, str))
            found.append((piece.address, piece.is_picture, text))
            found += links(piece.text)
    return found


def whole(pieces: Iterable[Piece]) -> str:
    return "".join(
        piece if isinstance(piece, str) else written(piece, piece.address, whole(piece.text))
        for piece in pieces
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("A [b](c.md) d", [("c.md", False, "b")]),
        ('A [b](<c d.md> "title")', [("c d.md", False, "b")]),
        ("[a](b_(c).md)", [("b_(c).md", False, "a")]),
        ("![a](b.png)", [("b.png", True, "a")]),
        ("[![a](b.png)](c.md)", [("c.md", False, ""), ("b.png", True, "a")]),
        ("[a][r] [r][] [r]\n\n[r]: b.md 'T'", [("b.md", False, "a"), ("b.md", False, "r"),
                                              ("b.md", False, "r")]),
        ("[a] and [ ] are none\n\n[r]: b.md", []),
        ("<https://example.org/a>", [("https://example.org/a", False, "https://example.org/a")]),
        ('<a class="x" href="b.md">a</a>', [("b.md", False, "")]),
        ('<img width="3" src="b.png" alt="a">', [("b.png", True, "a")]),
        ("`[a](b.md)` and\n\n```\n[a](b.md)\n```\n\n    [a](b.md)\n", []),
        ("[`a`](b.md)", [("b.md", False, "`a`")]),
        ("- a\n\n    [b](c.md)\n", [("c.md", False, "b")]),
        (r"\[a](b.md)", []),
        ("[a](b&amp;c.md)", [("b&c.md", False, "a")]),
        ("A note[^1]\n\n[^1]: [a](b.md)", [("b.md", False, "a")]),
    ],
)  # fmt: skip
def test_links_are_found_but_not_in_code(
    markdown: str, expected: list[tuple[str, bool, str]]
) -> None:
    assert links(find_links(markdown)) == expected


SIGNS = st.text(st.sampled_from("ab[]()!<>\"'`\n #:^\\-*~"), max_size=60)


@given(SIGNS)
def test_what_stands_around_code_is_all_of_the_text(text: str) -> None:
    assert "".join(piece for _, piece in apart_from_code(text)) == text


@given(SIGNS.filter(lambda text: "]:" not in text and "<" not in text))
def test_links_put_back_are_the_links_again(text: str) -> None:
    pieces = find_links(text)
    assert links(find_links(whole(pieces))) == links(pieces)


def test_a_text_full_of_brackets_is_read_to_its_end() -> None:
    text = "[" * 20_000 + "](a.md)" * 100 + "[b](c.md)"
    assert links(find_links(text))[-1] == ("c.md", False, "b")
