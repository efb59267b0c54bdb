"""What the answers to queries say of a search: pure functions of what was found."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import fmean, median

__all__ = [
    "Calibration",
    "Found",
    "Judged",
    "Quality",
    "calibrate",
    "percentile",
    "quality",
    "rank",
    "share",
    "threshold_keeping",
]

DEPTH = 10
"""How many hits of a query are looked at."""
STEPS = tuple(number / 20 for number in range(21))
"""The thresholds of a calibration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search gave for one query: ids, best first."""

    ids: tuple[str, ...] = ()
    covered: float = 1.0
    """The share of the query that the first hit holds; 1 where the search does not tell."""
    ms: float = 0.0
    error: str = ""
    """What it threw, which a reader sees as no result."""

    def is_shown_as_answer(self, sure: float) -> bool:
        """Tell whether a reader is told that there is an answer."""
        return bool(self.ids) and self.covered >= sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found for a query, and the ids of the entries that answer it."""

    found: Found
    relevant: AbstractSet[str]

    @property
    def rank(self) -> int:
        """The place of the first right hit, from 1; 0 if none is among the first ten."""
        return rank(self.found.ids, self.relevant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How well queries were answered; shares are from 0 to 1."""

    queries: int
    success_at_1: float
    success_at_5: float
    mrr_at_10: float
    no_result: float
    errors: int
    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What a threshold on `covered` of the first hit does; shares are from 0 to 1."""

    threshold: float
    right_kept: float
    wrong_shown: float
    unanswerable_recognised: float


def rank(ids: Sequence[str], relevant: AbstractSet[str]) -> int:
    """Return the place of the first relevant id, from 1; 0 if none is among the first ten."""
    return next((place for place, id_ in enumerate(ids[:DEPTH], 1) if id_ in relevant), 0)


def share(flags: Iterable[bool]) -> float:
    """Return the share that is true, from 0 to 1; not a number (nan) of nothing."""
    flags = tuple(flags)
    return sum(flags) / len(flags) if flags else math.nan


def percentile(values: Iterable[float], percent: float) -> float:
    """Return the smallest value that at least `percent` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def quality(judged: Sequence[Judged]) -> Quality:
    """Return how well queries, at least one, were answered."""
    ranks = [each.rank for each in judged]
    found = [each.found for each in judged]
    return Quality(
        queries=len(judged),
        success_at_1=share(place == 1 for place in ranks),
        success_at_5=share(1 <= place <= 5 for place in ranks),  # noqa: PLR2004 (its name says it)
        mrr_at_10=fmean(1 / place if place else 0 for place in ranks),
        no_result=share(not each.ids for each in found),
        errors=sum(bool(each.error) for each in found),
        median_ms=median(each.ms for each in found),
        p95_ms=percentile((each.ms for each in found), 95),
    )


def threshold_keeping(part: float, covered: Iterable[float]) -> float:
    """Return the highest threshold that at least `part` of the values reach; 0 for none."""
    ordered = sorted(covered, reverse=True)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] if ordered else 0.0


def calibrate(
    judged: Iterable[Judged],
    unanswerable: Sequence[Found],
    keep: float = 0.95,
) -> tuple[Calibration, ...]:
    """Return what each of STEPS does, and last the threshold that keeps a part of the right."""
    first = [(each.found.covered, each.rank == 1) for each in judged if each.found.ids]
    right = [covered for covered, is_right in first if is_right]
    wrong = [covered for covered, is_right in first if not is_right]

    def at(threshold: float) -> Calibration:
        reach: Callable[[float], bool] = threshold.__le__
        return Calibration(
            threshold=threshold,
            right_kept=share(map(reach, right)),
            wrong_shown=share(map(reach, wrong)),
            unanswerable_recognised=share(
                not found.is_shown_as_answer(threshold) for found in unanswerable
            ),
        )

    return tuple(map(at, (*STEPS, threshold_keeping(keep, right))))
