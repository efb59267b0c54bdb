"""What the queries of candidates find in the careers FAQ.

    python -m benchmarks.candidates

Each line of `candidates.tsv` is a query, a tab, and the path of the entry that answers it, or "-".
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.generators import HERE
from faqsite.build.pipeline import load, make_site
from tests.support.examples import Engine

PROJECT = HERE.parent


def main() -> int:
    """Measure, print the figures, and return 0."""
    site = make_site(load(*(PROJECT / name for name in ("content", "templates", "static"))))
    paths = [Path(entry.path).with_suffix("").as_posix() for entry in site.faq.top.all_entries]
    index = next(file for file in site.files if file.address == "search-index.js")
    lines = (HERE / "candidates.tsv").read_text(encoding="utf-8").splitlines()
    queries, expected = zip(*(line.split("\t") for line in lines), strict=True)
    with Engine() as engine:
        engine.open(index.make().decode())
        found = engine.ask(queries, 1)
    first = [paths[each.entries[0]] if each.entries else "" for each in found]
    right = [path == wanted for path, wanted in zip(first, expected, strict=True)]
    outcomes = [*zip(right, (each.is_answer for each in found), strict=True)]
    sys.stdout.write(
        f"{len(queries)} queries, {len(queries) - expected.count('-')} of them answerable\n"
        f"right first: {sum(right)}\n"
        f"opened right: {outcomes.count((True, True))}\n"
        f"opened wrongly: {outcomes.count((False, True))}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
