"""Notes, tabs and components of other generators, which reach over lines, in our dialect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from faqsite.answers.allowlist import NOTES
from faqsite.model.problems import shortened
from faqsite.transfer.components import (
    COMPONENT_OUT,
    Translated,
    closing_line,
    component_at,
    labelled,
    self_closed,
    texts_in,
)
from faqsite.transfer.oldlinks import fence_after

_IMPORT = re.compile(r"""(?:import\s.*['"][^'"]+['"]|export\s+(?:const|default|\{).*);?\s*$""")
_OPENING = re.compile(
    r"(?P<indent>\s*)(?P<mark>:{3,}|/{3,})\s*\{?(?P<kind>[\w-]+)\}?"
    r"(?:\s*\[(?P<boxed>.*)\]|\s*\|\s*(?P<piped>.*)|\s+(?P<title>.*))?\s*$"
)
_CLOSING = re.compile(r"\s*(?P<mark>:{3,}|/{3,})\s*$")
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


def translate_blocks(markdown: str, found: Translated) -> str:
    """Return Markdown whose blocks are ours."""
    return "\n".join(_lines(_with_plain_indents(markdown.split("\n")), found))


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
            inner, at = _until_closed(lines, at, opening["mark"])
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
                end = closing_line(lines, at, tag["name"])
                inner = _dedented(lines[at : max(at, end - 1)])
                yield from _component(tag, inner, found)
                at = end
        else:
            yield line


def _until_closed(lines: list[str], at: int, mark: str) -> tuple[list[str], int]:
    """Return the lines up to the mark that closes a note, and where it goes on."""
    depth = 0
    for end in range(at, len(lines)):
        if (closing := _CLOSING.match(lines[end])) and closing["mark"] == mark:
            if not depth:
                return _dedented(lines[at:end]), end + 1
            depth -= 1
        elif (opening := _OPENING.match(lines[end])) and opening["mark"] == mark:
            depth += 1
    return _dedented(lines[at:]), len(lines)


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
