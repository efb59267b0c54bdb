"""What an editor waits for with `build.py serve`, in Chromium: the first page, and each save.

    python benchmarks/serve_time.py --sizes 10,1000 --saves 30

The first page: from the start of the command to the title in the browser, of the project's own
content and of FAQs that are made up, with nothing remembered. A save: from the moment before
an entry is written to its new first sentence in the browser, which has the page of that entry
open; editors wait between saves, and so does this.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, sync_playwright

from benchmarks.build_time import machine
from benchmarks.collection import PROJECT
from benchmarks.made_content import entry_text, write_content
from benchmarks.made_up import MadeFaq, changed, make_faq
from benchmarks.metrics import percentile
from benchmarks.tables import aligned, markdown
from tests.conftest import find_chromium

__all__ = ["saves", "starts"]

SIZES, STARTS, SAVES = (10, 1_000), 5, 20
PAUSE_SECONDS = 0.5
HEAD = ("entries", "first page, median", "95 %", "a save, median", "95 %")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    options = _parser().parse_args(argv)
    sys.stdout.write(f"{machine()}\n\n")
    rows: list[tuple[str, ...]] = [HEAD]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        example = starts(browser, PROJECT / "content")
        rows.append(("the example", *_cells(example), "", ""))
        for size in options.sizes:
            faq = make_faq(size)
            with TemporaryDirectory() as temporary:
                content = Path(temporary, "content")
                write_content(faq, content)
                first = starts(browser, content)
                saved = saves(browser, content, faq, options.saves)
            rows.append((f"{size:,}", *_cells(first), *_cells(saved)))
        browser.close()
    lines = markdown(rows) if options.markdown else aligned(rows)
    sys.stdout.write("\n".join((*lines, "")))
    return 0


def starts(browser: Browser, content: Path, times: int = STARTS) -> list[float]:
    """Return how many seconds each start takes until the home page is seen."""
    return [_start(browser, content) for _ in range(times)]


def saves(browser: Browser, content: Path, faq: MadeFaq, count: int) -> list[float]:
    """Return how many seconds each save takes until its text is seen."""
    entry = faq.entries[len(faq.entries) // 2]
    page = browser.new_page()
    taken = []
    with _served(content) as address:
        page.goto(f"{address}{entry.path}.html")
        for turn in range(count):
            time.sleep(PAUSE_SECONDS)
            saved = changed(entry, turn)
            started = time.perf_counter()
            (content / f"{entry.path}.md").write_text(entry_text(saved), encoding="utf-8")
            page.get_by_text(saved.body.partition(".")[0]).first.wait_for()
            taken.append(time.perf_counter() - started)
        page.close()
    return taken


def _start(browser: Browser, content: Path) -> float:
    page = browser.new_page()
    started = time.perf_counter()
    with _served(content) as address:
        page.goto(address, wait_until="commit")
        page.locator("h1").wait_for()
        seconds = time.perf_counter() - started
        page.close()
    return seconds


@contextmanager
def _served(content: Path) -> Iterator[str]:
    """Yield the address under which content is served."""
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", "0"]
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
    add = parser.add_argument
    add("--sizes", type=_numbers, default=SIZES, help="entries (by default 10,1000)")
    add("--saves", type=int, default=SAVES, help=f"by default {SAVES}")
    add("--markdown", action="store_true", help="print Markdown")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


if __name__ == "__main__":
    sys.exit(main())
