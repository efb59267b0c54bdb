"""Where each article goes: its category, its file name, and a question of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

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
_APART = "added the category or file name to questions that several articles ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which articles become entries, and where, by their numbers in the source from 0."""

    placed: Mapping[int, Article]
    """Articles with the paths that they get, including refused ones with a path."""
    present: Mapping[int, str]
    """The paths of articles that are already in the content."""
    refused: Mapping[int, tuple[Problem, ...]]
    dead: frozenset[tuple[str, str]] = frozenset()
    """Links and references to remove: the path of the entry, and the address as written."""

    @property
    def accepted(self) -> dict[int, Article]:
        """The articles that are placed and not refused."""
        return {n: each for n, each in self.placed.items() if n not in self.refused}


def place(
    articles: Sequence[Article], content: RawContent, files: Mapping[str, bytes], into: str
) -> Plan:
    """Return where articles go in the content, whose `files` are as read, all below `into`."""
    by_address: dict[str, RawEntry | None] = {
        each.address.casefold(): None for each in content.attachments
    }
    by_address |= {urls.address_of(entry.path).casefold(): entry for entry in content.entries}
    taken = {entry.path for entry in content.entries}
    by_question: defaultdict[str, list[RawEntry]] = defaultdict(list)
    for known in content.entries:
        by_question[question_key(known.question)].append(known)
    placed: dict[int, Article] = {}
    present: dict[int, str] = {}
    refused: dict[int, tuple[Problem, ...]] = {}
    for number, article in enumerate(_tell_apart(articles)):
        key = question_key(article.question)
        paths = _find_paths(article, articles[number].name or articles[number].question, into)
        if article.problems:
            refused[number] = article.problems
            if path := next(paths, ""):
                placed[number] = replace(article, path=path)
            continue
        if same := next(
            (each for each in by_question[key] if _is_same(article, each, files)), None
        ):
            present[number] = same.path
            continue
        for path in paths:
            address = urls.address_of(path).casefold()
            # The build reports two paths of an export that share an address.
            if path not in taken if article.path else address not in by_address:
                by_address[address] = None
                taken.add(path)
                placed[number] = replace(article, path=path)
                break
            there = by_address.get(address)
            if there and question_key(there.question) == key:
                present[number] = there.path
                break
        else:
            fact = f'"{article.path}" is taken, or cannot be the path of an entry'
            hint = "choose another path, such as pay/pay-day.md"
            refused[number] = (note("", 0, Kind.NO_ADDRESS, fact, hint, article.path),)
    return Plan(placed=placed, present=present, refused=refused)


def _is_same(article: Article, entry: RawEntry, files: Mapping[str, bytes]) -> bool:
    """Tell whether an entry with the same question has the article's answer or old address."""
    answer = article.answer.strip().encode()
    olds = {old_address(moved) for moved in article.moved_from if moved.startswith("/")}
    others = {old_address(moved) for moved in entry.moved_from}
    is_alike = bool(answer) and files[entry.path].rstrip().endswith(answer)
    return is_alike or bool(olds & others - {None})


def _find_folder(category: str, into: str) -> str:
    """Return the path of the folder of a category: "pay-more/bonus" for "Pay & more/Bonus"."""
    names = [urls.slugify(name) or "category" for name in category.split("/") if name]
    folder = "/".join([*filter(None, into.split("/")), *names])
    top, slash, rest = folder.partition("/")
    return f"{top}-2{slash}{rest}" if f"{top}/" in urls.RESERVED_FOLDERS else folder


def write_categories(
    articles: Iterable[Article], known: Mapping[str, CategoryFile], into: str
) -> dict[str, bytes]:
    """Return the `_category.yaml` of each folder that needs more than its name, by its path."""
    found: dict[str, bytes] = {}
    categories = dict.fromkeys(each.category for each in articles if each.category)
    for names in (category.split("/") for category in categories):
        for depth in range(1, len(names) + 1):
            category = "/".join(names[:depth])
            folder = _find_folder(category, into)
            values = known.get(category, CategoryFile())
            title = values.title or title_of(names[depth - 1])
            title = "" if title == title_of(folder.rpartition("/")[2]) else title
            if text := category_text(replace(values, title=title)):
                found.setdefault(f"{folder}/_category.yaml", text.encode())
    return found


def _find_paths(article: Article, name: str, into: str) -> Iterator[str]:
    """Yield the paths that an article can have, the best first."""
    if article.path:
        path = f"{into}/{article.path}" if into else article.path
        if _OWN_PATH.fullmatch(article.path) and urls.slugify(path.rpartition("/")[2][:-3]):
            yield path
        return
    folder = _find_folder(article.category, into)
    slugs = [urls.slugify(name), urls.slugify(article.question), "question"]
    slug = next((each for each in slugs if each and not _is_kept(folder, each)), "question")
    room = MAX_ADDRESS_BYTES - len(urls.entry_address(folder, "").encode()) - _ROOM_FOR_NUMBERS
    while len(slug.encode()) > room > 0:
        slug = slug.rpartition("-")[0] or slug.encode()[:room].decode(errors="ignore")
    for number in count(1):
        numbered = slug if number == 1 else f"{slug}-{number}"
        if not _is_kept(folder, numbered):
            yield f"{folder}/{numbered}.md".lstrip("/")


def _is_kept(folder: str, slug: str) -> bool:
    """Tell whether the site or the folder reserves a name."""
    return slug in {"index", "readme"} or urls.is_reserved(urls.entry_address(folder, slug))


def _tell_apart(articles: Sequence[Article]) -> list[Article]:
    """Return the articles; those that ask the same get their subject in brackets."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        if not article.problems and not article.path:
            groups[question_key(article.question)].append(number)
    apart = list(articles)
    for numbers in groups.values():
        categories = [articles[number].category for number in numbers]
        for number in numbers if len(numbers) > 1 else ():
            article = articles[number]
            subject = _find_subject(article.category, {*categories} - {article.category})
            if categories.count(article.category) > 1 and article.name:
                subject.append(title_of(_NUMBER_BEFORE.sub("", article.name)))
            if subject:
                question = Text(f"{article.question} ({', '.join(subject)})")
                advice = (*article.advice, _APART)
                apart[number] = replace(article, question=question, advice=advice)
    return apart


def _find_subject(category: str, others: set[str]) -> list[str]:
    """Return the last names of a category, as many as no other category shares."""
    if not category or not others:
        return []
    names, *further = (list(map(title_of, each.split("/"))) for each in (category, *others))
    depths = range(1, len(names))
    unique = (depth for depth in depths if all(names[-depth:] != f[-depth:] for f in further))
    return names[-next(unique, len(names)) :]
