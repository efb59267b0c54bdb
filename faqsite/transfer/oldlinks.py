"""The links and pictures in the Markdown of a source; code is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import groupby
from operator import itemgetter

from faqsite.answers.sanitise import Tag, tokens

_FENCE = re.compile(r"^(?:[ \t>]|[-*+] |\d{1,9}[.)] )*(`{3,}(?=[^`\n]*$)|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]|!!!|\[\^[^\]]+\]:)\s")
_SIGN = re.compile(r"\x02(\d+)\x03")
_CODE_SPAN_OR_COMMENT = re.compile(
    r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)|<!--.*?-->", re.DOTALL
)
_TEXT = r"(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*+\])*+"
_ADDRESS = r"<[^<>\n]*>|[^\s()<>]*(?:\((?:[^\s()]|\([^\s()]*\))*\)[^\s()<>]*)*"
_TITLE = r"""(?:\s+(?P<title>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\([^()]*\)))?"""
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)(?P<label>[^\[\]\n]+)\]:[ \t]*\n?[ \t]*(?P<address><[^<>\n]*>|\S+)"
    rf"{_TITLE}[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
# `[text](address)`, `[text][label]`, `<https://address>`, or HTML.
_LINK = re.compile(
    rf"(?<!\\)(?P<sign>!?)\[(?P<text>{_TEXT})\]"
    rf"(?:\(\s*(?P<address>{_ADDRESS}){_TITLE}\s*\)(?:\{{[^{{}}\n]*\}})?"
    r"|(?:\[(?P<label>[^\[\]\n]*)\])?(?![(:\[]))"
    r"|<(?P<automatic>https?://[^\s<>]+)>"
    r"|(?P<element>(?i:<a\s[^<>]*?href\s*=[^<>]*>|<img\s[^<>]*>))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldLink:
    """A link or picture in a source."""

    address: str
    text: str = ""
    """The linked text, in which links are changed already; for a picture, its description."""
    is_picture: bool = False
    is_inside: bool = False
    """Whether it is in the text of another link."""
    title: str = ""
    attributes: tuple[tuple[str, str], ...] | None = None
    """All attributes of an HTML element except the address; None for Markdown."""

    def write(self) -> str:
        """Return the Markdown or HTML of it; without an address, only its text."""
        if not self.address and (self.is_picture or self.attributes is None):
            return self.text
        if self.attributes is None:
            title = f" {self.title}" if self.title else ""
            address = self.address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
            return f"{'!' * self.is_picture}[{self.text}]({address}{title})"
        name = "src" if self.is_picture else "href"
        attributes = ((name, self.address), *self.attributes)[not self.address :]
        inner = "".join(f' {key}="{escape(value)}"' for key, value in attributes)
        if self.is_picture:
            return f"<img{inner}>"
        return f"<a{inner}>" + (f"{escape(self.text)}</a>" if self.text else "")


def fence_after(fence: str, line: str) -> str:
    """Return the code fence that is open after a line, given the one before it; "" for none."""
    mark = _FENCE.match(line)
    if not fence or not mark:
        return mark[1] if mark else fence
    is_closed = mark[1].startswith(fence) and not line.strip(" \t>\n").strip(fence[0])
    return "" if is_closed else fence


def hold_code(markdown: str) -> tuple[str, Callable[[str], str]]:
    """Return Markdown with a sign for each piece of code, and a function that restores the code."""
    held: list[str] = []

    def hold(code: str) -> str:
        held.append(code)
        return f"\x02{len(held) - 1}\x03"

    pieces = []
    for is_code, lines in groupby(_mark_code(markdown), key=itemgetter(0)):
        text = "".join(line for _, line in lines)
        if is_code:
            # What follows a block of code still begins a line.
            pieces.append(hold(text.removesuffix("\n")) + "\n" * text.endswith("\n"))
        else:
            pieces.append(_CODE_SPAN_OR_COMMENT.sub(lambda span: hold(span[0]), text))
    return "".join(pieces), lambda text: _SIGN.sub(lambda sign: held[int(sign[1])], text)


def _mark_code(markdown: str) -> Iterator[tuple[bool, str]]:
    """Yield each line, after whether it is in a block of code."""
    fence, after_blank, in_list, is_code = "", True, False, False
    for line in markdown.splitlines(keepends=True):
        before, fence = fence, fence_after(fence, line)
        was_code, is_code = is_code, bool(before or fence)
        if not is_code and line.strip():
            in_list = bool(_ITEM.match(line)) or (in_list and line[:1] in " \t")
            is_indented = line.startswith(("    ", "\t"))
            is_code = is_indented and not in_list and (after_blank or was_code)
        after_blank = not line.strip()
        yield is_code, line


_Change = Callable[[OldLink], OldLink]
_Definitions = Mapping[str, tuple[str, str]]
"""The address and the title of each label."""


def change_links(markdown: str, change: _Change) -> str:
    """Return Markdown with each link and picture changed, the inner ones first."""
    text, restore = hold_code(markdown)
    definitions = {
        _fold(found["label"]): (found["address"], found["title"] or "")
        for found in _DEFINITION.finditer(text)
    }
    text = _DEFINITION.sub("", text) if definitions else text

    def change_restored(link: OldLink) -> OldLink:
        return change(replace(link, address=restore(link.address), text=restore(link.text)))

    return restore(_change_all(text, definitions, change_restored, is_inside=False))


def _change_all(text: str, definitions: _Definitions, change: _Change, *, is_inside: bool) -> str:
    done: list[str] = []
    end = at = 0
    while found := _LINK.search(text, at):
        link = _parse_link(found, definitions, change)
        at = found.end() if link else found.start() + 1
        if link:
            done += text[end : found.start()], change(replace(link, is_inside=is_inside)).write()
            end = at
    return "".join((*done, text[end:]))


def _parse_link(found: re.Match[str], definitions: _Definitions, change: _Change) -> OldLink | None:
    """Return a link, or None for brackets that are not one."""
    address, title, text = found["address"], found["title"] or "", found["text"]
    if found["automatic"]:
        return OldLink(address=found["automatic"], text=found["automatic"])
    if found["element"]:
        return _parse_element(found["element"])
    if address is None:
        label = _fold(found["label"] or text)
        if label not in definitions:
            return None
        address, title = definitions[label]
    address = address[1:-1] if address.startswith("<") else address
    is_picture = bool(found["sign"])
    return OldLink(
        address=re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unescape(address)),
        text=_change_all(text, definitions, change, is_inside=not is_picture),
        is_picture=is_picture,
        title=title,
    )


def _parse_element(html: str) -> OldLink | None:
    tag = next(tokens(html), "")
    if not isinstance(tag, Tag):
        return None
    name = "src" if tag.name == "img" else "href"
    return OldLink(
        address=tag.get(name) or "",
        text=tag.get("alt") or "",
        is_picture=tag.name == "img",
        attributes=tuple(each for each in tag.attributes if each[0] != name),
    )


def _fold(label: str) -> str:
    return " ".join(label.split()).casefold()
