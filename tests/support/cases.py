"""Tables of cases in text files: what an author writes, and what is expected.

In `tests/cases/NAME.txt`, a line %% begins a case and a line => divides its two texts:

    %%
    language: English
    =>
    2: "language" must be the tag of a language
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_PICTURED = {0x2400 + code: code for code in range(33)}


def read_cases(name: str) -> str:
    """Return the text of a file of cases."""
    return (Path(__file__).parent.parent / f"cases/{name}.txt").read_text(encoding="utf-8")


def unpicture(text: str) -> str:
    """Return a text with the characters that pictures such as ␊ and {U+202E} mean."""
    text = re.sub(r"\{U\+([0-9A-F]{4,6})\}", lambda mark: chr(int(mark[1], 16)), text)
    return text.translate(_PICTURED)


def cases(name: str, *odd: tuple[str, str]) -> pytest.MarkDecorator:
    """Parametrise a test with `written` and `expected`: the cases of a file and some odd ones.

    Odd cases are those that a text file cannot show, such as one that ends with a space.
    """
    text = read_cases(name).removeprefix("%%\n")
    parts = (case.partition("\n=>\n") for case in text.split("\n%%\n"))
    return pytest.mark.parametrize(
        ("written", "expected"),
        [
            pytest.param(written, expected.removesuffix("\n"), id=written[:60])
            for written, _, expected in (*parts, *((each[0], "", each[1]) for each in odd))
        ],
    )
