"""The site in a real browser: read without script, then searched over http and from disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.browsing import (
    ANSWER,
    BOX,
    EXCERPT,
    OWN_PAGE,
    PHONE,
    QUESTION,
    RESULTS,
    SUMMARY,
    build,
    clear,
    complaints_of,
    expect_summary,
    hold,
    on_disk_too,
    questions,
    requests_of,
    wait_two_frames,
)
from tests.support.previews import entry
from tests.support.product import PROJECT
from tests.support.sites import SENTENCES

CONTENT = {
    "site.yaml": """
title: Library FAQ
description: What readers ask at the desk.
contact: desk@example.org
jobs: https://example.org/jobs
""",
    "borrow/_category.yaml": "title: Borrowing\norder: 10\nsummary: Books and more, taken home.\n",
    "borrow/how-long.md": """---
question: How long may I keep a book?
also_asked: [loan period]
order: 10
---
Three weeks. You may [renew the loan](renew.md) twice, unless someone waits for it.
""",
    "borrow/renew.md": """---
question: How do I renew a loan?
order: 20
moved_from: [/hc/en-us/articles/123, loans/renew again/]
related: [how-long]
updated: 2026-02-03
---
Online, at the desk or by telephone. Each time the loan is longer by three weeks.[^1]

[^1]: Except magazines.
""",
    "borrow/digital/_category.yaml": "title: Digital books\n",
    "borrow/digital/e-books.md": """---
question: Can I borrow books for my reader?
---
Yes: thousands of titles, on every device.

## Which devices

| Device | Works |
|:-------|------:|
| Telephone | yes |
| Typewriter | no |
""",
    "visit/_category.yaml": "title: Visiting\norder: 20\n",
    "visit/hours.md": entry("When are you open?", "From ten to six, Thursdays to eight.", order=10),
    "visit/station.md": entry("図書館はどこですか", "市の図書館は、駅の前にあります。", order=30),
    "visit/stairs.md": """---
