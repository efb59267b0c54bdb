"""What tests share: the option that renews golden files, a browser, and whole sites for it."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from faqsite.system import progress
from tests.support.forked import Forked, forked
from tests.support.product import guard_owned, use_product
from tests.support.served import served
from tests.support.whole_sites import SITES, build_whole

# The same examples in every run, and no clock: a failure is the change's own. But "fuzz" tries
# others each time, for as long as it takes, and no example may take long.
for name, examples in (("dev", 30), ("ci", 60)):
    hypothesis.settings.register_profile(
        name,
        derandomize=True,
        deadline=None,
        database=None,
        max_examples=examples,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
hypothesis.settings.register_profile(
    "fuzz",
    max_examples=10_000,
    deadline=timedelta(seconds=10),
    print_blob=True,
    suppress_health_check=[*hypothesis.HealthCheck],
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")

use_product()
guard_owned()

PLAIN_HOST = "plain.test"
"""This machine by a name that a browser does not trust over http, as it does 127.0.0.1."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1",
]
NO_CHROMIUM = "no Chromium found: install one, or name it in the variable CHROMIUM"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write the golden files instead of comparing"
    )


@pytest.fixture
def renews_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written."""
    return bool(request.config.getoption("--renew-golden"))


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Let Ctrl+C reach what a test starts, also where the tests run in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # Which a child would take over.
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """Let no command of a test tell its progress, however slow the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "QUIET_SECONDS", float("inf"))
        yield


def find_chromium() -> str | None:
    """Return the program named by CHROMIUM, else the first Chromium or Chrome on the path."""
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, names)), None)


def skip_without_chromium() -> None:
    """Skip the whole module that calls this, in one line; in CI a missing browser is a failure."""
    if find_chromium() is None and not os.environ.get("CI"):
        pytest.skip(NO_CHROMIUM, allow_module_level=True)


@pytest.fixture(scope="session")
def commands() -> Iterator[Forked]:
    """Yield a process of which commands are copies."""
    with forked() as process:
        yield process


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a Chromium, shared by all tests."""
    program = find_chromium()
    if program is None:
        pytest.fail(NO_CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Yield the addresses of the whole sites, served."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(served(build_whole(tmp_path_factory.mktemp(name), files)))
            for name, files in SITES.items()
        }
