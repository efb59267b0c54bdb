"""Markdown is read as an editor sees it on GitHub; HTML it has no sign for is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqsite.blocks import Plain, may_hold_blocks, split
from faqsite.dialect import MAX_NESTING, NestingError, shared_parser, to_html
from tests.answers import html_of


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One\ntwo</p><p>three</p>"),
        (
            "*a* **b** ***c*** _d_",
            "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <em>d</em></p>",
        ),
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("~~gone~~ ~5 to ~10", "<p><del>gone</del> ~5 to ~10</p>"),
        ("one  \ntwo\\\nthree", "<p>one<br>two<br>three</p>"),
        ("`<b> & {{ x }}`", "<p><code>&lt;b&gt; &amp; {{ x }}</code></p>"),
        ("{{ x }} {% raw %} {# y #}", "<p>{{ x }} {% raw %} {# y #}</p>"),
        ("\"q\" 'r' -- ... (c)", "<p>\"q\" 'r' -- ... (c)</p>"),
        ("{: .red #id }\n\n# A {#b}", '<p>{: .red #id }</p><h{1} id="{#a-b}">A {#b}</h{1}>'),
        ("a < b && c > d", "<p>a &lt; b &amp;&amp; c &gt; d</p>"),
        ("&copy; &lt;script&gt;", "<p>© &lt;script&gt;</p>"),
        ("Größe 東京 🎧 \u202eabc", "<p>Größe 東京 🎧 \u202eabc</p>"),
        ("***", "<hr>"),
        ("> quoted\nlazily\n\nafter", "<blockquote><p>quoted\nlazily</p></blockquote><p>after</p>"),
        ("#1 priority", "<p>#1 priority</p>"),
        ("Text\n   ## A\nmore", '<p>Text</p><h{1} id="{#a}">A</h{1}><p>more</p>'),
        ("A\n  ---\nmore", '<h{1} id="{#a}">A</h{1}><p>more</p>'),
        (r"\! \" \# \$ \% \& \' \( \) \* \+ \, \-", "<p>! \" # $ % &amp; ' ( ) * + , -</p>"),
        (r"\. \/ \: \; \<b> \= \> \? \@ \[", "<p>. / : ; &lt;b&gt; = &gt; ? @ [</p>"),
        (r"\\ \] \^ \_ \` \{ \| \} \~", r"<p>\ ] ^ _ ` { | } ~</p>"),
        (r"\a \é `\@` \&copy;", r"<p>\a \é <code>\@</code> &amp;copy;</p>"),
        (r"a\@example.org", "<p>a@example.org</p>"),
        (r'[t](a\&b.md "\"&copy;")', '<p><a href="{pay/a&b.md}" title="&quot;©">t</a></p>'),
        (
            "&notanentity; &copy; &copy1 &#65; &#x42; &;",
            "<p>&amp;notanentity; © &amp;copy1 A B &amp;;</p>",
        ),
        ("<div>&notanentity; &copy 1</div>", "<div>&amp;notanentity; &amp;copy 1</div>"),
        (
            "Map<String, Int> <your name> <nope.md> `<x>`",
            (
                "<p>Map&lt;String, Int&gt; &lt;your name&gt; &lt;nope.md&gt;"
                " <code>&lt;x&gt;</code></p>"
            ),
        ),
        ("[^`a` b] [^] \\[^x] `[^x]`", "<p>[^<code>a</code> b] [^] [^x] <code>[^x]</code></p>"),
        ("", ""),
    ],
)
def test_words_keep_what_the_owner_wrote(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Text\n- a\n- b", "<p>Text</p><ul><li>a</li><li>b</li></ul>"),
        ("Text\n1. a\n2) b", '<p>Text</p><ol><li>a</li></ol><ol start="2"><li>b</li></ol>'),
        ("Since\n2019. Then", "<p>Since\n2019. Then</p>"),
        (
            "- a\n  - b\n    - c\n- d",
            "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
        ),
        ("- a\n    - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n\n  more\n- b", "<ul><li><p>a</p><p>more</p></li><li><p>b</p></li></ul>"),
        (
            "- a\n  - b\n\n  - c\n- d",
            "<ul><li>a<ul><li><p>b</p></li><li><p>c</p></li></ul></li><li>d</li></ul>",
        ),
        ("- a\nlazily\n\nafter", "<ul><li>a\nlazily</li></ul><p>after</p>"),
        ("- a\n* b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("-\n- b", "<ul><li></li><li>b</li></ul>"),
        ("- a\n# Head", '<ul><li>a</li></ul><h{1} id="{#head}">Head</h{1}>'),
        ("- - a", "<ul><li><ul><li>a</li></ul></li></ul>"),
        ("- > q\n- b", "<ul><li><blockquote><p>q</p></blockquote></li><li>b</li></ul>"),
        ("> - a\n>   - b", "<blockquote><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>"),
        ("- - -", "<hr>"),
        ("\\- a", "<p>- a</p>"),
        ("- [ ] a\n- [x] b\n- [X] c", "<ul><li>☐ a</li><li>☑ b</li><li>☑ c</li></ul>"),
        ("- \\[ ] a\n- [y] b\n- [x]", "<ul><li>[ ] a</li><li>[y] b</li><li>[x]</li></ul>"),
    ],
)
def test_a_list_is_what_it_is_on_github(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("```\na < b\n\n- {{ c }}\n```", "<pre><code>a &lt; b\n\n- {{ c }}\n</code></pre>"),
        ("Text\n~~~\na\n~~~\nmore", "<p>Text</p>\n<pre><code>a\n</code></pre>\n<p>more</p>"),
        ("````\n```\n````", "<pre><code>```\n</code></pre>"),
        ("```\nnever closed", "<pre><code>never closed\n</code></pre>"),
        ("```klingon extra words\na\n```", "<pre><code>a\n</code></pre>"),
        ("    indented <b>", "<pre><code>indented &lt;b&gt;\n</code></pre>"),
        ("- a\n  ```\n    b\n  ```", "<ul>\n<li>a<pre><code>  b\n</code></pre>\n</li>\n</ul>"),
        (
            "```python\nif x: pass\n```",
            (
                '<pre><code><span class="k">if</span> <span class="n">x</span><span class="p">:'
                "</span>"
                ' <span class="k">pass</span>\n</code></pre>'
            ),
        ),
        (
            "```js {1}\n1 < 2\n```",
            (
                '<pre><code><span class="mf">1</span> <span class="o">&lt;</span>'
                ' <span class="mf">2</span>\n</code></pre>'
            ),
        ),
    ],
)
def test_code_stays_as_it_is_but_for_its_colours(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


def test_long_code_is_not_coloured() -> None:
    assert "<span" not in html_of("```python\n" + "pass\n" * 401 + "```")
    assert html_of(("```python\n" + "pass\n" * 300 + "```\n") * 10).count("<span") == 1500


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (
            "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | x\\|y |",
            (
                '<table><thead><tr><th class="align-left">a</th><th class="align-center">b</th>'
                '<th class="align-right">c</th><th>d</th></tr></thead><tbody><tr>'
                '<td class="align-left">1</td><td class="align-center">2</td>'
                '<td class="align-right">3</td><td>x|y</td></tr></tbody></table>'
            ),
        ),
        (
            "| a | b |\n|---|---|\n| `x\\|y` | z |",
            (
                "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr>"
                "<td><code>x|y</code></td><td>z</td></tr></tbody></table>"
            ),
        ),
        (
            "| a |\n|---|\n| b |\nc",
            (
                "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr>"
                "<tr><td>c</td></tr></tbody></table>"
            ),
        ),
        (
            "Text\na | b\n- | -\n1 | 2",
            (
                "<p>Text</p><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr>"
                "<td>1</td><td>2</td></tr></tbody></table>"
            ),
        ),
        (
            "- c\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> d",
            (
                "<ul><li>c</li></ul><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>"
                "<tr><td>1</td><td>2</td></tr></tbody></table><blockquote><p>d</p></blockquote>"
            ),
        ),
        (
            "Term\n: one\n: two\nOther\n: three",
            "<dl><dt>Term</dt><dd>one</dd><dd>two</dd><dt>Other</dt><dd>three</dd></dl>",
        ),
        (
            "Term\n\n:   one\n\n    - a",
            "<dl><dt>Term</dt><dd><p>one</p><ul><li>a</li></ul></dd></dl>",
        ),
        (
            "!!! tip\n    Do.\n    - a\n\n    b\nafter",
            (
                '<div class="admonition tip"><p class="admonition-title">Tip</p><p>Do.</p>'
                "<ul><li>a</li></ul><p>b</p></div><p>after</p>"
            ),
        ),
        (
            '!!! warning "Mind *this*"\n    Do.',
            (
                '<div class="admonition warning"><p class="admonition-title">Mind <em>this</em></p>'
                "<p>Do.</p></div>"
            ),
        ),
        ('!!! note ""\n    Do.', '<div class="admonition note"><p>Do.</p></div>'),
        (
            "> [!IMPORTANT]\n> Do.\n> - a",
            (
                '<div class="admonition important"><p class="admonition-title">Important</p>'
                "<p>Do.</p>"
                "<ul><li>a</li></ul></div>"
            ),
        ),
    ],
)
def test_tables_definitions_and_notes(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (
            "<details>\n<summary>More</summary>\n\n**bold**\n- a\n\n</details>\n\nafter",
            (
                "<details><summary>More</summary><p><strong>bold</strong></p><ul><li>a</li></ul>"
                "</details>"
                "<p>after</p>"
            ),
        ),
        (
            "<details open><summary>More</summary>*as it is*</details>",
            '<details open=""><summary>More</summary>*as it is*</details>',
        ),
        (
            "<kbd>Ctrl</kbd> H<sub>2</sub>O m<sup>2</sup> <mark>m</mark> <small>s</small> <q>q</q>",
            (
                "<p><kbd>Ctrl</kbd> H<sub>2</sub>O m<sup>2</sup> <mark>m</mark> <small>s</small>"
                " <q>q</q></p>"
            ),
        ),
        (
            '<abbr title="Right to Work">RTW</abbr> <time datetime="2026-11-01">1 Nov</time>',
            (
                '<p><abbr title="Right to Work">RTW</abbr> <time datetime="2026-11-01">1 Nov'
                "</time></p>"
            ),
        ),
        (
            (
                '<figure>\n<img src="a.png" alt="A" width=3 height=4>\n<figcaption>A'
                "</figcaption>\n</figure>"
            ),
            (
                '<figure><img src="{pay/a.png}" alt="A" width="3" height="4"><figcaption>A'
                "</figcaption>"
                "</figure>"
            ),
        ),
        (
            '<table>\n<tr><th scope="row">a<td align="right" colspan="2">b<tr><td>c<td>d<td>e',
            (
                '<table><tbody><tr><th scope="row">a</th><td class="align-right" colspan="2">b'
                "</td></tr><tr><td>c</td><td>d</td><td>e</td></tr>"
                "</tbody></table>"
            ),
        ),
        ("<p>never closed\n\nafter", "<p>never closed</p><p>after</p>"),
        ("<div><b>never closed", "<div><b>never closed</b></div>"),
        ("</div></details></body>after", "after"),
        ("a <!-- gone --> b\n\n<!-- also\n\ngone -->\n\nc", "<p>a  b</p><p>c</p>"),
        ('<p title="&quot;&lt;b&gt; href=x">t</p>', '<p title="&quot;&lt;b&gt; href=x">t</p>'),
        ('say href="x" id="y"', '<p>say href="x" id="y"</p>'),
        ("I <3 you </3", "<p>I &lt;3 you &lt;/3</p>"),
    ],
)
def test_html_that_markdown_has_no_sign_for_is_kept(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


SIGNS = r"a \ ` `` * ** _ ~~ [ ](b.md) ![ <b> </b> &amp; & : / ! # | [^1] [^1]: [a]:"
PIECES = st.sampled_from(
    [
        *SIGNS.split(),
        "a@b.ch",
        "http://a.b",
        "WWW.a",
        " ",
        "  ",
        "- ",
        "> ",
        "\n",
        "\n\n",
        "```py\nx = 1\n```\n",
        "| a |\n|-|\n",
    ]
)
MARKDOWN = st.lists(PIECES, max_size=20).map("".join)


def read(markdown: str) -> tuple[str, list[tuple[str, str, str]]]:
    reported: list[tuple[str, str, str]] = []
    try:
        return to_html(markdown, lambda *told: reported.append(told)), reported
    except AttributeError as error:  # Python-Markdown's own, on a footnote without a text.
        return str(error), reported


@settings(deadline=None)
@given(MARKDOWN, MARKDOWN)
def test_an_answer_is_read_alike_whatever_was_read_before(before: str, markdown: str) -> None:
    shared_parser.cache_clear()
    alone = read(markdown)
    read(before)
    assert read(markdown) == alone


def test_what_was_left_in_the_middle_does_not_reach_the_next_answer() -> None:
    with pytest.raises(NestingError):
        read("> " * (MAX_NESTING + 1) + "a")
    assert read("> a") == ("<blockquote>\n<p>a</p>\n</blockquote>", [])


@settings(deadline=None)
@given(MARKDOWN)
def test_text_without_a_sign_reads_as_if_every_pattern_had_looked(markdown: str) -> None:
    shared_parser.cache_clear()
    quick = read(markdown)
    shared_parser()[0].treeprocessors.deregister("plain_text")
    try:
        assert read(markdown) == quick
    finally:
        shared_parser.cache_clear()


@given(MARKDOWN)
def test_where_no_block_is_seen_at_a_glance_there_is_none(markdown: str) -> None:
    lines = tuple(markdown.split("\n"))
    assert may_hold_blocks(markdown) or tuple(split(lines)) == (Plain(lines=lines),)
