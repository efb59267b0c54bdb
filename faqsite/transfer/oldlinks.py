"""The links and pictures in the Markdown of a source; code is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import groupby
from operator import itemgetter

from faqsite.answers.sanitise import Tag, split_html

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


def change_links(markdown: str, change: Callable[[OldLink], OldLink]) -> str:
    """Return Markdown with each link and picture changed, the inner ones first."""
    held, restore = hold_code(markdown)
    definitions = {
        _fold(found["label"]): (found["address"], found["title"] or "")
        for found in _DEFINITION.finditer(held)
    }

    def change_all(text: str, *, is_inside: bool) -> str:
        return _LINK.sub(lambda found: change_one(found, is_inside=is_inside), text)

    def change_one(found: re.Match[str], *, is_inside: bool) -> str:
        if found["automatic"]:
            link = OldLink(address=found["automatic"], text=found["automatic"])
        elif found["element"]:
            link = _parse_element(found["element"])
        else:
            address, title = found["address"], found["title"] or ""
            if address is None:
                label = _fold(found["label"] or found["text"])
                if label not in definitions:
                    text = change_all(found["text"], is_inside=is_inside)
                    return found[0].replace(found["text"], text, 1)
                address, title = definitions[label]
            address = address[1:-1] if address.startswith("<") else address
            link = OldLink(
                address=re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unescape(address)),
                text=change_all(found["text"], is_inside=not found["sign"]),
                is_picture=bool(found["sign"]),
                title=title,
            )
        address, text = restore(link.address), restore(link.text)
        return change(replace(link, address=address, text=text, is_inside=is_inside)).write()

    text = _DEFINITION.sub("", held) if definitions else held
    return restore(change_all(text, is_inside=False))


def _parse_element(html: str) -> OldLink:
    """Return the link or picture of an HTML tag."""
    tag = next(each for each in split_html(html) if isinstance(each, Tag))
    name = "src" if tag.name == "img" else "href"
    return OldLink(
        address=tag.get(name) or "",
        text=tag.get("alt") or "",
        is_picture=tag.name == "img",
        attributes=tuple(each for each in tag.attributes if each[0] != name),
    )


def _fold(label: str) -> str:
    return " ".join(label.split()).casefold()