question: Can I come in without stairs?
also_asked: [wheelchair]
order: 20
---
Yes, by the garden. `{{ title }}` and `</script>` are shown as text.
""",
}

ENTRIES = {
    "borrow/how-long.html": "How long may I keep a book?",
    "borrow/renew.html": "How do I renew a loan?",
    "borrow/digital/e-books.html": "Can I borrow books for my reader?",
    "visit/hours.html": "When are you open?",
    "visit/stairs.html": "Can I come in without stairs?",
    "visit/station.html": "図書館はどこですか",
}
LISTS = ["index.html", "borrow/index.html", "borrow/digital/index.html", "visit/index.html"]
PAGES = [*LISTS, *ENTRIES, "all.html", "search.html"]
FIRST_FILES = ("assets/js/theme.js", "assets/style.css", "assets/js/page.js")

MANY = {
    "site.yaml": "title: Library FAQ\n",
    "films/_category.yaml": "title: Films\norder: 10\n",
    "music/_category.yaml": "title: Music\norder: 20\n",
    **{
        f"{folder}/{number}.md": entry(f"Keep a {kind} for {number} weeks?", "Yes.")
        for folder, kind, count in (("films", "film", 13), ("music", "record", 17))
        for number in range(count)
    },
}
"""Enough entries for the results to have a filter."""


@pytest.fixture
def visited(context: BrowserContext, root: str) -> Iterator[Page]:
    """Yield a page that must ask no other host and must not complain."""
    page = context.new_page()
    requests, complaints = requests_of(page), complaints_of(page)
    yield page
    assert [url for url in requests if not url.startswith(root)] == []
    assert complaints == []


@pytest.fixture
def page(visited: Page, root: str) -> Page:
    """Open the home page in such a page."""
    visited.goto(f"{root}index.html")
    return visited


def paths_of(requests: list[str], root: str) -> list[str]:
    """Return the requested paths without the icon, which browsers request when they like."""
    paths = [urlsplit(url.removeprefix(root)).path for url in requests]
    return [path for path in paths if path != "assets/icon.svg"]


def expect_open(page: Page, *questions: str) -> None:
    """Wait until only these results are open."""
    expect(page.locator(".result details[open] .entry_question")).to_have_text(list(questions))


def expect_marked(page: Page, selector: str, *words: str) -> None:
    """Wait until these words are marked in the first element that fits."""
    page.wait_for_function(
        """([selector, words]) => {
            const part = document.querySelector(selector);
            const marked = [...(CSS.highlights.get("found") ?? [])]
                .filter(({ startContainer }) => part?.contains(startContainer))
                .map(({ startContainer: { data }, startOffset, endOffset }) =>
                    data.slice(startOffset, endOffset));
            return marked.sort().join() === words.sort().join();
        }""",
        arg=[selector, list(words)],
    )


def search(page: Page, query: str) -> None:
    """Type a query, and wait for a message about its results."""
    page.locator(BOX).press_sequentially(query)
    expect(page.locator(SUMMARY)).to_be_visible()


# Without script.


@on_disk_too
def test_every_page_shows_its_answers_without_script(plain: Page, root: str) -> None:
    for address in PAGES:
        plain.goto(root + address)
        expect(plain.locator("h1")).to_be_visible()
        if address in ENTRIES:
            expect(plain.locator("h1")).to_have_text(ENTRIES[address])
            expect(plain.locator(".answer > p").first).to_be_visible()
    plain.goto(f"{root}all.html")
    for text in ("Three weeks.", "Each time the loan", "Typewriter", "From ten", "by the garden"):
        expect(plain.get_by_text(text).first).to_be_visible()


@on_disk_too
def test_the_page_of_results_says_what_to_do_or_without_script_what_it_needs_and_where_to_read(
    plain: Page, page: Page, root: str
) -> None:
    plain.goto(f"{root}visit/hours.html")
    plain.get_by_role("searchbox").fill("loan")
    plain.get_by_role("button", name="Search").click()
    page.goto(f"{root}search.html")
    for each, needs_script in ((plain, True), (page, False)):
        expect(each.locator("#needs_script")).to_be_visible(visible=needs_script)
        expect(each.locator("#search_hint")).to_be_visible(visible=not needs_script)
    plain.locator("main").get_by_role("link", name="All questions on one page").click()
    expect(plain.locator("h1")).to_have_text("All questions on one page")


# The pages.


@on_disk_too
def test_a_page_loads_little_and_without_complaint_until_someone_searches(
    visited: Page, root: str
) -> None:
    requests = requests_of(visited)
    for address in PAGES:
        requests.clear()
        visited.goto(root + address)
        assert sorted(paths_of(requests, root)) == sorted((address, *FIRST_FILES))


def test_the_published_style_sheet_has_the_same_rules_as_its_commented_parts(
    page: Page, folder: Path
) -> None:
    published = (folder / "assets/style.css").read_text(encoding="utf-8")
    parts = sorted((PROJECT / "static/style").glob("*.css"))
    written = "".join(part.read_text(encoding="utf-8") for part in parts)
    rules = [
        page.evaluate(
            """(text) => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(text);
                return [...sheet.cssRules].map(({ cssText }) => cssText.replace(/\\s+/g, " "));
            }""",
            text,
        )
        for text in (written, published)
    ]
    assert rules[0] == rules[1] != []


def test_a_part_of_the_script_that_fails_is_reported_once_and_stops_no_other(
    context: BrowserContext, root: str
) -> None:
    page = context.new_page()
    complaints = complaints_of(page)
    page.add_init_script(
        """Object.defineProperty(Navigator.prototype, "clipboard", {
            get() { throw new Error("denied"); },
        })"""
    )
    page.goto(f"{root}index.html#hours")
    search(page, "renew")
    expect_open(page, "How do I renew a loan?")
    expect(page.get_by_role("button", name="Copy link")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Open all answers")).to_be_visible()
    expect(page.get_by_text("From ten to six")).to_be_visible()
    (complaint,) = complaints
    assert complaint.startswith("page: Error: denied")


@on_disk_too
@pytest.mark.parametrize("old", ["hc/en-us/articles/123.html", "loans/renew%20again/index.html"])
def test_an_old_address_redirects_at_once_even_without_script(
    plain: Page, root: str, old: str
) -> None:
    addresses = [old]
    if root.startswith("http"):  # As it was linked in another help centre.
        addresses.append(old.removesuffix("index.html").removesuffix(".html"))
    for address in addresses:
        plain.goto(root + address)
        plain.wait_for_url(f"{root}borrow/renew.html")
        expect(plain.locator("h1")).to_have_text("How do I renew a loan?")


def test_a_missing_page_says_so_and_searches_at_any_depth(
    context: BrowserContext, http: str
) -> None:
    page = context.new_page()
    page.goto(f"{http}a/b/c/nowhere.html")
    expect(page.locator("h1")).to_have_text(SENTENCES["missing_title"])
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"
    search(page, "renew")
    page.locator(OWN_PAGE).first.click()
    expect(page).to_have_url(f"{http}borrow/renew.html")


# The search.


@on_disk_too
def test_typing_finds_and_opens_the_answer_and_marks_the_words(page: Page) -> None:
    expect(page.get_by_role("status")).to_be_empty()
    search(page, "renew loan")
    expect(page.get_by_role("status")).to_have_text("2 answers")
    expect(page.locator(QUESTION).first).to_have_text("How do I renew a loan?")
    expect_open(page, "How do I renew a loan?")
    expect(page.locator(ANSWER).first).to_contain_text("Online, at the desk")
    expect_marked(page, QUESTION, "renew", "loan")
    expect_marked(page, ANSWER, "loan")
    second = page.locator(".result").nth(1)
    expect(second.locator(".result_category")).to_have_text("Borrowing")
    expect(second.locator(EXCERPT)).to_contain_text("Three weeks.")
    expect_marked(page, ".result:nth-child(2)", "renew", "loan")
    expect(page.locator("#page_list")).to_be_hidden()


def test_results_are_shown_unmarked_in_a_browser_that_cannot_mark_text(
    page: Page, root: str
) -> None:
    page.add_init_script("delete window.Highlight")
    page.goto(f"{root}index.html?q=renew+loan")
    expect_open(page, "How do I renew a loan?")
    expect(page.locator(EXCERPT).nth(1)).to_contain_text("Three weeks.")


@on_disk_too
def test_links_of_an_answer_in_the_results_lead_where_those_of_its_own_page_lead(
    page: Page, root: str
) -> None:
    page.goto(f"{root}visit/hours.html?q=renew+loan")
    second = page.locator(".result").nth(1)
    second.click()
    expect_open(page, "How do I renew a loan?", "How long may I keep a book?")
    for link in ("renew the loan", "Link to this question"):
        expect(second.get_by_role("link", name=link)).to_be_visible()
    links = page.locator("#search_list a").evaluate_all("links => links.map(({ href }) => href)")
    own = f"{root}borrow/renew.html"
    footnotes = [f"{own}#renew--fn-1", f"{own}#renew--fnref-1"]
    assert links == [*footnotes, own, own, f"{root}borrow/how-long.html"]
    assert page.locator("#search_list [id]").count() == 0
    page.locator("#search_list a").first.click()
    expect(page).to_have_url(links[0])


def test_an_answer_in_the_results_shows_its_picture(
    context: BrowserContext, roots: Mapping[str, str]
) -> None:
    page = context.new_page()
    page.goto(f"{roots['full']}start.html?q=renew+loan")
    picture = page.locator(f"{ANSWER} img")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 768


@on_disk_too
def test_the_page_of_a_result_marks_the_words_once(page: Page, root: str) -> None:
    before = page.evaluate("history.length")
    search(page, "renew loan")
    page.locator(OWN_PAGE).first.click()
    expect_marked(page, "article > h1", "renew", "loan")
    expect_marked(page, "article > .answer", "loan")
    expect(page).to_have_url(f"{root}borrow/renew.html")
    assert page.evaluate("history.length") == before + 1
    page.reload()
    assert page.evaluate("CSS.highlights.get('found').size") == 0


def test_an_address_can_mark_text_and_only_so_much(page: Page, root: str) -> None:
    for asked in ("<img src=x> loan", "%22%5D loan", "loan " + "book " * 99 + "renew"):
        page.goto(f"{root}borrow/renew.html?mark={asked}&from=mail#main")
        expect_marked(page, "article > h1", "loan")
        expect(page).to_have_url(f"{root}borrow/renew.html?from=mail#main")


def test_without_a_sure_answer_only_the_nearest_questions_are_shown(page: Page) -> None:
    search(page, "parking lot book")
    expect_summary(page, "Nothing here mentions “\u2068parking, lot\u2069”. Closest answers:")
    expect(page.locator(QUESTION)).to_have_count(2)
    expect_open(page)
    expect(page.locator("#search_onward")).to_be_visible()


def test_a_corrected_word_is_reported_and_on_its_own_opens_nothing(page: Page) -> None:
    search(page, "typwriter")
    words = {"form": "\u2068typewriter\u2069", "word": "\u2068typwriter\u2069"}
    message = f"{SENTENCES['results_instead'].format(**words)} Closest answers:"
    expect_summary(page, message)
    expect(page.get_by_role("status")).to_have_text(message)
    expect_open(page)
    search(page, " reader")
    expect_open(page, "Can I borrow books for my reader?")


def test_a_query_of_common_words_or_half_a_word_is_answered_when_the_reader_finishes_it(
    context: BrowserContext, tmp_path: Path
) -> None:
    files = {
        "site.yaml": "title: FAQ\n",
        "we.md": entry("Who are we?", "A library."),
        "partner.md": entry("May my partner come?", "Yes."),
    }
    page = context.new_page()
    page.goto((build(tmp_path, files) / "index.html").as_uri())
    search(page, "who are we")
    expect_open(page, "Who are we?")
    page.fill(BOX, "who are")
    expect(page.locator(RESULTS)).to_be_hidden()
    page.keyboard.press("Enter")
    expect_summary(page, "Closest answers:")
    expect(page.locator(QUESTION)).to_have_text("Who are we?")
    for finish in (" ", "Enter"):
        page.fill(BOX, "partner Paris part")
        expect_summary(page, re.compile("^Nothing here mentions “\u2068Paris\u2069”. "))
        page.locator(BOX).press("End")
        page.keyboard.press(finish)
        expect_summary(page, re.compile("^Nothing here mentions “\u2068Paris, part\u2069”. "))


def test_results_stay_open_or_closed_as_the_reader_left_them_until_the_box_is_emptied(
    page: Page, root: str
) -> None:
    page.goto(f"{root}index.html?q=book+loan")
    expect(page.locator(QUESTION)).to_have_count(3)
    first, second, _ = questions(page)
    page.locator(QUESTION).nth(1).click()
    page.locator(QUESTION).first.click()
    expect_open(page, second)
    page.fill(BOX, "loan book")
    expect(page).to_have_url(f"{root}index.html?q=loan+book")
    expect_open(page, second)
    clear(page)
    search(page, "book loan")
    expect_open(page, first)


def test_results_are_filtered_by_category_until_the_box_is_emptied(
    context: BrowserContext, tmp_path: Path
) -> None:
    page, root = context.new_page(), f"{build(tmp_path, MANY).as_uri()}/"
    page.goto(f"{root}index.html?q=film+weeks")
    records = page.locator(QUESTION).filter(has_text="record")
    chosen = page.get_by_role("combobox", name="Category")
    expect(chosen.locator("option")).to_have_text(
        ["All categories (30)", "Films (13)", "Music (17)"]
    )
    expect(page.locator(QUESTION)).to_have_count(10)
    chosen.focus()
    chosen.select_option("Music (17)")
    expect(records).to_have_count(10)
    expect(chosen).to_be_focused()
    page.fill(BOX, "film for weeks")
    expect(page).to_have_url(f"{root}index.html?q=film+for+weeks")
    expect(records).to_have_count(10)
    page.fill(BOX, "keep a horse in parking lots")
    expect(page.locator(SUMMARY)).to_contain_text("Nothing here mentions")
    expect(page.locator(QUESTION)).to_have_count(5)
    expect(chosen).to_be_hidden()
    page.fill(BOX, "film weeks")
    expect(records).to_have_count(10)
    clear(page)
    page.fill(BOX, "film weeks")
    expect(chosen).to_have_value("")


def test_an_excerpt_is_text_and_overlapping_words_are_marked(page: Page) -> None:
    search(page, "wheelchair")
    expect(page.locator(EXCERPT).first).to_have_text(
        "Yes, by the garden. {{ title }} and </script> are shown as text."
    )
    page.fill(BOX, "図書館")
    expect(page.locator(ANSWER)).to_have_text("市の図書館は、駅の前にあります。")
    expect_marked(page, ANSWER, "図書", "書館")


@on_disk_too
def test_the_index_is_loaded_once_when_the_reader_enters_the_box(page: Page, root: str) -> None:
    requests = requests_of(page)
    page.focus(BOX)
    search(page, "renew")
    expect(page.locator(EXCERPT).first).not_to_be_empty()
    search(page, "ed loans")
    loaded = paths_of(requests, root)
    assert loaded[:2] == ["assets/js/engine.js", "search-index.js"]
    assert all(re.fullmatch(r"search-text/\d+\.js", path) for path in loaded[2:])
    assert len(set(loaded)) == len(loaded)


def test_the_list_stays_until_there_is_a_question_and_a_long_one_is_quoted_in_part(
    page: Page,
) -> None:
    for query in ("how", "what is", "?", "%", "a"):
        page.fill(BOX, "typewriter")
        expect(page.locator(RESULTS)).to_be_visible()
        page.fill(BOX, query)
        expect(page.locator(RESULTS)).to_be_hidden()
        expect(page.locator("#page_list")).to_be_visible()
    page.fill(BOX, " ".join(f"parking{number}" for number in range(1_000)))
    expect_summary(page, re.compile("^Nothing here mentions “\u2068(parking., ){6}…\u2069”.$"))
    assert len(page.input_value(BOX)) <= 500


def test_a_click_beside_the_panel_closes_it_and_takes_the_query_out_of_the_address(
    page: Page, root: str
) -> None:
    page.goto(f"{root}visit/hours.html?from=mail#main")
    search(page, "typewriter")
    expect(page).to_have_url(f"{root}visit/hours.html?from=mail&q=typewriter#main")
    page.mouse.click(10, 700)
    expect(page.locator(RESULTS)).to_be_hidden()
    expect(page).to_have_url(f"{root}visit/hours.html?from=mail#main")
    page.click(BOX)
    expect(page.locator(QUESTION).first).to_be_visible()


def test_a_search_without_results_offers_other_ways_on(page: Page) -> None:
    search(page, "parking")
    expect_summary(page, "Nothing here mentions “\u2068parking\u2069”.")
    ways = page.locator("#search_onward a")
    assert [(way.text_content(), way.get_attribute("href")) for way in ways.all()] == [
        ("Ask us", "mailto:desk@example.org"),
        ("See open jobs", "https://example.org/jobs"),
        ("All questions on one page", "all.html"),
    ]
    expect(ways.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(ways.first).to_be_focused()
    page.fill(BOX, "renew")
    expect(page.locator(QUESTION).first).to_be_visible()
    expect(ways.first).to_be_hidden()


def test_new_results_leave_the_focus_where_it_was(page: Page) -> None:
    search(page, "book loan")
    page.keyboard.press("ArrowDown")
    first = page.locator(QUESTION).first
    expect(first).to_be_focused()
    # As if a key was still on its way when the reader pressed the arrow.
    page.dispatch_event(BOX, "input")
    wait_two_frames(page)
    expect(first).to_be_focused()


def test_the_arrows_move_through_the_results_and_back(page: Page, root: str) -> None:
    for address in ("index.html", "search.html", "visit/hours.html"):
        page.goto(root + address)
        search(page, "book loan")
        box, links = page.locator(BOX), page.locator(QUESTION)
        for key, reached in (
            ("ArrowDown", links.first),
            ("ArrowDown", links.nth(1)),
            ("ArrowUp", links.first),
            ("ArrowUp", box),
            ("ArrowDown", links.first),
            ("Escape", box),
        ):
            page.keyboard.press(key)
            expect(reached).to_be_focused()
        expect(links.first).to_be_visible()
        page.keyboard.press("Escape")
        expect(box).to_have_value("")
        expect(page.locator(RESULTS)).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
        expect(page).to_have_url(root + address)


def test_text_is_not_searched_while_an_input_method_composes_it(page: Page, root: str) -> None:
    search(page, "typewriter")
    expect(page.locator(QUESTION)).to_have_text("Can I borrow books for my reader?")
    clear(page)
    box = page.locator(BOX)
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "駅", "selectionStart": 1, "selectionEnd": 1})
    expect(box).to_have_value("駅")
    for key in ("Escape", "ArrowDown"):
        box.dispatch_event("keydown", {"key": key, "isComposing": True})
    # Everything is loaded, so a search would show its results within a frame.
    wait_two_frames(page)
    assert page.locator(RESULTS).is_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("駅")
    keyboard.send("Input.insertText", {"text": "駅"})
    expect(page.locator(QUESTION)).to_have_text("図書館はどこですか")
    expect(page).to_have_url(f"{root}index.html?q=%E9%A7%85")


@on_disk_too
def test_enter_on_the_page_of_an_entry_leads_to_the_page_of_results(page: Page, root: str) -> None:
    page.goto(f"{root}visit/hours.html")
    page.fill(BOX, "renew it")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{root}search.html?q=renew+it")
    expect(page.locator(BOX)).to_have_value("renew it")
    expect(page.locator(QUESTION).first).to_have_text("How do I renew a loan?")


@on_disk_too
def test_the_address_keeps_the_query_and_the_history_does_not_grow(page: Page, root: str) -> None:
    for address in ("index.html", "search.html"):
        page.goto(root + address)
        before = page.evaluate("history.length")
        search(page, "renew & 50%")
        expect(page).to_have_url(f"{root}{address}?q=renew+%26+50%25")
        assert page.evaluate("history.length") == before
        page.reload()
        expect(page.locator(BOX)).to_have_value("renew & 50%")
        expect(page.locator(QUESTION).first).to_be_visible()


@on_disk_too
def test_the_back_button_shows_the_query_and_its_results_again(page: Page, root: str) -> None:
    for address in ("index.html", "search.html", "visit/hours.html"):
        page.goto(root + address)
        page.fill(BOX, "renew")
        expect(page.locator(QUESTION).first).to_be_visible()
        found = questions(page)
        page.locator(OWN_PAGE).first.click()
        expect(page).to_have_url(f"{root}borrow/renew.html")
        page.go_back()
        expect(page.locator(BOX)).to_have_value("renew")
        expect(page.locator(QUESTION)).to_have_text(found)


def test_only_a_key_with_control_leads_to_the_box_and_selects_the_query(page: Page) -> None:
    box = page.locator(BOX)
    for keys in ("Control+k", "Meta+k"):
        box.fill("renew")
        page.locator(QUESTION).first.focus()
        page.keyboard.press(keys)
        expect(box).to_be_focused()
        page.keyboard.type("hours")
        expect(box).to_have_value("hours")
    page.locator(".trail, h1").first.click()
    for key in "ks/?":
        page.keyboard.press(key)
        expect(box).not_to_be_focused()


def test_a_phone_shows_the_first_result_right_below_the_box_and_the_page_below_the_results(
    page: Page, root: str
) -> None:
    page.set_viewport_size(PHONE)
    for address in ("index.html", "search.html", "visit/hours.html"):
        page.goto(root + address)
        search(page, "typewriter")
        box = page.locator(BOX).bounding_box()
        first = page.locator(QUESTION).first.bounding_box()
        assert box
        assert first
        assert 0 < first["y"] - box["y"] - box["height"] < 90
        assert page.evaluate("parseFloat(getComputedStyle(search_box).fontSize)") >= 16
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".trail a").last.click()
    expect(page).to_have_url(re.compile("/visit/index.html$"))


# A slow network; from disk nothing is slow.


@pytest.fixture
def apart(context: BrowserContext, http: str) -> Page:
    """Open a page that holds no answers itself, so that a search loads them."""
    page = context.new_page()
    page.goto(f"{http}search.html")
    return page


def test_an_excerpt_that_comes_late_moves_nothing(apart: Page) -> None:
    release = hold(apart, "**/search-text/*")
    with apart.expect_request("**/search-text/*"):
        search(apart, "book loan")
    second = apart.locator(".result").nth(1)
    before = second.bounding_box()
    release()
    expect(second.locator(EXCERPT)).not_to_be_empty()
    assert second.bounding_box() == before


def test_a_result_that_is_opened_early_shows_its_answer_when_it_comes(apart: Page) -> None:
    release = hold(apart, "**/search-text/*")
    search(apart, "renew")
    apart.locator(QUESTION).first.click()
    expect(apart.locator(OWN_PAGE).first).to_be_visible()
    release()
    expect(apart.locator(ANSWER).first).to_contain_text("Online, at the desk")
