"""HTML in Markdown: where a block of it, a tag or a comment ends, as in CommonMark.

What looks like a tag but is not HTML, as in `Map<String, Int>`, is text.
"""

from __future__ import annotations

import re

from faqsite.answers.allowlist import ELEMENTS

_VERBATIM = "pre|script|style|textarea"
_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option"
    " p param search section summary table tbody td tfoot th thead title tr track ul"
)
BLANK = re.compile(r"\s*$")
# The beginning of a block of HTML, and what ends it (CommonMark's kinds 1 to 6).
_BLOCKS = (
    (
        re.compile(rf"<(?:{_VERBATIM})(?=[\s>]|$)", re.IGNORECASE),
        re.compile(rf"</(?:{_VERBATIM})>", re.IGNORECASE),
    ),
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Z]"), re.compile(">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_BLOCK_TAGS.replace(' ', '|')})(?=\s|/?>|$)", re.IGNORECASE), BLANK),
)

_ATTRIBUTE = r"""\s+[a-zA-Z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""
_TAG = re.compile(
    rf"<(?:([a-zA-Z][a-zA-Z0-9-]*+)(?:{_ATTRIBUTE})*+\s*+/?|/([a-zA-Z][a-zA-Z0-9-]*+)\s*+)>"
)
# How a comment, an instruction and CDATA begin and end.
_ODD_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}


def find_block_end(line: str, *, may_be_any: bool) -> re.Pattern[str] | None:
    """Return what ends the block of HTML that begins with a line, None if none does.

    A tag that is not one of a block only begins one if nothing else is on its line.
    """
    for begin, end in _BLOCKS:
        if begin.match(line):
            return end
    is_alone = may_be_any and (tag := _TAG.fullmatch(line.rstrip())) and _is_html(tag)
    return BLANK if is_alone else None


def find_markup_end(text: str, at: int) -> int:
    """Return the end of the tag or comment that begins at a place, 0 if none does."""
    if tag := _TAG.match(text, at):
        return tag.end() if _is_html(tag) else 0
    for begin, end in _ODD_ENDS.items():
        if text.startswith(begin, at):
            found = text.find(end, at + len(begin))
            return found + len(end) if found > 0 else 0
    return 0


def _is_html(tag: re.Match[str]) -> bool:
    return (tag[1] or tag[2]).lower() in ELEMENTS
