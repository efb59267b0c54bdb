"""Safe HTML to the parts of an answer, with symbolic links and ids, and to its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape, unescape
from itertools import groupby

from faqsite.answers.markdown_text import MarkdownText
from faqsite.answers.sanitise import Piece, Tag
from faqsite.answers.structure import INLINE
from faqsite.answers.targets import LinkError, find_target, is_outward
from faqsite.model.problems import Kind, quoted
from faqsite.model.records import AnswerPart, ElementId, HeadingLevel, LinkTarget, PictureSize
from faqsite.model.urls import slugify

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WITHIN_LINES = INLINE - {"br"}


def parts_of(pieces: Sequence[Piece], markdown: MarkdownText) -> tuple[AnswerPart, ...]:
    """Return safe HTML as parts; everything that depends on the page is a part of its own.

    Reports a link or picture that leads nowhere, and removes its address.
    """
    parts: list[AnswerPart] = []
    for is_html, group in groupby(_convert(pieces, markdown), lambda part: isinstance(part, str)):
        several = tuple(group)
        parts += ("".join(map(str, several)),) if is_html else several
    return tuple(parts)


def _convert(pieces: Sequence[Piece], markdown: MarkdownText) -> Iterator[AnswerPart]:
    names, targets = _find_names(pieces)
    above: list[int] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, str):
            yield piece
            continue
        yield "</" if piece.is_end else "<"
        if piece.name in _HEADINGS:
            if not piece.is_end:
                # A heading is one level below the one it is part of, however many "#" it has.
                level = _HEADINGS[piece.name]
                above = [each for each in above if each < level]
                _check_heading(piece, _read_heading(pieces, place), above, markdown)
                above.append(level)
            yield from ("h", HeadingLevel(depth=len(above)))
        else:
            yield piece.name
        if not piece.is_end:
            if place in names:
                yield from (' id="', ElementId(name=names[place]), '"')
            if _is_bare(piece, pieces[place + 1 : place + 3]):
                yield ' class="bare"'
            yield from _make_attributes(piece, targets, markdown)
            # Wide ones scroll in a box of their own, which the keyboard has to reach.
            if piece.name in {"pre", "table"}:
                yield ' tabindex="0"'
            _check_attributes(piece, markdown)
        yield ">"


def _is_bare(link: Tag, inside: Sequence[Piece]) -> bool:
    """Return whether a link shows its address, so that the page need not print it again."""
    match inside:
        case [str() as text, Tag(name="a", is_end=True)]:
            address = (link.get("href") or "").strip()
            shown = {address, re.sub(r"\A(?:mailto:|https?://)", "", address)}
            return is_outward(address) and unescape(text) in shown and not link.get("class")
    return False


def _check_heading(tag: Tag, text: str, above: Sequence[int], markdown: MarkdownText) -> None:
    """Report an empty heading; advise on one that skips a level, which the page corrects."""
    level = _HEADINGS[tag.name]
    signs = "#" * level
    if not text:
        hint = "write some words, or remove it"
        traces = (f"{signs}\n", f"{signs} \n", f"<{tag.name}")
        markdown.report(Kind.WRONG_HEADING, "a heading is empty", hint, *traces)
    elif above and level > above[-1] + 1:
        fact = f"the heading {quoted(text)} is level {level}, under a level {above[-1]} heading"
        hint = f"make it level {above[-1] + 1}: {'#' * (above[-1] + 1)}"
        needles = (f"{signs} {text}", f"<{tag.name}", f"{signs} ", text)
        markdown.report(Kind.WRONG_HEADING, fact, hint, *needles, about=(text,), is_advice=True)


def _check_attributes(tag: Tag, markdown: MarkdownText) -> None:
    """Report a missing attribute; advise on a picture in Markdown whose brackets are empty."""
    if tag.name == "time" and tag.get("datetime") is None:
        fact, hint = '<time> has no "datetime"', 'add one, such as datetime="2026-11-01"'
        markdown.report(Kind.FORBIDDEN_HTML, fact, hint, "<time", about=("time", "datetime"))
    if tag.name != "img":
        return
    address = (tag.get("src") or "").strip()
    hint = f"write ![what it shows]({address.replace(' ', '%20') or 'file.png'})"
    needles = (f"]({address}", f"](<{address}", f"]: {address}")
    if tag.get("alt") is None and "://" not in address:
        fact, hint = '<img> has no "alt"', f"{hint}, and upload the file beside the answer"
        markdown.report(Kind.FORBIDDEN_HTML, fact, hint, "<img", about=("img", "alt"))
    elif tag.get("alt") == "" and markdown.has(*needles):
        fact = f"the picture {quoted(address)} has no alternative text"
        hint += f', or <img src="{address}" alt=""> if it is only decoration'
        kind = Kind.NO_ALTERNATIVE_TEXT
        markdown.report(kind, fact, hint, *needles, about=(address,), is_advice=True)


def _make_attributes(
    tag: Tag, targets: Mapping[str, str], markdown: MarkdownText
) -> Iterator[AnswerPart]:
    for name, value in tag.attributes:
        if name in {"href", "src"}:
            yield from _make_address(tag, name, value.strip(), targets, markdown)
        elif name == "align":
            yield f' class="align-{value}"'
        elif name != "id" and (name, value) != ("class", ""):
            yield f' {name}="{escape(value)}"'


def _make_address(
    tag: Tag, name: str, address: str, targets: Mapping[str, str], markdown: MarkdownText
) -> Iterator[AnswerPart]:
    """Yield the attribute for an address; report an address that leads nowhere."""
    if name == "href" and is_outward(address):
        is_page = address.lower().startswith("http")
        yield f' href="{escape(address)}"' + ' rel="noopener noreferrer"' * is_page
        return
    needles = (address or "]()", escape(address))
    try:
        path, fragment = find_target(markdown.path, tag.name, address)
    except LinkError as error:
        markdown.report(Kind.DEAD_LINK, *error.args, *needles, about=(address,))
        return
    if path == markdown.path and fragment in targets:
        fragment = targets[fragment]
    elif path.lower().endswith(".md"):
        # GitHub's ids and ours differ ("pay--benefits", "pay-benefits"); their slugs do not.
        fragment = slugify(fragment)
    line = markdown.line(*needles)
    link = LinkTarget(path=path, fragment=fragment, written=address, line=line)
    yield from (f' {name}="', link, '"')
    if name == "src":
        width, height = (int(tag.get(side) or 0) for side in ("width", "height"))
        yield PictureSize(path=path, width=width, height=height)


def _find_names(pieces: Sequence[Piece]) -> tuple[dict[int, str], dict[str, str]]:
    """Return the name of each id, by the place of its tag and by the id as written.

    A name is the slug of the id or heading. If it is taken, it gets a number, as
    on GitHub: "hours", "hours-1".
    """
    names: dict[int, str] = {}
    targets: dict[str, str] = {}
    repeated: Counter[str] = Counter()
    for place, tag in enumerate(pieces):
        if isinstance(tag, str) or tag.is_end:
            continue
        written = tag.get("id")
        if written is None and tag.name not in _HEADINGS:
            continue
        slug = slugify(_read_heading(pieces, place) if written is None else written) or "section"
        name = slug
        while name in repeated:
            repeated[slug] += 1
            name = f"{slug}-{repeated[slug]}"
        repeated[name] = 0
        names[place] = name
        if written:
            targets.setdefault(written, name)
    return names, targets


def _read_heading(pieces: Sequence[Piece], place: int) -> str:
    for end in range(place + 1, len(pieces)):
        match pieces[end]:
            case Tag(name=name) if name in _HEADINGS:
                return text_of(pieces[place + 1 : end])
    return ""


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the text of some HTML, each block on a line of its own, pictures by their `alt`."""
    texts: list[str] = []
    is_code, is_hidden = False, False
    for piece in pieces:
        if isinstance(piece, str):
            text = unescape(piece)
            texts.append("" if is_hidden else text if is_code else re.sub(r"\s+", " ", text))
        elif piece.name in {"td", "th"}:
            texts.append(" ")
        elif piece.name == "a":
            # The numbers of footnotes and the links back from them are not part of the text.
            is_hidden = piece.get("class") in {"footnote-backref", "footnote-ref"}
        elif piece.name in _WITHIN_LINES:
            texts.append(piece.get("alt") or "")
        else:
            is_code = not piece.is_end if piece.name == "pre" else is_code
            texts.append("\n")
    lines = (" ".join(line.split()) for line in "".join(texts).split("\n"))
    return "\n".join(line for line in lines if line)
