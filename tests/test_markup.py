"""An answer is safe whatever was written, and what did not come through is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqsite.markup import MAX_BODY_BYTES, MAX_BRACKETS, MAX_CELLS, MAX_MARKS
from faqsite.model import Answer
from tests.answers import BODY_LINE, answer_of, problems_of, shown
from tests.fuzz.markdown import HOSTILE, hazards

SCHEMES = "links lead to https, http, mailto and tel addresses, and into the content"
BROKEN = "check the tags and quotes around it"


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        (
            "a\n\n[t](foo)",
            7,
            (
                'the link "foo" leads to no file of the content; write "foo.md" for an entry,'
                ' "foo/" for a folder'
            ),
        ),
        (
            "[t](../team/x.html#y)",
            5,
            (
                'the link "../team/x.html#y" leads to no file of the content;'
                ' write "../team/x.md" for an entry'
            ),
        ),
        (
            "[t](../team/index.html)",
            5,
            'the link "../team/index.html" leads to no file of the content; write "../team/"',
        ),
        (
            "[t](plan.docx)",
            5,
            (
                'the link "plan.docx" leads to no file of the content;'
                " links lead to entries (.md), folders (/), pictures and PDFs"
            ),
        ),
        (
            "[t](../../x.md)",
            5,
            'the link "../../x.md" leaves the content folder; link to a file inside it',
        ),
        (
            "[t](%2e%2e/%2e%2e/x.md)",
            5,
            'the link "%2e%2e/%2e%2e/x.md" leaves the content folder; link to a file inside it',
        ),
        (
            "[t](/../x.md)",
            5,
            'the link "/../x.md" leaves the content folder; link to a file inside it',
        ),
        (
            "[t](a&#10;::error::b)",
            5,
            (
                'the link "a ::error::b" leads to no file of the content; write'
                ' "a\ufffd::error::b.md" for an entry, "a\ufffd::error::b/" for a folder'
            ),
        ),
        ("a\n[t]()", 6, "<a> has no address; write it between the parentheses"),
        (
            "[t](//example.org/x)",
            5,
            'the link "//example.org/x" is no complete address; write "https://example.org/x"',
        ),
        (
            "[t](www.example.org)",
            5,
            'the link "www.example.org" is no complete address; write "https://www.example.org"',
        ),
        (
            "[t](jobs@example.org)",
            5,
            'the link "jobs@example.org" is no complete address; write "mailto:jobs@example.org"',
        ),
        (
            "[t](https:x.md)",
            5,
            (
                'the link "https:x.md" is no complete address;'
                ' write it in full and without spaces, as "https://example.org/page"'
            ),
        ),
        (
            "a\n<a href='tel:+46 8'>t</a>",
            6,
            (
                'the link "tel:+46 8" is no complete address;'
                ' write it in full and without spaces, as "tel:+468"'
            ),
        ),
        ("[t](team\\a.md)", 5, 'the link "team\\a.md" holds a "\\"; write "/" for it'),
        (
            "a\n[t](JavaScript:alert(1))",
            6,
            f'the link "JavaScript:alert(1)" has the scheme "JavaScript"; {SCHEMES}',
        ),
        ("ftp://example.org", 5, f'the link "ftp://example.org" has the scheme "ftp"; {SCHEMES}'),
        (
            "a\n![t](https://example.org/a.png)",
            6,
            (
                'the picture "https://example.org/a.png" is on another host; put the file beside'
                " the entry"
            ),
        ),
        (
            "![t](//example.org/a.png)",
            5,
            'the picture "//example.org/a.png" is on another host; put the file beside the entry',
        ),
        (
            f"![t](data:image/png;base64,{'A' * 99})",
            5,
            (
                f'the picture "data:image/png;base64,{"A" * 57}…" is not a file;'
                " put the file beside the entry"
            ),
        ),
        (
            "![t](plan.pdf)",
            5,
            (
                'the picture "plan.pdf" is not a file that browsers show;'
                " save it as .avif, .gif, .jpeg, .jpg, .png, .webp"
            ),
        ),
        (
            "![t](../../a.png)",
            5,
            'the picture "../../a.png" leaves the content folder; link to a file inside it',
        ),
        (
            "a\n<img src=a.png>",
            6,
            '<img> has no "alt"; say in it what the picture shows, or alt="" if it only decorates',
        ),
        (
            "a\n\n<SCRIPT>alert(1)</SCRIPT>",
            7,
            "<script> is not allowed in an answer; write it in Markdown, or leave it out",
        ),
        (
            "a <b>b</b>\n\n<iframe src=x></iframe>",
            7,
            "<iframe> is not allowed in an answer; write it in Markdown, or leave it out",
        ),
        (
            'a <b\nonclick="x">b</b>',
            6,
            '"onclick" of <b> is not allowed in an answer; leave it out',
        ),
        (
            '<p style="color:red">x</p>',
            5,
            '"style" of <p> is not allowed in an answer; leave it out',
        ),
        (
            '<a target=_blank href="a.md">x</a>',
            5,
            '"target" of <a> is not allowed in an answer; leave it out',
        ),
        ("a\n\n!!! nott\n    x", 7, '<div> may not have the class "nott"; did you mean "note"?'),
        ('<div class="btn">x</div>', 5, '<div> may not have the class "btn"; leave it out'),
        (
            "<table>\n<tr><td align=justify>x\n</table>",
            6,
            '"align" of <td> may not be "justify"; write "left", "center" or "right"',
        ),
        ("a <td>b</td>", 5, f"<td> has no place where it stands; {BROKEN}"),
        ("a\n\n<div title='x>y</div>", 7, f"<div> has no place where it stands; {BROKEN}"),
        ("a\n\n<!-- never closed\n\nb", 7, 'the comment "<!--" is not closed; end it with "-->"'),
        ("a\n\n<?php x ?>", 7, '"<?php" is not HTML that an answer may hold; write "&lt;" for "<"'),
        (
            "<div>I </3 you</div>",
            5,
            '"</3" is not HTML that an answer may hold; write "&lt;" for "<"',
        ),
        (
            "Text.\n\n`[^1]`\n\n[^1]: never used",
            9,
            'the footnote "[^1]" is used nowhere; refer to it in the text, or take it out',
        ),
        (
            "Text[^a b].\n\n[^a b]: one\n\n[^a b]: two",
            7,
            'the footnote "[^a b]" is written twice; give one of them another name',
        ),
        (
            "a\n\nText[^x].",
            7,
            (
                'there is no footnote "[^x]"; write it on a line of its own as "[^x]: ...",'
                ' or "\\[^x]" for these signs'
            ),
        ),
        (
            "a\n\n[^x\ny]: z",
            7,
            'the footnote "[^x y]" is used nowhere; refer to it in the text, or take it out',
        ),
        (
            "|a|b|\n|-|-|\n|1|2|\n|1|2|3|",
            8,
            (
                "a row of a table has more cells than its head;"
                ' give the head as many, or write "\\|" for the sign itself'
            ),
        ),
        (
            "<div>\nMap<String, Int>\n</div>",
            6,
            '<string,> is no HTML; write "&lt;" for "<", or put it in backticks',
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(body: str, line: int, message: str) -> None:
    assert problems_of(body) == [f"content/pay/visa.md:{line}: {message}"]


def test_what_is_wrong_twice_on_a_line_is_told_once() -> None:
    assert len(problems_of("[t](foo) [u](foo)")) == 1


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert (
        len(problems_of("a <script>x</script> [t](foo)\n\n<b onclick=x>![t](http://a.b/c.png)"))
        == 4
    )


DIVIDE = "divide it into several entries"


@pytest.mark.parametrize(
    ("fits", "more", "message"),
    [
        (
            "é" * (MAX_BODY_BYTES // 2),
            "a",
            f"the answer holds 64,001 bytes, more than 64,000; {DIVIDE}",
        ),
        (
            "[" * MAX_BRACKETS,
            "[",
            f'the answer holds 501 opening brackets "[", more than 500; {DIVIDE}',
        ),
        (
            "*`_~\n\n" * (MAX_MARKS // 4),
            "*",
            rf"the answer holds 8,001 marks (one of * _ ~ ` \ < &), more than 8,000; {DIVIDE}",
        ),
        (
            "|" * 50 + "\n" * (MAX_CELLS // 50 - 1),
            "\n|",
            (
                'the answer holds 50,050 possible cells (its lines times the most "|" in one),'
                f" more than 50,000; {DIVIDE}"
            ),
        ),
        (
            "> " * 20,
            "> ",
            "lists, quotes and notes stand in one another more than 20 deep; make them flatter",
        ),
        (
            "- " * 20,
            "- - a",
            "lists, quotes and notes stand in one another more than 20 deep; make them flatter",
        ),
    ],
)
def test_what_would_take_too_long_is_not_begun(fits: str, more: str, message: str) -> None:
    assert problems_of(fits) == []
    answer, problems = answer_of(fits + more)
    assert [problem.describe("content") for problem in problems] == [
        f"content/pay/visa.md:{BODY_LINE}: {message}"
    ]
    assert answer == Answer(parts=(), text="")


def test_tags_that_stay_open_over_many_blocks_are_refused() -> None:
    body = "<p>" + "<b>" * 900 + "</p>" + "<p>x</p>" * 900
    assert problems_of(body) == [
        (
            f"content/pay/visa.md:{BODY_LINE}: tags such as <b> stay open over many blocks;"
            " close each where it began"
        )
    ]


def test_what_python_markdown_cannot_read_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise RecursionError

    monkeypatch.setattr("faqsite.markup.to_html", fail)
    assert problems_of("a") == [
        (
            f"content/pay/visa.md:{BODY_LINE}: the answer cannot be read"
            " (RecursionError in Python-Markdown); make it simpler"
        )
    ]


@pytest.mark.parametrize("snippet", HOSTILE)
@pytest.mark.parametrize("frame", ["{}", "words {} words", "- {}", "> {}", "<div>\n{}\n</div>"])
def test_nothing_hostile_comes_through(snippet: str, frame: str) -> None:
    answer, _ = answer_of(frame.format(snippet))
    assert hazards(answer) == []
    for tag in re.findall(r"<[^>]*>", "".join(map(shown, answer.parts))):
        without_values = re.sub(r'"[^"]*"', '""', tag)
        assert not re.search(r"<script|\son\w+=|style=", without_values, re.IGNORECASE)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<p>", "</div>", "<td>", "<i", "'", '"', ">", "<!--"]))
)
def test_no_word_is_lost_unless_a_problem_says_so(pieces: list[str]) -> None:
    body = "<div>\n" + " word ".join(["", *pieces, ""])
    answer, problems = answer_of(body)
    assert problems or answer.text.count("word") == body.count("word")
