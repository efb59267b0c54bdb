"""Which articles become entries: those with which the content builds as it did before.

What is imported is checked as a build checks it, together with all that is there. An article
with a problem is refused, links to it are taken out of the others, and they are checked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from faqsite.answers.entries import Read, ReadEntry, read_entry
from faqsite.build.pipeline import Inputs, parse_all, read_entries
from faqsite.content.links import find_entry, names_of
from faqsite.content.sources import Sources
from faqsite.content.validate import validate
from faqsite.model.problems import ContentError, Kind, Problem, Problems
from faqsite.model.records import RawContent
from faqsite.model.urls import folders_above
from faqsite.system.files import MAX_FILES
from faqsite.transfer.article import Source
from faqsite.transfer.drafting import Decisions, Draft, Drafting
from faqsite.transfer.placing import Placed, place

_MAX_PASSES = 20
"""How often a draft is checked. Three passes are usual; a problem that is left stops the import."""
_MENDABLE = frozenset({Kind.DEAD_LINK, Kind.DRAFT_NAMED, Kind.FORBIDDEN_HTML})
"""Problems that an answer may not have once its HTML is written anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What an import would write, and what became of each article."""

    files: Mapping[str, bytes]
    """By their paths in the content; none of them is there yet."""
    made: tuple[str, ...]
    """The paths of the new entries."""
    present: Mapping[int, str]
    """The paths of the articles that are entries already, by their numbers in the source."""
    refused: Mapping[int, tuple[Problem, ...]]
    advice: Mapping[str, tuple[str, ...]]
    """What an editor should know, and the places in the source that it is about."""
    stuck: tuple[Problem, ...] = ()
    """Problems that would be new, and that no single article has: nothing can be written."""


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
    content, before, _ = _check(inputs, read)
    present = inputs.sources.files
    places = place(source.entries, content, present, into)
    drafting = Drafting(source, content, places, into=into, url=url)
    decisions = Decisions(refused=places.refused)
    for _ in range(_MAX_PASSES):
        draft = drafting.write(decisions, present)
        _, problems, entries = _check(_with(inputs, draft.files), read, tell)
        found = _select_new(problems, before)
        following = _decide(decisions, draft, entries, found)
        if following == decisions:
            break
        decisions = following
    return Admitted(
        files=draft.files,
        made=tuple(each.path for each in draft.accepted),
        present=places.present,
        refused=dict(sorted(decisions.refused.items())),
        advice={message: tuple(at) for message, at in sorted(draft.advice.items())},
        stuck=found,
    )


def _with(inputs: Inputs, files: Mapping[str, bytes]) -> Inputs:
    """Return the inputs with more files in the content."""
    folders = {*inputs.sources.folders}
    folders |= {folder for path in files for folder in folders_above(path)}
    merged = dict(sorted({**inputs.sources.files, **files}.items()))
    return replace(inputs, sources=Sources(files=merged, folders=tuple(sorted(folders))))


def _check(
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


def _select_new(problems: Iterable[Problem], before: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are there because of what is imported."""
    known = {(each.path, each.line, each.kind, each.about) for each in before}
    faulty = {each.path for each in before}
    return tuple(
        each
        for each in problems
        if (each.path, each.line, each.kind, each.about) not in known
        # In the folder as a whole, or its settings, whatever is wrong was so before.
        if "/" in each.path or each.path.endswith(".md") or each.path not in faulty
    )


def _blame(
    problems: Iterable[Problem], numbers: Mapping[str, int]
) -> dict[int, tuple[Problem, ...]]:
    """Return what is wrong with each article, by its number.

    An entry that was there before can have a problem because of a new one, which it is about.
    """
    found: defaultdict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        fault = replace(problem, path="", line=0)
        if problem.path in numbers:
            found[numbers[problem.path]].append(fault)
            continue
        named = [numbers[path] for path in problem.about if path in numbers]
        if len(named) == len(problem.about) > 1:
            # One of several that could be meant may stay: it is the one that is meant then.
            named.pop()
        for number in named:
            found[number].append(fault)
    return {number: tuple(dict.fromkeys(faults)) for number, faults in found.items()}


def _decide(
    decisions: Decisions, draft: Draft, read: Mapping[str, ReadEntry], found: Sequence[Problem]
) -> Decisions:
    """Return what to decide otherwise for the next draft; the same if there is nothing."""
    if dead := _find_dead_links(draft.accepted, read) - decisions.dead:
        return replace(decisions, dead=decisions.dead | dead)
    # What was removed and is found again cannot be removed.
    removed = _find_removable(draft, found) - decisions.removed
    kept = [each for each in found if (each.path, *each.about[:1]) not in removed]
    blamed = _blame(kept, {each.path: each.number for each in draft.accepted})
    if mended := _find_mendable(draft, blamed) - decisions.mended:
        return replace(decisions, mended=decisions.mended | mended)
    return replace(
        decisions,
        refused={**decisions.refused, **blamed},
        removed=decisions.removed | removed,
    )


def _find_dead_links(
    accepted: Iterable[Placed], read: Mapping[str, ReadEntry]
) -> frozenset[tuple[str, str]]:
    """Return the links to headings that are not there, by the entry and the address."""
    ids = {path: frozenset(each.answer.ids) for path, each in read.items() if each.answer}
    dead = set()
    for each in accepted:
        answer = read[each.path].answer
        for link in answer.links if answer and each.entry.kind != "own" else ():
            is_there = link.path not in ids or link.fragment in ids[link.path]
            if link.fragment and not is_there:
                dead.add((each.path, link.written))
    return frozenset(dead)


def _find_removable(draft: Draft, found: Iterable[Problem]) -> frozenset[tuple[str, str]]:
    """Return the links and references to refused articles, by the entry and what is written.

    They are those of articles that are entries of a FAQ such as this one: in others, what
    leads to no entry is left out from the beginning.
    """
    own = {each.path for each in draft.accepted if each.entry.kind == "own"}
    lost = {*draft.missing, *(folder for path in draft.missing for folder in folders_above(path))}
    named = names_of(draft.missing)
    removable = set()
    for problem in found if draft.missing else ():
        match problem:
            case Problem(kind=Kind.DEAD_LINK, about=(written, target)):
                is_lost = target in lost
            case Problem(kind=Kind.UNKNOWN_ENTRY, about=(written,)):
                meant = find_entry(written, named, ())
                is_lost = isinstance(meant, str) or meant.kind is Kind.AMBIGUOUS_ENTRY
            case _:
                continue
        if is_lost and problem.path in own:
            removable.add((problem.path, written))
    return frozenset(removable)


def _find_mendable(draft: Draft, blamed: Mapping[int, Sequence[Problem]]) -> frozenset[int]:
    """Return the articles whose HTML is at fault, or a link that is not found as it stands."""
    return frozenset(
        each.number
        for each in draft.accepted
        if each.entry.kind != "own"
        if any(fault.kind in _MENDABLE for fault in blamed.get(each.number, ()))
    )
