"""Helpers for browser tests: Chromium, a page's search, what a page requests and reports."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Route,
    ViewportSize,
    expect,
)

from .sites import SENTENCES
from .whole_sites import build_whole

PATIENCE_MS = 20_000
PHONE = ViewportSize(width=320, height=560)

PLAIN_HOST = "plain.test"
"""A name for this machine that a browser does not trust over http, as it trusts 127.0.0.1."""

BOX, SUMMARY, RESULTS = "#search_box", "#search_summary", "#search_results"
QUESTION, ANSWER = ".result .entry_question", ".result .answer"
EXCERPT, OWN_PAGE = ".result_excerpt", ".result .own_page a"
LOADING, FAILED = SENTENCES["results_loading"], SENTENCES["results_failed"]

_UNWANTED = (
    # For each page, Chromium loads these pages of its own: half of what a test costs.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # This list replaces Playwright's, so it repeats what matters of that one.
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "PaintHolding", "LensOverlay"),
    *("MediaRouter", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
    *("AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"),
)
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    f"--disable-features={','.join(_UNWANTED)}",
    f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1",
]

on_disk_too = pytest.mark.parametrize("root", ["http", "disk"], indirect=True)
"""For behaviour that depends on addresses, loading, storage or the history."""


def find_chromium() -> str | None:
    """Return the program named by CHROMIUM, or else the first Chromium or Chrome on the path."""
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, names)), None)


def launch(chromium: BrowserType, **options: Any) -> Browser:  # noqa: ANN401 (Playwright's)
    return chromium.launch(executable_path=find_chromium(), args=_ARGUMENTS, **options)


def build(folder: Path, content: Mapping[str, str]) -> Path:
    """Build a site from content, and return its folder."""
    return build_whole(folder, {f"content/{path}": text for path, text in content.items()})


@contextmanager
def fresh(browser: Browser, **options: Any) -> Iterator[BrowserContext]:  # noqa: ANN401 (Playwright's)
    """Yield a new context that does not wait for ever."""
    with browser.new_context(**options) as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context


@contextmanager
def keeping(browser: Browser) -> Iterator[Page]:
    """Yield a page of a browser with a back/forward cache.

    `window.isBack` says whether a page comes from that cache.
    """
    ignored = ["--disable-back-forward-cache"]
    with (
        launch(browser.browser_type, ignore_default_args=ignored) as keeper,
        fresh(keeper) as context,
    ):
        page = context.new_page()
        page.add_init_script(
            "addEventListener('pageshow', ({ persisted }) => (window.isBack = persisted))"
        )
        yield page


def uncaught_of(page: Page) -> list[Error]:
    """Return a list that collects the errors that a page's scripts do not catch.

    It leaves out syntax errors: no script can catch that another one is cut short.
    """
    uncaught: list[Error] = []

    def note(error: Error) -> None:
        if error.name != "SyntaxError":
            uncaught.append(error)

    page.on("pageerror", note)
    return uncaught


def complaints_of(page: Page) -> list[str]:
    """Return a list that collects the errors and warnings in a page's console."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def requests_of(page: Page, pattern: str = "") -> list[str]:
    """Return a list that collects the URLs a page requests, if a pattern is in them."""
    requests: list[str] = []

    def note(request: Request) -> None:
        if re.search(pattern, request.url):
            requests.append(request.url)

    page.on("request", note)
    return requests


def hold(page: Page, pattern: str | re.Pattern[str]) -> Callable[[], None]:
    """Hold back a page's requests; return a function that releases them, to earlier routes too."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    def release() -> None:
        assert held
        while held:
            held.pop().fallback()
        page.unroute(pattern, keep)

    page.route(pattern, keep)
    return release


def wait_two_frames(page: Page) -> None:
    """Wait until a page has shown, and reported, all that its scripts have done so far."""
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")


def result(page: Page, question: str) -> Locator:
    return page.locator(".result").filter(has_text=question)


def questions(page: Page) -> list[str]:
    """Return the questions of the results."""
    return page.locator(QUESTION).all_inner_texts()


def expect_summary(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait for a message above the results."""
    expect(page.locator(SUMMARY)).to_have_text(text)


def clear(page: Page) -> None:
    """Empty the search box, and wait until the results are gone."""
    page.fill(BOX, "")
    expect(page.locator(RESULTS)).to_be_hidden()


def contrast(*colours: Iterable[int]) -> float:
    """Return the contrast of two colours as WCAG defines it; each is red, green, blue to 255."""
    dark, light = sorted(map(_luminance, colours))
    return (light + 0.05) / (dark + 0.05)


def _luminance(channels: Iterable[int]) -> float:
    shares = [channel / 255 for channel in channels]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
