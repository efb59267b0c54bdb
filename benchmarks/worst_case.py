"""The text that takes longest, at the limits of what a build reads: its time and its memory.

Signs, their pairs, and shapes of lines are repeated until a limit forbids one more, alone,
spread among words, and before the longest rest. Each is read by a process of its own.

    .venv/bin/python -m benchmarks.worst_case [--pairs] [--top N]
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterator
from itertools import product

from faqsite.entries import read_entry
from faqsite.markup import MAX_BODY_BYTES, why_too_much

LIMIT_SECONDS = 60
HEAD = "---\nquestion: What?\n---\n"
SIGNS = (
    *"*_`~<>&|[]()!\\#:=+-.^@/\"'{}$a1é \n",
    *("**", "~~", "``", "![", "](", "[^", "&#", "<!--", "-->", "<?", "www.", "http://", "a@b.c"),
    *("<b>", "</b>", "<p>", "<div>", "</div>", "<a href=x>", "    ", "\n\n"),
)
LINES = (
    *("> ", "- ", "1. ", "# ", "    ", ": ", "[^a]: b", "[a]: b", "!!! note", "```", "~~~", "a|b"),
    *("|-|-|", "| a | b |", "<div>", "</div>", "<p>", "<b>", "<!--", "---", "===", "***", "\\"),
    *("> [!NOTE]", "```python", "    - ", "a\n: b", "[^1]", "[a](b.md)", "`a", "<details>"),
    *("<table><tr><td>", "![a](b.png)", "http://a.b", "- [ ] a", "1986. x", "#a", "*a", "_a_"),
)


def units(*, has_pairs: bool) -> Iterator[tuple[str, str]]:
    """Yield what to repeat, each with a name."""
    pairs = map("".join, product(SIGNS, repeat=2)) if has_pairs else ()
    for sign in (*SIGNS, *pairs):
        yield repr(sign), sign
        yield f"{sign!r} and words", f"{sign} some words "
    for line in LINES:
        yield f"lines of {line!r}", f"{line}\n"
        yield f"blocks of {line!r}", f"{line}\n\n"
        yield f"nested {line!r}", f"{line * 19}a\n"


def longest(unit: str) -> str:
    """Return what is within the limits, repeated as often as can be."""
    least, most = 0, MAX_BODY_BYTES + 1
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if why_too_much(unit * middle) else (middle, most)
    return unit * least


def bodies(*, has_pairs: bool) -> Iterator[tuple[str, str]]:
    """Yield answers at the limits by their names."""
    for name, unit in units(has_pairs=has_pairs):
        body = longest(unit)
        yield name, body
        if rest := MAX_BODY_BYTES - len(body.encode()):
            yield f"{name}, then words", body + ("a " * rest)[:rest]
            # So many that the signs are not too many for the length of each.
            yield f"{name}, in paragraphs", _in_paragraphs(body, rest)


def _in_paragraphs(body: str, rest: int) -> str:
    parts = 32
    size, words = len(body) // parts, ("a " * rest)[: rest // parts - 2]
    return "\n\n".join(body[at * size : (at + 1) * size] + words for at in range(parts))


def measured(body: str) -> tuple[float, float, str]:
    """Return the CPU seconds and peak megabytes of a process that reads an answer, and its fate."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_SECONDS, LIMIT_SECONDS))
        start = time.process_time()
        read = read_entry("a/b.md", (HEAD + body).encode())
        seconds = time.process_time() - start
        told = " ".join(problem.message for problem in read.problems)
        fate = "refused" if "too many signs" in told or "stay open" in told else "read"
        os.write(writing, f"{seconds} {fate}".encode())
        os._exit(0)
    os.close(writing)
    _, _, usage = os.wait4(process, 0)
    with open(reading, "rb") as result:  # noqa: PTH123 (a descriptor)
        told = result.read().decode() or f"{LIMIT_SECONDS} killed"
    taken, fate = told.split(" ")
    return float(taken), usage.ru_maxrss / 1000, fate


def main() -> int:
    """Print the worst cases; return 1 if one took longer than two seconds."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--pairs", action="store_true", help="also pairs of signs: takes an hour")
    parser.add_argument("--top", type=int, default=20, metavar="N", help="how many to print")
    options = parser.parse_args()
    measured("*a* `b`\n\n```python\nc\n```\n")
    found = [(*measured(body), name) for name, body in bodies(has_pairs=options.pairs)]
    found.sort(reverse=True)
    sys.stdout.write(
        f"{len(found):,} texts\n\n| CPU s | peak MB | | text |\n| ---: | ---: | --- | --- |\n"
    )
    for seconds, megabytes, fate, name in found[: options.top]:
        sys.stdout.write(f"| {seconds:.2f} | {megabytes:.0f} | {fate} | {name} |\n")
    return int(found[0][0] > 2)  # noqa: PLR2004 (said above)


if __name__ == "__main__":
    sys.exit(main())
