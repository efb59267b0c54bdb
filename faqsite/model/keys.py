"""The keys of an entry and of a category, each declared once.

A key is a field of a record. Everything that reads, writes, compares, exports, imports or
documents keys follows from its declaration.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from enum import Enum, auto
from typing import Any, Self


class Text(str):
    """A text with the line of its file, from 1; 0 if it is in no file."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, text: str = "", line: int = 0) -> Self:
        self = super().__new__(cls, text)
        self.line = line
        return self


class Form(Enum):
    """How to write the value of a key; each form has its reader."""

    TEXT = auto()
    TEXTS = auto()
    REFERENCES = auto()
    """Names or addresses, which comments may follow."""
    NUMBER = auto()
    DAY = auto()
    TRUTH = auto()
    # For settings only.
    LANGUAGE = auto()
    SITE_ADDRESS = auto()
    WEB_ADDRESS = auto()
    REPOSITORY = auto()
    CONTACT = auto()
    COLOUR = auto()
    PICTURE = auto()
    LINKS = auto()
    SYNONYMS = auto()
    WORDS = auto()


_DEFAULTS = {
    Form.NUMBER: None,
    Form.DAY: None,
    Form.TRUTH: False,
    **dict.fromkeys((Form.TEXTS, Form.REFERENCES, Form.LINKS, Form.SYNONYMS, Form.WORDS), ()),
}
"""The value of an absent key by its form; an empty text for the other forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as it is declared."""

    name: str = ""
    form: Form
    does: str
    """What it does: the row of the documents for editors, in Markdown."""
    label: str
    """Its name in a sentence, if it differs: "date of the update"."""
    also_called: tuple[str, ...]
    """Its names in other systems, which an import reads; the surest first."""
    slips: tuple[str, ...]
    """What editors write instead; never read, but the message names the right key."""
    default: object

    @property
    def is_required(self) -> bool:
        """Whether it has no default."""
        return self.default is MISSING


def key(
    form: Form,
    does: str,
    *also_called: str,
    slips: tuple[str, ...] = (),
    label: str = "",
    default: str = "",
    is_required: bool = False,
) -> Any:  # noqa: ANN401 (the type of the field it declares)
    """Declare the field of a key."""
    value = MISSING if is_required else _DEFAULTS.get(form, Text(default))
    declared = Key(
        form=form, does=does, label=label, also_called=also_called, slips=slips, default=value
    )
    return field(default=value, metadata={"key": declared})


def keys_of(record: type) -> tuple[Key, ...]:
    """Return the keys that the fields of a record declare."""
    return tuple(replace(each.metadata["key"], name=each.name) for each in fields(record))


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The keys of an entry, between the two lines of "---" above its answer."""

    question: Text = key(
        Form.TEXT,
        "the question, in the reader's words; no two entries ask the same",
        *("title", "heading", "frage"),
        slips=("name", "subject", "q", "questions"),
        is_required=True,
    )
    also_asked: tuple[Text, ...] = key(
        Form.TEXTS,
        "other ways to ask it; searched, not shown",
        slips=("tags", "keywords", "synonyms", "alternatives", "other_questions"),
        label="other ways to ask it",
    )
    order: int | None = key(
        Form.NUMBER,
        "a whole number; smaller comes first, entries without one come last, by question",
        *("position", "weight", "nav_order", "sidebar_position"),
        slips=("sort", "sort_order", "rank", "priority", "number", "index"),
        label="place in the order",
    )
    related: tuple[Text, ...] = key(
        Form.REFERENCES,
        "entries to name below the answer: their paths without `.md`, or just the name if only "
        "one has it",
        slips=("see_also", "related_questions", "related_entries", "related_articles", "links"),
        label="related questions",
    )
    updated: date | None = key(
        Form.DAY,
        "the day on which the answer last changed, such as `2026-11-01`; shown",
        *("lastmod", "last_modified_at", "updated_at", "modified", "datemodified", "date"),
        slips=("last_updated", "last_modified", "changed", "created", "reviewed", "published_at"),
        label="date of the update",
    )
    review_by: date | None = key(
        Form.DAY,
        "the day by which someone should read the answer again; not shown",
        slips=("review", "review_date", "next_review", "expires", "valid_until"),
        label="date of the next review",
    )
    owner: str = key(
        Form.TEXT,
        "who keeps the answer true; not shown",
        slips=("author", "authors", "editor", "maintainer", "responsible", "contact", "team"),
    )
    draft: bool = key(
        Form.TRUTH, "`true` keeps the entry off the site", slips=("hidden", "unpublished", "wip")
    )
    moved_from: tuple[Text, ...] = key(
        Form.REFERENCES,
        "old addresses of this answer, which lead here",
        *("url", "html_url", "permalink", "slug", "aliases", "redirect_from"),
        slips=("old_url", "old_urls", "old_address", "redirect", "redirects"),
        label="old addresses",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFile:
    """The keys in the `_category.yaml` of a folder."""

    title: str = key(
        Form.TEXT,
        "the name; without it, that of the folder",
        "label",
        slips=("name", "category", "heading", "question"),
    )
    order: int | None = key(
        Form.NUMBER,
        "a whole number; smaller comes first, categories without one come last, by title",
        *("position", "weight"),
        slips=("sort", "sort_order", "rank", "priority", "number", "index"),
    )
    summary: str = key(
        Form.TEXT, "one sentence below the title", "description", slips=("text", "subtitle")
    )


ENTRY_KEYS = keys_of(FrontMatter)
CATEGORY_KEYS = keys_of(CategoryFile)


def values_of(record: Any, keys: tuple[Key, ...]) -> dict[str, Any]:  # noqa: ANN401 (any with them)
    """Return the values that a record has for these keys."""
    return {each.name: getattr(record, each.name) for each in keys}
