"""The index that pages load: what a lunr index counts, packed small.

lunr's JSON names every entry once for each of its words. Packed, a collection is
one JSON object of short lists and strings, from which nothing is lost:

- `fields`: [name, boost]; `k1`, `b`: the constants of BM25; `question_words`: the words that
  questions are made of, parted by spaces, none in other languages than English;
  `most_titles`, `shown`, `sure`: `MOST_TITLES`, `SHOWN` and `SURE`.
- `categories`: [title, number of the parent or -1, folder].
- `titles`, `slugs`, `category`: of each entry; a slug is "" where the title gives it,
  the category -1 at the top.
- `lengths`: for each field how many words each entry has in it, as numbers.
- `terms`: for each term a capital letter for how much of the term before it shares (A: nothing),
  the rest of it, and unless its only form is the term itself, for each form a comma,
  a hyphen for each character that the term's end has to lose, and the form's own end.
- `counts`: how often a term stands in each field of an entry, the most frequent case first.
- `postings`: for each term, parted by spaces, its entries in order: the number of the case
  in `counts`, nothing for the first, and how many entries were skipped.

Beside what is packed, `search-index.js` holds the build id, `texts`, the number of the first
entry in each file of answers, and `synonyms`: [word or phrase, [what it also finds]], in
folded words parted by spaces.

Characters are counted as JavaScript does, in UTF-16. Numbers are written in those
that JSON need not escape: "0" to "[" are the 44 last digits of a number, "]" to "~" the
34 digits before, "#" to "/" the 13 digits of the number of a case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from faqsite.search.words import question_words

FORMAT = 1
"""The version of the packed format, which the script requires."""
MOST_TITLES = 500
"""Of more entries than this, a question is compared with a query only if it has a term of the
query that is not a question word, and that at most so many questions have."""
SHOWN = 10
"""How many results a page shows."""
SURE = 0.5
"""How far the first result has to cover a query to be shown as its answer."""

_MOST_SHARED = ord("Z") - ord("A")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A part of an entry in which words are counted, and the weight of a word there."""

    name: str
    boost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The constants of BM25, and the fields."""

    k1: float
    """How soon a word that is repeated counts no more."""
    b: float
    """How much a long field is held against its words."""
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedCategory:
    """A category below the top: its title, its parent's number (-1: the top), its folder."""

    title: str
    parent: int
    folder: str
    """The part of an address before the slug: "team/"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedEntry:
    """What a result says of an entry: its question, where it is, its category (-1: the top)."""

    title: str
    slug: str
    category: int


Posting = tuple[int, tuple[int, ...]]
"""An entry's number, and how often a term stands in each of its fields: there are too many
of these for a record each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A stem, the word forms that the content has of it, and the entries that hold them."""

    term: str
    forms: tuple[str, ...]
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """All that ranking and titles need, terms sorted, postings in the order of the entries."""

    language: str
    ranking: Ranking
    categories: tuple[IndexedCategory, ...]
    entries: tuple[IndexedEntry, ...]
    lengths: tuple[tuple[int, ...], ...]
    """For each field how many words each entry has in it."""
    terms: tuple[Term, ...]


def pack(collection: Collection) -> dict[str, Any]:
    """Return the collection as a JSON object, in the format that this module describes."""
    ranking = collection.ranking
    cases = Counter(counts for term in collection.terms for _, counts in term.postings)
    # Sorted before it is ranked, so that ties come out alike however postings are counted.
    counts = sorted(sorted(cases), key=cases.__getitem__, reverse=True)
    return {
        "format": FORMAT,
        "language": collection.language,
        "k1": ranking.k1,
        "b": ranking.b,
        "question_words": " ".join(sorted(question_words(collection.language))),
        "most_titles": MOST_TITLES,
        "shown": SHOWN,
        "sure": SURE,
        "fields": [[field.name, field.boost] for field in ranking.fields],
        "categories": [[each.title, each.parent, each.folder] for each in collection.categories],
        "titles": [entry.title for entry in collection.entries],
        "slugs": [
            "" if entry.slug == _slug_of_title(entry.title) else entry.slug
            for entry in collection.entries
        ],
        "category": [entry.category for entry in collection.entries],
        "lengths": [pack_numbers(lengths) for lengths in collection.lengths],
        "terms": _pack_terms(collection.terms),
        "counts": [list(case) for case in counts],
        "postings": pack_postings((term.postings for term in collection.terms), counts),
    }


def pack_numbers(numbers: Iterable[int]) -> str:
    """Return numbers as text."""
    return "".join(map(cache(_number), numbers))


def pack_postings(of_terms: Iterable[Sequence[Posting]], counts: Iterable[tuple[int, ...]]) -> str:
    """Return the postings of each term, given all cases of counts in their order."""
    case_numbers = {case: number for number, case in enumerate(counts)}
    pack_number = cache(_number)
    packed = []
    for postings in of_terms:
        numbers = []
        expected = 0
        for entry, case in postings:
            numbers.append(pack_number(entry - expected, case_numbers[case]))
            expected = entry + 1
        packed.append("".join(numbers))
    return " ".join(packed)


def _slug_of_title(title: str) -> str:
    """Return the slug that the script gives an entry of which the index has none."""
    return re.sub("[^a-z0-9]+", "-", re.sub("['\u2019]", "", title.lower())).strip("-")


def _number(number: int, case: int = 0) -> str:
    """Return a number as text, after the number of a case unless that is 0."""
    rest, last = divmod(number, 44)
    return _digits(case, "#", 13) + _digits(rest, "]", 34) + chr(ord("0") + last)


def _digits(number: int, zero: str, base: int) -> str:
    """Return the digits of a number, the highest first; none for 0."""
    digits = ""
    while number:
        number, digit = divmod(number, base)
        digits = chr(ord(zero) + digit) + digits
    return digits


def _pack_terms(terms: tuple[Term, ...]) -> str:
    packed = []
    before = ""
    for term in terms:
        shared = min(_shared(before, term.term), _MOST_SHARED)
        packed.append(chr(ord("A") + shared) + term.term[shared:])
        if term.forms != (term.term,):
            packed += ("," + _pack_form(term.term, form) for form in term.forms)
        before = term.term
    return "".join(packed)


def _pack_form(term: str, form: str) -> str:
    shared = _shared(term, form)
    return "-" * (_units(term) - shared) + form[shared:]


def _shared(first: str, second: str) -> int:
    """Return how many characters two texts share at the start, before any beyond U+FFFF."""
    pairs = enumerate(zip(first, second, strict=False))
    different = (at for at, (one, other) in pairs if one != other or one > "\uffff")
    return next(different, min(len(first), len(second)))


def _units(text: str) -> int:
    """Return the length of a text as JavaScript counts it, in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)
