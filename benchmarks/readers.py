"""A reader in Chromium: opens a site, searches it for the first time, and types on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, Page

from benchmarks.counted import Sent

__all__ = ["READINGS", "Load", "Measured", "Reader", "Reading"]

SEARCHES = 3
"""How many queries are each asked first, by somebody who has loaded nothing yet."""
TYPING_MS, QUIET_MS = 100, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where a site is searched, by selectors."""

    page: str = ""
    opener: str = ""
    """What opens the search, where that is needed."""
    box: str = "#search_box"
    results: str = "#search_list"
    """The list of what is found."""
    hit: str = "li"
    """One of it."""


READINGS = {
    "ours": Reading(page="index.html", hit=".entry_question"),
    "hugo": Reading(page="search/"),
    "mkdocs": Reading(
        opener="[data-bs-target='#mkdocs_search_modal']",
        box="#mkdocs-search-query",
        results="#mkdocs-search-results",
        hit="article",
    ),
    "material": Reading(
        box=".md-search__input",
        results=".md-search-result__list",
        hit=".md-search-result__item",
    ),
}
"""How each generator's site is searched, by its name."""

# The time of a key begins with its event: when the browser learned of it. Results come as
# children of their list; what is filled into them later does not count.
_WATCH = """(selector) => {
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
  new MutationObserver(shown).observe(document.querySelector(selector), { childList: true });
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What came over the network: answers and the bytes of their bodies."""

    requests: float
    size_bytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a site costs who reads it."""

    first_page: Load
    at_once: Load
    """The first search, entered at once."""
    typed: Load
    """The first search, typed key by key."""
    keys_ms: tuple[float, ...]


class Reader:
    """Reads one site."""

    def __init__(self, browser: Browser, reading: Reading, address: str, sent: Sent) -> None:
        """Take where the site is, and what its server says it has sent."""
        self._browser = browser
        self._reading = reading
        self._address = address + reading.page
        self._sent = sent

    def measure(self, queries: Sequence[str], throttle: int, *, at_hand: bool) -> Measured:
        """Return what it costs to open the site and to ask it."""
        with self._page():
            first_page = self._load()
        first = queries[:SEARCHES]
        return Measured(
            first_page=first_page,
            at_once=_typical([self._first_search(query, is_typed=False) for query in first]),
            typed=_typical([self._first_search(query, is_typed=True) for query in first]),
            keys_ms=tuple(self.keys(queries, throttle, at_hand=at_hand)),
        )

    def keys(self, queries: Sequence[str], throttle: int, *, at_hand: bool) -> Iterator[float]:
        """Yield the ms of each key that changed what is found, the processor so many times slower.

        The first query warms up; all do so if what they load is to be at hand.
        """
        with self._page() as page:
            self._open(page)
            for query in queries if at_hand else queries[:1]:
                page.locator(self._reading.box).fill("")
                page.keyboard.type(query, delay=TYPING_MS)
                self._wait_for_hit(page)
                page.wait_for_timeout(QUIET_MS)
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
            page.evaluate(_WATCH, self._reading.results)
            for query in queries[1:]:
                page.locator(self._reading.box).fill("")
                page.wait_for_timeout(QUIET_MS)
                page.evaluate("took.length = 0")
                page.keyboard.type(query, delay=TYPING_MS)
                page.wait_for_timeout(QUIET_MS)
                yield from page.evaluate("took")

    def _first_search(self, query: str, *, is_typed: bool) -> Load:
        with self._page() as page:
            self._sent.clear()
            self._open(page)
            if not is_typed:
                page.keyboard.insert_text(query[:-1])
            # There are searches that wait for a key.
            page.keyboard.type(query if is_typed else query[-1], delay=TYPING_MS)
            self._wait_for_hit(page)
            page.wait_for_timeout(QUIET_MS)
            return self._load()

    @contextmanager
    def _page(self) -> Iterator[Page]:
        """Yield the page as it is for who has never been there."""
        self._sent.clear()
        with self._browser.new_context() as context:
            page = context.new_page()
            page.goto(self._address, wait_until="networkidle")
            yield page

    def _open(self, page: Page) -> None:
        if self._reading.opener:
            page.locator(self._reading.opener).first.click()
        page.locator(self._reading.box).click()

    def _wait_for_hit(self, page: Page) -> None:
        page.locator(f"{self._reading.results} {self._reading.hit}").first.wait_for()

    def _load(self) -> Load:
        return Load(requests=len(self._sent), size_bytes=sum(size for _, size in self._sent))


def _typical(loads: Sequence[Load]) -> Load:
    return Load(
        requests=median(load.requests for load in loads),
        size_bytes=median(load.size_bytes for load in loads),
    )
