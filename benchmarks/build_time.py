"""What a clean build costs, beside other generators: time, processor time, memory.

    python -m benchmarks.build_time --sizes 10,1000,10000 --rounds 5

In each round each generator builds once, from nothing, in a process of its own. In parentheses
is the project's cost divided by that of the row in the same round, because a machine is not as
fast in each round; every figure is the median over the rounds.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.generators import INSTALL, OURS, Cost, Generator, Workplace, generators
from benchmarks.made_up import make_faq
from benchmarks.tables import machine, markdown, numbers

SIZES, ROUNDS = (10, 1_000), 3
FIGURES = (
    ("wall time", "wall_s", 1.0, "{:.2f} s"),
    ("CPU time", "cpu_s", 1.0, "{:.2f} s"),
    ("memory of one program", "largest_bytes", 1e6, "{:.0f} MB"),
)

Costs = Mapping[str, Sequence[Cost]]
"""The cost of each round, by the name of the generator."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    options = _parser().parse_args(argv)
    present = []
    for generator in generators():
        if generator.is_missing:
            _say(f"{generator.label} is not installed and is left out; {INSTALL}")
        elif not options.only or generator.name in (OURS, *options.only.split(",")):
            present.append(generator)
    sys.stdout.write(machine())
    table: list[tuple[str, ...]] = [("entries", "generator", *(each[0] for each in FIGURES))]
    for size in options.sizes:
        costs = measure(present, size, options.rounds)
        labels = {each.name: each.label for each in present}
        table += [(f"{size:,}", *row) for row in rows(costs, labels)]
    sys.stdout.writelines(markdown(table))
    return 0


def measure(present: Sequence[Generator], size: int, rounds: int) -> Costs:
    """Return what each generator's builds cost, round by round."""
    costs: dict[str, list[Cost]] = {each.name: [] for each in present}
    with TemporaryDirectory() as temporary:
        faq = make_faq(size)
        workplaces = {
            each.name: Workplace(each, faq, Path(temporary, each.name)) for each in present
        }
        for number in range(rounds):
            # Each is first in its turn.
            first = number % len(present)
            for generator in (*present[first:], *present[:first]):
                cost = workplaces[generator.name].build()
                costs[generator.name].append(cost)
                _say(f"{size:,} entries, round {number + 1}: {generator.label}: {cost.wall_s:.2f}")
    return costs


def rows(costs: Costs, labels: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield what each generator costs: "2.00 s (0.50)" is twice as long as the project."""
    for name, of_it in costs.items():
        cells = []
        for _, figure, unit, shape in FIGURES:
            values = [getattr(cost, figure) for cost in of_it]
            own = [getattr(cost, figure) for cost in costs[OURS]]
            ratio = median(our / value for our, value in zip(own, values, strict=True))
            cell = shape.format(median(values) / unit)
            cells.append(cell if name == OURS else f"{cell} ({ratio:.2f})")
        yield labels[name], *cells


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("--sizes", type=numbers, default=SIZES, help="entries (by default 10,1000)")
    add("--rounds", type=int, default=ROUNDS, help=f"by default {ROUNDS}")
    add("--only", help="these beside the project, e.g. hugo,imports")
    return parser


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
