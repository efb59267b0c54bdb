"""The Markdown of an entry to its answer: safe HTML, links and ids still symbolic, and its words.

All of it is a function of the entry alone. Whether a link's target exists is
for `validate` to tell, who knows the other entries.
"""

from __future__ import annotations

from collections.abc import Iterator

from faqsite.answers.allowlist import ALLOWED, CLASSES, ELEMENTS, VALUES
from faqsite.answers.blocks import ExcessError
from faqsite.answers.dialect import to_html
from faqsite.answers.sanitise import (
    Removed,
    chars_to_copy,
    clean,
    escape_ampersands,
    removed,
    tokens,
)
from faqsite.answers.source import Source
from faqsite.answers.structure import Misplaced, misplaced
from faqsite.answers.symbolic import parts_of, words_of
from faqsite.answers.targets import LinkError, target
from faqsite.content.yamltext import CONTROL
from faqsite.model.problems import Kind, Problem, did_you_mean, quoted
from faqsite.model.records import Answer, RawEntry

MAX_BODY_BYTES = 64_000
MAX_BRACKETS = 500
"""Python-Markdown looks from each "[" to the end: 20,000 of them take more than a minute."""
MAX_CELLS = 50_000
"""Python-Markdown gives each row of a table as many cells as the first has."""
MAX_COPIED_CHARS = 1_000_000
"""An HTML parser opens unclosed tags again in each block: see `sanitise.chars_to_copy`."""

_BROKEN = "check the tags and quotes around it"


def make_answer(entry: RawEntry) -> tuple[Answer, tuple[Problem, ...]]:
    """Return the answer of an entry and what is wrong with it; its HTML is safe in any case."""
    source = Source(entry)
    html = _to_html(entry, source)
    written = tuple(tokens(html))
    if chars_to_copy(written) > MAX_COPIED_CHARS:
        message = "tags such as <b> stay open over many blocks"
        source.report(Kind.LIMIT_EXCEEDED, message, "close each where it began", about=("tags",))
        html, written = "", ()
    safe = clean(html)
    pieces = written if safe == html else tuple(tokens(safe))
    for what in dict.fromkeys(removed(written, pieces)):
        source.report(*_why_removed(source.path, what), *_traces(what), about=_about(what))
    if control := CONTROL.search(safe):
        message = f"the answer holds the control character U+{ord(control[0]):04X}"
        hint, written_as = "take the reference to it out", f"&#{ord(control[0])}"
        source.report(Kind.INVISIBLE_TEXT, message, hint, written_as, "&#", about=(control[0],))
    for each in misplaced(pieces):
        traces = _traces(Removed(tag=each.tag))
        source.report(Kind.FORBIDDEN_HTML, *_why_misplaced(each), *traces, about=(each.tag,))
    answer = Answer(parts=parts_of(pieces, source), text=words_of(pieces))
    return answer, tuple(dict.fromkeys(source.problems.found))


def _to_html(entry: RawEntry, source: Source) -> str:
    """Return the HTML of the body, "" (and a problem) if that would take too long or too much."""
    if excess := find_excess(entry.body):
        unit, message = excess
        hint = "divide it into several entries"
        source.report(Kind.LIMIT_EXCEEDED, message, hint, about=(unit,))
        return ""

    def report(message: str, hint: str, needle: str) -> None:
        source.report(Kind.BROKEN_MARKUP, message, hint, needle, about=(needle,))

    try:
        return escape_ampersands(to_html(entry.body, report))
    except ExcessError as error:
        about = (error.unit,)
        source.report(Kind.LIMIT_EXCEEDED, error.fact, error.hint, error.needle, about=about)
        return ""
    except Exception as error:  # noqa: BLE001 - The editor can act on it; a traceback helps nobody.
        message = f"the answer cannot be read ({type(error).__name__} in Python-Markdown)"
        source.report(Kind.UNREADABLE_ANSWER, message, "make it simpler")
        return ""


def find_excess(body: str) -> tuple[str, str] | None:
    """Return what a body has too much of to be read in time, and a message; None if nothing."""
    lines = body.splitlines()
    cells = len(lines) * max((line.count("|") for line in lines), default=0)
    for count, unit, limit in (
        (len(body.encode()), "bytes", MAX_BODY_BYTES),
        (body.count("["), 'opening brackets "["', MAX_BRACKETS),
        (cells, 'possible cells (its lines times the most "|" in one)', MAX_CELLS),
    ):
        if count > limit:
            return unit, f"the answer holds {count:,} {unit}, more than {limit:,}"
    return None


def _why_removed(path: str, what: Removed) -> tuple[Kind, str, str]:
    """Return the kind, the message and the hint for what did not come through the wall."""
    if what.attribute:
        return _why_attribute_removed(path, what)
    if what.tag == "!--":
        return Kind.BROKEN_MARKUP, 'the comment "<!--" is not closed', 'end it with "-->"'
    if not what.tag[0].isalpha():
        message = f'"<{what.tag}" is not HTML that an answer may hold'
        return Kind.BROKEN_MARKUP, message, 'write "&lt;" for "<"'
    message = f"<{what.tag}> is not allowed in an answer"
    hint = "write it in Markdown, or leave it out"
    if what.tag in ALLOWED:
        message, hint = f"<{what.tag}> has no place where it stands", _BROKEN
    elif what.tag not in ELEMENTS:
        message, hint = f"<{what.tag}> is no HTML", 'write "&lt;" for "<", or put it in backticks'
    return Kind.FORBIDDEN_HTML, message, hint


def _why_misplaced(element: Misplaced) -> tuple[str, str]:
    if element.hint:
        return f"<{element.tag}> is not made as HTML has it", element.hint
    return f"<{element.tag}> has no place where it stands", _BROKEN


def _why_attribute_removed(path: str, what: Removed) -> tuple[Kind, str, str]:
    if what.attribute == "class":
        hint = did_you_mean(what.value, CLASSES.get(what.tag, ())) or "leave it out"
        message = f"<{what.tag}> may not have the class {quoted(what.value)}"
        return Kind.FORBIDDEN_HTML, message, hint
    if what.attribute not in ALLOWED[what.tag]:
        message = f'"{what.attribute}" of <{what.tag}> is not allowed in an answer'
        return Kind.FORBIDDEN_HTML, message, "leave it out"
    if what.attribute in {"href", "src"}:
        try:
            target(path, what.tag, what.value.strip())
        except LinkError as error:
            return Kind.DEAD_LINK, error.message, error.hint
    message = f'"{what.attribute}" of <{what.tag}> may not be {quoted(what.value)}'
    hint = VALUES[what.attribute][1] if what.attribute in VALUES else ""
    return Kind.FORBIDDEN_HTML, message, hint


def _about(what: Removed) -> tuple[str, ...]:
    """Return what a problem with it is about: of a link the address, else tag and attribute."""
    if what.attribute in {"href", "src"}:
        return (what.value.strip(),)
    return tuple(filter(None, (what.tag, what.attribute, what.value)))


def _traces(what: Removed) -> Iterator[str]:
    """Yield what to look for in the Markdown, the surest first."""
    if what.attribute in {"class", "href", "src"}:
        yield what.value
    if what.attribute:
        yield f"{what.attribute}="
    for end in (">", " ", "\n", "/", ""):
        yield f"<{what.tag}{end}"
