"""The content as one file, and back."""

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

from faqsite.admission import admit
from faqsite.bringing import Keys, SourceError
from faqsite.content import load_content
from faqsite.exported import bring_exported, content_csv, content_json
from faqsite.from_csv import bring_csv
from faqsite.from_json import parsed_json
from faqsite.frontmatter import entry_text
from faqsite.model import RawContent
from faqsite.pipeline import Inputs, load
from faqsite.problems import Problems
from faqsite.urls import slugify

from .product import PRODUCT
from .sites import SENTENCES
from .test_frontmatter import LISTS, NUMBERS, SEEN, TEXTS

OFFICE: Mapping[str, bytes] = {
    "site.yaml": b"# Ours\ntitle: Questions\nlanguage: de\n",
    "queries.yaml": b"dog: dogs\n",
    "dogs.md": b"---\nquestion: Dogs?\nupdated: 2026-11-01\n---\n\n- Yes\n",
    "The office/_category.yaml": b"title: 'In: the office'\norder: 0\nsummary: Desks.\n",
    "The office/Where is it?.md": b"---\nquestion: Where?\nrelated: [dogs]\n---\n![A](map.png)\n",
    "The office/draft.md": b"---\nquestion: When?\ndraft: true\norder: 0\n---\n",
    "The office/map.png": b"\x89PNG",
    "The office/deep/formula.md": b'---\nquestion: "=1+1"\n---\n=A1 [home](../../dogs.md)\n',
}


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def read(folder: Path) -> RawContent:
    problems = Problems()
    content = load_content(folder, SENTENCES, problems)
    assert not problems.found
    return content


def said(content: RawContent) -> Any:  # noqa: ANN401 (all that a FAQ is)
    """Return all of a content but the lines on which things stand."""
    return [
        content.settings,
        content.categories,
        content.attachments,
        content.queries,
        [
            (
                each.path,
                each.question.value,
                [text.value for text in each.also_asked],
                each.order,
                [text.value for text in each.related],
                each.updated,
                each.review_by,
                each.owner,
                each.draft,
                [text.value for text in each.moved_from],
                each.body.rstrip("\n"),
            )
            for each in content.entries
        ],
    ]


@cache
def nothing() -> Inputs:
    """Return the inputs of a content that is not there yet."""
    with TemporaryDirectory() as folder:
        return load(Path(folder), PRODUCT / "templates", PRODUCT / "static")


def imported(folder: Path, exported: str) -> RawContent:
    admitted = admit(bring_exported(parsed_json(exported.encode())), nothing())
    assert (dict(admitted.refused), admitted.left, admitted.stuck) == ({}, (), ())
    return load_content(write(folder, admitted.files), SENTENCES, Problems())


def test_an_export_that_is_imported_is_the_same_faq(tmp_path: Path) -> None:
    before = read(write(tmp_path / "before", OFFICE))
    (tmp_path / "after").mkdir()
    settings_text = OFFICE["site.yaml"].decode()
    after = imported(tmp_path / "after", content_json(before, settings_text))
    assert said(after) == said(before)
    assert (tmp_path / "after/site.yaml").read_bytes() == OFFICE["site.yaml"]


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
def test_whatever_an_entry_says_comes_through_an_export(
    entries: dict[str, dict[str, Any]], folder: str
) -> None:
    assume(len({slugify(name) for name in entries}) == len(entries))
    files = {"site.yaml": b"title: Questions\n"} | {
        f"{folder}{name}.md": entry_text(
            **{**entry, "question": f"{number} {entry['question']}"}
        ).encode()
        for number, (name, entry) in enumerate(entries.items())
    }
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        before = load_content(write(Path(first), files), SENTENCES, Problems())
        after = imported(Path(second), content_json(before, "title: Questions\n"))
    assert said(after)[4] == said(before)[4]


def test_a_table_holds_every_entry_and_comes_back(tmp_path: Path) -> None:
    before = read(write(tmp_path, OFFICE))
    table = content_csv(before)
    assert table.startswith(b"\xef\xbb\xbfpath,question,answer,")
    assert b",'=1+1,\"'=A1 [home]" in table
    source = bring_csv(table, Keys({}, ()))
    read_back = [(e.path, e.question, e.answer, e.draft, e.order) for e in source.entries]
    assert read_back == [
        (each.path, each.question.value, each.body, each.draft, each.order)
        for each in before.entries
    ]


@pytest.mark.parametrize(
    ("node", "part"),
    [
        ("attachments", {"path": "../map.png", "base64": ""}),
        ("attachments", {"path": "/map.png", "base64": ""}),
        ("attachments", {"path": "a/.hidden.png", "base64": ""}),
        ("attachments", {"path": "run.js", "base64": ""}),
        ("attachments", {"path": "a\\b.png", "base64": ""}),
        ("attachments", {"path": "map.png", "base64": "?"}),
        ("categories", {"path": "../pay", "title": "Pay"}),
    ],
)  # fmt: skip
def test_nothing_is_put_where_it_does_not_belong(node: str, part: dict[str, str]) -> None:
    parsed = {"format": "faqsite-content", "version": 1, node: [part]}
    assert dict(bring_exported(parsed).whole) == {}


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "a/../b.md", ".a.md", "a.txt", "a/???.md"])
def test_an_entry_that_would_lie_elsewhere_is_refused(path: str) -> None:
    node = {"path": path, "question": "Why?", "answer": "So."}
    source = bring_exported({"format": "faqsite-content", "version": 1, "entries": [node]})
    admitted = admit(source, nothing())
    assert (dict(admitted.files), list(admitted.refused)) == ({}, [0])


def test_an_export_of_another_version_is_not_guessed_at() -> None:
    message = "^it is an export of version 2; this program reads 1$"
    with pytest.raises(SourceError, match=message):
        bring_exported({"format": "faqsite-content", "version": 2})
