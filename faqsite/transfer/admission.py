"""Which articles become entries: those with which the content builds as it did before.

What is imported is checked as a build checks it, together with all that is there. An article
with a problem is refused, links to it are taken out of the others, and they are checked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from faqsite.answers.dialect import to_html
from faqsite.answers.entries import Read, read_entry
from faqsite.build.pipeline import Inputs, parse_all, read_entries
from faqsite.content.links import find_entry, names_of
from faqsite.content.sources import Sources
from faqsite.content.validate import validate
from faqsite.model.problems import ContentError, Kind, Problem, Problems
from faqsite.model.records import RawContent
from faqsite.model.urls import folders_above
from faqsite.system.files import MAX_FILES
from faqsite.transfer.article import ImportSource
from faqsite.transfer.drafting import Decisions, write_draft
from faqsite.transfer.placing import Placed, Places, place
from faqsite.transfer.to_markdown import from_html

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
    source: ImportSource,
    inputs: Inputs,
    *,
    into: str = "",
    url: str = "",
    report: Callable[[float], None] = lambda _: None,
) -> Admitted:
    """Return which articles of a source can become entries of the content, and their files."""
    read = lru_cache(MAX_FILES)(read_entry)
    content, before = _check(inputs, read)
    present = inputs.sources.files
    places = place(source.articles, content, present, into)
    decisions = Decisions(refused=places.refused, mended={})
    for _ in range(_MAX_PASSES):
        draft = write_draft(source, content, places, decisions, into=into, url=url)
        files = {path: file for path, file in draft.files.items() if path not in present}
        _, problems = _check(_add(inputs, files), read, report)
        found = _select_new(problems, before)
        following = _decide(decisions, places, draft.accepted, found)
        if following == decisions:
            break
        decisions = following
    return Admitted(
        files=files,
        made=tuple(each.path for each in draft.accepted),
        present=places.present,
        refused=dict(sorted(decisions.refused.items())),
        advice={message: tuple(at) for message, at in sorted(draft.advice.items())},
        stuck=found,
    )


def _add(inputs: Inputs, files: Mapping[str, bytes]) -> Inputs:
    """Return the inputs with more files in the content."""
    folders = {*inputs.sources.folders}
    folders |= {folder for path in files for folder in folders_above(path)}
    merged = dict(sorted({**inputs.sources.files, **files}.items()))
    return replace(inputs, sources=Sources(files=merged, folders=tuple(sorted(folders))))


def _check(
    inputs: Inputs, read: Read, report: Callable[[float], None] = lambda _: None
) -> tuple[RawContent, tuple[Problem, ...]]:
    """Return the content, and the problems that a build would report."""
    problems = Problems([*inputs.problems])
    entries = read_entries(inputs.sources, read, report)
    content = parse_all(inputs, entries, problems)
    answers = {path: each.answer for path, each in entries.items() if each.answer}
    try:
        validate(content, answers, problems)
    except ContentError as error:
        return content, tuple(each for each in error.problems if not each.is_advice)
    return content, ()


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
        placeless = replace(problem, path="", line=0)
        if problem.path in numbers:
            found[numbers[problem.path]].append(placeless)
            continue
        named = [numbers[path] for path in problem.about if path in numbers]
        if len(named) == len(problem.about) > 1:
            # One of several that could be meant may stay: it is the one that is meant then.
            named.pop()
        for number in named:
            found[number].append(placeless)
    return {number: tuple(dict.fromkeys(each)) for number, each in found.items()}


def _decide(
    decisions: Decisions, places: Places, accepted: Sequence[Placed], found: Sequence[Problem]
) -> Decisions:
    """Return what to decide otherwise for the next draft; the same if there is nothing."""
    is_own = {each.path: each.article.kind == "own" for each in accepted}
    lost = {each.path for each in places.placed if each.number in decisions.refused}
    # What was taken out and is found again cannot be taken out.
    dead = _find_dead(is_own, lost, found) - decisions.dead
    kept = [each for each in found if (each.path, *each.about[:1]) not in dead]
    blamed = _blame(kept, {each.path: each.number for each in accepted})
    decisions = replace(decisions, dead=decisions.dead | dead)
    if mended := {
        each.number: from_html(to_html(each.article.answer, lambda *_: None))
        for each in accepted
        if not is_own[each.path] and each.number not in decisions.mended
        if any(problem.kind in _MENDABLE for problem in blamed.get(each.number, ()))
    }:
        return replace(decisions, mended={**decisions.mended, **mended})
    return replace(decisions, refused={**decisions.refused, **blamed})


def _find_dead(
    is_own: Mapping[str, bool], lost: Collection[str], found: Iterable[Problem]
) -> frozenset[tuple[str, str]]:
    """Return links and references that can be taken out, by the entry and what is written.

    In an entry of a FAQ such as this one, they are those to refused articles. In any other
    article what leads to no entry is left out from the beginning, and only headings are missing.
    """
    places = {*lost, *(folder for path in lost for folder in folders_above(path))}
    named = names_of(lost)
    dead = set()
    for problem in found:
        match problem:
            case Problem(kind=Kind.DEAD_LINK, about=(written, target)):
                is_dead = target in places or not is_own.get(problem.path, True)
            case Problem(kind=Kind.UNKNOWN_ENTRY, about=(written,)):
                meant = find_entry(written, named, ())
                is_dead = isinstance(meant, str) or meant.kind is Kind.AMBIGUOUS_ENTRY
            case _:
                continue
        if is_dead and problem.path in is_own:
            dead.add((problem.path, written))
    return frozenset(dead)
