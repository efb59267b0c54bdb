"""The Markdown of an answer: where in it something was written, and what is wrong with it."""

from __future__ import annotations

from faqsite.model.problems import Kind, Problem, note
from faqsite.model.records import RawEntry


class MarkdownText:
    """The Markdown of an answer, to find the line of each problem."""

    def __init__(self, entry: RawEntry) -> None:
        self.problems: list[Problem] = []
        self.path = entry.path
        self.reported: set[int] = set()
        """The lines on which no further problem is reported."""
        self._first_line = entry.body.line
        self._body = entry.body.lower()
        # Thousands of empty headings have the same needles.
        self._lines: dict[tuple[str, ...], int] = {}

    def line(self, *needles: str) -> int:
        """Return the line of the first needle that is in the text, or the first line."""
        if needles not in self._lines:
            places = (self._body.find(needle.lower()) for needle in needles if needle)
            place = next((place for place in places if place >= 0), 0)
            self._lines[needles] = self._first_line + self._body.count("\n", 0, place)
        return self._lines[needles]

    def has(self, *needles: str) -> bool:
        """Return whether one of the needles is in the text."""
        return any(needle.lower() in self._body for needle in needles)

    def report(
        self,
        kind: Kind,
        fact: str,
        hint: str,
        *needles: str,
        about: tuple[str, ...] = (),
        is_advice: bool = False,
    ) -> None:
        """Add a problem, or advice, at the line of the first needle."""
        if (line := self.line(*needles)) not in self.reported:
            problem = note(self.path, line, kind, fact, hint, *about, is_advice=is_advice)
            self.problems.append(problem)
