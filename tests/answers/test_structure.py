"""HTML in the wrong place is a problem, and nothing else is."""

from __future__ import annotations

import pytest

from tests.support.answers import answer_of, problems_of
from tests.support.cases import cases


@cases("structure")
def test_html_in_the_wrong_place_is_a_problem(written: str, expected: str) -> None:
    is_markdown = written.startswith("a")
    found = problems_of(written if is_markdown else f"<div>\n{written}\n</div>")
    assert expected in {each.partition(": ")[2] for each in found}


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
def test_html_in_the_right_place_is_not_a_problem(html: str) -> None:
    assert problems_of(f"<div>\n{html}\n</div>") == []


def test_a_problem_has_the_line_of_its_element() -> None:
    _, (problem,) = answer_of("a\n\n<div>\n<ul>\n<p>b</p>\n</ul>\n</div>")
    assert problem.describe("content") == (
        "content/pay/visa.md:8: <ul> has the wrong contents; put only <li> in it"
    )
