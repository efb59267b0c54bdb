"""The signs with which the blocks of Markdown begin and end, as in cmark-gfm.

A pattern matches a line from its first character that is not a space. The rules are those of
CommonMark (spec.commonmark.org), GitHub's tables and footnotes, Python-Markdown's `!!! note`, and
the definitions of PHP Markdown Extra.
"""

from __future__ import annotations

import re

HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$|\u00a0\s*|(?<=##)(?=[^\W\d_]))")
"""A heading. GitHub needs a space or tab after the signs; "#work" may be meant as it is."""
HEADING_END = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
RULE = re.compile(r"([-_*])(?:[ \t]*\1){2,}[ \t]*$")
FENCE = re.compile(r"(`{3,}+(?!.*`)|~{3,}+)[ \t]*([^\s{]*)")
FENCE_END = re.compile(r"(`{3,}|~{3,})[ \t]*$")
ITEM = re.compile(r"([-+*]|(\d{1,9})[.)])(?=[ \t]|$)")
NOTE = re.compile(r'!!! ?([\w-]+)(?: +"([^"]*)")? *$')
ALERT = re.compile(r"\[!([\w-]+)\][ \t]*$")
TASK = re.compile(r"\[([ xX])\](?=[ \t]+\S)")
DEFINITION = re.compile(r":(?=[ \t]+\S)")
FOOTNOTE = re.compile(r"\[\^([^\]\x00-\x1f]+)\]:[ \t]*")
TABLE_RULE = re.compile(r"\|?[ \t]*:?-++:?[ \t]*(?:\|[ \t]*:?-++:?[ \t]*)*+\|?[ \t]*$")
_CELL = re.compile(r"((?:[^|\\]|\\.?)*+)(\||$)")


def split_row(row: str) -> list[str]:
    """Return the cells of a table's row."""
    found = _CELL.findall(row.strip().removeprefix("|"))
    if len(found) > 1 and not found[-1][0] and not found[-1][1]:
        found.pop()
    return [cell.replace("\\|", "|").strip() for cell, _ in found]
