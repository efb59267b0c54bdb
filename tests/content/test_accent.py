"""The accent: how to write it, and which colours can be read on a page."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from faqsite.content.accent import accent_rule, contrast_on_page, nearest_readable, parse_hex

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#0a5c3d", "#0a5c3d"),
        ("0A5C3D", "#0a5c3d"),
        ("#aBc", "#aabbcc"),
        ("fff", "#ffffff"),
        ("#000000", "#000000"),
        *(
            (text, None)
            for text in ("", "#", "green", "#12", "#1234", "#12345g", "##123", "#12 34")
        ),
    ],
)
def test_a_colour_is_hexadecimal(text: str, colour: str | None) -> None:
    assert parse_hex(text) == colour


@pytest.mark.parametrize(
    ("colour", "ratio"),
    # Of white with the ground, and of black: these two multiply to that of black with white.
    [("#ffffff", 1.13), ("#000000", 18.57), ("#777777", 3.96)],
)
def test_contrast_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert round(contrast_on_page(colour), 2) == ratio


@given(COLOURS)
@example("#ffffff")
@example("#ffff00")
@example("#f1ca20")
@example("#70f273")
def test_the_nearest_readable_colour_is_readable_and_not_darker_than_it_must_be(text: str) -> None:
    nearest = nearest_readable(text)
    assert contrast_on_page(nearest) >= 4.5
    # An owner who writes it has no further problem.
    assert nearest_readable(nearest) == nearest
    if contrast_on_page(text) >= 4.5:
        assert nearest == text
    else:
        assert contrast_on_page(nearest) < 4.75


@pytest.mark.parametrize(
    ("accent", "tokens"),
    [
        ("#1d4ed8", "--brand: #1d4ed8;"),
        ("#444444", "--brand: #444444;"),
        ("#6b21a8", "--brand: #6b21a8; --visited-hue: 250;"),
    ],
)
def test_an_accent_sets_its_token_and_moves_visited_links_away_from_purple(
    accent: str, tokens: str
) -> None:
    assert accent_rule(accent) == f"\n@layer tokens {{ :root {{ {tokens} }} }}\n"
