"""Every kind of page keeps still, asks no other host, and has targets that a finger hits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, expect

from tests.conftest import skip_without_chromium
from tests.support.browsing import fresh, hold
from tests.support.views import NARROW, VIEWS, WIDE, show, stay_on_old

pytestmark = pytest.mark.browser
skip_without_chromium()

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifts.push(shift.value);
}).observe({ type: "layout-shift", buffered: true });
"""

# On a slow machine too, results come before it is said that they take long.
PATIENT = "window.setTimeout = ((wait) => (f, ms) => wait(f, ms * 100))(setTimeout);"

# Links in running text are as high as its lines: WCAG 2.5.8 lets them.
SMALL = """() => {
  const isInText = (link) => link.matches(".answer :is(p, li, dd, td, sup, figcaption) a");
  return [...document.querySelectorAll("a[href], button, summary, select, input")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .filter((each) => !each.matches(".skip") && !isInText(each))
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, { width, height }]) => Math.min(width, height) < 23.99)
    .map(([each, { width, height }]) => `${each.outerHTML} is ${width} by ${height}`);
}"""

of_every_kind = pytest.mark.parametrize("name", VIEWS)
of_both_sizes = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a context that notes how far a page moves."""
    with fresh(browser, viewport=NARROW) as context:
        context.add_init_script(SHIFTS)
        context.route("**/visit/renew.html", stay_on_old)
        yield context


def shifts_of(page: Page) -> list[float]:
    """Return how far the page has moved; two frames later all that was laid out is reported."""
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    shifts: list[float] = page.evaluate("shifts")
    return shifts


@of_both_sizes
@pytest.mark.parametrize("name", ["search, results", "search, filter"])
def test_nothing_moves_while_results_come(
    context: BrowserContext, roots: Mapping[str, str], name: str, size: ViewportSize
) -> None:
    page = context.new_page()
    page.add_init_script(PATIENT)
    page.set_viewport_size(size)
    page.goto(VIEWS[name].url(roots))
    expect(page.locator(VIEWS[name].shows).first).to_be_visible()
    assert shifts_of(page) == []


@of_both_sizes
@pytest.mark.parametrize("name", [name for name, view in VIEWS.items() if not view.shows])
def test_nothing_moves_when_script_and_pictures_come_late(
    context: BrowserContext, roots: Mapping[str, str], name: str, size: ViewportSize
) -> None:
    page = context.new_page()
    release = hold(page, re.compile(r"/(page\.js|logo\.svg|desk\.gif)"))
    # All of the page is in view, for what moves below is not told.
    page.set_viewport_size({"width": size["width"], "height": 6_000})
    page.goto(VIEWS[name].url(roots), wait_until="commit")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    release()
    page.wait_for_load_state()
    assert shifts_of(page) == []


@of_every_kind
def test_no_page_asks_another_host_and_what_is_pressed_is_at_least_24_pixels_wide_and_high(
    context: BrowserContext, roots: Mapping[str, str], name: str
) -> None:
    page = context.new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    show(page, roots, VIEWS[name])
    assert asked
    assert [url for url in asked if not url.startswith(roots[VIEWS[name].site])] == []
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert page.evaluate(SMALL) == []
