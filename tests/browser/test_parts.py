"""What a search loads when there are many answers or the index is split, and what it shows then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from faqsite.search import index as search
from faqsite.search import packing
from faqsite.search.parts import pack_in_parts
from tests.support.browsing import (
    ANSWER,
    BOX,
    FAILED,
    LOADING,
    QUESTION,
    RESULTS,
    SUMMARY,
    clear,
    expect_summary,
    hold,
    questions,
    requests_of,
    uncaught_of,
)
from tests.support.previews import entry
from tests.support.served import served
from tests.support.whole_sites import build_whole

NAMES = "anchor bridge candle dragon engine fabric garden hammer island jacket kettle ladder"
THINGS = NAMES.split()
FILES = {
    "content/site.yaml": "title: Things\n",
    **{
        f"content/{'high' if number % 2 else 'low'}/{thing}.md": entry(
            f"Where is the {thing}?", f"Beside the {THINGS[number - 1]}. It is number {number}."
        )
        for number, thing in enumerate(THINGS)
    },
}
BRIDGE, DRAGON, JACKET = (f"Where is the {thing}?" for thing in ("bridge", "dragon", "jacket"))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build one site with a whole index and with a split one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "CHUNK_CHARS", 1)  # A file for each answer.
        patch.setattr(packing, "MOST_TITLES", 1)
        whole = build_whole(tmp_path_factory.mktemp("whole"), FILES)
        patch.setattr(search, "LARGE", 0)
        patch.setattr(search, "MOST_TITLES", 0)
        patch.setattr(search, "pack_in_parts", partial(pack_in_parts, part_chars=30))
        split = build_whole(tmp_path_factory.mktemp("split"), FILES)
    assert not (whole / "search-part").exists()
    assert len(list((split / "search-part").iterdir())) > 10
    return whole, split


@pytest.fixture(scope="module")
def http(folders: tuple[Path, Path]) -> Iterator[str]:
    """Yield the address of the site with a split index."""
    with served(folders[1]) as address:
        yield address


@pytest.fixture
def page(context: BrowserContext, http: str) -> Iterator[Page]:
    """Open the page of results of that site; its scripts must catch all errors."""
    page = context.new_page()
    uncaught = uncaught_of(page)
    page.goto(f"{http}search.html")
    yield page
    assert uncaught == []


def ask(page: Page, query: str) -> None:
    """Replace the query, and wait for results."""
    clear(page)
    page.fill(BOX, query)
    expect(page.locator(RESULTS)).to_be_visible()


def part_with(folder: Path, question: str) -> re.Pattern[str]:
    """Return a pattern for the address of the part that holds a question."""
    found = (folder / "search-part").glob("[1-9]*.js")
    name = next(path.stem for path in found if question in path.read_text(encoding="utf-8"))
    return re.compile(rf"search-part/{name}\.js")


def change(page: Page, part: re.Pattern[str], pattern: str, text: str, times: int) -> None:
    """Replace text in a part, so many times that it is requested."""

    def send(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=re.sub(pattern, text, response.text()))

    page.route(part, send, times=times)


@pytest.mark.parametrize("root", ["http", "disk"])
def test_a_split_index_shows_the_same_as_a_whole_one(
    context: BrowserContext, folders: tuple[Path, Path], http: str, root: str
) -> None:
    whole, split = context.new_page(), context.new_page()
    whole.goto((folders[0] / "search.html").as_uri())
    disk = (folders[1] / "search.html").as_uri()
    split.goto(f"{http}search.html" if root == "http" else disk)
    for query in ("where is the garden", "number 7", "hamer", "ladd", "beside the kettle", "lions"):
        for page in (whole, split):
            ask(page, query)
        expect(whole.locator(SUMMARY)).not_to_have_text(LOADING)
        for shown in ("#search_list", SUMMARY):
            expect(split.locator(shown)).to_have_text(
                whole.locator(shown).inner_text(), use_inner_text=True
            )


def test_only_the_open_answer_of_many_is_loaded(
    context: BrowserContext, folders: tuple[Path, Path]
) -> None:
    page = context.new_page()
    page.goto((folders[0] / "search.html").as_uri())
    loads = requests_of(page, "search-text/")
    ask(page, "dragon ")
    first, second = (page.locator(".result").nth(at) for at in (0, 1))
    expect(first.locator(".answer")).to_contain_text("Beside the candle.")
    expect(second.locator(".result_text")).to_have_text("Low")
    expect(second.locator(".result_excerpt")).to_be_hidden()
    assert len(loads) == 1
    second.locator(".entry_question").click()
    expect(second.locator(".answer")).to_contain_text("Beside the dragon.")
    assert len(loads) == 2


def test_an_answer_that_the_page_holds_is_not_loaded(
    context: BrowserContext, folders: tuple[Path, Path]
) -> None:
    page = context.new_page()
    page.goto((folders[0] / "index.html").as_uri())
    loads = requests_of(page, "search-text/")
    ask(page, "dragon ")
    answer = page.locator(ANSWER).first
    expect(answer).to_contain_text("Beside the candle.")
    expect(answer.locator(".own_page")).to_have_count(0)
    assert loads == []


def test_a_search_loads_each_part_once_and_only_if_it_needs_it(page: Page) -> None:
    loads = requests_of(page, "search-part/")
    ask(page, "dragon ")
    expect(page.locator(".result")).to_have_count(2)
    before = len(loads)
    assert before <= 3
    ask(page, "dragon dragon ")
    expect(page.locator(".result")).to_have_count(2)
    assert len(loads) == before


@pytest.mark.parametrize("fails", [False, True], ids=["comes late", "fails"])
def test_what_is_found_so_far_can_be_read_when_a_part(
    page: Page, folders: tuple[Path, Path], *, fails: bool
) -> None:
    part = part_with(folders[1], JACKET)
    if fails:
        page.route(part, lambda route: route.abort())
    release = hold(page, part)
    ask(page, "bridge jacket ")
    expect_summary(page, LOADING)
    first = page.locator(".result").first
    expect(first.locator(".entry_question")).to_have_text(BRIDGE)
    expect(page.locator("details[open]")).to_have_count(0)
    before = questions(page)
    first.locator(".entry_question").click()
    expect(first.locator(".answer")).to_contain_text("Beside the")
    release()
    if fails:
        expect_summary(page, FAILED)
    else:
        expect(page.locator(SUMMARY)).not_to_have_text(LOADING)
        assert questions(page) == before
    expect(first.locator(".entry_question")).to_have_text(BRIDGE)
    expect(first.locator(".answer")).to_be_visible()


def test_results_of_a_late_part_are_added_when_it_comes(
    page: Page, folders: tuple[Path, Path]
) -> None:
    release = hold(page, part_with(folders[1], JACKET))
    ask(page, "bridge jacket ")
    expect_summary(page, LOADING)
    release()
    expect(page.locator(SUMMARY)).not_to_have_text(LOADING)
    assert {BRIDGE, JACKET} <= set(questions(page))


def test_a_part_that_fails_is_reported_and_the_next_key_tries_again(page: Page) -> None:
    console: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    page.route("**/search-part/*", lambda route: route.abort())
    ask(page, "bridge ")
    expect_summary(page, FAILED)
    assert any("cannot load search-part/" in text for text in console)
    page.unroute("**/search-part/*")
    ask(page, "bridge")
    expect(page.locator(QUESTION).first).to_have_text(BRIDGE)


def test_a_part_of_another_build_makes_the_page_load_the_index_again(
    page: Page, folders: tuple[Path, Path]
) -> None:
    change(page, part_with(folders[1], "bridge"), '"version":"', '"version":"old', times=1)
    ask(page, "bridge ")
    expect(page.locator(QUESTION).first).to_have_text(BRIDGE)


def test_a_damaged_part_is_reported_and_the_next_search_goes_on(
    page: Page, folders: tuple[Path, Path]
) -> None:
    part = part_with(folders[1], "bridge")
    change(page, part, r'"postings":"[^"]*"', '"postings":""', times=9)
    ask(page, "bridge ")
    expect_summary(page, FAILED)
    ask(page, "dragon ")
    expect(page.locator(QUESTION).first).to_have_text(DRAGON)
