"""Every kind of page is accessible, does not move, and asks no other host."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.support.browsing import fresh, hold, requests_of, wait_two_frames

NARROW = ViewportSize(width=320, height=640)
WIDE = ViewportSize(width=1280, height=800)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page of one of the made-up sites, and the state to check it in."""

    address: str
    site: str = "full"
    is_open: bool = False
    shows: str = ""
    """What is visible once there are results; "" if the page does not search."""


VIEWS = {
    "home": View(address="index.html"),
    "home, answers open": View(address="index.html", is_open=True),
    "home, a sure answer": View(
        address="index.html?q=renew+loan", shows=".result_excerpt, .answer p"
    ),
    "home, not sure": View(address="index.html?q=renew+parking+garage", shows=".result"),
    "home, no answer": View(address="index.html?q=parking", shows="#search_onward"),
    "home of many, from the right": View(site="long", address="index.html"),
    "category": View(address="visit/index.html", is_open=True),
    "category of many": View(site="long", address="شهر/index.html"),
    "category in pages": View(site="long", address="يوم/page-2.html"),
    "entry": View(address="visit/renew.html", is_open=True),
    "entry of everything": View(address="visit/the-rest.html", is_open=True),
    "entry, results": View(address="visit/renew.html?q=open", shows=".result"),
    "entry, from the right": View(site="long", address="يوم/1.html"),
    "whole": View(address="all.html", is_open=True),
    "search": View(address="search.html"),
    "search, results": View(address="search.html?q=open", shows=".result"),
    "search, filter": View(site="long", address="search.html?q=رقم+1", shows="#search_filter"),
    "missing": View(address="nowhere/at/all.html"),
    "moved": View(address="old.html"),
}

# Notes how far a page moves unless the reader moves it.
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifts.push(shift.value);
}).observe({ type: "layout-shift", buffered: true });
"""
# Even on a slow machine, the results come before the message that they are loading.
PATIENT = "window.setTimeout = ((wait) => (f, ms) => wait(f, ms * 100))(setTimeout);"

# The rules that depend on colours.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# WCAG 2.5.8 lets links in running text be as high as its lines.
SMALL = """() => {
  const isInText = (link) => link.matches(".answer :is(p, li, dd, td, sup, figcaption) a");
  return [...document.querySelectorAll("a[href], button, summary, select, input")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .filter((each) => !each.matches(".skip") && !isInText(each))
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, { width, height }]) => Math.min(width, height) < 23.99)
    .map(([each, { width, height }]) => `${each.outerHTML} is ${width} by ${height}`);
}"""
FOCUSED = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  // The ring of the box is around its form, that of a closed result around the result.
  const places = [[focused], [focused, "::before"], [focused.closest("form") ?? focused]];
  const rings = places.map((place) => getComputedStyle(...place));
  return {
    kind: focused.localName + (focused.classList.length ? `.${focused.classList[0]}` : ""),
    isSeen: rings.some((ring) => ring.outlineStyle !== "none" && ring.outlineWidth !== "0px"),
  };
}"""

of_both_sizes = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


