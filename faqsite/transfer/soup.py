"""Any HTML to a tree, unless parsing it would take too long."""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

MAX_HTML_CHARS = 2_000_000
"""In the tree, a tag of seven characters takes a thousand bytes."""
MAX_LOOKED_AT_CHARS = 25_000_000
"""Python's parser looks for the ">" of each unclosed tag up to the end; this takes a second."""

# What a parser takes for a tag, and what ends at the next tag or at the end.
_UNCLOSED = re.compile(r"<[a-zA-Z/!?][^<>]*+(?=<|\Z)")
# A browser reads a comment here, as after "<?"; the parser would drop the rest of the page.
_ODD_COMMENT = re.compile(r"<!\[(?=[^>]*>)")
# A script contains no tags.
_SCRIPT = re.compile(r"(</?)script\b", re.IGNORECASE)


class HtmlError(ValueError):
    """HTML that cannot be read; the message is the fact, on one line."""


def parse_html(html: str) -> BeautifulSoup:
    """Return the tree of some HTML. Raises HtmlError."""
    if len(html) > MAX_HTML_CHARS:
        raise HtmlError(f"the HTML has {len(html):,} characters; the limit is {MAX_HTML_CHARS:,}")
    signs, texts = ["", *_SCRIPT.split(html)][::2], _SCRIPT.split(html)[::2]
    outside = (text for sign, text in zip(signs, texts, strict=True) if sign != "<")
    unclosed = sum(len(_UNCLOSED.findall(text)) for text in outside)
    if unclosed * len(html) > MAX_LOOKED_AT_CHARS:
        raise HtmlError(f'{unclosed:,} tags are not closed by ">"')
    with warnings.catch_warnings():
        # It guesses that the text is XML, an address, or a file name.
        warnings.simplefilter("ignore")
        try:
            readable = _ODD_COMMENT.sub("<?[", html).replace("<![", "&lt;![")
            return BeautifulSoup(readable, "html.parser")
        except ParserRejectedMarkup:
            raise HtmlError("the HTML is not readable") from None
