"""What tests in a browser share: Chromium, sites of some content, bounded waits, what is held."""

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
    Page,
    Request,
    Route,
    ViewportSize,
)

from .whole_sites import build_whole

PATIENCE_MS = 20_000
PHONE = ViewportSize(width=320, height=560)

PLAIN_HOST = "plain.test"
"""This machine by a name that a browser does not trust over http, as it does 127.0.0.1."""

_UNWANTED = (
    # For these, Chromium loads a page of its own beside each page: half of all that a test costs.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # This list takes the place of Playwright's, so here is what matters of that.
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


over_http = pytest.mark.parametrize("root", ["http"], indirect=True)
"""For what is the same from disk."""

from_disk = pytest.mark.parametrize("root", ["disk"], indirect=True)
"""For what is the same over http."""


def find_chromium() -> str | None:
    """Return the program named by CHROMIUM, else the first Chromium or Chrome on the path."""
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, names)), None)


def launch(chromium: BrowserType, **options: Any) -> Browser:  # noqa: ANN401 (Playwright's)
    return chromium.launch(executable_path=find_chromium(), args=_ARGUMENTS, **options)


def built(root: Path, content: Mapping[str, str]) -> Path:
    """Return the folder of the site that is built of some content."""
    return build_whole(root, {f"content/{path}": text for path, text in content.items()})


@contextmanager
def fresh(browser: Browser, **options: Any) -> Iterator[BrowserContext]:  # noqa: ANN401 (Playwright's)
    """Yield a new context, whose waits are bounded."""
    with browser.new_context(**options) as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context


@contextmanager
def keeping(browser: Browser) -> Iterator[Page]:
    """Yield a page of a browser that keeps pages whole to come back to."""
    ignored = ["--disable-back-forward-cache"]
    with (
        launch(browser.browser_type, ignore_default_args=ignored) as keeper,
        fresh(keeper) as context,
    ):
        yield context.new_page()


def uncaught_of(page: Page) -> list[Error]:
    """Return a list to which is added what no script of a page catches.

    But for what no page can catch: that a script is not whole.
    """
    uncaught: list[Error] = []

    def note(error: Error) -> None:
        if error.name != "SyntaxError":
            uncaught.append(error)

    page.on("pageerror", note)
    return uncaught


def complaints_of(page: Page) -> list[str]:
    """Return a list to which is added what a page complains of in its console."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def requests_of(page: Page, pattern: str = "") -> list[str]:
    """Return a list to which each address that a page asks for is added, if a pattern is in it."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if re.search(pattern, request.url):
            asked.append(request.url)

    page.on("request", note)
    return asked


def hold(page: Page, pattern: str | re.Pattern[str]) -> Callable[[], None]:
    """Hold back what a page asks for; return what lets it go on, to an earlier route if any."""
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


def contrast(*colours: Iterable[int]) -> float:
    """Return the contrast of two colours, each of red, green and blue to 255, as WCAG has it."""
    dark, light = sorted(map(_luminance, colours))
    return (light + 0.05) / (dark + 0.05)


def _luminance(channels: Iterable[int]) -> float:
    shares = [channel / 255 for channel in channels]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
