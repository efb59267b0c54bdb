"""Compare a clean build with other generators: wall time, CPU time and memory.

    python -m benchmarks.build_time --sizes 10,1000,10000 --rounds 5

In each round, each generator builds once, from nothing. Figures are medians over the rounds. In
parentheses is this project's figure divided by that of the row, in the same round, because the
speed of a machine changes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.generated_faq import make_faq
from benchmarks.generators import INSTALL, OURS, Cost, Generator, Workplace, generators
from benchmarks.tables import machine, markdown, numbers

FIGURES = (
    ("wall time", "wall_s", 1.0, "{:.2f} s"),
    ("CPU time", "cpu_s", 1.0, "{:.2f} s"),
    ("peak memory", "largest_bytes", 1e6, "{:.0f} MB"),
)

Costs = Mapping[str, Sequence[Cost]]
"""The cost of each round, by the label of the generator."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("--sizes", type=numbers, default=(10, 1_000), help="numbers of entries (default: 10,1000)")
    add("--rounds", type=int, default=3, help="default: 3")
    add("--only", help="compare with these only, such as hugo,imports")
    options = parser.parse_args(argv)
    compared = []
    for generator in generators():
        if generator.is_missing:
            sys.stderr.write(f"Skipping {generator.label}, which is not installed; {INSTALL}\n")
        elif not options.only or generator.name in ("ours", *options.only.split(",")):
            compared.append(generator)
    sys.stdout.write(machine())
    table: list[tuple[str, ...]] = [("entries", "generator", *(name for name, *_ in FIGURES))]
    for size in options.sizes:
        table += [(f"{size:,}", *row) for row in rows(measure(compared, size, options.rounds))]
    sys.stdout.writelines(markdown(table))
    return 0


def measure(compared: Sequence[Generator], size: int, rounds: int) -> Costs:
    """Return what each generator's builds cost, round by round."""
    faq = make_faq(size)
    costs: dict[str, list[Cost]] = {generator.label: [] for generator in compared}
    with TemporaryDirectory() as folder:
        workplaces = [Workplace(each, faq, Path(folder, each.name)) for each in compared]
        for number in range(rounds):
            # Each round starts with another generator.
            first = number % len(workplaces)
            for workplace in (*workplaces[first:], *workplaces[:first]):
                label, cost = workplace.generator.label, workplace.build()
                costs[label].append(cost)
                progress = f"{size:,} entries, round {number + 1}: {label}: {cost.wall_s:.2f} s"
                sys.stderr.write(f"{progress}\n")
    return costs


def rows(costs: Costs) -> Iterator[tuple[str, ...]]:
    """Yield a row for each generator; "2.00 s (0.50)" is twice as long as this project."""
    for label in costs:
        cells = []
        for _, figure, unit, shape in FIGURES:
            values, ours = ([getattr(cost, figure) for cost in costs[x]] for x in (label, OURS))
            ratio = median(our / value for our, value in zip(ours, values, strict=True))
            cell = shape.format(median(values) / unit)
            cells.append(cell if label == OURS else f"{cell} ({ratio:.2f})")
        yield label, *cells


if __name__ == "__main__":
    sys.exit(main())
