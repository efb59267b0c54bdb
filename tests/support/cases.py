"""Tables of cases in files of text: what is written, and what comes of it.

A case of `tests/cases/NAME.txt` begins with a line %%, and a line => divides its two texts:

    %%
    language: English
    =>
    2: "language" must be the tag of a language
"""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "cases"


def cases(name: str, *odd: tuple[str, str]) -> pytest.MarkDecorator:
    """Return the decorator of a test of `written` and `expected`, for each case and odd ones.

    Odd are those that a file of text cannot show, such as one that ends with a space.
    """
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    parts = (case.partition("\n=>\n") for case in text.removeprefix("%%\n").split("\n%%\n"))
    return pytest.mark.parametrize(
        ("written", "expected"),
        [
            pytest.param(written, expected.removesuffix("\n"), id=written[:60])
            for written, _, expected in (*parts, *((each[0], "", each[1]) for each in odd))
        ],
    )
