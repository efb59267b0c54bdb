"""The text of an entry's file, written so that it reads back as what was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from faqsite.content.yamltext import Source, quoted, read_value
from faqsite.model.keys import CATEGORY_KEYS, ENTRY_KEYS, CategoryFile, Form, FrontMatter, Key


def entry_text(front_matter: FrontMatter, answer: str = "") -> str:
    """Return the file of an entry; a key of which nothing is said has no line.

    Each text comes to stand on one line, and the answer as it is, ended by a newline.
    """
    lines = ["---", *_lines(front_matter, ENTRY_KEYS), "---", answer]
    return "\n".join(lines).removesuffix("\n") + "\n"


def category_text(category: CategoryFile) -> str:
    """Return the `_category.yaml` of a folder; a key of which nothing is said has no line."""
    return "".join(f"{line}\n" for line in _lines(category, CATEGORY_KEYS))


def _lines(record: FrontMatter | CategoryFile, keys: Iterable[Key]) -> Iterator[str]:
    for key in keys:
        value = getattr(record, key.name)
        if value == key.default:
            continue
        if isinstance(value, tuple):
            write = _reference if key.form is Form.REFERENCES else _value
            yield f"{key.name}:"
            yield from (f"  - {write(each)}" for each in value)
        else:
            text = str(value)
            yield f"{key.name}: {_value(text) if key.form is Form.TEXT else text.lower()}"


def _value(text: str) -> str:
    """Return a text as it can stand behind a key: plain where YAML reads it so, else in quotes."""
    line = " ".join(text.split())
    return line if line and read_value(Source(line=0, lines=(line,))) == line else quoted(line)


def _reference(text: str) -> str:
    """Return a name or address, behind which a " #" would begin a comment even in quotes."""
    if " #" not in text and not text.startswith("#"):
        return _value(text)
    line = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + line.replace("#", "\\x23") + '"'
