"""What HTML does not let stand where it stands is told, and nothing else."""

from __future__ import annotations

import pytest

from tests.answers import answer_of, problems_of

BROKEN = "check the tags and quotes around it"
MADE = "is not made as HTML has it"
DATE = "write a date, such as 2026-11-01"


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<li>a</li>", f"<li> has no place where it stands; {BROKEN}"),
        ("<dt>a</dt>", f"<dt> has no place where it stands; {BROKEN}"),
        ("<summary>a</summary>", f"<summary> has no place where it stands; {BROKEN}"),
        ("<figcaption>a</figcaption>", f"<figcaption> has no place where it stands; {BROKEN}"),
        ("<p>a<rt>b</rt></p>", f"<rt> has no place where it stands; {BROKEN}"),
        ("<i><p>a</p></i>", f"<p> has no place where it stands; {BROKEN}"),
        ("<pre><div>a</div></pre>", f"<div> has no place where it stands; {BROKEN}"),
        (
            "<i><a href='b.md'><ul><li>a</ul></a></i>",
            f"<ul> has no place where it stands; {BROKEN}",
        ),
        (
            "<a href='b.md'><details><summary>a</summary></details></a>",
            f"<details> has no place where it stands; {BROKEN}",
        ),
        ("<dl><dt><h2>a</h2><dd>b</dl>", f"<h2> has no place where it stands; {BROKEN}"),
        (
            "<details><summary><p>a</p></summary></details>",
            f"<p> has no place where it stands; {BROKEN}",
        ),
        ("<details>a</details>", f"<details> {MADE}; begin it with one <summary>"),
        (
            "<details>a<summary>b</summary></details>",
            f"<details> {MADE}; begin it with one <summary>",
        ),
        (
            "<details><summary>a</summary><summary>b</summary></details>",
            f"<details> {MADE}; begin it with one <summary>",
        ),
        ("<ul><p>a</p></ul>", f"<ul> {MADE}; give it <li>, and nothing else"),
        ("<ol>a<li>b</ol>", f"<ol> {MADE}; give it <li>, and nothing else"),
        ("<dl><dd>a</dl>", f"<dl> {MADE}; give it <dt>, then <dd>, and nothing else"),
        ("<dl><dt>a</dl>", f"<dl> {MADE}; give it <dt>, then <dd>, and nothing else"),
        (
            "<dl><dt>a<dd>b<dt><i>a</i><dd>c</dl>",
            f"<dl> {MADE}; name each term once, with all that it means",
        ),
        (
            "<figure>a<figcaption>b</figcaption>c</figure>",
            f"<figure> {MADE}; give it one <figcaption>, at its beginning or end",
        ),
        ("<p><ruby>a</ruby></p>", f"<ruby> {MADE}; write <ruby>text<rt>reading</rt></ruby>"),
        (
            "<table><tr><td>a<caption>b</caption></table>",
            f"<table> {MADE}; order it as <caption>, <thead>, <tbody>, <tfoot>",
        ),
        ("<table><tr></tr><tr><td>a</table>", f"<tr> {MADE}; give it a cell, or take it out"),
        (
            "<table><tr><td>a<td>b<tr><td>c</table>",
            f"<table> {MADE}; give each row cells for as many columns",
        ),
        (
            "<table><tr><td rowspan=2>a<tr><td colspan=2>b</table>",
            f"<table> {MADE}; give each row cells for as many columns",
        ),
        (
            "<table><tr><td colspan=2>a</table>",
            f"<table> {MADE}; give each row cells for as many columns",
        ),
        (
            "<table><tr><td rowspan=2>a</table>",
            f"<table> {MADE}; give each row cells for as many columns",
        ),
        ("<p><time>noon</time></p>", f'<time> has no "datetime"; {DATE}'),
        ("<p><time datetime=noon>a</time></p>", f'"datetime" of <time> may not be "noon"; {DATE}'),
        (
            "<img src=a.png alt=a width=50%>",
            '"width" of <img> may not be "50%"; write whole pixels, such as 300',
        ),
        ("<p dir=up>a</p>", '"dir" of <p> may not be "up"; write "ltr", "rtl" or "auto"'),
        ("<ol start=one><li>a</ol>", '"start" of <ol> may not be "one"; write a whole number'),
        (
            "<p>a&#1;b</p>",
            "the answer holds the control character U+0001; take the reference to it out",
        ),
        ("<h2> </h2>", "a heading has no words; write some, or take it out"),
        ("a\n\n## \n\nb", "a heading has no words; write some, or take it out"),
    ],
)
def test_what_stands_wrong_is_told(html: str, message: str) -> None:
    is_markdown = html.startswith("a")
    found = problems_of(html if is_markdown else f"<div>\n{html}\n</div>")
    assert message in {each.partition(": ")[2] for each in found}


@pytest.mark.parametrize(
    "html",
    [
        "<ul></ul>",
        "<ul><li><p>a</p><ol reversed start='-3' type='i'><li value='7'>b</ol></ul>",
        "<dl><dt>a<dt>b<dd><p>c</p><dd>d<dt>e<dd>f</dl>",
        "<details open><summary><h3>a</h3></summary><p>b</p></details>",
        "<figure><figcaption><p>a</p></figcaption><pre>b</pre></figure>",
        "<figure><pre>b</pre><figcaption>a</figcaption></figure>",
        "<figure><pre>b</pre></figure>",
        "<a href='b.md'><div><p>a</p></div></a>",
        "<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp>c<rt>d</rt></ruby></p>",
        "<table><caption>a</caption><thead><tr><th scope=col>a<th>b<tbody><tr><td>c<td>d</table>",
        "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td colspan=2>d</table>",
        "<table><tr><td>a<table><tr><td>b<td>c</table><td>d<tr><td>e<td>f</table>",
        "<p><time datetime='2026-11-01'>today</time> <ins datetime='2026-11-01'>a</ins></p>",
        "<p lang='pt-BR' dir='auto'>a</p>",
    ],
)
def test_what_stands_right_is_not_told(html: str) -> None:
    assert problems_of(f"<div>\n{html}\n</div>") == []


def test_the_line_is_that_of_the_element() -> None:
    _, (problem,) = answer_of("a\n\n<div>\n<ul>\n<p>b</p>\n</ul>\n</div>")
    assert problem.describe("content") == (
        f"content/pay/visa.md:8: <ul> {MADE}; give it <li>, and nothing else"
    )
