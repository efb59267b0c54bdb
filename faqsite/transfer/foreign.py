"""Markdown of other generators in the dialect of this project, with nothing of its text lost.

Notes, tabs, attributes, components and tags that an answer cannot hold are rewritten, or
taken out around their content. What another generator would put there itself (a shortcode,
an included file) cannot be known here: that is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import takewhile

from faqsite.answers.allowlist import NOTES
from faqsite.model.problems import shortened
from faqsite.transfer.foreign_words import (
    ATTRIBUTES,
    COMPONENT_OUT,
    Translated,
    read_attributes,
    translate_words,
    write_self_closed,
)
from faqsite.transfer.oldlinks import fence_after, hold_code

_IMPORT = re.compile(r"""(?:import\s.*['"][^'"]+['"]|export\s+(?:const|default|\{).*);?\s*$""")
_OPENING = re.compile(
    r"(?P<indent>\s*)(?P<mark>:{3,}|/{3,})\s*\{?(?P<kind>[\w-]+)\}?"
    r"(?:\s*\[(?P<boxed>.*)\]|\s*\|\s*(?P<piped>.*)|\s+(?P<title>.*))?\s*$"
)
_INDENTED = re.compile(
    r"(?P<indent>\s*)(?:(?:!!!|\?\?\?\+?)\s+(?P<kind>[\w-]+)(?:\s+[\w-]+)*\s*"
    r'(?:"(?P<title>.*)")?|===[!+]?\s+"(?P<tab>.*)")\s*$'
)
_COMPONENT = re.compile(
    r"(?P<indent>[ \t]*)<(?P<slash>/?)(?P<name>[A-Z][\w.]*)"
    rf"(?P<attributes>{ATTRIBUTES})\s*(?P<end>/?)>[ \t]*(?:\n|\Z)"
)
_MOST_LINES = 100
"""Of the tag of one component."""
_ITEMS = re.compile(r"items=\{(\[[^\]]*\])\}")
_TEXTS = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_TAB_COMPONENT = re.compile(r"\s*<(?:\w+\.)?Tab(?:Item)?(?=\s*>)")
_NOTE_COMPONENTS = frozenset({"admonition", "alert", "aside", "callout", "hint"})
_KINDS = {
    "abstract": "note", "bug": "warning", "error": "danger", "example": "note",
    "experimental": "warning", "failure": "warning", "hint": "tip", "question": "note",
    "quote": "note", "secondary": "note", "success": "tip", "summary": "note", "todo": "note",
    "attention": "warning", "check": "tip", "seealso": "note", "warn": "warning",
    "alert": "warning", "aside": "note", "callout": "note",
}  # fmt: skip


def translate(markdown: str) -> Translated:
    """Return Markdown of another generator in our dialect."""
    found = Translated()
    blocks = "\n".join(_translate(_expand_tabs(markdown.split("\n")), found))
    text, restore = hold_code(blocks)
    found.markdown = restore(translate_words(text, found))
    found.advice = list(dict.fromkeys(found.advice))
    found.problems = list(dict.fromkeys(found.problems))
    return found


def _expand_tabs(lines: list[str]) -> list[str]:
    """Return lines that begin with spaces where they began with tabs; code stays as it is."""
    fence = ""
    plain = []
    for line in lines:
        text = line.lstrip(" \t")
        is_code, fence = bool(fence), fence_after(fence, line)
        indent = line[: len(line) - len(text)]
        plain.append(line if is_code and fence else indent.expandtabs(4) + text)
    return plain


def _translate(lines: list[str], found: Translated) -> Iterator[str]:
    """Yield lines with notes, tabs and components in our dialect; those inside are indented so."""
    fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        before, fence = fence, fence_after(fence, line)
        if before or fence:
            yield line
        elif _IMPORT.match(line):
            found.advice.append("took out lines that import or export code")
        elif block := _OPENING.match(line):
            mark = re.escape(block["mark"])
            opens, closes = rf"\s*{mark}(?![:/])\s*\{{?[\w-]", rf"\s*{mark}\s*$"
            end = _find_end(lines, at, opens, closes)
            title = block["boxed"] or block["piped"] or block["title"] or ""
            made: Iterable[str] = _write_note(
                block["kind"], title.strip(), _dedent(lines[at:end]), found
            )
            yield from _indent(made, block["indent"])
            at = min(end + 1, len(lines))
        elif block := _INDENTED.match(line):
            inner, at = _take_indented(lines, at, len(block["indent"]) + 4)
            made = ("", f"**{block['tab']}**", "", *_translate(inner, found))
            if block["kind"]:
                made = _write_note(block["kind"], block["title"] or "", inner, found)
            yield from _indent(made, block["indent"])
        elif tag := _COMPONENT.match("\n".join(_take_block(lines, at - 1))):
            at += tag[0].rstrip().count("\n")
            if tag["end"]:
                kept = write_self_closed(tag["name"], tag["attributes"].strip(), found)
                yield from _indent(("", *kept.split("\n"), ""), tag["indent"])
            elif not tag["slash"]:
                name = re.escape(tag["name"])
                opens = rf"\s*<{name}(?=[\s>]|$)(?!.*/>\s*$)(?!.*</{name}>)"
                end = _find_end(lines, at, opens, rf"\s*</{name}\s*>\s*$")
                inner = _dedent(lines[at:end]) if end < len(lines) else []
                yield from _indent(_unwrap(tag, inner, found), tag["indent"])
                at = end + 1 if end < len(lines) else at
        else:
            yield line


def _find_end(lines: list[str], at: int, opens: str, closes: str) -> int:
    """Return the line that closes a block whose content begins at a line; the end if none does."""
    depth = 0
    for number in range(at, len(lines)):
        if re.match(closes, lines[number]):
            if not depth:
                return number
            depth -= 1
        elif re.match(opens, lines[number]):
            depth += 1
    return len(lines)


def _take_block(lines: list[str], at: int) -> Iterator[str]:
    """Return the lines from one that begins with a tag up to the next blank one."""
    begins = lines[at].lstrip().startswith("<")
    return takewhile(str.strip, lines[at : at + _MOST_LINES] if begins else [])


def _unwrap(tag: re.Match[str], inner: list[str], found: Translated) -> Iterator[str]:
    """Yield what a component holds."""
    texts = read_attributes(tag["attributes"])
    kind = tag["name"].lower()
    title = texts.get("title") or texts.get("label") or texts.get("summary") or ""
    if kind in NOTES or kind in _NOTE_COMPONENTS:
        kind = kind if kind in NOTES else texts.get("type") or texts.get("kind") or "note"
        yield from _write_note(kind if kind in {*NOTES, *_KINDS} else "note", title, inner, found)
        return
    found.advice.append(COMPONENT_OUT)
    if title and texts.get("href"):
        title = f"[{title}]({texts['href']})"
    if title := title or texts.get("name") or texts.get("value") or "":
        yield from ("", f"**{title}**", "")
    yield from _translate([*_title_tabs(inner, tag["attributes"])], found)


def _write_note(kind: str, title: str, inner: list[str], found: Translated) -> Iterator[str]:
    """Yield a note in our dialect; what is none of the notes that we know, by its content."""
    kind, title = kind.lower(), title.replace('"', "\u201d")
    content = list(_translate(inner, found))
    if kind == "details":
        summary = f"<summary>{escape(title or 'Details')}</summary>"
        yield from ("<details>", summary, "", *content, "", "</details>", "")
    elif known := kind if kind in NOTES else _KINDS.get(kind, ""):
        heading = title or ("" if known == kind else kind.capitalize())
        yield from ("", f'!!! {known} "{heading}"' if heading else f"!!! {known}")
        yield from (f"    {each}".rstrip() for each in content)
        yield ""
    else:
        found.advice.append(f'took out the marks of "{shortened(kind)}" around its content')
        yield from ("", f"**{title}**") if title else ()
        yield from ("", *content, "")


def _title_tabs(lines: list[str], attributes: str) -> Iterator[str]:
    """Yield what stands in tabs, those without a title having the next of their labels."""
    items = _ITEMS.search(attributes)
    labels = iter([one or other for one, other in _TEXTS.findall(items[1])] if items else [])
    for line in lines:
        tab = _TAB_COMPONENT.match(line)
        label = next(labels, "").replace('"', "") if tab else ""
        yield f'{tab[0]} title="{label}"{line[tab.end() :]}' if tab and label else line


def _take_indented(lines: list[str], at: int, indent: int) -> tuple[list[str], int]:
    """Return the lines that are indented so far, and where these end."""
    end = at
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * indent)):
        end += 1
    while end > at and not lines[end - 1].strip():
        end -= 1
    return [line[indent:] for line in lines[at:end]], end


def _indent(lines: Iterable[str], indent: str) -> Iterator[str]:
    return (f"{indent}{line}" if line else "" for line in lines)


def _dedent(lines: list[str]) -> list[str]:
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return [line[min(indents, default=0) :] for line in lines]
