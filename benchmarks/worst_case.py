"""The answers that take longest to read, at the limits of docs/limits.md: time and memory.

    python -m benchmarks.worst_case

A shape of lines or signs is repeated until a limit forbids one more. Each answer is read by a
process of its own. Ends with status 1 if one takes more than two seconds.
"""

from __future__ import annotations

import os
import sys

from faqsite.answers.answer import MAX_BODY_BYTES, find_excess
from tests.support.answers import answer_of

MOST_SECONDS = 2.0
SHAPES = {
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


def longest(shape: str) -> str:
    """Return a shape, repeated as often as the limits allow."""
    least, most = 0, MAX_BODY_BYTES + 1
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if find_excess(shape * middle) else (middle, most)
    return shape * least


def cost_of(body: str) -> tuple[float, float]:
    """Return the CPU seconds and the peak megabytes of a process that reads an answer."""
    pid = os.fork()
    if not pid:
        answer_of(body)
        os._exit(0)
    _, _, usage = os.wait4(pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def main() -> int:
    """Print what each costs, the slowest first; return the exit status."""
    answer_of("*a* `b`\n\n```python\nc\n```\n")  # What is imported on the way is not counted.
    found = sorted(
        ((*cost_of(longest(shape)), name) for name, shape in SHAPES.items()), reverse=True
    )
    sys.stdout.write("| CPU s | peak MB | text |\n| ---: | ---: | --- |\n")
    for seconds, megabytes, name in found:
        sys.stdout.write(f"| {seconds:.2f} | {megabytes:.0f} | {name} |\n")
    return int(found[0][0] > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
