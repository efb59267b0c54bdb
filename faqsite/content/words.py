"""The words of the interface: those of `templates/words.yaml`, and those that an owner changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from faqsite.content.fields import Fields, parse_fields
from faqsite.content.prose import read_prose
from faqsite.content.text import PLACEHOLDER, decode_text
from faqsite.model.problems import Kind, Problems, TemplateError
from faqsite.system.files import MAX_TEXT_BYTES, read_within

_WORDS_FILE = "words.yaml"


def load_words(templates: Path) -> Mapping[str, str]:
    """Return the words in a folder of templates by their keys.

    Raises TemplateError, with file and lines, if the file is missing or wrong.
    """
    problems = Problems()
    words = {}
    try:
        content = read_within(templates, templates / _WORDS_FILE, MAX_TEXT_BYTES)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        problems.add(_WORDS_FILE, 0, Kind.MISSING_FILE, message, "", _WORDS_FILE)
    else:
        text = decode_text(content, _WORDS_FILE, problems) or ""
        fields = parse_fields(text, path=_WORDS_FILE, keys=None, problems=problems)
        words = {key: fields.text(key) for key in fields.values}
        for key, word in words.items():
            _check_braces(fields, key, word)
    if problems.found:
        raise TemplateError(
            "\n".join(problem.describe("templates") for problem in sorted(problems.found))
        )
    return words


def read_words(fields: Fields, originals: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the words that an owner changes, checked to have the placeholders of the originals."""
    words = {key: text for key in sorted(fields.values) if (text := read_prose(fields, key))}
    for key, text in words.items():
        original = originals[key]
        hint = f'the original is "{original}"'
        expected, given = (set(PLACEHOLDER.findall(each)) for each in (original, text))
        fields.check_placeholders(key, expected, hint)
        for name in sorted(expected - given):
            message = f'"{key}" must contain {{{name}}}'
            fields.report(text.line, Kind.WRONG_PLACEHOLDER, message, hint, key, name)
        if key == "months" and text.count(",") != original.count(","):
            message = f'"months" must have {original.count(",") + 1} names, separated by commas'
            fields.report(text.line, Kind.WRONG_VALUE, message, hint, key)
        _check_braces(fields, key, text)
    return tuple(words.items())


def _check_braces(fields: Fields, key: str, word: str) -> None:
    """Report a brace that belongs to no placeholder."""
    if set("{}") & set(PLACEHOLDER.sub("", word)):
        message = f'"{key}" has a brace that belongs to no placeholder'
        hint = "write a placeholder as a name in braces, such as {query}"
        fields.report(fields.values[key].line, Kind.WRONG_PLACEHOLDER, message, hint, key)
