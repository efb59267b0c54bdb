"""What tests in a browser share: sites of some content, bounded waits, files that are held back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from re import Pattern
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Route

from tests.conftest import ARGUMENTS, find_chromium

from .whole_sites import build_whole


def built(root: Path, content: Mapping[str, str]) -> Path:
    """Return the folder of the site that is built of some content."""
    return build_whole(root, {f"content/{path}": text for path, text in content.items()})


@contextmanager
def fresh(browser: Browser, **options: Any) -> Iterator[BrowserContext]:  # noqa: ANN401 (Playwright's)
    """Yield a new context, whose waits are bounded."""
    with browser.new_context(**options) as context:
        context.set_default_timeout(10_000)
        yield context


@contextmanager
def keeping(browser: Browser) -> Iterator[Page]:
    """Yield a page of a browser that keeps pages whole to come back to."""
    keeper = browser.browser_type.launch(
        executable_path=find_chromium(),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    with keeper, fresh(keeper) as context:
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


def hold(page: Page, pattern: str | Pattern[str]) -> Callable[[], None]:
    """Hold back what a page asks for, and return what lets it go on."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    def release() -> None:
        assert held
        while held:
            held.pop().continue_()
        page.unroute(pattern, keep)

    page.route(pattern, keep)
    return release
