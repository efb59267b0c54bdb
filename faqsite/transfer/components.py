"""Components of MDX, which another generator runs: what of them is text, a link, or code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from faqsite.model.problems import Kind, Problem, note

COMPONENT_OUT = "took out components around their content"
_LINK = "made links of components that show what stands elsewhere"
_CODE = "kept as code components that say all in their attributes"
_EMPTY = "took out components whose words are not in the source"

_IN_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
ATTRIBUTES = (
    rf"(?:\s+(?:[^\s/>=\"'{{}}<]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|{_IN_BRACES}|[^\s\"'>{{}}]+))?"
    r"|\{[^{}]*\}))*"
)
"""The pattern of all attributes of a tag."""
ATTRIBUTE = re.compile(
    rf"([^\s/>=\"'{{}}]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|({_IN_BRACES})|([^\s\"'>]+)))?"
)
"""An attribute of a tag: its name, and its value in double quotes, single ones, braces, or bare."""
_COMPONENT = re.compile(
    r"(?P<indent>[ \t]*)<(?P<slash>/?)(?P<name>[A-Z][\w.]*)"
    rf"(?P<attributes>{ATTRIBUTES})\s*(?P<end>/?)>[ \t]*(?:\n|\Z)"
)
_MOST_LINES = 100
_ITEMS = re.compile(r"items=\{(\[[^\]]*\])\}")
_TEXTS = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_TAB_COMPONENT = re.compile(r"\s*<(?:\w+\.)?Tab(?:Item)?(?=\s*>)")
_PICTURES = frozenset({"figure", "frame", "image", "img", "zoom"})


@dataclass(slots=True)
class Translated:
    """Markdown in our dialect, and what is to be said of it."""

    markdown: str = ""
    faults: list[Problem] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    def refuse(self, code: str, message: str, hint: str) -> None:
        """Note code that only another generator can fill in."""
        self.faults.append(note("", 0, Kind.FOREIGN_CODE, message, hint, code))


def component_at(lines: list[str], at: int) -> re.Match[str] | None:
    """Return the tag of a component that begins a line and ends one, None where there is none."""
    if not lines[at].lstrip().startswith("<"):
        return None
    block = takewhile(lambda line: line.strip(), lines[at : at + _MOST_LINES])
    return _COMPONENT.match("\n".join(block))


def find_end(lines: list[str], at: int, opens: str, closes: str) -> int:
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


def texts_in(attributes: str) -> dict[str, str]:
    """Return the attributes that are texts."""
    found = ATTRIBUTE.findall(attributes)
    return {key.lower(): double or single for key, double, single, *_ in found}


def labelled(attributes: str, lines: list[str]) -> list[str]:
    """Return what stands in tabs, those without a title having the next of their labels."""
    items = _ITEMS.search(attributes)
    left = iter([one or other for one, other in _TEXTS.findall(items[1])] if items else [])
    return [
        _TAB_COMPONENT.sub(rf'\g<0> title="{label}"', line, count=1)
        if _TAB_COMPONENT.match(line) and (label := next(left, "").replace('"', ""))
        else line
        for line in lines
    ]


def self_closed(name: str, attributes: str, found: Translated) -> str:
    """Return what a component without content says: a link, its title, or its code."""
    told = texts_in(attributes)
    title = told.get("title") or told.get("label") or told.get("alt") or told.get("name") or ""
    address = told.get("href") or told.get("to") or told.get("src") or told.get("url") or ""
    if address and "{" not in attributes:
        found.advice.append(_LINK)
        is_picture = name.lower() in _PICTURES
        return f"{'!' * is_picture}[{title or address}]({address})"
    if title and not set(told) - {"title", "label", "name"} and "{" not in attributes:
        found.advice.append(COMPONENT_OUT)
        return f"- {title}"
    if attributes:
        found.advice.append(_CODE)
        return f"```jsx\n<{name} {attributes} />\n```"
    found.advice.append(_EMPTY)
    return ""
