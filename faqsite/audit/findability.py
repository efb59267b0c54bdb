"""Whether readers find the answers: asks the search each question, other phrase and query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from faqsite.audit.engine import Found
from faqsite.audit.queries import USUAL_HITS, Query, key_of, parse_queries
from faqsite.content.sources import QUERIES_FILE
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problem, Problems, note, shortened
from faqsite.model.records import Faq, RawContent, RawEntry
from faqsite.search.packing import SHOWN

_PHRASE_HITS = 5
_MAX_NAMED = 3

Ask = Callable[[Sequence[str], int], Sequence[Found]]
"""Returns what each query finds, with at most as many entries as the number allows."""
_Phrase = tuple[RawEntry, Text]
"""An entry, and its question or another way to ask it."""
_Found = Mapping[str, Sequence[str]]
"""The paths of the entries that each text finds, best first."""


def check_findability(content: RawContent, faq: Faq, ask: Ask) -> list[Problem]:
    """Return which questions, phrases and queries do not find what they should."""
    problems = Problems()
    phrases: list[_Phrase] = []
    published = [entry for entry in content.entries if not entry.draft]
    published.sort(key=lambda entry: entry.path in content.changed)
    for group in _group_phrases(published):
        if len({entry.path for entry, _ in group}) > 1:
            problems.extend([_contested(group)])
        else:
            phrases += group
    queries = parse_queries(content.queries, content.entries, problems)
    asked = [*(text for _, text in phrases), *(query.text for query in queries)]
    texts = list(dict.fromkeys(asked))
    # One more than a page shows, as the page asks.
    answers = dict(zip(texts, ask(texts, SHOWN + 1), strict=True))
    paths = [entry.path for entry in faq.top.all_entries]
    found = {text: [paths[number] for number in each.entries] for text, each in answers.items()}
    answered = {text for text, each in answers.items() if each.is_answer}
    problems.extend(_check_phrases(phrases, found))
    problems.extend(_check_queries(queries, found, answered))
    return problems.found


def _group_phrases(entries: Sequence[RawEntry]) -> Iterable[list[_Phrase]]:
    """Return the questions, then the other phrases, with those of the same words together."""
    phrases = [(entry, entry.question) for entry in entries]
    phrases += [(entry, text) for entry in entries for text in entry.also_asked]
    groups: dict[tuple[str, ...], list[_Phrase]] = defaultdict(list)
    for entry, text in phrases:
        groups[key_of(text)].append((entry, text))
    return groups.values()


def _name(entry: RawEntry, text: Text) -> str:
    is_question = text is entry.question
    return "the question" if is_question else f'"also_asked" phrase "{shortened(text)}"'


def _contested(group: Sequence[_Phrase]) -> Problem:
    """Return the problem of a phrase that several entries have."""
    *others, (entry, text) = group
    lines = {other.path: phrase.line for other, phrase in reversed(others)}
    lines.pop(entry.path, None)
    places = " and ".join(f'"{path}" (line {line})' for path, line in sorted(lines.items()))
    fact = f"{_name(entry, text)} is also in {places}"
    hint = "keep it in one entry only"
    return note(entry.path, text.line, Kind.CONTESTED_PHRASE, fact, hint, *sorted(lines))


def _check_phrases(phrases: Iterable[_Phrase], found: _Found) -> Iterator[Problem]:
    """Yield each question or other phrase that does not find its entry; advice if not first."""
    for entry, text in phrases:
        paths, is_question = found[text], text is entry.question
        limit = USUAL_HITS if is_question else _PHRASE_HITS
        is_found = entry.path in paths[:limit]
        if is_found and (paths[0] == entry.path or not is_question):
            continue
        fact = _miss("this entry", limit, paths)
        if is_found:
            fact = f"finds {_list(paths[: paths.index(entry.path)])} before this entry"
        hint = "use rarer words" + ("" if is_question else ", or delete it")
        message = f"{_name(entry, text)} {fact}"
        yield note(entry.path, text.line, Kind.NOT_FOUND, message, hint, text, is_advice=is_found)


def _check_queries(
    queries: Iterable[Query], found: _Found, answered: set[str]
) -> Iterator[Problem]:
    """Yield each query that does not find what it should, or finds what it should not."""
    for query in queries:
        paths = found[query.text]
        if query.entry and query.entry not in paths[: query.within]:
            fact = _miss(f'"{query.entry}"', query.within, paths)
            kind, hint = Kind.NOT_FOUND, 'add it to "also_asked" there'
        elif not query.entry and query.text in answered:
            fact = f"should find no answer, but finds {_list(paths)}"
            kind, hint = Kind.FOUND_BY_MISTAKE, 'if one of them answers it, name that, not "none"'
        else:
            continue
        message = f'the query "{shortened(query.text)}" {fact}'
        yield note(QUERIES_FILE, query.line, kind, message, hint, query.text)


def _miss(what: str, limit: int, paths: Sequence[str]) -> str:
    instead = f"it finds {_list(paths[:limit])}" if paths else "it finds nothing"
    place = f"among the first {limit} results" if limit > 1 else "as the first result"
    return f"does not find {what} {place} ({instead})"


def _list(paths: Sequence[str]) -> str:
    return ", ".join(f'"{path}"' for path in paths[:_MAX_NAMED])
