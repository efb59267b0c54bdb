"""Finds questions that ask almost the same, by the vectors of an index.

The index has only the questions, because a word that is rare among answers ("where") can be the
one that distinguishes two questions. docs/decisions/0015 has the figures behind the bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from faqsite.model.problems import Kind, Problem, note, shortened
from faqsite.model.records import Faq, RawEntry
from faqsite.search.terms import Vector, index_texts, to_unit, vectors_of

_LEAST_OF_QUESTIONS = 0.5
"""The cosine from which two questions are near."""
_LEAST_OF_ANSWERS = 0.2
"""The cosine from which their answers are near."""

# Equal cosines can be summed in different orders, so each is rounded.
_DIGITS, _ROUNDED = 6, 1e-6


def near_texts(
    texts: Sequence[str],
    others: Sequence[str],
    language: str,
    least: float = _LEAST_OF_QUESTIONS,
) -> list[list[int]]:
    """Return for each text the numbers of the others that are near, the nearest first."""
    vectors = _vectors([*texts, *others], language)
    found = []
    for vector in vectors[: len(texts)]:
        cosines = [_cosine(vector, other) for other in vectors[len(texts) :]]
        near = (number for number, cosine in enumerate(cosines) if cosine >= least)
        found.append(sorted(near, key=lambda number: -cosines[number]))
    return found


def find_near_questions(
    entries: Sequence[RawEntry], faq: Faq, changed: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield advice for each two published entries whose questions and answers are near.

    It is on the one that `changed`, otherwise on the later one.
    """
    published = [each for each in entries if not each.draft]
    published.sort(key=lambda each: (each.path in changed, each.path))
    language = faq.settings.language
    pairs = list(_near_pairs(_vectors([each.question for each in published], language)))
    texts = {entry.path: entry.answer.text for entry in faq.top.all_entries}
    answers = _vectors([texts[each.path] for each in published] if pairs else [], language)
    for first, second in pairs:
        if _cosine(answers[first], answers[second]) >= _LEAST_OF_ANSWERS:
            one, other = published[first], published[second]
            fact = f'asks and answers almost the same as "{one.path}" ("{shortened(one.question)}")'
            hint = 'keep one, and add the question of the other to its "also_asked"'
            place = other.path, other.question.line
            yield note(*place, Kind.SIMILAR_QUESTION, fact, hint, one.path, is_advice=True)


def _near_pairs(vectors: Sequence[Vector]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of each two vectors that are near, in order.

    Two vectors are compared only if they share a heavy term of the second: its light terms add at
    most their length to a cosine.
    """
    holding: defaultdict[int, list[int]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        candidates = {other for term in _heavy_terms(vector) for other in holding[term]}
        for other in sorted(candidates):
            if _cosine(vectors[other], vector) >= _LEAST_OF_QUESTIONS:
                yield other, number
        for term in vector:
            holding[term].append(number)


def _heavy_terms(vector: Vector) -> Iterator[int]:
    """Yield the heaviest terms, until the rest is too light to make a vector near."""
    left = 1.0
    for term, weight in vector.items():
        if left < _LEAST_OF_QUESTIONS**2 - _ROUNDED:
            return
        yield term
        left -= weight**2


def _cosine(one: Vector, other: Vector) -> float:
    return round(
        sum(weight * other[term] for term, weight in one.items() if term in other), _DIGITS
    )


def _vectors(texts: Sequence[str], language: str) -> list[Vector]:
    """Return the vector of each text, in an index of only these texts."""
    documents = {str(number): [text] for number, text in enumerate(texts)}
    index = index_texts(documents, {"text": 1}, language) if texts else None
    return [*map(to_unit, vectors_of(index))] if index else []
