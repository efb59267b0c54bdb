"""Where an article from elsewhere comes to stand: its category, its name, a question of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Any

from faqsite.content.folder import title_of
from faqsite.content.keys import category_text
from faqsite.content.redirects import old_address
from faqsite.content.sources import MAX_ADDRESS_BYTES
from faqsite.content.validate import question_key
from faqsite.model import urls
from faqsite.model.keys import CategoryFile, Text
from faqsite.model.problems import Kind, Problem, note
from faqsite.model.records import RawContent, RawEntry
from faqsite.transfer.article import Brought

_ROOM_FOR_NUMBERS = 10
_NUMBER_BEFORE = re.compile(r"^\d+[-_. ]+(?=\D)")
_OWN_PATH = re.compile(r"(?:(?![.~])[^/\\\x00-\x1f]+/)*(?![.~])[^/\\\x00-\x1f]+\.md", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An article and the path at which it comes to lie."""

    number: int
    """Its number in the source, from 0."""
    entry: Brought
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where articles come to lie."""

    placed: tuple[Placed, ...]
    present: Mapping[int, str]
    """The paths of those that are there already, by their numbers."""
    refused: Mapping[int, tuple[Problem, ...]]
    missing: frozenset[str]
    """The paths that those which are refused would have had."""


def place(
    entries: Sequence[Brought], content: RawContent, files: Mapping[str, bytes], into: str
) -> Places:
    """Return where articles come to lie in a content folder, all below the folder `into`.

    `files` are those of the content, as they were read.
    """
    standing = _Standing(content, files)
    placed: list[Placed] = []
    present: dict[int, str] = {}
    refused: dict[int, tuple[Problem, ...]] = {}
    missing: set[str] = set()
    for number, entry in enumerate(_told_apart(entries)):
        name = entries[number].name or entries[number].question
        if entry.faults:
            refused[number] = entry.faults
            missing.update(islice(_candidates(entry, name, into), 1))
            continue
        if known := standing.find(entry):
            present[number] = known
            continue
        for path in _candidates(entry, name, into):
            # Whether two of its own addresses are alike is for a build to tell.
            if standing.is_free(path, is_own=bool(entry.path)):
                standing.take(path)
                placed.append(Placed(number=number, entry=entry, path=path))
                break
            if known := standing.asks(path, entry.question):
                present[number] = known
                break
        else:
            message = f'"{entry.path}" is taken, or cannot be the path of an entry'
            hint = "give it another path"
            refused[number] = (note("", 0, Kind.NO_ADDRESS, message, hint, entry.path),)
    return Places(
        placed=tuple(placed), present=present, refused=refused, missing=frozenset(missing)
    )


class _Standing:
    """What stands in the content already, and what has taken an address since."""

    def __init__(self, content: RawContent, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._at: dict[str, RawEntry | str] = {
            each.address.casefold(): each.path for each in content.attachments
        }
        self._at |= {urls.address_of(entry.path).casefold(): entry for entry in content.entries}
        self._paths = {entry.path for entry in content.entries}
        self._by_question: defaultdict[str, list[RawEntry]] = defaultdict(list)
        for entry in content.entries:
            self._by_question[question_key(entry.question)].append(entry)

    def is_free(self, path: str, *, is_own: bool) -> bool:
        """Tell whether nothing stands at the address of a path, or else at the path itself."""
        return (
            path not in self._paths if is_own else urls.address_of(path).casefold() not in self._at
        )

    def asks(self, path: str, question: str) -> str:
        """Return the path of the entry at the address of a path if it asks that, else ""."""
        found = self._at.get(urls.address_of(path).casefold())
        if isinstance(found, RawEntry):
            is_same = question_key(found.question) == question_key(question)
            return found.path if is_same else ""
        return ""

    def take(self, path: str) -> None:
        self._at[urls.address_of(path).casefold()] = path
        self._paths.add(path)

    def find(self, entry: Brought) -> str:
        """Return the path of an entry that was this article: by its answer or old address."""
        olds = {old_address(moved) for moved in entry.moved_from if moved.startswith("/")}
        for other in self._by_question.get(question_key(entry.question), ()):
            others = {old_address(moved) for moved in other.moved_from}
            answer = entry.answer.strip().encode()
            is_same = bool(answer) and self._files[other.path].rstrip().endswith(answer)
            if is_same or olds & others - {None}:
                return other.path
        return ""


def folder_of(category: str, into: str) -> str:
    """Return the path of the folder of a category: "pay-more/bonus" for "Pay & more/Bonus"."""
    names = [urls.slugify(name) or "category" for name in category.split("/") if name]
    folder = "/".join([*filter(None, into.split("/")), *names])
    top, slash, rest = folder.partition("/")
    return f"{top}-2{slash}{rest}" if f"{top}/" in urls.RESERVED_FOLDERS else folder


def categories_of(
    placed: Iterable[Placed], titles: Mapping[str, Mapping[str, Any]], into: str
) -> dict[str, bytes]:
    """Return the `_category.yaml` of each folder that has more to say than its name."""
    found: dict[str, bytes] = {}
    for each in placed:
        names = (
            each.entry.category.split("/") if each.entry.category and not each.entry.path else []
        )
        for depth in range(1, len(names) + 1):
            category = "/".join(names[:depth])
            folder = folder_of(category, into)
            said = titles.get(category, {})
            title = str(said.get("title") or title_of(names[depth - 1]))
            order = str(said.get("order") or "")
            text = category_text(
                CategoryFile(
                    title="" if title == title_of(folder.rpartition("/")[2]) else title,
                    order=int(order) if re.fullmatch("[+-]?[0-9]{1,9}", order) else None,
                    summary=str(said.get("summary") or ""),
                )
            )
            if text:
                found.setdefault(f"{folder}/_category.yaml", text.encode())
    return found


def _candidates(entry: Brought, name: str, into: str) -> Iterator[str]:
    """Yield the paths that an article can have, the best first."""
    if entry.path:
        path = f"{into}/{entry.path}" if into else entry.path
        if _OWN_PATH.fullmatch(entry.path) and urls.slugify(path.rpartition("/")[2][:-3]):
            yield path
        return
    folder = folder_of(entry.category, into)
    slugs = [urls.slugify(name), urls.slugify(entry.question), "question"]
    slug = next((each for each in slugs if each and not _is_kept(folder, each)), "question")
    most = MAX_ADDRESS_BYTES - len(urls.entry_address(folder, "").encode()) - _ROOM_FOR_NUMBERS
    while len(slug.encode()) > most > 0:
        slug = slug.rpartition("-")[0] or slug.encode()[:most].decode(errors="ignore")
    for number in count(1):
        numbered = slug if number == 1 else f"{slug}-{number}"
        if not _is_kept(folder, numbered):
            yield f"{folder}/{numbered}.md".lstrip("/")


def _is_kept(folder: str, slug: str) -> bool:
    """Tell whether the site or the folder keeps a name for itself."""
    return slug in {"index", "readme"} or urls.is_reserved(urls.entry_address(folder, slug))


def _told_apart(entries: Sequence[Brought]) -> list[Brought]:
    """Return articles of which those that ask the same say in brackets what they are about."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        if not entry.faults and not entry.path:
            groups[question_key(entry.question)].append(number)
    apart = list(entries)
    for numbers in groups.values():
        alike = [entries[number].category for number in numbers]
        for number in numbers if len(numbers) > 1 else ():
            entry = entries[number]
            words = _telling_names(entry.category, {*alike} - {entry.category})
            if alike.count(entry.category) > 1 and entry.name:
                words.append(title_of(_NUMBER_BEFORE.sub("", entry.name)))
            if words:
                question = Text(f"{entry.question} ({', '.join(words)})")
                advice = "added the category or the file to a question that others ask too"
                apart[number] = replace(entry, question=question, advice=(*entry.advice, advice))
    return apart


def _telling_names(category: str, others: set[str]) -> list[str]:
    """Return the last names of a category, as many as tell it from each of the others."""
    names, *further = (
        [title_of(name) for name in each.split("/") if name] for each in (category, *others)
    )
    depths = range(1, len(names))
    telling = (depth for depth in depths if all(names[-depth:] != f[-depth:] for f in further))
    return names[-next(telling, len(names)) :] if others and names else []
