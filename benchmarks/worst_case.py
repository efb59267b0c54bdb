"""Measure the answers that take longest to read within the limits of docs/limits.md.

    python -m benchmarks.worst_case

Each pattern is repeated up to a limit, and read in a new process. The exit status is 1 if one takes
more than two seconds.
"""

from __future__ import annotations

import os
import sys
from bisect import bisect_left

from faqsite.answers.answer import MAX_BODY_BYTES, find_excess
from tests.support.answers import answer_of

MOST_SECONDS = 2.0
PATTERNS = {
    "lines of `- ` nineteen deep": "- " * 19 + "a\n",
    "lines of `1. ` nineteen deep": "1. " * 19 + "a\n",
    "blocks of `<table><tr><td>`": "<table><tr><td>\n\n",
    "the same with a definition": "<table><tr><td>\n\na\n: b\n\n",
    "words in `*`": "*a* *b c* ",
    "blocks of `<div>`": "<div>\n\n",
    "lines of `# `": "# \n",
    "lines of `> `": "> \n",
    "rows of a table": "| a | b |\n",
    "links": "[a](b.md) ",
}


def repeat(pattern: str) -> str:
    """Repeat a pattern as often as the limits allow."""
    counts = range(1, MAX_BODY_BYTES + 1)
    most = bisect_left(counts, True, key=lambda count: bool(find_excess(pattern * count)))  # noqa: FBT003
    return pattern * most


def measure(body: str) -> tuple[float, float]:
    """Return the CPU seconds and the peak megabytes of a process that reads an answer."""
    pid = os.fork()
    if not pid:
        answer_of(body)
        os._exit(0)
    _, _, usage = os.wait4(pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def main() -> int:
    """Print a table, the slowest first; return the exit status."""
    answer_of("*a* `b`\n\n```python\nc\n```\n")  # Imports are not part of the measurement.
    found = sorted(
        ((*measure(repeat(text)), name) for name, text in PATTERNS.items()), reverse=True
    )
    sys.stdout.write("| CPU s | peak MB | text |\n| ---: | ---: | --- |\n")
    for seconds, megabytes, name in found:
        sys.stdout.write(f"| {seconds:.2f} | {megabytes:.0f} | {name} |\n")
    return int(found[0][0] > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
