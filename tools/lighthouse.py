"""Print the Lighthouse scores of the example site on a phone: home, a category, an entry.

    python -m tools.lighthouse

Each is measured three times, and the middle score counts: a machine that is busy with
something else takes points off. It needs Chromium and npm; docs/quality.md has the figures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from tests.support.browsing import find_chromium
from tests.support.served import served
from tools.conformance import build_example
from tools.packages import MissingError, package, program

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main() -> int:
    """Measure, print, and return the exit status: 0 all are 100, 1 not, 2 it cannot be measured."""
    scores: list[int] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            site = build_example(Path(folder, "site"))
            with served(site) as root:
                for name, address in pages_of(site).items():
                    reports = [measure(root + address, Path(folder)) for _ in range(RUNS)]
                    found = {each: median_of(reports, each) for each in CATEGORIES}
                    sys.stdout.write(f"{name}: {listed(found)}\n")
                    sys.stdout.writelines(f"  {each}\n" for each in missed(reports[-1]))
                    scores += found.values()
    except MissingError as error:
        sys.stderr.write(f"Nothing can be measured: {error}\n")
        return 2
    return 0 if set(scores) == {100} else 1


def pages_of(site: Path) -> dict[str, str]:
    """Return the addresses of home, of the first category and of its first entry."""
    categories = sorted(site.glob("*/index.html"))
    entries = sorted({*categories[0].parent.glob("*.html")} - {*categories})
    return {
        "home": "index.html",
        "category": categories[0].relative_to(site).as_posix(),
        "entry": entries[0].relative_to(site).as_posix(),
    }


def measure(url: str, folder: Path) -> dict[str, Any]:
    """Return what Lighthouse reports of a page, on its emulated phone."""
    chromium = find_chromium()
    if chromium is None:
        raise MissingError("Chromium is missing")
    report = folder / "report.json"
    command = [program("node"), str(package("lighthouse") / "cli/index.js"), url, "--quiet"]
    options = ["--output=json", f"--output-path={report}", f"--chrome-flags={FLAGS}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    subprocess.run([*command, *options], env=environment, check=True)  # noqa: S603 (a fixed command)
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def median_of(reports: Iterable[Mapping[str, Any]], category: str) -> int:
    """Return the score of a category, of 100, in the middle one of some reports."""
    return round(median(100 * (each["categories"][category]["score"] or 0) for each in reports))


def missed(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the audits that count and do not have all points, e.g. "font-size: Too small"."""
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{audit['id']}: {audit['title']}"


def listed(scores: Mapping[str, int]) -> str:
    """Return scores in a line, e.g. "performance 100, seo 91"."""
    return ", ".join(f"{category} {score}" for category, score in scores.items())


if __name__ == "__main__":
    sys.exit(main())
