"""The limits of what is read: the document has those of the code, and each has a message."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from faqsite.pages.pictures import size_of
from faqsite.system.files import MAX_FILES, MAX_TEXT_BYTES
from faqsite.transfer.article import Keys, SourceError
from faqsite.transfer.from_html import MAX_HTML_CHARS, read_html
from faqsite.transfer.from_markdown import read_folder
from faqsite.transfer.from_text import read_text
from faqsite.transfer.table import read_csv
from faqsite.transfer.to_markdown import convert
from tests.support.answers import BODY_LINE, problems_of
from tests.support.product import PROJECT

ROWS = re.findall(
    r"^\| .+? \| ([\d,]+)(?: \w+)? \| .+? \| `(\w+)` \|$",
    (PROJECT / "docs/limits.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
LIMITS = {
    name: ".".join(path.relative_to(PROJECT).with_suffix("").parts)
    for path in (PROJECT / "faqsite").rglob("*.py")
    for name in re.findall(r"^(_?MAX_\w+) = ", path.read_text(encoding="utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize(("number", "name"), ROWS)
def test_a_limit_in_the_document_is_the_one_in_the_code(number: str, name: str) -> None:
    assert number == f"{getattr(import_module(LIMITS[name]), name):,}"


def test_the_document_has_every_limit() -> None:
    public = {name for name in LIMITS if not name.startswith("_")}
    assert len(public) > 15
    assert public <= {name for _, name in ROWS}


def test_thousands_of_empty_headings_are_one_problem() -> None:
    assert problems_of("# \n" * 5_000) == [
        f"content/pay/visa.md:{BODY_LINE}: a heading is empty; write some words, or remove it"
    ]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (
            "a" * (MAX_HTML_CHARS + 1),
            "the HTML has 2,000,001 characters; the limit is 2,000,000; save the page again",
        ),
        ("<a " * 10_000, '10,000 tags are not closed by ">"; save the page again'),
        ("<script" * 10_000, '10,000 tags are not closed by ">"; save the page again'),
        ("<!--" * 10_000, '10,000 tags are not closed by ">"; save the page again'),
        (
            "<div>" * 20_000,
            (
                "found no questions: no FAQPage, <details>, <dl>, or heading with a question "
                "mark; make each question a heading that ends with a question mark"
            ),
        ),
    ],
)
def test_a_page_that_would_take_too_long_is_not_read(html: str, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_html(html.encode())
    assert str(raised.value) == message


def test_a_comparison_in_a_script_is_not_a_tag() -> None:
    script = "<script>" + "for (i=0;i<n;i++) x();" * 20_000 + "</script>"
    source = read_html(f"{script}<h2>What?</h2><p>This.</p>".encode())
    assert [each.question for each in source.articles] == ["What?"]


def test_a_table_or_text_with_too_many_questions_is_not_read() -> None:
    table = "question,answer\n" + "a,b\n" * (MAX_FILES + 1)
    with pytest.raises(SourceError, match=r"^the table has more than 20,000 rows; split it$"):
        read_csv(table.encode(), Keys({}, ()))
    with pytest.raises(SourceError, match=r"^the text has more than 20,000 questions; split it$"):
        read_text(b"a?\n" * (MAX_FILES + 1))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            "a" * (MAX_TEXT_BYTES + 1),
            "the answer has 256,001 characters; the limit is 256,000; split it",
        ),
        (
            "<p>a</p>" + "<a " * 10_000,
            ('cannot read the answer: 10,000 tags are not closed by ">"; export it again'),
        ),
    ],
)
def test_an_answer_that_would_take_too_long_is_not_converted(answer: str, message: str) -> None:
    source = read_csv(f'question,answer\nWhat?,"{answer}"\n'.encode(), Keys({}, ()))
    (entry,) = convert(source.articles, "")
    assert [f"{fault.message}; {fault.hint}" for fault in entry.problems] == [message]


@pytest.mark.parametrize(
    "front_matter",
    ["title: " + "[" * 120_000, "a: &x [1]\ntitle: [*x, *x]", "- " * 100_000],
)
def test_front_matter_with_aliases_or_deep_nesting_is_refused(
    front_matter: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\n{front_matter}\n---\n# What?\n\nThis.\n", encoding="utf-8")
    (entry,) = read_folder({"a.md": file}, Keys({}, (), without="answer")).articles
    assert [fault.message for fault in entry.problems] == [
        "cannot read the front matter: it uses aliases, or is nested too deep"
    ]


# AVIF with millions of parts, and Netpbm and SVG with endless numbers.
ILOC = bytes(4) + b"\0\0" + b"\0\x64" + b"\0\1\0\0\xff\xff" * 100
BOMBS = [
    (b"\0\0\0\x10ftypavif\0\0\0\0\0\0\x02\x70meta\0\0\0\0\0\0\x02\x6ciloc" + ILOC),
    b"P6\n" + b"9" * 100_000,
    b'<svg width="' + b"9" * 400 + b'" height="1"/>',
    b'<svg viewBox="0 0 ' + b"9" * 400 + b' 1"/>',
    b"<svg " * 200_000,
]


@pytest.mark.parametrize("content", BOMBS, ids=["avif", "netpbm", "svg", "view box", "no end"])
def test_a_picture_with_an_impossible_size_has_none(content: bytes) -> None:
    assert size_of(content) is None
