"""Translates Markdown for other generators into our dialect, without losing any of its text.

Notes, tabs, attributes, components and tags that we do not allow are rewritten or removed, but
their content stays. Code that only the other generator can fill in is a problem.
"""

from __future__ import annotations

import re
from html import escape
from textwrap import dedent, indent

from faqsite.answers.allowlist import NOTES
from faqsite.model.problems import shortened
from faqsite.transfer.foreign_inlines import (
    ATTRIBUTES,
    COMPONENT_OUT,
    Translated,
    read_attributes,
    translate_inlines,
    write_self_closed,
)
from faqsite.transfer.oldlinks import fence_after, hold_code

_IMPORT = re.compile(r"""(?:import\s.*['"][^'"]+['"]|export\s+(?:const|default|\{).*);?\s*$""")
_FENCED = re.compile(
    r"(?P<margin>\s*)(?P<mark>:{3,}|/{3,})\s*\{?(?P<kind>[\w-]+)\}?"
    r"(?:\s*\[(?P<boxed>.*)\]|\s*\|\s*(?P<piped>.*)|\s+(?P<title>.*))?\s*$"
)
_INDENTED = re.compile(
    r"(?P<margin>\s*)(?:(?:!!!|\?\?\?\+?)\s+(?P<kind>[\w-]+)(?:\s+[\w-]+)*\s*"
    r'(?:"(?P<title>.*)")?|===[!+]?\s+"(?P<tab>.*)")\s*$'
)
# A callout of Obsidian; GitHub has its five kinds without a title.
_CALLOUT = re.compile(
    r"(?P<margin>\s*)> ?(?!\[!(?i:note|tip|important|warning|caution)\]\s*$)"
    r"\[!(?P<kind>[\w-]+)(?:\|[^\]]*)?\][+-]?[ \t]*(?P<title>.*)$"
)
_QUOTE = re.compile(r"\s*> ?")
_COMPONENT = re.compile(
    r"(?P<margin>[ \t]*)<(?P<slash>/?)(?P<name>[A-Z][\w.]*)"
    rf"(?P<attributes>{ATTRIBUTES})\s*(?P<end>/?)>[ \t]*(?:\n|\Z)"
)
_MARGIN = re.compile(r"^[ \t]+")
_MOST_LINES = 100
"""The limit for the tag of a component."""
_MAX_DEPTH = 100
"""The limit for nested components of one name: it ends the search for an end tag."""
_ITEMS = re.compile(r"items=\{(\[[^\]]*\])\}")
_TEXTS = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_TAB_COMPONENT = re.compile(r"^[ \t]*<(?:\w+\.)?Tab(?:Item)?(?=\s*>)", re.MULTILINE)
_NOTE_COMPONENTS = frozenset({"admonition", "alert", "aside", "callout", "hint"})
_KINDS = {kind: kind for kind in NOTES} | {
    "abstract": "note", "bug": "warning", "error": "danger", "example": "note",
    "experimental": "warning", "failure": "warning", "hint": "tip", "question": "note",
    "quote": "note", "secondary": "note", "success": "tip", "summary": "note", "todo": "note",
    "attention": "warning", "check": "tip", "seealso": "note", "warn": "warning",
    "faq": "note", "help": "note", "cite": "note", "tldr": "note", "done": "tip", "fail": "warning",
    "missing": "warning",
    "alert": "warning", "aside": "note", "callout": "note",
}  # fmt: skip
"""Our kind of note for each kind of other generators."""


def translate(markdown: str) -> Translated:
    """Translate Markdown for another generator into our dialect."""
    found = Translated()
    text, restore = hold_code(_translate(_expand_tabs(markdown), found))
    text = re.sub(r"\n{3,}", "\n\n", translate_inlines(text, found))
    found.markdown = restore(text).strip("\n")
    found.advice = list(dict.fromkeys(found.advice))
    found.problems = list(dict.fromkeys(found.problems))
    return found


def _expand_tabs(markdown: str) -> str:
    """Return Markdown in which lines begin with spaces, not tabs; fenced code stays as it is."""
    fence = ""
    lines = []
    for line in markdown.split("\n"):
        before, fence = fence, fence_after(fence, line)
        spaced = _MARGIN.sub(lambda margin: margin[0].expandtabs(4), line)
        lines.append(line if before and fence else spaced)
    return "\n".join(lines)


