"""Where the blocks of Markdown begin and end, line by line, as GitHub reads them.

The rules are those of CommonMark (spec.commonmark.org, 0.31), GitHub's tables and alerts,
Python-Markdown's `!!! note`, and the definitions of PHP Markdown Extra.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Lines that hold paragraphs, indented code, footnotes and what references lead to."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Fenced code; `language` is "" where the fence names none."""

    code: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Html:
    """HTML that is a block of its own."""

    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: what aligns each column ("" for nothing), and the rows, the header row first."""

    aligned: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Any other element: it holds a line of words, then other boxes, then lines of blocks."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    boxes: Sequence[Box] = ()
    lines: Sequence[str] = ()
    is_tight: bool = False
    """Whether its paragraphs are plain text."""


Block = Plain | Code | Html | Table | Box

_ITEM = re.compile(r"( {0,3})([-+*]|\d{1,9}[.)])( +|$)(.*)")
_TASK = re.compile(r"\[([ xX])\](?= +[^ ])")
_QUOTE = re.compile(r" {0,3}> ?")
_ALERT = re.compile(r" *\[!([\w-]+)\] *$")
_NOTE = re.compile(r' {0,3}!!! ?([\w-]+)(?: +"([^"]*)")? *$')
_FENCE = re.compile(r"( {0,3})(`{3,}+(?!.*`)|~{3,}+) *([^\s{]*)(.*)")
_RULE = re.compile(r" {0,3}([-_*])(?: *+\1){2,} *$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?: |$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
_DEFINITION = re.compile(r" {0,3}: {1,3}")
_NO_PARAGRAPH = re.compile(r" {4}| {0,3}\[[^\]]*\]:")
_TABLE_RULE = re.compile(r" *+\|?(?: *+:?-++:? *+(?:\||$))+ *+$")
_CELL = re.compile(r"((?:[^|\\]|\\.?)*+)(?:\||$)")
# How a block other than a paragraph or a table begins.
_BLOCK_SIGN = re.compile(" {0,3}[-+*>!<`~#_0-9]")
_MAX_ITEM_SPACES = 4

# What begins a block of HTML (CommonMark's kinds 1 to 6), and what ends it; all other tags are
# among words.
_HTML = re.compile(r" {0,3}<(!--|[!?]|/?[a-z][a-z0-9]*(?=[\s>]|/>|$))", re.IGNORECASE)
_VERBATIM_TAGS = ("pre", "script", "style", "textarea")
_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option"
    " p param search section summary table tbody td tfoot th thead title tr track ul"
)
_HTML_ENDS = {
    **dict.fromkeys(
        _VERBATIM_TAGS, re.compile(f"</(?:{'|'.join(_VERBATIM_TAGS)})>", re.IGNORECASE)
    ),
    **{slash + tag: re.compile(r"^\s*$") for tag in _BLOCK_TAGS.split() for slash in ("", "/")},
    "!--": re.compile("-->"),
    "!": re.compile(">"),
    "?": re.compile(">"),
}


def split(lines: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks of some lines, whose tabs are spaces already, in order."""
    plain: list[str] = []
    at = 0
    while at < len(lines):
        block: Block
        is_named = bool(plain) and plain[-1].lstrip(" ").startswith("[")
        if read := _reader(lines, at, under_text=is_named):
            block, at = read(lines, at)
        elif not lines[at].strip() or _NO_PARAGRAPH.match(lines[at]):
            block, at = Plain(lines=(lines[at] if lines[at].strip() else "",)), at + 1
        else:
            block, at = _read_paragraph(lines, at)
        if isinstance(block, Plain):
            plain += block.lines
            continue
        if plain:
            yield Plain(lines=tuple(plain))
            plain = []
        yield block
    if plain:
        yield Plain(lines=tuple(plain))


def cells(row: str) -> list[str]:
    """Return the cells of a table's row."""
    found = _CELL.findall(row.strip(" ").removeprefix("|"))
    return [cell.replace("\\|", "|").strip(" ") for cell in found[:-1]]


_Reader = Callable[[Sequence[str], int], tuple[Block, int]]


def _reader(lines: Sequence[str], at: int, *, under_text: bool = False) -> _Reader | None:
    """Return what reads the block that begins with a line, None for a paragraph."""
    line = lines[at]
    if _BLOCK_SIGN.match(line):
        for pattern, read in _READERS:
            if mark := pattern.match(line):
                return partial(read, mark)
        if (mark := _HTML.match(line)) and (ends := _HTML_ENDS.get(mark[1].lower())):
            return partial(_read_html, ends)
        mark = _ITEM.match(line)
        # "We have been here since\n2019. Then ..." and "Title\n-" hold no list.
        may_interrupt = mark and mark[4] and mark[2] in {"-", "+", "*", "1.", "1)"}
        if mark and (may_interrupt or not under_text):
            return partial(_read_list, mark)
    return _read_table if _begins_table(lines, at) else None


