"""The sentences that pages say: those of the templates, and those that an owner says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from faqsite.content.fields import Fields, parse_fields
from faqsite.content.text import PLACEHOLDER, decode_text
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problems, TemplateError
from faqsite.system.files import MAX_TEXT_BYTES, read_within

_SENTENCES_FILE = "words.yaml"


def load_words(templates: Path) -> Mapping[str, str]:
    """Return the sentences of `words.yaml` in a folder of templates by their keys.

    Raises TemplateError, with file and lines, if the file is missing or wrong.
    """
    problems = Problems()
    sentences: dict[str, str] = {}
    try:
        content = read_within(templates, templates / _SENTENCES_FILE, MAX_TEXT_BYTES)
    except OSError as error:
        hint = "" if isinstance(error, FileNotFoundError) else str(error.strerror)
        message = "the file is missing, or cannot be read"
        problems.add(_SENTENCES_FILE, 0, Kind.MISSING_FILE, message, hint, _SENTENCES_FILE)
    else:
        text = decode_text(content, _SENTENCES_FILE, problems) or ""
        fields = parse_fields(text, path=_SENTENCES_FILE, keys=None, problems=problems)
        sentences = {key: fields.text(key) for key in fields.values}
        for key, sentence in sentences.items():
            _check_braces(fields, key, sentence)
    if problems.found:
        raise TemplateError(
            "\n".join(problem.describe("templates") for problem in sorted(problems.found))
        )
    return sentences


def read_words(fields: Fields, sentences: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the sentences that are said otherwise, checked to hold what the original holds."""
    said = [(key, fields.text(key)) for key in sorted(fields.values)]
    for key, text in said:
        if text:
            _check_sentence(fields, key, text, sentences[key])
    return tuple((key, text) for key, text in said if text)


def _check_sentence(fields: Fields, key: str, text: Text, original: str) -> None:
    """Note where a sentence lacks a placeholder of the original one, or has another."""
    expected, given = (set(PLACEHOLDER.findall(each)) for each in (original, text))
    hint = f'the original is "{original}"'
    fields.check_placeholders(key, text, expected, hint)
    for name in sorted(expected - given):
        message = f'"{key}" lacks {{{name}}}'
        fields.report(text.line, Kind.WRONG_PLACEHOLDER, message, hint, key, name)
    if key == "months" and text.count(",") != original.count(","):
        message = '"months" must name as many months as there are'
        fields.report(text.line, Kind.WRONG_VALUE, message, hint, key)
    _check_braces(fields, key, text)


def _check_braces(fields: Fields, key: str, sentence: str) -> None:
    """Note a brace that belongs to no placeholder."""
    if set("{}") & set(PLACEHOLDER.sub("", sentence)):
        message = f'a brace in "{key}" belongs to no placeholder'
        hint = "a placeholder is a name in braces, as in {query}"
        fields.report(fields.values[key].line, Kind.WRONG_PLACEHOLDER, message, hint, key)
