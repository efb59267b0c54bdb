"""Decides which articles become entries: those with which the content still builds.

Each pass checks the new files together with the content, as a build does. It refuses the articles
with problems and removes the links to them from the others. Then it checks again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from faqsite.answers.answer import Read, read_entry
from faqsite.answers.dialect import to_html
from faqsite.build.pipeline import Inputs, parse_all, read_entries
from faqsite.content.keys import entry_text
from faqsite.content.links import find_entry, names_of
from faqsite.content.sources import Sources
from faqsite.content.validate import validate
from faqsite.model.problems import ContentError, Kind, Problem, Problems
from faqsite.model.records import RawContent
from faqsite.model.urls import folders_above
from faqsite.system.files import MAX_FILES
from faqsite.transfer.article import Article, ImportSource
from faqsite.transfer.oldlinks import OldLink, change_links
from faqsite.transfer.placing import Plan, place, write_categories
from faqsite.transfer.relinking import Relinker
from faqsite.transfer.resolving import Resolver
from faqsite.transfer.to_markdown import from_html

_MAX_PASSES = 20
"""Three passes are usual; problems that are left after the last one stop the import."""
_REWRITABLE = frozenset({Kind.DEAD_LINK, Kind.DRAFT_NAMED, Kind.FORBIDDEN_HTML})
"""Problems that an answer can lose when it is converted to HTML and back."""
_REWROTE = "rewrote answers with HTML that is not allowed"
_NO_HEADING = "removed missing headings from links"
_REMOVED = "removed links and references to refused articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What an import would write, and what becomes of each article."""

    files: Mapping[str, bytes]
    """New files, by their paths in the content."""
    made: tuple[str, ...]
    """The paths of the new entries."""
    present: Mapping[int, str]
    """The paths of articles that are entries already, by their numbers in the source."""
    refused: Mapping[int, tuple[Problem, ...]]
    advice: Mapping[str, tuple[str, ...]]
    """Each piece of advice with the places in the source that it is about."""
    stuck: tuple[Problem, ...] = ()
    """New problems that no single article causes; they prevent the whole import."""


def admit(
    source: ImportSource,
    inputs: Inputs,
    *,
    into: str = "",
    url: str = "",
    report: Callable[[float], None] = lambda _: None,
) -> Admitted:
    """Return which articles can become entries, and the files to write.

    All go into the folder `into`; `url` is the public address of the old site.
    """
    read = lru_cache(MAX_FILES)(read_entry)
    content, before = _check(inputs, {}, read)
    present = inputs.sources.files
    plan = place(source.articles, content, present, into)
    for _ in range(_MAX_PASSES):
        resolver = Resolver(source, content, plan.present, [*plan.accepted.values()], url)
        files, advice = _write(source, resolver, plan, into)
        files = {path: file for path, file in files.items() if path not in present}
        _, problems = _check(inputs, files, read, report)
        found = _select_new(problems, before)
        following = _decide(plan, found)
        if following == plan:
            break
        plan = following
    return Admitted(
        files=files,
        made=tuple(each.path for each in plan.accepted.values()),
        present=plan.present,
        refused=dict(sorted(plan.refused.items())),
        advice={message: tuple(places) for message, places in sorted(advice.items())},
        stuck=found,
    )


def _write(
    source: ImportSource, resolver: Resolver, plan: Plan, into: str
) -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """Return the files of the accepted articles, and the advice with its places."""
    relinker = Relinker(resolver)
    files: dict[str, bytes] = {}
    advice: defaultdict[str, list[str]] = defaultdict(list)
    for article in plan.accepted.values():
        entry, given = article, [*article.advice]
        if article.kind != "own":
            entry = replace(
                article,
                answer=relinker.relink(article, given),
                related=resolver.find_related(article, given),
                moved_from=resolver.claim_old_addresses(article, given),
            )
        entry = _remove_dead(entry, plan, given)
        files[entry.path] = entry_text(entry, entry.answer).encode()
        for message in dict.fromkeys(given):
            advice[message].append(entry.place)
    categories = write_categories(plan.accepted.values(), source.categories, into)
    return files | relinker.contents | categories, advice


