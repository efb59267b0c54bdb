"""What builds took, as tables: medians, and the ratio of the project's cost to each other's.

Pure functions of what was measured. A ratio is that of two runs in the same round, for a
machine is not as fast in each; what is shown is the median of a ratio over the rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.generators import Cost

__all__ = ["FIGURES", "Costs", "over_imports", "ratio", "table", "typical"]

FIGURES = {
    "wall time, s": ("wall_s", 1.0, 2),
    "CPU time, s": ("cpu_s", 1.0, 2),
    "most memory of all programs at a time, MB": ("together_bytes", 1e6, 0),
    "most memory of one program, MB": ("largest_bytes", 1e6, 0),
}
"""What is shown: of which field, in which unit, with how many places."""

Costs = Mapping[str, Mapping[str, Sequence[Cost]]]
"""The costs of each round, by generator and step."""


def typical(costs: Sequence[Cost], name: str) -> float:
    """Return the median of a figure over the rounds."""
    return median(_values(costs, name))


def ratio(ours: Sequence[Cost], theirs: Sequence[Cost], name: str) -> float:
    """Return the median over the rounds of a figure of ours, divided by theirs in that round."""
    pairs = zip(_values(ours, name), _values(theirs, name), strict=True)
    return median(our / their for our, their in pairs)


def over_imports(costs: Costs, ours: str, imports: str, step: str) -> float:
    """Return how many seconds a step takes more than importing the packages alone."""
    pairs = zip(costs[ours][step], costs[imports]["clean"], strict=True)
    return median(our.wall_s - alone.wall_s for our, alone in pairs)


def table(
    costs: Costs, labels: Mapping[str, str], ours: str, figure: str
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a figure, the head first: "2.00 (0.50)" is twice as long as ours."""
    name, unit, places = FIGURES[figure]
    steps = tuple(costs[ours])
    yield figure, *steps
    for generator, by_step in costs.items():
        cells = []
        for step in steps:
            of_step = by_step.get(step, ())
            cell = f"{typical(of_step, name) / unit:.{places}f}" if of_step else ""
            if of_step and generator != ours:
                cell += f" ({ratio(costs[ours][step], of_step, name):.2f})"
            cells.append(cell)
        yield labels[generator], *cells


def _values(costs: Sequence[Cost], name: str) -> list[float]:
    return [getattr(cost, name) for cost in costs]
