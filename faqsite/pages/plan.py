"""Plans the pages of a FAQ: the address, template and contents of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from faqsite.content.github import add_link, edit_link
from faqsite.model.records import Category, Entry, Faq, Settings
from faqsite.model.urls import OWN_PAGES, page_address

# The home page shows all answers up to this many entries, any other list up to fewer.
_MOST_ANSWERS_AT_HOME = 50
_MOST_ANSWERS = 20
_MOST_QUESTIONS = 100
_FIRST_QUESTIONS = 5
_FEW_RELATED = 3
_MOST_AT_ONCE = 200
_LOWEST_HEADING = 6


class Section(NamedTuple):
    """A category as a list shows it: some of its entries, then the categories below it."""

    category: Category
    level: int
    """Of the heading above the section, from 1."""
    answered: tuple[Entry, ...] = ()
    """Entries shown with their answers."""
    linked: tuple[Entry, ...] = ()
    """Entries shown as links, because the list is too long for answers."""
    sections: tuple[Section, ...] = ()
    total: int = 0
    """How many entries are in the category and below it, if the section shows only some."""
    number: int = 1
    """Which page of the list this is, from 1."""
    pages: tuple[str, ...] = ()
    """The addresses of all pages of the list, if there is more than one."""

    @property
    def anchor(self) -> str:
        """The id of the category on a page: "category_team". A slug never contains "_"."""
        return "category_" + self.category.address.rpartition("/")[0]

    @property
    def level_below(self) -> int:
        """The level of a heading within the section."""
        return min(self.level + 1, _LOWEST_HEADING)

    @property
    def is_long(self) -> bool:
        """Whether it shows more answers than a browser should lay out at once."""
        return sum(1 for _ in self.answered_entries) > _MOST_AT_ONCE

    @property
    def all_entries(self) -> Iterator[Entry]:
        """All entries the section shows, its own before those of the sections below."""
        yield from self.answered
        yield from self.linked
        for section in self.sections:
            yield from section.all_entries

    @property
    def answered_entries(self) -> Iterator[Entry]:
        """The entries it shows with their answers, in the same order."""
        yield from self.answered
        for section in self.sections:
            yield from section.answered_entries


class Page(NamedTuple):
    """A page to render: its template, and what it shows of the FAQ."""

    address: str
    template: str
    branch: tuple[Category, ...]
    """The categories from the top down to the page's own."""
    section: Section | None = None
    """What a list shows."""
    add_link: str = ""
    """Where to add a question to the category of a list, "" without a repository."""
    entry: Entry | None = None
    """The entry that the page shows, or that an old address leads to."""
    related: Sequence[Entry] = ()
    previous: Entry | None = None
    next: Entry | None = None
    edit_link: str = ""
    """Where to edit the entry's file, "" without a repository."""
    is_indexed: bool = True
    """False asks search engines to skip the page, because its text is on another one too."""

    @property
    def canonical(self) -> str:
        """The address where the text of the page belongs, "" if it has none."""
        if self.entry:
            return self.entry.address
        return self.address if self.is_indexed else ""

    @property
    def trail(self) -> tuple[Category, ...]:
        """The categories that lead to the page."""
        return self.branch if self.entry else self.branch[:-1] or self.branch

    @property
    def is_top_list(self) -> bool:
        """Whether it is the home page or a further page of its list, both titled as the site."""
        return self.is_indexed and not self.entry and len(self.branch) == 1


def plan(faq: Faq, similar: Mapping[str, Sequence[str]] | None = None) -> tuple[Page, ...]:
    """Return every page of the site: home first, then lists and entries in order, then the rest.

    `similar` maps the path of an entry to the paths of similar ones. These follow the entries
    that its author lists as related, up to three in all.
    """
    branches = [*branches_of(faq.top)]
    placed = [(entry, branch) for branch in branches for entry in branch[-1].entries]
    entries = {entry.path: entry for entry, _ in placed}
    neighbours = [None, *entries.values(), None]
    top, whole = (faq.top,), _whole(faq.top, level=1)
    pages = [page for branch in branches for page in _lists(branch, faq.settings)]
    pages += (
        Page(
            entry.address,
            "entry.html",
            branch,
            entry=entry,
            related=[entries[path] for path in _related(entry, similar or {})],
            previous=previous,
            next=following,
            edit_link=edit_link(faq.settings, entry.path),
        )
        for (entry, branch), previous, following in zip(
            placed, neighbours, neighbours[2:], strict=False
        )
    )
    pages += (Page(each, each, top, whole, is_indexed=False) for each in OWN_PAGES)
    pages += (
        Page(address, "moved.html", top, entry=entries[path], is_indexed=False)
        for address, path in faq.redirects
    )
    return tuple(pages)


def branches_of(top: Category, *above: Category) -> Iterator[tuple[Category, ...]]:
    """Yield a category and all below it, parents before children, each after those above it."""
    branch = (*above, top)
    yield branch
    for each in top.categories:
        yield from branches_of(each, *branch)


def _lists(branch: tuple[Category, ...], settings: Settings) -> Iterator[Page]:
    """Yield the page of a category, and further pages if its questions need them."""
    category, is_home = branch[-1], len(branch) == 1
    # In a FAQ with categories, nobody adds a question to the home page.
    can_add = category.entries or not is_home
    orders = (entry.order for entry in category.entries)
    most_answers = _MOST_ANSWERS_AT_HOME if is_home else _MOST_ANSWERS
    is_short = sum(1 for _ in category.all_entries) <= most_answers
    add = add_link(settings, category.path, orders) if can_add else ""
    for section in [_whole(category, level=1)] if is_short else _pages_of_list(category):
        yield Page(
            address=page_address(category.address, section.number),
            template="home.html" if is_home and section.number == 1 else "category.html",
            branch=branch,
            section=section,
            add_link=add,
        )


def _whole(category: Category, level: int) -> Section:
    """Return a category with every answer in it and below it."""
    section = Section(category, level, category.entries)
    below = (_whole(each, section.level_below) for each in category.categories)
    return section._replace(sections=tuple(below))


def _pages_of_list(category: Category) -> Iterator[Section]:
    """Yield what each page of a long category shows."""
    entries = category.entries
    starts = range(0, max(len(entries), 1), _MOST_QUESTIONS)
    addresses = tuple(page_address(category.address, number + 1) for number in range(len(starts)))
    shows_answers = len(entries) <= _MOST_ANSWERS
    for number, start in enumerate(starts, start=1):
        here = entries[start : start + _MOST_QUESTIONS]
        yield Section(
            category=category,
            level=1,
            answered=here if shows_answers else (),
            linked=() if shows_answers else here,
            sections=tuple(map(_preview, category.categories)) if number == 1 else (),
            number=number,
            pages=addresses if len(addresses) > 1 else (),
        )


def _preview(category: Category) -> Section:
    """Return a category with its first few questions."""
    entries = tuple(category.all_entries)
    return Section(
        category=category,
        level=2,
        linked=entries[:_FIRST_QUESTIONS],
        total=len(entries) if len(entries) > _FIRST_QUESTIONS else 0,
    )


def _related(entry: Entry, similar: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    others = [path for path in similar.get(entry.path, ()) if path not in entry.related]
    return (*entry.related, *others[: max(0, _FEW_RELATED - len(entry.related))])
