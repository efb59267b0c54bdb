"""What an editor can write down, each key declared once: of an entry, of a category.

A key is a field of a record. Reading, writing, comparing, export, import, the hints and the
tables of the documents follow from it: nothing else lists the keys.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from enum import Enum, auto
from typing import Any, Self


class Text(str):
    """A text that knows on which line of its file it is, from 1; 0 if it is in none."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, text: str = "", line: int = 0) -> Self:
        self = super().__new__(cls, text)
        self.line = line
        return self


class Form(Enum):
    """How the value of a key is written; each form has its reader."""

    TEXT = auto()
    TEXTS = auto()
    REFERENCES = auto()
    """Names or addresses, behind which comments may stand."""
    NUMBER = auto()
    DAY = auto()
    TRUTH = auto()
    # Of the settings alone.
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


_NOTHING = {
    Form.NUMBER: None,
    Form.DAY: None,
    Form.TRUTH: False,
    **dict.fromkeys((Form.TEXTS, Form.REFERENCES, Form.LINKS, Form.SYNONYMS, Form.WORDS), ()),
}
"""What a key is where nothing is said, by its form; any other is an empty text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as it is declared."""

    name: str = ""
    form: Form
    does: str
    """What it does, as the documents say it to an editor, in Markdown."""
    label: str
    """What it is called in a sentence, if not by its name: "date of the update"."""
    also_called: tuple[str, ...]
    """What other systems call it, the surest name first."""
    default: object

    @property
    def is_required(self) -> bool:
        """Whether there is nothing that it is where nothing is said."""
        return self.default is MISSING


def key(
    form: Form,
    does: str,
    *also_called: str,
    label: str = "",
    default: str = "",
    is_required: bool = False,
) -> Any:  # noqa: ANN401 (it stands where a value of the field's type does)
    """Declare the field of a key."""
    nothing = MISSING if is_required else _NOTHING.get(form, Text(default))
    declared = Key(form=form, does=does, label=label, also_called=also_called, default=nothing)
    return field(default=nothing, metadata={"key": declared})


def keys_of(record: type) -> tuple[Key, ...]:
    """Return the keys that are declared by the fields of a record."""
    return tuple(replace(each.metadata["key"], name=each.name) for each in fields(record))


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What stands above the answer of an entry, between the lines of "---"."""

    question: Text = key(
        Form.TEXT,
        "the question, in the reader's words; no two entries ask the same",
        *("title", "heading", "frage"),
        is_required=True,
    )
    also_asked: tuple[Text, ...] = key(
        Form.TEXTS, "other ways to ask it; searched, not shown", label="other ways to ask it"
    )
    order: int | None = key(
        Form.NUMBER,
        "a whole number; smaller comes first, entries without one come last, by question",
        *("position", "weight", "nav_order", "sidebar_position"),
        label="place in the order",
    )
    related: tuple[Text, ...] = key(
        Form.REFERENCES,
        "entries to name below the answer: their paths without `.md`, or just the name if only "
        "one has it",
        label="related questions",
    )
    updated: date | None = key(
        Form.DAY,
        "the day on which the answer last changed, such as `2026-11-01`; shown",
        *("lastmod", "last_modified_at", "updated_at", "modified", "datemodified", "date"),
        label="date of the update",
    )
    review_by: date | None = key(
        Form.DAY,
        "the day by which someone should read the answer again; not shown",
        label="date of the next review",
    )
    owner: str = key(Form.TEXT, "who keeps the answer true; not shown")
    draft: bool = key(Form.TRUTH, "`true` keeps the entry off the site")
    moved_from: tuple[Text, ...] = key(
        Form.REFERENCES,
        "old addresses of this answer, which lead here",
        *("url", "html_url", "permalink", "slug", "aliases", "redirect_from"),
        label="old addresses",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFile:
    """What the `_category.yaml` of a folder says."""

    title: str = key(Form.TEXT, "the name; without it, that of the folder", "label")
    order: int | None = key(
        Form.NUMBER,
        "a whole number; smaller comes first, categories without one come last, by title",
        *("position", "weight"),
    )
    summary: str = key(Form.TEXT, "one sentence below the title", "description")


ENTRY_KEYS = keys_of(FrontMatter)
CATEGORY_KEYS = keys_of(CategoryFile)


def values_of(record: Any, keys: tuple[Key, ...]) -> dict[str, Any]:  # noqa: ANN401 (any with them)
    """Return what a record says, by these keys."""
    return {each.name: getattr(record, each.name) for each in keys}
