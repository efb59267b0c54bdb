"""Answers: whatever an author writes, they are safe and lose no word without a problem."""

from __future__ import annotations

import re
from itertools import count

from hypothesis import given

from faqsite.answers.allowlist import ALLOWED, CLASSES
from faqsite.answers.sanitise import Tag, clean, escape_ampersands, find_removed, split_html
from faqsite.answers.symbolic import text_of
from faqsite.content.yamltext import CONTROL
from faqsite.model.records import Answer, HeadingLevel
from faqsite.transfer.foreign import translate
from faqsite.transfer.from_html import parse_html
from faqsite.transfer.to_markdown import from_html, from_text, plain_text
from tests.support.answers import BODY_LINE, answer_of, shown

from .texts import BLOCKS, HTML, MARKDOWN, MDX, PLAIN, REPEATED, WORD, check_messages

# Elements without text for a reader, or whose address becomes text.
_WORDLESS = re.compile(
    "<(?:audio|embed|head|iframe|img|noscript|script|source|style|template|textarea|title|video)",
    re.IGNORECASE,
)
_TEXT = re.compile(r"(?<![<\w])text\b")
_OWN_CLASSES = {"align-left", "align-center", "align-right", "bare"}


def hazards(answer: Answer) -> list[str]:
    """Return the tags and attributes that an answer has but may not have."""
    html = "".join("x" if isinstance(part, HeadingLevel) else shown(part) for part in answer.parts)
    html = html.replace("<hx", "<h2").replace("</hx", "</h2")
    found = []
    for tag in split_html(html):
        if not isinstance(tag, Tag):
            continue
        known = ALLOWED.get(tag.name, frozenset()) - {"align"}
        for name, value in tag.attributes:
            classes = _OWN_CLASSES | CLASSES.get(tag.name, set())
            is_safe = (
                name in known
                or (name, value) == ("tabindex", "0")
                or name == "rel"
                or (name == "class" and {*value.split()} <= classes)
            )
            if name in {"href", "src"}:
                is_safe = bool(re.match(r"(?:https?://|mailto:|tel:|\{)", value, re.IGNORECASE))
            if not is_safe:
                found.append(f"{tag.name} {name}={value}")
        if tag.name not in ALLOWED:
            found.append(tag.name)
    return found


@given(MARKDOWN)
def test_any_markdown_gives_a_safe_answer_and_problems_on_its_lines(body: str) -> None:
    answer, problems = answer_of(body)
    assert hazards(answer) == []
    assert len(set(answer.ids)) == len(list(answer.ids))
    assert all(re.fullmatch(r"(?:\w|-(?!-))+", name) and "_" not in name for name in answer.ids)
    assert all(not link.path.startswith(("..", "/")) for link in answer.links)
    last_line = BODY_LINE + body.count("\n")
    assert all(BODY_LINE <= problem.line <= last_line for problem in problems)
    check_messages(problems)
    assert (answer, problems) == answer_of(body)


@given(REPEATED)
def test_any_repeated_text_gives_a_safe_answer_or_a_problem(body: str) -> None:
    answer, problems = answer_of(body)
    assert hazards(answer) == []
    check_messages(problems)


def _numbered(text: str) -> str:
    """Return a text in which each WORD is another word."""
    numbers = count(1)
    return re.sub(WORD, lambda _: f"wo{next(numbers)}rd", text)


@given(BLOCKS.map(_numbered))
def test_an_answer_loses_no_word_without_a_problem(body: str) -> None:
    answer, problems = answer_of(body)
    shown_text = "".join(map(str, answer.parts))
    lost = [word for word in re.findall(r"wo\d+rd", body) if word not in shown_text]
    assert any(not problem.is_advice for problem in problems) or not lost, lost


@given(HTML)
def test_sanitised_html_is_allowed_and_sanitising_it_again_changes_nothing(
    html: str,
) -> None:
    safe = clean(html)
    assert list(find_removed(split_html(safe), split_html(clean(safe)))) == []
    for tag in split_html(safe):
        assert isinstance(tag, str) or tag.name in ALLOWED
        assert not isinstance(tag, str) or not re.search(r"<[a-z!?/]", tag, re.IGNORECASE)
    list(split_html(html))
    assert escape_ampersands(escape_ampersands(html)) == escape_ampersands(html)


def _squeezed(text: str) -> str:
    return "".join(text.split())


@given(HTML)
def test_html_becomes_markdown_with_the_same_words(html: str) -> None:
    html = CONTROL.sub("", html)
    markdown = from_html(html)
    answer_of(markdown)
    if not _WORDLESS.search(html):
        words = text_of(tuple(split_html(clean(str(parse_html(html))))))
        assert _squeezed(plain_text(markdown)) == _squeezed(words)


@given(PLAIN)
def test_plain_text_becomes_markdown_with_the_same_words(text: str) -> None:
    text = CONTROL.sub("", text)  # An import drops these first.
    assert _squeezed(plain_text(from_text(text))) == _squeezed(text)


@given(MDX)
def test_markdown_of_another_generator_loses_no_word_without_a_problem(text: str) -> None:
    found = translate(text)
    assert all(fault.message.strip() for fault in found.problems)
    is_whole = len(_TEXT.findall(found.markdown)) >= len(_TEXT.findall(text))
    assert is_whole or found.advice or found.problems
