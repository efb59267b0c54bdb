"""Whether readers find the answers: each question, other phrase and query, asked of the search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from faqsite.audit.engine import Hit
from faqsite.audit.queries import USUAL_HITS, Query, key_of, parse_queries
from faqsite.content.sources import QUERIES_FILE
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problem, Problems, note, shortened
from faqsite.model.records import Faq, RawContent, RawEntry
from faqsite.search.packing import SHOWN, SURE

_PHRASE_HITS = 5
_MOST_NAMED = 3

Ask = Callable[[Sequence[str], int], Sequence[Sequence[Hit]]]
"""Returns the hits for each query, at most as many as the number says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What is wrong or doubtful, and how many queries were asked to find that out."""

    findings: tuple[Problem, ...]
    queries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The question of an entry, or another way in which it is asked."""

    entry: str
    """The path of the entry."""
    text: Text
    is_question: bool

    @property
    def name(self) -> str:
        """What a message calls it."""
        shown = f'"also_asked" phrase "{shortened(self.text)}"'
        return "the question" if self.is_question else shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a page has to say to a query."""

    paths: tuple[str, ...]
    """The entries found, best first."""
    is_sure: bool
    """The first of them is offered as an answer."""


def check_findability(content: RawContent, faq: Faq, ask: Ask) -> Audit:
    """Return which questions, phrases and queries do not find what they are to find."""
    problems = Problems()
    groups = _phrases_by_words([entry for entry in content.entries if not entry.draft])
    contested = [group for group in groups if len({phrase.entry for phrase in group}) > 1]
    phrases = [phrase for group in groups if group not in contested for phrase in group]
    queries = parse_queries(content.queries, content.entries, problems)
    texts = [*(phrase.text for phrase in phrases), *(query.text for query in queries)]
    texts = list(dict.fromkeys(texts))
    paths = [entry.path for entry in faq.top.all_entries]
    # One more than a page shows, as the page asks.
    hits = ask(texts, SHOWN + 1)
    outcomes = {text: _outcome(each, paths) for text, each in zip(texts, hits, strict=True)}
    problems.extend(_find_contested(contested))
    problems.extend(_find_hidden(phrases, outcomes))
    problems.extend(_find_unanswered(queries, outcomes))
    return Audit(findings=tuple(problems.found), queries=len(texts))


def _phrases_by_words(entries: Sequence[RawEntry]) -> list[tuple[Phrase, ...]]:
    """Return the questions, then the other phrases, those of the same words together."""
    phrases = [Phrase(entry=each.path, text=each.question, is_question=True) for each in entries]
    phrases += (
        Phrase(entry=entry.path, text=text, is_question=False)
        for entry in entries
        for text in entry.also_asked
    )
    found: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        found[key_of(phrase.text)].append(phrase)
    return [tuple(each) for each in found.values()]


def _outcome(hits: Sequence[Hit], paths: Sequence[str]) -> Outcome:
    return Outcome(
        paths=tuple(paths[hit.entry] for hit in hits),
        is_sure=any(hit.covered >= SURE for hit in hits[:1]),
    )


def _find_contested(contested: Iterable[Sequence[Phrase]]) -> Iterator[Problem]:
    """Yield each phrase that is claimed by several entries, once."""
    for *others, last in contested:
        claims = {each.entry: each.text.line for each in reversed(others)}
        claims.pop(last.entry, None)
        places = (f'"{path}" (line {line})' for path, line in sorted(claims.items()))
        message = f"{last.name} is claimed by {' and '.join(places)} too"
        hint = "take it out of all but one"
        yield note(
            last.entry, last.text.line, Kind.CONTESTED_PHRASE, message, hint, *sorted(claims)
        )


def _find_hidden(phrases: Iterable[Phrase], outcomes: Mapping[str, Outcome]) -> Iterator[Problem]:
    """Yield each question or other phrase that does not find its entry; advice if not as first."""
    for phrase in phrases:
        place = phrase.entry, phrase.text.line
        found = outcomes[phrase.text].paths
        limit = USUAL_HITS if phrase.is_question else _PHRASE_HITS
        hint = "say it in rarer words" + ("" if phrase.is_question else ", or take it out")
        if phrase.entry not in found[:limit]:
            message = f"{phrase.name} {_miss('this entry', limit, found)}"
            yield note(*place, Kind.NOT_FOUND, message, hint, phrase.text)
        elif phrase.is_question and phrase.entry != found[0]:
            before = _named(found[: found.index(phrase.entry)])
            message = f"{phrase.name} finds {before} before this entry"
            yield note(*place, Kind.NOT_FOUND, message, hint, phrase.text, is_advice=True)


def _find_unanswered(
    queries: Iterable[Query], outcomes: Mapping[str, Outcome]
) -> Iterator[Problem]:
    """Yield each query that does not find what it is to find, or finds what it is not to."""
    for query in queries:
        outcome = outcomes[query.text]
        if query.entry and query.entry not in outcome.paths[: query.within]:
            message = _miss(f'"{query.entry}"', query.within, outcome.paths)
            kind, hint = Kind.NOT_FOUND, 'add it there under "also_asked"'
        elif not query.entry and outcome.is_sure:
            message = f"is to find no answer, but finds {_named(outcome.paths)}"
            kind, hint = Kind.FOUND_BY_MISTAKE, 'if that is one, name it instead of "none"'
        else:
            continue
        message = f'the query "{shortened(query.text)}" {message}'
        yield note(QUERIES_FILE, query.line, kind, message, hint, query.text)


def _miss(what: str, limit: int, found: Sequence[str]) -> str:
    instead = f"found instead: {_named(found[:limit])}" if found else "nothing is found"
    place = f"among the first {limit}" if limit > 1 else "first"
    return f"does not find {what} {place}; {instead}"


def _named(paths: Sequence[str]) -> str:
    return ", ".join(f'"{path}"' for path in paths[:_MOST_NAMED])
