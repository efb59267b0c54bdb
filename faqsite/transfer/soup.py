"""HTML of anybody to a tree, unless to read it would take for ever."""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

MAX_HTML_CHARS = 2_000_000
"""Of a tag of seven characters a tree makes a thousand bytes."""
MAX_LOOKED_AT_CHARS = 25_000_000
"""Python's parser looks from a tag that is not closed by ">" to the end: this takes a second."""

# A tag, or what a parser takes for one, that ends at the next one or nowhere.
_UNCLOSED = re.compile(r"<[a-zA-Z/!?][^<>]*+(?=<|\Z)")
# To a browser this begins a comment, as "<?" does; without its end it would take all the rest.
_ODD_COMMENT = re.compile(r"<!\[(?=[^>]*>)")
# What stands in a script is none.
_SCRIPT = re.compile(r"(</?)script\b", re.IGNORECASE)


class HtmlError(ValueError):
    """HTML that is not read; the message is one line: what is wrong with it."""


def parse_html(html: str) -> BeautifulSoup:
    """Return the tree of some HTML; raise HtmlError for what is too much."""
    if len(html) > MAX_HTML_CHARS:
        raise HtmlError(f"it holds {len(html):,} characters of HTML, more than {MAX_HTML_CHARS:,}")
    signs, texts = ["", *_SCRIPT.split(html)][::2], _SCRIPT.split(html)[::2]
    outside = (text for sign, text in zip(signs, texts, strict=True) if sign != "<")
    unclosed = sum(len(_UNCLOSED.findall(text)) for text in outside)
    if unclosed * len(html) > MAX_LOOKED_AT_CHARS:
        raise HtmlError(f'{unclosed:,} of its tags are not closed by ">"')
    with warnings.catch_warnings():
        # Guesses that it is XML, an address, or the name of a file.
        warnings.simplefilter("ignore")
        try:
            # Python's parser gives up at some.
            readable = _ODD_COMMENT.sub("<?[", html).replace("<![", "&lt;![")
            return BeautifulSoup(readable, "html.parser")
        except ParserRejectedMarkup:
            raise HtmlError("it cannot be read as HTML") from None
