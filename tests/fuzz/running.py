"""Many cases for each target, by two processes, and a table of them."""

from __future__ import annotations

import argparse
import resource
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from .target import Check, Target, spread
from .targets import TARGETS

__all__ = ["main", "run"]

MOST_SECONDS = 5.0
"""How long a processor may work on a case, however busy it is with others as well."""
_TOGETHER = 1_000
"""So many cases hypothesis remembers at a time; its memory would grow with more."""
_PART = 20_000
"""So many cases a process tries before it makes room for another."""
_KILOBYTE = 1 if sys.platform != "darwin" else 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of the cases of a target."""

    name: str
    cases: int = 0
    seconds: float = 0.0
    slowest_seconds: float = 0.0
    slowest: str = ""
    """The case that took longest, as Python writes it."""
    megabytes: float = 0.0
    """The most memory that the process had."""
    failure: str = ""

    def __add__(self, other: Tried) -> Tried:
        slower = max(self, other, key=lambda each: each.slowest_seconds)
        return Tried(
            name=self.name,
            cases=self.cases + other.cases,
            seconds=self.seconds + other.seconds,
            slowest_seconds=slower.slowest_seconds,
            slowest=slower.slowest,
            megabytes=max(self.megabytes, other.megabytes),
            failure=self.failure or other.failure,
        )


class _Stopwatch:
    """Counts the cases of a check, and remembers the slowest and the last."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self.cases, self.slowest_seconds = 0, 0.0
        self.slowest: Any = None
        self.last: Any = None

    def __call__(self, case: Any) -> None:  # noqa: ANN401 (whatever the target is tried with)
        self.last = case
        self.cases += 1
        begun = time.process_time()
        self._check(case)
        seconds = time.process_time() - begun
        if seconds > self.slowest_seconds:
            self.slowest, self.slowest_seconds = case, seconds
        assert seconds < MOST_SECONDS, f"it took {seconds:.1f} seconds"


def run(target: Target, cases: int, first_seed: int) -> Tried:
    """Try a target with so many cases, or until one of them fails; it is the smallest then."""
    begun = time.perf_counter()
    failure = ""
    with target.checks() as check:
        watch = _Stopwatch(check)
        while watch.cases < cases and not failure:
            before = watch.cases
            failure = _try_together(
                target, watch, min(_TOGETHER, cases - before), first_seed + before
            )
            if watch.cases == before:
                break
    return Tried(
        name=target.name,
        cases=watch.cases,
        seconds=time.perf_counter() - begun,
        slowest_seconds=watch.slowest_seconds,
        slowest=repr(watch.slowest),
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024 / _KILOBYTE,
        failure=failure,
    )


def _try_together(target: Target, watch: _Stopwatch, cases: int, number: int) -> str:
    @seed(number)
    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        derandomize=False,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.cases)
    def check(case: Any) -> None:  # noqa: ANN401 (as above)
        watch(case)

    try:
        check()
    except Exception:  # noqa: BLE001 (Whatever it is, it is what was looked for.)
        return f"{watch.last!r}\n{traceback.format_exc()}"
    return ""


def _run_part(part: tuple[int, int, int]) -> tuple[int, Tried]:
    number, cases, first_seed = part
    return number, run(TARGETS[number], cases, first_seed)


def _parts(chosen: Sequence[int], cases: int, first_seed: int) -> list[tuple[int, int, int]]:
    """Return what each process is to try, every target once before any of them again."""
    shares = spread(cases, [TARGETS[number] for number in chosen])
    parts = [
        (number, min(_PART, share - at), first_seed + at)
        for number, share in zip(chosen, shares, strict=True)
        for at in range(0, share, _PART)
    ]
    return sorted(parts, key=lambda part: part[2])


def _table(tried: Sequence[Tried]) -> Iterator[str]:
    yield f"{'target':20} {'cases':>9} {'seconds':>9} {'slowest':>9} {'memory':>8}"
    for each in tried:
        yield (
            f"{each.name:20} {each.cases:9,} {each.seconds:7,.0f} s {each.slowest_seconds:7.3f} s"
            f" {each.megabytes:5.0f} MB"
        )
    seconds = sum(each.seconds for each in tried)
    yield f"{'all':20} {sum(each.cases for each in tried):9,} {seconds:7,.0f} s"


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Try the targets; return 1 if a case failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    names = [target.name for target in TARGETS]
    parser.add_argument("--cases", type=int, default=100_000, help="how many for all targets")
    parser.add_argument("--seed", type=int, default=0, help="another number gives other cases")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", choices=names, action="append", metavar="TARGET")
    parser.add_argument("--slowest", action="store_true", help="print the slowest case of each")
    options = parser.parse_args(arguments)
    chosen = [number for number, name in enumerate(names) if name in (options.only or names)]
    tried = {number: Tried(name=names[number]) for number in chosen}
    with ProcessPoolExecutor(
        options.processes, get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        parts = [
            pool.submit(_run_part, part) for part in _parts(chosen, options.cases, options.seed)
        ]
        for part in as_completed(parts):
            number, found = part.result()
            tried[number] += found
            done = sum(each.cases for each in tried.values())
            _say(f"{done:,} cases; {found.name}: {found.cases:,} in {found.seconds:,.0f} s")
            if found.failure:
                _say(f"FAILED {found.name}: {found.failure}")
    _say(*_table([*tried.values()]))
    if options.slowest:
        _say(*(f"{each.name}: {each.slowest}" for each in tried.values()))
    return int(any(each.failure for each in tried.values()))
