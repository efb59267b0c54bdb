"""The declared keys of a file to their values, and values to a file that reads back the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from faqsite.content.fields import Fields, parse_fields
from faqsite.content.prose import read_phrases, read_prose
from faqsite.content.yamltext import format_value
from faqsite.model.keys import CATEGORY_KEYS, ENTRY_KEYS, CategoryFile, Form, FrontMatter, Key
from faqsite.model.problems import Problems
from faqsite.model.records import SETTINGS_KEYS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile("[t ][0-9]{1,2}:[0-9]{2}.*")
_WITHOUT_SIGNS = re.compile(r"\b([0-9]{4})([0-9]{2})([0-9]{2})\b")
_FIRST_YEAR = 1000

Reader = Callable[[Fields, str], Any]
"""Returns the value of a key by its name; None if it is absent."""


def read_as(
    parse: Callable[[str], object],
    kind: str,
    example: str,
    propose: Callable[[str], Iterable[str]] = lambda _: (),
) -> Reader:
    """Return the reader of a kind of value: see `Fields.typed`."""
    return lambda fields, name: fields.typed(name, parse, kind, example, propose)


def _parse_number(text: str) -> int | None:
    return int(text) if re.fullmatch("[+-]?[0-9]{1,9}", text) else None


def _find_days(text: str) -> list[date]:
    """Return the days that a text can mean: two if day and month can change places.

    >>> _find_days("Nov 30, 2026"), _find_days("30.11.2026"), _find_days("next week")
    ([datetime.date(2026, 11, 30)], [datetime.date(2026, 11, 30)], [])
    """
    text = _WITHOUT_SIGNS.sub(r"\1-\2-\3", _TIME.sub("", text.lower()))
    names = [word[:3] for word in re.findall("[a-z]{3,}", text)]
    months = [_MONTHS.index(name) + 1 for name in names if name in _MONTHS]
    numbers = [int(number) for number in re.findall("[0-9]{1,4}", text)]
    orders = []
    match numbers, months:
        case [one, other], [month]:
            orders = [(one, month, other), (other, month, one)]
        case [first, second, third], []:
            orders = [(first, second, third), (third, second, first), (third, first, second)]
    days = set()
    for year, month, day in orders:
        with suppress(ValueError):
            days.add(date(year, month, day))
    return sorted(day for day in days if day.year >= _FIRST_YEAR)


def _parse_day(text: str) -> date | None:
    return next((day for day in _find_days(text) if str(day) == text), None)


READERS: Mapping[Form, Reader] = {
    Form.TEXT: read_prose,
    Form.TEXTS: read_phrases,
    Form.REFERENCES: Fields.references,
    Form.NUMBER: read_as(_parse_number, "a whole number", "up to nine digits, such as 20"),
    Form.DAY: read_as(
        _parse_day,
        "a date",
        "a day of the calendar as year-month-day, such as 2026-11-01",
        lambda text: map(str, _find_days(text)),
    ),
    Form.TRUTH: read_as(
        lambda text: {"true": True, "yes": True, "false": False, "no": False}.get(text.lower()),
        "true or false",
        "true, or remove the line",
    ),
}
_SLIPS = {
    "question": "name subject q questions",
    "also_asked": "tags keywords synonyms alternatives other_questions",
    "order": "sort sort_order rank priority number index",
    "related": "see_also links related_questions related_entries related_articles",
    "updated": "last_updated last_modified changed created reviewed published_at",
    "review_by": "review review_date next_review expires valid_until",
    "owner": "author authors editor maintainer responsible contact team",
    "draft": "hidden unpublished wip",
    "moved_from": "old_url old_urls old_address redirect redirects",
    "title": "name category heading question site_name site_title",
    "summary": "text subtitle",
    "url": "site_url base_url baseurl website domain",
    "contact": "email mail e_mail",
    "repository": "repo github",
    "accent": "color colour theme_color brand_color",
}
"""What editors write instead of a key, besides its names in other systems."""
_NOT_KEYS = {
    "write the answer below the second ---": "answer body content text html",
    "move the file to the folder of its category": "category categories section folder topic group",
    "rename the file instead: its name is its address": "slug permalink url path address",
    "write draft: true to keep the entry off the site": "published publish status visible",
    "remove the line": "layout template type id lang language description summary excerpt",
}
"""What to do instead of writing a key of another system in an entry."""

_ELSEWHERE = {
    "write it in site.yaml, at the top of the content folder": SETTINGS_KEYS,
    "write it in the _category.yaml of a folder": CATEGORY_KEYS,
    "write it in an entry": ENTRY_KEYS,
}
"""What to do with a key of another file."""


def read_keys(
    text: str,
    keys: Collection[Key],
    *,
    path: str,
    line: int = 1,
    problems: Problems,
    readers: Mapping[Form, Reader] = READERS,
) -> dict[str, Any]:
    """Return the value of each key in a YAML text, as the reader of its form returns it."""
    slips = {
        slip: key.name
        for key in keys
        for slip in (*key.also_called, *_SLIPS.get(key.name, "").split())
    }
    if keys is ENTRY_KEYS:
        slips |= {name: hint for hint, names in _NOT_KEYS.items() for name in names.split()}
    elsewhere = {key.name: hint for hint, others in _ELSEWHERE.items() for key in others}
    slips = {**elsewhere, **slips, **{key.name: key.name for key in keys}}
    fields = parse_fields(
        text,
        path=path,
        line=line,
        keys=[key.name for key in keys],
        slips=slips,
        problems=problems,
    )
    values: dict[str, Any] = {}
    for key in keys:
        if key.is_required:
            fields.require(key.name)
        value = readers[key.form](fields, key.name)
        values[key.name] = key.default if value is None else value
    return values


def entry_text(front_matter: FrontMatter, answer: str = "") -> str:
    """Return the file of an entry, without the keys that have their default value.

    Each text is on one line; the answer is unchanged, and ends in a newline.
    """
    lines = ["---", *_format_lines(front_matter, ENTRY_KEYS), "---", answer]
    return "\n".join(lines).removesuffix("\n") + "\n"


def category_text(category: CategoryFile) -> str:
    """Return the `_category.yaml` of a folder, without the keys that have their default value."""
    return "".join(f"{line}\n" for line in _format_lines(category, CATEGORY_KEYS))


def _format_lines(record: FrontMatter | CategoryFile, keys: Iterable[Key]) -> Iterator[str]:
    for key in keys:
        value = getattr(record, key.name)
        if value == key.default:
            continue
        if isinstance(value, tuple):
            yield f"{key.name}:"
            yield from (f"  - {format_value(each)}" for each in value)
        else:
            text = str(value)
            yield f"{key.name}: {format_value(text) if key.form is Form.TEXT else text.lower()}"
