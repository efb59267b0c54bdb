"""Components of MDX, which another generator runs: what of them is text, a link, or code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from faqsite.problems import Kind, Problem, note

__all__ = [
    "ATTRIBUTE",
    "COMPONENT_OUT",
    "Component",
    "Translated",
    "component_at",
    "labelled",
    "self_closed",
]

COMPONENT_OUT = "took out components around their content"
_LINK = "made links of components that show what stands elsewhere"
_CODE = "kept as code components that say all in their attributes"
_EMPTY = "took out components whose words are not in the source"

_COMPONENT = re.compile(r"(?P<indent>\s*)<(?P<slash>/?)(?P<name>[A-Z][\w.]*)(?=[\s/>]|$)")
_ITEMS = re.compile(r"items=\{(\[[^\]]*\])\}")
_TEXTS = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_TAB_COMPONENT = re.compile(r"\s*<(?:\w+\.)?Tab(?:Item)?(?=\s*>)")
_PICTURES = frozenset({"figure", "frame", "image", "img", "zoom"})
ATTRIBUTE = re.compile(
    r"([^\s/>=\"'{}]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'"
    r"|(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})|([^\s\"'>]+)))?"
)
"""An attribute of a tag: its name, and its value in double quotes, single ones, braces, or bare."""


@dataclass(slots=True)
class Translated:
    """Markdown in our dialect, and what is to be said of it."""

    markdown: str
    faults: list[Problem] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    def refuse(self, code: str, message: str, hint: str) -> None:
        """Note code that only another generator can fill in."""
        self.faults.append(note("", 0, Kind.FOREIGN_CODE, message, hint, code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A component of MDX whose tag stands alone on one or several lines."""

    name: str
    indent: str
    attributes: str
    is_closing: bool
    is_self_closing: bool
    end: int
    """The line behind the tag."""
    closed_at: int
    """The line behind the tag that closes it: the same, if there is none."""

    @property
    def told(self) -> dict[str, str]:
        """The attributes that are texts."""
        return {
            key.lower(): double or single
            for key, double, single, *_ in ATTRIBUTE.findall(self.attributes)
        }


def component_at(lines: list[str], at: int) -> Component | None:
    """Return the component whose tag begins a line and ends one, None where there is none."""
    begun = _COMPONENT.match(lines[at])
    if not begun:
        return None
    quote, depth, attributes = "", 0, ""
    for number in range(at, len(lines)):
        start = begun.end() if number == at else 0
        for column, char in enumerate(lines[number][start:], start=start):
            if quote:
                quote = "" if char == quote else quote
            elif char in "\"'`" and (depth or lines[number][column - 1 : column] in ("=", "{")):
                quote = char
            elif char in "{}":
                depth += 1 if char == "{" else -1
            elif char == ">" and not depth and lines[number][column - 1 : column] != "=":
                if lines[number][column + 1 :].strip():
                    return None
                return _with_end(begun, attributes.strip(), lines, number + 1)
            attributes += char
        attributes += "\n"
        if not lines[number].strip() and not depth:
            return None
    return None


def _with_end(begun: re.Match[str], attributes: str, lines: list[str], end: int) -> Component:
    is_self_closing = attributes.endswith("/")
    is_closing = bool(begun["slash"])
    closed_at = end
    if not is_self_closing and not is_closing:
        closed_at = _closing_line(lines, end, begun["name"])
    return Component(
        name=begun["name"],
        indent=begun["indent"],
        attributes=attributes.removesuffix("/").strip(),
        is_closing=is_closing,
        is_self_closing=is_self_closing,
        end=end,
        closed_at=closed_at,
    )


def _closing_line(lines: list[str], at: int, name: str) -> int:
    """Return the line behind the tag that closes a component; the next one if none does."""
    depth = 0
    opening = re.compile(rf"\s*<{re.escape(name)}(?=[\s>]|$)(?!.*/>\s*$)(?!.*</{re.escape(name)}>)")
    for number in range(at, len(lines)):
        if re.match(rf"\s*</{re.escape(name)}\s*>\s*$", lines[number]):
            if not depth:
                return number + 1
            depth -= 1
        elif opening.match(lines[number]):
            depth += 1
    return at


def labelled(component: Component, lines: list[str]) -> list[str]:
    """Return what stands in tabs, those without a title having the next of their labels."""
    items = _ITEMS.search(component.attributes)
    left = iter([one or other for one, other in _TEXTS.findall(items[1])] if items else [])
    return [
        _TAB_COMPONENT.sub(rf'\g<0> title="{label}"', line, count=1)
        if _TAB_COMPONENT.match(line) and (label := next(left, "").replace('"', ""))
        else line
        for line in lines
    ]


def self_closed(name: str, attributes: str, found: Translated) -> str:
    """Return what a component without content says: a link, its title, or its code."""
    told = {
        key.lower(): double or single for key, double, single, *_ in ATTRIBUTE.findall(attributes)
    }
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
