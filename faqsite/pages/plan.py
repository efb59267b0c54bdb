"""The FAQ as planned pages: address, template, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from faqsite.content.github import add_link, edit_link
from faqsite.model.records import Category, Entry, Faq, Settings
from faqsite.model.urls import page_address

HOME, ALL, SEARCH, MISSING = "index.html", "all.html", "search.html", "404.html"

# The home page gives every answer up to so many entries, any other list up to fewer.
_MOST_ANSWERS_AT_HOME = 50
_MOST_ANSWERS = 20
_MOST_QUESTIONS = 100
_FIRST_QUESTIONS = 5
_FEW_RELATED = 3
_MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLink:
    """What a page shows of an entry that it only leads to."""

    address: str
    question: str
    updated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLink:
    """What a page shows of a category that it leads to; `top` has those below it too."""

    address: str
    title: str
    categories: tuple[CategoryLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A category as a list shows it: some of its entries, then the categories below it."""

    category: CategoryLink
    summary: str
    answered: tuple[Entry, ...] = ()
    """Entries that stand with their answers."""
    linked: tuple[EntryLink, ...] = ()
    """Entries that stand as links: of a list that is too long for answers."""
    sections: tuple[Section, ...] = ()
    hidden_entries: int = 0
    """How many more entries the category has, in it and below it, than the section shows."""
    number: int = 1
    """Which page of the list this is, from 1."""
    pages: tuple[str, ...] = ()
    """The addresses of all pages of the list, if there are several."""

    @property
    def anchor(self) -> str:
        """The id of the category on a page: "category_team"; no slug holds a "_"."""
        return "category_" + self.category.address.rpartition("/")[0]

    @property
    def is_long(self) -> bool:
        """Whether it shows more answers than a browser should lay out at once."""
        return sum(1 for _ in self.answered_entries) > _MOST_AT_ONCE

    @property
    def all_entries(self) -> Iterator[Entry | EntryLink]:
        """The entries that the section shows, then those of the sections below, in order."""
        yield from self.answered
        yield from self.linked
        for section in self.sections:
            yield from section.all_entries

    @property
    def answered_entries(self) -> Iterator[Entry]:
        """Those of them that it shows with their answers."""
        yield from self.answered
        for section in self.sections:
            yield from section.answered_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry on its own page, and the ways on from there."""

    entry: Entry
    related: tuple[EntryLink, ...]
    previous: EntryLink | None
    next: EntryLink | None
    edit_link: str
    """Where the entry's file can be edited, "" if nothing is known of a repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to be rendered: the template, and all that it shows of the FAQ, but for `top`.

    Of what it does not show it holds nothing, so that a page changes only with what it shows.
    """

    address: str
    template: str
    branch: tuple[CategoryLink, ...]
    """The categories that the page stands in, its own included, the top one first."""
    section: Section | None = None
    view: EntryView | None = None
    add_link: str = ""
    """Where a question can be added to the category of a list, "" if that is not known."""
    moved_to: EntryLink | None = None
    """The entry to which an old address leads."""
    is_indexed: bool = True
    """False: search engines are asked to leave it out, for its text stands elsewhere too."""

    @property
    def canonical(self) -> str:
        """The address at which the text of the page belongs; "" for a page that has none."""
        if self.moved_to:
            return self.moved_to.address
        return self.address if self.is_indexed else ""


def plan(faq: Faq, similar: Mapping[str, Sequence[str]] | None = None) -> tuple[Page, ...]:
    """Return every page of the site: home first, then lists and entries in order, then the rest.

    `similar` has for the path of an entry those of others that are like it: they follow those
    that its author calls related, up to three in all.
    """
    branches = tuple(_branches(faq.top))
    links = {entry.path: _entry_link(entry) for entry in faq.top.all_entries}
    top = (category_link(faq.top),)
    return (
        *chain.from_iterable(_lists(*each, links, faq.settings) for each in branches),
        *_entries(branches, links, similar or {}, faq.settings),
        Page(
            address=ALL,
            template=ALL,
            branch=top,
            section=_whole(faq.top),
            is_indexed=False,
        ),
        Page(address=SEARCH, template=SEARCH, branch=top, is_indexed=False),
        Page(address=MISSING, template=MISSING, branch=top, is_indexed=False),
        *(
            Page(
                address=address,
                template="moved.html",
                branch=top,
                moved_to=links[path],
                is_indexed=False,
            )
            for address, path in faq.redirects
        ),
    )


_Branch = tuple[Category, tuple[CategoryLink, ...]]
"""A category, and the way to it, itself included."""
_Links = Mapping[str, EntryLink]
"""The links to the entries by their paths."""


def category_link(category: Category, *, is_whole: bool = False) -> CategoryLink:
    """Return what a page shows of a category; on demand with the categories below it."""
    below = category.categories if is_whole else ()
    return CategoryLink(
        address=category.address,
        title=category.title,
        categories=tuple(category_link(each, is_whole=True) for each in below),
    )


def _entry_link(entry: Entry) -> EntryLink:
    return EntryLink(address=entry.address, question=entry.question, updated=entry.updated)


def _branches(category: Category, above: tuple[CategoryLink, ...] = ()) -> Iterator[_Branch]:
    """Yield a category and all below it, parents before children."""
    branch = (*above, category_link(category))
    yield category, branch
    for each in category.categories:
        yield from _branches(each, branch)


def _lists(
    category: Category, branch: tuple[CategoryLink, ...], links: _Links, settings: Settings
) -> Iterator[Page]:
    """Yield the page of a category, and the further ones if its questions fill several."""
    entries = category.entries
    # The home page of a FAQ in categories is no place for a question.
    add = add_link(settings, category.path, (entry.order for entry in entries))
    add = add if entries or len(branch) > 1 else ""
    template = "home.html" if len(branch) == 1 else "category.html"
    limit = _MOST_ANSWERS_AT_HOME if len(branch) == 1 else _MOST_ANSWERS
    if sum(1 for _ in category.all_entries) <= limit:
        yield Page(
            address=category.address,
            template=template,
            branch=branch,
            section=_whole(category),
            add_link=add,
        )
        return
    starts = range(0, max(len(entries), 1), _MOST_QUESTIONS)
    addresses = tuple(page_address(category.address, number + 1) for number in range(len(starts)))
    shows_answers = len(entries) <= _MOST_ANSWERS
    for number, (start, address) in enumerate(zip(starts, addresses, strict=True), start=1):
        here = entries[start : start + _MOST_QUESTIONS]
        below = category.categories if number == 1 else ()
        yield Page(
            address=address,
            template=template if number == 1 else "category.html",
            branch=branch,
            section=Section(
                category=branch[-1],
                summary=category.summary,
                answered=here if shows_answers else (),
                linked=() if shows_answers else tuple(links[entry.path] for entry in here),
                sections=tuple(_preview(each, links) for each in below),
                number=number,
                pages=addresses if len(addresses) > 1 else (),
            ),
            add_link=add,
        )


def _whole(category: Category) -> Section:
    """Return a category with every answer in it and below it."""
    return Section(
        category=category_link(category),
        summary=category.summary,
        answered=category.entries,
        sections=tuple(map(_whole, category.categories)),
    )


def _preview(category: Category, links: _Links) -> Section:
    """Return a category with its first few questions."""
    paths = [entry.path for entry in category.all_entries]
    return Section(
        category=category_link(category),
        summary=category.summary,
        linked=tuple(links[path] for path in paths[:_FIRST_QUESTIONS]),
        hidden_entries=len(paths[_FIRST_QUESTIONS:]),
    )


def _entries(
    branches: Iterable[_Branch],
    links: _Links,
    similar: Mapping[str, Sequence[str]],
    settings: Settings,
) -> Iterator[Page]:
    """Yield the page of each entry, in order."""
    placed = [(entry, branch) for category, branch in branches for entry in category.entries]
    order = [links[entry.path] for entry, _ in placed]
    for (entry, branch), previous, following in zip(
        placed, [None, *order], [*order[1:], None], strict=False
    ):
        yield Page(
            address=entry.address,
            template="entry.html",
            branch=branch,
            view=EntryView(
                entry=entry,
                related=tuple(links[path] for path in _related(entry, similar)),
                previous=previous,
                next=following,
                edit_link=edit_link(settings, entry.path),
            ),
        )


def _related(entry: Entry, similar: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    others = [path for path in similar.get(entry.path, ()) if path not in entry.related]
    return (*entry.related, *others[: max(0, _FEW_RELATED - len(entry.related))])
