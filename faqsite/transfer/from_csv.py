"""A table as spreadsheets save it, one article a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from itertools import islice

from faqsite.model.problems import Kind, Problems
from faqsite.system.files import MAX_FILES
from faqsite.transfer.article import Brought, Keys, Source, SourceError, brought, decoded

_SEPARATORS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")
_MAX_CELL_CHARS = 10_000_000


def protected(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: with a "'" before it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unprotected(cell: str) -> str:
    """Return a cell as it was before `protected`."""
    return cell[1:] if _PROTECTED.match(cell) else cell


def bring_csv(content: bytes, keys: Keys) -> Source:
    """Return the articles of a table.

    The first row names the columns. A column "path" says that it is an export of a FAQ such
    as this one, whose answers are Markdown already.

    Raises SourceError.
    """
    text = decoded(content)
    separator = ""
    if marked := _SEPARATOR_LINE.match(text):
        separator, text = marked[1], text[marked.end() :]
    separator = separator or _separator(text)
    head, rows = _rows(text, separator)
    names = [name.strip() for name in head]
    meanings = {keys.meaning(name) for name in names}
    if "question" not in meanings:
        found = ", ".join(f'"{name}"' for name in names if name)
        raise SourceError(
            f"no column is called question, only {found or 'empty ones'}",
            "say which it is: --map COLUMN=question",
        )
    articles = [
        _article(names, row, place=f"row {number}", keys=keys, is_ours="path" in names)
        for number, row in rows
    ]

    def again(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        table = io.StringIO()
        writer = csv.writer(table, delimiter=separator)
        has_reasons = names[-1:] == ["refused_because"]
        width = len(head) - has_reasons
        writer.writerow([*head[:width], "refused_because"])
        for number, reason in refused.items():
            cells = [*rows[number][1], *[""] * width]
            writer.writerow([*cells[:width], reason])
        return {"": table.getvalue().encode("utf-8-sig")}

    return Source(entries=tuple(articles), again=again)


def _separator(text: str) -> str:
    """Return the separator that divides the first row into most columns."""
    return max(_SEPARATORS, key=lambda each: len(_rows(text.partition("\n")[0], each)[0]))


def _rows(text: str, separator: str) -> tuple[list[str], Sequence[tuple[int, list[str]]]]:
    csv.field_size_limit(_MAX_CELL_CHARS)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = list(islice(read, MAX_FILES + 2))
    except csv.Error as error:
        raise SourceError(f"the table cannot be read: {error}", "save it as CSV anew") from None
    if not rows or not any(rows[0]):
        raise SourceError("its first row is empty", "name the columns there: question, answer")
    if len(rows) > MAX_FILES + 1:
        raise SourceError(f"it has more than {MAX_FILES:,} rows", "divide it")
    # A spreadsheet counts from 1, and so does the row of names.
    numbered = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]
    return rows[0], numbered


def _article(
    names: Sequence[str], row: Sequence[str], *, place: str, keys: Keys, is_ours: bool
) -> Brought:
    cells = {name: unprotected(cell) for name, cell in zip(names, row, strict=False) if name}
    further = {"path": cells.pop("path", ""), "kind": "own"} if is_ours else {}
    faults = Problems()
    if any(row[len(names) :]):
        message = f"it has {len(row)} cells, and the first row {len(names)}"
        hint = "put quotes around what holds the separator"
        faults.add("", 0, Kind.MALFORMED_ROW, message, hint)
    return brought(keys.read(cells), place=place, faults=faults.found, **further)
