"""The text of a block to elements, as in cmark-gfm (spec.commonmark.org, chapter 6)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import punctuation

from markdown.util import AMP_SUBSTITUTE, AtomicString

from faqsite.answers.addresses import link, read_url
from faqsite.answers.emphasis import Piece, Run, fill, make_run, nest
from faqsite.answers.references import (
    ENTITY,
    MAX_LABEL_CHARS,
    References,
    decode_entity,
    normalise,
    read_label,
    read_spaced,
    read_target,
)
from faqsite.answers.tags import find_markup_end
from faqsite.content.yamltext import CONTROL

_SIGN = re.compile(r"[\\`&<!\[\]*_~\n]|(?ai:https?|ftp)://|www\.")
_RUN = re.compile(r"\*+|_+|~+")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(
    r"<(?:([a-zA-Z][a-zA-Z0-9.+-]{1,31}:[^\s<>\x00-\x1f]*+)"
    r"|([\w.!#$%&'*+/=?^`{|}~-]++@[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?))>",
    re.ASCII,
)
_FOOTNOTE = re.compile(r"\[\^([^\]\x00-\x1f]{1,99})\]")


@dataclass(slots=True, kw_only=True)
class _Bracket:
    """A "[" or "![" that may begin a link or picture."""

    is_picture: bool
    at: int  # Where the text in the brackets begins.
    place: int  # Its index among the pieces.
    is_active: bool = True


class InlineReader:
    """Reads the text of one block."""

    def __init__(
        self,
        text: str,
        references: References,
        store: Callable[[str], str],
        make_footnote: Callable[[re.Match[str]], ET.Element | None],
    ) -> None:
        self._text = text
        self._references = references
        self._store = store
        self._make_footnote = make_footnote
        self._at = 0
        self.runs: list[Run] = []
        """All runs of signs of emphasis; those that are left over have a rest."""
        self._pieces: list[Piece] = []
        self._brackets: list[_Bracket] = []
        self._is_in_anchor = False
        """Whether a written `<a>` is open."""
        self._ticks: dict[int, list[int]] = {}

    def read(self) -> Sequence[Piece]:
        """Return the pieces of the text, nested."""
        while sign := _SIGN.search(self._text, self._at):
            self._add(self._text[self._at : sign.start()])
            self._at = sign.start()
            match sign[0]:
                case "\\":
                    self._read_escape()
                case "`":
                    self._read_code()
                case "&":
                    self._read_entity()
                case "<":
                    self._read_pointed()
                case "[" | "!":
                    self._read_bracket()
                case "]":
                    self._read_closing()
                case "*" | "_" | "~":
                    self._read_run()
                case "\n":
                    self._read_break()
                case _:
                    self._read_address(sign[0])
        self._add(self._text[self._at :])
        return nest(self._pieces)

    def _add(self, text: str, *, is_hidden: bool = False) -> None:
        """Add a text; hide signs of addresses that are not to be linked."""
        if text:
            text = text.replace("&", f"{AMP_SUBSTITUTE}amp;")
            if is_hidden or self._is_in_anchor:
                text = re.sub("[@:.]", lambda sign: f"&#{ord(sign[0])};", text)
            self._pieces.append(text)

    def _add_literally(self, length: int = 1) -> None:
        self._add(self._text[self._at : self._at + length])
        self._at += length

    def _read_escape(self) -> None:
        after = self._text[self._at + 1 : self._at + 2]
        if after == "\n":
            self._at += 1
            self._add_break()
        elif after and after in punctuation:
            # An address with an escaped sign is text, as is what is in a written link.
            self._add(after, is_hidden=True)
            self._at += 2
        else:
            self._add_literally()

    def _read_break(self) -> None:
        before = self._pieces[-1] if self._pieces else ""
        if isinstance(before, str):
            text = before.rstrip(" ")
            self._pieces[-1:] = [text] if text else []
            if before.endswith("  "):
                self._add_break()
                return
        self._add("\n")
        self._skip_line_end()

    def _add_break(self) -> None:
        self._pieces.append(ET.Element("br"))
        self._skip_line_end()

    def _skip_line_end(self) -> None:
        self._at += 1
        while self._text.startswith((" ", "\t"), self._at):
            self._at += 1

    def _read_code(self) -> None:
        ticks = _TICKS.match(self._text, self._at)
        assert ticks  # noqa: S101 - The text has one here.
        start, size = ticks.end(), len(ticks[0])
        if not self._ticks:
            places = defaultdict(list)
            for found in _TICKS.finditer(self._text):
                places[len(found[0])].append(found.start())
            self._ticks = places
        places_of_size = self._ticks[size]
        number = bisect_right(places_of_size, self._at)
        if number == len(places_of_size):
            self._add_literally(size)
            return
        end = places_of_size[number]
        code = self._text[start:end].replace("\n", " ")
        if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
            code = code[1:-1]
        element = ET.Element("code")
        element.text = AtomicString(code.replace("&", f"{AMP_SUBSTITUTE}amp;"))
        self._pieces.append(element)
        self._at = end + size

    def _read_entity(self) -> None:
        entity = ENTITY.match(self._text, self._at)
        if not entity:
            self._add_literally()
            return
        self._at = entity.end()
        text = decode_entity(entity[0])
        if CONTROL.search(text):
            self._pieces.append(entity[0])
        else:
            self._add(text)

    def _read_pointed(self) -> None:
        if autolink := _AUTOLINK.match(self._text, self._at):
            address = autolink[1] or autolink[2]
            element = ET.Element(
                "a", {"href": _escape(("" if autolink[1] else "mailto:") + address)}
            )
            element.text = AtomicString(_escape(address))
            self._pieces.append(element)
            self._at = autolink.end()
            return
        end = find_markup_end(self._text, self._at)
        if not end:
            self._add_literally()
            return
        html = self._text[self._at : end]
        self._pieces.append(self._store(html))
        self._at = end
        if re.match(r"</?a[\s/>]", html, re.IGNORECASE):
            self._is_in_anchor = html[1] != "/"

    def _read_run(self) -> None:
        found = _RUN.match(self._text, self._at)
        assert found  # noqa: S101 - The text has one here.
        if found[0].startswith("~~~"):
            self._add_literally(len(found[0]))
            return
        self.runs.append(make_run(self._text, found.start(), found.end()))
        self._pieces.append(self.runs[-1])
        self._at = found.end()

    def _read_address(self, begin: str) -> None:
        address = "" if self._brackets or self._is_in_anchor else read_url(self._text, self._at)
        if address:
            element = link(_escape(address))
            self._pieces.append(element)
            self._at += len(address)
        else:
            self._add_literally(len(begin))

    def _read_bracket(self) -> None:
        is_picture = self._text[self._at] == "!"
        if is_picture and not self._text.startswith("![", self._at):
            self._add_literally()
            return
        length = 1 + is_picture
        self._add_literally(length)
        self._brackets.append(
            _Bracket(is_picture=is_picture, at=self._at, place=len(self._pieces) - 1)
        )

    def _read_closing(self) -> None:
        opener = self._brackets.pop() if self._brackets else None
        if not opener:
            self._add_literally()
            return
        found = self._find_target(opener) if opener.is_active else None
        if found:
            address, title, end = found
            self._make_link(opener, address, title)
            self._at = end
            return
        if (note := self._read_footnote(opener)) is not None:
            self._pieces[opener.place :] = ["!", note] if opener.is_picture else [note]
            self._at += 1
            return
        self._add_literally()

    def _read_footnote(self, opener: _Bracket) -> ET.Element | None:
        mark = _FOOTNOTE.fullmatch(self._text, opener.at - 1, self._at + 1)
        if not mark or any(isinstance(each, ET.Element) for each in self._pieces[opener.place :]):
            return None
        return self._make_footnote(mark)

    def _find_target(self, opener: _Bracket) -> tuple[str, str | None, int] | None:
        """Return the address and title of the link that ends here, and where it ends."""
        after = self._at + 1
        target = read_target(self._text, after) or read_spaced(self._text, after)
        if target:
            return target
        label = read_label(self._text, after)
        inside = self._text[opener.at : min(self._at, opener.at + MAX_LABEL_CHARS + 1)]
        if label:
            name, end = label[1], label.end()
        elif len(inside) > MAX_LABEL_CHARS or "[" in re.sub(r"\\.", "", inside):
            return None
        else:
            is_collapsed = self._text.startswith("[]", after)
            name, end = inside, after + 2 * is_collapsed
        found = self._references.get(normalise(name))
        return (*found, end) if found else None

    def _make_link(self, opener: _Bracket, address: str, title: str | None) -> None:
        inside = nest(self._pieces[opener.place + 1 :])
        if opener.is_picture:
            element = ET.Element("img", {"src": _escape(address)})
            holder = ET.Element("span")
            fill(holder, inside)
            element.set("alt", _plain(holder))
        else:
            element = ET.Element("a", {"href": _escape(address)})
            fill(element, inside)
            for bracket in reversed(self._brackets):
                if not bracket.is_active:
                    break
                bracket.is_active = bracket.is_picture
        if title is not None:
            element.set("title", _escape(title))
        self._pieces[opener.place :] = [element]


def _escape(text: str) -> str:
    return text.replace("&", f"{AMP_SUBSTITUTE}amp;")


def _plain(element: ET.Element) -> str:
    """Return the text of an element, with the descriptions of the pictures in it."""
    texts = [element.text or ""]
    for child in element:
        texts += [child.get("alt") or "" if child.tag == "img" else _plain(child), child.tail or ""]
    return "".join(texts)
