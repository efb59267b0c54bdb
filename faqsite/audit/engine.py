"""The search engine of the browser, `static/js/engine/`, run in V8.

V8 comes with the package mini-racer. A build does not need it, so it is imported only where an
engine starts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self


class Found(NamedTuple):
    """What the engine found for a query."""

    entries: tuple[int, ...]
    """By their numbers in the order of the FAQ, from 0; the best first."""
    is_answer: bool = True
    """Whether a page opens the first of them as the answer."""
    unmentioned: tuple[str, ...] = ()
    """The words of the query that no entry has."""


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

    def ask(self, queries: Sequence[str], limit: int) -> list[Found]:
        """Return what each query finds, with at most so many entries, all in one call."""
        self.asked += len(queries)
        search = f"""((query) => {{
            const {{hits, verdict, unmentioned}} = engine.search(query, {limit});
            return [hits.map(({{entry}}) => entry), verdict === "answer", unmentioned];
        }})"""
        answered = self.run(f"{json.dumps([*queries])}.map({search})")
        return [Found(tuple(found), sure, tuple(words)) for found, sure, words in answered]
