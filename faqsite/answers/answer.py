"""A Markdown file to an entry and its answer: safe HTML with symbolic links and ids, and text.

All of it depends on that file alone. `validate` knows the other entries, and checks the links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from faqsite.answers import sanitise
from faqsite.answers.allowlist import ALLOWED, CLASSES, ELEMENTS, NOTES, VALUES
from faqsite.answers.block import ExcessError
from faqsite.answers.dialect import to_html
from faqsite.answers.markdown_text import MarkdownText
from faqsite.answers.sanitise import Piece, Trait
from faqsite.answers.structure import MISPLACED, find_misplaced, has_nested_links
from faqsite.answers.symbolic import parts_of, text_of
from faqsite.answers.targets import LinkError, find_target
from faqsite.content.folder import parse_entry
from faqsite.content.yamltext import CONTROL
from faqsite.model.problems import Kind, Problem, Problems, did_you_mean, quoted
from faqsite.model.records import Answer, RawEntry

MAX_BODY_BYTES = 64_000
MAX_CELLS = 50_000
"""Each row of a table gets as many cells as the header."""
MAX_COPIED_CHARS = 1_000_000
"""An HTML parser opens unclosed tags again in each block: see `sanitise.count_copied_chars`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """The entry in a Markdown file, its answer, and the problems of both."""

    raw: RawEntry | None
    """None if the file is not an entry."""
    answer: Answer | None
    """None for a draft."""
    problems: tuple[Problem, ...]


Read = Callable[[str, bytes], ReadEntry]
"""`read_entry`, or the same function with a memory, such as `lru_cache(read_entry)`."""


def read_entry(path: str, content: bytes) -> ReadEntry:
    """Return the entry in a Markdown file, which depends on its path and its bytes alone."""
    problems = Problems()
    raw = parse_entry(content, path, problems)
    if not raw or raw.draft:
        return ReadEntry(raw=raw, answer=None, problems=tuple(problems.found))
    answer, found = make_answer(raw)
    return ReadEntry(raw=raw, answer=answer, problems=(*problems.found, *found))


def make_answer(entry: RawEntry) -> tuple[Answer, tuple[Problem, ...]]:
    """Return the answer of an entry and its problems; the HTML is safe in any case."""
    markdown = MarkdownText(entry)
    html = ""
    written: tuple[Piece, ...] = ()
    try:
        html, written = _read(entry.body, markdown)
    except ExcessError as error:
        unit, *explained = error.args
        markdown.report(Kind.LIMIT_EXCEEDED, *explained, about=(unit,))
    except Exception as error:  # noqa: BLE001 - An editor cannot act on a traceback.
        fact = f"Python-Markdown cannot read the answer ({type(error).__name__})"
        markdown.report(Kind.UNREADABLE_ANSWER, fact, "simplify it")
    safe = sanitise.clean(html)
    pieces = written if safe == html else tuple(sanitise.split_html(safe))
    _report_removed(sanitise.find_removed(written, pieces), markdown)
    if control := CONTROL.search(safe):
        fact = f"the answer contains the control character U+{ord(control[0]):04X}"
        needle = f"&#{ord(control[0])};"
        markdown.report(
            Kind.INVISIBLE_TEXT, fact, f"delete {needle}", needle[:-1], "&#", about=(control[0],)
        )
    if has_nested_links(written):
        fact, hint = "a link is inside another link", "end the first before the second begins"
        markdown.report(Kind.FORBIDDEN_HTML, fact, hint, "<a", about=("a",))
    for tag, fact, hint in find_misplaced(pieces):
        where = _traces((tag, "", ""))
        markdown.report(Kind.FORBIDDEN_HTML, f"<{tag}> {fact}", hint, *where, about=(tag,))
    answer = Answer(parts=parts_of(pieces, markdown), text=text_of(pieces))
    return answer, tuple(dict.fromkeys(markdown.problems))


def _read(body: str, markdown: MarkdownText) -> tuple[str, tuple[Piece, ...]]:
    """Return the HTML of a body, not safe yet, and its pieces; raise ExcessError."""
    if excess := find_excess(body):
        raise ExcessError(*excess, "split it into several entries", "")

    def report(fact: str, hint: str, needle: str, *, is_advice: bool = False) -> None:
        about = (needle,)
        markdown.report(Kind.BROKEN_MARKUP, fact, hint, needle, about=about, is_advice=is_advice)

    html = sanitise.escape_ampersands(to_html(body, report))
    written = tuple(sanitise.split_html(html))
    if sanitise.count_copied_chars(written) > MAX_COPIED_CHARS:
        fact = "tags such as <b> stay open across several blocks"
        raise ExcessError("tags", fact, "close each in the block where it starts", "<b>")
    return html, written


