"""What is brought from elsewhere, and the content as one file and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from faqsite.admission import admit
from faqsite.bringing import Keys, Source, SourceError
from faqsite.content import parse_content, parse_entry
from faqsite.conversion import KINDS, converted
from faqsite.exported import bring_exported, content_csv, content_json, is_exported
from faqsite.from_csv import bring_csv
from faqsite.from_html import bring_html
from faqsite.from_json import bring_json, parsed_json
from faqsite.from_markdown import bring_folder, files_of
from faqsite.from_text import bring_text
from faqsite.model import RawContent
from faqsite.pipeline import make_site
from faqsite.problems import ContentError, Problems
from faqsite.soup import parse_html
from tests.sites import SENTENCES
from tests.sources import pairs

from .files import FOLDERS, added, project, written
from .markdown import PLAIN
from .sources import FOLDERS_OF_MARKDOWN, JSON, PAGES, TABLES
from .target import Check, Target

__all__ = ["TARGETS"]

Read = Callable[[Any], Source]
"""Returns what a case holds; raises SourceError."""

_PRESENT = {"site.yaml": b"title: Questions\n", "z.md": b"---\nquestion: Z?\n---\nSo.\n"}


def _brought(
    read: Read, *, as_read: Callable[[str], str] | None = str.strip
) -> Callable[[], AbstractContextManager[Check]]:
    @contextmanager
    def checks() -> Iterator[Check]:
        """Every article is an entry, there already, or refused, and the content builds with it."""
        inputs = added(project(), _PRESENT)

        def check(case: tuple[Any, str]) -> None:
            content, kind = case
            try:
                source = read(content)
            except SourceError:
                return
            if as_read:
                _come_again(source, read, as_read)
            entries = tuple(converted(source.entries, kind))
            admitted = admit(replace(source, entries=entries), inputs)
            become = len(admitted.made) + len(admitted.present) + len(admitted.refused)
            assert become == len(entries)
            assert all(fault.message for faults in admitted.refused.values() for fault in faults)
            assert not admitted.stuck
            make_site(added(inputs, admitted.files))

        yield check

    return checks


def _come_again(source: Source, read: Read, as_read: Callable[[str], str]) -> None:
    """Check that articles that were refused can be mended in a file, and imported again."""
    good = [number for number, entry in enumerate(source.entries) if not entry.faults]
    if good:
        again = read(source.again(dict.fromkeys(good, "why it was refused"))[""])
        told = [(question, as_read(answer)) for question, answer in pairs(source)]
        read_again = [(question, as_read(answer)) for question, answer in pairs(again)]
        assert read_again == [told[number] for number in good]


def _read_json(content: str | bytes) -> Source:
    parsed = parsed_json(_encoded(content))
    return bring_exported(parsed) if is_exported(parsed) else bring_json(parsed, Keys({}, ()))


def _read_folder(files: Mapping[str, str]) -> Source:
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(_encoded(text))
        source = bring_folder(files_of(Path(folder)), Keys({}, (), without="answer"))
        held = {path: read() for path, read in source.files.items()}
    return replace(source, files={path: partial(held.__getitem__, path) for path in held})


def _encoded(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


@contextmanager
def _exports() -> Iterator[Check]:
    """All that a content says comes back from an export; a table has every answer."""

    def check(files: dict[str, str]) -> None:
        content, is_good = _content({path: _encoded(text) for path, text in files.items()})
        if not is_good:
            return
        exported = content_json(content, files["site.yaml"])
        admitted = admit(bring_exported(json.loads(exported)), project())
        again, _ = _content(admitted.files)
        assert said(again) == said(content)
        table = bring_csv(content_csv(content), Keys({}, ()))
        assert pairs(table) == [(each.question.value, each.body) for each in content.entries]

    yield check


def _content(files: Mapping[str, bytes]) -> tuple[RawContent, bool]:
    """Return what some files say, and whether a site can be made of them."""
    problems = Problems()
    inputs = added(project(), files)
    entries = {path: parse_entry(f, path, problems) for path, f in inputs.sources.entries.items()}
    content = parse_content(inputs.sources, entries, SENTENCES, problems)
    try:
        make_site(inputs)
    except ContentError:
        return content, False
    return content, True


def said(content: RawContent) -> list[Any]:
    """Return all of a content but the lines on which things stand."""
    return [
        content.settings,
        content.categories,
        content.attachments,
        content.queries,
        [written(entry).rstrip("\n") for entry in content.entries],
    ]


def _cases(texts: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, str]]:
    return st.tuples(texts, st.sampled_from(["", "", *KINDS]))


TARGETS = (
    Target(
        name="import of tables",
        cases=_cases(TABLES | st.binary(max_size=80)),
        checks=_brought(lambda content: bring_csv(_encoded(content), Keys({}, ()))),
        share=4,
    ),
    Target(name="import of JSON", cases=_cases(JSON), checks=_brought(_read_json), share=4),
    Target(
        name="import of HTML",
        cases=_cases(PAGES | PAGES.map(str.encode) | st.binary(max_size=80)),
        checks=_brought(
            lambda content: bring_html(_encoded(content)),
            as_read=lambda answer: " ".join(str(parse_html(answer)).split()),
        ),
        share=4,
    ),
    Target(
        name="import of text",
        cases=_cases(PLAIN),
        checks=_brought(lambda content: bring_text(_encoded(content))),
        share=4,
    ),
    Target(
        name="import of folders",
        cases=_cases(FOLDERS_OF_MARKDOWN),
        checks=_brought(_read_folder, as_read=None),
        share=4,
    ),
    Target(name="exports", cases=FOLDERS, checks=_exports, share=4),
)
