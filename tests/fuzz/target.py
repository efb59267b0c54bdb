"""A property that is to hold, and the cases of which it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from hypothesis.strategies import SearchStrategy

from faqsite.problems import Problem, printable

__all__ = ["Check", "Target", "always", "check_said", "spread"]

MOST_SAID_CHARS = 2_000

Check = Callable[[Any], None]
"""Raises an exception for a case in which something does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is tried, with which cases, and how many of all cases it gets."""

    name: str
    cases: SearchStrategy[Any]
    checks: Callable[[], AbstractContextManager[Check]]
    """Gives the check, for as long as what it needs is there."""
    share: int


def always(check: Check) -> Callable[[], AbstractContextManager[Check]]:
    """Return a check that needs nothing but the case."""
    return lambda: nullcontext(check)


def check_said(problems: Iterable[Problem]) -> None:
    """Check that each problem says something, on one line that steers no terminal."""
    for problem in problems:
        said = f"{problem.message}{problem.hint}"
        assert problem.message.strip(), problem
        assert said == printable(said), problem
        assert len(said) < MOST_SAID_CHARS, problem


def spread(cases: int, targets: Sequence[Target]) -> list[int]:
    """Return how many of so many cases each target gets, the broken ones made whole."""
    whole = sum(target.share for target in targets)
    return [-(-cases * target.share // whole) for target in targets]
