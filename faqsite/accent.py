"""The accent of the look: is it read on a page, what is the nearest that is, and its tokens.

Colours are OKLCH as Ottosson defines it (https://bottosson.github.io/posts/oklab/),
contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

__all__ = [
    "Oklch",
    "accent_style",
    "contrast",
    "contrast_on_page",
    "nearest_readable",
    "parse_hex",
    "to_hex",
]

_LEAST_CONTRAST = 4.5
_GREY_CHROMA = 0.02
_NEARLY_BLACK = 0.3
_HEX = re.compile("#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 20

# What style.css has: the hue to which neutral colours lean, also where a grey accent has
# none; the darkest ground of a light page; the hue of visited links, and the one to take
# where the accent is near that.
_DEFAULT_HUE = 160
_TINT_LIGHTNESS, _TINT_CHROMA = 0.955, 0.012
_VISITED_HUE, _OTHER_VISITED_HUE, _NEAR_DEGREES = 310, 250, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Oklch:
    """A colour: lightness 0 to 1, chroma from 0 (grey) to about 0.37, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def parse_hex(text: str) -> Oklch | None:
    """Return the colour of "#0a5c3d", "#abc" or the same without "#"; None for any other text."""
    found = _HEX.fullmatch(text)
    if found is None:
        return None
    digits = found[1] if len(found[1]) > 3 else "".join(2 * digit for digit in found[1])  # noqa: PLR2004 (one digit a channel)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(
        lightness=0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        chroma=math.hypot(a, b),
        hue=math.degrees(math.atan2(b, a)) % 360,
    )


def to_hex(colour: Oklch) -> str:
    """Return the colour as "#0a5c3d", with as much less chroma as a screen needs to show it."""
    low, high = 0.0, colour.chroma
    shown = colour
    for _ in range(_STEPS):
        if _is_shown(shown):
            low = shown.chroma
        else:
            high = shown.chroma
        if low == high:
            break
        shown = replace(colour, chroma=(low + high) / 2)
    channels = (_gamma(min(1, max(0, each))) for each in _rgb(replace(shown, chroma=low)))
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def contrast(one: Oklch, other: Oklch) -> float:
    """Return the contrast of two colours as a screen shows them, 1 to 21."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def contrast_on_page(colour: Oklch) -> float:
    """Return the contrast of text in a colour with the darkest ground of a light page."""
    hue = colour.hue if colour.chroma >= _GREY_CHROMA else _DEFAULT_HUE
    return contrast(colour, Oklch(lightness=_TINT_LIGHTNESS, chroma=_TINT_CHROMA, hue=hue))


def nearest_readable(colour: Oklch) -> Oklch:
    """Return the colour if text in it is read on a light page, else it darkened until it is."""
    if contrast_on_page(colour) >= _LEAST_CONTRAST:
        return colour
    nearest, low, high = colour, 0.0, colour.lightness
    for _ in range(_STEPS):
        middle = (low + high) / 2
        # What is judged is what the owner will write.
        written = parse_hex(to_hex(replace(colour, lightness=middle)))
        if written and contrast_on_page(written) >= _LEAST_CONTRAST:
            nearest, low = written, middle
        else:
            high = middle
    return nearest


def accent_style(accent: Oklch) -> str:
    """Return the rule that gives the tokens of style.css another accent.

    On dark pages the accent keeps its hue and as much of its chroma as is calm there.
    """
    dark = replace(accent, lightness=0.82, chroma=min(accent.chroma, 0.12))
    # What is nearly black already stands out by being lighter.
    stronger = accent.lightness - 0.09 if accent.lightness > _NEARLY_BLACK else 0.4
    strong = replace(accent, lightness=stronger)
    tokens = {
        "accent": f"light-dark({to_hex(accent)}, {to_hex(dark)})",
        "accent-strong": f"light-dark({to_hex(strong)}, {to_hex(replace(dark, lightness=0.89))})",
    }
    if accent.chroma >= _GREY_CHROMA:
        tokens["hue"] = f"{accent.hue:.1f}"
        if abs((accent.hue - _VISITED_HUE + 180) % 360 - 180) < _NEAR_DEGREES:
            tokens["visited-hue"] = str(_OTHER_VISITED_HUE)
    rules = "".join(f"    --{name}: {value};\n" for name, value in tokens.items())
    return f"\n@layer tokens {{\n  :root {{\n{rules}  }}\n}}\n"


def _rgb(colour: Oklch) -> tuple[float, float, float]:
    """Return linear red, green and blue, outside 0 to 1 where no screen shows the colour."""
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_shown(colour: Oklch) -> bool:
    rounding = 1e-4
    return all(-rounding <= channel <= 1 + rounding for channel in _rgb(colour))


def _luminance(colour: Oklch) -> float:
    digits = to_hex(colour)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """Return a channel of sRGB as an amount of light, both 0 to 1 (IEC 61966-2-1)."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _gamma(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055  # noqa: PLR2004
