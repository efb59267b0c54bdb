"""The wall that keeps out of an answer what it may not hold, and what it kept out.

The wall is nh3 (a real HTML parser): what it returns is safe whatever it was
given. `removed` only tells the editor, by comparing what went in with what
came out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from html.entities import html5

import nh3

from faqsite.answers.allowlist import ALLOWED, CLASSES, SCHEMES, VALUES

# What an HTML parser opens again in each block until it is closed (13.2.4.3).
_REOPENED_TAGS = "a b big code em font i nobr s small strike strong tt u"
_REOPENED = frozenset(_REOPENED_TAGS.split())


def _is_taken(attribute: str, value: str) -> bool:
    return attribute not in VALUES or bool(VALUES[attribute][0].fullmatch(value))


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    # Where a tag goes, its words stay; but of these two the words are no words.
    clean_content_tags={"script", "style"},
    attributes={tag: set(attributes) for tag, attributes in ALLOWED.items()},
    attribute_filter=lambda _tag, name, value: value if _is_taken(name, value) else None,
    allowed_classes=CLASSES,
    url_schemes=set(SCHEMES),
    link_rel=None,
)

# Start tags, end tags and comments as the HTML standard tokenises them
# (html.spec.whatwg.org, 13.2.5). Possessive throughout: it never goes back.
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)"""
    r"""(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+)))?+"""
)
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|(?P<unclosed>\Z)))"
    r"|<(?P<odd>[!?]\w*|/[^a-zA-Z>])[^>]*+(?:>|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    rf"(?P<attributes>(?:{re.sub('[?]P<[a-z]+>', '?:', _ATTRIBUTE.pattern)})*+)[\s/]*+(?:>|\Z)",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A tag that did not come through the wall, or one attribute or class of a tag that did."""

    tag: str
    attribute: str = ""
    value: str = ""


def escape_ampersands(html: str) -> str:
    """Return HTML in which each "&" begins a complete reference: "&notme;" is "&amp;notme;".

    An HTML parser takes "&not" for a sign, and html.unescape also that of "?a=1&copy=2".
    """
    return _REFERENCE.sub(_with_ampersand_escaped, html)


def clean(html: str) -> str:
    """Return HTML of which every tag, attribute, class and scheme is allowed, all tags closed."""
    return _CLEANER.clean(html)


def chars_to_copy(pieces: Iterable[Tag | str]) -> int:
    """Return about how many characters an HTML parser adds for tags that stay open over blocks.

    In `<p><b>one</p><p>two</p><p>three` the `<b>` is opened three times. With
    thousands of each, gigabytes would come of a few thousand characters.
    """
    copied, open_chars = 0, 0
    open_tags: dict[str, list[int]] = {}
    for tag in pieces:
        if isinstance(tag, str):
            continue
        if tag.name not in _REOPENED:
            copied += open_chars
        elif not tag.is_end:
            chars = len(tag.name) + sum(len(name) + len(value) for name, value in tag.attributes)
            open_tags.setdefault(tag.name, []).append(chars)
            open_chars += chars
        elif open_tags.get(tag.name):
            open_chars -= open_tags[tag.name].pop()
    return copied


def tokens(html: str) -> Iterator[Tag | str]:
    """Yield the tags of some HTML, and between them the text, still escaped.

    A comment is skipped. One that is not closed, and other "<!" or "<?", are
    tags with that odd name, as none of them comes through the wall.
    """
    end = 0
    for markup in _MARKUP.finditer(html):
        if markup.start() > end:
            yield html[end : markup.start()]
        end = markup.end()
        if markup["name"]:
            yield Tag(
                name=markup["name"].lower(),
                attributes=tuple(_attributes(markup["attributes"])),
                is_end=bool(markup["slash"]),
            )
        elif markup["odd"]:
            yield Tag(name=markup["odd"].lower())
        elif markup["unclosed"] is not None:
            yield Tag(name="!--")
    if end < len(html):
        yield html[end:]


def removed(before: Sequence[Tag | str], after: Sequence[Tag | str]) -> Iterator[Removed]:
    """Yield what of the HTML before the wall is no longer there after it, in order."""
    if before == after:
        return
    left = Counter(trait for traits in _traits(after) for trait in traits)
    for tag, *attributes in _traits(before):
        for trait in (tag, *attributes):
            if left[trait]:
                left[trait] -= 1
            else:
                yield trait
                if trait is tag:
                    break


def _with_ampersand_escaped(reference: re.Match[str]) -> str:
    is_complete = reference[1] in html5 if reference[1] else reference[0] != "&"
    return reference[0] if is_complete else f"&amp;{reference[0][1:]}"


def _traits(pieces: Iterable[Tag | str]) -> Iterator[tuple[Removed, ...]]:
    for tag in pieces:
        if isinstance(tag, Tag) and not tag.is_end:
            yield (
                Removed(tag=tag.name),
                *(
                    Removed(tag=tag.name, attribute=name, value=one)
                    for name, value in tag.attributes
                    for one in (value.split() if name == "class" else [value])
                ),
            )


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for attribute in _ATTRIBUTE.finditer(text):
        value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
        yield attribute["name"].lower(), unescape(value)
