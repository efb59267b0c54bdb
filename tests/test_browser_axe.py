"""Every kind of page is open to every reader: axe-core, reflow, keyboard, and no layout shift."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from faqsite.cli import main

from .conftest import skip_without_chromium
from .served import served
from .whole_sites import FULL, build_whole

pytestmark = pytest.mark.browser
skip_without_chromium()

# What the scheme of colours can change.
OF_THE_LOOK = ["color-contrast", "link-in-text-block"]
NARROW = ViewportSize(width=320, height=640)
WIDE = ViewportSize(width=1280, height=800)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page, and the state that it is looked at in."""

    address: str
    is_open: bool = False
    shows: str = ""


VIEWS = {
    "home": View(address="index.html"),
    "home, answers open": View(address="index.html", is_open=True),
    "home, a sure answer": View(
        address="index.html?q=renew+loan", shows=".result_excerpt, .answer p"
    ),
    "home, not sure": View(address="index.html?q=renew+parking+garage", shows=".result"),
    "home, no answer": View(address="index.html?q=parking", shows="#search_onward"),
    "category": View(address="visit/index.html", is_open=True),
    "entry": View(address="visit/renew.html", is_open=True),
    "entry, results": View(address="visit/renew.html?q=open", shows=".result"),
    "whole": View(address="all.html", is_open=True),
    "search": View(address="search.html"),
    "search, results": View(address="search.html?q=open", shows=".result"),
    "missing": View(address="nowhere/at/all.html"),
    "moved": View(address="old.html"),
}

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifts.push(shift.value);
}).observe({ type: "layout-shift", buffered: true });
"""

FOCUSED = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  // The box shows its ring around its form, a closed result around the whole of it.
  const places = [[focused], [focused, "::before"], [focused.closest("form") ?? focused]];
  const rings = places.map((place) => getComputedStyle(...place));
  return {
    kind: focused.localName + (focused.classList.length ? `.${focused.classList[0]}` : ""),
    isSeen: rings.some((ring) => ring.outlineStyle !== "none" && ring.outlineWidth !== "0px"),
  };
}"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a site that has everything a page can show."""
    with served(build_whole(tmp_path_factory.mktemp("everything"), FULL)) as address:
        yield address


def stay_on_old(route: Route) -> None:
    """Let an old address not lead on."""
    if route.request.frame.url.endswith("/old.html"):
        route.fulfill(status=HTTPStatus.NO_CONTENT)
    else:
        route.continue_()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a context in which an old address does not lead on, so that its page can be read."""
    context = browser.new_context(viewport=NARROW)
    context.set_default_timeout(10_000)
    context.add_init_script(SHIFTS)
    context.route("**/visit/renew.html", stay_on_old)
    yield context
    context.close()


@pytest.fixture(scope="module")
def page(context: BrowserContext) -> Page:
    return context.new_page()


def show(page: Page, root: str, view: View) -> None:
    """Open a page and bring it into the state that is looked at."""
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    page.goto(root + view.address)
    if view.shows:
        expect(page.locator(view.shows).first).to_be_visible()
        expect(page.locator("#search_list")).not_to_have_attribute("aria-busy", "true")
    if view.is_open:
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")


def violations(page: Page, *rules: str) -> list[str]:
    """Return what breaks the rules, by default all but those of AAA, as "rule: element"."""
    options = {
        "resultTypes": ["violations"],
        "preload": False,
        "rules": {"target-size": {"enabled": True}},
        **({"runOnly": rules} if rules else {}),
    }
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def is_within(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(page: Page, root: str, name: str) -> None:
    show(page, root, VIEWS[name])
    assert page.locator("main").count() == page.locator("h1").count() == 1
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, *OF_THE_LOOK) == []
        assert is_within(page, size["width"])
    # A narrow page is a wide one at 400 %. Beside that, text alone can be made larger.
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert is_within(page, WIDE["width"])


@pytest.mark.parametrize("name", ["home", "home, a sure answer", "entry"])
def test_axe_finds_nothing_where_the_reader_sets_the_colours_and_wants_no_motion(
    page: Page, root: str, name: str
) -> None:
    show(page, root, VIEWS[name])
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    # Contrast is the reader's own here, and axe reads a colour that is not shown.
    found = [each for each in violations(page) if not each.startswith("color-contrast:")]
    assert found == []
    button = page.locator(".search_button")
    color = "getComputedStyle({0}).{1}"
    assert button.evaluate(f"button => {color.format('button', 'borderTopColor')}") == (
        page.evaluate(color.format("document.body", "color"))
    )
    arrow = page.locator(".entry_question").first
    if arrow.count():
        ways = "(each) => getComputedStyle(each, '::after').transitionDuration"
        assert arrow.evaluate(ways) == "0s"


@pytest.mark.parametrize("name", ["home", "category", "entry", "whole", "search", "missing"])
def test_the_first_key_leads_past_the_header(page: Page, root: str, name: str) -> None:
    show(page, root, VIEWS[name])
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("name", ["home", "home, a sure answer", "entry", "entry, results"])
def test_what_has_the_focus_is_seen(page: Page, root: str, name: str) -> None:
    show(page, root, VIEWS[name])
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


of_both_sizes = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


@of_both_sizes
def test_nothing_moves_while_results_come(page: Page, root: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    view = VIEWS["search, results"]
    page.goto(root + view.address)
    expect(page.locator(view.shows).first).to_be_visible()
    assert shifts_of(page) == []


@of_both_sizes
@pytest.mark.parametrize("name", [name for name, view in VIEWS.items() if not view.shows])
def test_nothing_moves_when_script_and_pictures_come_late(
    context: BrowserContext, root: str, name: str, size: ViewportSize
) -> None:
    page = context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/(page\.js|logo\.svg|desk\.gif)"), hold)
    # All of the page is in view, for what moves below is not told.
    page.set_viewport_size({"width": size["width"], "height": 6_000})
    page.goto(root + VIEWS[name].address, wait_until="commit")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    assert held
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    assert shifts_of(page) == []
    page.close()


def shifts_of(page: Page) -> list[float]:
    """Return how far the page has moved; two frames later all that was laid out is reported."""
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    shifts: list[float] = page.evaluate("shifts")
    return shifts


def test_axe_finds_nothing_in_the_content_of_this_repository(page: Page, tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert main(["--output", str(output)]) == 0
    pages = [path.relative_to(output) for path in sorted(output.rglob("*.html"))]
    categories = [path for path in pages if path.name == "index.html" and path.parent.name]
    entries = [path for path in pages if path.name != "index.html" and path.parent.name]
    for address in [Path("index.html"), *categories[:1], *entries[:1]]:
        show(page, output.as_uri() + "/", View(address=address.as_posix(), is_open=True))
        assert violations(page) == [], address
