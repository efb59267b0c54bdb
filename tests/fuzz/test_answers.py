"""Answers: Markdown and HTML, what is let through of them, and that no word goes missing."""

from __future__ import annotations

import re
from itertools import count, product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from faqsite.answers.allowlist import ALLOWED, CLASSES
from faqsite.answers.sanitise import Tag, clean, escape_ampersands, find_removed, split_html
from faqsite.answers.symbolic import text_of
from faqsite.content.yamltext import CONTROL
from faqsite.model.records import Answer, HeadingLevel
from faqsite.transfer.foreign import translate
from faqsite.transfer.from_html import parse_html
from faqsite.transfer.to_markdown import from_html, from_text, plain_text
from tests.support.answers import BODY_LINE, answer_of, shown

from .texts import EXAMPLES, changed, check_messages, joined

# One to a line, a line break written "\n" and the control characters "\0", "\2" and "\3".
HOSTILE = [
    re.sub(r"\\([n023])", lambda mark: {"n": "\n"}.get(mark[1]) or chr(int(mark[1])), line)
    for line in (Path(__file__).parents[1] / "cases/hostile.txt").read_text("utf-8").splitlines()
]

_WORD = "WORD"
_INLINES = st.lists(
    st.sampled_from([
        *[f"{_WORD} "] * 12, *[_WORD] * 4,
        *( " ", "*", "**", "_"),
        *("__", "~~", "`", "``", "\\", "\\\n"),
        *("  \n", "[", "](b.md)", "](../a/)", "](<b c.md>)", "![", "][r]", "[r]", "[^1]", "[^2]"),
        *("]", ")", "<b>", "</b>", "<br>"),
        *("<span id='i'>", "</span>", "<a href=b.md>", "</a>", "<"),
        *(">", "&", "&amp;", "&copy", "&#65;", "https://a.example/b_c", "<https://a.example>", "|"),
        *("a@b.example", "#", "- [ ] ", "{: .x }", "{{ x }}", "{% x %}", "=", "+", "!", '"', "'"),
        *("^", "1.", "\t", "é", "e\u0301", "東京", "🎧", "\xa0", "\u2028", "\u202e"),
    ]),
    max_size=8,
).map("".join)  # fmt: skip
_FORMS = [
    *("{}", "{}", "{}", "# {}", "## {} ##", "####### {}", "{}\n===", "{}\n---", "```\n{}\n```"),
    *("```python\n{}\n```", "~~~ no such\n{}\n~~~", "```\n{}"),
    *("| {} | b |\n|:-|-:|\n| c |", "[^1]: {}"),
    *("|a|\n|-|\n| {} |", "[r]: b.md\n\n{}", "[r]: <b c>\n{}", "[^2]: {}", "{}\n: a", "a\nb\n: {}"),
    *("<div>{}</div>", "<div>\n{}\n</div>", "<p>{}", "<table><tr><td>{}", "***\n{}", "[[toc]]\n{}"),
    *("<details>\n<summary>{}</summary>\n\na\n\n</details>", "<details>\n\n{}\n\n</details>"),
    *("<!-- c -->{}", "*[A]: B\n{}", "    {}", "</div>{}"),
    *("<ul><li>{}", "<pre>{}</pre>", "- [x] {}"),
]  # fmt: skip
_MARKS = [
    *(("- ", "  "), ("* ", "    "), ("1. ", "   "), ("10) ", "    "), ("> ", "> "), ("> ", "")),
    *(("!!! note\n    ", "    "), ('!!! warning "T"\n    ', "    "), ("> [!TIP]\n> ", "> ")),
    *(("[^1]: ", "    "), (": ", "    "), ("    ", "    "), ("\t", "\t"), ("- [x] ", "\t")),
]
_PREFIXES = [
    *[("", "")] * 30,
    *_MARKS * 2,
    *(
        (first + inner, further + rest)
        for (first, further), (inner, rest) in product(_MARKS, _MARKS)
    ),
]


def _block(prefix: tuple[str, str], form: str, text: str) -> str:
    first, further = prefix
    return first + form.replace("{}", text).replace("\n", f"\n{further}")


