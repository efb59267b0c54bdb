"""What only the whole FAQ can tell: links, addresses, repeated questions, and the order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from posixpath import dirname

from faqsite.content.github import NEW_NAME
from faqsite.content.links import Places, check_links, find_places, resolve_related
from faqsite.content.redirects import plan_redirects
from faqsite.content.text import is_visible
from faqsite.model import urls
from faqsite.model.keys import CATEGORY_KEYS, ENTRY_KEYS, values_of
from faqsite.model.problems import Kind, Problems
from faqsite.model.records import Answer, Category, Entry, Faq, RawCategory, RawContent, RawEntry


def validate(content: RawContent, answers: Mapping[str, Answer], problems: Problems) -> Faq:
    """Return the FAQ that the content makes, without drafts and without empty categories.

    `answers` holds the answer of every entry that is no draft, by its path.
    Siblings stand by `order`, those without one last, by question or title.

    Raises ContentError with all problems, those noted before included.
    """
    published = [entry for entry in content.entries if not entry.draft]
    published.sort(key=lambda entry: entry.path)
    places = find_places(content, published, answers, problems)
    occupants = _occupants(content, published, places, problems)
    _check_questions(published, problems)
    for entry in published:
        if entry.slug == NEW_NAME:
            message = f'the file is still called "{NEW_NAME}.md"'
            hint = "name it in a few words of the question: its address is made of them"
            problems.advise(entry.path, 0, Kind.PROVISIONAL_NAME, message, hint)
        _check_answer(entry, answers[entry.path], places, problems)
        check_links(entry, answers[entry.path], places, problems)
    related = resolve_related(published, places, problems)
    redirects = plan_redirects(published, occupants, problems)
    problems.raise_if_any()

    slugs = Counter(entry.slug for entry in published)
    entries: dict[str, list[Entry]] = defaultdict(list)
    for raw in sorted(published, key=lambda each: _place(each, each.question)):
        address = urls.address_of(raw.path)
        entries[raw.category].append(
            Entry(
                path=raw.path,
                address=address,
                slug=raw.slug,
                anchor=raw.slug if slugs[raw.slug] == 1 else address.removesuffix(".html"),
                answer=answers[raw.path],
                **{**values_of(raw, ENTRY_KEYS), "related": related[raw.path]},
            )
        )
    settings = content.settings
    top = RawCategory(path="", slug="", title=settings.title, summary=settings.description)
    folders: dict[str, list[RawCategory]] = defaultdict(list)
    for category in sorted(content.categories, key=lambda each: _place(each, each.title)):
        if category.path in places.folders:
            folders[dirname(category.path)].append(category)
    return Faq(
        settings=settings,
        top=_category(top, folders, entries),
        attachments=tuple(sorted(content.attachments, key=lambda each: each.address)),
        redirects=redirects,
    )


def _place(sibling: RawEntry | RawCategory, name: str) -> tuple[bool, int, str, str]:
    return sibling.order is None, sibling.order or 0, name.casefold(), sibling.path


def _category(
    raw: RawCategory,
    folders: Mapping[str, Sequence[RawCategory]],
    entries: Mapping[str, Sequence[Entry]],
) -> Category:
    """Return the category of a folder, with those folders and entries that are in it."""
    return Category(
        path=raw.path,
        address=urls.category_address(urls.slugify_path(raw.path)),
        **values_of(raw, CATEGORY_KEYS),
        entries=tuple(entries.get(raw.path, ())),
        categories=tuple(_category(each, folders, entries) for each in folders.get(raw.path, ())),
    )


def _occupants(
    content: RawContent, published: Iterable[RawEntry], places: Places, problems: Problems
) -> Mapping[str, str]:
    """Return the path of what stands at each address, noting addresses that cannot be."""
    for category in content.categories:
        if f"{urls.slugify_path(category.path)}/" in urls.RESERVED_FOLDERS:
            message = f'the site keeps the folder "{category.slug}" for its own files'
            hint = "give the folder another name"
            problems.add(category.path, 0, Kind.ADDRESS_TAKEN, message, hint, "")
    addresses = {
        each.path: urls.category_address(urls.slugify_path(each.path))
        for each in content.categories
        if each.path in places.folders
    }
    # A name without a letter or digit is a problem already.
    addresses |= {entry.path: urls.address_of(entry.path) for entry in published if entry.slug}
    addresses |= {attachment.path: attachment.address for attachment in content.attachments}
    occupants: dict[str, str] = {}
    for path, address in sorted(addresses.items()):
        if address.startswith(urls.RESERVED_FOLDERS):
            continue
        first = occupants.setdefault(address.casefold(), path)
        if urls.is_reserved(address):
            message = f'the site keeps the address "{address}" for a page of its own'
            problems.add(path, 0, Kind.ADDRESS_TAKEN, message, "give the file another name", "")
        elif first != path:
            message = f'the address "{address}" is that of "{first}" too'
            problems.add(path, 0, Kind.ADDRESS_TAKEN, message, "rename one of them", first)
    return occupants


def question_key(question: str) -> str:
    """Return what two questions share if they ask the same, whatever their signs and capitals."""
    folded = unicodedata.normalize("NFKC", question).casefold()
    # Apostrophes, and what has no width, make no other question.
    folded = "".join(
        each
        for each in folded
        if each not in "'\u2019\u02bc" and unicodedata.category(each) != "Cf"
    )
    # "C#" and "C++" are two things.
    return re.sub(r"[^\w+#]+", " ", folded).strip() or folded


def _check_questions(published: Iterable[RawEntry], problems: Problems) -> None:
    """Note a question that is asked twice, whatever its capitals, spaces and punctuation."""
    asked: dict[str, str] = {}
    for entry in published:
        words = question_key(entry.question)
        if not words:
            continue
        first = asked.setdefault(words, entry.path)
        if first != entry.path:
            message = f'asks the same question as "{first}"'
            hint = "keep one of them; other ways to ask it stand under also_asked"
            line = entry.question.line
            problems.add(entry.path, line, Kind.DUPLICATE_QUESTION, message, hint, first)


def _check_answer(entry: RawEntry, answer: Answer, places: Places, problems: Problems) -> None:
    """Note an answer that shows nothing, say because all of it is a comment."""
    has_picture = any(isinstance(part, str) and "<img" in part for part in answer.parts)
    is_shown = has_picture or is_visible(answer.text)
    if not is_shown and entry.path not in places.faulty:
        message, hint = "nothing of the answer is shown", "write it, or add a line: draft: true"
        problems.add(entry.path, entry.body.line, Kind.EMPTY_ANSWER, message, hint)
