"""The Markdown of an entry to its answer: safe HTML, links and ids still symbolic, and its words.

All of it is a function of the entry alone. Whether a link's target exists is
for `validate` to tell, who knows the other entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faqsite.allowlist import ALLOWED, CLASSES, ELEMENTS, VALUES
from faqsite.dialect import MAX_NESTING, CrowdedError, NestingError, to_html
from faqsite.model import Answer, RawEntry
from faqsite.parts import parts_of, words_of
from faqsite.problems import Problem, did_you_mean, quoted
from faqsite.sanitise import (
    Removed,
    chars_to_copy,
    clean,
    escape_ampersands,
    removed,
    tokens,
)
from faqsite.source import Source
from faqsite.structure import Misplaced, misplaced
from faqsite.targets import LinkError, target
from faqsite.yamltext import CONTROL

__all__ = [
    "MAX_BODY_BYTES",
    "MAX_BRACKETS",
    "MAX_CELLS",
    "MAX_COPIED_CHARS",
    "MAX_MARKS",
    "make_answer",
    "why_too_much",
]

MAX_BODY_BYTES = 64_000
MAX_BRACKETS = 500
"""Python-Markdown looks from each "[" to the end: 20,000 of them take more than a minute."""
MAX_MARKS = 8_000
"""Python-Markdown copies the text for each mark: 32,000 of them take eight seconds."""
MAX_CELLS = 50_000
"""Python-Markdown gives each row of a table as many cells as the first has."""
MAX_COPIED_CHARS = 1_000_000
"""An HTML parser opens unclosed tags again in each block: see `sanitise.chars_to_copy`."""

_BROKEN = "check the tags and quotes around it"
_MARK = re.compile(r"[*_~`\\<&]")


def make_answer(entry: RawEntry) -> tuple[Answer, tuple[Problem, ...]]:
    """Return the answer of an entry and what is wrong with it; its HTML is safe in any case."""
    source = Source(entry)
    html = _to_html(entry, source)
    written = tuple(tokens(html))
    if chars_to_copy(written) > MAX_COPIED_CHARS:
        source.report("tags such as <b> stay open over many blocks", "close each where it began")
        html, written = "", ()
    safe = clean(html)
    pieces = written if safe == html else tuple(tokens(safe))
    for what in dict.fromkeys(removed(written, pieces)):
        source.report(*_why_removed(source.path, what), *_traces(what))
    if control := CONTROL.search(safe):
        message = f"the answer holds the control character U+{ord(control[0]):04X}"
        source.report(message, "take the reference to it out", f"&#{ord(control[0])}", "&#")
    for each in misplaced(pieces):
        source.report(*_why_misplaced(each), *_traces(Removed(tag=each.tag)))
    answer = Answer(parts=parts_of(pieces, source), text=words_of(pieces))
    return answer, tuple(dict.fromkeys(source.problems.found))


def _to_html(entry: RawEntry, source: Source) -> str:
    """Return the HTML of the body, "" (and a problem) if that would take too long or too much."""
    if why := why_too_much(entry.body):
        source.report(why, "divide it into several entries")
        return ""
    try:
        return escape_ampersands(to_html(entry.body, source.report))
    except NestingError:
        message = f"lists, quotes and notes stand in one another more than {MAX_NESTING} deep"
        source.report(message, "make them flatter")
        return ""
    except CrowdedError as error:
        text = str(error)
        message = f"a paragraph of {len(text):,} characters holds too many signs for its length"
        source.report(message, "divide it by blank lines", text.partition("\n")[0])
        return ""
    except Exception as error:  # noqa: BLE001 - The editor can act on it; a traceback helps nobody.
        reason = f"{type(error).__name__} in Python-Markdown"
        source.report(f"the answer cannot be read ({reason})", "make it simpler")
        return ""


def why_too_much(body: str) -> str:
    """Return why a body is not read, as reading it would take too long; "" if it would not."""
    lines = body.splitlines()
    cells = len(lines) * max((line.count("|") for line in lines), default=0)
    for count, unit, limit in (
        (len(body.encode()), "bytes", MAX_BODY_BYTES),
        (body.count("["), 'opening brackets "["', MAX_BRACKETS),
        (len(_MARK.findall(body)), r"marks (one of * _ ~ ` \ < &)", MAX_MARKS),
        (cells, 'possible cells (its lines times the most "|" in one)', MAX_CELLS),
    ):
        if count > limit:
            return f"the answer holds {count:,} {unit}, more than {limit:,}"
    return ""


def _why_removed(path: str, what: Removed) -> tuple[str, str]:
    """Return the message and the hint for what did not come through the wall."""
    if what.attribute:
        return _why_attribute_removed(path, what)
    if what.tag == "!--":
        return 'the comment "<!--" is not closed', 'end it with "-->"'
    if not what.tag[0].isalpha():
        return f'"<{what.tag}" is not HTML that an answer may hold', 'write "&lt;" for "<"'
    if what.tag in ALLOWED:
        return f"<{what.tag}> has no place where it stands", _BROKEN
    if what.tag not in ELEMENTS:
        return f"<{what.tag}> is no HTML", 'write "&lt;" for "<", or put it in backticks'
    return f"<{what.tag}> is not allowed in an answer", "write it in Markdown, or leave it out"


def _why_misplaced(element: Misplaced) -> tuple[str, str]:
    if element.hint:
        return f"<{element.tag}> is not made as HTML has it", element.hint
    return f"<{element.tag}> has no place where it stands", _BROKEN


def _why_attribute_removed(path: str, what: Removed) -> tuple[str, str]:
    if what.attribute == "class":
        hint = did_you_mean(what.value, CLASSES.get(what.tag, ())) or "leave it out"
        return f"<{what.tag}> may not have the class {quoted(what.value)}", hint
    if what.attribute not in ALLOWED[what.tag]:
        return f'"{what.attribute}" of <{what.tag}> is not allowed in an answer', "leave it out"
    if what.attribute in {"href", "src"}:
        try:
            target(path, what.tag, what.value.strip())
        except LinkError as error:
            return error.message, error.hint
    message = f'"{what.attribute}" of <{what.tag}> may not be {quoted(what.value)}'
    return message, VALUES[what.attribute][1] if what.attribute in VALUES else ""


def _traces(what: Removed) -> Iterator[str]:
    """Yield what to look for in the Markdown, the surest first."""
    if what.attribute in {"class", "href", "src"}:
        yield what.value
    if what.attribute:
        yield f"{what.attribute}="
    for end in (">", " ", "\n", "/", ""):
        yield f"<{what.tag}{end}"
