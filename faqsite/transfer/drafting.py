"""The entries that the articles of a source become, as the passes of an import decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from faqsite.content.keys import entry_text
from faqsite.model.keys import Text
from faqsite.model.problems import Problem
from faqsite.model.records import RawContent
from faqsite.transfer.article import Article, ImportSource
from faqsite.transfer.oldlinks import OldLink, change_links
from faqsite.transfer.placing import Placed, Places, write_categories
from faqsite.transfer.relinking import Relinker
from faqsite.transfer.resolving import OldAddresses, Resolver

_MENDED = "wrote an answer anew whose HTML was not as the standard has it"
_REMOVED = "removed links and references to refused articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What the passes so far have decided."""

    refused: Mapping[int, tuple[Problem, ...]]
    mended: Mapping[int, str]
    """The answers whose HTML was at problem, as they are written again."""
    dead: frozenset[tuple[str, str]] = frozenset()
    """Links and references to what is not there, by the entry and what is written in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One way to import the articles, to be checked."""

    accepted: tuple[Placed, ...]
    files: Mapping[str, bytes]
    """Those of the articles and beside them, by their paths."""
    advice: Mapping[str, Sequence[str]]
    """What an editor should know, and the places in the source that it is about."""


def write_draft(
    source: ImportSource,
    content: RawContent,
    places: Places,
    decisions: Decisions,
    *,
    into: str,
    url: str,
) -> Draft:
    """Return the files of the articles that are not refused."""
    accepted = tuple(each for each in places.placed if each.number not in decisions.refused)
    resolver = Resolver(source, content, places, accepted, url)
    relinker = Relinker(resolver, source.files, content.attachments, decisions.dead)
    addresses = OldAddresses(content, accepted, url)
    files: dict[str, bytes] = {}
    advice: defaultdict[str, list[str]] = defaultdict(list)
    for each in accepted:
        entry, said = each.article, [*each.article.advice]
        if entry.kind == "own":
            entry = _take_out(each, decisions, said)
        else:
            answer = decisions.mended.get(each.number, entry.answer)
            said += [_MENDED] if each.number in decisions.mended else []
            entry = replace(
                entry,
                answer=relinker.relink(each, answer, said),
                related=tuple(map(Text, resolver.find_related(each, said))),
                moved_from=tuple(map(Text, addresses.claim(each, said))),
            )
        files[each.path] = entry_text(entry, entry.answer).encode()
        for message in dict.fromkeys(said):
            advice[message].append(entry.place)
    files |= relinker.contents | write_categories(accepted, source.titles, into)
    return Draft(accepted=accepted, files=files, advice=advice)


def _take_out(placed: Placed, decisions: Decisions, advice: list[str]) -> Article:
    """Return an entry without the links and references that are removed."""
    entry = placed.article
    removed = {written for path, written in decisions.dead if path == placed.path}
    if not removed:
        return entry
    advice.append(_REMOVED)

    def change(link: OldLink) -> str:
        is_removed = link.address.strip() in removed and not link.is_picture
        return link.lead_nowhere() if is_removed else link.lead_to(link.address)

    related = tuple(each for each in entry.related if each not in removed)
    return replace(entry, answer=change_links(entry.answer, change), related=related)