def _begins_table(lines: Sequence[str], at: int) -> bool:
    if "|" not in lines[at] or at + 1 == len(lines) or "|" not in lines[at + 1]:
        return False
    rule = _TABLE_RULE.match(lines[at + 1])
    return bool(rule) and len(cells(lines[at])) == len(cells(lines[at + 1]))


def _read_table(lines: Sequence[str], at: int) -> tuple[Block, int]:
    end = at + 2
    while end < len(lines) and lines[end].strip() and not _reader(lines, end):
        end += 1
    sides = {(True, False): "left", (True, True): "center", (False, True): "right"}
    aligned = ((each.startswith(":"), each.endswith(":")) for each in cells(lines[at + 1]))
    rows = (lines[at], *lines[at + 2 : end])
    return Table(aligned=tuple(sides.get(each, "") for each in aligned), rows=rows), end


def _read_heading(mark: re.Match[str], lines: Sequence[str], at: int) -> tuple[Block, int]:
    text = lines[at][mark.end() :].strip(" ")
    unclosed = text.rstrip("#")
    if not unclosed or unclosed.endswith(" "):
        text = unclosed
    return Box(tag=f"h{len(mark[1])}", text=text.strip(" ")), at + 1


def _read_rule(_: re.Match[str], __: Sequence[str], at: int) -> tuple[Block, int]:
    return Box(tag="hr"), at + 1


def _read_paragraph(lines: Sequence[str], at: int) -> tuple[Block, int]:
    """Read a paragraph, or the heading or the definitions that the line below makes of it."""
    end = _end_of_paragraph(lines, at)
    if end < len(lines) and _UNDERLINE.match(lines[end]):
        tag = "h1" if "=" in lines[end] else "h2"
        return Box(tag=tag, text="\n".join(lines[at:end]).strip()), end + 1
    if _begins_definition(lines, end):
        return _read_definitions(lines, at, end)
    return Plain(lines=tuple(lines[at:end])), end


def _end_of_paragraph(lines: Sequence[str], at: int) -> int:
    end = at + 1
    while end < len(lines) and _is_text(lines[end]):
        if _UNDERLINE.match(lines[end]) or _DEFINITION.match(lines[end]):
            break
        if _reader(lines, end, under_text=True):
            break
        end += 1
    return end