_BLOCKS = st.builds(_block, st.sampled_from(_PREFIXES), st.sampled_from(_FORMS), _INLINES)
_WRITTEN = st.lists(
    st.tuples(_BLOCKS, st.sampled_from(["\n\n", "\n\n", "\n", "\n\n\n"])).map("".join), max_size=6
).map("".join)
_SIGNS = joined(
    *HOSTILE,
    *("\n", "\n\n", "    ", "  ", "- ", "1. ", "> ", "# "),
    *("```", "~~~", "|", "-|-", ": ", "*", "_"),
    *("`", "[", "](", ")", "[^1]", "[^1]: ", "!", "!!! note", "<!--", "-->", "<", ">", "<details>"),
    *("</div>", "<p ", '"', "'", "=", "\\", "&", "https://a.b", "a.md", "x "),
    most=30,
)  # fmt: skip
MARKDOWN = (
    _WRITTEN | _SIGNS | changed(*(file for file in EXAMPLES if "question:" in file)) | st.text()
)
_LONG = st.builds(
    lambda text, line_end, chars: (f"{text}{line_end}" * chars)[:chars],
    st.one_of(_BLOCKS, _INLINES, joined(*"[]()*_`<>!&#|~:-+\\ \t\n", "a", "1.", "[^1]", most=6)),
    st.sampled_from(["", " ", "\n", "\n\n"]),
    st.sampled_from([8_000, 64_000]),
)
_TAGS = (
    *("p", "div", "b", "i", "a", "ul", "ol", "li", "table", "tr", "td", "th", "pre", "code", "h2"),
    *("details", "summary", "dl", "dt", "dd", "script", "style", "svg", "math", "template", "span"),
    *("blockquote", "img", "br", "iframe", "select", "option", "textarea", "noscript", "x-y"),
)
_HTML_PIECES = (
    *(f"<{tag}>" for tag in _TAGS),
    *(f"</{tag}>" for tag in _TAGS),
    *("word ", "Why? ", "<h2>Why?</h2>", "<summary>Why?</summary>", "&amp;", "&lt;b&gt;", "&#x3c;"),
    *(" ", "\n", "<", ">", "</", "<!--", "-->"),
    *("<![CDATA[", "<![if x]>", "<![0", "]]>", "<!doctype html>", "<?x?>", '"'),
    *("<a href='b.html'>", '<a href="javascript:x">', "<img src=a.png alt=", "<p class=x id=y "),
    *("=", "*", "_", "`", "# ", "1. ", "- ", "|", "\\", "[x](y)", "~~", "itemtype='x/Question'"),
)  # fmt: skip
HTML = joined(*_HTML_PIECES, most=30) | joined(*HOSTILE, *_HTML_PIECES, most=8) | st.text()
PLAIN = st.lists(
    st.sampled_from([
        *("Why?\n", "Q: Why?\n", "A: So.\n", "So.\n", "\n", "1. How?\n", "- item\n", "# Head\n"),
        *("    deep\n", "a *b* `c` <d> & e\n", "* x\n", "1. y\n"),
        *("Frage 2: Wo?\n", "---\n", "| a |\n"),
    ]),
    max_size=12,
).map("".join) | joined(
    *("Why?\n", "Q: ", "A: ", "So.\n", "\n", "\n\n", "1. "),
    *("- ", "# ", "?", "\uff1f", " ", "text "),
    *("`", "*", "<b>", "&", "Question 2: ", "Antwort: ", "\\", "|", "    "),
)  # fmt: skip
_TEXTS = PLAIN.map(lambda text: CONTROL.sub("", text))
"""What is brought holds none of these."""
MDX = (
    joined(
        *("<Tabs>", "</Tabs>", "<Tab title='x'>"),
        *("</Tab>", "<Card title=\"M\" href='/m'>", "</Card>"),
        *(":::note\n", ":::\n", "::: details A\n", "/// tip\n", "///\n", '=== "A"\n', "!!! tip\n"),
        *("\n", "\n\n", "<X a={1", "/>", "{/* c */}"),
        *("{{ x }}", "{% raw %}", "{% endraw %}", "```\n"),
        *('{{< ref "b" >}}', "import X from './x'\n", "export const a = 1\n", '--8<-- "p"', "    "),
        *("# Why?\n", "## A {#b}\n", "text ", "- item\n", "~~~\n", "`code`", "[a](b.md)", "<br/>"),
        *("![p](p.png)", "<font color=red>"),
    )
    | MARKDOWN
)  # fmt: skip