def stay_on_old(route: Route) -> None:
    """Keep an old address from redirecting, so that its page can be checked."""
    if route.request.frame.url.endswith("/old.html"):
        route.fulfill(status=HTTPStatus.NO_CONTENT)
    else:
        route.continue_()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a context for all these tests, which notes how far a page moves."""
    with fresh(browser) as context:
        context.add_init_script(SHIFTS)
        context.route("**/visit/renew.html", stay_on_old)
        yield context


@pytest.fixture(scope="module")
def shared(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def page(shared: Page) -> Page:
    """Return one page for all these tests, narrow and light at the start of each."""
    shared.set_viewport_size(NARROW)
    shared.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    return shared


def url_of(view: View, roots: Mapping[str, str]) -> str:
    return roots[view.site] + view.address


def show(page: Page, roots: Mapping[str, str], view: View) -> None:
    """Open a page and bring it into the state to check."""
    page.goto(url_of(view, roots))
    if view.shows:
        expect(page.locator(view.shows).first).to_be_visible()
        expect(page.locator("#search_list")).not_to_have_attribute("aria-busy", "true")
    if view.is_open:
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")


def violations(page: Page, *rules: str) -> list[str]:
    """Return violations as "rule: element", by default of all rules except those of AAA."""
    options = {
        "resultTypes": ["violations"],
        "preload": False,
        "rules": {"target-size": {"enabled": True}},
        **({"runOnly": rules} if rules else {}),
    }
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def is_within(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def shifts_of(page: Page) -> list[float]:
    """Return how far the page has moved."""
    wait_two_frames(page)
    shifts: list[float] = page.evaluate("shifts")
    return shifts


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_passes_axe_does_not_scroll_sideways_or_ask_another_host_and_has_large_targets(
    page: Page, roots: Mapping[str, str], name: str
) -> None:
    asked = requests_of(page)
    show(page, roots, VIEWS[name])
    assert asked
    assert [url for url in asked if not url.startswith(roots[VIEWS[name].site])] == []
    assert page.locator("main").count() == page.locator("h1").count() == 1
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, *COLOUR_RULES) == []
        assert is_within(page, size["width"])
        assert page.evaluate(SMALL) == []
    # A narrow page is a wide one at 400 %. Readers can also enlarge the text alone.
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert is_within(page, WIDE["width"])


@pytest.mark.parametrize("name", ["home", "home, a sure answer", "entry"])
def test_a_page_passes_axe_with_the_colours_of_the_reader_and_without_motion(
    page: Page, roots: Mapping[str, str], name: str
) -> None:
    show(page, roots, VIEWS[name])
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    # The reader chose the contrast, and axe reads a colour that is not shown.
    assert [each for each in violations(page) if not each.startswith("color-contrast:")] == []
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.search_button')).borderTopColor"
    ) == page.evaluate("getComputedStyle(document.body).color")
    arrows = "(all) => all.map((each) => getComputedStyle(each, '::after').transitionDuration)"
    assert set(page.locator(".entry_question").evaluate_all(arrows)) <= {"0s"}


@pytest.mark.parametrize("name", ["home", "category", "entry", "whole", "search", "missing"])
def test_the_first_tab_leads_past_the_header(
    page: Page, roots: Mapping[str, str], name: str
) -> None:
    show(page, roots, VIEWS[name])
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("name", ["home", "home, a sure answer", "entry", "entry, results"])
def test_the_focus_is_always_visible(page: Page, roots: Mapping[str, str], name: str) -> None:
    show(page, roots, VIEWS[name])
    page.evaluate("document.activeElement.blur()")
    kinds = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        assert focused["isSeen"], focused["kind"]
        kinds.add(focused["kind"])
    assert {"a.skip", "input.search_box", "button.search_button"} <= kinds


@of_both_sizes
@pytest.mark.parametrize("name", ["search, results", "search, filter"])
def test_nothing_moves_while_results_come(
    context: BrowserContext, roots: Mapping[str, str], name: str, size: ViewportSize
) -> None:
    with context.new_page() as page:
        page.add_init_script(PATIENT)
        page.set_viewport_size(size)
        page.goto(url_of(VIEWS[name], roots))
        expect(page.locator(VIEWS[name].shows).first).to_be_visible()
        assert shifts_of(page) == []


@of_both_sizes
@pytest.mark.parametrize("name", [name for name, view in VIEWS.items() if not view.shows])
def test_nothing_moves_when_script_and_pictures_come_late(
    page: Page, roots: Mapping[str, str], name: str, size: ViewportSize
) -> None:
    release = hold(page, re.compile(r"/(page\.js|logo\.svg|desk\.gif)"))
    # All of the page is visible, because a browser reports no movement below that.
    page.set_viewport_size({"width": size["width"], "height": 6_000})
    page.goto(url_of(VIEWS[name], roots), wait_until="commit")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    release()
    page.wait_for_load_state()
    assert shifts_of(page) == []
