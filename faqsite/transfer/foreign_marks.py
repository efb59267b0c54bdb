"""Signs of Obsidian, Material, Jekyll, Hugo and Eleventy that are links, pictures, keys or icons.

Each row of a table has a pattern and what to write instead: a template or a function.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import splitext
from textwrap import indent
from urllib.parse import quote

from faqsite.model.records import ATTACHMENT_ENDINGS, PICTURE_ENDINGS
from faqsite.model.urls import ending_of, slugify

_SIZE = re.compile(r"\d+(?:x\d+)?")
_ICONS = {"check": "✓", "close": "✗", "cancel": "✗"}


def _write_wiki_link(link: re.Match[str]) -> str:
    """Return the link for `[[Page#Heading|text]]`, or the picture for `![[picture.png|300]]`."""
    page, heading, text = link["page"].strip(), link["heading"], link["text"] or ""
    ending = ending_of(page)
    if ending in PICTURE_ENDINGS:
        text = "" if _SIZE.fullmatch(text) else text
        return f"{link['sign']}[{text or splitext(page)[0]}]({quote(page)})"
    text = text or " > ".join(filter(None, (page, heading)))
    is_file = ending in ATTACHMENT_ENDINGS or ending == "md" or not page
    fragment = f"#{slugify(heading.rpartition('#')[2])}" if heading else ""
    return f"[{text}]({quote(page)}{'' if is_file else '.md'}{fragment})"


def _write_keys(keys: re.Match[str]) -> str:
    return "+".join(f"<kbd>{each.capitalize()}</kbd>" for each in keys[1].split("+"))


def _write_note(note: re.Match[str]) -> str:
    return f"\n!!! {note[1]}\n{indent(note['text'], '    ')}\n"


_ROWS: tuple[tuple[str, str | Callable[[re.Match[str]], str], str], ...] = (
    (r"(?<![\w%])%%(?!%).+?%%(?![\w%])", "", "removed comments"),
    (r"\{%-?\s*comment\b.*?endcomment\s*-?%\}", "", "removed comments"),
    (r"\{\{-?\s*(?:site\.(?:baseurl|url)|\.?[Ss]ite\.BaseURL)\s*-?\}\}", "", ""),
    ((r"\{\{-?\s*(?:site\.(?:baseurl|url)\s*\|\s*append:\s*)?[\"'](?P<to>[^\"'{}]*)[\"']\s*\|\s*"
     r"(?:relative_url|absolute_url|url|relURL|absURL|prepend|append)\b[^{}]*\}\}"), r"\g<to>", ""),
    (r"\{\{-?\s*site\.(?:baseurl|url)\s*\|\s*append:\s*[\"']([^\"'{}]*)[\"']\s*-?\}\}", r"\1", ""),
    (r"\{\{-?\s*(?:rel)?ref\s+\.\s+[\"']([^\"']*)[\"']\s*-?\}\}", r"\1", ""),
    ((r"^[ \t]*\{%-?\s*include\s+(?:\S*/)?(note|tip|warning|danger)\.html\s[^%]*?content\s*=\s*"
     r"(?P<sign>[\"'])(?P<text>.*?)(?P=sign)\s*-?%\}[ \t]*$"), _write_note, ""),
    (r"\{\{<\s*youtube\s+(?:id=)?[\"']?([\w-]+)[\"']?\s*>\}\}",
     r"<https://www.youtube.com/watch?v=\1>", ""),
    ((r"(?P<sign>!?)\[\[(?!_?toc_?\]|\s)(?P<page>[^\[\]|#\n]*)(?:#(?P<heading>[^\[\]|\n]+))?"
     r"(?:\\?\|(?P<text>[^\[\]\n]+))?\]\](?!\()"), _write_wiki_link, ""),
    (r"[ \t]\^[a-z][\w-]{3,}$|^\^[\w-]+$", "", ""),
    (r"(?<![=\w])==(?![\s=])([^=\n]+?)(?<!\s)==(?![=\w])", r"<mark>\1</mark>", ""),
    (r"(?<![\w+])\+\+([a-z0-9-]+(?:\+[a-z0-9-]+)*)\+\+(?![\w+])", _write_keys, ""),
    ((r":(?:material|fontawesome|octicons|simple)-(?:[a-z]+-)*?(?P<icon>check|close|cancel)?"
     r"[a-z0-9-]*:(?:\{[^{}\n]*\})?"), lambda icon: _ICONS.get(icon["icon"] or "", ""),
     "removed icons, or replaced them by signs"),
    (r"(?<=[\w)\]*\x03])[ \t]?\{:?[ \t]*[.#][\w-]+[^{}\n]*\}", "", ""),
)  # fmt: skip
_COMPILED = [
    (re.compile(pattern, re.DOTALL | re.MULTILINE), write, advice)
    for pattern, write, advice in _ROWS
]


def translate_marks(text: str, advice: list[str]) -> str:
    """Return text without code, with each sign in our dialect; advice names losses."""
    for pattern, write, reported in _COMPILED:
        text, times = pattern.subn(write, text)
        if times and reported:
            advice.append(reported)
    return text
