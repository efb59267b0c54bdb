"""Light and dark in a real browser: the system's choice, and the reader's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browsing import fresh, keeping

CONTENT = {"site.yaml": "title: FAQ\n", "a.md": "---\nquestion: What?\n---\nThat.\n"}

from_disk = pytest.mark.parametrize("root", ["disk"], indirect=True)


@pytest.fixture(params=["light", "dark"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Yield a context of a reader whose system is light, then of one whose is dark."""
    with fresh(browser, color_scheme=request.param) as context:
        yield context


def expect_scheme(page: Page, chosen: str, shown: str = "") -> None:
    """Expect a choice, and that a page is shown so, by the lightness of its ground."""
    expect(page.get_by_label("Colours")).to_have_value(chosen)
    ground = page.evaluate(
        """() => {
            const canvas = new OffscreenCanvas(1, 1).getContext("2d");
            canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
            canvas.fillRect(0, 0, 1, 1);
            return canvas.getImageData(0, 0, 1, 1).data[0];
        }"""
    )
    assert ("light" if ground > 127 else "dark") == (shown or chosen)


@from_disk
def test_a_choice_is_remembered_on_every_page_until_it_is_taken_back(page: Page, root: str) -> None:
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    system = "dark" if is_dark else "light"
    for chosen in ("light", "dark"):
        page.goto(f"{root}index.html")
        expect_scheme(page, "", system)
        page.get_by_label("Colours").select_option(chosen)
        expect_scheme(page, chosen)
        page.goto(f"{root}a.html")
        expect_scheme(page, chosen)
        page.get_by_label("Colours").select_option("")
        page.go_back()
        expect_scheme(page, "", system)


@from_disk
def test_a_choice_holds_before_anything_is_painted_and_paper_is_light(
    page: Page, root: str
) -> None:
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
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_a_page_that_the_browser_kept_whole_has_what_was_chosen_meanwhile(
    browser: Browser, http: str
) -> None:
    with keeping(browser) as page:
        page.goto(f"{http}index.html")
        page.evaluate("addEventListener('pageshow', ({ persisted }) => (window.kept = persisted))")
        page.goto(f"{http}a.html")
        page.get_by_label("Colours").select_option("dark")
        # Playwright waits for a page to load, which this one does not.
        page.evaluate("setTimeout(() => history.back())")
        page.wait_for_url(f"{http}index.html", wait_until="commit")
        expect_scheme(page, "dark")
        assert page.evaluate("window.kept")


@from_disk
def test_what_a_browser_does_not_let_remember_holds_for_the_page(page: Page, root: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied') }})"
    )
    page.goto(f"{root}index.html")
    page.get_by_label("Colours").select_option("dark")
    expect_scheme(page, "dark")


@from_disk
def test_without_script_there_is_nothing_to_choose(plain: Page, root: str) -> None:
    plain.goto(f"{root}index.html")
    expect(plain.locator("#scheme_panel")).to_be_hidden()
