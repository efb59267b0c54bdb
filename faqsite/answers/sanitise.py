"""The wall that keeps out of an answer what is not allowed in it, and what it kept out.

The wall is nh3 (a real HTML parser): what it returns is safe, whatever it was
given. `find_removed` is for the editor: it compares what went in with what came out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from itertools import chain

import nh3

from faqsite.answers.allowlist import ALLOWED, CLASSES, SCHEMES, VALUES

# An HTML parser opens these again in each block until they are closed (13.2.4.3).
_REOPENED_TAGS = "a b big code em font i nobr s small strike strong tt u"
_REOPENED = frozenset(_REOPENED_TAGS.split())


def _keep_value(_: str, attribute: str, value: str) -> str | None:
    is_allowed = attribute not in VALUES or VALUES[attribute][0].fullmatch(value)
    return value if is_allowed else None


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    # The words inside a removed tag stay, except in these two, where they are code.
    clean_content_tags={"script", "style"},
    attributes={tag: set(attributes) for tag, attributes in ALLOWED.items()},
    attribute_filter=_keep_value,
    allowed_classes=CLASSES,
    url_schemes=set(SCHEMES),
    link_rel=None,
)

# Start tags, end tags and comments as the HTML standard tokenises them
# (html.spec.whatwg.org, 13.2.5). Possessive throughout: it never backtracks.
_ATTRIBUTE = (
    r"""[\s/]*+([^\s/>][^\s/>=]*+)"""
    r"""(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+"""
)
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|(?P<unclosed>\Z)))"
    r"|<(?P<odd>[!?]\w*|/[^a-zA-Z>])[^>]*+(?:>|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    rf"(?P<attributes>(?:{_ATTRIBUTE})*+)[\s/]*+(?:>|\Z)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"&(?:#[0-9]++;|#[xX][0-9a-fA-F]++;|([a-zA-Z][a-zA-Z0-9]*+;))?+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag, its name in lower case, the values of its attributes decoded."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    is_end: bool = False

    def get(self, attribute: str) -> str | None:
        """Return the value of an attribute, None if the tag has no such attribute."""
        return dict(self.attributes).get(attribute)


Piece = Tag | str
"""A tag, or the text between two, still escaped."""
Trait = tuple[str, str, str]
"""A tag, or one attribute or class of a tag: name of the tag, name of the attribute, value."""


def escape_ampersands(html: str) -> str:
    """Return HTML in which each "&" begins a complete reference: "&notme;" is "&amp;notme;".

    An HTML parser reads "&not" as a sign, and html.unescape also "&copy" in "?a=1&copy=2".
    """
    return _REFERENCE.sub(_with_ampersand_escaped, html)


def clean(html: str) -> str:
    """Return HTML with only allowed tags, attributes, classes and schemes, and all tags closed."""
    return _CLEANER.clean(html)


def count_copied_chars(pieces: Iterable[Piece]) -> int:
    """Return about how many characters an HTML parser adds for tags that stay open across blocks.

    In `<p><b>one</p><p>two</p><p>three` it opens the `<b>` three times. With
    thousands of each, a few thousand characters would become gigabytes.
    """
    copied, open_chars = 0, 0
    open_tags: defaultdict[str, list[int]] = defaultdict(list)
    for tag in pieces:
        if isinstance(tag, str):
            continue
        chars = open_tags[tag.name]
        if tag.name not in _REOPENED:
            copied += open_chars
        elif not tag.is_end:
            chars.append(len(tag.name) + sum(map(len, chain(*tag.attributes))))
            open_chars += chars[-1]
        elif chars:
            open_chars -= chars.pop()
    return copied


def split_html(html: str) -> Iterator[Piece]:
    """Yield the tags of some HTML, and between them the text, still escaped.

    Comments are skipped. One that is not closed, and other "<!" or "<?", are
    tags with that odd name: none of them passes the wall.
    """
    end = 0
    for markup in _MARKUP.finditer(html):
        if markup.start() > end:
            yield html[end : markup.start()]
        end = markup.end()
        if markup["name"]:
            yield Tag(
                name=markup["name"].lower(),
                attributes=tuple(
                    (name.lower(), unescape("".join(values)))
                    for name, *values in re.findall(_ATTRIBUTE, markup["attributes"])
                ),
                is_end=bool(markup["slash"]),
            )
        elif markup["odd"]:
            yield Tag(name=markup["odd"].lower())
        elif markup["unclosed"] is not None:
            yield Tag(name="!--")
    if end < len(html):
        yield html[end:]


def find_removed(before: Iterable[Piece], after: Iterable[Piece]) -> Iterator[Trait]:
    """Yield each tag, attribute and class that is missing after the wall, in order."""
    left = Counter(trait for piece in after for trait in _traits(piece))
    for piece in before:
        for trait in _traits(piece):
            if left[trait]:
                left[trait] -= 1
            else:
                yield trait
                if not trait[1]:
                    break


def _with_ampersand_escaped(reference: re.Match[str]) -> str:
    is_complete = reference[1] in html5 if reference[1] else reference[0] != "&"
    return reference[0] if is_complete else f"&amp;{reference[0][1:]}"


def _traits(piece: Piece) -> Iterator[Trait]:
    if isinstance(piece, Tag) and not piece.is_end:
        yield piece.name, "", ""
        for name, value in piece.attributes:
            for one in value.split() if name == "class" else [value]:
                yield piece.name, name, one
