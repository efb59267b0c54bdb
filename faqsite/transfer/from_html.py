"""A page of questions: those marked as `FAQPage` for search engines, and those that it shows."""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import escape

from bs4 import BeautifulSoup, UnicodeDammit
from bs4.exceptions import ParserRejectedMarkup

from faqsite.transfer.article import ImportSource, SourceError, make_article
from faqsite.transfer.dividing import Found, asks, divide_page, text_of
from faqsite.transfer.from_json import find_questions, parse_question

MAX_HTML_CHARS = 2_000_000
"""A tag of seven characters takes a thousand bytes in the tree."""
MAX_LOOKED_AT_CHARS = 25_000_000
"""Python's parser searches for the ">" of each unclosed tag to the end; this takes a second."""

# What a parser reads as a tag, but without a ">" before the next tag.
_UNCLOSED = re.compile(r"<[a-zA-Z/!?][^<>]*+(?=<|\Z)")
# A browser reads a comment here, as after "<?"; the parser would drop the rest of the page.
_ODD_COMMENT = re.compile(r"<!\[(?=[^>]*>)")
# "<" in a script does not begin a tag.
_SCRIPT = re.compile(r"<script\b[^<>]*>.*?(?=</script\b|\Z)", re.IGNORECASE | re.DOTALL)
_SAVE_AGAIN = "save the page again"
_UNREADABLE = "replaced unreadable characters by \ufffd; save the page as UTF-8"
# Beautiful Soup would report the same in its own words.
logging.getLogger("bs4").addHandler(logging.NullHandler())


def parse_html(html: str) -> BeautifulSoup:
    """Return the tree of some HTML. Raises SourceError."""
    if len(html) > MAX_HTML_CHARS:
        fact = f"the HTML has {len(html):,} characters; the limit is {MAX_HTML_CHARS:,}"
        raise SourceError(fact, _SAVE_AGAIN)
    unclosed = len(_UNCLOSED.findall(_SCRIPT.sub("", html)))
    if unclosed * len(html) > MAX_LOOKED_AT_CHARS:
        raise SourceError(f'{unclosed:,} tags are not closed by ">"', _SAVE_AGAIN)
    with warnings.catch_warnings():
        # Beautiful Soup warns if the text could be XML, an address, or a file name.
        warnings.simplefilter("ignore")
        try:
            readable = _ODD_COMMENT.sub("<?[", html).replace("<![", "&lt;![")
            return BeautifulSoup(readable, "html.parser")
        except ParserRejectedMarkup:
            raise SourceError("the HTML is not readable", _SAVE_AGAIN) from None


def read_html(content: bytes) -> ImportSource:
    """Return the questions of a page, and the text outside of them. Raises SourceError."""
    try:
        page = UnicodeDammit(content, is_html=True)
        soup = parse_html(page.unicode_markup or "")
        found = list(_find_json(soup))
        marked, left_out = divide_page(soup)
    except (RecursionError, ValueError, AssertionError):
        raise SourceError("the HTML is not readable", _SAVE_AGAIN) from None
    known = {_fold(each.question): each for each in found}
    for each in marked:
        if twin := known.get(_fold(each.question)):
            twin.category = each.category
        elif asks(each.question) or not known:
            found.append(each)
        else:
            answer = text_of(parse_html(each.html))
            left_out.append((each.category or each.question, f"{each.question} {answer}"))
    if not found:
        raise SourceError(
            "found no questions: no FAQPage, <details>, <dl>, or heading with a question mark",
            "make each question a heading that ends with a question mark",
        )

    def write_refused(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        blocks = ['<meta charset="utf-8">']
        for number, reason in refused.items():
            blocks.append(f"<!-- {reason.replace('--', '- -')} -->\n{_write(found[number])}\n")
        return {"": "\n".join(blocks).encode()}

    return ImportSource(
        articles=tuple(
            make_article(
                {
                    "question": each.question,
                    "answer": each.html,
                    "category": [each.category],
                    "also_asked": list(each.also_asked),
                },
                place=f"question {number}",
                kind="html",
            )
            for number, each in enumerate(found, start=1)
        ),
        write_refused=write_refused,
        advice=(_UNREADABLE,) if page.contains_replacement_characters else (),
        left_out=tuple(left_out),
    )


def _write(found: Found) -> str:
    """Return the HTML of a question, which reads the same when it is imported."""
    heading = f"<h2>{escape(found.category)}</h2>\n" if found.category else ""
    # Parsing closes each tag and comment, which would swallow the next question.
    answer = parse_html(found.html)
    if found.also_asked:
        asked = (found.question, *found.also_asked)
        terms = "".join(f"<dt>{escape(each)}</dt>" for each in asked)
        return f"{heading}<dl>{terms}<dd>{answer}</dd></dl>"
    summary = f"<summary>{escape(found.question)}</summary>"
    return f"{heading}<details>{summary}\n{answer}\n</details>"


def _find_json(soup: BeautifulSoup) -> Iterator[Found]:
    for script in soup.find_all("script", type="application/ld+json"):
        with suppress(ValueError, RecursionError):
            parsed = json.loads(script.get_text(), strict=False)
            for values in map(parse_question, find_questions(parsed)):
                question = text_of(parse_html(str(values["question"] or "")))
                yield Found(question, str(values["answer"]))


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
