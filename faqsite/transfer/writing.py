"""Writes a tree of HTML in our dialect of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from textwrap import indent
from urllib.parse import quote

from bs4.element import Tag as Element
from markdownify import MarkdownConverter

from faqsite.answers.allowlist import ALLOWED, NOTES, VALUES
from faqsite.answers.sanitise import clean
from faqsite.answers.targets import is_outward

_BRACKETS = re.compile(r"[][\\]")
_LANGUAGE = re.compile(r"(?:language|lang|highlight|brush)[-:]\s*([\w+#-]+)")
_FENCED = re.compile(r"(\s*)```(.*)```(\s*)", re.DOTALL)
_RULES = {"left": ":--", "center": ":-:", "right": "--:"}
_QUOTES = re.compile(r"[\\\"]")
_BLANK = re.compile(r"\n\s*\n")
KEPT = frozenset(
    {"abbr", "bdi", "cite", "dfn", "ins", "kbd", "mark", "rp", "rt", "ruby", "samp", "small"}
    | {"time", "u", "var"}
)
"""Inline elements that Markdown has no sign for."""
_NESTED_IN_CELLS = ["ul", "ol", "pre", "table", "blockquote", "dl", "details"]


def keep_html(element: Element) -> str:
    """Return the HTML of an element, with what an answer may hold."""
    # A blank line would end the HTML.
    return _BLANK.sub("\n", clean(str(element))).strip()


def _find_language(element: Element) -> str:
    elements = filter(None, (element, element.find("code")))
    classes = (name for each in elements for name in each.get_attribute_list("class"))
    found = _LANGUAGE.search(" ".join(classes))
    return found[1] if found else ""


class Converter(MarkdownConverter):
    """Writes our dialect, and HTML for everything that Markdown has no sign for."""

    class Options(MarkdownConverter.DefaultOptions):  # type: ignore[misc, name-defined]
        heading_style = "atx"
        bullets = "-"
        newline_style = "backslash"
        sup_symbol = "<sup>"
        sub_symbol = "<sub>"
        strip_pre = "strip_one"
        code_language_callback = staticmethod(_find_language)
        keep_inline_images_in = ("td", "th", "h1", "h2", "h3", "h4", "h5", "h6")

    def convert_a(self, el: Element, text: str, parent_tags: set[str]) -> str:
        href = str(el.get("href") or "").strip()
        inner = text.strip()
        if "_noformat" in parent_tags or not href or not inner:
            return text
        if el.get_text() == href and is_outward(href):
            return _replace(text, f"<{href}>")
        title = (
            " ".join(str(el.get("title") or "").split()).replace("\\", "\\\\").replace('"', '\\"')
        )
        return _replace(text, f"[{inner}]({_address(href)}" + (f' "{title}")' if title else ")"))

    def convert_img(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        alt = _BRACKETS.sub(r"\\\g<0>", " ".join(str(el.get("alt") or "").split()))
        return f"![{alt}]({_address(str(el['src']).strip())})"

    def convert_strong(self, el: Element, text: str, parent_tags: set[str]) -> str:
        inner = text.strip()
        if not inner or parent_tags & {"_noformat", el.name} or "\n\n" in inner:
            return text
        if _is_ambiguous(el, text):
            return f"<{el.name}>{text}</{el.name}>"
        sign = "**" if el.name == "strong" else "*"
        return _replace(text, f"{sign}{inner}{sign}")

    convert_em = convert_strong

    def convert_br(self, el: Element, text: str, parent_tags: set[str]) -> str:
        if parent_tags & {"td", "th"}:
            return "<br>"
        return str(super().convert_br(el, text, parent_tags))  # type: ignore[misc]

    def convert_ol(self, el: Element, text: str, parent_tags: set[str]) -> str:
        is_odd = el.get("type", "1") != "1" or el.has_attr("reversed") or el.select("li[value]")
        if is_odd and "li" not in parent_tags:
            return f"\n\n{keep_html(el)}\n\n"
        return str(super().convert_list(el, text, parent_tags))  # type: ignore[misc]

    def convert_separator(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return "\n\n<!-- -->\n\n"

    def get_conv_fn(self, tag_name: str) -> Callable[[Element, str, set[str]], str] | None:
        if tag_name in KEPT and self.should_convert_tag(tag_name):  # type: ignore[attr-defined]
            return _keep
        return super().get_conv_fn(tag_name)  # type: ignore[misc, no-any-return]

    def convert_q(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"<q>{text}</q>"

    def convert_pre(self, el: Element, text: str, parent_tags: set[str]) -> str:
        written = str(super().convert_pre(el, text, parent_tags))  # type: ignore[misc]
        if "```" not in text:
            return written
        before, code, after = _FENCED.fullmatch(written).groups()  # type: ignore[union-attr]
        fence = "`" * (max(map(len, re.findall("`+", text))) + 1)
        return f"{before}{fence}{code}{fence}{after}"

    def convert_div(self, el: Element, text: str, parent_tags: set[str]) -> str:
        kinds = [name for name in el.get_attribute_list("class") if name in NOTES]
        title, body = "", text.strip()
        if el.find("p", class_="admonition-title", recursive=False):
            title, _, body = body.partition("\n\n")
        if not kinds or set('"\n') & set(title) or "li" in parent_tags:
            return str(super().convert_div(el, text, parent_tags))  # type: ignore[misc]
        return f'\n\n!!! {kinds[0]} "{title}"\n{indent(body, "    ")}\n\n'

    def convert_details(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"\n\n<details{' open' * el.has_attr('open')}>\n{text.strip()}\n\n</details>\n\n"

    def convert_summary(self, el: Element, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        summary = escape(" ".join(el.get_text().split()), quote=False)
        return f"<summary>{summary}</summary>\n\n"

    def convert_table(self, el: Element, text: str, parent_tags: set[str]) -> str:
        is_flat = "td" in parent_tags or not el.find(_NESTED_IN_CELLS)
        if not is_flat or el.select("[colspan], [rowspan]"):
            text = keep_html(el)
        elif row := el.find("tr"):
            cells = [cell.get("align") for cell in row.find_all(["th", "td"], recursive=False)]
            ruler = "".join(f"| {_RULES.get(str(align), '---')} " for align in cells) + "|"
            text = text.replace("| --- " * len(cells) + "|", ruler, 1)
        return f"\n\n{text.strip()}\n\n"

    def escape(self, text: str, parent_tags: set[str]) -> str:
        escaped = str(super().escape(text, parent_tags))  # type: ignore[misc]
        if self.options["escape_misc"]:  # type: ignore[attr-defined]
            escaped = re.sub(r"^(\s*)(!!!|:)", r"\1\\\2", escaped)
        return escaped


def _keep(el: Element, text: str, parent_tags: set[str]) -> str:
    """Return an inline element with the attributes that an answer may have."""
    if "_noformat" in parent_tags or not text.strip() or "\n\n" in text:
        return text
    attributes = "".join(
        f' {name}="{escape(str(value))}"'
        for name, value in el.attrs.items()
        if name in ALLOWED[el.name] - {"id"}
        if name not in VALUES or VALUES[name][0].fullmatch(str(value))
    )
    return f"<{el.name}{attributes}>{text}</{el.name}>"


def _is_ambiguous(el: Element, text: str) -> bool:
    """Return whether a letter beside emphasis would hide its signs, as in "**Note:**read"."""
    sides = ((el.previous_sibling, -1, text[0]), (el.next_sibling, 0, text[-1]))
    return any(
        beside.get_text()[at:][:1].isalnum() and not (edge.isalnum() or edge.isspace())
        for beside, at, edge in sides
        if beside
    )


def _replace(text: str, written: str) -> str:
    """Return what to write instead of a text, with the spaces around the text."""
    before, after = (" " if text[at].isspace() else "" for at in (0, -1))
    return f"{before}{written}{after}"


def _address(address: str) -> str:
    return quote(address, safe="/:?#[]@!$&'*+,;=%~-._")
