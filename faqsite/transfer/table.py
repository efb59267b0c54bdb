"""A table as spreadsheets save it (CSV): import and export, one article a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from faqsite.model.keys import ENTRY_KEYS
from faqsite.model.problems import Kind, note
from faqsite.model.records import RawContent, RawEntry
from faqsite.system.files import MAX_FILES
from faqsite.transfer.article import Article, ImportSource, Keys, SourceError, decode, make_article

_QUESTION, *_OTHERS = (key.name for key in ENTRY_KEYS)
_COLUMNS = ("path", _QUESTION, "answer", *_OTHERS)
_SEPARATORS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")
_MAX_CELL_CHARS = 10_000_000


def protect(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: it gets a "'" in front."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unprotect(cell: str) -> str:
    """Return a cell as it was before `protect`."""
    return cell[1:] if _PROTECTED.match(cell) else cell


def write_csv(content: RawContent) -> bytes:
    """Return a table with a row for each entry, which `read_csv` reads back."""
    rows = ([protect(_cell(entry, column)) for column in _COLUMNS] for entry in content.entries)
    return _write_rows([_COLUMNS, *rows], ",")


def _cell(entry: RawEntry, column: str) -> str:
    value = getattr(entry, "body" if column == "answer" else column)
    if isinstance(value, tuple):
        text = "\n".join(value)
        # The line break keeps a text with a semicolon from being read as two.
        return f"{text}\n" if ";" in text else text
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None else str(value)


def read_csv(content: bytes, keys: Keys) -> ImportSource:
    """Return the articles of a table whose first row names the columns.

    A column "path" marks an export of this project, with answers in our Markdown.

    Raises SourceError.
    """
    text = decode(content)
    marked = _SEPARATOR_LINE.match(text)
    text = text[marked.end() :] if marked else text
    first = text.partition("\n")[0]
    # By default, the separator that gives the first row the most columns.
    likely = max(_SEPARATORS, key=lambda each: len(_read_rows(first, each)[0]))
    separator = marked[1] if marked else likely
    head, *rows = _read_rows(text, separator)
    # Spreadsheets count from 1, and the column names are row 1.
    numbered = [(number, row) for number, row in enumerate(rows, start=2) if any(row)]
    names = [name.strip() for name in head]
    if "question" not in map(keys.meaning, names):
        found = ", ".join(f'"{name}"' for name in names if name)
        raise SourceError(
            f'no column is named "question"; the columns are {found or "all unnamed"}',
            "add --map COLUMN=question",
        )
    width = len(head) - (names[-1:] == ["refused_because"])

    def write_refused(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        again = (
            [*[*numbered[number][1], *[""] * width][:width], reason]
            for number, reason in refused.items()
        )
        return {"": _write_rows([[*head[:width], "refused_because"], *again], separator)}

    articles = (_parse_article(names, row, f"row {number}", keys) for number, row in numbered)
    return ImportSource(articles=tuple(articles), write_refused=write_refused)


def _read_rows(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(_MAX_CELL_CHARS)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = list(islice(read, MAX_FILES + 2))
    except csv.Error as error:
        raise SourceError(f"cannot read the table: {error}", "save it as CSV again") from None
    if not rows or not any(rows[0]):
        raise SourceError("the first row is empty", "name the columns in it: question,answer")
    if len(rows) > MAX_FILES + 1:
        raise SourceError(f"the table has more than {MAX_FILES:,} rows", "split it")
    return rows


def _write_rows(rows: Iterable[Sequence[str]], separator: str) -> bytes:
    table = io.StringIO()
    csv.writer(table, delimiter=separator).writerows(rows)
    return table.getvalue().encode("utf-8-sig")


def _parse_article(names: Sequence[str], row: Sequence[str], place: str, keys: Keys) -> Article:
    cells = {name: unprotect(cell) for name, cell in zip(names, row, strict=False) if name}
    further = {"path": cells.pop("path", ""), "kind": "own"} if "path" in names else {}
    problems = []
    if any(row[len(names) :]):
        message = f"the row has {len(row)} cells, but the first row has {len(names)}"
        hint = "put quotes around each cell that contains the separator"
        problems = [note("", 0, Kind.MALFORMED_ROW, message, hint)]
    return make_article(keys.read(cells), place=place, problems=problems, **further)
