"""The declared keys of a file to their values, and values to a file that reads back as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from faqsite.content.fields import Fields, parse_fields
from faqsite.content.yamltext import RawValue, quoted, read_value
from faqsite.model.keys import CATEGORY_KEYS, ENTRY_KEYS, CategoryFile, Form, FrontMatter, Key
from faqsite.model.problems import Problems

Reader = Callable[[Fields, Key], object]

READERS: Mapping[Form, Reader] = {
    Form.TEXT: lambda fields, key: fields.text(key.name, is_required=key.is_required),
    Form.TEXTS: lambda fields, key: fields.texts(key.name),
    Form.REFERENCES: lambda fields, key: fields.references(key.name),
    Form.NUMBER: lambda fields, key: fields.whole_number(key.name),
    Form.DAY: lambda fields, key: fields.day(key.name),
    Form.TRUTH: lambda fields, key: fields.truth(key.name),
}


def read_keys(
    text: str,
    keys: Collection[Key],
    *,
    path: str,
    line: int = 1,
    problems: Problems,
    readers: Mapping[Form, Reader] = READERS,
) -> dict[str, Any]:
    """Return the value of each key in a YAML text, as the reader of its form has it."""
    names = [key.name for key in keys]
    fields = parse_fields(text, path=path, line=line, keys=names, problems=problems)
    return {key.name: readers[key.form](fields, key) for key in keys}


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
    return line if line and read_value(RawValue(line=0, lines=(line,))) == line else quoted(line)


def _reference(text: str) -> str:
    """Return a name or address, behind which a " #" would begin a comment even in quotes."""
    if " #" not in text and not text.startswith("#"):
        return _value(text)
    line = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + line.replace("#", "\\x23") + '"'
