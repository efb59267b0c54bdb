"""Tables as spreadsheets save them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.transfer.article import Keys, SourceError
from faqsite.transfer.table import protect, read_csv, unprotect
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
def test_what_excel_writes_is_read(text: str, encoding: str) -> None:
    assert pairs(read_csv(text.encode(encoding), keys())) == [("Why?", "Because.")]


def test_windows_1252_is_read_where_the_text_is_no_utf_8() -> None:
    source = read_csv("question,answer\nCafé?,“Yes” 5 €\n".encode("cp1252"), keys())
    assert pairs(source) == [("Café?", "“Yes” 5 €")]


def test_every_column_has_its_type() -> None:
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


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        (",Because.", ["the question is missing; write it"]),
        ("Why?,", ["the answer is missing; write it or set draft to true"]),
        (
            "Why?,Because.,soon",
            ['"order" must be a whole number, not "soon"; write, for example, 20'],
        ),
        (
            "Why?,Because.,,1 May 2026",
            ['"updated" must be a date, not "1 May 2026"; write, for example, 2026-11-01'],
        ),
        (
            "Why?,Because.,,2026-02-30",
            ['"updated" must be a date, not "2026-02-30"; write, for example, 2026-11-01'],
        ),
        (
            "Why?,Because.,,,maybe",
            ['"draft" must be true or false, not "maybe"; write, for example, true'],
        ),
        (
            "Why?,Because, not,1,2026-01-01,no,more",
            [
                (
                    "the row has 7 cells, but the first row has 5; "
                    "put quotes around each cell that contains the separator"
                ),
                '"draft" must be true or false, not "2026-01-01"; write, for example, true',
                '"order" must be a whole number, not "not"; write, for example, 20',
                '"updated" must be a date, not "1"; write, for example, 2026-11-01',
            ],
        ),
    ],
)
def test_a_row_that_is_wrong_says_why(row: str, problems: list[str]) -> None:
    source = read_csv(f"question,answer,order,updated,draft\n{row}\n".encode(), keys())
    (found,) = problems_of(source)
    assert sorted(found) == sorted(problems)


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
def test_a_table_that_cannot_be_read_says_what_to_do(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=f"^{re.escape(message)}$"):
        read_csv(content, keys())


def test_columns_are_named_by_map_and_left_out_by_drop_and_others_are_counted() -> None:
    mapped = Keys({"Ask": "question", "Say": "answer"}, ["Id"])
    source = read_csv(b"Ask,Say,Id,Stars\nWhy?,Because.,7,5\n", mapped)
    assert pairs(source) == [("Why?", "Because.")]
    assert mapped.unknown == {"Stars": 1}


def test_what_is_refused_is_a_table_again_with_the_reason() -> None:
    source = read_csv("question;answer\nA?;1\nB?;\nC?;3\n".encode("utf-16"), keys())
    again = source.write_refused({1: "there is no answer"})
    assert again == {
        "": "question;answer;refused_because\r\nB?;;there is no answer\r\n".encode("utf-8-sig")
    }
    mended = again[""].replace(b"B?;;", b"B?;2;")
    twice = read_csv(mended, keys())
    assert pairs(twice) == [("B?", "2")]
    assert twice.write_refused({0: "x"})[""].count(b"refused_because") == 1


def test_an_export_of_ones_own_keeps_its_paths_and_its_markdown() -> None:
    source = read_csv(b"path,question,answer\noffice/dogs.md,Dogs?,'- <b>Yes</b>\n", keys())
    entry = only(source)
    assert (entry.path, entry.kind, entry.answer) == ("office/dogs.md", "own", "- <b>Yes</b>")


def test_a_row_without_a_path_is_an_entry_that_has_none_yet() -> None:
    entry = only(read_csv(b"question,answer,path\nDogs?,Yes\n", keys()))
    assert (entry.path, entry.kind, entry.answer) == ("", "own", "Yes")


@pytest.mark.parametrize("sign", "=+-@\t\r")
def test_no_cell_is_run_as_a_formula(sign: str) -> None:
    assert protect(f"{sign}1") == f"'{sign}1"


@given(st.text(st.sampled_from("'=+-@a\t"), max_size=6))
def test_a_cell_is_after_all_what_it_was(cell: str) -> None:
    assert unprotect(protect(cell)) == cell
