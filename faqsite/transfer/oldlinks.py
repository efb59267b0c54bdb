"""The links and pictures of Markdown from elsewhere, apart from what stands around them.

Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import groupby
from operator import itemgetter

from faqsite.transfer.soup import parse_html

_FENCE = re.compile(r"^(?:[ \t>]|[-*+] |\d{1,9}[.)] )*(`{3,}(?=[^`\n]*$)|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
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
# With its address behind it or by reference, as an address alone, or as HTML.
_LINK = re.compile(
    rf"(?<!\\)(?P<sign>!?)\[(?P<text>{_TEXT})\]"
    rf"(?:\(\s*(?P<address>{_ADDRESS}){_TITLE}\s*\)(?:\{{[^{{}}\n]*\}})?"
    r"|(?:\[(?P<label>[^\[\]\n]*)\])?(?![(:\[]))"
    r"|<(?P<automatic>https?://[^\s<>]+)>"
    r"|(?i:(?P<opening><a\s[^<>]*?href\s*=\s*)(?P<href>\"[^\"]*\"|'[^']*'|[^\s>\"']+)"
    r"(?P<closing>[^<>]*>)|<img\s[^<>]*>)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldLink:
    """A link or picture as it was written."""

    address: str
    text: str = ""
    """What is linked, the links in it changed already; of a picture, its description."""
    is_picture: bool = False
    is_inside: bool = False
    """Whether it is in the text of another link."""
    title: str = ""
    html: tuple[str, ...] = ()
    """Of an HTML element: what is before its address, and behind it."""

    def lead_to(self, address: str) -> str:
        """Return it as it was written, with another address."""
        if self.html:
            return f'{self.html[0]}"{escape(address)}"{self.html[1]}'
        title = f" {self.title}" if self.title else ""
        address = address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
        return f"{'!' * self.is_picture}[{self.text}]({address}{title})"

    def lead_nowhere(self) -> str:
        """Return the words of a link; of an HTML element, one without an address."""
        return "<a>" if self.html else self.text

    def as_link(self, words: str) -> OldLink:
        """Return a link with these words in the place of a picture."""
        html = ("<a href=", f">{escape(words)}</a>") if self.html else ()
        return replace(self, text=words, is_picture=False, html=html)


def fence_after(fence: str, line: str) -> str:
    """Return the fence of code that is open after a line, given that before it; "" for none."""
    mark = _FENCE.match(line)
    if not fence or not mark:
        return mark[1] if mark else fence
    is_closed = mark[1].startswith(fence) and not line.strip(" \t>\n").strip(fence[0])
    return "" if is_closed else fence


def split_code(markdown: str) -> Iterator[tuple[bool, str]]:
    """Yield the text of some Markdown in order, and whether it is code or a comment."""
    for is_code, lines in groupby(_mark_code(markdown), key=itemgetter(0)):
        text = "".join(line for _, line in lines)
        end = len(text) if is_code else 0
        if is_code:
            yield True, text
        for span in _CODE_SPAN_OR_COMMENT.finditer(text, end):
            yield False, text[end : span.start()]
            yield True, span[0]
            end = span.end()
        yield False, text[end:]


def _mark_code(markdown: str) -> Iterator[tuple[bool, str]]:
    """Yield the lines, and whether each is one of a block of code."""
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


def change_words(markdown: str, change: Callable[[str], str]) -> str:
    """Return Markdown with everything changed that is no code, all of it at once."""
    text, restore = hold_code(markdown)
    return restore(change(text))


def hold_code(markdown: str) -> tuple[str, Callable[[str], str]]:
    """Return Markdown with a sign for each piece of code, and what puts the code back."""
    held: list[str] = []
    code: list[str] = []
    for is_code, text in split_code(markdown):
        if is_code:
            code.append(text.removesuffix("\n"))
            # What is behind a block of code begins a line.
            held.append(f"\x02{len(code) - 1}\x03" + "\n" * text.endswith("\n"))
        else:
            held.append(text)
    return "".join(held), lambda text: _SIGN.sub(lambda sign: code[int(sign[1])], text)


_Change = Callable[[OldLink], str]
_Definitions = Mapping[str, tuple[str, str]]
"""The address and the title of each label."""


def change_links(markdown: str, change: _Change) -> str:
    """Return Markdown with each link and picture changed, also by reference or as HTML."""
    text, restore = hold_code(markdown)
    definitions = {
        _label(found["label"]): (found["address"], found["title"] or "")
        for found in _DEFINITION.finditer(text)
    }
    text = _DEFINITION.sub("", text) if definitions else text

    def change_restored(link: OldLink) -> str:
        return change(replace(link, address=restore(link.address), text=restore(link.text)))

    return restore(_change_all(text, definitions, change_restored, is_inside=False))


def _change_all(text: str, definitions: _Definitions, change: _Change, *, is_inside: bool) -> str:
    done: list[str] = []
    end = at = 0
    while found := _LINK.search(text, at):
        link = _parse_link(found, definitions, change)
        at = found.end() if link else found.start() + 1
        if link:
            done += text[end : found.start()], change(replace(link, is_inside=is_inside))
            end = at
    return "".join((*done, text[end:]))


def _parse_link(found: re.Match[str], definitions: _Definitions, change: _Change) -> OldLink | None:
    """Return the link that was found; None where brackets are no reference."""
    address, title, text = found["address"], found["title"] or "", found["text"]
    if found["automatic"]:
        return OldLink(address=found["automatic"], text=found["automatic"])
    if text is None:
        return _parse_element(found)
    if address is None:
        label = _label(found["label"] or text)
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


def _parse_element(found: re.Match[str]) -> OldLink:
    if found["href"]:
        address = unescape(found["href"].strip("\"'"))
        return OldLink(address=address, html=(found["opening"], found["closing"]))
    image = parse_html(found[0]).find("img")
    attributes = {key: str(value) for key, value in image.attrs.items()} if image else {}
    sizes = "".join(
        f' {side}="{attributes[side]}"'
        for side in ("width", "height")
        if re.fullmatch("[1-9][0-9]{0,4}", attributes.get(side, ""))
    )
    alt = attributes.get("alt", "")
    return OldLink(
        address=attributes.get("src", ""),
        text=alt,
        is_picture=True,
        html=("<img src=", f' alt="{escape(alt)}"{sizes}>'),
    )


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()
