"""What is brought from elsewhere, and the content as one file and back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from faqsite.to_markdown import parse_html
from tests.sites import SENTENCES
from tests.sources import pairs

from .files import FOLDERS, YAML, added, project, written
from .markdown import HTML, MDX, PLAIN
from .target import Check, Target
from .texts import joined, mostly

__all__ = ["TARGETS"]

Read = Callable[[Any], Source]
"""Returns what a case holds; raises SourceError."""

_PRESENT = {"site.yaml": b"title: Questions\n", "z.md": b"---\nquestion: Z?\n---\nSo.\n"}
_NAMES = (
    *("question", "title", "answer", "body", "category", "section", "order", "updated", "draft"),
    *("also_asked", "related", "moved_from", "url", "slug", "path", "owner", "review_by", "other"),
)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]], separator: str) -> str:
    table = io.StringIO()
    csv.writer(table, delimiter=separator).writerows([head, *rows])
    return table.getvalue()


_CELLS = st.sampled_from(
    [
        "",
        "Why?",
        "So.",
        "2026-11-01",
        "3",
        "true",
        "a/b.md",
        "../x",
        "/old",
        "Pay & more",
        "a; b\nc",
    ]
) | joined("=1+1", "'=", "<p>So.</p>", " ", "a", ",", ";", '"', "\n", "'", "*", "|", "?", most=6)
_QUESTION_CELLS = mostly(
    st.sampled_from(["Why?", "How?", "When\nis it?", "=When?", "C, #?"]), _CELLS
)
_ANSWER_CELLS = mostly(st.sampled_from(["So.", "<p>So.</p>", "- a\n- b", "'=1", '"a", b']), _CELLS)
_FILLED = st.builds(
    _csv,
    st.lists(st.sampled_from(_NAMES[4:]), max_size=4, unique=True).map(
        lambda names: ["question", "answer", *names]
    ),
    st.lists(
        st.tuples(_QUESTION_CELLS, _ANSWER_CELLS, st.lists(_CELLS, max_size=4)).map(
            lambda row: [row[0], row[1], *row[2]]
        ),
        max_size=4,
    ),
    st.sampled_from(",;\t"),
)
_HEADS = ["question,answer", "question;answer;order", "Frage\tbody", "path,question,answer"]
_TABLES = _FILLED | st.builds(
    "{}{}\n{}".format,
    st.sampled_from(["", "", "\ufeff", "sep=;\n"]),
    st.sampled_from(_HEADS)
    | st.lists(st.sampled_from(_NAMES), min_size=2, max_size=6, unique=True).map(",".join),
    joined(
        *("Why?", "So.", ",", ",", ";", "\t", "\n"),
        *("\n", '"', '""', "'", "=1+1", "'=", "2026-11-01"),
        *("3", "true", "a/b.md", "../x", "/old", "Pay & more", "<p>So.</p>", " ", "1e3", "Why? "),
    ),
)  # fmt: skip
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(
        ["Why?", "<p>So.</p>", "http://[x", "2026-11-01", "published", "", "a/b", "7"]
    )
    | st.text(max_size=8),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), values, max_size=3)
    ),
    max_leaves=4,
)
_FURTHER = st.dictionaries(
    st.sampled_from([*_NAMES, "id", "section_id", "html_url", "state", "refused_folders", "name"]),
    _VALUES,
    max_size=4,
)
_ARTICLES = st.builds(
    lambda question, answer, further: {"title": question, "body": answer, **further},
    mostly(st.sampled_from(["Why?", "How?", "", "<b>When?</b>"]), _VALUES),
    mostly(st.sampled_from(["So.", "<p>So.</p>", "*So*", "a & b"]), _VALUES),
    _FURTHER,
)
_QUESTIONS = st.fixed_dictionaries(
    {"@type": st.sampled_from(["Question", ["Question"], "FAQPage", 1])},
    optional={
        "name": mostly(st.sampled_from(["Why?", "R&amp;D?", "How<br>?"]), _VALUES),
        "acceptedAnswer": mostly(st.sampled_from([{"text": "So."}, [{"text": "<p>So"}]]), _VALUES),
        "dateModified": _VALUES,
        "url": _VALUES,
    },
)
_NODES: Mapping[str, Mapping[str, list[Any]]] = {
    "entries": {"path": ["a.md", "b/a.md", "../a.md"], "question": ["Why?"], "answer": ["So."]},
    "categories": {"path": ["a", "a/b", "..", "a/.b"], "title": ["A"], "order": [1]},
    "attachments": {"path": ["a/m.png", "m.js", "/m.png", "a.pdf"], "base64": ["AAAA", "A"]},
}  # fmt: skip


def _nodes(keys: Mapping[str, list[Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    usual = {key: mostly(st.sampled_from(some), _VALUES) for key, some in keys.items()}
    return st.lists(st.fixed_dictionaries({}, optional=usual), max_size=3)


_EXPORTS = st.fixed_dictionaries(
    {"format": st.just("faqsite-content"), "version": st.just(1)},
    optional={
        "settings": mostly(st.just("title: A\n"), _VALUES),
        "queries": mostly(st.just("a: none\n"), _VALUES),
        **{name: mostly(_nodes(keys), _VALUES) for name, keys in _NODES.items()},
    },
)  # fmt: skip
_JSON_VALUES = (
    st.fixed_dictionaries(
        {"articles": st.lists(_ARTICLES, max_size=4), "sections": st.lists(_FURTHER, max_size=2)}
    )
    | st.fixed_dictionaries({"mainEntity": st.lists(_QUESTIONS, max_size=3)})
    | _EXPORTS
)
_JSON = mostly(
    _JSON_VALUES.map(json.dumps),
    _VALUES.map(json.dumps) | joined(*'{}[]":,', "title", "body", "1", "null", "\\u", "NaN"),
)
_FOREIGN = st.builds(
    "{}{}".format,
    st.sampled_from(["", "---\ntitle: A\n---\n", "+++\ntitle = 'A'\n+++\n", "---\na: [\n"])
    | st.just("---\nquestion: A\nweight: 2\naliases: [/x]\n---\n")
    | YAML.map("---\ntitle: A\n{}\n---\n".format)
    | joined("title = ", "'A'", '"', "\n", "[a]", "1", "2026-01-01").map("+++\n{}\n+++\n".format),
    MDX,
)
_FOREIGN_NAMES = [
    *("a.md", "b.mdx", "x/index.md", "x/_index.md"),
    *("x/b.markdown", "2026-01-02-c.md", "x/README.md"),
    *("x/_category_.json", "p.png", "x/_category_.yml"),
]  # fmt: skip
_FOLDERS = st.dictionaries(st.sampled_from(_FOREIGN_NAMES), _FOREIGN, min_size=1, max_size=3)


_FRAMES = [
    "<h1>FAQ</h1><h2>Pay</h2><h3>Why?</h3>{}<h3>How?</h3>So.",
    "<details><summary>Why?</summary>{}</details>",
    "<dl><dt>Why?</dt><dd>{}</dd></dl>",
    '<div itemtype="https://schema.org/Question"><b itemprop=name>Why?</b><p itemprop=text>{}',
    (
        '<script type="application/ld+json">{"@type": "Question", "name": "Why?",'
        ' "acceptedAnswer": {"text": "{}"}}</script>'
    ),
    "{}",
]
_PAGES = st.builds(lambda frame, html: frame.replace("{}", html), st.sampled_from(_FRAMES), HTML)


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
            entries = tuple(converted(source.entries, kind, 1, lambda _: None))
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
        cases=_cases(_TABLES | st.binary(max_size=80)),
        checks=_brought(lambda content: bring_csv(_encoded(content), Keys({}, ()))),
        share=4,
    ),
    Target(name="import of JSON", cases=_cases(_JSON), checks=_brought(_read_json), share=4),
    Target(
        name="import of HTML",
        cases=_cases(_PAGES | _PAGES.map(str.encode) | st.binary(max_size=80)),
        checks=_brought(
            lambda content: bring_html(_encoded(content)),
            as_read=lambda answer: str(parse_html(answer)).strip(),
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
        cases=_cases(_FOLDERS),
        checks=_brought(_read_folder, as_read=None),
        share=4,
    ),
    Target(name="exports", cases=FOLDERS, checks=_exports, share=4),
)
