"""Light and dark in a real browser: the system's choice, and the reader's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import skip_without_chromium
from tests.support.browsing import built, fresh, keeping, uncaught_of
from tests.support.served import served

pytestmark = pytest.mark.browser
skip_without_chromium()

Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site of one answer."""
    content = {"site.yaml": "title: FAQ\n", "a.md": "---\nquestion: What?\n---\nThat.\n"}
    return built(tmp_path_factory.mktemp("scheme"), content)


@pytest.fixture
def root(site: Path) -> str:
    """Return the address of the site, on disk."""
    return f"{site.as_uri()}/"


@pytest.fixture(params=["light", "dark"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Yield a context of a reader whose system is light, then of one whose is dark."""
    with fresh(browser, color_scheme=request.param) as context:
        yield context


def scheme_of(page: Page) -> str:
    """Return the scheme in which a page is shown, by the lightness of its ground."""
    ground = page.evaluate(
        """() => {
            const canvas = new OffscreenCanvas(1, 1).getContext("2d");
            canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
            canvas.fillRect(0, 0, 1, 1);
            return canvas.getImageData(0, 0, 1, 1).data[0];
        }"""
    )
    return "light" if ground > 127 else "dark"


def system_of(page: Page) -> Scheme:
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    return "dark" if is_dark else "light"


def test_without_a_choice_a_page_is_as_the_system_is(context: BrowserContext, root: str) -> None:
    page = context.new_page()
    page.goto(f"{root}index.html")
    expect(page.get_by_label("Colours")).to_have_value("")
    assert scheme_of(page) == system_of(page)


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_a_choice_is_remembered_on_every_page_until_it_is_taken_back(
    context: BrowserContext, root: str, chosen: Scheme
) -> None:
    page = context.new_page()
    page.goto(f"{root}index.html")
    page.get_by_label("Colours").select_option(chosen)
    assert scheme_of(page) == chosen
    page.goto(f"{root}a.html")
    expect(page.get_by_label("Colours")).to_have_value(chosen)
    assert scheme_of(page) == chosen
    page.get_by_label("Colours").select_option("")
    page.goto(f"{root}all.html")
    expect(page.get_by_label("Colours")).to_have_value("")
    assert scheme_of(page) == system_of(page)


def test_a_choice_holds_before_anything_is_painted(context: BrowserContext, root: str) -> None:
    page = context.new_page()
    page.goto(f"{root}index.html")
    page.get_by_label("Colours").select_option("dark")
    page.add_init_script(
        """new MutationObserver((_, observer) => {
            if (!document.body) return;
            window.first = document.documentElement.dataset.scheme;
            observer.disconnect();
        }).observe(document, { childList: true, subtree: true })"""
    )
    page.goto(f"{root}a.html")
    assert page.evaluate("window.first") == "dark"


def test_a_page_that_is_come_back_to_has_what_was_chosen_meanwhile(
    context: BrowserContext, root: str
) -> None:
    page = context.new_page()
    page.goto(f"{root}index.html")
    page.goto(f"{root}a.html")
    page.get_by_label("Colours").select_option("dark")
    page.go_back()
    expect(page.get_by_label("Colours")).to_have_value("dark")
    assert scheme_of(page) == "dark"


def test_a_page_that_the_browser_kept_whole_has_what_was_chosen_meanwhile(
    browser: Browser, site: Path
) -> None:
    with served(site) as address, keeping(browser) as page:
        page.goto(f"{address}index.html")
        page.evaluate("addEventListener('pageshow', ({ persisted }) => (window.kept = persisted))")
        page.goto(f"{address}a.html")
        page.get_by_label("Colours").select_option("dark")
        # Playwright waits for a page to load, which this one does not.
        page.evaluate("setTimeout(() => history.back())")
        page.wait_for_url(f"{address}index.html", wait_until="commit")
        expect(page.get_by_label("Colours")).to_have_value("dark")
        assert scheme_of(page) == "dark"
        assert page.evaluate("window.kept")


def test_what_a_browser_does_not_let_remember_holds_for_the_page(
    context: BrowserContext, root: str
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied') }})"
    )
    page = context.new_page()
    uncaught = uncaught_of(page)
    page.goto(f"{root}index.html")
    page.get_by_label("Colours").select_option("dark")
    assert scheme_of(page) == "dark"
    assert uncaught == []


def test_paper_is_light(context: BrowserContext, root: str) -> None:
    page = context.new_page()
    page.goto(f"{root}index.html")
    page.get_by_label("Colours").select_option("dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_without_script_there_is_nothing_to_choose(browser: Browser, root: str) -> None:
    with fresh(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{root}index.html")
        expect(page.locator("#scheme_panel")).to_be_hidden()
