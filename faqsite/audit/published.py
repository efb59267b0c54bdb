"""What was published before, as its faq.json lists it, and which of its pages are gone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from faqsite.audit.near import near_texts
from faqsite.audit.queries import key_of
from faqsite.model.problems import Kind, Problem, note, quoted
from faqsite.model.records import Faq, RawContent, RawEntry
from faqsite.model.urls import address_of
from faqsite.pages.metadata import FORMAT

_LEAST_OF_MOVED = 0.7
"""The cosine from which two answers count as the same one, rewritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """The page of an entry or a category as it was published."""

    address: str
    title: str
    answer: str | None = None
    """None for a category."""


def parse_published(content: bytes) -> tuple[PublishedPage, ...]:
    """Return the pages in a faq.json; raise ValueError if it is not one, or of another format."""
    try:
        site = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    try:
        if site["format"] != FORMAT:
            raise ValueError(f'its "format" is not {FORMAT}')
        pages = [(each["url"], each["title"], None) for each in site["categories"]]
        pages += [
            (each["url"], each["question"], each["answer"]["text"]) for each in site["entries"]
        ]
    except (TypeError, LookupError) as error:
        raise ValueError("it is not the faq.json of a FAQ") from error
    return tuple(
        PublishedPage(address=unquote(str(url)), title=str(title), answer=answer and str(answer))
        for url, title, answer in pages
    )


def find_gone(
    published: Iterable[PublishedPage], content: RawContent, faq: Faq, addresses: Iterable[str]
) -> Iterator[Problem]:
    """Yield each published page that is gone: a problem if an entry asks the same, or advice."""
    present = {address.casefold() for address in addresses}
    gone = [page for page in published if page.address.casefold() not in present]
    entries = {entry.path: entry for entry in content.entries if not entry.draft}
    drafts = {address_of(entry.path): entry.path for entry in content.entries if entry.draft}
    asked = _by_words([*entries.values()])
    answers = {entry.path: entry.answer.text for entry in faq.top.all_entries} if gone else {}
    texts = [page.answer or "" for page in gone]
    alike = near_texts(texts, [*answers.values()], faq.settings.language, _LEAST_OF_MOVED)
    for page, near in zip(gone, alike, strict=True):
        fact = f"the page {quoted(page.address)} ({quoted(page.title)}) is gone"
        if page.answer is None:
            fact = f"the category {quoted(page.title)} at {quoted(page.address)} is gone"
            hint = f"to redirect it to an entry, add there: {_moved_from(page)}"
            yield note("", 0, Kind.GONE_PAGE, fact, hint, page.address, is_advice=True)
        elif same := asked.get(key_of(page.title)):
            yield _moved(page, same, f"{fact}, and this entry asks the same")
        elif near:
            entry = entries[[*answers][near[0]]]
            fact = f"{fact}, and this entry answers almost the same"
            yield _moved(page, entry, fact, doubt="if it replaces the page, ")
        else:
            path, hint = drafts.get(page.address, ""), "if you removed it on purpose, ignore this"
            yield note(path, 0, Kind.GONE_PAGE, fact, hint, page.address, is_advice=True)


def _moved(page: PublishedPage, entry: RawEntry, fact: str, doubt: str = "") -> Problem:
    """Return what to add to the entry that replaces a page; advice if that is in doubt."""
    line, hint = entry.question.line, f"{doubt}add the line: {_moved_from(page)}"
    if entry.moved_from:
        line = entry.moved_from[-1].line
        hint = f'{doubt}add to "moved_from": {page.address.removesuffix(".html")}'
    is_advice = bool(doubt)
    return note(entry.path, line, Kind.GONE_PAGE, fact, hint, page.address, is_advice=is_advice)


def _moved_from(page: PublishedPage) -> str:
    return f"moved_from: [{page.address.removesuffix('index.html').removesuffix('.html')}]"


def _by_words(entries: Sequence[RawEntry]) -> dict[tuple[str, ...], RawEntry]:
    """Return the entries by the words of their questions, then of their other phrases."""
    found = {key_of(text): entry for entry in reversed(entries) for text in entry.also_asked}
    return found | {key_of(entry.question): entry for entry in reversed(entries)}
