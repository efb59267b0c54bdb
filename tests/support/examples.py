"""A FAQ from plain tuples, and the search engine over it, run by V8."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from faqsite.audit import engine as asking
from faqsite.model.keys import Text
from faqsite.model.records import Category, Entry, Faq, Settings
from faqsite.model.urls import entry_address, slugify
from faqsite.pages.assets import load_static
from faqsite.search.index import make_search, plan_search

from .product import PRODUCT
from .sites import make_category, make_entry

ENGINE_JS = load_static(PRODUCT / "static")["assets/js/engine.js"].decode()
"""The published search engine."""

Asked = tuple[str, str, tuple[str, ...], str]
"""An entry: the path of its category, question, other ways to ask it, and text."""


def make_faq(*entries: Asked, language: str = "en") -> Faq:
    """Return a FAQ; repeated slugs get a number, and categories the titles of their folders."""
    made: dict[str, tuple[str, Entry]] = {}
    for category, question, also_asked, answer in entries:
        slug = slugify(question)
        if entry_address(category, slug) in made:
            slug = f"{slug}-{len(made)}"
        path = f"{category}/{slug}.md".lstrip("/")
        entry = replace(
            make_entry(path, f"<p>{answer}</p>", text=answer),
            question=Text(question),
            also_asked=tuple(map(Text, also_asked)),
        )
        made[entry.address] = (category, entry)
    paths = {path for path, *_ in entries}
    paths |= {path[:at] for path in paths for at, char in enumerate(path) if char == "/"}
    top = _category("", sorted(paths - {""}), made.values())
    settings = Settings(title="Questions", language=language)
    return Faq(settings=settings, top=top, attachments=(), redirects=())


def _category(path: str, paths: list[str], entries: Collection[tuple[str, Entry]]) -> Category:
    return make_category(
        path,
        *(entry for category, entry in entries if category == path),
        *(_category(each, paths, entries) for each in paths if each.rpartition("/")[0] == path),
        title=path.rpartition("/")[2].capitalize(),
    )


def search_scripts(faq: Faq) -> dict[str, str]:
    """Return the files of the search over a FAQ, by address."""
    files = plan_search(make_search(faq), faq, lambda entry: "".join(map(str, entry.answer.parts)))
    return {file.address: file.make().decode() for file in files}


class Engine(asking.Engine):
    """The engine of the project, with shorthands for tests."""

    def __init__(self) -> None:
        super().__init__(ENGINE_JS)

    def load(self, faq: Faq) -> None:
        """Open the index of a FAQ."""
        self.open(search_scripts(faq)["search-index.js"])

    def words(self, text: str) -> list[dict[str, Any]]:
        """Return the words that the engine finds in a text, with their offsets."""
        found: list[dict[str, Any]] = self.run(f"FaqEngine.words({json.dumps(text)})")
        return found

    def find(self, text: str) -> dict[str, Any]:
        """Return all that the search returns for a query."""
        found: dict[str, Any] = self.run(f"engine.search({json.dumps(text)})")
        return found

    def search(self, text: str, limit: int = 10) -> list[dict[str, Any]]:
        """Return the hits for a query."""
        hits: list[dict[str, Any]] = self.run(f"engine.search({json.dumps(text)}, {limit}).hits")
        return hits

    def read(self, text: str) -> list[tuple[str, str, str]]:
        """Return how the engine reads each word of a query: (word, how, term)."""
        return [
            (each["word"], each["how"], each["term"])
            for each in self.run(f"engine.read({json.dumps(text)})")
        ]
