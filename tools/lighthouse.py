"""Print the Lighthouse scores of the example site on a phone: home, a category, an entry.

    python -m tools.lighthouse

Each page is measured three times and the median counts, because scores drop when the machine is
busy. It needs Chromium and npm; docs/quality.md has the figures.
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
    """Print the scores; return 0 if all are 100, 1 if not, 2 if a program is missing."""
    scores: list[int] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            site = build_example(Path(folder, "site"))
            with served(site) as root:
                for name, address in pages_of(site).items():
                    reports = [measure(root + address, Path(folder)) for _ in range(RUNS)]
                    page = {category: median_of(reports, category) for category in CATEGORIES}
                    line = ", ".join(f"{category} {score}" for category, score in page.items())
                    sys.stdout.write(f"{name}: {line}\n")
                    sys.stdout.writelines(f"  {audit}\n" for audit in find_missed(reports[-1]))
                    scores += page.values()
    except MissingError as error:
        sys.stderr.write(f"Nothing can be measured: {error}\n")
        return 2
    return 0 if set(scores) == {100} else 1


def pages_of(site: Path) -> dict[str, str]:
    """Return the addresses of the home page, the first category and its first entry."""
    categories = sorted(site.glob("*/index.html"))
    entries = sorted({*categories[0].parent.glob("*.html")} - {*categories})
    return {
        "home": "index.html",
        "category": categories[0].relative_to(site).as_posix(),
        "entry": entries[0].relative_to(site).as_posix(),
    }


def measure(url: str, folder: Path) -> dict[str, Any]:
    """Return Lighthouse's report on a page, on its emulated phone."""
    chromium = find_chromium()
    if chromium is None:
        raise MissingError("Chromium is missing")
    report = folder / "report.json"
    command = [program("node"), str(package("lighthouse") / "cli/index.js"), url, "--quiet"]
    options = ["--output=json", f"--output-path={report}", f"--chrome-flags={FLAGS}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    subprocess.run([*command, *options], env=environment, check=True)  # noqa: S603 (a fixed command)
    parsed: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return parsed


def median_of(reports: Iterable[Mapping[str, Any]], category: str) -> int:
    """Return the median score of a category, out of 100."""
    return round(median(100 * (each["categories"][category]["score"] or 0) for each in reports))


def find_missed(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the audits that lower a score, such as "font-size: Too small"."""
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{audit['id']}: {audit['title']}"


if __name__ == "__main__":
    sys.exit(main())
