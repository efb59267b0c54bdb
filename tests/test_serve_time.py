"""The benchmark of what an editor waits for: that it sees what it waits for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.made_content import write_content
from benchmarks.made_up import make_faq
from benchmarks.serve_time import saves, starts

from .conftest import skip_without_chromium

pytestmark = pytest.mark.browser
skip_without_chromium()


def test_starts_and_saves_are_waited_for(browser: Browser, tmp_path: Path) -> None:
    faq = make_faq(3)
    write_content(faq, tmp_path)
    assert all(seconds > 0 for seconds in starts(browser, tmp_path, times=1))
    taken = saves(browser, tmp_path, faq, count=2)
    assert len(taken) == 2
    assert all(seconds > 0 for seconds in taken)
