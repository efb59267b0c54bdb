"""Lines of Markdown to blocks, as GitHub reads them; `signs` tells what a line begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from faqsite.answers import signs


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
    """A table: the side to which each column is aligned, or "", and its rows, the head first."""

    sides: tuple[str, ...]
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

_TASK = re.compile(r"\[([ xX])\](?= +[^ ])")
_ALERT = re.compile(r" *\[!([\w-]+)\] *$")
_MAX_ITEM_SPACES = 4

_Lines = Sequence[str]
_Read = tuple[Block, int]
"""A block, and the number of the line after it."""


def split(lines: _Lines) -> Iterator[Block]:
    """Yield the blocks of some lines, whose tabs are spaces already, in order."""
    plain: list[str] = []
    at = 0
    while at < len(lines):
        block: Block
        is_named = bool(plain) and plain[-1].lstrip(" ").startswith("[")
        if not lines[at].strip():
            block, at = Plain(lines=("",)), at + 1
        elif begins := signs.find_beginning(lines, at, under_text=is_named):
            kind, mark = begins
            block, at = _READERS[kind](mark, lines, at)
        elif signs.NO_PARAGRAPH.match(lines[at]):
            block, at = Plain(lines=(lines[at],)), at + 1
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


def _read_paragraph(lines: _Lines, at: int) -> _Read:
    """Read a paragraph, or the heading or the definitions that the line below makes of it."""
    end = signs.end_of_paragraph(lines, at)
    if end < len(lines) and signs.UNDERLINE.match(lines[end]):
        tag = "h1" if "=" in lines[end] else "h2"
        return Box(tag=tag, text="\n".join(lines[at:end]).strip()), end + 1
    if signs.begins_definition(lines, end):
        return _read_definitions(lines, at, end)
    return Plain(lines=tuple(lines[at:end])), end


def _read_definitions(lines: _Lines, at: int, end: int) -> _Read:
    """Read the terms up to `end`, what they mean, and all further terms and definitions."""
    boxes: list[Box] = []
    while at < end and signs.begins_definition(lines, end):
        boxes += (Box(tag="dt", text=line.strip()) for line in lines[at:end])
        is_apart = not lines[end].strip()
        at = end + is_apart
        while at < len(lines) and (mark := signs.DEFINITION.match(lines[at])):
            body = [lines[at][mark.end() :]]
            at = _gather(body, lines, at + 1, partial(_inside, indent=4), is_lazy=True)
            is_tight = not is_apart and not signs.is_loose(body)
            boxes.append(Box(tag="dd", lines=body, is_tight=is_tight))
        has_terms = (
            at < len(lines) and signs.is_text(lines[at]) and not signs.find_beginning(lines, at)
        )
        end = signs.end_of_paragraph(lines, at) if has_terms else at
    return Box(tag="dl", boxes=boxes), at


def _read_heading(mark: re.Match[str], lines: _Lines, at: int) -> _Read:
    text = lines[at][mark.end() :].strip(" ")
    unclosed = text.rstrip("#")
    if not unclosed or unclosed.endswith(" "):
        text = unclosed
    return Box(tag=f"h{len(mark[1])}", text=text.strip(" ")), at + 1


def _read_rule(_: re.Match[str], __: _Lines, at: int) -> _Read:
    return Box(tag="hr"), at + 1


def _read_table(_: re.Match[str], lines: _Lines, at: int) -> _Read:
    end = at + 2
    while end < len(lines) and lines[end].strip() and not signs.find_beginning(lines, end):
        end += 1
    sides = {"::": "center", ":-": "left", "-:": "right"}
    rules = (f"{rule[0]}{rule[-1]}" for rule in signs.cells(lines[at + 1]))
    rows = (lines[at], *lines[at + 2 : end])
    return Table(sides=tuple(sides.get(rule, "") for rule in rules), rows=rows), end


def _read_code(mark: re.Match[str], lines: _Lines, at: int) -> _Read:
    end = at + 1
    while end < len(lines) and signs.fence_after(mark[2], lines[end]):
        end += 1
    indent = re.compile(f" {{0,{len(mark[1])}}}")
    code = "\n".join(indent.sub("", line, count=1) for line in lines[at + 1 : end])
    return Code(code=code if end < len(lines) else code.rstrip(), language=mark[3]), end + 1


def _read_html(mark: re.Match[str], lines: _Lines, at: int) -> _Read:
    ends = signs.HTML_ENDS[mark[1].lower()]
    end = at
    while end < len(lines) and not ends.search(lines[end]):
        end += 1
    return Html(html="\n".join(lines[at : end + 1]).strip()), end + 1


def _read_quote(_: re.Match[str], lines: _Lines, at: int) -> _Read:
    body: list[str] = []
    end = _gather(body, lines, at, _unquoted, is_lazy=True)
    if alert := _ALERT.match(body[0]):
        return _note(alert[1], None, body[1:]), end
    return Box(tag="blockquote", lines=body), end


def _read_note(mark: re.Match[str], lines: _Lines, at: int) -> _Read:
    body: list[str] = []
    end = _gather(body, lines, at + 1, partial(_inside, indent=4), is_lazy=False)
    return _note(mark[1], mark[2], body), end


def _note(name: str, title: str | None, lines: _Lines) -> Box:
    kind = name.lower()
    title = kind.capitalize() if title is None else title
    head = Box(tag="p", attributes={"class": "admonition-title"}, text=title)
    attributes = {"class": f"admonition {kind}"}
    return Box(tag="div", attributes=attributes, boxes=[head] if title else [], lines=lines)


def _read_list(first: re.Match[str], lines: _Lines, at: int) -> _Read:
    sign = first[2][-1]
    items: list[list[str]] = []
    is_apart = False
    while at < len(lines) and (begins := signs.find_beginning(lines, at)) and begins[0] == "list":
        mark = begins[1]
        if mark[2][-1] != sign:
            break
        is_apart = is_apart or (bool(items) and len(items[-1]) > 1 and not items[-1][-1])
        # Of five spaces or more one belongs to the mark, the others to indented code.
        spaces = len(mark[3]) if mark[4] and len(mark[3]) <= _MAX_ITEM_SPACES else 1
        indent = len(mark[1]) + len(mark[2]) + spaces
        items.append([_with_box(lines[at][indent:])])
        at = _gather(items[-1], lines, at + 1, partial(_inside, indent=indent), is_lazy=True)
    is_tight = not is_apart and not any(map(signs.is_loose, items))
    boxes = [Box(tag="li", lines=item, is_tight=is_tight) for item in items]
    if sign not in ".)":
        return Box(tag="ul", boxes=boxes), at
    start = int(first[2][:-1])
    attributes = {} if start == 1 else {"start": str(start)}
    return Box(tag="ol", attributes=attributes, boxes=boxes), at


def _gather(
    body: list[str],
    lines: _Lines,
    at: int,
    own: Callable[[str], str | None],
    *,
    is_lazy: bool,
) -> int:
    """Add to `body` the lines of a container, as `own` takes its mark off, and return the end.

    A lazy container also takes the lines that go on with its last paragraph
    without its mark.
    """
    fence = signs.fence_after("", body[-1]) if body else ""
    while at < len(lines):
        line = own(lines[at])
        if line is None:
            line = lines[at].lstrip()
            goes_on = is_lazy and not fence and bool(body) and signs.is_text(body[-1])
            if not goes_on or not signs.is_text(line) or signs.find_beginning(lines, at):
                break
            if any(map(signs.DEFINITION.match, lines[at : at + 2])):
                break
        body.append(line)
        fence = signs.fence_after(fence, line)
        at += 1
    return at


def _with_box(line: str) -> str:
    """Return the first line of a list's item, its "[ ]" or "[x]" a box that is ticked or not."""
    task = _TASK.match(line)
    return ("☐" if task[1] == " " else "☑") + line[task.end() :] if task else line


def _unquoted(line: str) -> str | None:
    mark = signs.QUOTE.match(line)
    return line[mark.end() :] if mark else None


def _inside(line: str, indent: int) -> str | None:
    """Return a line without its indent, "" for a blank one, None for one indented less."""
    if not line.strip():
        return ""
    return line[indent:] if line.startswith(" " * indent) else None


_READERS: Mapping[str, Callable[[re.Match[str], _Lines, int], _Read]] = {
    "code": _read_code,
    "heading": _read_heading,
    "html": _read_html,
    "list": _read_list,
    "note": _read_note,
    "quote": _read_quote,
    "rule": _read_rule,
    "table": _read_table,
}
