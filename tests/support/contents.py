"""Content built by hand, and the messages of its problems."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import dirname
from typing import Any

from faqsite.content.folder import parse_entry
from faqsite.content.yamltext import format_value
from faqsite.model.keys import FrontMatter, Text
from faqsite.model.problems import Problems
from faqsite.model.records import (
    Answer,
    AnswerPart,
    Attachment,
    RawCategory,
    RawContent,
    RawEntry,
    Settings,
)
from faqsite.model.urls import slugify, slugify_path


def describe(problems: Problems) -> list[str]:
    """Return the message of each problem, in the order of their places."""
    return [problem.describe("content") for problem in sorted(problems.found)]


def make_raw(
    path: str, front_matter: str = "", *, question: str = "", body: str = "An answer."
) -> RawEntry:
    """Return the entry of a file, by default with a question about its path."""
    question = format_value(question or f"What of {path}?")
    text = f"---\nquestion: {question}\n{front_matter}\n---\n{body}\n"
    problems = Problems()
    entry = parse_entry(text.encode(), path, problems)
    assert entry, describe(problems)
    return entry


def make_front_matter(question: str, **keys: Any) -> FrontMatter:  # noqa: ANN401 (any key)
    """Return front matter with a question and other keys, whose lists become tuples."""
    given: dict[str, Any] = {
        key: tuple(it) if isinstance(it, list) else it for key, it in keys.items()
    }
    return FrontMatter(question=Text(question), **given)


def make_answer(*parts: AnswerPart) -> Answer:
    """Return an answer with these parts, by default a sentence."""
    return Answer(parts=parts or ("<p>An answer.</p>",), text="An answer.")


def make_content(
    *entries: RawEntry,
    categories: Iterable[RawCategory] = (),
    attachments: Iterable[str] = (),
    unreadable: Iterable[str] = (),
) -> RawContent:
    """Return content with these entries, in categories with the names of their folders."""
    named = {category.path: category for category in categories}
    folders = {""}
    for path in (*(entry.path for entry in entries), *attachments, *unreadable, *named):
        folder = path if path in named else dirname(path)
        while folder not in folders:
            folders.add(folder)
            folder = dirname(folder)
    return RawContent(
        settings=Settings(title="Questions", description="What people ask."),
        categories=tuple(
            named.get(path)
            or RawCategory(path=path, slug=slugify(path[path.rfind("/") + 1 :]), title=path)
            for path in sorted(folders - {""})
        ),
        entries=entries,
        unreadable=frozenset(unreadable),
        attachments=tuple(
            Attachment(path=path, address=f"{slugify_path(stem)}.{ending}", content=b"picture")
            for path in attachments
            for stem, _, ending in [path.rpartition(".")]
        ),
    )
