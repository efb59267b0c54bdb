"""Markdown is read as cmark-gfm reads it, except for the differences that a decision lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import cmarkgfm
import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from cmarkgfm.cmark import Options

from faqsite.answers.dialect import to_html
from faqsite.answers.sanitise import escape_ampersands
from tests.support.cases import read_cases, unpicture
from tests.support.product import PROJECT

_EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]
_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_BLOCKS = frozenset(
    {"blockquote", "br", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"hr", "li", "ol", "p", "pre", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
_FRAMES = (
    *("{}", "# {}", "> {}", "- {}", "1. a\n\n   {}", "a\n- b\n  - {}", "{}\n==="),
    *("| a | b |\n| - | - |\n| {} | c |", "a {} b", "**{}** a", "[{}](/u)", "<b>{}</b>"),
)


def _read_snippets() -> Iterator[tuple[str, str]]:
    """Yield each snippet of Markdown with the name of its section."""
    section = ""
    for line in read_cases("gfm").splitlines():
        if (title := re.match("# ([A-Z][a-z]{3}.*)", line)) and "␊" not in line:
            section = title[1]
        else:
            yield section, unpicture(line)


SNIPPETS = [*_read_snippets()]
DIFFERENCES = re.findall(
    r"^\| `+ ?(.+?) ?`+ \|",
    (PROJECT / "docs/decisions/0004-markdown-as-on-github.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def _on_github(markdown: str) -> str:
    return _normalise(
        cmarkgfm.markdown_to_html_with_extensions(
            markdown, options=_OPTIONS, extensions=_EXTENSIONS
        )
    )


def _here(markdown: str) -> str:
    return _normalise(escape_ampersands(to_html(markdown, lambda *_, **__: None)))


def _normalise(html: str) -> str:
    """Return HTML without what readers do not see: spaces between blocks, colours, encodings."""
    soup = BeautifulSoup(re.sub("<!--.*?-->|<[!?].*?>", "", html, flags=re.DOTALL), "html.parser")
    for box in soup.find_all("input"):
        box.replace_with("☑" if box.has_attr("checked") else "☐")
    for tag in soup.select("span, strong strong"):
        tag.unwrap()
    for tag in soup.find_all(["pre", "code"]):
        tag.attrs = {}
    soup.smooth()
    return re.sub(r"\s+(?=</?(?:p|li|td|b|i)>)|(?<=>)\s+(?=<)", "", "".join(_show(soup))).strip()


def _show(element: Tag) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, NavigableString):
            text = str(child)
            if not child.find_parent("pre"):
                text = re.sub(r"\s+", " ", text)
                sides = child.previous_sibling, child.next_sibling
                before, after = (not side or getattr(side, "name", "") in _BLOCKS for side in sides)
                text = text.lstrip() if before else text
                text = text.rstrip() if after else text
            yield text
        elif isinstance(child, Tag):
            values = ((name, unquote(str(value))) for name, value in sorted(child.attrs.items()))
            yield f"<{child.name}{''.join(f' {name}={value!r}' for name, value in values)}>"
            yield from _show(child)
            yield f"</{child.name}>"


@pytest.mark.parametrize(("section", "markdown"), SNIPPETS)
def test_each_snippet_is_read_as_on_github(section: str, markdown: str) -> None:
    assert section
    assert _here(markdown) == _on_github(markdown)


def _framed() -> Iterator[str]:
    for section, snippet in SNIPPETS:
        if section == "Inlines" and "\n" not in snippet:
            yield from (frame.format(snippet) for frame in _FRAMES)
    others = {"Inlines", "Task lists"}
    blocks = [snippet for section, snippet in SNIPPETS if section not in others]
    for snippet in blocks:
        for first, further in (("> ", "> "), ("- ", "  "), ("1. ", "   "), ("> - ", ">   ")):
            yield first + snippet.replace("\n", f"\n{further}")
    yield from (f"{one}\n\n{other}" for one, other in zip(blocks, blocks[7:], strict=False))


def test_snippets_inside_others_are_read_as_on_github() -> None:
    texts = [*_framed()][::4]
    assert len(texts) > 900
    assert {text for text in texts if _here(text) != _on_github(text)} == set()


@pytest.mark.parametrize("markdown", DIFFERENCES)
def test_a_listed_difference_is_one(markdown: str) -> None:
    written = unpicture(markdown.replace(r"\|", "|"))
    assert _here(written) != _on_github(written)
