"""What a search loads of many answers and of an index in parts, and what it shows meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from faqsite.search import index as search
from faqsite.search.parts import pack_in_parts
from tests.support.browsing import hold, requests_of, uncaught_of
from tests.support.served import served
from tests.support.whole_sites import build_whole

NAMES = "anchor bridge candle dragon engine fabric garden hammer island jacket kettle ladder"
THINGS = NAMES.split()
FILES = {
    "content/site.yaml": "title: Things\n",
    **{
        f"content/{'high' if number % 2 else 'low'}/{thing}.md": (
            f"---\nquestion: Where is the {thing}?\n---\n"
            f"Beside the {THINGS[number - 1]}. It is number {number}.\n"
        )
        for number, thing in enumerate(THINGS)
    },
}
BRIDGE = "Where is the bridge?"
FAILED = "Search could not load. Keep typing to try again."
LOADING = "Loading questions…"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folders of one site, its index whole and in parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "CHUNK_CHARS", 1)  # A file for each answer.
        whole = build_whole(tmp_path_factory.mktemp("whole"), FILES)
        patch.setattr(search, "LARGE", 0)
        patch.setattr(search, "MOST_TITLES", 0)
        patch.setattr(search, "pack_in_parts", partial(pack_in_parts, part_chars=30))
        parted = build_whole(tmp_path_factory.mktemp("parted"), FILES)
    assert not (whole / "search-part").exists()
    assert len(list((parted / "search-part").iterdir())) > 10
    return whole, parted


@pytest.fixture(scope="module")
def parted(folders: tuple[Path, Path]) -> Iterator[str]:
    """Yield the address of the site in parts."""
    with served(folders[1]) as address:
        yield address


@pytest.fixture
def page(context: BrowserContext, parted: str) -> Iterator[Page]:
    """Yield the page of results, whose scripts catch all that goes wrong."""
    page = context.new_page()
    uncaught = uncaught_of(page)
    page.goto(f"{parted}search.html")
    yield page
    assert uncaught == []


def ask(page: Page, query: str) -> None:
    """Put a query in the place of any other."""
    page.locator("#search_box").fill("")
    expect(page.locator("#search_results")).to_be_hidden()
    page.locator("#search_box").fill(query)
    expect(page.locator("#search_results")).to_be_visible()


def questions(page: Page) -> list[str]:
    return page.locator(".result .entry_question").all_inner_texts()


def part_with(folder: Path, title: str) -> re.Pattern[str]:
    """Return what fits the address of the part that brings the title of an entry along."""
    found = (path for path in (folder / "search-part").glob("[1-9]*.js"))
    name = next(path.stem for path in found if title in path.read_text(encoding="utf-8"))
    return re.compile(rf"search-part/{name}\.js")


def change(page: Page, part: re.Pattern[str], pattern: str, text: str, most: int) -> None:
    """Have a part hold another text, so many times."""

    def send(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=re.sub(pattern, text, response.text()))

    page.route(part, send, times=most)


@pytest.mark.parametrize("where", ["over http", "from disk"])
def test_the_same_is_shown_of_an_index_in_parts(
    context: BrowserContext, folders: tuple[Path, Path], parted: str, where: str
) -> None:
    pages = context.new_page(), context.new_page()
    pages[0].goto((folders[0] / "search.html").as_uri())
    disk = (folders[1] / "search.html").as_uri()
    pages[1].goto(f"{parted}search.html" if where == "over http" else disk)
    for query in ("where is the garden", "number 7", "hamer", "ladd", "beside the kettle", "lions"):
        for page in pages:
            ask(page, query)
        expect(pages[0].locator("#search_summary")).not_to_have_text(LOADING)
        expect(pages[1].locator("#search_list")).to_have_text(
            pages[0].locator("#search_list").inner_text(), use_inner_text=True
        )
        said = pages[0].locator("#search_summary").inner_text()
        expect(pages[1].locator("#search_summary")).to_have_text(said)


def test_of_many_answers_only_that_which_is_open_is_loaded(
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


def test_answers_that_stand_on_the_page_are_not_loaded(
    context: BrowserContext, folders: tuple[Path, Path]
) -> None:
    page = context.new_page()
    page.goto((folders[0] / "index.html").as_uri())
    loads = requests_of(page, "search-text/")
    ask(page, "dragon ")
    answer = page.locator(".result .answer").first
    expect(answer).to_contain_text("Beside the candle.")
    expect(answer.locator(".own_page")).to_have_count(0)
    assert loads == []


def test_a_search_loads_the_parts_that_it_needs_once(page: Page) -> None:
    asked = requests_of(page, "search-part/")
    ask(page, "dragon ")
    expect(page.locator(".result")).to_have_count(2)
    assert len(asked) <= 3
    before = len(asked)
    ask(page, "dragon dragon ")
    expect(page.locator(".result")).to_have_count(2)
    assert len(asked) == before


def test_what_is_known_is_shown_while_a_part_is_late(
    page: Page, folders: tuple[Path, Path]
) -> None:
    release = hold(page, part_with(folders[1], "jacket"))
    ask(page, "bridge jacket ")
    expect(page.locator("#search_summary")).to_have_text(LOADING)
    expect(page.locator(".result").first).to_contain_text(BRIDGE)
    expect(page.locator("details[open]")).to_have_count(0)
    release()
    expect(page.locator("#search_summary")).not_to_have_text(LOADING)
    assert {BRIDGE, "Where is the jacket?"} <= set(questions(page))


@pytest.mark.parametrize("fails", [False, True], ids=["comes late", "fails"])
def test_what_is_being_read_stays_when_a_part(
    page: Page, folders: tuple[Path, Path], *, fails: bool
) -> None:
    part = part_with(folders[1], "jacket")
    if fails:
        page.route(part, lambda route: route.abort())
    release = hold(page, part)
    ask(page, "bridge jacket ")
    first = page.locator(".result").first
    expect(first.locator(".entry_question")).to_have_text(BRIDGE)
    before = questions(page)
    first.locator(".entry_question").click()
    expect(first.locator(".answer")).to_contain_text("Beside the")
    release()
    if fails:
        expect(page.locator("#search_summary")).to_have_text(FAILED)
    else:
        expect(page.locator("#search_summary")).not_to_have_text(LOADING)
        assert questions(page) == before
    expect(first.locator(".entry_question")).to_have_text(BRIDGE)
    expect(first.locator(".answer")).to_be_visible()


def test_a_part_that_fails_is_told_and_tried_again_on_the_next_key(page: Page) -> None:
    console: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    page.route("**/search-part/*", lambda route: route.abort())
    ask(page, "bridge ")
    expect(page.locator("#search_summary")).to_have_text(FAILED)
    assert any("cannot load search-part/" in text for text in console)
    page.unroute("**/search-part/*")
    ask(page, "bridge")
    expect(page.locator(".result").first).to_contain_text(BRIDGE)


def test_a_part_of_another_build_has_all_loaded_anew(
    page: Page, folders: tuple[Path, Path]
) -> None:
    change(page, part_with(folders[1], "bridge"), '"version":"', '"version":"old', most=1)
    ask(page, "bridge ")
    expect(page.locator(".result").first).to_contain_text(BRIDGE)


def test_a_part_that_is_not_what_it_should_be_is_a_search_that_failed(
    page: Page, folders: tuple[Path, Path]
) -> None:
    part = part_with(folders[1], "bridge")
    change(page, part, r'"postings":"[^"]*"', '"postings":""', most=9)
    ask(page, "bridge ")
    expect(page.locator("#search_summary")).to_have_text(FAILED)
    ask(page, "dragon ")
    expect(page.locator(".result").first).to_contain_text("Where is the dragon?")
