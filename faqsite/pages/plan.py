"""The FAQ as planned pages: address, template, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from faqsite.content.github import add_link, edit_link
from faqsite.model.records import Category, Entry, Faq, Settings
from faqsite.model.urls import OWN_PAGES, page_address

# The home page gives every answer up to so many entries, any other list up to fewer.
_MOST_ANSWERS_AT_HOME = 50
_MOST_ANSWERS = 20
_MOST_QUESTIONS = 100
_FIRST_QUESTIONS = 5
_FEW_RELATED = 3
_MOST_AT_ONCE = 200
_LOWEST_HEADING = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A category as a list shows it: some of its entries, then the categories below it."""

    category: Category
    level: int
    """Of the heading above the section, from 1."""
    answered: tuple[Entry, ...] = ()
    """Entries that stand with their answers."""
    linked: tuple[Entry, ...] = ()
    """Entries that stand as links: of a list that is too long for answers."""
    sections: tuple[Section, ...] = ()
    total: int = 0
    """How many entries the category has, in it and below it, if the section shows only some."""
    number: int = 1
    """Which page of the list this is, from 1."""
    pages: tuple[str, ...] = ()
    """The addresses of all pages of the list, if there are several."""

    @property
    def anchor(self) -> str:
        """The id of the category on a page: "category_team"; no slug holds a "_"."""
        return "category_" + self.category.address.rpartition("/")[0]

    @property
    def level_below(self) -> int:
        """The level of a heading within the section."""
        return min(self.level + 1, _LOWEST_HEADING)

    @property
    def previous_page(self) -> str:
        """The address of the page of the list before this one, "" for the first."""
        return self.pages[self.number - 2] if self.number > 1 else ""

    @property
    def next_page(self) -> str:
        """The address of the page of the list after this one, "" for the last."""
        return self.pages[self.number] if self.number < len(self.pages) else ""

    @property
    def is_long(self) -> bool:
        """Whether it shows more answers than a browser should lay out at once."""
        return sum(1 for _ in self.answered_entries) > _MOST_AT_ONCE

    @property
    def all_entries(self) -> Iterator[Entry]:
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
class Page:
    """A page to be rendered: the template, and what it shows of the FAQ."""

    address: str
    template: str
    branch: tuple[Category, ...]
    """The categories that the page stands in, its own included, the top one first."""
    section: Section | None = None
    """What a list shows."""
    add_link: str = ""
    """Where a question can be added to the category of a list, "" if that is not known."""
    entry: Entry | None = None
    """The entry that the page shows, or to which an old address leads."""
    related: Sequence[Entry] = ()
    previous: Entry | None = None
    next: Entry | None = None
    edit_link: str = ""
    """Where the entry's file can be edited, "" if nothing is known of a repository."""
    is_indexed: bool = True
    """False: search engines are asked to leave it out, for its text stands elsewhere too."""

    @property
    def canonical(self) -> str:
        """The address at which the text of the page belongs; "" for a page that has none."""
        if self.entry:
            return self.entry.address
        return self.address if self.is_indexed else ""

    @property
    def trail(self) -> tuple[Category, ...]:
        """The categories that lead to the page."""
        return self.branch if self.entry else self.branch[:-1] or self.branch

    @property
    def is_top_list(self) -> bool:
        """Whether it is the home page, or goes on with its list: its heading is the site's name."""
        return self.is_indexed and not self.entry and len(self.branch) == 1


def plan(faq: Faq, similar: Mapping[str, Sequence[str]] | None = None) -> tuple[Page, ...]:
    """Return every page of the site: home first, then lists and entries in order, then the rest.

    `similar` has for the path of an entry those of others that are like it: they follow those
    that its author calls related, up to three in all.
    """
    branches = tuple(branches_of(faq.top))
    entries = {entry.path: entry for entry in faq.top.all_entries}
    top, whole = (faq.top,), _whole(faq.top, 1)
    return (
        *(page for branch in branches for page in _lists(branch, faq.settings)),
        *_entries(branches, entries, similar or {}, faq.settings),
        *(
            Page(address=address, template=address, branch=top, section=whole, is_indexed=False)
            for address in OWN_PAGES
        ),
        *(
            Page(
                address=address,
                template="moved.html",
                branch=top,
                entry=entries[path],
                is_indexed=False,
            )
            for address, path in faq.redirects
        ),
    )


def branches_of(top: Category, *above: Category) -> Iterator[tuple[Category, ...]]:
    """Yield a category and all below it, parents before children, each after those above it."""
    branch = (*above, top)
    yield branch
    for each in top.categories:
        yield from branches_of(each, *branch)


def _lists(branch: tuple[Category, ...], settings: Settings) -> Iterator[Page]:
    """Yield the page of a category, and the further ones if its questions fill several."""
    category, is_home = branch[-1], len(branch) == 1
    entries = category.entries
    # The home page of a FAQ in categories is no place for a question.
    add = add_link(settings, category.path, (entry.order for entry in entries))
    add = "" if is_home and not entries else add
    if sum(1 for _ in category.all_entries) <= (
        _MOST_ANSWERS_AT_HOME if is_home else _MOST_ANSWERS
    ):
        sections = [_whole(category, 1)]
    else:
        sections = [*_pages_of_list(category)]
    for section in sections:
        yield Page(
            address=page_address(category.address, section.number),
            template="home.html" if is_home and section.number == 1 else "category.html",
            branch=branch,
            section=section,
            add_link=add,
        )


def _whole(category: Category, level: int) -> Section:
    """Return a category with every answer in it and below it."""
    below = min(level + 1, _LOWEST_HEADING)
    return Section(
        category=category,
        level=level,
        answered=category.entries,
        sections=tuple(_whole(each, below) for each in category.categories),
    )


def _pages_of_list(category: Category) -> Iterator[Section]:
    """Yield what each page of a category shows that is too large to be shown whole."""
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


def _entries(
    branches: Sequence[tuple[Category, ...]],
    entries: Mapping[str, Entry],
    similar: Mapping[str, Sequence[str]],
    settings: Settings,
) -> Iterator[Page]:
    """Yield the page of each entry, in order."""
    placed = [(entry, branch) for branch in branches for entry in branch[-1].entries]
    order = [None, *entries.values(), None]
    for (entry, branch), previous, following in zip(placed, order, order[2:], strict=False):
        yield Page(
            address=entry.address,
            template="entry.html",
            branch=branch,
            entry=entry,
            related=[entries[path] for path in _related(entry, similar)],
            previous=previous,
            next=following,
            edit_link=edit_link(settings, entry.path),
        )


def _related(entry: Entry, similar: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    others = [path for path in similar.get(entry.path, ()) if path not in entry.related]
    return (*entry.related, *others[: max(0, _FEW_RELATED - len(entry.related))])
