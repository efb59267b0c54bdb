"""With any accent, every pair of colours on a page has enough contrast."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import product

import pytest
from playwright.sync_api import Browser

from faqsite.content.accent import accent_rule, nearest_readable
from faqsite.pages.assets import load_static
from tests.support.browsing import contrast
from tests.support.product import PRODUCT

STYLE = load_static(PRODUCT / "static")["assets/style.css"].decode()
# The contrast that a colour needs on another.
GROUNDS = ("ground", "raised", "tint")
CODE = tuple(f"code-{kind}" for kind in ("keyword", "name", "text", "number", "note"))
NEEDED = {
    **dict.fromkeys(product(["ink"], [*GROUNDS, "mark"]), 7.0),
    **dict.fromkeys(
        product(["ink-soft", "accent", "accent-strong", "visited", "caution"], GROUNDS), 4.5
    ),
    **dict.fromkeys(product(["on-accent"], ["accent", "accent-strong"]), 4.5),
    **dict.fromkeys(product(CODE, ["tint"]), 4.5),
    **dict.fromkeys(product(["edge"], GROUNDS), 3.0),
}
TOKENS = sorted({token for pair in NEEDED for token in pair})
EXTREMES = ["000", "fff", "f00", "0f0", "00f", "ff0", "f0f", "0ff", "888"]
# For each rule, the colours of the tokens as the screen shows them: [[red, green, blue]].
SHOW = """([tokens, rules]) => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const [style, probe] = ["style", "p"].map((name) => document.createElement(name));
  document.head.append(style);
  document.body.append(probe);
  return rules.map((rule) => {
    style.textContent = rule;
    return tokens.map((token) => {
      probe.style.color = `var(--${token})`;
      context.fillStyle = getComputedStyle(probe).color;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    });
  });
}"""


def too_weak(shown: Mapping[str, list[int]]) -> list[str]:
    """Return the pairs that have less contrast than they need."""
    return [
        f"{one} on {other} has {seen:.2f} of {needed}"
        for (one, other), needed in NEEDED.items()
        if (seen := contrast(shown[one], shown[other])) < needed
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_colours_has_enough_contrast_with_any_accent(
    browser: Browser, scheme: str
) -> None:
    chance = random.Random(1)  # noqa: S311 (the same colours in every run)
    colours = [f"#{''.join(sign * 2 for sign in each)}" for each in EXTREMES]
    colours += [f"#{chance.randrange(1 << 24):06x}" for _ in range(100)]
    rules = {"its own": "", **{each: accent_rule(nearest_readable(each)) for each in colours}}
    page = browser.new_page()
    page.set_content(f'<html data-scheme="{scheme}"><style>{STYLE}</style><body></body></html>')
    shown = page.evaluate(SHOW, [TOKENS, list(rules.values())])
    page.close()
    weak = {
        name: too_weak(dict(zip(TOKENS, each, strict=True)))
        for name, each in zip(rules, shown, strict=True)
    }
    assert {name: pairs for name, pairs in weak.items() if pairs} == {}
    # Without the style sheet, all rules would show the same.
    assert len({str(each) for each in shown}) > len(colours) / 2
