"""Fixtures of the browser tests: Chromium, a site for each module, pages with and without script.

The site of a module is built from its `CONTENT`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.support.browsing import (
    PATIENCE_MS,
    PHONE,
    build,
    find_chromium,
    fresh,
    launch,
    uncaught_of,
)
from tests.support.served import served
from tests.support.whole_sites import SITES, build_whole

NO_CHROMIUM = "no Chromium found: install one, or name it in the variable CHROMIUM"

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark these tests; without a browser they fail in CI and are skipped elsewhere."""
    is_skipped = find_chromium() is None and not os.environ.get("CI")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if is_skipped:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a Chromium for all tests."""
    if find_chromium() is None:
        pytest.fail(NO_CHROMIUM)
    with sync_playwright() as playwright, launch(playwright.chromium) as chromium:
        yield chromium


@pytest.fixture(scope="session")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Serve the made-up sites, and yield their addresses by name."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(served(build_whole(tmp_path_factory.mktemp(name), files)))
            for name, files in SITES.items()
        }


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a module, and return its folder."""
    return build(tmp_path_factory.mktemp("site"), request.module.CONTENT)


@pytest.fixture(scope="module")
def http(folder: Path) -> Iterator[str]:
    """Serve the site of a module, and yield its address."""
    with served(folder) as address:
        yield address


@pytest.fixture
def root(request: pytest.FixtureRequest, folder: Path, http: str) -> str:
    """Return the address of a module's site: served, or as a parameter says on the disk."""
    return f"{folder.as_uri()}/" if getattr(request, "param", "http") == "disk" else http


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with fresh(browser, viewport=ViewportSize(width=1280, height=700)) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Yield a page whose scripts must catch all errors."""
    page = context.new_page()
    uncaught = uncaught_of(page)
    yield page
    assert uncaught == []


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Yield a page without script, on a phone."""
    with fresh(browser, java_script_enabled=False, viewport=PHONE) as context:
        yield context.new_page()
