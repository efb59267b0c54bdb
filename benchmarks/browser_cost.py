"""What a reader waits for, in Chromium: the first page, the first search, each key.

    python -m benchmarks.browser_cost --sizes 10,1000,10000

The project, and Hugo with Pagefind, build sites of one FAQ, which are served compressed over
the loopback. The server counts requests and the bytes of bodies: of the first page, and of the
first search, from the first key until nothing more comes; once with the words entered at once,
and once typed, ten keys a second. Then words are typed on a processor that is slowed down: from
each key to the end of the frame that shows what was found. The display is not waited for.
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

from benchmarks.counted import Sent, counted
from benchmarks.generators import INSTALL, Workplace, generators
from benchmarks.made_up import MadeEntry, make_faq
from benchmarks.tables import machine, markdown, numbers, percentile
from tests.support.browsing import find_chromium

SIZES, THROTTLE, QUERIES = (10, 1_000), 4, 6
SEARCHES = 3
"""How many queries are each asked first, by somebody who has loaded nothing yet."""
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
"""A page that searches nothing: what the browser itself takes."""

# The time of a key begins with its event: when the browser learned of it. Results come as
# children of their list; what is filled into them later does not count.
_WATCH = """() => {
  let pressed = 0;
  window.took = [];
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  const shown = () => {
    if (!pressed) return;
    const key = pressed;
    pressed = 0;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => took.push(performance.now() - key);
      port2.postMessage(0);
    });
  };
  new MutationObserver(shown).observe(search_list, { childList: true });
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where a site is searched: its page, and a selector of a hit; ids are as in _WATCH."""

    page: str = ""
    hit: str = "#search_list li"


READINGS = {
    "ours": Reading(page="index.html", hit="#search_list .entry_question"),
    "hugo": Reading(page="search/"),
}
"""How each generator's site is searched, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What came over the network: answers and the bytes of their bodies."""

    requests: float
    size_bytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a site costs somebody who reads it."""

    first_page: Load
    at_once: Load
    """The first search, entered at once."""
    typed: Load
    """The first search, typed key by key."""
    keys_ms: tuple[float, ...]


class Reader:
    """Reads one site."""

    def __init__(self, browser: Browser, reading: Reading, address: str, sent: Sent) -> None:
        """Take where the site is, and what its server has sent until now."""
        self._browser = browser
        self._hit = reading.hit
        self._address = address + reading.page
        self._sent = sent

    def measure(self, queries: Sequence[str], throttle: int) -> Measured:
        """Return what it costs to open the site and to ask it."""
        with self._page():
            first_page = self._load()
        first = queries[:SEARCHES]
        return Measured(
            first_page=first_page,
            at_once=_typical([self._first_search(query, is_typed=False) for query in first]),
            typed=_typical([self._first_search(query, is_typed=True) for query in first]),
            keys_ms=tuple(self.keys(queries, throttle)),
        )

    def keys(self, queries: Sequence[str], throttle: int) -> Iterator[float]:
        """Yield the ms of each key that changed what is found, the processor so many times slower.

        The first query warms up.
        """
        with self._page() as page:
            page.locator("#search_box").click()
            page.keyboard.type(queries[0], delay=TYPING_MS)
            page.locator(self._hit).first.wait_for()
            page.wait_for_timeout(QUIET_MS)
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
            page.evaluate(_WATCH)
            for query in queries[1:]:
                page.locator("#search_box").fill("")
                page.wait_for_timeout(QUIET_MS)
                page.evaluate("took.length = 0")
                page.keyboard.type(query, delay=TYPING_MS)
                page.wait_for_timeout(QUIET_MS)
                yield from page.evaluate("took")

    def _first_search(self, query: str, *, is_typed: bool) -> Load:
        with self._page() as page:
            self._sent.clear()
            page.locator("#search_box").click()
            if not is_typed:
                page.keyboard.insert_text(query[:-1])
            # There are searches that wait for a key.
            page.keyboard.type(query if is_typed else query[-1], delay=TYPING_MS)
            page.locator(self._hit).first.wait_for()
            page.wait_for_timeout(QUIET_MS)
            return self._load()

    @contextmanager
    def _page(self) -> Iterator[Page]:
        """Yield the page as it is for somebody who has never been there."""
        self._sent.clear()
        with self._browser.new_context() as context:
            page = context.new_page()
            page.goto(self._address, wait_until="networkidle")
            yield page

    def _load(self) -> Load:
        return Load(requests=len(self._sent), size_bytes=sum(size for _, size in self._sent))


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    options = _parser().parse_args(argv)
    sys.stdout.write(machine())
    rows: list[tuple[str, ...]] = [HEAD]
    asked: tuple[str, ...] = ()
    with sync_playwright() as playwright, TemporaryDirectory() as temporary:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=UNTIMED)
        for size in options.sizes:
            faq = make_faq(size)
            asked = tuple(queries(faq, options.queries))
            for generator in generators():
                if generator.name not in options.only.split(","):
                    continue
                if generator.is_missing:
                    sys.stderr.write(f"{generator.label} is not installed; {INSTALL}\n")
                    continue
                workplace = Workplace(generator, faq, Path(temporary, f"{generator.name}{size}"))
                workplace.build()
                with counted(workplace.output) as (address, sent):
                    reader = Reader(browser, READINGS[generator.name], address, sent)
                    measured = reader.measure(asked, options.throttle)
                rows.append((f"{size:,}", generator.label, *cells(measured)))
        line = Path(temporary, "line")
        line.mkdir()
        (line / "index.html").write_text(ONE_LINE, encoding="utf-8")
        with counted(line) as (address, sent):
            alone = [*Reader(browser, Reading(), address, sent).keys(asked, options.throttle)]
        rows.append(("", "one line, nothing searched", "", "", "", *_key_cells(alone)))
        browser.close()
    sys.stdout.writelines(markdown(rows))
    return 0


def queries(faq: Sequence[MadeEntry], count: int) -> Iterator[str]:
    """Yield what readers could type: the last three longer words of some questions."""
    count = min(count, len(faq))
    for entry in faq[:: len(faq) // count][:count]:
        yield " ".join(re.findall(r"[a-z]{4,}", entry.question)[-3:])


def cells(measured: Measured) -> Iterator[str]:
    """Yield what a site costs, as in a row of the table."""
    for load in (measured.first_page, measured.at_once, measured.typed):
        yield f"{load.size_bytes / 1000:.1f} kB in {load.requests:g}"
    yield from _key_cells(measured.keys_ms)


def _key_cells(keys_ms: Sequence[float]) -> Iterator[str]:
    yield f"{median(keys_ms):.1f} ms"
    yield f"{percentile(keys_ms, 95):.1f} ms"
    yield str(len(keys_ms))


def _typical(loads: Sequence[Load]) -> Load:
    return Load(
        requests=median(load.requests for load in loads),
        size_bytes=median(load.size_bytes for load in loads),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("--sizes", type=numbers, default=SIZES, help="entries (by default 10,1000)")
    add("--only", default="ours,hugo", help='"ours" leaves out Hugo')
    add("--queries", type=int, default=QUERIES, help=f"how many are typed (by default {QUERIES})")
    add("--throttle", type=int, default=THROTTLE, help="how much slower the processor is made")
    return parser


if __name__ == "__main__":
    sys.exit(main())
