"""Folders of Markdown for other generators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from faqsite.model.keys import CategoryFile
from faqsite.transfer.article import ImportSource, Keys, SourceError
from faqsite.transfer.from_markdown import find_files, read_folder
from tests.support.documents import write
from tests.support.sources import only, reasons_of


def read(folder: Path, files: Mapping[str, str], *dropped: str) -> ImportSource:
    return read_folder(find_files(write(folder, files)), Keys({}, dropped, without="answer"))


@pytest.mark.parametrize(
    ("path", "text", "question", "answer"),
    [
        ("a.md", "---\ntitle: 'Why: so'\n---\nText.\n", "Why: so", "Text.\n"),
        ("a.md", "---\ntitle: no\n---\n# No\n\nText.\n", "no", "\n\nText.\n"),
        ("a.md", '+++\ntitle = "Why?"\n+++\nText.\n', "Why?", "Text.\n"),
        ("a.md", '{"title": "Why?"}\n\nText.\n', "Why?", "Text.\n"),
        ("a.md", "{not: JSON}\n", "A", "{not: JSON}\n"),
        ("Pay day 0123456789abcdef0123456789abcdef.md", "Text.\n", "Pay day", "Text.\n"),
        ("a.md", ("---\ntitle: A\nimages:\n- {id: i1, description: Map, path: x/y.png}\n---\n"
         "<{IMAGE:i1}>\n"), "A", "![Map](x/y.png)\n"),
        ("a.md", "# The `pay` **day**\n\nText.\n", "The pay day", "\n\nText.\n"),
        ("a.md", "Why?\n====\n\nText.\n", "Why?", "\n\nText.\n"),
        ("a.md", "Intro.\n\n## Later\n\nText.\n", "A", "Intro.\n\n## Later\n\nText.\n"),
        ("a.md", "```\n# a\n```\n\n# Why?\n\nText.\n", "A",
         "```\n# a\n```\n\n# Why?\n\nText.\n"),
        ("a.md", "<!-- x -->\n# Why?\n\nText.\n", "Why?", "<!-- x -->\n\n\nText.\n"),
        ("pay-day_of.mdx", "Text.\n", "Pay day of", "Text.\n"),
        ("pay/index.md", "Text.\n", "Pay", "Text.\n"),
        ("pay/README.md", "Text.\n", "Pay", "Text.\n"),
        ("a.markdown", "\ufeff---\r\ntitle: Why?\r\n---\r\nText.\r\n", "Why?", "Text.\n"),
        ("a.md", "---\n---\n# Why?\nText.\n", "Why?", "\nText.\n"),
    ],
)  # fmt: skip
def test_the_question_is_the_title_the_heading_at_the_top_or_the_name(
    tmp_path: Path, path: str, text: str, question: str, answer: str
) -> None:
    entry = only(read(tmp_path, {path: text}))
    assert (entry.question, entry.answer, entry.problems) == (question, answer, ())


def test_front_matter_of_other_generators_is_read(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Why?\nweight: 20\nlastmod: 2026-11-01\ndate: 2020-01-01\nslug: because\n"
        "aliases: [/old/, old2]\npublished: false\n---\nText.\n"
    )
    entry = only(read(tmp_path, {"pay/2020-02-03-why.md": text}))
    assert (entry.order, entry.updated, entry.draft) == (20, date(2026, 11, 1), True)
    assert entry.moved_from == ("/pay/because", "/old/", "/pay/old2")
    assert (entry.category, entry.name, entry.base) == ("pay", "why", "/pay/2020-02-03-why.md")


def test_unknown_keys_are_counted_and_can_be_dropped(tmp_path: Path) -> None:
    files = {"a.md": "---\ntitle: A\nlayout: x\ndescription: y\n---\nText.\n"}
    keys = Keys({}, ["layout"], without="answer")
    read_folder(find_files(write(tmp_path, files)), keys)
    assert keys.unknown == {"description": 1}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "---\ntitle: A: b: c\n---\nText.\n",
            (
                "cannot read the front matter, line 2: mapping values are not allowed in this "
                "context; put the value in quotes"
            ),
        ),
        (
            "+++\ntitle = A\n+++\nText.\n",
            (
                "cannot read the front matter: Invalid value (at line 1, column 9); "
                "put the value in quotes"
            ),
        ),
    ],
)
def test_unreadable_front_matter_is_refused_with_its_line(
    tmp_path: Path, text: str, problem: str
) -> None:
    assert reasons_of(only(read(tmp_path, {"a.md": text})).problems) == [problem]


def test_other_files_are_imported_or_reported(tmp_path: Path) -> None:
    files = {
        "a.md": "# A\n\n![x](img/x.png)\n",
        "img/x.png": "picture",
        "img/y.png": "picture",
        "code.js": "1",
        "no.pdf": "1",
        "plan.pdf": "%PDF-1.7",
        "more.js": "2",
        ".hidden.md": "# No",
        "node_modules/b.md": "# No",
        "pay/_category_.json": '{"label": "The pay", "position": 2}',
        "bus/_metadata.yaml": "title: LLM bus\n",
    }
    source = read(tmp_path, files)
    assert sorted(source.files) == ["img/x.png", "img/y.png", "plan.pdf"]
    assert source.categories == {
        "bus": CategoryFile(title="LLM bus"),
        "pay": CategoryFile(title="The pay", order=2),
    }
    left_out = "left out files that entries cannot use: 2 .js, 1 .pdf"
    assert source.advice == (left_out,)
    assert source.write_refused({0: "not good"}) == {
        "a.md": b"# A\n\n![x](img/x.png)\n", "img/x.png": b"picture"
    }  # fmt: skip


def test_an_index_page_without_text_names_the_category(tmp_path: Path) -> None:
    files = {"pay/_index.md": "---\ntitle: The pay\nweight: 3\n---\n", "pay/a.md": "# A\n\nB.\n"}
    source = read(tmp_path, files)
    assert [each.question for each in source.articles] == ["A"]
    assert source.categories == {"pay": CategoryFile(title="The pay", order=3)}


def test_a_folder_without_markdown_is_not_a_source(tmp_path: Path) -> None:
    message = "^the folder has no .md or .mdx file; name another file or folder$"
    with pytest.raises(SourceError, match=message):
        read(tmp_path, {"a.txt": "Why?"})


FAQ = """\
# Questions & answers

