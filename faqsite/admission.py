"""Which articles become entries: those with which the content builds as it did before.

What is brought is checked as a build checks it, together with all that is there. An article
with a problem is refused, links to it are taken out of the others, and it is checked again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from posixpath import dirname

from faqsite.bringing import Brought, Fault, Source
from faqsite.content import Sources
from faqsite.dialect import to_html
from faqsite.entries import Read, ReadEntry, read_entry
from faqsite.files import MAX_FILES
from faqsite.frontmatter import entry_text
from faqsite.model import RawContent
from faqsite.oldlinks import Piece, find_links
from faqsite.pipeline import Inputs, parse_all, read_entries
from faqsite.placing import Placed, Places, categories_of, place
from faqsite.problems import ContentError, Problem, Problems
from faqsite.references import OldAddresses, References
from faqsite.relinking import OldSite, names_of_article, relink, split_address
from faqsite.to_markdown import from_html
from faqsite.validate import validate

_IN_QUOTES = re.compile('"([^"]+)"')
# HTML, or a link that was not found where it stands.
_AT_FAULT = re.compile(r"<|the link |the picture |[^ ]+ of <")
_MENDED = "wrote an answer anew whose HTML was not as the standard has it"


@dataclass(slots=True)
class Admitted:
    """What an import would write, and what became of each article."""

    files: Mapping[str, bytes]
    """By their paths in the content; none of them is there yet."""
    made: tuple[str, ...]
    """The paths of the new entries."""
    present: Mapping[int, str]
    """The paths of the articles that are entries already, by their numbers in the source."""
    refused: Mapping[int, tuple[Fault, ...]]
    advice: Mapping[str, tuple[str, ...]]
    """What an editor should know, and the places in the source that it is about."""
    left: tuple[Problem, ...] = ()
    """Why other files than entries were left out."""
    stuck: tuple[Problem, ...] = ()
    """Problems that would be new, and that no single article has: nothing can be written."""


@dataclass(slots=True)
class _Draft:
    """One way to bring the articles, to be checked."""

    files: dict[str, bytes] = field(default_factory=dict)
    advice: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def admit(
    source: Source,
    inputs: Inputs,
    *,
    into: str = "",
    url: str = "",
    tell: Callable[[float], None] = lambda _: None,
) -> Admitted:
    """Return which articles of a source can become entries of the content, and their files."""
    read = lru_cache(MAX_FILES)(read_entry)
    content, before, _ = _checked(inputs, read)
    places = place(source.entries, content, inputs.sources.files, into)
    bringing = _Bringing(source, content, places, into=into, url=url)
    whole = {
        f"{into}/{path}".lstrip("/") if _is_in_folder(path) else path: file
        for path, file in source.whole.items()
    }
    whole = {path: file for path, file in whole.items() if path not in inputs.sources.files}
    refused: dict[int, tuple[Fault, ...]] = dict(places.refused)
    left: list[Problem] = []
    while True:
        accepted = [each for each in places.placed if each.number not in refused]
        draft = bringing.write(accepted)
        files = {
            path: file for path, file in draft.files.items() if path not in inputs.sources.files
        } | whole
        _, told, entries = _checked(_with(inputs, files), read, tell)
        if dead := _dead_links(accepted, entries) - bringing.dead:
            bringing.dead |= dead
            continue
        found = [each for each in told if _is_new(each, before)]
        faults = _blamed(found, {each.path: each.number for each in accepted})
        if bringing.mend(faults):
            continue
        faulty = {each.path for each in found} & whole.keys()
        left += [each for each in found if each.path in faulty]
        if faults or faulty:
            refused |= faults
            whole = {path: file for path, file in whole.items() if path not in faulty}
            continue
        return Admitted(
            files=files,
            made=tuple(each.path for each in accepted),
            present=places.present,
            refused=dict(sorted(refused.items())),
            advice={message: tuple(at) for message, at in sorted(draft.advice.items())},
            left=tuple(left),
            stuck=tuple(found),
        )


def _is_in_folder(path: str) -> bool:
    return "/" in path or not path.endswith(".yaml")


def _with(inputs: Inputs, files: Mapping[str, bytes]) -> Inputs:
    """Return the inputs with more files in the content."""
    folders = {*inputs.sources.folders}
    for path in files:
        folder = dirname(path)
        while folder and folder not in folders:
            folders.add(folder)
            folder = dirname(folder)
    merged = dict(sorted({**inputs.sources.files, **files}.items()))
    return replace(inputs, sources=Sources(files=merged, folders=tuple(sorted(folders))))


def _checked(
    inputs: Inputs, read: Read, tell: Callable[[float], None] = lambda _: None
) -> tuple[RawContent, tuple[Problem, ...], Mapping[str, ReadEntry]]:
    """Return the content, the problems that a build would report, and what each entry says."""
    problems = Problems([*inputs.problems])
    entries = read_entries(inputs.sources, read, tell)
    content = parse_all(inputs, entries, problems)
    answers = {path: each.answer for path, each in entries.items() if each.answer}
    try:
        validate(content, answers, problems)
    except ContentError as error:
        return content, tuple(each for each in error.problems if not each.is_advice), entries
    return content, (), entries


def _is_new(problem: Problem, before: Sequence[Problem]) -> bool:
    """Tell whether a problem is there because of what is brought."""
    if "/" not in problem.path and not problem.path.endswith(".md"):
        # The folder as a whole, or its settings: whatever is wrong there was so before.
        return all(each.path != problem.path for each in before)
    return all((each.path, each.message) != (problem.path, problem.message) for each in before)


def _blamed(
    problems: Iterable[Problem], numbers: Mapping[str, int]
) -> dict[int, tuple[Fault, ...]]:
    """Return what is wrong with each article, by its number.

    An entry that was there before can have a problem because of a new one, which it names.
    """
    found: defaultdict[int, list[Fault]] = defaultdict(list)
    for problem in problems:
        named = _IN_QUOTES.findall(f"{problem.message} {problem.hint}")
        at = numbers.get(problem.path)
        if at is None:
            at = next(
                (numbers[n] for name in named for n in (name, f"{name}.md") if n in numbers), None
            )
        if at is not None:
            found[at].append(Fault(message=problem.message, hint=problem.hint))
    return {number: tuple(dict.fromkeys(faults)) for number, faults in found.items()}


def _dead_links(
    accepted: Iterable[Placed], entries: Mapping[str, ReadEntry]
) -> set[tuple[str, str]]:
    """Return the links to headings that are not there, by the entry and the address."""
    ids = {path: frozenset(each.answer.ids) for path, each in entries.items() if each.answer}
    dead = set()
    for each in accepted:
        answer = entries[each.path].answer
        for link in answer.links if answer and each.entry.kind != "own" else ():
            is_there = link.path not in ids or link.fragment in ids[link.path]
            if link.fragment and not is_there:
                dead.add((each.path, link.written))
    return dead


class _Bringing:
    """What does not change from one way to bring the articles to the next."""

    def __init__(
        self, source: Source, content: RawContent, places: Places, *, into: str, url: str
    ) -> None:
        self.dead: set[tuple[str, str]] = set()
        self._mended: set[int] = set()
        self._source, self._content, self._into, self._url = source, content, into, url
        self._present = {
            name: path
            for number, path in places.present.items()
            for name in names_of_article(source.entries[number])
        }
        self._present |= {
            name: entry.path
            for entry in content.entries
            for moved in entry.moved_from
            for name in names_of_article(_named(moved.value))
            if not entry.draft
        }
        bases = [base for each in source.entries for base in (each.base, *each.moved_from)]
        self._hosts = frozenset(
            host.removeprefix("www.")
            for base in (*bases, url)
            if (host := split_address(base).netloc.lower())
        )
        self._pieces: dict[int, tuple[Piece, ...]] = {
            each.number: find_links(each.entry.answer)
            for each in places.placed
            if each.entry.kind != "own"
        }
        self._standing = {each.address.casefold(): each for each in content.attachments}

    def mend(self, faults: Mapping[int, Sequence[Fault]]) -> bool:
        """Write anew, once, the answers whose HTML is at fault; tell whether there were any."""
        numbers = [
            number
            for number, each in faults.items()
            if number in self._pieces and number not in self._mended
            if any(_AT_FAULT.match(fault.message) for fault in each)
        ]
        for number in numbers:
            self._mended.add(number)
            html = to_html(self._source.entries[number].answer, lambda *_: None)
            self._pieces[number] = find_links(from_html(html))
        return bool(numbers)

    def write(self, accepted: Sequence[Placed]) -> _Draft:
        """Return the files of the articles that are accepted by now."""
        draft = _Draft()
        site = OldSite(
            url=self._url,
            articles=self._present
            | {
                name: each.path
                for each in reversed(accepted)
                for name in names_of_article(each.entry)
                if not each.entry.draft
            },
            files=self._source.files,
            standing=self._standing,
            dead=self.dead,
            hosts=self._hosts,
        )
        references = References(self._content, accepted, site)
        addresses = OldAddresses(self._content, accepted, self._url)
        for each in accepted:
            entry, advice = each.entry, [*each.entry.advice]
            if each.number in self._mended:
                advice.append(_MENDED)
            if entry.kind != "own":
                relinked = relink(each, self._pieces[each.number], site)
                advice += relinked.advice
                entry = replace(
                    entry,
                    answer=relinked.markdown,
                    related=references.of(each, advice),
                    moved_from=addresses.of(each, advice),
                )
            draft.files[each.path] = _file_of(entry).encode()
            for message in dict.fromkeys(advice):
                draft.advice[message].append(entry.place)
        draft.files |= site.contents
        draft.files |= categories_of(accepted, self._source.titles, self._into)
        return draft


def _named(moved: str) -> Brought:
    return Brought(place="", question="", answer="", moved_from=(moved,))


def _file_of(entry: Brought) -> str:
    return entry_text(
        question=entry.question,
        answer=entry.answer,
        also_asked=entry.also_asked,
        order=entry.order,
        related=entry.related,
        updated=entry.updated,
        review_by=entry.review_by,
        owner=entry.owner,
        draft=entry.draft,
        moved_from=entry.moved_from,
    )
