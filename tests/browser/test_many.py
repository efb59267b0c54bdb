"""Of many answers a search loads one, of few none that stand on the page already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from faqsite.search.index import CHUNK_CHARS
from tests.conftest import skip_without_chromium
from tests.support.served import served
from tests.support.whole_sites import build_whole

pytestmark = pytest.mark.browser
skip_without_chromium()

# Each answer fills a file of its own.
LONG = "Word for word. " * (CHUNK_CHARS // 15 + 1)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a site whose answers fill more files than are loaded for passages."""
    files = {
        f"content/shelf/book-{number}.md": f"---\nquestion: Where is book {number}?\n---\n{LONG}\n"
        for number in range(12)
    }
    folder = build_whole(
        tmp_path_factory.mktemp("many"), {"content/site.yaml": "title: Books\n", **files}
    )
    with served(folder) as address:
        yield address


def loads_of(page: Page) -> list[str]:
    """Return a list to which the name of each file of the search is added when it is asked for."""
    loads: list[str] = []

    def note(request: Request) -> None:
        if "search-text/" in request.url:
            loads.append(request.url)

    page.on("request", note)
    return loads


def test_of_many_answers_only_that_which_is_open_is_loaded(browser: Browser, many: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{many}search.html")
        loads = loads_of(page)
        page.locator("#search_box").fill("where is book 7")
        first, second = (page.locator(".result").nth(at) for at in (0, 1))
        expect(first.locator(".answer")).to_contain_text("Word for word.")
        expect(second.locator(".result_text")).to_have_text("Shelf")
        expect(second.locator(".result_excerpt")).to_be_hidden()
        assert len(loads) == 1
        second.locator(".entry_question").click()
        expect(second.locator(".answer")).to_contain_text("Word for word.")
        assert len(loads) == 2


def test_answers_that_stand_on_the_page_are_not_loaded(browser: Browser, many: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{many}index.html")
        loads = loads_of(page)
        page.locator("#search_box").fill("where is book 7")
        answer = page.locator(".result .answer").first
        expect(answer).to_contain_text("Word for word.")
        expect(answer.locator(".own_page")).to_have_count(0)
        assert loads == []
