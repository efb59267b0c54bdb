"""The entries as a table, and back."""

from __future__ import annotations

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
from faqsite.transfer.article import Keys
from faqsite.transfer.table import read_csv, write_csv
from tests.content.test_keys import LISTS, NUMBERS, SEEN, TEXTS
from tests.support.contents import make_front_matter
from tests.support.product import PRODUCT
from tests.support.sites import SENTENCES

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


def said(content: RawContent) -> list[Any]:
    """Return all that the entries say, but the lines on which it stands."""
    return [
        {"path": each.path, "body": each.body.rstrip("\n"), **values_of(each, ENTRY_KEYS)}
        for each in content.entries
    ]


@cache
def nothing() -> Inputs:
    """Return the inputs of a content that is not there yet."""
    with TemporaryDirectory() as folder:
        return load(Path(folder), PRODUCT / "templates", PRODUCT / "static")


def imported(table: bytes) -> Admitted:
    return admit(read_csv(table, Keys({}, ())), nothing())


def test_a_table_holds_every_entry_and_comes_back(tmp_path: Path) -> None:
    before = read(tmp_path / "before", OFFICE)
    table = write_csv(before)
    assert table.startswith(b"\xef\xbb\xbfpath,question,answer,")
    assert b",'=1+1,\"'=A1 [home]" in table
    admitted = imported(table)
    assert dict(admitted.refused) == {}
    assert said(read(tmp_path / "after", admitted.files)) == said(before)


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
def test_whatever_an_entry_says_comes_through_a_table(
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
        after = read(Path(second), imported(write_csv(before)).files)
    assert said(after) == said(before)


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "a/../b.md", ".a.md", "a.txt", "a/???.md"])
def test_an_entry_that_would_lie_elsewhere_is_refused(path: str) -> None:
    admitted = imported(f"path,question,answer\n{path},Why?,So.\n".encode())
    assert (dict(admitted.files), list(admitted.refused)) == ({}, [0])
