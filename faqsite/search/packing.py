"""The index that pages load: the same counts as a lunr index, in a small format.

lunr's JSON repeats the address of an entry for each of its terms. The packed index is one JSON
object of short lists and strings. Nothing is lost:

- `fields`: [name, boost]; `k1`, `b`: the constants of BM25F; `question_words`: the words that
  begin questions, separated by spaces, empty for languages other than English;
  `most_titles`, `shown`: `MOST_TITLES` and `SHOWN`.
- `categories`: [title, number of the parent or -1, folder: the part of an address before the
  slug, such as "team/"].
- `titles`, `slugs`, `category`: of each entry; a slug is "" if it follows from the title,
  the category is -1 at the top.
- `lengths`: for each field, how many tokens each entry has in it, as numbers.
- `terms`: for each term, a capital letter for how much it shares with the term before (A: nothing)
  and the rest of it; then, unless the term itself is its only form, for each form a comma, a
  hyphen for each character that the term loses at its end, and the form's own end.
- `counts`: how often a term is in each field of an entry, the most frequent case first.
- `postings`: for each term, separated by spaces, its entries in order: the number of the case
  in `counts`, nothing for the first, and how many entries were skipped.

`search-index.js` also holds the build id, `texts`: [first entry, version] of each file of
answers, and `synonyms`: [word or phrase, [what it also finds]], in tokens separated by spaces.

Characters are counted as in JavaScript, in UTF-16. Numbers consist of characters that JSON does
not escape: "0" to "[" are the 44 last digits of a number, "]" to "~" the 34 digits before, "#"
to "/" the 13 digits of the number of a case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from posixpath import dirname
from typing import Any

from faqsite.model.records import Faq
from faqsite.model.urls import HOME
from faqsite.search.terms import TermIndex
from faqsite.search.tokens import abbreviations, question_words
from faqsite.system.digests import digest

FORMAT = 2
"""The version of the packed format, which the script requires."""
MOST_TITLES = 500
"""With more entries than this, a question is compared with a query only if the two share a term
that is not a question word and is in at most this many questions."""
SHOWN = 10
"""How many results a page shows."""
K1, B = 5, 0.75
"""The constants of BM25F: how soon a repeated term stops counting, and how much length costs."""

_MOST_SHARED = ord("Z") - ord("A")


def pack(terms: TermIndex, faq: Faq) -> dict[str, Any]:
    """Return the index of a FAQ as a JSON object, in the format that this module describes."""
    entries, categories = [*faq.top.all_entries], [*faq.top.all_categories]
    category_numbers = {each.path: number for number, each in enumerate([faq.top, *categories], -1)}
    cases = Counter(case for postings in terms.postings for _, case in postings)
    # Sorted before it is ranked, so that ties have the same order however postings are counted.
    counts = sorted(sorted(cases), key=cases.__getitem__, reverse=True)
    numbers = {case: number for number, case in enumerate(counts)}
    return {
        "format": FORMAT,
        "language": terms.language,
        "k1": K1,
        "b": B,
        "question_words": " ".join(sorted(_question_words(faq, terms))),
        "most_titles": MOST_TITLES,
        "shown": SHOWN,
        "fields": [*terms.boosts.items()],
        "categories": [
            (each.title, category_numbers[dirname(each.path)], each.address.removesuffix(HOME))
            for each in categories
        ],
        "titles": [entry.question for entry in entries],
        "slugs": [
            "" if entry.slug == _slug_of_title(entry.question) else entry.slug for entry in entries
        ],
        "category": [category_numbers[dirname(entry.path)] for entry in entries],
        "lengths": ["".join(map(pack_number, lengths)) for lengths in terms.lengths],
        "terms": _pack_terms(terms.forms),
        "counts": counts,
        "postings": " ".join(
            pack_entries((entry, numbers[case]) for entry, case in postings)
            for postings in terms.postings
        ),
    }


def _question_words(faq: Faq, terms: TermIndex) -> AbstractSet[str]:
    """Return the words that begin questions, except those used as abbreviations, such as "IT"."""
    known = {form for forms in terms.forms.values() for form in forms}
    asked = (text for entry in faq.top.all_entries for text in (entry.question, *entry.also_asked))
    words = question_words(faq.settings.language, known)
    return words.difference(*map(abbreviations, asked))


def version_of(value: object) -> str:
    """Return a short text for the address of a file, which changes whenever the file does."""
    return digest(value)[:8]


def pack_entries(entries: Iterable[tuple[int, int]]) -> str:
    """Return the numbers of entries in ascending order, each with the number of its case."""
    packed = []
    expected = 0
    for entry, case in entries:
        packed.append(pack_number(entry - expected, case))
        expected = entry + 1
    return "".join(packed)


@lru_cache(10_000)
def pack_number(number: int, case: int = 0) -> str:
    """Return a number as text, after the number of a case unless that is 0."""
    rest, last = divmod(number, 44)
    return _digits(case, "#", 13) + _digits(rest, "]", 34) + chr(ord("0") + last)


def _slug_of_title(title: str) -> str:
    """Return the slug that the script makes for an entry without one in the index."""
    return re.sub("[^a-z0-9]+", "-", re.sub("['\u2019]", "", title.lower())).strip("-")


def _digits(number: int, zero: str, base: int) -> str:
    """Return the digits of a number, the highest first; none for 0."""
    digits = ""
    while number:
        number, digit = divmod(number, base)
        digits = chr(ord(zero) + digit) + digits
    return digits


def _pack_terms(forms_of: Mapping[str, Sequence[str]]) -> str:
    packed = []
    before = ""
    for term, forms in forms_of.items():
        shared = min(_shared(before, term), _MOST_SHARED)
        packed.append(chr(ord("A") + shared) + term[shared:])
        for form in forms if [*forms] != [term] else ():
            kept = _shared(term, form)
            packed.append("," + "-" * (_units(term) - kept) + form[kept:])
        before = term
    return "".join(packed)


def _shared(first: str, second: str) -> int:
    """Return how many characters two texts share at the start, before any beyond U+FFFF."""
    pairs = enumerate(zip(first, second, strict=False))
    different = (at for at, (one, other) in pairs if one != other or one > "\uffff")
    return next(different, min(len(first), len(second)))


def _units(text: str) -> int:
    """Return the length of a text as JavaScript counts it, in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)
