"""Articles from elsewhere, and the content as a table and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from faqsite.build.pipeline import make_site
from faqsite.content.folder import parse_entry
from faqsite.content.keys import entry_text
from faqsite.model.problems import ContentError, Problems
from faqsite.transfer.admission import admit
from faqsite.transfer.article import ImportSource, Keys, SourceError
from faqsite.transfer.from_html import parse_html, read_html
from faqsite.transfer.from_json import read_json
from faqsite.transfer.from_markdown import find_files, read_folder
from faqsite.transfer.from_text import read_text
from faqsite.transfer.table import read_csv, write_csv
from faqsite.transfer.to_markdown import KINDS, convert
from tests.support.contents import make_content
from tests.support.sources import pairs

from .sources import FOLDERS_OF_MARKDOWN, JSON, PAGES, TABLES
from .test_files import FOLDERS, added, project
from .texts import PLAIN

_KINDS = st.sampled_from(["", "", *KINDS])
_PRESENT = {"site.yaml": b"title: Questions\n", "z.md": b"---\nquestion: Z?\n---\nSo.\n"}


def check_import(
    read: Callable[[Any], ImportSource],
    content: object,
    kind: str,
    as_read: Callable[[str], str] | None,
) -> None:
    """Check that each article is imported, is known or is refused, and that the site builds.

    Refused articles are written to a file, which reads the same; without `as_read` that is not
    checked.
    """
    inputs = added(project(), _PRESENT)
    try:
        source = read(content)
    except SourceError:
        return
    good = [number for number, entry in enumerate(source.articles) if not entry.problems]
    if as_read and good:
        again = read(source.write_refused(dict.fromkeys(good, "why it was refused"))[""])
        first, second = (
            [(question, as_read(answer)) for question, answer in pairs(each)]
            for each in (source, again)
        )
        assert second == [first[number] for number in good]
    entries = tuple(convert(source.articles, kind, lambda _: None))
    admitted = admit(replace(source, articles=entries), inputs)
    assert len(admitted.made) + len(admitted.present) + len(admitted.refused) == len(entries)
    assert all(fault.message for faults in admitted.refused.values() for fault in faults)
    assert not admitted.stuck
    make_site(added(inputs, admitted.files))


def _encoded(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _read_folder(files: Mapping[str, str]) -> ImportSource:
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(_encoded(text))
        source = read_folder(find_files(Path(folder)), Keys({}, (), without="answer"))
        held = {path: read() for path, read in source.files.items()}
    return replace(source, files={path: partial(held.__getitem__, path) for path in held})


@given(TABLES | st.binary(max_size=80), _KINDS)
def test_any_table_can_be_imported(content: str | bytes, kind: str) -> None:
    check_import(lambda each: read_csv(_encoded(each), Keys({}, ())), content, kind, str.strip)


@given(JSON, _KINDS)
def test_any_json_can_be_imported(content: str, kind: str) -> None:
    def read(each: str | bytes) -> ImportSource:
        return read_json(_encoded(each), Keys({}, ()))

    check_import(read, content, kind, str.strip)


@given(PAGES | PAGES.map(str.encode) | st.binary(max_size=80), _KINDS)
def test_any_page_can_be_imported(content: str | bytes, kind: str) -> None:
    check_import(
        lambda each: read_html(_encoded(each)),
        content,
        kind,
        lambda answer: " ".join(str(parse_html(answer)).split()),
    )


@given(PLAIN, _KINDS)
def test_any_text_can_be_imported(content: str, kind: str) -> None:
    check_import(lambda each: read_text(_encoded(each)), content, kind, str.strip)


@given(FOLDERS_OF_MARKDOWN, _KINDS)
def test_any_folder_of_markdown_can_be_imported(files: Mapping[str, str], kind: str) -> None:
    check_import(_read_folder, files, kind, None)


@given(FOLDERS)
def test_an_export_as_a_table_imports_as_the_same_entries(texts: Mapping[str, str]) -> None:
    files = {path: text.encode() for path, text in texts.items()}
    problems = Problems()
    inputs = added(project(), files)
    try:
        make_site(inputs)
    except ContentError:
        assume(False)  # noqa: FBT003 (hypothesis' own way)
    entries = [parse_entry(file, path, problems) for path, file in inputs.sources.entries.items()]
    content = make_content(*filter(None, entries))
    table = read_csv(write_csv(content), Keys({}, ()))
    assert pairs(table) == [(each.question, each.body) for each in content.entries]
    there = {path: file for path, file in files.items() if not path.endswith(".md")}
    admitted = admit(table, added(project(), there))
    again = [
        parse_entry(admitted.files[each.path], each.path, problems) for each in content.entries
    ]
    assert [entry_text(each, each.body).rstrip() for each in again if each] == [
        entry_text(each, each.body).rstrip() for each in content.entries
    ]
