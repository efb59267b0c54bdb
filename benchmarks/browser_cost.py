"""Measure what readers wait for in Chromium: the first page, the first search, each key.

    python -m benchmarks.browser_cost --sizes 10,1000,10000

This project and Hugo with Pagefind build sites of the same FAQ, which are served compressed. The
server counts the requests and bytes of the first page and of a first search, once entered at once
and once typed at ten keys a second. Then queries are typed on a slower processor, and each key is
timed until the end of the frame that shows its results.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.counting_server import Sent, serve
from benchmarks.generated_faq import Entry, make_faq
from benchmarks.generators import INSTALL, OURS, Workplace, generators
from benchmarks.tables import machine, markdown, numbers, percentile
from tests.support.browsing import find_chromium

SEARCHES = 3
"""The number of queries that are each a reader's first."""
TYPING_MS, QUIET_MS = 100, 500
HEAD = ("entries", "site", "first page", "first search", "typed", "key, median", "95 %", "keys")
UNTIMED = ["--no-sandbox", "--disable-gpu", "--disable-gpu-vsync", "--disable-frame-rate-limit"]

ONE_LINE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>One line</title>
<input id="search_box" aria-label="Search"><ul id="search_list"></ul>
<script>
search_box.addEventListener("input", () => {
  const item = document.createElement("li");
  item.textContent = search_box.value;
  search_list.replaceChildren(item);
});
</script></html>
"""
"""A page without a search: the cost of the browser itself."""

# A key is timed from its event until its results are children of the list and drawn. What is added
# to the results later does not count.
_WATCH = """() => {
  let pressed = 0;
  window.times = [];
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  const measure = () => {
    if (!pressed) return;
    const key = pressed;
    pressed = 0;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => times.push(performance.now() - key);
      port2.postMessage(0);
    });
  };
  new MutationObserver(measure).observe(search_list, { childList: true });
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The path of the page with the search, and the selector of a result."""

    path: str = ""
    result: str = "#search_list li"


SEARCH_PAGES = {
    OURS: SearchPage(path="index.html", result="#search_list .entry_question"),
    "Hugo with Pagefind": SearchPage(path="search/"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The number of requests, and the bytes of the response bodies."""

    requests: float
    size_bytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a site costs its readers."""

    first_page: Load
    at_once: Load
    """The first search, entered at once."""
    typed: Load
    """The first search, typed key by key."""
    keys_ms: tuple[float, ...]


class Reader:
    """A reader of one site."""

    def __init__(self, browser: Browser, page: SearchPage, address: str, sent: Sent) -> None:
        """Take the address of the site, and the list of what its server sends."""
        self._browser = browser
        self._result = page.result
        self._address = address + page.path
        self._sent = sent

    def measure(self, queries: Sequence[str], throttle: int) -> Measured:
        """Open the site, search it, and return the cost."""
        with self._open():
            first_page = self._load()
        first = queries[:SEARCHES]
        return Measured(
            first_page=first_page,
            at_once=_median([self._search(query, typed_chars=1) for query in first]),
            typed=_median([self._search(query, typed_chars=len(query)) for query in first]),
            keys_ms=tuple(self.time_keys(queries, throttle)),
        )

    def time_keys(self, queries: Sequence[str], throttle: int) -> Iterator[float]:
        """Yield the milliseconds of each key that changes the results, on a slower processor.

        The first query is a warm-up.
        """
        with self._open() as page:
            page.locator("#search_box").click()
            page.keyboard.type(queries[0], delay=TYPING_MS)
            page.locator(self._result).first.wait_for()
            page.wait_for_timeout(QUIET_MS)
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
            page.evaluate(_WATCH)
            for query in queries[1:]:
                page.locator("#search_box").fill("")
                page.wait_for_timeout(QUIET_MS)
                page.evaluate("times.length = 0")
                page.keyboard.type(query, delay=TYPING_MS)
                page.wait_for_timeout(QUIET_MS)
                yield from page.evaluate("times")

    def _search(self, query: str, *, typed_chars: int) -> Load:
        """Return what a search loads. Some searches need a key, so type the last characters."""
        with self._open() as page:
            self._sent.clear()
            page.locator("#search_box").click()
            page.keyboard.insert_text(query[:-typed_chars])
            page.keyboard.type(query[-typed_chars:], delay=TYPING_MS)
            page.locator(self._result).first.wait_for()
            page.wait_for_timeout(QUIET_MS)
            return self._load()

    @contextmanager
    def _open(self) -> Iterator[Page]:
        """Open the page without a cache."""
        self._sent.clear()
        with self._browser.new_context() as context:
            page = context.new_page()
            page.goto(self._address, wait_until="networkidle")
            yield page

    def _load(self) -> Load:
        return Load(requests=len(self._sent), size_bytes=sum(size for _, size in self._sent))


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("--sizes", type=numbers, default=(10, 1_000), help="numbers of entries (default: 10,1000)")
    add("--queries", type=int, default=6, help="number of typed queries (default: 6)")
    add("--throttle", type=int, default=4, help="slow the processor down this many times")
    options = parser.parse_args(argv)
    sys.stdout.write(machine())
    rows: list[tuple[str, ...]] = [HEAD]
    queries: tuple[str, ...] = ()
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=UNTIMED)
        for size in options.sizes:
            faq = make_faq(size)
            queries = tuple(choose_queries(faq, options.queries))
            for generator in generators():
                label = generator.label
                if label not in SEARCH_PAGES:
                    continue
                if generator.is_missing:
                    sys.stderr.write(f"Skipping {label}, which is not installed; {INSTALL}\n")
                    continue
                workplace = Workplace(generator, faq, Path(folder, f"{generator.name}{size}"))
                workplace.build()
                with serve(workplace.output) as (address, sent):
                    reader = Reader(browser, SEARCH_PAGES[label], address, sent)
                    measured = reader.measure(queries, options.throttle)
                rows.append((f"{size:,}", label, *cells(measured)))
        line = Path(folder, "line")
        line.mkdir()
        (line / "index.html").write_text(ONE_LINE, encoding="utf-8")
        with serve(line) as (address, sent):
            reader = Reader(browser, SearchPage(), address, sent)
            keys_ms = tuple(reader.time_keys(queries, options.throttle))
        rows.append(("", "one line, no search", "", "", "", *_key_cells(keys_ms)))
        browser.close()
    sys.stdout.writelines(markdown(rows))
    return 0


def choose_queries(faq: Sequence[Entry], count: int) -> Iterator[str]:
    """Yield queries that readers might type: the last three longer words of some questions."""
    count = min(count, len(faq))
    for entry in faq[:: len(faq) // count][:count]:
        yield " ".join(re.findall(r"[a-z]{4,}", entry.question)[-3:])


def cells(measured: Measured) -> Iterator[str]:
    """Yield the cells of a row."""
    for load in (measured.first_page, measured.at_once, measured.typed):
        yield f"{load.size_bytes / 1000:.1f} kB in {load.requests:g}"
    yield from _key_cells(measured.keys_ms)


def _key_cells(keys_ms: Sequence[float]) -> Iterator[str]:
    yield f"{median(keys_ms):.1f} ms"
    yield f"{percentile(keys_ms, 95):.1f} ms"
    yield str(len(keys_ms))


def _median(loads: Sequence[Load]) -> Load:
    return Load(
        requests=median(load.requests for load in loads),
        size_bytes=median(load.size_bytes for load in loads),
    )


if __name__ == "__main__":
    sys.exit(main())
