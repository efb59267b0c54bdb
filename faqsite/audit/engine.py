"""The search engine of the browser, `static/js/engine/`, run in V8.

V8 comes with the package mini-racer. A build does not need it, so it is imported only where an
engine starts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that the engine found, by its number in the order of the FAQ, from 0."""

    entry: int
    covered: float
    """How much of the query the entry has, from 0 to 1."""


class Engine:
    """The engine in V8, until its context ends.

    Raises ModuleNotFoundError if mini-racer is not installed.
    """

    asked = 0
    """How many queries it has answered."""

    def __init__(self, engine_js: str) -> None:
        from py_mini_racer import MiniRacer  # noqa: PLC0415 (see above)

        self._v8 = MiniRacer()
        self._v8.eval(engine_js)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free V8."""
        self._v8.close()

    def run(self, expression: str) -> Any:  # noqa: ANN401 (any value)
        """Return the value of an expression, by way of JSON."""
        return json.loads(str(self._v8.eval(f"JSON.stringify({expression})")))

    def open(self, search_index_js: str, search_part_js: Iterable[str] = ()) -> None:
        """Open the index in a `search-index.js`, with all its parts."""
        self._v8.eval(search_index_js)
        self._v8.eval("var engine = FaqEngine.open(FaqEngine.index)")
        for part in search_part_js:
            self._v8.eval(part)
        self._v8.eval("for (const name in FaqEngine.part) engine.add(name)")

    def ask(self, queries: Sequence[str], limit: int) -> list[tuple[Hit, ...]]:
        """Return the hits for each query, best first, all in one call."""
        self.asked += len(queries)
        search = f"engine.search(query, {limit}).map(({{entry, covered}}) => ({{entry, covered}}))"
        found = self.run(f"{json.dumps([*queries])}.map((query) => {search})")
        return [tuple(Hit(**hit) for hit in hits) for hits in found]
