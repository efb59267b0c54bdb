"""A table as spreadsheets save it, one article a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from itertools import islice

from faqsite.model.problems import Kind, Problems
from faqsite.system.files import MAX_FILES
from faqsite.transfer.article import Article, Keys, Source, SourceError, decode, make_article

_SEPARATORS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")
_MAX_CELL_CHARS = 10_000_000


def protect(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: with a "'" before it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unprotect(cell: str) -> str:
    """Return a cell as it was before `protect`."""
    return cell[1:] if _PROTECTED.match(cell) else cell


def read_csv(content: bytes, keys: Keys) -> Source:
    """Return the articles of a table.

    The first row names the columns. A column "path" says that it is an export of a FAQ such
    as this one, whose answers are Markdown already.

    Raises SourceError.
    """
    text = decode(content)
    marked = _SEPARATOR_LINE.match(text)
    text = text[marked.end() :] if marked else text
    first = text.partition("\n")[0]
    # Otherwise it is what divides the first row into most columns.
    likely = max(_SEPARATORS, key=lambda each: len(_read_rows(first, each)[0]))
    separator = marked[1] if marked else likely
    head, *rows = _read_rows(text, separator)
    # A spreadsheet counts from 1, and so does the row of names.
    numbered = [(number, row) for number, row in enumerate(rows, start=2) if any(row)]
    names = [name.strip() for name in head]
    if "question" not in map(keys.meaning, names):
        found = ", ".join(f'"{name}"' for name in names if name)
        raise SourceError(
            f"no column is called question, only {found or 'empty ones'}",
            "say which it is: --map COLUMN=question",
        )

    def write_refused(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        table = io.StringIO()
        writer = csv.writer(table, delimiter=separator)
        width = len(head) - (names[-1:] == ["refused_because"])
        writer.writerow([*head[:width], "refused_because"])
        for number, reason in refused.items():
            cells = [*numbered[number][1], *[""] * width]
            writer.writerow([*cells[:width], reason])
        return {"": table.getvalue().encode("utf-8-sig")}

    entries = (_parse_article(names, row, f"row {number}", keys) for number, row in numbered)
    return Source(articles=tuple(entries), write_refused=write_refused)


def _read_rows(text: str, separator: str) -> list[list[str]]:
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
    return rows


def _parse_article(names: Sequence[str], row: Sequence[str], place: str, keys: Keys) -> Article:
    cells = {name: unprotect(cell) for name, cell in zip(names, row, strict=False) if name}
    further = {"path": cells.pop("path", ""), "kind": "own"} if "path" in names else {}
    faults = Problems()
    if any(row[len(names) :]):
        message = f"it has {len(row)} cells, and the first row {len(names)}"
        hint = "put quotes around what holds the separator"
        faults.add("", 0, Kind.MALFORMED_ROW, message, hint)
    return make_article(keys.read(cells), place=place, faults=faults.found, **further)
