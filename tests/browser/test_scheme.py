"""Light and dark in a real browser: the system's choice, and the reader's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browsing import fresh, keeping, on_disk_too
from tests.support.previews import entry

CONTENT = {"site.yaml": "title: FAQ\n", "a.md": entry("What?", "That.")}


@pytest.fixture(params=["light", "dark"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Yield a context whose system is light, then one whose system is dark."""
    with fresh(browser, color_scheme=request.param) as context:
        yield context


def choose(page: Page, scheme: str) -> None:
    page.get_by_label("Colours").select_option(scheme)


def expect_scheme(page: Page, chosen: str, shown: str = "") -> None:
    """Expect a choice, and a background that is as light or dark as it says."""
    expect(page.get_by_label("Colours")).to_have_value(chosen)
    lightness = page.evaluate(
        """() => {
            const canvas = new OffscreenCanvas(1, 1).getContext("2d");
            canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
            canvas.fillRect(0, 0, 1, 1);
            return canvas.getImageData(0, 0, 1, 1).data[0];
        }"""
    )
    assert ("light" if lightness > 127 else "dark") == (shown or chosen)


@on_disk_too
def test_a_choice_holds_on_every_page_until_the_reader_takes_it_back(
    page: Page, root: str, request: pytest.FixtureRequest
) -> None:
    system = request.node.callspec.params["context"]
    for chosen in ("light", "dark"):
        page.goto(f"{root}index.html")
        expect_scheme(page, "", system)
        choose(page, chosen)
        expect_scheme(page, chosen)
        page.goto(f"{root}a.html")
        expect_scheme(page, chosen)
        choose(page, "")
        page.go_back()
        expect_scheme(page, "", system)


def test_a_choice_holds_before_anything_is_painted_and_paper_is_light(
    page: Page, root: str
) -> None:
    page.goto(f"{root}index.html")
    choose(page, "dark")
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


def test_a_page_from_the_back_forward_cache_takes_up_a_new_choice(
    browser: Browser, http: str
) -> None:
    with keeping(browser) as page:
        page.goto(f"{http}index.html")
        page.goto(f"{http}a.html")
        choose(page, "dark")
        # Playwright waits for a page to load, which this one does not.
        page.evaluate("setTimeout(() => history.back())")
        page.wait_for_url(f"{http}index.html", wait_until="commit")
        expect_scheme(page, "dark")
        assert page.evaluate("window.isBack")
