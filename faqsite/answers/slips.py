"""What an editor probably did not mean: Markdown that is correct, but not what it looks like.

Each function yields a fact, a hint, and the piece of the Markdown that they are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from faqsite.answers import signs
from faqsite.answers.block import Block
from faqsite.answers.emphasis import Run
from faqsite.model.problems import quoted, shortened

Slip = tuple[str, str, str]

_MAX_SHOWN_ROWS = 3
# The patterns below search a longer text too often.
_MAX_CHARS = 2_000
_MIN_UNDERLINE = 4
# Code, tags and escaped signs, in which nothing is a slip.
_LITERAL = re.compile(r"(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)|<[^<>]*>|\\.", re.DOTALL)
_ADDRESS = r"(?:https?://|mailto:|tel:|www\.|\.{0,2}/)[^\s()]+|[^\s()]+\.(?:md|pdf)(?:#[^\s()]*)?"
_APART = re.compile(rf"(?P<text>\[[^\[\]\n]+\])[ \t]+(?P<address>\((?:{_ADDRESS})\))")
_SWAPPED = re.compile(rf"(?P<text>\([^()\n]+\))(?P<address>\[(?:{_ADDRESS})\])")
_UNCLOSED = re.compile(rf"\[[^\[\]\n]+\]\((?:{_ADDRESS})(?=\s|$)(?![^\n]*\))")
_CURLY = re.compile(
    r"(\[[^\[\]\n]+\]\(\S+ )"
    r"[\u201c-\u201e\u00ab\u2018\u2019](.+?)[\u201c\u201d\u00bb\u2018\u2019]\)"
)
_BULLET = re.compile(
    r"(?:[\u2022\u25aa\u25e6\u2023\u25cf\u2043\uf0b7\uf0a7]"
    r"|\u00b7(?=\s)|-(?=\u00a0)|-(?=[^\W\d_]{2}))\s*"
)
_COMMENT = re.compile(r"<!--(?!.*-->)", re.DOTALL)
_ROW = re.compile(r"\||.* \| ")
_WORD = re.compile(r"[^\W_]")


def find_in_heading(block: Block) -> Iterator[Slip]:
    """Look for a line of hyphens or equals signs that makes a heading of a sentence by accident."""
    if not block.mark:
        return
    text, length = block.lines[-1].rstrip(), len(block.mark)
    is_title = len(block.lines) == 1 and length >= _MIN_UNDERLINE and length == len(text)
    is_question = text.endswith("?") and len(block.lines) == 1 and length >= _MIN_UNDERLINE
    if not (is_title or is_question) and (len(block.lines) > 1 or text[-1:] in set(".!?:;,\u2026")):
        fact = f"the line {quoted(block.mark)} makes a heading of the text above it"
        yield fact, "put an empty line between them, or write the heading with ##", text


def find_in_code(block: Block) -> Iterator[Slip]:
    """Look for a fence that is never closed."""
    if block.mark and not block.is_closed:
        fact = f"the code that begins with {block.mark} is never closed"
        yield fact, f"write {block.mark} on a line of its own after it", block.mark


def find_in_paragraph(lines: Sequence[str]) -> Iterator[Slip]:
    """Look for lists, tables and links that are not read as such."""
    for line in lines:
        if mark := _BULLET.match(line):
            hint = f"begin it with a hyphen and a space: - {shortened(line[mark.end() :])}"
            yield f"{quoted(line)} is not a list", hint, line
    yield from _find_table(lines)
    if len(text := "\n".join(lines)) > _MAX_CHARS:
        return
    hidden = _LITERAL.sub(lambda found: "x" * len(found[0]), text)
    for pattern in (_APART, _SWAPPED):
        for found in pattern.finditer(hidden):
            label, address = (text[slice(*found.span(name))] for name in ("text", "address"))
            link = f"[{label[1:-1]}]({address[1:-1]})"
            yield (
                f"{quoted(text[found.start() : found.end()])} is not a link",
                f"write {link}",
                address,
            )
    for found in _UNCLOSED.finditer(hidden):
        written = text[found.start() : found.end()]
        yield f"the link {quoted(written)} is not closed", f"write {written})", written
    for found in _CURLY.finditer(hidden):
        hint = f'use straight quotes: {found[1]}"{found[2]}")'
        yield f"{quoted(found[0])} is not a link", hint, found[0]
    if _COMMENT.search(hidden):
        yield 'the comment "<!--" is not closed', 'end it with "-->"', "<!--"


def _find_table(lines: Sequence[str]) -> Iterator[Slip]:
    if len(lines) == 1:
        return
    tabs = {line.rstrip().count("\t") for line in lines}
    pipes = {len(signs.split_row(line)) for line in lines}
    if tabs not in ({0}, set()) and len(tabs) == 1:
        rows = [line.rstrip().split("\t") for line in lines]
        fact = "these lines have tabs between their cells, but they are not a table"
        yield fact, _table_hint(rows), lines[0]
    elif any(map(signs.TABLE_RULE.match, lines[1:])) and "|" in lines[0]:
        rule = next(line for line in lines[1:] if signs.TABLE_RULE.match(line))
        count = len(signs.split_row(lines[lines.index(rule) - 1]))
        fact = f"{quoted(rule)} has another number of cells than the line above it"
        yield fact, f"write {_row(['---'] * count)}", rule
    elif len(pipes) == 1 and pipes != {1} and all(map(_ROW.match, lines)):
        fact = "these lines look like a table, but have no line of hyphens"
        count = len(signs.split_row(lines[0]))
        yield fact, f"write {_row(['---'] * count)} below the first", lines[0]


def _table_hint(rows: Sequence[Sequence[str]]) -> str:
    first, *others = rows
    shown = [_row(first), _row(["---"] * len(first)), *map(_row, others[: _MAX_SHOWN_ROWS - 1])]
    return "write each row on a line, as in " + " then ".join(shown)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.strip() for cell in cells)} |"


def find_stray(text: str, runs: Sequence[Run]) -> Iterator[Slip]:
    """Look for asterisks that were meant to make bold text."""
    stray = [run for run in runs if run.sign == "*" and run.length in {2, 3} and run.rest]
    for run in stray:
        end = run.at + run.length
        before, after = text[run.at - 1 : run.at], text[end : end + 1]
        is_inside_word = bool(_WORD.match(before) and _WORD.match(after))
        is_beside_word = not (before.strip() == "" and after.strip() == "")
        begins = not text[: run.at].strip() and any(other.at > end for other in stray)
        # A single one after a word, as in "5,000**", refers to a note.
        opens = not before.strip() and bool(_WORD.match(after))
        if begins or (is_beside_word and not is_inside_word and (opens or len(stray) > 1)):
            line = text[text.rfind("\n", 0, run.at) + 1 :].partition("\n")[0]
            fact = f"the {'*' * run.length} in {quoted(line)} makes nothing bold"
            hint = "put one ** directly before the bold words and one directly after them"
            yield fact, f"{hint}, or write \\*\\* to show them", line
            return
