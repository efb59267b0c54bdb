"""Markdown of other generators in the dialect of this project, with nothing of its text lost.

Notes, tabs, attributes, components and tags that an answer cannot hold are rewritten, or
taken out around their content. What another generator would put there itself (a shortcode,
an included file) cannot be known here: that is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from faqsite.answers.allowlist import NOTES
from faqsite.model.problems import shortened
from faqsite.transfer.components import (
    COMPONENT_OUT,
    Translated,
    component_at,
    find_end,
    labelled,
    self_closed,
    texts_in,
)
from faqsite.transfer.foreign_words import translate_words
from faqsite.transfer.oldlinks import change_words, fence_after

_IMPORT = re.compile(r"""(?:import\s.*['"][^'"]+['"]|export\s+(?:const|default|\{).*);?\s*$""")
_OPENING = re.compile(
    r"(?P<indent>\s*)(?P<mark>:{3,}|/{3,})\s*\{?(?P<kind>[\w-]+)\}?"
    r"(?:\s*\[(?P<boxed>.*)\]|\s*\|\s*(?P<piped>.*)|\s+(?P<title>.*))?\s*$"
)
_INDENTED_NOTE = re.compile(
    r"(?P<indent>\s*)(?:!!!|\?\?\?\+?)\s+(?P<kind>[\w-]+)(?:\s+[\w-]+)*\s*"
    r'(?:"(?P<title>.*)")?\s*$'
)
_TAB = re.compile(r'(?P<indent>\s*)===[!+]?\s+"(?P<title>.*)"\s*$')
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
    blocks = "\n".join(_lines(_with_plain_indents(markdown.split("\n")), found))
    found.markdown = change_words(blocks, lambda text: translate_words(text, found))
    found.advice = list(dict.fromkeys(found.advice))
    found.faults = list(dict.fromkeys(found.faults))
    return found


def _with_plain_indents(lines: list[str]) -> list[str]:
    """Return lines that begin with spaces where they began with tabs; code stays as it is."""
    fence = ""
    plain = []
    for line in lines:
        text = line.lstrip(" \t")
        is_code, fence = bool(fence), fence_after(fence, line)
        indent = line[: len(line) - len(text)]
        plain.append(line if is_code and fence else indent.expandtabs(4) + text)
    return plain


def _lines(lines: list[str], found: Translated) -> Iterator[str]:
    """Yield lines with notes, tabs and components in our dialect; those inside are indented so."""
    fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        before, fence = fence, fence_after(fence, line)
        if before or fence:
            yield line
            continue
        if _IMPORT.match(line):
            found.advice.append("took out lines that import or export code")
        elif opening := _OPENING.match(line):
            mark = re.escape(opening["mark"])
            opens, closes = rf"\s*{mark}(?![:/])\s*\{{?[\w-]", rf"\s*{mark}\s*$"
            end = find_end(lines, at, opens, closes)
            inner, at = _dedented(lines[at:end]), min(end + 1, len(lines))
            title = opening["boxed"] or opening["piped"] or opening["title"] or ""
            yield from _note(opening["kind"], title.strip(), inner, opening["indent"], found)
        elif note := _INDENTED_NOTE.match(line):
            inner, at = _indented(lines, at, len(note["indent"]) + 4)
            yield from _note(note["kind"], note["title"] or "", inner, note["indent"], found)
        elif tab := _TAB.match(line):
            inner, at = _indented(lines, at, len(tab["indent"]) + 4)
            yield from ("", f"{tab['indent']}**{tab['title']}**", "")
            yield from (f"{tab['indent']}{each}".rstrip() for each in _lines(inner, found))
        elif tag := component_at(lines, at - 1):
            at += tag[0].rstrip().count("\n")
            if tag["end"]:
                kept = self_closed(tag["name"], tag["attributes"].strip(), found)
                yield from (f"{tag['indent']}{each}" for each in ("", *kept.split("\n"), ""))
            elif not tag["slash"]:
                name = re.escape(tag["name"])
                opens = rf"\s*<{name}(?=[\s>]|$)(?!.*/>\s*$)(?!.*</{name}>)"
                end = find_end(lines, at, opens, rf"\s*</{name}\s*>\s*$")
                inner = _dedented(lines[at:end]) if end < len(lines) else []
                yield from _component(tag, inner, found)
                at = end + 1 if end < len(lines) else at
        else:
            yield line


def _component(tag: re.Match[str], inner: list[str], found: Translated) -> Iterator[str]:
    """Yield what a component holds."""
    indent, told = tag["indent"], texts_in(tag["attributes"])
    kind = tag["name"].lower()
    title = told.get("title") or told.get("label") or told.get("summary") or ""
    if kind in NOTES or kind in _NOTE_COMPONENTS:
        kind = kind if kind in NOTES else told.get("type") or told.get("kind") or "note"
        kind = kind if kind in NOTES or kind in _KINDS else "note"
        yield from _note(kind, title, inner, indent, found)
        return
    found.advice.append(COMPONENT_OUT)
    if title and told.get("href"):
        title = f"[{title}]({told['href']})"
    title = title or told.get("name") or told.get("value") or ""
    if title:
        yield from ("", f"{indent}**{title}**", "")
    yield from (f"{indent}{each}" for each in _lines(labelled(tag["attributes"], inner), found))


def _indented(lines: list[str], at: int, indent: int) -> tuple[list[str], int]:
    end = at
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * indent)):
        end += 1
    while end > at and not lines[end - 1].strip():
        end -= 1
    return [line[indent:] for line in lines[at:end]], end


def _dedented(lines: list[str]) -> list[str]:
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return [line[min(indents, default=0) :] for line in lines]


def _note(kind: str, title: str, inner: list[str], indent: str, found: Translated) -> Iterator[str]:
    """Yield a note in our dialect; what is none of the notes that we know, by its content."""
    kind = kind.lower()
    title = title.replace('"', "\u201d")
    content = list(_lines(inner, found))
    if kind == "details":
        yield from (
            f"{indent}<details>",
            f"{indent}<summary>{escape(title or 'Details')}</summary>",
        )
        yield from ("", *(f"{indent}{each}" for each in content), "", f"{indent}</details>", "")
        return
    known = kind if kind in NOTES else _KINDS.get(kind, "")
    if not known:
        found.advice.append(f'took out the marks of "{shortened(kind)}" around its content')
        if title:
            yield from ("", f"{indent}**{title}**")
        yield from ("", *(f"{indent}{each}" for each in content), "")
        return
    heading = title or ("" if known == kind else kind.capitalize())
    yield ""
    yield f'{indent}!!! {known} "{heading}"' if heading else f"{indent}!!! {known}"
    yield from (f"{indent}    {each}".rstrip() for each in content)
    yield ""
