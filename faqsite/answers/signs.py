"""The block that begins with a line of Markdown, as GitHub reads it.

The rules are those of CommonMark (spec.commonmark.org, 0.31), GitHub's tables, Python-Markdown's
`!!! note`, and the definitions of PHP Markdown Extra.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

ITEM = re.compile(r"( {0,3})([-+*]|\d{1,9}[.)])( +|$)(.*)")
QUOTE = re.compile(r" {0,3}> ?")
_NOTE = re.compile(r' {0,3}!!! ?([\w-]+)(?: +"([^"]*)")? *$')
_FENCE = re.compile(r"( {0,3})(`{3,}+(?!.*`)|~{3,}+) *([^\s{]*)(.*)")
_RULE = re.compile(r" {0,3}([-_*])(?: *+\1){2,} *$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?: |$)")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
DEFINITION = re.compile(r" {0,3}: {1,3}")
NO_PARAGRAPH = re.compile(r" {4}| {0,3}\[[^\]]*\]:")
_TABLE_RULE = re.compile(r" *+\|?(?: *+:?-++:? *+(?:\||$))+ *+$")
_CELL = re.compile(r"((?:[^|\\]|\\.?)*+)(?:\||$)")
# The first sign of a block that is not a paragraph or a table.
_BLOCK_SIGN = re.compile(" {0,3}[-+*>!<`~#_0-9]")

# The beginnings and ends of a block of HTML (CommonMark's kinds 1 to 6). Other tags are text.
_HTML = re.compile(r" {0,3}<(!--|[!?]|/?[a-z][a-z0-9]*(?=[\s>]|/>|$))", re.IGNORECASE)
_VERBATIM_TAGS = "pre|script|style|textarea"
_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option"
    " p param search section summary table tbody td tfoot th thead title tr track ul"
)
HTML_ENDS = {
    **dict.fromkeys(_VERBATIM_TAGS.split("|"), re.compile(f"(?i:</(?:{_VERBATIM_TAGS})>)")),
    **{slash + tag: re.compile(r"^\s*$") for tag in _BLOCK_TAGS.split() for slash in ("", "/")},
    "!--": re.compile("-->"),
    **dict.fromkeys("!?", re.compile(">")),
}
# In the order to try them.
_KINDS = {"heading": _HEADING, "code": _FENCE, "quote": QUOTE, "note": _NOTE, "rule": _RULE}


def find_beginning(
    lines: Sequence[str], at: int, *, under_text: bool = False
) -> tuple[str, re.Match[str]] | None:
    """Return the kind of block that begins with a line, and its match; None for a paragraph."""
    line = lines[at]
    if _BLOCK_SIGN.match(line):
        for kind, pattern in _KINDS.items():
            if mark := pattern.match(line):
                return kind, mark
        if (mark := _HTML.match(line)) and mark[1].lower() in HTML_ENDS:
            return "html", mark
        mark = ITEM.match(line)
        # There is no list in "We have been here since\n2019. Then ..." and "Title\n-".
        may_interrupt = mark and mark[4] and mark[2] in {"-", "+", "*", "1.", "1)"}
        if mark and (may_interrupt or not under_text):
            return "list", mark
    if "|" not in line or at + 1 == len(lines) or "|" not in lines[at + 1]:
        return None
    rule = _TABLE_RULE.match(lines[at + 1])
    is_table = rule and len(split_row(line)) == len(split_row(lines[at + 1]))
    return ("table", rule) if rule and is_table else None


def find_paragraph_end(lines: Sequence[str], at: int) -> int:
    """Return the number of the line after the paragraph that begins with a line."""
    for end in range(at + 1, len(lines)):
        is_special = UNDERLINE.match(lines[end]) or DEFINITION.match(lines[end])
        if is_special or not is_text(lines[end]) or find_beginning(lines, end, under_text=True):
            return end
    return len(lines)


def begins_definition(lines: Sequence[str], at: int) -> bool:
    """Return whether a line, or the line after a blank one, defines the term above it."""
    if at < len(lines) and not lines[at].strip():
        at += 1
    return at < len(lines) and bool(DEFINITION.match(lines[at]))


def split_row(row: str) -> list[str]:
    """Return the cells of a table's row."""
    found = _CELL.findall(row.strip(" ").removeprefix("|"))
    return [cell.replace("\\|", "|").strip(" ") for cell in found[:-1]]


def is_loose(item: Sequence[str]) -> bool:
    """Return whether a list item has a blank line between two of its blocks."""
    fence, is_nested, after_blank = "", False, False
    for line in item:
        was_fenced, fence = bool(fence), fence_after(fence, line)
        if was_fenced or not line.strip():
            after_blank = not was_fenced
            continue
        is_item = bool(ITEM.match(line))
        belongs_to_nested_list = is_nested and (is_item or line.startswith("  "))
        if after_blank and not belongs_to_nested_list:
            return True
        is_nested, after_blank = is_item or belongs_to_nested_list, False
    return False


def fence_after(fence: str, line: str) -> str:
    """Return the fence that is open after a line, given the one before it; "" for none."""
    mark = _FENCE.match(line)
    if not fence:
        return mark[2] if mark else ""
    is_closed = mark and mark[2].startswith(fence) and not (mark[3] or mark[4].strip())
    return "" if is_closed else fence


def is_text(line: str) -> bool:
    """Return whether a paragraph can continue after a line."""
    is_other = _HEADING.match(line) or _RULE.match(line) or _FENCE.match(line)
    return bool(line.strip()) and not is_other


def indent(spaces: int) -> re.Pattern[str]:
    """Return the mark of a container that is indented; blank lines need no indent."""
    return re.compile(rf"\s*$| {{{spaces}}}")


def gather(
    body: list[str], lines: Sequence[str], at: int, mark: re.Pattern[str], *, is_lazy: bool
) -> int:
    """Add the lines of a container to `body`, without their marks, and return the line after it.

    A lazy container also takes lines without a mark that continue its last paragraph.
    """
    fence = fence_after("", body[-1]) if body else ""
    while at < len(lines):
        if found := mark.match(lines[at]):
            line = lines[at][found.end() :]
        else:
            line = lines[at].lstrip()
            continues = is_lazy and not fence and bool(body) and is_text(body[-1])
            if not continues or not is_text(line) or find_beginning(lines, at):
                break
            if any(map(DEFINITION.match, lines[at : at + 2])):
                break
        body.append(line)
        fence = fence_after(fence, line)
        at += 1
    return at
