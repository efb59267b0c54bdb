"""Questions that ask nearly the same, by the vectors of an index.

The index is one of questions alone: what is rare among answers ("where") can be what
questions are told apart by. docs/decisions/0015 has the figures behind the bounds.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from faqsite.model import Answer, Category, Entry, Faq, RawEntry, Settings
from faqsite.problems import Kind, Problem, note, shortened
from faqsite.search import index_faq
from faqsite.vectors import field_vectors

__all__ = ["find_near_questions", "near_texts", "nearest_texts"]

_LEAST_OF_QUESTIONS = 0.5
"""The cosine from which two questions are near."""
_LEAST_OF_ANSWERS = 0.2
"""The cosine from which their answers are."""

# A cosine is rounded, for what is as near may be summed up in another order.
_DIGITS, _ROUNDED = 6, 1e-6

_Vector = Mapping[float, float]
"""The weight of each term, the heaviest first; of length 1."""


def near_texts(text: str, others: Sequence[str], language: str) -> list[int]:
    """Return which of some other texts ask nearly the same as one, the nearest first."""
    vector, *vectors = _vectors([text, *others], language)
    cosines = [_cosine(vector, other) for other in vectors]
    near = (n for n, cosine in enumerate(cosines) if cosine >= _LEAST_OF_QUESTIONS)
    return sorted(near, key=lambda n: -cosines[n])


def nearest_texts(
    texts: Sequence[str], others: Sequence[str], language: str, least: float
) -> list[int | None]:
    """Return for each text which of some others is the nearest; None if none is near enough.

    `least` is the cosine from which it is.
    """
    vectors = _vectors([*texts, *others], language)
    nearest: list[int | None] = []
    for vector in vectors[: len(texts)]:
        cosines = [_cosine(vector, other) for other in vectors[len(texts) :]]
        best = max(cosines, default=0.0)
        nearest.append(cosines.index(best) if best >= least else None)
    return nearest


def find_near_questions(entries: Sequence[RawEntry], faq: Faq) -> Iterator[Problem]:
    """Yield an advice for each two published entries of which questions and answers are near."""
    published = sorted((each for each in entries if not each.draft), key=lambda each: each.path)
    language = faq.settings.language
    pairs = list(_near_pairs(_vectors([each.question.value for each in published], language)))
    texts = {entry.path: entry.answer.text for entry in faq.top.all_entries}
    answers = _vectors([texts[each.path] for each in published] if pairs else [], language)
    for first, second in pairs:
        if _cosine(answers[first], answers[second]) < _LEAST_OF_ANSWERS:
            continue
        one, other = published[first], published[second]
        named = f'"{one.path}", "{shortened(one.question.value)}"'
        message = f"asks and answers nearly the same as {named}"
        hint = 'keep one, with the question of the other under "also_asked"'
        yield note(
            other.path,
            other.question.line,
            Kind.SIMILAR_QUESTION,
            message,
            hint,
            one.path,
            is_advice=True,
        )


def _near_pairs(vectors: Sequence[_Vector]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of each two vectors that are near, in order.

    Only such pairs are looked at as share a term before which, in one of them, enough
    weight is left: what the light terms of a vector add to a cosine is at most their length.
    """
    holding: defaultdict[float, list[int]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        candidates = {other for term in _heavy_terms(vector) for other in holding[term]}
        for other in sorted(candidates):
            if _cosine(vectors[other], vector) >= _LEAST_OF_QUESTIONS:
                yield other, number
        for term in vector:
            holding[term].append(number)


def _heavy_terms(vector: _Vector) -> Iterator[float]:
    """Yield the heaviest terms, until the others together are too light for a near vector."""
    left = 1.0
    for term, weight in vector.items():
        if left < _LEAST_OF_QUESTIONS**2 - _ROUNDED:
            return
        yield term
        left -= weight**2


def _cosine(one: _Vector, other: _Vector) -> float:
    return round(
        sum(weight * other[term] for term, weight in one.items() if term in other), _DIGITS
    )


def _vectors(texts: Sequence[str], language: str) -> list[_Vector]:
    """Return the vector of each text, as that of a question in a FAQ of these alone."""
    nothing = Answer(parts=(), text="")
    entries = (
        Entry(
            path=str(number),
            address=f"{number}.html",
            slug=str(number),
            anchor=str(number),
            question=text,
            also_asked=(),
            answer=nothing,
            related=(),
            updated=None,
        )
        for number, text in enumerate(texts)
    )
    top = Category(
        path="", address="index.html", title="", summary="", entries=tuple(entries), categories=()
    )
    settings = Settings(title="", language=language)
    faq = Faq(settings=settings, top=top, attachments=(), redirects=())
    questions, *_ = field_vectors(index_faq(faq))
    return list(map(_unit, questions))


def _unit(elements: Sequence[float]) -> _Vector:
    weights = dict(zip(elements[::2], elements[1::2], strict=True))
    # What stands in every text can weigh nothing.
    length = math.hypot(*weights.values()) or 1.0
    heaviest = sorted(weights, key=lambda term: -weights[term])
    return {term: weights[term] / length for term in heaviest}
