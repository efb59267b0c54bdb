"""What must hold whatever is written, asked or sent; `python -m tests.fuzz` tries more of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from .fuzz.target import Target, spread
from .fuzz.targets import TARGETS

CASES = 1_500


@pytest.mark.parametrize(
    ("target", "cases"),
    list(zip(TARGETS, spread(CASES, TARGETS), strict=True)),
    ids=[target.name for target in TARGETS],
)
def test_it_holds_whatever_comes(target: Target, cases: int) -> None:
    with target.checks() as check:

        @settings(max_examples=cases, suppress_health_check=[HealthCheck.too_slow])
        @given(target.cases)
        def try_it(case: Any) -> None:  # noqa: ANN401 (whatever the target is tried with)
            check(case)

        try_it()
