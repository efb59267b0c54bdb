"""What must hold whatever is written, asked or sent; `make fuzz` tries more of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .fuzz.target import Target, always, spread
from .fuzz.targets import TARGETS

CASES = 1_000
LEAST = 20
"""Of what is slow, and has a small share."""


@pytest.mark.parametrize(
    ("target", "cases"),
    list(zip(TARGETS, spread(CASES, TARGETS), strict=True)),
    ids=[target.name for target in TARGETS],
)
def test_it_holds_whatever_comes(target: Target, cases: int) -> None:
    with target.checks() as check:

        @settings(max_examples=max(cases, LEAST), suppress_health_check=[HealthCheck.too_slow])
        @given(target.cases)
        def try_it(case: Any) -> None:  # noqa: ANN401 (whatever the target is tried with)
            check(case)

        try_it()


def is_small(number: int) -> None:
    assert number < 1_000


def test_a_long_run_counts_its_cases_and_tells_the_smallest_that_fails() -> None:
    pytest.importorskip("resource", reason="there is none on Windows")
    from .fuzz.running import run  # noqa: PLC0415 (see above)

    small = Target(name="small", cases=st.integers(0, 999), checks=always(is_small), share=1)
    tried = run(small, 300, 0)
    assert (tried.cases, tried.failure) == (300, "")
    any_size = Target(name="any", cases=st.integers(min_value=0), checks=always(is_small), share=1)
    failed = run(any_size, 300, 0)
    assert failed.failure.startswith("1000\nTraceback (most recent call last):")
    assert (tried + failed).failure == failed.failure


def test_every_target_gets_its_share_of_the_cases() -> None:
    often, seldom = (
        Target(name="", cases=st.none(), checks=always(is_small), share=share) for share in (99, 1)
    )
    assert spread(1_000, [often, seldom]) == [990, 10]
    assert spread(10, [often, seldom]) == [10, 1]
