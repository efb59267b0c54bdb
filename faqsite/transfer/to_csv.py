"""The entries as a table for a spreadsheet, which `import` reads back."""

from __future__ import annotations

import csv
import io

from faqsite.model.keys import ENTRY_KEYS
from faqsite.model.records import RawContent, RawEntry
from faqsite.transfer.from_csv import protect

_QUESTION, *_OTHERS = (key.name for key in ENTRY_KEYS)
_COLUMNS = ("path", _QUESTION, "answer", *_OTHERS)


def content_csv(content: RawContent) -> bytes:
    """Return the entries as a table, a row each, in which no cell is run as a formula."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for entry in content.entries:
        writer.writerow([protect(_cell(entry, column)) for column in _COLUMNS])
    return table.getvalue().encode("utf-8-sig")


def _cell(entry: RawEntry, column: str) -> str:
    value = getattr(entry, "body" if column == "answer" else column)
    if isinstance(value, tuple):
        text = "\n".join(value)
        # One text that holds a semicolon is not to be read as two.
        return f"{text}\n" if ";" in text else text
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None else str(value)
