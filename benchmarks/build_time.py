"""What a build costs, beside other generators: time, processor time, memory.

    python benchmarks/build_time.py --install
    python benchmarks/build_time.py --sizes 10,1000,10000 --rounds 5 --markdown

The first line installs the others, with pip and npm. The second takes hours, most of them
at 10,000 entries; without options it takes some minutes. In each round each generator has
its turn: from nothing, with nothing changed, with one entry changed, with one template
changed, each in a process of its own. What stands in parentheses is the project's cost
divided by that of the row in the same round.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.build_tables import FIGURES, Costs, over_imports, table
from benchmarks.generators import Cost, Generator, Workplace
from benchmarks.made_up import make_faq
from benchmarks.peers import IMPORTS, OURS, generators, install
from benchmarks.tables import aligned, markdown

SIZES, ROUNDS = (10, 1_000), 3
ROUND_S, ENTRY_S = 12, 0.08
"""What a round takes, and each entry in it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and return 0."""
    options = _parser().parse_args(argv)
    if options.install:
        install()
        return 0
    chosen = [
        each for each in generators() if not options.only or each.name in (OURS, *options.only)
    ]
    for generator in chosen:
        if generator.missing:
            _say(f"{generator.label} is left out: {generator.missing}")
    started = time.monotonic()
    present = [each for each in chosen if not each.missing]
    sys.stdout.write(f"{machine()}\n")
    expected = _expected_minutes(options.sizes, options.rounds)
    _say(f"With all generators this takes about {expected:.0f} minutes.")
    labels = {each.name: each.label for each in present}
    for size in options.sizes:
        costs = measure(present, size, options.rounds)
        heading = "### " * options.markdown
        sys.stdout.write(f"\n{heading}{size:,} entries, {options.rounds} rounds\n")
        for figure in FIGURES:
            rows = tuple(table(costs, labels, OURS, figure))
            lines = markdown(rows) if options.markdown else aligned(rows)
            sys.stdout.write("\n".join(("", *lines, "")))
        if IMPORTS in costs:
            more = over_imports(costs, OURS, IMPORTS, "unchanged")
            sys.stdout.write(f"\nUnchanged takes {more:.2f} s more than the imports alone.\n")
        sys.stdout.flush()
    _say(f"It took {(time.monotonic() - started) / 60:.0f} minutes.")
    return 0


def measure(present: Sequence[Generator], size: int, rounds: int) -> Costs:
    """Return what each step of each generator costs, round by round."""
    costs: dict[str, dict[str, list[Cost]]] = {each.name: {} for each in present}
    with TemporaryDirectory() as temporary:
        faq = make_faq(size)
        workplaces = {
            each.name: Workplace(each, faq, Path(temporary, each.name)) for each in present
        }
        for number in range(rounds):
            # Each is first in its turn.
            order = [*present[number % len(present) :], *present[: number % len(present)]]
            for generator in order:
                for step, run in workplaces[generator.name].steps.items():
                    cost = run()
                    costs[generator.name].setdefault(step, []).append(cost)
                    _say(
                        f"{size:,} entries, round {number + 1} of {rounds}: "
                        f"{generator.label}, {step}: {cost.wall_s:.2f} s"
                    )
    return costs


def machine() -> str:
    """Return on what is measured, and how busy it is with other things."""
    described = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", described.read_text() if described.exists() else "")
    return (
        f"{names[0] if names else platform.machine()}, {os.cpu_count()} processors, "
        f"{platform.system()}, Python {platform.python_version()}; "
        f"{os.getloadavg()[0]:.1f} programs were running before."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("--install", action="store_true", help="install the other generators, and nothing else")
    add("--sizes", type=_numbers, default=SIZES, help="entries (by default 10,1000)")
    add("--rounds", type=int, default=ROUNDS, help="by default 3")
    add("--only", type=lambda text: text.split(","), help="these beside the project, e.g. hugo")
    add("--markdown", action="store_true", help="print Markdown")
    return parser


def _expected_minutes(sizes: Sequence[int], rounds: int) -> float:
    """Return how long it takes with all generators, on the machine of docs/performance.md."""
    return sum(ROUND_S + ENTRY_S * size for size in sizes) * rounds / 60


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
