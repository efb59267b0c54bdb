"""Every kind of page is open to every reader: axe-core, reflow, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import skip_without_chromium
from tests.support.browsing import fresh
from tests.support.views import NARROW, VIEWS, WIDE, show, stay_on_old

pytestmark = pytest.mark.browser
skip_without_chromium()

# What the scheme of colours can change.
OF_THE_LOOK = ["color-contrast", "link-in-text-block"]
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
def context(browser: Browser) -> Iterator[BrowserContext]:
    with fresh(browser, viewport=NARROW) as context:
        context.route("**/visit/renew.html", stay_on_old)
        yield context


@pytest.fixture(scope="module")
def page(context: BrowserContext) -> Page:
    return context.new_page()


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
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    page: Page, roots: Mapping[str, str], name: str
) -> None:
    show(page, roots, VIEWS[name])
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
    page: Page, roots: Mapping[str, str], name: str
) -> None:
    show(page, roots, VIEWS[name])
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
def test_the_first_key_leads_past_the_header(
    page: Page, roots: Mapping[str, str], name: str
) -> None:
    show(page, roots, VIEWS[name])
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("name", ["home", "home, a sure answer", "entry", "entry, results"])
def test_what_has_the_focus_is_seen(page: Page, roots: Mapping[str, str], name: str) -> None:
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
