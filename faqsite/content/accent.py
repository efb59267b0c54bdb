"""The accent: whether text in it can be read on a page, and the nearest colour that can.

The style sheet derives its colours from the accent. Contrast is that of WCAG 2.2
(https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import re
from colorsys import rgb_to_hls

ACCENT = "#0a5c3d"
"""The accent of the style sheet and the icon as shipped."""
LEAST_CONTRAST = 4.5

# Of --tint, the darkest background of a light page, in the hue in which it is darkest.
_GROUND_LUMINANCE = 0.8785
_HEX = re.compile("#?([0-9a-f]{6}|([0-9a-f])([0-9a-f])([0-9a-f]))", re.IGNORECASE)
_PURPLE_DEGREES, _OTHER_VISITED_HUE = range(230, 330), 250


def parse_hex(text: str) -> str | None:
    """Return "#0a5c3d" for itself, "0A5C3D" or a short form such as "#abc"; None otherwise."""
    found = _HEX.fullmatch(text)
    return found and "#" + (found.expand(r"\2\2\3\3\4\4") or found[1]).lower()


def contrast_on_page(colour: str) -> float:
    """Return the contrast of text in a colour with the darkest background of a light page."""
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (sRGB)
        for each in (channel / 255 for channel in _split_channels(colour))
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    dark, light = sorted((luminance, _GROUND_LUMINANCE))
    return (light + 0.05) / (dark + 0.05)


def nearest_readable(colour: str) -> str:
    """Return the colour, darkened until text in it can be read on a light page."""
    shades = (
        "#" + "".join(f"{channel * share // 256:02x}" for channel in _split_channels(colour))
        for share in range(256, -1, -1)
    )
    return next(shade for shade in shades if contrast_on_page(shade) >= LEAST_CONTRAST)


def accent_rule(colour: str) -> str:
    """Return the CSS rule that sets the accent.

    Visited links are purple, unless the accent is.
    """
    hue, _, _ = rgb_to_hls(*(channel / 255 for channel in _split_channels(colour)))
    is_purple = round(360 * hue) in _PURPLE_DEGREES
    visited = f" --visited-hue: {_OTHER_VISITED_HUE};" if is_purple else ""
    return f"\n@layer tokens {{ :root {{ --brand: {colour};{visited} }} }}\n"


def _split_channels(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])
