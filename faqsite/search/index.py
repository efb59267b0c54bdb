"""The search of a FAQ, and its published files: lunr's index, the packed index, the answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from faqsite.model.records import Entry, Faq, SiteFile, Synonyms
from faqsite.model.urls import SEARCH_PARTS, SEARCH_TEXTS, folders_above
from faqsite.search.packing import MOST_TITLES, pack, version_of
from faqsite.search.parts import cut, pack_in_parts
from faqsite.search.terms import TermIndex, index_texts, related_entries, vectors_of
from faqsite.search.tokens import stem_in, tokens
from faqsite.search.vocabulary import load_vocabulary
from faqsite.system.digests import to_json

# A higher weight of the question helps with short answers and hurts with long ones.
BOOSTS = {"question": 5, "also_asked": 4, "category": 1, "answer": 1}
"""The weight of a term in each field, for both the script and lunr's index, in this order."""
SIMILAR = 3
"""How many similar entries each entry has at most."""
LARGE = 150_000
"""An index with more postings is split, unless there are so few entries that the script
compares every question with a query."""
CHUNK_CHARS = 16_000
"""A file of answers ends when its HTML, without the links, is this long."""

SynonymIndex = list[tuple[str, list[str]]]
"""Each word or phrase with those it also finds; a phrase is its tokens, separated by spaces."""


class Search(NamedTuple):
    """The search of a FAQ."""

    terms: TermIndex
    synonyms: SynonymIndex
    idle_synonyms: tuple[Synonyms, ...]
    """Those that find nothing, because no entry contains any of the words that are meant."""
    related: SynonymIndex
    """The same of the vocabulary, only for words and phrases that the entries lack."""
    similar: Mapping[str, tuple[str, ...]]
    """The paths of the most similar entries, by the path of an entry."""


def make_search(faq: Faq) -> Search:
    """Return the search of a FAQ that has at least one entry."""
    titles = {category.path: category.title for category in faq.top.all_categories}
    entries = tuple(faq.top.all_entries)
    texts = {}
    for entry in entries:
        above = "\n".join(titles[folder] for folder in folders_above(entry.path))
        asked = "\n".join(entry.also_asked)
        texts[entry.address] = (entry.question, asked, above, entry.answer.text)
    terms = index_texts(texts, BOOSTS, faq.settings.language)
    synonyms, idle = _index_synonyms(faq.settings.synonyms, terms.forms, terms.language)
    vocabulary = load_vocabulary(faq.settings.vocabulary)
    related, _ = _index_synonyms(vocabulary, terms.forms, terms.language)
    stem = stem_in(terms.language)
    similar = related_entries(vectors_of(terms), SIMILAR)
    return Search(
        terms=terms,
        synonyms=synonyms,
        idle_synonyms=idle,
        related=[
            (phrase, also)
            for phrase, also in related
            if not all(stem(token) in terms.forms for token in tokens(phrase))
        ],
        similar={
            entry.path: tuple(entries[other].path for other in others)
            for entry, others in zip(entries, similar, strict=True)
        },
    )


def _index_synonyms(
    groups: Iterable[Synonyms], forms_of: Mapping[str, Sequence[str]], language: str
) -> tuple[SynonymIndex, tuple[Synonyms, ...]]:
    """Return the index of all synonyms, and the groups that find nothing.

    `forms_of` has the forms of each term. What is meant takes a form that the entries have; a
    single word that is asked takes each of its forms.
    """
    stem = stem_in(language)
    found: defaultdict[str, set[str]] = defaultdict(set)
    idle = []
    for group in groups:
        targets = set[str]()
        for phrase in map(tokens, group.meant):
            if all(stem(token) in forms_of for token in phrase):
                forms = [(token, forms_of[stem(token)]) for token in phrase]
                targets.add(" ".join(each if each in known else known[0] for each, known in forms))
        if not targets:
            idle.append(group)
        for phrase in map(tokens, group.asked):
            # Any form of a word asks the same; a phrase asks only as it was written.
            own = forms_of.get(stem(phrase[0]), ()) if len(phrase) == 1 else ()
            for form in {" ".join(phrase), *own}:
                found[form] |= targets - {form, *own}
    return [(phrase, sorted(also)) for phrase, also in sorted(found.items()) if also], tuple(idle)


def plan_search(search: Search, faq: Faq, html: Callable[[Entry], str]) -> Iterator[SiteFile]:
    """Yield the files of a search: lunr's index, the packed index, and the answers.

    `html` returns an answer as on the home page.
    """
    terms = search.terms
    entries = tuple(faq.top.all_entries)
    html_parts = ([part for part in each.answer.parts if isinstance(part, str)] for each in entries)
    spans = cut([sum(map(len, parts)) for parts in html_parts], CHUNK_CHARS)
    postings = sum(map(len, terms.postings))
    is_large = len(entries) > MOST_TITLES and postings > LARGE
    packed, parts = pack_in_parts(terms, faq) if is_large else (None, {})

    @cache
    def answers(span: range) -> dict[str, Any]:
        of_span = [html(entries[number]) for number in span]
        version = version_of([span.start, of_span])
        return {"version": version, "first": span.start, "answers": of_span}

    def index() -> dict[str, Any]:
        own = packed or pack(terms, faq)
        more: dict[str, Any] = {"texts": [[span.start, answers(span)["version"]] for span in spans]}
        if search.synonyms:
            more["synonyms"] = search.synonyms
        if search.related:
            more["related"] = search.related
        return {"format": own["format"], "build": version_of([own, more])} | own | more

    def script(address: str, variable: str, value: Callable[[], object]) -> SiteFile:
        def make() -> bytes:
            return f"{variable} = {to_json(value())};\n".encode()

        return SiteFile(address, make)

    yield SiteFile("lunr-index.json", lambda: to_json(terms.lunr.serialize()).encode())
    yield script("search-index.js", "FaqEngine.index", index)
    for n, span in enumerate(spans):
        yield script(f"{SEARCH_TEXTS}{n}.js", f"FaqEngine.text[{n}]", partial(answers, span))
    for name in parts:
        part = partial(parts.get, name)
        yield script(f"{SEARCH_PARTS}{name}.js", f'FaqEngine.part["{name}"]', part)
