"""Tables as spreadsheets save them, imported and exported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from faqsite.build.pipeline import Inputs, load
from faqsite.content.folder import load_content
from faqsite.content.keys import entry_text
from faqsite.model.keys import ENTRY_KEYS, values_of
from faqsite.model.problems import Problems
from faqsite.model.records import RawContent
from faqsite.model.urls import slugify
from faqsite.transfer.admission import Admitted, admit
from faqsite.transfer.article import Keys, SourceError
from faqsite.transfer.table import protect, read_csv, unprotect, write_csv
from tests.content.test_keys import LISTS, NUMBERS, SEEN, TEXTS
from tests.support.cases import cases
from tests.support.contents import make_front_matter
from tests.support.product import PRODUCT
from tests.support.sites import SENTENCES
from tests.support.sources import only, pairs, problems_of


def keys() -> Keys:
    return Keys({}, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("question,answer\nWhy?,Because.\n", "utf-8"),
        ("question,answer\r\nWhy?,Because.\r\n", "utf-8-sig"),
        ("question;answer\nWhy?;Because.\n", "utf-8"),
        ("Question\tAnswer\nWhy?\tBecause.\n", "utf-16"),
        ("question,answer\nWhy?,Because.\n", "utf-16-le"),
        ("sep=|\nTitle|Body\nWhy?|Because.\n", "cp1252"),
        ('"question","answer"\n\n"Why?","Because."\n,\n', "utf-8"),
    ],
)
def test_tables_are_read_as_excel_saves_them(text: str, encoding: str) -> None:
    assert pairs(read_csv(text.encode(encoding), keys())) == [("Why?", "Because.")]


def test_windows_1252_is_read() -> None:
    source = read_csv("question,answer\nCafé?,“Yes” 5 €\n".encode("cp1252"), keys())
    assert pairs(source) == [("Café?", "“Yes” 5 €")]


def test_each_column_is_read_by_its_type() -> None:
    entry = only(
        read_csv(
            b"Question,Answer,Category,Also asked,Order,Related,Updated,Review by,Owner,Draft,"
            b"Moved from\n"
            b'Why?,Because.,Pay > Bonus,"how come; what for",20,a;b,2026-11-01T10:00Z,2027/5/1,'
            b'hr,yes,"/old;x\n"\n',
            keys(),
        )
    )
    assert (entry.category, entry.also_asked) == ("Pay/Bonus", ("how come", "what for"))
    assert (entry.order, entry.related, entry.updated) == (20, ("a", "b"), date(2026, 11, 1))
    assert (entry.review_by, entry.owner, entry.draft) == (date(2027, 5, 1), "hr", True)
    assert entry.moved_from == ("/old;x",)
    assert entry.problems == ()


@cases("row_problems")
def test_a_wrong_row_is_reported_with_all_its_problems(written: str, expected: str) -> None:
    source = read_csv(f"question,answer,order,updated,draft\n{written}\n".encode(), keys())
    (problems,) = problems_of(source)
    assert "\n".join(problems) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the first row is empty; name the columns in it: question,answer"),
        (
            b"Ask,Say\n1,2\n",
            (
                'no column is named "question"; the columns are "Ask", "Say"; '
                "add --map COLUMN=question"
            ),
        ),
        (b"PK\x03\x04rest", "this is not a text file; save it as CSV, HTML or plain text first"),
        (
            b"\xff\xfe\x00\xd8x",
            "this is not text in UTF-8, UTF-16 or Windows-1252; save it as UTF-8",
        ),
    ],
)
def test_an_unreadable_table_is_not_a_source(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=f"^{re.escape(message)}$"):
        read_csv(content, keys())


def test_columns_are_mapped_dropped_or_counted_as_unknown() -> None:
    mapped = Keys({"Ask": "question", "Say": "answer"}, ["Id"])
    source = read_csv(b"Ask,Say,Id,Stars\nWhy?,Because.,7,5\n", mapped)
    assert pairs(source) == [("Why?", "Because.")]
    assert mapped.unknown == {"Stars": 1}


def test_refused_rows_are_a_table_with_reasons_that_can_be_imported() -> None:
    source = read_csv("question;answer\nA?;1\nB?;\nC?;3\n".encode("utf-16"), keys())
    again = source.write_refused({1: "there is no answer"})
    assert again == {
        "": "question;answer;refused_because\r\nB?;;there is no answer\r\n".encode("utf-8-sig")
    }
    corrected = again[""].replace(b"B?;;", b"B?;2;")
    twice = read_csv(corrected, keys())
    assert pairs(twice) == [("B?", "2")]
    assert twice.write_refused({0: "x"})[""].count(b"refused_because") == 1


def test_a_row_of_an_export_keeps_its_path_and_markdown() -> None:
    source = read_csv(b"path,question,answer\noffice/dogs.md,Dogs?,'- <b>Yes</b>\n", keys())
    entry = only(source)
    assert (entry.path, entry.kind, entry.answer) == ("office/dogs.md", "own", "- <b>Yes</b>")


def test_a_row_of_an_export_may_have_no_path() -> None:
    entry = only(read_csv(b"question,answer,path\nDogs?,Yes\n", keys()))
    assert (entry.path, entry.kind, entry.answer) == ("", "own", "Yes")


@pytest.mark.parametrize("sign", "=+-@\t\r")
def test_no_cell_runs_as_a_formula(sign: str) -> None:
    assert protect(f"{sign}1") == f"'{sign}1"


@given(st.text(st.sampled_from("'=+-@a\t"), max_size=6))
def test_an_unprotected_cell_is_what_it_was(cell: str) -> None:
    assert unprotect(protect(cell)) == cell


OFFICE: Mapping[str, bytes] = {
    "site.yaml": b"title: Questions\n",
    "dogs.md": b"---\nquestion: Dogs?\nupdated: 2026-11-01\n---\n\n- Yes\n",
    "The office/Where is it?.md": b"---\nquestion: Where?\nrelated: [dogs]\n---\nHere.\n",
    "The office/draft.md": b"---\nquestion: When?\ndraft: true\norder: 0\n---\n",
    "The office/deep/formula.md": b'---\nquestion: "=1+1"\n---\n=A1 [home](../../dogs.md)\n',
}


def read(folder: Path, files: Mapping[str, bytes]) -> RawContent:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return load_content(folder, SENTENCES, Problems())


def values(content: RawContent) -> list[Any]:
    """Return the values of the entries without their lines."""
    return [
        {"path": each.path, "body": each.body.rstrip("\n"), **values_of(each, ENTRY_KEYS)}
        for each in content.entries
    ]


@cache
def empty() -> Inputs:
    """Return the inputs of an empty content folder."""
    with TemporaryDirectory() as folder:
        return load(Path(folder), PRODUCT / "templates", PRODUCT / "static")


def import_table(table: bytes) -> Admitted:
    return admit(read_csv(table, Keys({}, ())), empty())


def test_an_export_imports_as_the_same_entries(tmp_path: Path) -> None:
    before = read(tmp_path / "before", OFFICE)
    table = write_csv(before)
    assert table.startswith(b"\xef\xbb\xbfpath,question,answer,")
    assert b",'=1+1,\"'=A1 [home]" in table
    admitted = import_table(table)
    assert dict(admitted.refused) == {}
    assert values(read(tmp_path / "after", admitted.files)) == values(before)


NAMES = st.text(st.sampled_from("ab C-1é ?&"), min_size=1, max_size=8).filter(
    lambda name: name == name.strip() and any(map(str.isalnum, name))
)
ANSWERS = st.text(st.sampled_from("ab \n*#-1.é'"), max_size=40).map(
    lambda text: f"A {unicodedata.normalize('NFC', text)}"
)


@given(
    st.dictionaries(
        NAMES.map(str.casefold).filter(lambda name: name == name.strip("-")),
        st.fixed_dictionaries(
            {
                "question": SEEN,
                "also_asked": LISTS,
                "order": NUMBERS,
                "updated": st.none() | st.dates(min_value=date(1000, 1, 1)),
                "owner": TEXTS,
                "draft": st.booleans(),
                "answer": ANSWERS,
            }
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["", "Pay & more/", "office/deep/"]),
)
@settings(max_examples=60)
def test_any_entry_survives_export_and_import(
    entries: dict[str, dict[str, Any]], folder: str
) -> None:
    assume(len({slugify(name) for name in entries}) == len(entries))
    files = {
        f"{folder}{name}.md": entry_text(
            make_front_matter(
                **{key: value for key, value in entry.items() if key != "answer"}
                | {"question": f"{number} {entry['question']}"}
            ),
            entry["answer"],
        ).encode()
        for number, (name, entry) in enumerate(entries.items())
    }
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        before = read(Path(first), files)
        after = read(Path(second), import_table(write_csv(before)).files)
    assert values(after) == values(before)


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "a/../b.md", ".a.md", "a.txt", "a/???.md"])
def test_a_path_outside_the_content_is_refused(path: str) -> None:
    admitted = import_table(f"path,question,answer\n{path},Why?,So.\n".encode())
    assert (dict(admitted.files), list(admitted.refused)) == ({}, [0])
