"""What hostile authors write, by kind: each would call `alert`, or ask elsewhere.invalid.

Known from OWASP's XSS Filter Evasion Cheat Sheet, the HTML5 Security Cheatsheet, PortSwigger's
XSS cheat sheet, and the tests of DOMPurify; written down here anew, as facts.

Without any wall, half of them do so in Chromium 156. The rest does not in any case: what
Markdown makes text of (code, entities, tags that HTML has not), what only browsers that are gone
understood (`vbscript:`, `lowsrc`, `-moz-binding`), and most clobbers, which can only break.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path

ELSEWHERE = "elsewhere.invalid"

_PICTURED = {0x2400 + code: code for code in range(33)}


def _payloads() -> Mapping[str, tuple[str, ...]]:
    """Return the payloads by kind, from a file that holds one to a line.

    In it a control character stands as its picture, such as ␊, one that cannot be seen as {U+202E}.
    """
    text = (Path(__file__).parent.parent / "cases/payloads.txt").read_text(encoding="utf-8")
    plain = re.sub(r"\{U\+([0-9A-F]{4})\}", lambda mark: chr(int(mark[1], 16)), text)
    kinds = (section.split("\n", 1) for section in plain.removeprefix("%% ").split("\n%% "))
    return {
        kind: tuple(each.translate(_PICTURED) for each in lines.removesuffix("\n").split("\n"))
        for kind, lines in kinds
    }


_PAYLOADS = _payloads()
URLS = _PAYLOADS["urls"]
"""Where links and pictures lead."""
SHORT = _PAYLOADS["short"]
"""What would break out of a title, an attribute, a script or JSON."""
NAMES = _PAYLOADS["names"]
"""What a file or folder can be called."""

_FORMS = (
    "[x]({0}) ![x]({0})",
    '<a href="{0}">x</a> <img src="{0}" alt=x>',
    "[x]: <{0}>\n\n[x] ![x] <{0}>",
    "<a href='{0}'>x</a> [x](<{0}>) {0}",
)
BY_KIND: Mapping[str, tuple[str, ...]] = {
    **{kind: each for kind, each in _PAYLOADS.items() if kind not in {"urls", "short", "names"}},
    "addresses": tuple(form.format(url) for url, form in zip(URLS, cycle(_FORMS), strict=False)),
}
"""Answers in Markdown."""
