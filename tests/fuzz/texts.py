"""Odd texts: near to a grammar, files of the tests changed a little, and anything at all.

What is near to a grammar gets deep into what reads it; what is not at all stays at its door.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from faqsite.model.problems import Problem, printable
from tests.support.documents import BRINGING, MAKE_IT_YOURS, WRITING, blocks_of
from tests.support.whole_sites import BARE, FULL, LONG

CHARACTERS = (
    *("\x00", "\x07", "\t", "\r", "\r\n", "\x0b"),
    *("\x0c", "\x1c", "\x85", "\xa0", "\u2028", "\ufeff"),
    *("\u200b", "\u202e", "\ufffe", "e\u0301", "\u0301", "é", "ß", "İ", "ς", "ﬁ", "\u1161", "한"),
    *("東京", "ｶ\uff9e", "🎧", "👩\u200d💻", "\U00010400", "\U0001d5db", "\U000e0100", "٣", "²"),
)  # fmt: skip
"""Those that are counted, composed, cased, shown or refused in a way of their own."""

EXAMPLES = tuple(
    [text for site in (FULL, BARE, LONG) for text in site.values()]
    + [block.text for page in (WRITING, MAKE_IT_YOURS, BRINGING) for block in blocks_of(page)]
)
"""Files as people write them."""
MOST_MESSAGE_CHARS = 2_000


def check_messages(problems: Iterable[Problem]) -> None:
    """Check that each problem has a message, on one line that steers no terminal."""
    for problem in problems:
        message = f"{problem.message}{problem.hint}"
        assert problem.message.strip(), problem
        assert message == printable(message), problem
        assert len(message) < MOST_MESSAGE_CHARS, problem


def mostly(usual: SearchStrategy[Any], odd: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Return what is usual, and now and then what is odd: of much that is odd nothing is read."""
    return st.integers(0, 9).flatmap(lambda number: odd if number == 9 else usual)


def joined(*pieces: str, most: int = 24) -> SearchStrategy[str]:
    """Return texts of some pieces in any order, odd characters now and then among them."""
    several = -(-20 * len(CHARACTERS) // len(pieces))
    return st.lists(st.sampled_from([*pieces * several, *CHARACTERS]), max_size=most).map("".join)


def changed(*files: str) -> SearchStrategy[str]:
    """Return files in which some lines and signs are taken out, put in, or moved."""
    lines = sorted({line for file in files for line in file.splitlines(keepends=True)})
    scraps = [*lines, *CHARACTERS, *"\n:#-'\"`*_[]()<>&|!{}=\\~0"]
    change = st.tuples(st.integers(0, 9_999), st.integers(0, 30), st.sampled_from(scraps))
    return st.builds(_change, st.sampled_from(files), st.lists(change, min_size=1, max_size=6))


def _change(file: str, changes: Sequence[tuple[int, int, str]]) -> str:
    for place, length, scrap in changes:
        at = place * len(file) // 10_000
        file = file[:at] + scrap + file[at + length :]
    return file
