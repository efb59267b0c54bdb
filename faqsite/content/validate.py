"""The checks that need the whole FAQ: links, addresses, repeated questions; and the order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from posixpath import basename, dirname

from faqsite.content.github import NEW_NAME
from faqsite.content.links import Places, check_links, find_places, resolve_related
from faqsite.content.missed import advise_links
from faqsite.content.redirects import plan_redirects
from faqsite.content.text import is_visible, question_key
from faqsite.model import urls
from faqsite.model.keys import CATEGORY_KEYS, ENTRY_KEYS, values_of
from faqsite.model.problems import Kind, Problems
from faqsite.model.records import Answer, Category, Entry, Faq, RawCategory, RawContent, RawEntry


def validate(content: RawContent, answers: Mapping[str, Answer], problems: Problems) -> Faq:
    """Return the FAQ of the content, without drafts and empty categories.

    `answers` has the answer of every entry that is not a draft, by its path. Siblings are sorted
    by `order`, those without one last, by question or title.

    Raises ContentError with all problems, including those reported before.
    """
    published = [entry for entry in content.entries if not entry.draft]
    published.sort(key=lambda entry: (entry.path in content.changed, entry.path))
    places = find_places(content, published, answers, problems)
    occupants = _find_occupants(content, published, places, problems)
    _check_questions(published, content.changed, problems)
    for entry in published:
        if entry.slug == NEW_NAME:
            message = f'the file is still called "{NEW_NAME}.md"'
            hint = "rename it to a few words of the question, which become its address"
            problems.advise(entry.path, 0, Kind.PROVISIONAL_NAME, message, hint)
        answer = answers[entry.path]
        has_picture = any(isinstance(part, str) and "<img" in part for part in answer.parts)
        if not has_picture and not is_visible(answer.text) and entry.path not in places.faulty:
            message, hint = "the answer shows nothing", "write it, or add the line draft: true"
            problems.add(entry.path, entry.body.line, Kind.EMPTY_ANSWER, message, hint)
        check_links(entry, answer, places, problems)
    advise_links(content, published, answers, occupants, problems)
    related = resolve_related(published, places, problems)
    redirects = plan_redirects(published, occupants, problems)
    problems.raise_if_any()

    slugs = Counter(entry.slug for entry in published)
    entries: dict[str, list[Entry]] = defaultdict(list)
    for raw in sorted(published, key=lambda each: _sort_key(each, each.question)):
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
    for category in sorted(content.categories, key=lambda each: _sort_key(each, each.title)):
        if category.path in places.folders:
            folders[dirname(category.path)].append(category)
    return Faq(
        settings=settings,
        top=_nest(top, folders, entries),
        attachments=tuple(sorted(content.attachments, key=lambda each: each.address)),
        redirects=redirects,
    )


def _sort_key(sibling: RawEntry | RawCategory, name: str) -> tuple[bool, int, str, str]:
    return sibling.order is None, sibling.order or 0, name.casefold(), sibling.path


def _nest(
    raw: RawCategory,
    folders: Mapping[str, Sequence[RawCategory]],
    entries: Mapping[str, Sequence[Entry]],
) -> Category:
    """Return the category of a folder, with its entries and the folders in it."""
    return Category(
        path=raw.path,
        address=urls.category_address(urls.slugify_path(raw.path)),
        **values_of(raw, CATEGORY_KEYS),
        entries=tuple(entries.get(raw.path, ())),
        categories=tuple(_nest(each, folders, entries) for each in folders.get(raw.path, ())),
    )


def _find_occupants(
    content: RawContent, published: Iterable[RawEntry], places: Places, problems: Problems
) -> Mapping[str, str]:
    """Return the path of the file or folder at each address, and report addresses in conflict."""
    for category in content.categories:
        if f"{urls.slugify_path(category.path)}/" in urls.RESERVED_FOLDERS:
            message = f'the site needs the folder "{category.slug}" for its own files'
            problems.add(category.path, 0, Kind.ADDRESS_TAKEN, message, "rename the folder", "")
    addresses = {
        each.path: urls.category_address(urls.slugify_path(each.path))
        for each in content.categories
        if each.path in places.folders
    }
    # A name without a letter or digit is a problem already.
    addresses |= {entry.path: urls.address_of(entry.path) for entry in published if entry.slug}
    addresses |= {attachment.path: attachment.address for attachment in content.attachments}
    occupants: dict[str, str] = {}
    for path in sorted(addresses, key=lambda path: (path in content.changed, path)):
        address = addresses[path]
        if address.startswith(urls.RESERVED_FOLDERS):
            continue
        first = occupants.setdefault(address.casefold(), path)
        hint, about = "rename the file", ""
        if urls.ending_of(path) == "md" and basename(address) == urls.HOME:
            message = f"a file cannot be called {basename(path)}: that is the folder's own page"
        elif urls.is_reserved(address):
            message = f'the site needs the address "{address}" for a page of its own'
        elif first != path:
            message, about = f'"{first}" has the address "{address}" too', first
            hint = "rename one of them"
        else:
            continue
        problems.add(path, 0, Kind.ADDRESS_TAKEN, message, hint, about)
    return occupants


def _check_questions(
    published: Iterable[RawEntry], changed: Collection[str], problems: Problems
) -> None:
    """Report a question that is asked twice, on the entry that changed or was updated last."""
    asked: dict[str, str] = {}

    def find_place(entry: RawEntry) -> tuple[bool, date, str]:
        return entry.path in changed, entry.updated or date.min, entry.path

    for entry in sorted(published, key=find_place):
        key = question_key(entry.question)
        first = asked.setdefault(key, entry.path) if key else entry.path
        if first != entry.path:
            message = f'"{first}" asks the same question'
            hint = "keep one of them, and list other wordings under also_asked"
            line = entry.question.line
            problems.add(entry.path, line, Kind.DUPLICATE_QUESTION, message, hint, first)
