"""The kinds of pages, each in the states that it is looked at in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from playwright.sync_api import Page, Route, ViewportSize, expect

NARROW = ViewportSize(width=320, height=640)
WIDE = ViewportSize(width=1280, height=800)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page of a site of `whole_sites`, and the state that it is looked at in."""

    address: str
    site: str = "full"
    is_open: bool = False
    shows: str = ""
    """What is seen once results have come; "" if none are asked for."""

    def url(self, roots: Mapping[str, str]) -> str:
        """Return where the page is, given the addresses of the sites."""
        return roots[self.site] + self.address


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


def stay_on_old(route: Route) -> None:
    """Let an old address not lead on, so that its page can be looked at."""
    if route.request.frame.url.endswith("/old.html"):
        route.fulfill(status=HTTPStatus.NO_CONTENT)
    else:
        route.continue_()


def show(page: Page, roots: Mapping[str, str], view: View) -> None:
    """Open a page and bring it into the state that is looked at."""
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    page.goto(view.url(roots))
    if view.shows:
        expect(page.locator(view.shows).first).to_be_visible()
        expect(page.locator("#search_list")).not_to_have_attribute("aria-busy", "true")
    if view.is_open:
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
