"""The Markdown of an entry as it was written: where something stands, and what is wrong there."""

from __future__ import annotations

from faqsite.model.problems import Kind, Problems
from faqsite.model.records import RawEntry


class Source:
    """The entry as it was written, to find the line of what is wrong with it."""

    def __init__(self, entry: RawEntry) -> None:
        self.problems = Problems()
        self.path = entry.path
        self._first_line = entry.body.line
        self._body = entry.body.lower()
        self._lines: dict[tuple[str, ...], int] = {}

    def line(self, *needles: str) -> int:
        """Return the line of the first needle that stands in the body, else its first line."""
        # Thousands of empty headings have the same ones.
        if needles not in self._lines:
            places = (self._body.find(needle.lower()) for needle in needles if needle)
            place = next((place for place in places if place >= 0), 0)
            self._lines[needles] = self._first_line + self._body.count("\n", 0, place)
        return self._lines[needles]

    def has(self, *needles: str) -> bool:
        """Tell whether one of them stands in the body."""
        return any(needle.lower() in self._body for needle in needles)

    def report(
        self, kind: Kind, message: str, hint: str, *needles: str, about: tuple[str, ...] = ()
    ) -> None:
        """Note a problem where the first needle stands."""
        self.problems.add(self.path, self.line(*needles), kind, message, hint, *about)

    def advise(
        self, kind: Kind, message: str, hint: str, *needles: str, about: tuple[str, ...] = ()
    ) -> None:
        """Note an advice where the first needle stands."""
        self.problems.advise(self.path, self.line(*needles), kind, message, hint, *about)
