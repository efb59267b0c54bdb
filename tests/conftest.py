"""What all tests share: the product, the profiles of hypothesis, and golden files."""

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

# Every run tries the same examples and ignores the clock, so that a failure comes from a change.
# Only "fuzz" tries new examples each time, and fails if one takes long.
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
    """Return whether to write the golden files."""
    return bool(request.config.getoption("--renew-golden"))


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Let Ctrl+C reach the programs that tests start, even if the tests run in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # Child processes would inherit this.
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """Keep commands from printing their progress, however slow the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "QUIET_SECONDS", float("inf"))
        yield


@pytest.fixture(scope="session")
def commands() -> Iterator[Forked]:
    """Yield a process that runs commands."""
    with forked() as process:
        yield process
