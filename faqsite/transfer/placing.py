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
from faqsite.transfer.article import Article

_ROOM_FOR_NUMBERS = 10
_NUMBER_BEFORE = re.compile(r"^\d+[-_. ]+(?=\D)")
_OWN_PATH = re.compile(r"(?:(?![.~])[^/\\\x00-\x1f]+/)*(?![.~])[^/\\\x00-\x1f]+\.md", re.IGNORECASE)
_APART = "added the category or the file to a question that others ask too"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An article and the path at which it comes to lie."""

    number: int
    """Its number in the source, from 0."""
    article: Article
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where articles come to lie."""

    placed: tuple[Placed, ...]
    """Those that could be entries, and those that are refused with the path they would have."""
    present: Mapping[int, str]
    """The paths of those that are there already, by their numbers."""
    refused: Mapping[int, tuple[Problem, ...]]


def place(
    entries: Sequence[Article], content: RawContent, files: Mapping[str, bytes], into: str
) -> Places:
    """Return where articles come to lie in a content folder, all below the folder `into`.

    `files` are those of the content, as they were read.
    """
    by_address: dict[str, RawEntry | None] = {
        each.address.casefold(): None for each in content.attachments
    }
    by_address |= {urls.address_of(entry.path).casefold(): entry for entry in content.entries}
    paths = {entry.path for entry in content.entries}
    by_question: defaultdict[str, list[RawEntry]] = defaultdict(list)
    for known in content.entries:
        by_question[question_key(known.question)].append(known)
    placed: list[Placed] = []
    present: dict[int, str] = {}
    refused: dict[int, tuple[Problem, ...]] = {}
    for number, entry in enumerate(_tell_apart(entries)):
        key = question_key(entry.question)
        candidates = _find_paths(entry, entries[number].name or entries[number].question, into)
        if entry.problems:
            refused[number] = entry.problems
            lost = islice(candidates, 1)
            placed += [Placed(number=number, article=entry, path=path) for path in lost]
            continue
        if found := next((each for each in by_question[key] if _is_same(entry, each, files)), None):
            present[number] = found.path
            continue
        for path in candidates:
            address = urls.address_of(path).casefold()
            # Whether two of its own addresses are alike is for a build to tell.
            if path not in paths if entry.path else address not in by_address:
                by_address[address] = None
                paths.add(path)
                placed.append(Placed(number=number, article=entry, path=path))
                break
            found = by_address.get(address)
            if found and question_key(found.question) == key:
                present[number] = found.path
                break
        else:
            message = f'"{entry.path}" is taken, or cannot be the path of an entry'
            hint = "give it another path"
            refused[number] = (note("", 0, Kind.NO_ADDRESS, message, hint, entry.path),)
    return Places(placed=tuple(placed), present=present, refused=refused)


def _is_same(entry: Article, other: RawEntry, files: Mapping[str, bytes]) -> bool:
    """Tell whether an entry that asks the same was this article: by its answer or old address."""
    answer = entry.answer.strip().encode()
    olds = {old_address(moved) for moved in entry.moved_from if moved.startswith("/")}
    others = {old_address(moved) for moved in other.moved_from}
    is_alike = bool(answer) and files[other.path].rstrip().endswith(answer)
    return is_alike or bool(olds & others - {None})


def folder_of(category: str, into: str) -> str:
    """Return the path of the folder of a category: "pay-more/bonus" for "Pay & more/Bonus"."""
    names = [urls.slugify(name) or "category" for name in category.split("/") if name]
    folder = "/".join([*filter(None, into.split("/")), *names])
    top, slash, rest = folder.partition("/")
    return f"{top}-2{slash}{rest}" if f"{top}/" in urls.RESERVED_FOLDERS else folder


def write_categories(
    placed: Iterable[Placed], titles: Mapping[str, Mapping[str, Any]], into: str
) -> dict[str, bytes]:
    """Return the `_category.yaml` of each folder that has more to say than its name."""
    found: dict[str, bytes] = {}
    categories = {each.article.category: None for each in placed if not each.article.path}
    for names in (category.split("/") for category in categories if category):
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


def _find_paths(entry: Article, name: str, into: str) -> Iterator[str]:
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


def _tell_apart(entries: Sequence[Article]) -> list[Article]:
    """Return articles of which those that ask the same say in brackets what they are about."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        if not entry.problems and not entry.path:
            groups[question_key(entry.question)].append(number)
    apart = list(entries)
    for numbers in groups.values():
        categories = [entries[number].category for number in numbers]
        for number in numbers if len(numbers) > 1 else ():
            entry = entries[number]
            words = _telling_names(entry.category, {*categories} - {entry.category})
            if categories.count(entry.category) > 1 and entry.name:
                words.append(title_of(_NUMBER_BEFORE.sub("", entry.name)))
            if words:
                question = Text(f"{entry.question} ({', '.join(words)})")
                apart[number] = replace(entry, question=question, advice=(*entry.advice, _APART))
    return apart


def _telling_names(category: str, others: set[str]) -> list[str]:
    """Return the last names of a category, as many as tell it from each of the others."""
    if not category or not others:
        return []
    names, *further = (list(map(title_of, each.split("/"))) for each in (category, *others))
    depths = range(1, len(names))
    telling = (depth for depth in depths if all(names[-depth:] != f[-depth:] for f in further))
    return names[-next(telling, len(names)) :]
