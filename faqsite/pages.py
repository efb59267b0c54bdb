"""The FAQ as planned pages: address, template, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import quote

from faqsite.model import Category, Entry, Faq, Settings
from faqsite.urls import page_address

__all__ = ["ALL", "HOME", "MISSING", "SEARCH", "EntryView", "Page", "Section", "plan"]

HOME, ALL, SEARCH, MISSING = "index.html", "all.html", "search.html", "404.html"

# The home page gives every answer up to so many entries, any other list up to fewer.
_MOST_ANSWERS_AT_HOME = 50
_MOST_ANSWERS = 20
_MOST_QUESTIONS = 100
_FIRST_QUESTIONS = 5
_FEW_RELATED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A category as a list shows it: some of its entries, then the categories below it."""

    category: Category
    entries: tuple[Entry, ...]
    shows_answers: bool
    """False: the questions stand as links."""
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
    def all_entries(self) -> Iterator[Entry]:
        """The entries that the section shows, then those of the sections below, in order."""
        yield from self.entries
        for section in self.sections:
            yield from section.all_entries

    @property
    def answered_entries(self) -> Iterator[Entry]:
        """Those of them that it shows with their answers."""
        if self.shows_answers:
            yield from self.entries
        for section in self.sections:
            yield from section.answered_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry on its own page, and the ways on from there."""

    entry: Entry
    related: tuple[Entry, ...]
    previous: Entry | None
    next: Entry | None
    edit_link: str
    """Where the entry's file can be edited, "" if nothing is known of a repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to be rendered: the template, and what it shows."""

    address: str
    template: str
    branch: tuple[Category, ...]
    """The categories that the page stands in, its own included, the top one first."""
    section: Section | None = None
    view: EntryView | None = None
    moved_to: Entry | None = None
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
    branch = (faq.top,)
    return (
        *_lists(branch),
        *chain.from_iterable(_lists(branch) for branch in _branches(branch)),
        *_entries(faq, similar or {}),
        Page(
            address=ALL,
            template=ALL,
            branch=branch,
            section=_whole(faq.top),
            is_indexed=False,
        ),
        Page(address=SEARCH, template=SEARCH, branch=branch, is_indexed=False),
        Page(address=MISSING, template=MISSING, branch=branch, is_indexed=False),
        *_redirects(faq),
    )


def _branches(branch: tuple[Category, ...]) -> Iterator[tuple[Category, ...]]:
    """Yield the way to each category below a branch, parents before children."""
    for category in branch[-1].categories:
        yield (*branch, category)
        yield from _branches((*branch, category))


def _lists(branch: tuple[Category, ...]) -> Iterator[Page]:
    """Yield the page of a category, and the further ones if its questions fill several."""
    category = branch[-1]
    template = "home.html" if len(branch) == 1 else "category.html"
    limit = _MOST_ANSWERS_AT_HOME if len(branch) == 1 else _MOST_ANSWERS
    if sum(1 for _ in category.all_entries) <= limit:
        yield Page(
            address=category.address, template=template, branch=branch, section=_whole(category)
        )
        return
    entries = category.entries
    starts = range(0, max(len(entries), 1), _MOST_QUESTIONS)
    addresses = tuple(page_address(category.address, number + 1) for number in range(len(starts)))
    for number, (start, address) in enumerate(zip(starts, addresses, strict=True), start=1):
        yield Page(
            address=address,
            template=template if number == 1 else "category.html",
            branch=branch,
            section=Section(
                category=category,
                entries=entries[start : start + _MOST_QUESTIONS],
                shows_answers=len(entries) <= _MOST_ANSWERS,
                sections=tuple(map(_preview, category.categories)) if number == 1 else (),
                number=number,
                pages=addresses if len(addresses) > 1 else (),
            ),
        )


def _whole(category: Category) -> Section:
    """Return a category with every answer in it and below it."""
    return Section(
        category=category,
        entries=category.entries,
        shows_answers=True,
        sections=tuple(map(_whole, category.categories)),
    )


def _preview(category: Category) -> Section:
    """Return a category with its first few questions."""
    entries = tuple(category.all_entries)
    return Section(
        category=category,
        entries=entries[:_FIRST_QUESTIONS],
        shows_answers=False,
        hidden_entries=len(entries[_FIRST_QUESTIONS:]),
    )


def _entries(faq: Faq, similar: Mapping[str, Sequence[str]]) -> Iterator[Page]:
    """Yield the page of each entry, in order."""
    branches = ((faq.top,), *_branches((faq.top,)))
    placed = [(entry, branch) for branch in branches for entry in branch[-1].entries]
    order = [entry for entry, _ in placed]
    by_path = {entry.path: entry for entry in order}
    edit_root = _edit_root(faq.settings)
    for (entry, branch), previous, following in zip(
        placed, [None, *order], [*order[1:], None], strict=False
    ):
        yield Page(
            address=entry.address,
            template="entry.html",
            branch=branch,
            view=EntryView(
                entry=entry,
                related=tuple(by_path[path] for path in _related(entry, similar)),
                previous=previous,
                next=following,
                edit_link=edit_root and edit_root + quote(entry.path),
            ),
        )


def _related(entry: Entry, similar: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    others = [path for path in similar.get(entry.path, ()) if path not in entry.related]
    return (*entry.related, *others[: max(0, _FEW_RELATED - len(entry.related))])


def _redirects(faq: Faq) -> Iterator[Page]:
    """Yield a page for each old address, which leads to where the entry stands now."""
    by_path = {entry.path: entry for entry in faq.top.all_entries}
    for address, path in faq.redirects:
        yield Page(
            address=address,
            template="moved.html",
            branch=(faq.top,),
            moved_to=by_path[path],
            is_indexed=False,
        )


def _edit_root(settings: Settings) -> str:
    """Return "https://github.com/o/r/edit/main/content/" for a repository, "" for none."""
    if not settings.repository:
        return ""
    repository, _, branch = settings.repository.partition("/tree/")
    return f"{repository}/edit/{branch or 'main'}/content/"
