"""The accent, and what becomes of the look with one: every pair of colours, in both schemes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from faqsite.accent import (
    Oklch,
    accent_style,
    contrast,
    contrast_on_page,
    nearest_readable,
    parse_hex,
    to_hex,
)

STYLE = (Path(__file__).parent.parent / "static/style/tokens.css").read_text(encoding="utf-8")
WHITE, BLACK = Oklch(lightness=1, chroma=0, hue=0), Oklch(lightness=0, chroma=0, hue=0)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")

# What stands on what, and the contrast that it needs.
GROUNDS = ("ground", "raised", "tint")
PAIRS = [
    *(("ink", ground, 7.0) for ground in GROUNDS),
    ("ink", "mark", 7.0),
    *(
        (text, ground, 4.5)
        for text in ("ink-soft", "accent", "accent-strong")
        for ground in GROUNDS
    ),
    *((text, ground, 4.5) for text in ("visited", "caution") for ground in GROUNDS),
    *(("on-accent", button, 4.5) for button in ("accent", "accent-strong")),
    *((f"code-{kind}", "tint", 4.5) for kind in ("keyword", "name", "text", "number", "note")),
    *(("edge", ground, 3.0) for ground in GROUNDS),
]


def hex_colour(text: str) -> Oklch:
    colour = parse_hex(text)
    assert colour
    return colour


def tokens(style: str, *, is_dark: bool) -> dict[str, Oklch]:
    """Return the colours of a style sheet by their tokens, of the light or the dark scheme."""
    written = {
        name: " ".join(value.split())
        for name, value in re.findall(r"^ +--([\w-]+):([^;]*);", style, re.MULTILINE)
    }
    colours = {}
    for name, value in written.items():
        filled = re.sub(r"var\(--([\w-]*hue)\)", lambda found: written[found[1]], value)
        both = re.findall(r"#[0-9a-f]{6}|oklch\([^)]*\)", filled)
        if not value.startswith("light-dark(") or len(both) != 2:
            continue
        chosen = both[is_dark]
        if chosen.startswith("#"):
            colours[name] = hex_colour(chosen)
        else:
            numbers = [float(each) for each in re.findall(r"[\d.]+", chosen)]
            colours[name] = Oklch(lightness=numbers[0], chroma=numbers[1], hue=numbers[2])
    return colours


def too_weak(style: str) -> list[str]:
    """Return the pairs of a style sheet that have less contrast than they need."""
    found = []
    for is_dark in (False, True):
        colours = tokens(style, is_dark=is_dark)
        for one, other, needed in PAIRS:
            has = contrast(colours[one], colours[other])
            if has < needed:
                scheme = "dark" if is_dark else "light"
                found.append(f"{scheme}: {one} on {other} has {has:.2f} of {needed}")
    return found


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#0a5c3d", "#0a5c3d"),
        ("0A5C3D", "#0a5c3d"),
        ("#abc", "#aabbcc"),
        ("fff", "#ffffff"),
        ("#000000", "#000000"),
    ],
)
def test_a_colour_is_read_in_hexadecimal(text: str, colour: str) -> None:
    assert to_hex(hex_colour(text)) == colour


@pytest.mark.parametrize("text", ["", "#", "green", "#12", "#1234", "#12345g", "##123", "#12 34"])
def test_another_text_is_no_colour(text: str) -> None:
    assert parse_hex(text) is None


@given(COLOURS)
def test_a_colour_is_the_same_after_oklch_and_back(text: str) -> None:
    assert to_hex(hex_colour(text)) == text


@pytest.mark.parametrize(
    ("text", "lightness", "chroma", "hue"),
    # Of the table in CSS Color 4 and its sample code.
    [
        ("#ff0000", 0.628, 0.258, 29.2),
        ("#00ff00", 0.866, 0.295, 142.5),
        ("#0000ff", 0.452, 0.313, 264.1),
    ],
)
def test_oklch_is_that_of_the_standard(
    text: str, lightness: float, chroma: float, hue: float
) -> None:
    colour = hex_colour(text)
    assert (round(colour.lightness, 3), round(colour.chroma, 3)) == (lightness, chroma)
    assert colour.hue == pytest.approx(hue, abs=0.05)


def test_a_colour_that_no_screen_shows_loses_chroma_and_keeps_its_hue() -> None:
    shown = hex_colour(to_hex(Oklch(lightness=0.82, chroma=0.3, hue=264)))
    assert shown.hue == pytest.approx(264, abs=3)
    assert shown.lightness == pytest.approx(0.82, abs=0.01)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#1db954", "#1db954", 1.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(hex_colour(one), hex_colour(other)), 2) == ratio


@given(COLOURS)
@example("#ffffff")
@example("#ffff00")
@example("#f1ca20")
@example("#70f273")
def test_the_nearest_readable_colour_is_readable_and_not_darker_than_it_must_be(text: str) -> None:
    colour = hex_colour(text)
    nearest = nearest_readable(colour)
    assert contrast_on_page(nearest) >= 4.5
    # It is taken as it is when the owner writes it.
    assert nearest_readable(hex_colour(to_hex(nearest))) == nearest
    if contrast_on_page(colour) >= 4.5:
        assert to_hex(nearest) == text
    else:
        assert contrast_on_page(nearest) < 4.75


def test_the_look_as_it_comes_has_enough_contrast_everywhere() -> None:
    assert too_weak(STYLE) == []


@given(COLOURS)
@example("#000000")
@example("#ffffff")
@example("#ff0000")
@example("#0000ff")
@example("#ffff00")
@example("#ff00ff")
@example("#00ffff")
def test_the_look_has_enough_contrast_everywhere_with_any_accent(text: str) -> None:
    assert too_weak(STYLE + accent_style(nearest_readable(hex_colour(text)))) == []


def test_an_accent_sets_the_tokens_anew_and_nothing_else() -> None:
    assert accent_style(hex_colour("#1d4ed8")) == (
        "\n@layer tokens {\n  :root {\n"
        "    --accent: light-dark(#1d4ed8, #a7c4ff);\n"
        "    --accent-strong: light-dark(#062eb9, #c9dbff);\n"
        "    --hue: 264.4;\n"
        "  }\n}\n"
    )


@pytest.mark.parametrize(("text", "hue"), [("#6b21a8", "250"), ("#1d4ed8", None), ("#222", None)])
def test_visited_links_differ_from_an_accent_that_is_purple(text: str, hue: str | None) -> None:
    found = re.search(r"--visited-hue: (\d+)", accent_style(hex_colour(text)))
    assert (found[1] if found else None) == hue


def test_a_grey_accent_leaves_the_neutral_colours_as_they_are() -> None:
    assert "--hue" not in accent_style(hex_colour("#444444"))