def _begins_definition(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line defines what is above it, or does so after one that is blank."""
    if at < len(lines) and not lines[at].strip():
        at += 1
    return at < len(lines) and bool(_DEFINITION.match(lines[at]))


def _read_definitions(lines: Sequence[str], at: int, end: int) -> tuple[Block, int]:
    """Read the terms up to `end`, what they mean, and all further terms and definitions."""
    boxes: list[Box] = []
    while at < end and _begins_definition(lines, end):
        boxes += (Box(tag="dt", text=line.strip()) for line in lines[at:end])
        is_loose = not lines[end].strip()
        at = end + is_loose
        while at < len(lines) and (mark := _DEFINITION.match(lines[at])):
            body = [lines[at][mark.end() :]]
            at = _gather(body, lines, at + 1, partial(_inside, indent=4), is_lazy=True)
            is_tight = not is_loose and not _is_loose(body)
            boxes.append(Box(tag="dd", lines=body, is_tight=is_tight))
        has_terms = at < len(lines) and _is_text(lines[at]) and not _reader(lines, at)
        end = _end_of_paragraph(lines, at) if has_terms else at
    return Box(tag="dl", boxes=boxes), at


def _read_code(mark: re.Match[str], lines: Sequence[str], at: int) -> tuple[Block, int]:
    end = at + 1
    while end < len(lines) and _fence_after(mark[2], lines[end]):
        end += 1
    code = "\n".join(_outdent(line, len(mark[1])) for line in lines[at + 1 : end])
    return Code(code=code if end < len(lines) else code.rstrip(), language=mark[3]), end + 1


def _read_html(ends: re.Pattern[str], lines: Sequence[str], at: int) -> tuple[Block, int]:
    end = at
    while end < len(lines) and not ends.search(lines[end]):
        end += 1
    return Html(html="\n".join(lines[at : end + 1]).strip()), end + 1


def _read_quote(_: re.Match[str], lines: Sequence[str], at: int) -> tuple[Block, int]:
    def unquoted(line: str) -> str | None:
        mark = _QUOTE.match(line)
        return line[mark.end() :] if mark else None

    body: list[str] = []
    end = _gather(body, lines, at, unquoted, is_lazy=True)
    if alert := _ALERT.match(body[0]):
        return _note(alert[1], None, body[1:]), end
    return Box(tag="blockquote", lines=body), end


def _read_note(mark: re.Match[str], lines: Sequence[str], at: int) -> tuple[Block, int]:
    body: list[str] = []
    end = _gather(body, lines, at + 1, partial(_inside, indent=4), is_lazy=False)
    return _note(mark[1], mark[2], body), end


def _note(name: str, title: str | None, lines: Sequence[str]) -> Box:
    kind = name.lower()
    title = kind.capitalize() if title is None else title
    heading = Box(tag="p", attributes={"class": "admonition-title"}, text=title)
    boxes = [heading] if title else []
    return Box(tag="div", attributes={"class": f"admonition {kind}"}, boxes=boxes, lines=lines)


def _read_list(first: re.Match[str], lines: Sequence[str], at: int) -> tuple[Block, int]:
    sign = first[2][-1]
    items: list[list[str]] = []
    is_loose = False
    while at < len(lines) and (mark := _ITEM.match(lines[at])) and not _RULE.match(lines[at]):
        if mark[2][-1] != sign:
            break
        is_loose = is_loose or (bool(items) and len(items[-1]) > 1 and not items[-1][-1])
        # Of five spaces or more one belongs to the mark, the others to indented code.
        spaces = len(mark[3]) if mark[4] and len(mark[3]) <= _MAX_ITEM_SPACES else 1
        indent = len(mark[1]) + len(mark[2]) + spaces
        items.append([_with_box(lines[at][indent:])])
        at = _gather(items[-1], lines, at + 1, partial(_inside, indent=indent), is_lazy=True)
    is_tight = not is_loose and not any(map(_is_loose, items))
    boxes = [Box(tag="li", lines=item, is_tight=is_tight) for item in items]
    if sign not in ".)":
        return Box(tag="ul", boxes=boxes), at
    start = int(first[2][:-1])
    attributes = {} if start == 1 else {"start": str(start)}
    return Box(tag="ol", attributes=attributes, boxes=boxes), at


def _gather(
    body: list[str],
    lines: Sequence[str],
    at: int,
    own: Callable[[str], str | None],
    *,
    is_lazy: bool,
) -> int:
    """Add to `body` the lines of a container, as `own` takes its mark off, and return the end.

    A lazy container also takes the lines that go on with its last paragraph
    without its mark.
    """
    fence = _fence_after("", body[-1]) if body else ""
    while at < len(lines):
        line = own(lines[at])
        if line is None:
            line = lines[at].lstrip()
            goes_on = is_lazy and not fence and bool(body) and _is_text(body[-1])
            if not goes_on or not _is_text(line) or _reader(lines, at):
                break
            if any(map(_DEFINITION.match, lines[at : at + 2])):
                break
        body.append(line)
        fence = _fence_after(fence, line)
        at += 1
    return at


def _is_loose(item: Sequence[str]) -> bool:
    """Tell whether a blank line stands between two blocks of a list's item."""
    fence, is_nested, after_blank = "", False, False
    for line in item:
        was_fenced, fence = bool(fence), _fence_after(fence, line)
        if was_fenced or not line.strip():
            after_blank = not was_fenced
            continue
        is_item = bool(_ITEM.match(line))
        belongs_to_nested_list = is_nested and (is_item or line.startswith("  "))
        if after_blank and not belongs_to_nested_list:
            return True
        is_nested, after_blank = is_item or belongs_to_nested_list, False
    return False


def _fence_after(fence: str, line: str) -> str:
    """Return the fence that is open after a line, "" for none, given the one open before it."""
    mark = _FENCE.match(line)
    if not fence:
        return mark[2] if mark else ""
    is_closed = mark and mark[2].startswith(fence) and not (mark[3] or mark[4].strip())
    return "" if is_closed else fence


def _is_text(line: str) -> bool:
    """Tell whether a paragraph can go on after a line."""
    is_other = _HEADING.match(line) or _RULE.match(line) or _FENCE.match(line)
    return bool(line.strip()) and not is_other


def _with_box(line: str) -> str:
    """Return the first line of a list's item, its "[ ]" or "[x]" a box that is ticked or not."""
    task = _TASK.match(line)
    return ("☐" if task[1] == " " else "☑") + line[task.end() :] if task else line


def _inside(line: str, indent: int) -> str | None:
    """Return a line without its indent, "" for a blank one, None for one indented less."""
    if not line.strip():
        return ""
    return line[indent:] if line.startswith(" " * indent) else None


def _outdent(line: str, indent: int) -> str:
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]


_READERS = (
    (_HEADING, _read_heading),
    (_FENCE, _read_code),
    (_QUOTE, _read_quote),
    (_NOTE, _read_note),
    (_RULE, _read_rule),
)
