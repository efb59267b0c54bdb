"""What tests share: the product, how hard hypothesis tries, the option that renews golden files."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import timedelta

import hypothesis
import pytest

from faqsite.system import progress
from tests.support.forked import Forked, forked
from tests.support.product import guard_owned, use_product

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


@pytest.fixture(scope="session")
def commands() -> Iterator[Forked]:
    """Yield a process of which commands are copies."""
    with forked() as process:
        yield process
