"""The entries that the articles of a source become, as the passes of an import decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from faqsite.answers.dialect import to_html
from faqsite.content.keys import entry_text
from faqsite.model.keys import Text
from faqsite.model.problems import Problem
from faqsite.model.records import RawContent
from faqsite.transfer.article import Brought, Source
from faqsite.transfer.oldlinks import Piece, find_links
from faqsite.transfer.placing import Placed, Places, categories_of
from faqsite.transfer.references import OldAddresses, References
from faqsite.transfer.relinking import OldSite, names_of_article, relink, split_address, unlink
from faqsite.transfer.to_markdown import from_html

_MENDED = "wrote an answer anew whose HTML was not as the standard has it"
_REMOVED = "removed links and references to refused articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What the passes so far have decided."""

    refused: Mapping[int, tuple[Problem, ...]]
    mended: frozenset[int] = frozenset()
    """The articles whose HTML is written anew."""
    dead: frozenset[tuple[str, str]] = frozenset()
    """Links to a heading that is not there, by the entry and the address."""
    removed: frozenset[tuple[str, str]] = frozenset()
    """Links and references to what is refused, by the entry and what is written there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One way to import the articles, to be checked."""

    accepted: tuple[Placed, ...]
    missing: frozenset[str]
    """The paths that the refused articles would have."""
    files: Mapping[str, bytes]
    """Those of the articles and beside them, by their paths; none of them is there yet."""
    advice: Mapping[str, Sequence[str]]
    """What an editor should know, and the places in the source that it is about."""


class Drafting:
    """Writes the articles of a source as entries of a content, as is decided."""

    def __init__(
        self, source: Source, content: RawContent, places: Places, *, into: str, url: str
    ) -> None:
        self._source, self._content, self._into, self._url = source, content, into, url
        self._places = places
        self._present = {
            name: path
            for number, path in places.present.items()
            for name in names_of_article(source.entries[number])
        }
        self._present |= {
            name: entry.path
            for entry in content.entries
            for moved in entry.moved_from
            for name in names_of_article(_named(moved))
            if not entry.draft
        }
        bases = [base for each in source.entries for base in (each.base, *each.moved_from)]
        self._hosts = frozenset(
            host.removeprefix("www.")
            for base in (*bases, url)
            if (host := split_address(base).netloc.lower())
        )
        self._pieces: dict[tuple[int, bool], tuple[Piece, ...]] = {}
        self._standing = {each.address.casefold(): each for each in content.attachments}

    def write(self, decisions: Decisions, present: Collection[str]) -> Draft:
        """Return the files of the articles that are not refused, without those that are present."""
        placed = self._places.placed
        accepted = tuple(each for each in placed if each.number not in decisions.refused)
        refused = {each.path for each in placed if each.number in decisions.refused}
        removed: defaultdict[str, set[str]] = defaultdict(set)
        for path, written in decisions.removed:
            removed[path].add(written)
        files: dict[str, bytes] = {}
        advice: defaultdict[str, list[str]] = defaultdict(list)
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
            dead=decisions.dead,
            hosts=self._hosts,
        )
        references = References(self._content, accepted, site)
        addresses = OldAddresses(self._content, accepted, self._url)
        for each in accepted:
            said = [*each.entry.advice]
            if each.entry.kind == "own":
                entry = _without(each.entry, removed[each.path])
                said += [_REMOVED] if removed[each.path] else []
            else:
                is_mended = each.number in decisions.mended
                said += [_MENDED] if is_mended else []
                relinked = relink(each, self._pieces_of(each, is_mended=is_mended), site)
                said += relinked.advice
                entry = replace(
                    each.entry,
                    answer=relinked.markdown,
                    related=tuple(map(Text, references.of(each, said))),
                    moved_from=tuple(map(Text, addresses.of(each, said))),
                )
            files[each.path] = entry_text(entry, entry.answer).encode()
            for message in dict.fromkeys(said):
                advice[message].append(entry.place)
        files |= site.contents
        files |= categories_of(accepted, self._source.titles, self._into)
        files = {path: file for path, file in files.items() if path not in present}
        return Draft(
            accepted=accepted,
            missing=self._places.missing | refused,
            files=files,
            advice=advice,
        )

    def _pieces_of(self, placed: Placed, *, is_mended: bool) -> tuple[Piece, ...]:
        key = placed.number, is_mended
        if key not in self._pieces:
            answer = placed.entry.answer
            if is_mended:
                answer = from_html(to_html(answer, lambda *_: None))
            self._pieces[key] = find_links(answer)
        return self._pieces[key]


def _without(entry: Brought, removed: Collection[str]) -> Brought:
    """Return an entry without these links and references."""
    if not removed:
        return entry
    related = tuple(each for each in entry.related if each not in removed)
    return replace(entry, answer=unlink(entry.answer, removed), related=related)


def _named(moved: Text) -> Brought:
    return Brought(place="", question=Text(), answer="", moved_from=(moved,))
