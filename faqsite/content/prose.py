"""Questions, titles and other prose in a file of keys, with advice on what looks like a slip.

Such a text is shown as it is, and nearly anything can be meant, so none of this is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faqsite.content.fields import Fields
from faqsite.content.hints import hint_lines
from faqsite.content.text import strip_hidden, strip_markup
from faqsite.content.yamltext import format_value
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, shortened

_MAX_CHARS = {"question": 200, "title": 100}
"""What is plenty for a heading, by its key."""
_IN_QUOTES = re.compile(
    "[\u201c\u201e\u00ab\u2018\u201a]([^\u201c-\u201e\u00ab\u00bb]+)[\u201c\u201d\u00bb\u2018\u2019]"
)
# "Paid on the last Friday." and "It is paid. On Fridays", but not "Is it paid? And when?", "What is
# Example Inc." or "Pay, shifts, etc."
_STATEMENT = re.compile(
    r"(?:\S+ ){3}.*(?<=[^\W\d_A-Z]{3})(?<!\betc)[.!\u3002]"
    r"|[^?\uff1f]*[^\W\d_A-Z]{3}[.!] [^?\uff1f]+"
)

_CERTAIN = re.compile(r"[\u2022|]|(?<!\S)\u00b7(?!\S)|(?<=[?\uff1f]) *[,;/]")
_COMMA = re.compile(r"[,\u3001\uff0c](?![0-9])")
# What can separate phrases, and from how many phrases on it does.
_SEPARATORS = (
    (_CERTAIN, 2),
    (re.compile(r"(?<=\w{3});|;(?=\s)|\uff1b"), 2),
    (re.compile(r"(?<!\S)[/\u2013\u2014-](?!\S)"), 3),
    (_COMMA, 3),
)
_MAX_PHRASE_WORDS = 3
_END_OF_SENTENCE = re.compile(r"(?:and|or|und|oder|et|ou|&) .*|.*[.!?\uff1f]", re.IGNORECASE)


def read_prose(fields: Fields, name: str) -> Text:
    """Return a text on one line, with advice on it."""
    text = fields.text(name)
    advise_prose(fields, name, text)
    return text


def read_phrases(fields: Fields, name: str) -> tuple[Text, ...]:
    """Return phrases, with advice on them, and on those that look like several."""
    texts = fields.texts(name)
    for text in texts:
        is_beside = len(texts) == 1 and fields.values[name].shown == text
        if phrases := split_phrases(text, is_beside=is_beside):
            message = f'"{name}" has "{shortened(text)}" as a single phrase'
            fields.advise(text.line, Kind.WRONG_VALUE, message, hint_lines(phrases), name)
        else:
            advise_prose(fields, name, text, "- ")
    return texts


def advise_prose(fields: Fields, name: str, text: Text, prefix: str | None = None) -> None:
    """Give advice on a text, with the text to write after its key, or after a prefix."""
    for kind, fact, hint in _find_slips(name, text, f"{name}: " if prefix is None else prefix):
        fields.advise(text.line, kind, f'"{name}" {fact}', hint, name)


def _find_slips(name: str, text: str, prefix: str) -> Iterator[tuple[Kind, str, str]]:
    visible = strip_hidden(text)
    plain = strip_markup(visible)
    quoted = _IN_QUOTES.fullmatch(plain)
    meant = quoted[1] if quoted else plain
    hint = "" if meant == text else f"write {prefix}{format_value(meant)}"
    if visible != text:
        at = next(at for at, each in enumerate(text) if visible[at : at + 1] != each)
        where = f'after "{text[:at][-20:]}"' if at else "at its start"
        fact = f"contains the invisible character U+{ord(text[at]):04X} {where}"
        yield Kind.INVISIBLE_TEXT, fact, hint
    if plain != visible:
        yield Kind.WRONG_VALUE, "is plain text, in which Markdown and HTML do nothing", hint
    if quoted:
        yield Kind.WRONG_VALUE, "would be shown with its quotes", hint
    if len(text) > (most := _MAX_CHARS.get(name, len(text))):
        yield Kind.LIMIT_EXCEEDED, f"is {len(text)} characters long", f"shorten it to about {most}"
    elif text and not any(map(str.isalnum, text)):
        yield Kind.WRONG_VALUE, "has no letter or digit", f"write {prefix}\u2026"
    elif name == "question" and _STATEMENT.fullmatch(plain):
        hint = "ask it as a reader would, and write the answer below the second ---"
        yield Kind.WRONG_VALUE, "reads like an answer", hint


def split_phrases(text: str, *, is_beside: bool) -> list[str]:
    """Return the phrases in a text that looks like a list of them; none for any other.

    A text that `is_beside` its key may be a list that should be below it.

    >>> split_phrases("car park; bikes", is_beside=False)
    ['car park', 'bikes']
    >>> split_phrases("If I am late, what then?", is_beside=True)
    []
    """
    for separator, least in _SEPARATORS:
        phrases = [each.strip() for each in separator.split(text) if each.strip()]
        if len(phrases) < least - (is_beside and separator is _COMMA):
            continue
        is_sentence = _END_OF_SENTENCE.fullmatch(phrases[-1]) is not None
        if separator is _COMMA:
            is_sentence |= any(len(each.split()) > _MAX_PHRASE_WORDS for each in phrases)
        if separator is _CERTAIN or not is_sentence:
            return phrases
    return []
