"""The accent of the look: whether it can be read on a page, and the nearest that can.

The style sheet derives its colours from the accent itself; here is only what an owner has to
know before the site is published. Contrast is that of WCAG 2.2
(https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import re
from colorsys import rgb_to_hls

ACCENT = "#0a5c3d"
"""The accent of the style sheet and the icon as they come."""
LEAST_CONTRAST = 4.5

# Of --tint, the darkest ground of a light page, in whichever hue it is darkest.
_GROUND_LUMINANCE = 0.8785
_HEX = re.compile("#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_PURPLE_DEGREES, _OTHER_VISITED_HUE = range(230, 330), 250


def parse_hex(text: str) -> str | None:
    """Return "#0a5c3d" for itself, "0A5C3D" or a short form such as "#abc"; None otherwise."""
    found = _HEX.fullmatch(text)
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) > 3 else "".join(2 * digit for digit in digits))  # noqa: PLR2004 (one digit a channel)


def contrast_on_page(colour: str) -> float:
    """Return the contrast of text in a colour with the darkest ground of a light page."""
    dark, light = sorted((_luminance(colour), _GROUND_LUMINANCE))
    return (light + 0.05) / (dark + 0.05)


def nearest_readable(colour: str) -> str:
    """Return the colour if text in it can be read on a light page, otherwise darkened until so."""
    if contrast_on_page(colour) >= LEAST_CONTRAST:
        return colour
    share = ((_GROUND_LUMINANCE + 0.05) / LEAST_CONTRAST - 0.05) / _luminance(colour)
    # Rounded down: what is written has to have enough.
    return "#" + "".join(f"{int(255 * _gamma(share * light)):02x}" for light in _lights(colour))


def accent_rule(colour: str) -> str:
    """Return the rule that gives the style sheet another accent.

    Visited links are purple, except beside a purple accent.
    """
    hue, _, _ = rgb_to_hls(*_channels(colour))
    is_purple = round(360 * hue) in _PURPLE_DEGREES
    visited = f" --visited-hue: {_OTHER_VISITED_HUE};" if is_purple else ""
    return f"\n@layer tokens {{ :root {{ --brand: {colour};{visited} }} }}\n"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _lights(colour: str) -> list[float]:
    """Return the channels as amounts of light, 0 to 1 (IEC 61966-2-1)."""
    return [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for each in _channels(colour)
    ]


def _gamma(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055  # noqa: PLR2004


def _luminance(colour: str) -> float:
    red, green, blue = _lights(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