def _translate(text: str, found: Translated) -> str:
    """Return text with notes, tabs and components in our dialect."""
    lines = text.split("\n")
    done = []
    fence, at = "", 0
    while at < len(lines):
        line = lines[at]
        at += 1
        before, fence = fence, fence_after(fence, line)
        if before or fence:
            done.append(line)
        elif _IMPORT.match(line):
            found.advice.append("removed lines that import or export code")
        elif block := _FENCED.match(line):
            mark = re.escape(block["mark"])
            opens, closes = rf"\s*{mark}(?![:/])\s*\{{?[\w-]", rf"\s*{mark}\s*$"
            end = _find_end(lines, at, opens, closes)
            inner = dedent("\n".join(lines[at:end]))
            title = block["boxed"] or block["piped"] or block["title"] or ""
            note = _write_note(block["kind"], title.strip(), inner, found)
            at = end + 1
            done.append(indent(note, block["margin"]))
        elif block := _CALLOUT.match(line):
            note, at = _translate_callout(block, lines, at, found)
            done.append(indent(note, block["margin"]))
        elif block := _INDENTED.match(line):
            margin = " " * (len(block["margin"]) + 4)
            begin = at
            while at < len(lines) and (not lines[at].strip() or lines[at].startswith(margin)):
                at += 1
            inner = "\n".join(each[len(margin) :] for each in lines[begin:at])
            if block["kind"]:
                note = _write_note(block["kind"], block["title"] or "", inner, found)
            else:
                note = f"\n**{block['tab']}**\n\n{_translate(inner, found)}\n"
            done.append(indent(note, block["margin"]))
        elif line.lstrip().startswith("<") and (
            tag := _COMPONENT.match("\n".join(lines[at - 1 : at + _MOST_LINES]))
        ):
            component, at = _translate_component(tag, lines, at, found)
            done += [indent(component, tag["margin"])] if component else []
        else:
            done.append(line)
    return "\n".join(done)


def _translate_callout(
    callout: re.Match[str], lines: list[str], at: int, found: Translated
) -> tuple[str, int]:
    """Return a callout in our dialect, and the index of the line after it."""
    inner = []
    while at < len(lines) and _QUOTE.match(lines[at]):
        inner.append(_QUOTE.sub("", lines[at], count=1))
        at += 1
    return _write_note(callout["kind"], callout["title"].strip(), "\n".join(inner), found), at


def _translate_component(
    tag: re.Match[str], lines: list[str], at: int, found: Translated
) -> tuple[str, int]:
    """Return a component in our dialect, and the index of the line after it."""
    at += tag[0].rstrip().count("\n")
    if tag["end"]:
        return f"\n{write_self_closed(tag['name'], tag['attributes'].strip(), found)}\n", at
    if tag["slash"]:
        return "", at
    name = re.escape(tag["name"])
    opens = rf"\s*<{name}(?=[\s>]|$)(?!.*/>\s*$)(?!.*</{name}>)"
    end = _find_end(lines, at, opens, rf"\s*</{name}\s*>\s*$")
    if end == len(lines):
        return _unwrap(tag, "", found), at
    return _unwrap(tag, dedent("\n".join(lines[at:end])), found), end + 1


def _find_end(lines: list[str], at: int, opens: str, closes: str) -> int:
    """Return the index of the line that closes a block, the number of lines if none does."""
    depth = 0
    for number in range(at, len(lines)):
        if re.match(closes, lines[number]):
            if not depth:
                return number
            depth -= 1
        elif re.match(opens, lines[number]):
            depth += 1
        if depth > _MAX_DEPTH:
            break
    return len(lines)


def _unwrap(tag: re.Match[str], inner: str, found: Translated) -> str:
    texts = read_attributes(tag["attributes"])
    kind = tag["name"].lower()
    title = texts.get("title") or texts.get("label") or texts.get("summary") or ""
    if kind in NOTES or kind in _NOTE_COMPONENTS:
        kind = kind if kind in NOTES else texts.get("type") or texts.get("kind") or ""
        return _write_note(kind if kind in _KINDS else "note", title, inner, found)
    found.advice.append(COMPONENT_OUT)
    if title and texts.get("href"):
        title = f"[{title}]({texts['href']})"
    title = title or texts.get("name") or texts.get("value") or ""
    content = _translate(_add_tab_titles(inner, tag["attributes"]), found)
    return f"\n**{title}**\n\n{content}" if title else content


def _write_note(kind: str, title: str, inner: str, found: Translated) -> str:
    """Return a note in our dialect; if its kind is unknown, only its title and content."""
    kind, title = kind.lower(), title.replace('"', "\u201d")
    content = _translate(inner, found)
    if kind == "details":
        summary = f"<summary>{escape(title or 'Details')}</summary>"
        return f"<details>\n{summary}\n\n{content}\n\n</details>\n"
    if known := _KINDS.get(kind):
        heading = title or ("" if known == kind else kind.capitalize())
        opening = f'!!! {known} "{heading}"' if heading else f"!!! {known}"
        return f"\n{opening}\n{indent(content, '    ')}\n"
    found.advice.append(f'removed the marks of "{shortened(kind)}" around its content')
    return (f"\n**{title}**" if title else "") + f"\n{content}\n"


def _add_tab_titles(text: str, attributes: str) -> str:
    """Give tabs without a title the labels in the attributes of their component."""
    items = _ITEMS.search(attributes)
    labels = iter([one or other for one, other in _TEXTS.findall(items[1])] if items else [])

    def add(tab: re.Match[str]) -> str:
        label = next(labels, "").replace('"', "")
        return f'{tab[0]} title="{label}"' if label else tab[0]

    return _TAB_COMPONENT.sub(add, text)
