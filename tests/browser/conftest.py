"""What the tests in a browser get: Chromium, the site of a module, pages with script and without.

The site of a module is built of its `CONTENT`.
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
    """Mark the tests of this folder; in CI a missing browser is a failure, elsewhere they wait."""
    is_skipped = find_chromium() is None and not os.environ.get("CI")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if is_skipped:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a Chromium, shared by all tests."""
    if find_chromium() is None:
        pytest.fail(NO_CHROMIUM)
    with sync_playwright() as playwright, launch(playwright.chromium) as chromium:
        yield chromium


@pytest.fixture(scope="session")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Yield the addresses of the whole sites, served."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(served(build_whole(tmp_path_factory.mktemp(name), files)))
            for name, files in SITES.items()
        }


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the module's site."""
    return build(tmp_path_factory.mktemp("site"), request.module.CONTENT)


@pytest.fixture(scope="module")
def http(folder: Path) -> Iterator[str]:
    """Yield the address of the module's site, served."""
    with served(folder) as address:
        yield address


@pytest.fixture(params=["http", "disk"])
def root(request: pytest.FixtureRequest, folder: Path, http: str) -> str:
    """Return the address of the module's site: served, and as a file on the disk."""
    return http if request.param == "http" else f"{folder.as_uri()}/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with fresh(browser, viewport=ViewportSize(width=1280, height=700)) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Yield a page whose scripts catch all that goes wrong."""
    page = context.new_page()
    uncaught = uncaught_of(page)
    yield page
    assert uncaught == []


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Yield a page of a phone in which no script runs."""
    with fresh(browser, java_script_enabled=False, viewport=PHONE) as context:
        yield context.new_page()
