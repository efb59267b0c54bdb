"""A new entry: where its file goes, what stands in it, and what asks nearly the same already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from faqsite.audit.near import near_texts
from faqsite.commands.console import CommandError
from faqsite.content.fields import MAX_FIELD_CHARS
from faqsite.content.keys import entry_text
from faqsite.content.text import is_visible
from faqsite.content.yamltext import CONTROL
from faqsite.model import urls
from faqsite.model.keys import FrontMatter, Text
from faqsite.model.problems import Kind, Problem, did_you_mean, note, shortened
from faqsite.model.records import RawContent, RawEntry

PLACEHOLDER = "<!-- Write the answer here. Then take the line out above: draft: true -->"
"""Shows nothing, so that it cannot be published as an answer."""
_MOST_NAME_CHARS = 60
_STEP = 10
_MOST_ORDER = 999_999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A file that is to be written."""

    path: str
    text: str
    near: tuple[Problem, ...]
    """An advice for each entry that asks nearly the same already, the nearest first."""


def plan_entry(content: RawContent, question: str, *, folder: str = "", name: str = "") -> NewEntry:
    """Return the draft of an entry, in a folder that is there, last of those in it.

    Its file is named by `name`, else by the question. Raises CommandError.
    """
    question = " ".join(question.split())
    if not is_visible(question) or CONTROL.search(question):
        raise CommandError('the question is no text; write it in quotes: "When is pay day?"')
    if len(question) > MAX_FIELD_CHARS:
        raise CommandError(f"the question is longer than {MAX_FIELD_CHARS:,} characters; say less")
    folder = _folder(content, folder)
    path = _path(content, folder, urls.slugify(name or question), is_given=bool(name))
    return NewEntry(
        path=path,
        text=entry_text(
            FrontMatter(
                question=Text(question),
                order=_next_order(entry for entry in content.entries if entry.category == folder),
                draft=True,
            ),
            PLACEHOLDER,
        ),
        near=_near(content, question),
    )


def _folder(content: RawContent, folder: str) -> str:
    """Return the path of a folder of the content as it was meant."""
    meant = normalize("NFC", folder).strip("/")
    folders = [category.path for category in content.categories]
    if meant in {"", "."}:
        return ""
    if meant not in folders:
        one_of = f"make it, or choose one of: {', '.join(folders)}" if folders else "make it first"
        hint = did_you_mean(meant, folders) or one_of
        raise CommandError(f'no folder "{shortened(meant)}" in the content; {hint}')
    return meant


def _path(content: RawContent, folder: str, slug: str, *, is_given: bool) -> str:
    """Return the path of a file at whose address nothing stands."""
    if not is_given and len(slug) > _MOST_NAME_CHARS:
        # As many whole words as there is room for.
        slug = slug[: _MOST_NAME_CHARS + 1].rpartition("-")[0] or slug[:_MOST_NAME_CHARS]
    if not slug:
        raise CommandError("no letter or digit for a file's name; give one: --name pay-day")
    path = f"{folder}/{slug}.md" if folder else f"{slug}.md"
    address = urls.address_of(path)
    # A README is for those who open the folder on GitHub.
    if urls.is_reserved(address) or slug == "readme":
        raise CommandError(f'the name "{slug}" is kept for other files; give one: --name pay-day')
    taken = {
        urls.address_of(each).casefold(): each
        for each in (*(entry.path for entry in content.entries), *content.unreadable)
    }
    if other := taken.get(address.casefold()):
        raise CommandError(f'"{other}" is there already; open it, or give another --name')
    return path


def _next_order(siblings: Iterable[RawEntry]) -> int | None:
    """Return the next number in tens; None where the entries stand by their questions."""
    orders = [entry.order for entry in siblings]
    numbers = [order for order in orders if order is not None]
    if orders and not numbers:
        return None
    following = max(numbers, default=0) // _STEP * _STEP + _STEP
    return following if following <= _MOST_ORDER else None


def _near(content: RawContent, question: str) -> tuple[Problem, ...]:
    phrases = [
        (entry, text) for entry in content.entries for text in (entry.question, *entry.also_asked)
    ]
    texts = [text for _, text in phrases]
    (nearest,) = near_texts([question], texts, content.settings.language)
    found: dict[str, Problem] = {}
    for entry, text in (phrases[number] for number in nearest):
        message = f'asks nearly the same: "{shortened(text)}"'
        advice = note(entry.path, text.line, Kind.SIMILAR_QUESTION, message, is_advice=True)
        found.setdefault(entry.path, advice)
    return tuple(found.values())