# What holds no text for a reader, or of which the address becomes text.
_WORDLESS = re.compile(
    "<(?:audio|embed|head|iframe|img|noscript|script|source|style|template|textarea|title|video)",
    re.IGNORECASE,
)
_TEXT = re.compile(r"(?<![<\w])text\b")
_OWN_CLASSES = {"align-left", "align-center", "align-right", "bare"}


def hazards(answer: Answer) -> list[str]:
    """Return the tags and attributes of an answer that it may not have."""
    html = "".join("x" if isinstance(part, HeadingLevel) else shown(part) for part in answer.parts)
    html = html.replace("<hx", "<h2").replace("</hx", "</h2")
    found = []
    for tag in split_html(html):
        if not isinstance(tag, Tag):
            continue
        known = ALLOWED.get(tag.name, frozenset()) - {"align"}
        for name, value in tag.attributes:
            classes = _OWN_CLASSES | CLASSES.get(tag.name, set())
            is_safe = (
                name in known
                or (name, value) == ("tabindex", "0")
                or name == "rel"
                or (name == "class" and {*value.split()} <= classes)
            )
            if name in {"href", "src"}:
                is_safe = bool(re.match(r"(?:https?://|mailto:|tel:|\{)", value, re.IGNORECASE))
            if not is_safe:
                found.append(f"{tag.name} {name}={value}")
        if tag.name not in ALLOWED:
            found.append(tag.name)
    return found


@given(MARKDOWN)
def test_whatever_is_written_gives_a_safe_answer_twice_the_same_and_problems_on_its_lines(
    body: str,
) -> None:
    answer, problems = answer_of(body)
    assert hazards(answer) == []
    assert len(set(answer.ids)) == len(list(answer.ids))
    assert all(re.fullmatch(r"(?:\w|-(?!-))+", name) and "_" not in name for name in answer.ids)
    assert all(not link.path.startswith(("..", "/")) for link in answer.links)
    last_line = BODY_LINE + body.count("\n")
    assert all(BODY_LINE <= problem.line <= last_line for problem in problems)
    check_messages(problems)
    assert (answer, problems) == answer_of(body)


@given(_LONG)
def test_what_is_repeated_up_to_the_limit_gives_a_safe_answer_or_a_problem(body: str) -> None:
    answer, problems = answer_of(body)
    assert hazards(answer) == []
    check_messages(problems)


def _numbered(text: str) -> str:
    """Return a text with each WORD as another word."""
    numbers = count(1)
    return re.sub(_WORD, lambda _: f"wo{next(numbers)}rd", text)


@given(_WRITTEN.map(_numbered))
def test_no_word_of_an_answer_is_lost_unless_a_problem_says_so(body: str) -> None:
    answer, problems = answer_of(body)
    shown_text = "".join(map(str, answer.parts))
    lost = [word for word in re.findall(r"wo\d+rd", body) if word not in shown_text]
    assert any(not problem.is_advice for problem in problems) or not lost, lost


@given(HTML)
def test_the_wall_lets_nothing_through_that_it_keeps_out_or_that_reads_otherwise(html: str) -> None:
    safe = clean(html)
    assert list(find_removed(split_html(safe), split_html(clean(safe)))) == []
    for tag in split_html(safe):
        assert isinstance(tag, str) or tag.name in ALLOWED
        assert not isinstance(tag, str) or not re.search(r"<[a-z!?/]", tag, re.IGNORECASE)
    list(split_html(html))
    assert escape_ampersands(escape_ampersands(html)) == escape_ampersands(html)


def _squeezed(text: str) -> str:
    return "".join(text.split())


@given(HTML)
def test_html_becomes_markdown_that_reads_the_same_but_for_what_no_answer_holds(html: str) -> None:
    html = CONTROL.sub("", html)
    markdown = from_html(html)
    answer_of(markdown)
    if not _WORDLESS.search(html):
        words = text_of(tuple(split_html(clean(str(parse_html(html))))))
        assert _squeezed(plain_text(markdown)) == _squeezed(words)


@given(_TEXTS)
def test_plain_text_becomes_markdown_that_reads_the_same(text: str) -> None:
    assert _squeezed(plain_text(from_text(text))) == _squeezed(text)


@given(MDX)
def test_markdown_of_another_generator_loses_no_word_in_silence(text: str) -> None:
    found = translate(text)
    assert all(fault.message.strip() for fault in found.problems)
    is_whole = len(_TEXT.findall(found.markdown)) >= len(_TEXT.findall(text))
    assert is_whole or found.advice or found.problems