def _remove_dead(entry: Article, plan: Plan, advice: list[str]) -> Article:
    """Return an entry without its dead links and references, or without the dead headings."""
    removed = {written for path, written in plan.dead if path == entry.path}
    if not removed:
        return entry
    is_own = entry.kind == "own"
    advice.append(_REMOVED if is_own else _NO_HEADING)

    def change(link: OldLink) -> OldLink:
        if link.is_picture or link.address.strip() not in removed:
            return link
        return replace(link, address="" if is_own else link.address.partition("#")[0])

    related = tuple(each for each in entry.related if each not in removed)
    return replace(entry, answer=change_links(entry.answer, change), related=related)


def _check(
    inputs: Inputs,
    files: Mapping[str, bytes],
    read: Read,
    report: Callable[[float], None] = lambda _: None,
) -> tuple[RawContent, tuple[Problem, ...]]:
    """Return the content with more files, and the problems that a build would report."""
    folders = {*inputs.sources.folders, *(each for path in files for each in folders_above(path))}
    merged = dict(sorted({**inputs.sources.files, **files}.items()))
    inputs = replace(inputs, sources=Sources(files=merged, folders=tuple(sorted(folders))))
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
    """Return the problems that the import causes."""
    known = {(each.path, each.line, each.kind, each.about) for each in before}
    faulty = {each.path for each in before}
    return tuple(
        each
        for each in problems
        if (each.path, each.line, each.kind, each.about) not in known
        # An import cannot break the settings or the content folder any further.
        if "/" in each.path or each.path.endswith(".md") or each.path not in faulty
    )


def _decide(plan: Plan, found: Sequence[Problem]) -> Plan:
    """Return the plan for the next pass; the same plan means that nothing is left to do."""
    accepted = plan.accepted
    numbers = {each.path: number for number, each in accepted.items()}
    # A link that is found again after it was removed cannot be removed.
    dead = _find_dead(plan, found) - plan.dead
    kept = [each for each in found if (each.path, *each.about[:1]) not in dead]
    blamed = _blame(kept, numbers)
    plan = replace(plan, dead=plan.dead | dead)
    if rewritten := {
        number: replace(
            each,
            answer=from_html(to_html(each.answer, lambda *_, **__: None)),
            kind="rewritten",
            advice=(*each.advice, _REWROTE),
        )
        for number, each in accepted.items()
        if each.kind not in {"own", "rewritten"}
        if any(problem.kind in _REWRITABLE for problem in blamed.get(number, ()))
    }:
        return replace(plan, placed={**plan.placed, **rewritten})
    return replace(plan, refused={**plan.refused, **blamed})


def _find_dead(plan: Plan, found: Iterable[Problem]) -> frozenset[tuple[str, str]]:
    """Return the links and references that can be removed.

    In an entry of an export these lead to refused articles. In any other article they lead to
    missing headings; the resolver has removed the rest.
    """
    kinds = {each.path: each.kind for each in plan.accepted.values()}
    lost = {plan.placed[n].path for n in plan.refused if n in plan.placed}
    gone = {*lost, *(folder for path in lost for folder in folders_above(path))}
    named = names_of(lost)
    dead = set()
    for problem in found:
        match problem:
            case Problem(kind=Kind.DEAD_LINK, about=(written, target)):
                is_dead = target in gone or kinds.get(problem.path, "own") != "own"
            case Problem(kind=Kind.UNKNOWN_ENTRY, about=(written,)):
                meant = find_entry(written, named, ())
                is_dead = isinstance(meant, str) or meant.kind is Kind.AMBIGUOUS_ENTRY
            case _:
                continue
        if is_dead and problem.path in kinds:
            dead.add((problem.path, written))
    return frozenset(dead)


def _blame(
    problems: Iterable[Problem], numbers: Mapping[str, int]
) -> dict[int, tuple[Problem, ...]]:
    """Return the problems of each article by its number, given the numbers by path.

    A problem in an older entry belongs to the new article that it is about.
    """
    found: defaultdict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        blamed = [numbers[path] for path in problem.about if path in numbers]
        if problem.path in numbers:
            blamed = [numbers[problem.path]]
        elif len(blamed) == len(problem.about) > 1:
            # If a reference fits several articles, it means the one that stays.
            blamed.pop()
        for number in blamed:
            found[number].append(replace(problem, path="", line=0))
    return {number: tuple(dict.fromkeys(each)) for number, each in found.items()}
