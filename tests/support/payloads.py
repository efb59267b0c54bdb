"""What hostile authors write, by kind: each would call `alert`, or ask elsewhere.invalid.

The payloads are known from OWASP's XSS Filter Evasion Cheat Sheet, the HTML5 Security
Cheatsheet, PortSwigger's XSS cheat sheet and the tests of DOMPurify, written down here afresh.

Without any protection, half of them work in Chromium 156. The others never do: Markdown turns
them into text (code, entities, unknown tags), only browsers of the past understood them
(`vbscript:`, `lowsrc`, `-moz-binding`), or they clobber names, which can only break a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, cycle

from .cases import read_cases, unpicture

ELSEWHERE = "elsewhere.invalid"

_SECTIONS = (each.split("\n") for each in read_cases("payloads").strip("% \n").split("\n%% "))
_PAYLOADS = {kind: tuple(map(unpicture, lines)) for kind, *lines in _SECTIONS}

URLS = _PAYLOADS.pop("urls")
"""Targets of links and pictures."""
SHORT = _PAYLOADS.pop("short")
"""Texts that could break out of a title, an attribute, a script or JSON."""
NAMES = _PAYLOADS.pop("names")
"""Names of files and folders."""

_FORMS = (
    "[x]({0}) ![x]({0})",
    '<a href="{0}">x</a> <img src="{0}" alt=x>',
    "[x]: <{0}>\n\n[x] ![x] <{0}>",
    "<a href='{0}'>x</a> [x](<{0}>) {0}",
)
BY_KIND: Mapping[str, tuple[str, ...]] = _PAYLOADS | {
    "addresses": tuple(form.format(url) for url, form in zip(URLS, cycle(_FORMS), strict=False))
}
"""Answers in Markdown."""
PAYLOADS = tuple(chain.from_iterable(BY_KIND.values()))
"""All of these answers."""
