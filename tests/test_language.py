"""Everything that people read is in plain English: see "Style" in CONTRIBUTING.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.product import PROJECT

PLACES = (
    *("*.md", "docs/**/*.md", "templates/*.*", "templates/[fp]*/*.*", ".ci/*"),
    *("Makefile", "pyproject.toml", ".github/**/*.md", ".github/**/*.yml"),
    *("benchmarks/*.*", "tools/*.*", "faqsite/**/*.py", "faqsite/**/*.[cj]s*", "static/js/**/*.js"),
    *("static/style/*.css", "tests/*.py", "tests/*/test_*.py"),
)

# Regular expressions. A space also matches the end of a line, and "_" in a name.
PHRASES = {
    "told": "reported, printed, shown",
    "tells? (of|whether)": "reports, returns whether",
    "stands?": "is",
    "lies": "is",
    "(?<!there.)(?-i:(is|are) none)": "there is none, has none",
    "(?<!there.)is no(?! longer| more)": "is not",
    "anew": "again",
    "advices|an advice": "advice, a warning",
    "but for": "except",
    r"(?<=,\s)for (it|they|there|nothing|nobody|what)": "because",
    "for want of": "without, because there is no",
    "nobody's": "without an owner",
    "what is wrong (in|with)": "the problems in",
    "comes? to (lie|stand)": "ends up",
    "brought|brings? along": "imported, included",
    "made of": "built from",
    "of (which|whom)": "whose, where, with",
    "mend(s|ed|ing)?": "fix, correct",
    "take (it|them) out|taken out": "remove",
}


def matches_in(file: Path) -> Iterator[str]:
    """Yield each banned phrase in a file with its place and what to write instead."""
    text = file.read_text(encoding="utf-8")
    for phrase, instead in PHRASES.items():
        pattern = phrase.replace(" ", r"[\s_#/*]+")
        for match in re.finditer(rf"(?<![a-z])(?:{pattern})(?![a-z])", text, re.IGNORECASE):
            line = text.count("\n", 0, match.start()) + 1
            place = f"{file.relative_to(PROJECT).as_posix()}:{line}"
            yield f'{place}: "{" ".join(match[0].split())}"; write: {instead}'


def test_no_document_comment_or_message_has_a_banned_phrase() -> None:
    files = {file for place in PLACES for file in PROJECT.glob(place)} - {Path(__file__)}
    found = [match for file in sorted(files) for match in matches_in(file)]
    assert not found, "\n".join(found)
