"""Measure what editors wait for with `build.py serve`: the first page, and each save.

    python -m benchmarks.serve_time --sizes 10,1000 --saves 30

The first page is timed from the start of the command to the title in Chromium, a save from just
before an entry is written to its new sentence on the open page.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks.generated_faq import Entry, make_faq, write_content
from benchmarks.tables import machine, markdown, numbers, percentile
from tests.support.browsing import find_chromium
from tests.support.product import PRODUCT

STARTS = 5
PAUSE_SECONDS = 0.5
HEAD = ("entries", "first page, median", "95 %", "a save, median", "95 %")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("--sizes", type=numbers, default=(10, 1_000), help="numbers of entries (default: 10,1000)")
    add("--saves", type=int, default=20, help="default: 20")
    options = parser.parse_args(argv)
    sys.stdout.write(machine())
    rows: list[tuple[str, ...]] = [HEAD]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for size in options.sizes:
            faq = make_faq(size)
            with TemporaryDirectory() as folder:
                content = Path(folder, "content")
                write_content(faq, content)
                starts = time_starts(browser, content, STARTS)
                saves = time_saves(browser, content, faq[size // 2], options.saves)
            cells = (
                f"{figure:.2f} s"
                for seconds in (starts, saves)
                for figure in (median(seconds), percentile(seconds, 95))
            )
            rows.append((f"{size:,}", *cells))
        browser.close()
    sys.stdout.writelines(markdown(rows))
    return 0


def time_starts(browser: Browser, content: Path, count: int) -> list[float]:
    """Return the seconds from each start to the home page."""
    times = []
    for _ in range(count):
        page = browser.new_page()
        started = time.perf_counter()
        with _serve(content) as address:
            page.goto(address, wait_until="commit")
            page.locator("h1").wait_for()
            times.append(time.perf_counter() - started)
            page.close()
    return times


def time_saves(browser: Browser, content: Path, entry: Entry, count: int) -> list[float]:
    """Return the seconds from each save of an entry to its new text."""
    page = browser.new_page()
    times = []
    with _serve(content) as address:
        page.goto(f"{address}{entry.path}.html")
        for number in range(count):
            time.sleep(PAUSE_SECONDS)
            sentence = f"This is edition {number}."
            edited = replace(entry, body=f"{sentence} {entry.body}")
            started = time.perf_counter()
            (content / f"{entry.path}.md").write_text(edited.text, encoding="utf-8")
            page.get_by_text(sentence).first.wait_for()
            times.append(time.perf_counter() - started)
        page.close()
    return times


@contextmanager
def _serve(content: Path) -> Iterator[str]:
    """Run `build.py serve`, and yield its address."""
    command = [sys.executable, str(PRODUCT / "build.py"), "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 (our own program)
        [*command, "--content", str(content)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield next(word for word in line.split() if word.startswith("http://"))
        finally:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
