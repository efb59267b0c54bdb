"""Where the blocks of Markdown begin and end, line by line, as GitHub reads them.

Only those that hold others (lists, quotes, notes) and those taken as they stand
(code, HTML) are told apart; the rest is text. The rules are those of CommonMark
(spec.commonmark.org, 0.31), GitHub's alerts, and Python-Markdown's `!!! note`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Lines that hold paragraphs, headings, tables, definitions and footnotes."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Fenced code; `language` is "" where none was said."""

    code: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Html:
    """HTML that is a block of its own."""

    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quote, the marks before its lines taken off."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note: GitHub's `> [!TIP]` or Python-Markdown's `!!! tip "Title"`."""

    kind: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list; `start` is None for one without numbers; in a loose one paragraphs stand apart."""

    start: int | None
    is_loose: bool
    items: tuple[tuple[str, ...], ...]


Block = Plain | Code | Html | Quote | Note | List

_ITEM = re.compile(r"( {0,3})([-+*]|\d{1,9}[.)])( +|$)(.*)")
_TASK = re.compile(r"\[([ xX])\](?= +[^ ])")
_QUOTE = re.compile(r" {0,3}> ?")
_ALERT = re.compile(r" *\[!([\w-]+)\] *$")
_NOTE = re.compile(r' {0,3}!!! ?([\w-]+)(?: +"([^"]*)")? *$')
_FENCE = re.compile(r"( {0,3})(`{3,}+(?!.*`)|~{3,}+) *([^\s{]*)(.*)")
_RULE = re.compile(r" {0,3}([-_*])(?: *+\1){2,} *$")
_HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+|(?:\* *){3,}|(?:_ *){3,}) *$")
_DEFINITION = re.compile(r" {0,3}: {1,3}")
_MAX_ITEM_SPACES = 4
_TABLE_RULE = re.compile(r" *+(?:\| *)?:?-+:? *(?:\| *:?-+:? *)*\|? *$")

# How a line begins that is no plain one, or that stands apart; and a table holds a "|".
_BLOCK_SIGN = re.compile(r"^ *(?:[-+*>!<`~#:=_]|\d{1,9}[.)])|\|", re.MULTILINE)

# What begins a block of HTML (CommonMark's kinds 1, 2, 3 to 5, and 6), and what
# ends it; all other tags stand among words.
_VERBATIM = "pre|script|style|textarea"
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head"
    "|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p"
    "|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_HTML = tuple(
    (re.compile(" {0,3}<" + begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (
        (rf"(?:{_VERBATIM})(?:[\s>]|$)", rf"</(?:{_VERBATIM})>"),
        (r"!--", r"-->"),
        (r"[!?]", r">"),
        (rf"/?(?:{_BLOCK_TAGS})(?:[\s>]|/>|$)", r"^\s*$"),
    )
)


def may_hold_blocks(text: str) -> bool:
    """Tell, at a glance, whether `split` might make anything but plain lines as they are of it."""
    return _BLOCK_SIGN.search(text) is not None


def split(lines: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks of some lines, whose tabs are spaces already, in order."""
    plain: list[str] = []
    at = 0
    while at < len(lines):
        read = _reader(lines[at], under_text=bool(plain) and _is_text(plain[-1]))
        if not read:
            plain.append(lines[at])
            at += 1
            continue
        if plain:
            yield Plain(lines=_apart(plain))
            plain = []
        block, at = read(lines, at)
        yield block
    if plain:
        yield Plain(lines=_apart(plain))


_Reader = Callable[[Sequence[str], int], tuple[Block, int]]


def _reader(line: str, *, under_text: bool = False) -> _Reader | None:
    """Return what reads the block that begins with a line, None for plain text."""
    if mark := _FENCE.match(line):
        return partial(_read_code, mark)
    if _QUOTE.match(line):
        return _read_quote
    if mark := _NOTE.match(line):
        return partial(_read_note, mark)
    for begins, ends in _HTML:
        if begins.match(line):
            return partial(_read_html, ends)
    mark = _ITEM.match(line)
    if not mark or _RULE.match(line) or _is_table_rule(line):
        return None
    # "We have been here since\n2019. Then ..." and "Title\n-" hold no list.
    may_interrupt = mark[4] and mark[2] in {"-", "+", "*", "1.", "1)"}
    return partial(_read_list, mark) if may_interrupt or not under_text else None


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


def _read_quote(lines: Sequence[str], at: int) -> tuple[Block, int]:
    def unquoted(line: str) -> str | None:
        mark = _QUOTE.match(line)
        return line[mark.end() :] if mark else None

    body: list[str] = []
    end = _gather(body, lines, at, unquoted, is_lazy=True)
    alert = _ALERT.match(body[0])
    if not alert:
        return Quote(lines=tuple(body)), end
    kind = alert[1].lower()
    return Note(kind=kind, title=kind.capitalize(), lines=tuple(body[1:])), end


def _read_note(mark: re.Match[str], lines: Sequence[str], at: int) -> tuple[Block, int]:
    body: list[str] = []
    end = _gather(body, lines, at + 1, partial(_inside, indent=4), is_lazy=False)
    kind = mark[1].lower()
    title = kind.capitalize() if mark[2] is None else mark[2]
    return Note(kind=kind, title=title, lines=tuple(body)), end


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
    start = int(first[2][:-1]) if sign in ".)" else None
    is_loose = is_loose or any(_is_loose(item) for item in items)
    return List(start=start, is_loose=is_loose, items=tuple(map(tuple, items))), at


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
            if not goes_on or not _is_text(line) or _reader(lines[at]):
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


def _is_table_rule(line: str) -> bool:
    return "|" in line and bool(_TABLE_RULE.match(line))


def _is_of_heading(line: str) -> bool:
    return bool(_HEADING.match(line) or _UNDERLINE.match(line))


def _apart(lines: Sequence[str]) -> tuple[str, ...]:
    """Return plain lines with the blank ones that Python-Markdown wants and GitHub does not.

    Headings lose their indent. It also keeps Python-Markdown from looking through
    all of a long block anew after each of its headings and definitions.
    """
    apart: list[str] = []
    is_defining = False
    lines = [line.lstrip(" ") if _is_of_heading(line) else line for line in lines]
    for line, following in zip(lines, (*lines[1:], ""), strict=True):
        above = apart[-1] if apart else ""
        begins_table = _is_text(above) and "|" in line and _is_table_rule(following)
        begins_definition = is_defining and (
            _DEFINITION.match(line) or _DEFINITION.match(following)
        )
        if above and (begins_table or begins_definition or _HEADING.match(line)):
            apart.append("")
            is_defining = False
        apart.append(line)
        is_defining = bool(line.strip()) and (is_defining or bool(_DEFINITION.match(line)))
        if following and _is_of_heading(line):
            apart.append("")
            is_defining = False
    return tuple(apart)


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