Welcome.

## Contents

- [When?](#when)

## Pay

### When?

Yes and no. See [*who*](#who-pays) and [more](#deeper).

```
### Why?
```

#### Deeper

Text.

### Bonus

Rules.

### Who pays?

We.

## Office

Our office.

### Dogs?

No.
"""


def test_a_file_whose_headings_are_questions_is_an_article_for_each(tmp_path: Path) -> None:
    source = read(tmp_path, {"FAQ.md": FAQ})
    assert [(each.category, each.question, each.place) for each in source.articles] == [
        ("Questions & answers", "Questions & answers", "FAQ.md"),
        ("Pay", "When?", "FAQ.md#when"),
        ("Pay", "Bonus", "FAQ.md#bonus"),
        ("Pay", "Who pays?", "FAQ.md#who-pays"),
        ("Office", "Office", "FAQ.md#office"),
        ("Office", "Dogs?", "FAQ.md#dogs"),
    ]
    assert (
        source.articles[1].answer.strip()
        == FAQ.partition("### When?\n\n")[2].partition("\n\n### Bonus")[0]
    )
    assert source.advice == ('FAQ.md: left out a table of contents: "Contents"',)
    assert source.write_refused({1: "no", 3: "no"}) == {"FAQ.md": FAQ.encode()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A?\nB\n# C?\nD\n", [("A", "A?"), ("A", "C?")]),
        ("A?\n---\nB\n\nC?\n---\nD\n", [("A", "A?"), ("A", "C?")]),
        ("# T\n## G\n## A?\nB\n## H\n## C?\nD\n", [("G", "A?"), ("H", "C?")]),
        ("## A? {#a}\nB\n## **C?**\nD\n", [("A", "A?"), ("A", "C?")]),
        ("---\ntitle: T\ncategory: K\n---\nX\n## A?\nB\n## C?\nD\n",
         [("K/T", "T"), ("K/T", "A?"), ("K/T", "C?")]),
        ("# Why?\nX\n## A?\nB\n## C?\nD\n", [("", "Why?")]),
        ("# T\n## A?\nB\n## C\nD\n## E\nF\n## G?\nH\n## I\nJ\n", [("", "T")]),
        ("# T\n## A?\nB\n", [("", "T")]),
    ],
)  # fmt: skip
def test_a_file_is_split_where_at_least_half_of_the_headings_ask(
    tmp_path: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    found = read(tmp_path, {"a.md": text}).articles
    assert [(each.category, each.question) for each in found] == expected


def test_a_page_of_lektor_is_a_file_in_its_folder(tmp_path: Path) -> None:
    text = "_model: page\n---\ntitle: When: exactly?\n---\nbody:\n\nNow.\n\nOr later: soon.\n"
    entry = only(read(tmp_path, {"pay/when/contents.lr": text}))
    assert (entry.category, entry.name, entry.question) == ("pay", "when", "When: exactly?")
    assert entry.answer == "Now.\n\nOr later: soon."
