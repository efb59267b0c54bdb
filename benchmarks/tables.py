"""Helpers to print figures."""

from __future__ import annotations

import math
import os
import platform
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path


def markdown(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table; the first row is the header."""
    for number, row in enumerate(rows):
        yield f"| {' | '.join(row)} |\n"
        if not number:
            yield f"| {' | '.join('---' for _ in row)} |\n"


def percentile(values: Iterable[float], percent: float) -> float:
    """Return the smallest value that at least `percent` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def numbers(text: str) -> tuple[int, ...]:
    """Parse an option such as "10,1000"."""
    return tuple(map(int, text.split(",")))


def machine() -> str:
    """Describe the machine and its load before the benchmark."""
    file = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", file.read_text() if file.exists() else "")
    return (
        f"{names[0] if names else platform.machine()}, {os.cpu_count()} processors, "
        f"{platform.system()}, Python {platform.python_version()}; "
        f"load before: {os.getloadavg()[0]:.1f}\n\n"
    )
