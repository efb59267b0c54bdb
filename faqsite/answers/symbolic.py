"""Safe HTML to the parts of an answer, links and ids symbolic, and to its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape, unescape
from itertools import groupby

from faqsite.answers.sanitise import Tag
from faqsite.answers.source import Source
from faqsite.answers.structure import INLINE
from faqsite.answers.targets import LinkError, is_outward, target
from faqsite.model.problems import Kind, quoted
from faqsite.model.records import (
    AnswerPart,
    ElementId,
    HeadingLevel,
    LinkTarget,
    PictureSize,
)
from faqsite.model.urls import slugify

# What is too wide scrolls in a box of its own, which the keyboard has to reach.
_SCROLLING = frozenset({"pre", "table"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
_SCHEME = re.compile(r"\Amailto:|\Ahttps?://")
_WITHIN_LINES = INLINE - {"br"}
# The attribute that an element is nothing without.
_NEEDED = {
    "img": ("alt", 'say in it what the picture shows, or alt="" if it only decorates'),
    "time": ("datetime", "write a date, such as 2026-11-01"),
}
_SPACES = re.compile(r"\s+")
# The numbers of footnotes and the ways back from them are no words of the answer.
_WORDLESS = frozenset({"footnote-backref", "footnote-ref"})


def parts_of(pieces: Sequence[Tag | str], source: Source) -> tuple[AnswerPart, ...]:
    """Return safe HTML with what depends on the page taken out of it.

    A link or picture that leads nowhere loses its address and is a problem.
    """
    parts: list[AnswerPart] = []
    for is_html, group in groupby(_symbolic(pieces, source), lambda part: isinstance(part, str)):
        several = tuple(group)
        parts += ("".join(map(str, several)),) if is_html else several
    return tuple(parts)


def _symbolic(pieces: Sequence[Tag | str], source: Source) -> Iterator[AnswerPart]:
    names, targets = _names(pieces)
    above: list[int] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, str):
            yield piece
            continue
        if _is_heading(piece):
            if not piece.is_end:
                # However many signs it has, it is one level below the heading that it is part of.
                level = _HEADINGS[piece.name]
                above = [each for each in above if each < level]
                _check_heading(piece, _heading_text(pieces, place), above, source)
                above.append(level)
            yield "</h" if piece.is_end else "<h"
            yield HeadingLevel(depth=len(above))
        else:
            yield f"</{piece.name}" if piece.is_end else f"<{piece.name}"
        if place in names:
            yield ' id="'
            yield ElementId(name=names[place])
            yield '"'
        if _is_bare(pieces, place):
            yield ' class="bare"'
        yield from _attributes(piece, targets, source)
        if piece.name in _SCROLLING and not piece.is_end:
            yield ' tabindex="0"'
        if piece.name == "img":
            _check_alternative(piece, source)
        needed, hint = _NEEDED.get(piece.name, ("", ""))
        if needed and not piece.is_end and piece.get(needed) is None:
            message, about = f'<{piece.name}> has no "{needed}"', (piece.name, needed)
            source.report(Kind.FORBIDDEN_HTML, message, hint, f"<{piece.name}", about=about)
        yield ">"


def _is_bare(pieces: Sequence[Tag | str], place: int) -> bool:
    """Tell whether a link leads outward and shows its address: paper need not print it again."""
    match pieces[place : place + 3]:
        case [Tag(name="a") as link, str() as text, Tag(name="a", is_end=True)]:
            address = (link.get("href") or "").strip()
            shown = {address, _SCHEME.sub("", address)}
            return is_outward(address) and unescape(text) in shown and not link.get("class")
    return False


def _check_heading(tag: Tag, words: str, above: Sequence[int], source: Source) -> None:
    """Note a heading without words; advise where it skips levels, though the page will not."""
    level = _HEADINGS[tag.name]
    signs = "#" * level
    if not words:
        traces = (f"{signs}\n", f"{signs} \n", f"<{tag.name}")
        hint = "write some, or take it out"
        source.report(Kind.WRONG_HEADING, "a heading has no words", hint, *traces)
    elif above and level > above[-1] + 1:
        message = (
            f"the heading {quoted(words)} is of level {level}, the one above it of {above[-1]}"
        )
        hint = f"make it one of level {above[-1] + 1}: {'#' * (above[-1] + 1)}"
        needles = (f"{signs} {words}", f"<{tag.name}", f"{signs} ", words)
        source.advise(Kind.WRONG_HEADING, message, hint, *needles, about=(words,))


def _check_alternative(tag: Tag, source: Source) -> None:
    """Advise where the brackets of a picture are empty; HTML says by alt="" that it decorates."""
    address = (tag.get("src") or "").strip()
    traces = (f"]({address}", f"](<{address}", f"]: {address}")
    if tag.get("alt") == "" and source.has(*traces):
        hint = f"""say in the brackets what it shows, or write <img src="{address}" alt=""> """
        hint += "if it only decorates"
        message = f"the picture {quoted(address)} has no alternative text"
        source.advise(Kind.NO_ALTERNATIVE_TEXT, message, hint, *traces, about=(address,))


def _attributes(tag: Tag, targets: Mapping[str, str], source: Source) -> Iterator[AnswerPart]:
    for name, value in tag.attributes:
        if name in {"href", "src"}:
            yield from _address(tag, value.strip(), targets, source)
        elif name == "align":
            yield f' class="align-{value}"'
        elif name != "id" and (name, value) != ("class", ""):
            yield f' {name}="{escape(value)}"'


def _address(
    tag: Tag, address: str, targets: Mapping[str, str], source: Source
) -> Iterator[AnswerPart]:
    """Yield the attribute for an address, nothing (and a problem) if that leads nowhere."""
    name = "src" if tag.name == "img" else "href"
    if name == "href" and is_outward(address):
        is_page = address.lower().startswith("http")
        yield f' href="{escape(address)}"' + ' rel="noopener noreferrer"' * is_page
        return
    traces = (address or "]()", escape(address))
    try:
        path, fragment = target(source.path, tag.name, address)
    except LinkError as error:
        source.report(Kind.DEAD_LINK, error.message, error.hint, *traces, about=(address,))
        return
    # GitHub's ids and ours differ ("pay--benefits", "pay-benefits"); their slugs do not.
    own = targets.get(fragment) if path == source.path else None
    yield f' {name}="'
    # That of a PDF is for its reader: "plan.pdf#page=3".
    is_entry = path.lower().endswith(".md")
    fragment = own or (slugify(fragment) if is_entry else fragment)
    yield LinkTarget(path=path, fragment=fragment, written=address, line=source.line(*traces))
    yield '"'
    if tag.name == "img":
        width, height = (int(tag.get(side) or 0) for side in ("width", "height"))
        yield PictureSize(path=path, width=width, height=height)


def _names(pieces: Sequence[Tag | str]) -> tuple[dict[int, str], dict[str, str]]:
    """Return the names of the ids by the place of their tag, and by the id as written.

    A name is the slug of the id, or of the heading; what is taken gets a number,
    as on GitHub: "hours", "hours-1".
    """
    names: dict[int, str] = {}
    targets: dict[str, str] = {}
    repeated: Counter[str] = Counter()
    taken: set[str] = set()
    for place, tag in enumerate(pieces):
        if isinstance(tag, str) or tag.is_end:
            continue
        written = tag.get("id")
        if written is None and not _is_heading(tag):
            continue
        slug = slugify(_heading_text(pieces, place) if written is None else written) or "section"
        name = slug
        while name in taken:
            repeated[slug] += 1
            name = f"{slug}-{repeated[slug]}"
        taken.add(name)
        names[place] = name
        if written:
            targets.setdefault(written, name)
    return names, targets


def _heading_text(pieces: Sequence[Tag | str], place: int) -> str:
    after = range(place + 1, len(pieces))
    is_end = (end for end in after if isinstance(tag := pieces[end], Tag) and _is_heading(tag))
    return words_of(pieces[place + 1 : next(is_end)])


def _is_heading(tag: Tag) -> bool:
    return tag.name in _HEADINGS


def words_of(pieces: Iterable[Tag | str]) -> str:
    """Return the text of some HTML, each block on a line of its own, pictures by their `alt`."""
    words: list[str] = []
    is_code, is_wordless = False, False
    for piece in pieces:
        if isinstance(piece, str):
            text = unescape(piece)
            words.append("" if is_wordless else text if is_code else _SPACES.sub(" ", text))
        elif piece.name in _CELLS:
            words.append(" ")
        elif piece.name == "a":
            is_wordless = piece.get("class") in _WORDLESS
        elif piece.name not in _WITHIN_LINES:
            is_code = (piece.name == "pre" and not piece.is_end) or (
                is_code and piece.name != "pre"
            )
            words.append("\n")
        else:
            words.append(piece.get("alt") or "")
    lines = (" ".join(line.split()) for line in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line)
