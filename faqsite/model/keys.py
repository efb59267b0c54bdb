"""The keys of an entry and of a category, each declared once.

A key is a field of a record. Reading, writing, comparing, export, import, hints and the tables in
the docs all derive from it. No other place lists the keys.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from enum import Enum, auto
from typing import Any, NamedTuple, Self


class Text(str):
    """A text with the line of its file that it is on, from 1, or 0 if it is in no file."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, text: str = "", line: int = 0) -> Self:
        self = super().__new__(cls, text)
        self.line = line
        return self


class Form(Enum):
    """How the value of a key is written. Each form has its own reader."""

    TEXT = auto()
    TEXTS = auto()
    REFERENCES = auto()
    """Names or addresses, each perhaps followed by a comment."""
    NUMBER = auto()
    DAY = auto()
    TRUTH = auto()
    # Only in the settings.
    LANGUAGE = auto()
    SITE_ADDRESS = auto()
    WEB_ADDRESS = auto()
    REPOSITORY = auto()
    CONTACT = auto()
    COLOUR = auto()
    PICTURE = auto()
    LINKS = auto()
    SYNONYMS = auto()
    VOCABULARY = auto()
    WORDS = auto()


_DEFAULTS = {
    Form.NUMBER: None,
    Form.DAY: None,
    Form.TRUTH: False,
    **dict.fromkeys((Form.TEXTS, Form.REFERENCES, Form.LINKS, Form.SYNONYMS, Form.WORDS), ()),
}
"""The value of a missing key, by its form; any other is an empty text."""


class Key(NamedTuple):
    """The declaration of a key."""

    form: Form
    does: str
    """What it does, as the docs explain it to an editor, in Markdown."""
    label: str
    """Its name in a sentence, if that differs: "date of the update"."""
    also_called: tuple[str, ...]
    """Its names in other systems, the most certain one first."""
    default: object
    name: str = ""

    @property
    def is_required(self) -> bool:
        """Whether it has no default."""
        return self.default is MISSING


def key(
    form: Form,
    does: str,
    *also_called: str,
    label: str = "",
    default: str = "",
    is_required: bool = False,
) -> Any:  # noqa: ANN401 (a field of any type)
    """Declare the field of a key."""
    value = MISSING if is_required else _DEFAULTS.get(form, Text(default))
    declared = Key(form=form, does=does, label=label, also_called=also_called, default=value)
    return field(default=value, metadata={"key": declared})


def keys_of(record: type) -> tuple[Key, ...]:
    """Return the keys that the fields of a record declare."""
    return tuple(each.metadata["key"]._replace(name=each.name) for each in fields(record))


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The keys above the answer of an entry, between the lines of "---"."""

    question: Text = key(
        Form.TEXT,
        "the question, in the reader's words; no two entries may ask the same",
        *("title", "heading", "frage"),
        is_required=True,
    )
    also_asked: tuple[Text, ...] = key(
        Form.TEXTS, "other ways to ask it; searched but not shown", label="other ways to ask it"
    )
    order: int | None = key(
        Form.NUMBER,
        "a whole number; lower numbers come first, entries without one last, by question",
        *("position", "weight", "nav_order", "sidebar_position"),
        label="place in the order",
    )
    related: tuple[Text, ...] = key(
        Form.REFERENCES,
        "entries to list below the answer: their paths without `.md`, or just the name if it is "
        "unique",
        label="related questions",
    )
    updated: date | None = key(
        Form.DAY,
        "the day when the answer last changed, such as `2026-11-01`; shown",
        *("lastmod", "last_modified_at", "updated_at", "modified", "datemodified", "date"),
        label="date of the update",
    )
    review_by: date | None = key(
        Form.DAY,
        "the day by which someone should review the answer; not shown",
        label="date of the next review",
    )
    owner: str = key(Form.TEXT, "who keeps the answer up to date; not shown")
    draft: bool = key(Form.TRUTH, "`true` keeps the entry off the site")
    moved_from: tuple[Text, ...] = key(
        Form.REFERENCES,
        "old addresses of this answer, which redirect here",
        *("url", "html_url", "permalink", "slug", "aliases", "redirect_from"),
        label="old addresses",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFile:
    """The keys in the `_category.yaml` of a folder."""

    title: str = key(Form.TEXT, "the name; by default, that of the folder", "label")
    order: int | None = key(
        Form.NUMBER,
        "a whole number; lower numbers come first, categories without one last, by title",
        *("position", "weight"),
    )
    summary: str = key(Form.TEXT, "one sentence below the title", "description")


ENTRY_KEYS = keys_of(FrontMatter)
CATEGORY_KEYS = keys_of(CategoryFile)


def values_of(record: Any, keys: tuple[Key, ...]) -> dict[str, Any]:  # noqa: ANN401 (any record with them)
    """Return the values of these keys in a record, by name."""
    return {each.name: getattr(record, each.name) for each in keys}
