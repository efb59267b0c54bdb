"""The benchmarks that need a browser see what they wait for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks import browser_cost
from benchmarks.browser_cost import SEARCH_PAGES, Reader, choose_queries
from benchmarks.counting_server import serve
from benchmarks.generated_faq import make_faq, write_content
from benchmarks.generators import OURS, Workplace, generators
from benchmarks.serve_time import time_saves, time_starts


def test_a_start_and_each_save_take_time(browser: Browser, tmp_path: Path) -> None:
    faq = make_faq(3)
    write_content(faq, tmp_path)
    assert all(seconds > 0 for seconds in time_starts(browser, tmp_path, 1))
    taken = time_saves(browser, tmp_path, faq[1], 2)
    assert len(taken) == 2
    assert all(seconds > 0 for seconds in taken)


def test_a_reader_loads_the_page_then_the_search_and_then_types(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_cost, "TYPING_MS", 10)
    faq = make_faq(5)
    ours = next(each for each in generators() if each.label == OURS)
    workplace = Workplace(ours, faq, tmp_path / "work")
    workplace.build()
    with serve(workplace.output) as (address, sent):
        reader = Reader(browser, SEARCH_PAGES[OURS], address, sent)
        cost = reader.measure(tuple(choose_queries(faq, 2)), throttle=1)
    assert cost.first_page.size_bytes > 0
    assert cost.at_once.requests > 0
    assert cost.typed.requests > 0
    assert cost.keys_ms