def find_excess(body: str) -> tuple[str, str] | None:
    """Return the unit that a body has too much of to be read in time, and a fact, or None."""
    lines = body.splitlines()
    cells = len(lines) * max((line.count("|") for line in lines), default=0)
    for count, unit, limit in (
        (len(body.encode()), "bytes", MAX_BODY_BYTES),
        (cells, 'possible table cells (its lines times the most "|" in one)', MAX_CELLS),
    ):
        if count > limit:
            return unit, f"the answer has {count:,} {unit}, more than {limit:,}"
    return None


def _report_removed(removed: Iterable[Trait], markdown: MarkdownText) -> None:
    """Report what the wall removed; a line of HTML from another program is one problem."""
    lines: defaultdict[int, list[Trait]] = defaultdict(list)
    for trait in dict.fromkeys(removed):
        lines[markdown.line(*_traces(trait))].append(trait)
    for line, found in lines.items():
        # People do not write such HTML.
        is_foreign = any(tag == "font" or ":" in tag or name == "style" for tag, name, _ in found)
        if is_foreign and len(found) > 1:
            fact = "this line is HTML from another program"
            hint = "paste as plain text (Ctrl+Shift+V)"
            markdown.report(Kind.FORBIDDEN_HTML, fact, hint, *_traces(found[0]), about=found[0][:1])
            markdown.reported.add(line)
        for trait in found:
            kind, fact, hint = _explain(trait, markdown)
            is_link = kind is Kind.DEAD_LINK
            about = (trait[2].strip(),) if is_link else tuple(filter(None, trait))
            markdown.report(kind, fact, hint, *_traces(trait), about=about)


def _explain(trait: Trait, markdown: MarkdownText) -> tuple[Kind, str, str]:
    """Return the kind, fact and hint for something that the wall removed."""
    tag, attribute, _ = trait
    if attribute:
        return _explain_attribute(trait, markdown)
    if tag == "!--":
        return Kind.BROKEN_MARKUP, 'the comment "<!--" is not closed', 'end it with "-->"'
    if not tag[0].isalpha():
        fact = f'"<{tag}" is not allowed in an answer'
        return Kind.BROKEN_MARKUP, fact, "write &lt; instead of <"
    if tag in ALLOWED:
        fact, hint = f"<{tag}> {MISPLACED[0]}", MISPLACED[1]
    elif tag in ELEMENTS:
        fact, hint = f"<{tag}> is not allowed in an answer", "use Markdown, or remove it"
    else:
        fact, hint = f"<{tag}> is not HTML", "put it in backticks, or write &lt; instead of <"
    return Kind.FORBIDDEN_HTML, fact, hint


def _explain_attribute(trait: Trait, markdown: MarkdownText) -> tuple[Kind, str, str]:
    tag, attribute, value = trait
    if attribute in {"href", "src"} & ALLOWED[tag]:
        try:
            find_target(markdown.path, tag, value.strip())
        except LinkError as error:
            return Kind.DEAD_LINK, *error.args
    if attribute == "class" and markdown.has(f"!!! {value}", f"!!!{value}", f"[!{value}]"):
        fact = f"there is no kind of note called {quoted(value)}"
        hint = did_you_mean(value, NOTES) or f"use one of {', '.join(sorted(NOTES))}"
    elif attribute == "class":
        fact = f"<{tag}> may not have the class {quoted(value)}"
        hint = did_you_mean(value, CLASSES.get(tag, ())) or "remove it"
    elif attribute in ALLOWED[tag]:
        fact = f'"{attribute}" of <{tag}> cannot be {quoted(value)}'
        hint = VALUES[attribute][1] if attribute in VALUES else "correct it, or remove it"
    else:
        fact, hint = f'<{tag}> may not have "{attribute}"', "remove it"
    return Kind.FORBIDDEN_HTML, fact, hint


def _traces(trait: Trait) -> Iterator[str]:
    """Yield the texts to look for in the Markdown, the most precise first."""
    tag, attribute, value = trait
    if attribute in {"class", "href", "src"}:
        yield value
    if attribute:
        yield from (f"{attribute}{sign}{value}" for sign in ('="', "='", "="))
        yield f"{attribute}="
    for end in (">", " ", "\n", "/", ""):
        yield f"<{tag}{end}"
