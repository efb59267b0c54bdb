"""What an editor waits for with `build.py serve`, in Chromium: the first page, and each save.

    python -m benchmarks.serve_time --sizes 10,1000 --saves 30

The first page: from the start of the command to the title in the browser. A save: from the
moment before an entry is written to its new sentence in the browser, which has the page of that
entry open; editors wait between saves, and so does this.
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

from benchmarks.made_up import MadeEntry, entry_text, make_faq, write_content
from benchmarks.tables import machine, markdown, numbers, percentile
from tests.support.browsing import find_chromium
from tests.support.product import PRODUCT

SIZES, STARTS, SAVES = (10, 1_000), 5, 20
PAUSE_SECONDS = 0.5
HEAD = ("entries", "first page, median", "95 %", "a save, median", "95 %")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    options = _parser().parse_args(argv)
    sys.stdout.write(machine())
    rows: list[tuple[str, ...]] = [HEAD]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for size in options.sizes:
            faq = make_faq(size)
            with TemporaryDirectory() as temporary:
                content = Path(temporary, "content")
                write_content(faq, content)
                first = starts(browser, content, STARTS)
                saved = saves(browser, content, faq[size // 2], options.saves)
            rows.append((f"{size:,}", *_cells(first), *_cells(saved)))
        browser.close()
    sys.stdout.writelines(markdown(rows))
    return 0


def starts(browser: Browser, content: Path, count: int) -> list[float]:
    """Return how many seconds each start takes until the home page is seen."""
    taken = []
    for _ in range(count):
        page = browser.new_page()
        started = time.perf_counter()
        with _served(content) as address:
            page.goto(address, wait_until="commit")
            page.locator("h1").wait_for()
            taken.append(time.perf_counter() - started)
            page.close()
    return taken


def saves(browser: Browser, content: Path, entry: MadeEntry, count: int) -> list[float]:
    """Return how many seconds each save of an entry takes until its text is seen."""
    page = browser.new_page()
    taken = []
    with _served(content) as address:
        page.goto(f"{address}{entry.path}.html")
        for turn in range(count):
            time.sleep(PAUSE_SECONDS)
            sentence = f"This is edition {turn}."
            saved = replace(entry, body=f"{sentence} {entry.body}")
            started = time.perf_counter()
            (content / f"{entry.path}.md").write_text(entry_text(saved), encoding="utf-8")
            page.get_by_text(sentence).first.wait_for()
            taken.append(time.perf_counter() - started)
        page.close()
    return taken


@contextmanager
def _served(content: Path) -> Iterator[str]:
    """Yield the address under which content is served."""
    command = [sys.executable, str(PRODUCT / "build.py"), "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 (the project's own)
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


def _cells(seconds: Sequence[float]) -> tuple[str, str]:
    return f"{median(seconds):.2f} s", f"{percentile(seconds, 95):.2f} s"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=numbers, default=SIZES, help="by default 10,1000")
    parser.add_argument("--saves", type=int, default=SAVES, help=f"by default {SAVES}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
