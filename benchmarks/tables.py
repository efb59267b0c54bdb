"""What was measured as tables: pure functions to lines of text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from benchmarks.metrics import Calibration, Found, Judged, quality, share

__all__ = [
    "Measurement",
    "aligned",
    "best_peers",
    "calibration_lines",
    "markdown",
    "markdown_lines",
    "mean_lines",
    "quality_lines",
    "size_lines",
    "stress_lines",
]

FIGURES = {"@1": "success_at_1", "@5": "success_at_5", "MRR": "mrr_at_10"}
"""By which searches are compared: what each is called in `Quality`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What one search found in one collection."""

    system: str
    label: str
    collection: str
    judged: Mapping[str, tuple[Judged, ...]]
    """By condition."""
    unanswerable: tuple[Found, ...]
    """For the questions of the other collections."""
    index_bytes: int
    bare_bytes: int = 0
    """Without titles and addresses; 0 where that is not known."""

    def figure(self, condition: str, name: str) -> float:
        """Return one of FIGURES in a condition."""
        value: float = getattr(quality(self.judged[condition]), FIGURES[name])
        return value

    def wrongly_answered(self, sure: float) -> float:
        """Return the share of unanswerable queries that are shown as answered."""
        return share(found.is_shown_as_answer(sure) for found in self.unanswerable)

    def right_kept(self, condition: str, sure: float) -> float:
        """Return the share of right first answers that are shown as answers."""
        right = (each.found for each in self.judged[condition] if each.rank == 1)
        return share(found.is_shown_as_answer(sure) for found in right)


def aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield each row as a line, columns as wide as they need; the first row is the head."""
    rows = tuple(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    texts = [not any(map(_is_number, column[1:])) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, texts, strict=True)
        line = (
            cell.ljust(width) if is_text else cell.rjust(width) for cell, width, is_text in cells
        )
        yield "  ".join(line).rstrip()


def markdown(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a Markdown table; the first row is the head."""
    for number, row in enumerate(rows):
        yield _row(row)
        if not number:
            yield _row("---" for _ in row)


def quality_lines(measurements: Iterable[Measurement], sure: float) -> Iterator[str]:
    """Yield the whole table; what holds for all conditions stands in the first of them."""
    head = "collection system condition @1 @5 MRR none kept wrongly errors median p95 index bare"
    rows = [head.split()]
    for measured in measurements:
        for number, (condition, judged) in enumerate(measured.judged.items()):
            of = quality(judged)
            rows.append(
                [
                    measured.collection,
                    measured.system,
                    condition,
                    percent(of.success_at_1),
                    percent(of.success_at_5),
                    percent(of.mrr_at_10),
                    percent(of.no_result),
                    percent(measured.right_kept(condition, sure)),
                    "" if number else percent(measured.wrongly_answered(sure)),
                    str(of.errors),
                    f"{of.median_ms:.2f}",
                    f"{of.p95_ms:.2f}",
                    "" if number else kilobytes(measured.index_bytes),
                    "" if number else kilobytes(measured.bare_bytes),
                ]
            )
    return aligned(rows)


def mean_lines(measurements: Iterable[Measurement]) -> Iterator[str]:
    """Yield a Markdown table of each search's means over all collections and conditions."""
    of_each: dict[str, list[Measurement]] = {}
    for each in measurements:
        of_each.setdefault(each.label, []).append(each)
    yield _row(("search", *(f"mean {name}" for name in ("success@1", "success@5", "MRR@10"))))
    yield _row("---" for _ in range(4))
    for label, of_it in of_each.items():
        figures = (
            [each.figure(condition, name) for each in of_it for condition in each.judged]
            for name in FIGURES
        )
        yield _row((label, *(percent(sum(of) / len(of)) for of in figures)))


def markdown_lines(measurements: Sequence[Measurement], sure: float) -> Iterator[str]:
    """Yield a Markdown table for each collection: success@1 / success@5 of each condition."""
    for collection in dict.fromkeys(each.collection for each in measurements):
        of_it = [each for each in measurements if each.collection == collection]
        conditions = tuple(of_it[0].judged)
        columns = (
            "search",
            *conditions,
            "no result",
            "right kept",
            "wrongly answered",
            "median",
            "index",
        )
        yield from ("", f"### {collection}", "", _row(columns))
        yield _row("---" for _ in columns)
        for each in of_it:
            qualities = [quality(each.judged[condition]) for condition in conditions]
            yield _row(
                (
                    each.label,
                    *(f"{percent(q.success_at_1)} / {percent(q.success_at_5)}" for q in qualities),
                    f"{percent(qualities[0].no_result)} %",
                    f"{percent(each.right_kept(conditions[0], sure))} %",
                    f"{percent(each.wrongly_answered(sure))} %",
                    f"{qualities[0].median_ms:.2f} ms",
                    f"{kilobytes(each.index_bytes)} kB",
                )
            )


def best_peers(ours: Iterable[Measurement], peers: Sequence[Measurement]) -> Iterator[str]:
    """Yield how far ours is before the best peer, in points, the worst first."""
    rows = []
    for own in ours:
        rivals = [each for each in peers if each.collection == own.collection]
        for condition, name in product(own.judged, FIGURES):
            best = max(rivals, key=lambda each: each.figure(condition, name))
            own_share, best_share = (each.figure(condition, name) for each in (own, best))
            gap = own_share - best_share
            shown = (percent(own_share), percent(best_share), f"{100 * gap:+.1f}", best.system)
            rows.append((gap, (own.collection, condition, name, *shown)))
    head = ("collection", "condition", "figure", "ours", "peer", "gap", "best peer")
    return aligned((head, *(row for _, row in sorted(rows))))


def calibration_lines(rows: Sequence[Calibration]) -> Iterator[str]:
    """Yield what each threshold does; the last row is the threshold that keeps a part."""
    head = ("threshold", "right kept", "wrong shown", "unanswerable recognised")
    shown = [
        (
            f"{row.threshold:.{2 if left else 3}f}",
            percent(row.right_kept),
            percent(row.wrong_shown),
            percent(row.unanswerable_recognised),
        )
        for left, row in zip(reversed(range(len(rows))), rows, strict=True)
    ]
    return aligned([head, *shown])


def size_lines(sizes: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Yield the sizes of each collection's indexes; each is compared with the first."""
    rows = []
    for collection, of_it in sizes.items():
        first, *others = of_it.values()
        compared = (cell for size in others for cell in (kilobytes(size), f"{size / first:.2f}"))
        rows.append([collection, kilobytes(first), *compared])
    names = next(iter(sizes.values()), {})
    head = [
        cell for number, name in enumerate(names) for cell in (name, "times")[: 1 + (number > 0)]
    ]
    return aligned([["collection", *head], *rows])


def stress_lines(found: Mapping[str, Sequence[Found]]) -> Iterator[str]:
    """Yield how many queries of each kind threw, what, and how long the longest took."""
    rows = [
        (
            kind,
            str(len(of_kind)),
            str(sum(bool(each.error) for each in of_kind)),
            f"{max(each.ms for each in of_kind):.1f}",
            next((each.error for each in of_kind if each.error), ""),
        )
        for kind, of_kind in found.items()
    ]
    return aligned([("queries", "number", "thrown", "longest ms", "first error"), *rows])


def percent(part: float) -> str:
    """Return a share in percent, "-" for what was not measured."""
    return "-" if math.isnan(part) else f"{100 * part:.1f}"


def kilobytes(size: int) -> str:
    """Return a size in kB of 1,000 bytes, "-" for what is not known."""
    return f"{size / 1000:.1f}" if size else "-"


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(".", "").isdigit()


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
