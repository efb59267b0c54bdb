"""The links and pictures of Markdown from elsewhere, apart from what stands around them.

Code is left alone. What is found is put back by whoever knows where it leads now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

_FENCE = re.compile(r"^(?:[ \t>]|[-*+] |\d{1,9}[.)] )*(`{3,}(?=[^`\n]*$)|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
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
    r"|(?i:<a\s[^<>]*?href\s*=\s*(?P<href>\"[^\"]*\"|'[^']*'|[^\s>\"']+)[^<>]*>"
    r"|<img\s(?P<attributes>[^<>]*)>)"
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OldLink:
    """A link or picture as it was written."""

    address: str
    text: tuple[Piece, ...] = ()
    """What is linked; of a picture, its description."""
    is_picture: bool = False
    title: str = ""
    html: tuple[str, ...] = ()
    """Of an HTML element: what stands before its address, and behind it."""


Piece = str | OldLink
_Definitions = Mapping[str, tuple[str, str | None]]
"""The address and the title of each label."""


def fence_after(fence: str, line: str) -> str:
    """Return the fence of code that is open after a line, given that before it; "" for none."""
    mark = _FENCE.match(line)
    if not fence or not mark:
        return mark[1] if mark else fence
    is_closed = mark[1].startswith(fence) and not line.strip(" \t>\n").strip(fence[0])
    return "" if is_closed else fence


def apart_from_code(markdown: str) -> Iterator[tuple[bool, str]]:
    """Yield the text of some Markdown in order, and whether it is taken as it stands."""
    lines: list[str] = []
    fence, after_blank, in_list, was_code = "", True, False, False
    for line in markdown.splitlines(keepends=True):
        before, fence = fence, fence_after(fence, line)
        is_code = bool(before or fence)
        if not is_code and line.strip():
            in_list = bool(_ITEM.match(line)) or (in_list and line[:1] in " \t")
            indented = line.startswith(("    ", "\t")) and not in_list
            is_code = indented and (after_blank or was_code)
        after_blank = not line.strip()
        if is_code != was_code and lines:
            yield from _spans("".join(lines), is_code=was_code)
            lines = []
        was_code = is_code
        lines.append(line)
    if lines:
        yield from _spans("".join(lines), is_code=was_code)


def _spans(text: str, *, is_code: bool) -> Iterator[tuple[bool, str]]:
    if is_code:
        yield True, text
        return
    end = 0
    found = sorted(
        [*_CODE_SPAN.finditer(text), *_COMMENT.finditer(text)], key=lambda each: each.start()
    )
    for span in found:
        if span.start() >= end:
            if span.start() > end:
                yield False, text[end : span.start()]
            yield True, span[0]
            end = span.end()
    if end < len(text):
        yield False, text[end:]


def map_words(markdown: str, change: Callable[[str], str]) -> str:
    """Return Markdown with everything changed that is no code, all of it at once.

    What is code is, meanwhile, a sign that stands for it.
    """
    text, whole = _without_code(markdown)
    return whole(change(text))


def _without_code(markdown: str) -> tuple[str, Callable[[str], str]]:
    """Return Markdown with a sign for each piece of code, and what puts the code back."""
    pieces = list(apart_from_code(markdown))
    held = "".join(
        f"\x02{number}\x03" if is_code else text for number, (is_code, text) in enumerate(pieces)
    )
    return held, lambda text: re.sub("\x02(\\d+)\x03", lambda sign: pieces[int(sign[1])][1], text)


def find_links(markdown: str) -> tuple[Piece, ...]:
    """Return Markdown in pieces: literal, or a link or picture, also by reference or as HTML."""
    text, whole = _without_code(markdown)
    definitions = {
        _label(found["label"]): (found["address"], found["title"])
        for found in _DEFINITION.finditer(text)
    }
    text = _DEFINITION.sub("", text) if definitions else text
    return tuple(_joined(_pieces(text, definitions), whole))


def _pieces(text: str, definitions: _Definitions) -> Iterator[Piece]:
    end = at = 0
    while found := _LINK.search(text, at):
        link = _link_of(found, definitions)
        at = found.end() if link else found.start() + 1
        if link:
            if found.start() > end:
                yield text[end : found.start()]
            yield link
            end = at
    if end < len(text):
        yield text[end:]


def _link_of(found: re.Match[str], definitions: _Definitions) -> OldLink | None:
    """Return the link that was found; None where brackets are no reference."""
    if found["automatic"]:
        return OldLink(address=found["automatic"], text=(found["automatic"],))
    if found["text"] is None:
        return _of_element(found)
    address, title = found["address"], found["title"]
    if address is None:
        label = _label(found["label"] or found["text"])
        if label not in definitions:
            return None
        address, title = definitions[label]
    return OldLink(
        address=_bare(address),
        text=tuple(_pieces(found["text"], definitions)),
        is_picture=bool(found["sign"]),
        title=title or "",
    )


def _of_element(found: re.Match[str]) -> OldLink:
    if found["href"]:
        start, stop = found.span("href")
        at = found.start()
        address = unescape(found["href"].strip("\"'"))
        return OldLink(address=address, html=(found[0][: start - at], found[0][stop - at :]))
    attributes = {
        name.lower(): unescape(value.strip("\"'"))
        for name, value in _ATTRIBUTE.findall(found["attributes"])
    }
    sizes = "".join(
        f' {side}="{attributes[side]}"'
        for side in ("width", "height")
        if re.fullmatch("[1-9][0-9]{0,4}", attributes.get(side, ""))
    )
    alt = attributes.get("alt", "")
    return OldLink(
        address=attributes.get("src", ""),
        text=(alt,),
        is_picture=True,
        html=("<img src=", f' alt="{escape(alt)}"{sizes}>'),
    )


def written(link: OldLink, address: str, text: str, *, as_link: bool = False) -> str:
    """Return a link or picture as Markdown (or HTML, if it was that) with another address."""
    is_picture = link.is_picture and not as_link
    if link.html and is_picture == link.is_picture:
        return f'{link.html[0]}"{escape(address)}"{link.html[1]}'
    if link.html:
        return f'<a href="{escape(address)}">{escape(text or address)}</a>'
    title = f" {link.title}" if link.title else ""
    return f"{'!' * is_picture}[{text}]({address}{title})"


def _bare(address: str) -> str:
    address = address[1:-1] if address.startswith("<") else address
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unescape(address))


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _joined(pieces: Iterator[Piece], whole: Callable[[str], str]) -> Iterator[Piece]:
    """Yield pieces with the code put back into them."""
    for piece in pieces:
        if isinstance(piece, str):
            yield whole(piece)
        else:
            yield OldLink(
                address=whole(piece.address),
                text=tuple(_joined(iter(piece.text), whole)),
                is_picture=piece.is_picture,
                title=whole(piece.title),
                html=tuple(map(whole, piece.html)),
            )
