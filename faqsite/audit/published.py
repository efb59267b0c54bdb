"""What was published before, by its faq.json, and which of its addresses are gone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from faqsite.audit.near import near_texts
from faqsite.audit.queries import key_of
from faqsite.model.problems import Kind, Problem, note, quoted
from faqsite.model.records import Faq, RawContent, RawEntry
from faqsite.model.urls import address_of
from faqsite.pages.metadata import FORMAT

_LEAST_OF_MOVED = 0.7
"""The cosine of two answers from which they are taken for the same one, rewritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """An entry as it was published; of a category the answer is empty."""

    address: str
    title: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The pages of a site, as its faq.json has them."""

    entries: tuple[PublishedPage, ...]
    categories: tuple[PublishedPage, ...]


def faq_json_url(url: str) -> str:
    """Return where the faq.json of a site is, given the address of the one or the other.

    >>> faq_json_url("https://example.org/faq")
    'https://example.org/faq/faq.json'
    """
    return url if url.endswith(".json") else f"{url.rstrip('/')}/faq.json"


def parse_published(content: bytes) -> Published:
    """Return what a faq.json says; raise ValueError if it is none, or of another format."""
    try:
        site = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is no JSON") from error
    try:
        if site["format"] != FORMAT:
            raise ValueError(f'its "format" is not {FORMAT}')
        return Published(
            entries=tuple(
                _page(each["url"], each["question"], each["answer"]["text"])
                for each in site["entries"]
            ),
            categories=tuple(_page(each["url"], each["title"]) for each in site["categories"]),
        )
    except (TypeError, LookupError) as error:
        raise ValueError("it is no faq.json of a FAQ") from error


def _page(url: object, title: object, answer: object = "") -> PublishedPage:
    if not (isinstance(url, str) and isinstance(title, str) and isinstance(answer, str)):
        raise TypeError
    return PublishedPage(address=unquote(url), title=title, answer=answer)


def find_gone(
    published: Published, content: RawContent, faq: Faq, addresses: Iterable[str]
) -> Iterator[Problem]:
    """Yield what is to be said of each address that was published, and is none of these any more.

    Where an entry asks the same now, it is a problem: it has to say that it moved.
    """
    standing = {address.casefold() for address in addresses}
    entries = {entry.path: entry for entry in content.entries if not entry.draft}
    drafts = {address_of(entry.path): entry.path for entry in content.entries if entry.draft}
    asked = _by_words(entries.values())
    gone = [page for page in published.entries if page.address.casefold() not in standing]
    answers = {entry.path: entry.answer.text for entry in faq.top.all_entries} if gone else {}
    alike = near_texts(
        [page.answer for page in gone], [*answers.values()], faq.settings.language, _LEAST_OF_MOVED
    )
    for page, near in zip(gone, alike, strict=True):
        named = f"{quoted(page.address)}, published as {quoted(page.title)}, is gone"
        same = asked.get(key_of(page.title))
        if same:
            yield _moved(page, same, f"{named}, and this entry asks the same", "")
        elif near:
            entry = entries[[*answers][near[0]]]
            message = f"{named}, and this entry answers nearly the same"
            yield _moved(page, entry, message, "if it took its place, ")
        else:
            path = drafts.get(page.address, "")
            hint = "if it was taken down on purpose, nothing needs to be done"
            yield _gone(page, path, named, hint)
    for page in published.categories:
        if page.address.casefold() not in standing:
            message = f"the category {quoted(page.title)} at {quoted(page.address)} is gone"
            folder = page.address.removesuffix("index.html")
            hint = f"if others link to it, let an entry take its place: moved_from: [{folder}]"
            yield _gone(page, "", message, hint)


def _moved(page: PublishedPage, entry: RawEntry, message: str, doubt: str) -> Problem:
    """Return what to add to an entry that a page has become: an advice where that is doubtful."""
    old = page.address.removesuffix(".html")
    hint = f"add a line: moved_from: [{old}]"
    line = entry.question.line
    if entry.moved_from:
        hint, line = f'add to "moved_from": {old}', entry.moved_from[-1].line
    gone = _gone(page, entry.path, message, doubt + hint)
    return replace(gone, line=line, is_advice=bool(doubt))


def _gone(page: PublishedPage, path: str, message: str, hint: str) -> Problem:
    return note(path, 0, Kind.GONE_PAGE, message, hint, page.address, is_advice=True)


def _by_words(entries: Iterable[RawEntry]) -> Mapping[tuple[str, ...], RawEntry]:
    """Return the entry of each question, else of each other way to ask it, by their words."""
    found: dict[tuple[str, ...], RawEntry] = {}
    listed = tuple(entries)
    for entry in listed:
        found.setdefault(key_of(entry.question), entry)
    for entry in listed:
        for phrase in entry.also_asked:
            found.setdefault(key_of(phrase), entry)
    return found
