"""The site in a real browser: read without script, then searched over http and from disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.browsing import PHONE, built, complaints_of, hold, over_http, requests_of
from tests.support.product import PROJECT

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

[^1]: But for magazines.
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
    "visit/hours.md": """---
question: When are you open?
order: 10
---
From ten to six, on Thursdays to eight.
""",
    "visit/station.md": """---
question: 図書館はどこですか
order: 30
---
市の図書館は、駅の前にあります。
""",
    "visit/stairs.md": """---
question: Can I come in without stairs?
also_asked: [wheelchair]
order: 20
---
Yes, by the garden. `{{ title }}` and `</script>` are shown as they stand.
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
        f"{folder}/{number}.md": f"---\nquestion: Keep a {kind} for {number} weeks?\n---\nYes.\n"
        for folder, kind, count in (("films", "film", 13), ("music", "record", 17))
        for number in range(count)
    },
}
"""Of enough entries to be filtered."""

QUESTION = ".result .entry_question"
OWN_PAGE = ".result .own_page a"
ANSWER = ".result .answer"


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
    """Return such a page that shows the home page."""
    visited.goto(f"{root}index.html")
    return visited


def paths_of(requests: list[str], root: str) -> list[str]:
    """Return what was asked of the site, without the icon: browsers ask for it when they like."""
    paths = [urlsplit(url.removeprefix(root)).path for url in requests]
    return [path for path in paths if path != "assets/icon.svg"]


def results(page: Page) -> list[str]:
    """Return the questions that are shown as results."""
    return page.locator(QUESTION).all_text_contents()


def expect_open(page: Page, *questions: str) -> None:
    """Wait until those results are open, and only those."""
    expect(page.locator(".result details[open] .entry_question")).to_have_text(list(questions))


def expect_marked(page: Page, selector: str, *words: str) -> None:
    """Wait until those words are marked in the first element that fits."""
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
    """Type a query and wait until results, or that there are none, is said."""
    page.locator("#search_box").press_sequentially(query)
    expect(page.locator("#search_summary")).to_be_visible()


# Without script.


def test_without_script_every_page_has_its_answers_and_links_that_lead_somewhere(
    plain: Page, root: str, folder: Path
) -> None:
    for address in PAGES:
        plain.goto(root + address)
        expect(plain.locator("h1")).to_be_visible()
        if address in ENTRIES:
            expect(plain.get_by_role("heading", level=1)).to_have_text(ENTRIES[address])
            expect(plain.locator(".answer > p").first).to_be_visible()
        links = [str(link) for link in plain.evaluate("[...document.links].map((a) => a.href)")]
        inside = [link for link in links if link.startswith(root)]
        assert len(inside) > 3
        assert {urlsplit(link).scheme for link in set(links) - set(inside)} <= {"https", "mailto"}
        for link in inside:
            parts = urlsplit(link.removeprefix(root))
            html = (folder / parts.path).read_text(encoding="utf-8")
            assert not parts.fragment or f'id="{unquote(parts.fragment)}"' in html
    plain.goto(f"{root}all.html")
    for text in ("Three weeks.", "Each time the loan", "Typewriter", "From ten", "by the garden"):
        expect(plain.get_by_text(text).first).to_be_visible()


def test_without_script_home_shows_each_question_and_opens_its_answer(
    plain: Page, root: str
) -> None:
    plain.goto(f"{root}index.html")
    for question in ENTRIES.values():
        expect(plain.get_by_text(question)).to_be_visible()
    answer = plain.get_by_text("From ten to six")
    expect(answer).to_be_hidden()
    plain.get_by_text("When are you open?").click()
    expect(answer).to_be_visible()


def test_without_script_a_search_says_what_it_needs_and_where_to_read(
    plain: Page, root: str
) -> None:
    plain.goto(f"{root}visit/hours.html")
    plain.get_by_role("searchbox").fill("loan")
    plain.get_by_role("button", name="Search").click()
    expect(plain.get_by_text("Search needs JavaScript")).to_be_visible()
    plain.locator("main").get_by_role("link", name="All questions on one page").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("All questions on one page")


# The pages.


def test_a_page_loads_without_a_complaint_and_little_until_someone_searches(
    visited: Page, root: str
) -> None:
    requests = requests_of(visited)
    for address in PAGES:
        requests.clear()
        visited.goto(root + address)
        assert sorted(paths_of(requests, root)) == sorted((address, *FIRST_FILES))


@over_http
def test_the_style_sheet_means_what_it_did_with_its_comments(page: Page, folder: Path) -> None:
    parts = sorted((PROJECT / "static/style").glob("*.css"))
    meant = [
        page.evaluate(
            """(text) => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(text);
                return [...sheet.cssRules].map(({ cssText }) => cssText.replace(/\\s+/g, " "));
            }""",
            text,
        )
        for text in (
            "".join(part.read_text(encoding="utf-8") for part in parts),
            (folder / "assets/style.css").read_text(encoding="utf-8"),
        )
    ]
    assert meant[0] == meant[1] != []


def test_a_part_of_the_script_that_fails_says_so_once_and_harms_no_other(
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


@pytest.mark.parametrize("old", ["hc/en-us/articles/123.html", "loans/renew%20again/index.html"])
def test_an_old_address_leads_on_at_once_also_without_script(
    plain: Page, root: str, old: str
) -> None:
    plain.goto(f"{root}{old}")
    plain.wait_for_url(f"{root}borrow/renew.html")
    expect(plain.locator("h1")).to_have_text("How do I renew a loan?")
    if root.startswith("http"):  # As it was linked in another help centre.
        plain.goto(root + old.removesuffix("index.html").removesuffix(".html"))
        plain.wait_for_url(f"{root}borrow/renew.html")


def test_a_missing_page_is_told_at_any_depth_and_searches(
    context: BrowserContext, http: str
) -> None:
    page = context.new_page()
    page.goto(f"{http}a/b/c/nowhere.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"
    search(page, "renew")
    page.locator(OWN_PAGE).first.click()
    expect(page).to_have_url(f"{http}borrow/renew.html")


# The search.


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
    expect(second.locator(".result_excerpt")).to_contain_text("Three weeks.")
    expect_marked(page, ".result:nth-child(2)", "renew", "loan")
    expect(page.locator("#page_list")).to_be_hidden()


@over_http
def test_where_a_browser_marks_no_text_results_are_as_they_are(page: Page, root: str) -> None:
    page.add_init_script("delete window.Highlight")
    page.goto(f"{root}index.html?q=renew+loan")
    expect_open(page, "How do I renew a loan?")
    expect(page.locator(".result_excerpt").nth(1)).to_contain_text("Three weeks.")


def test_links_of_an_answer_in_place_lead_where_those_of_its_own_page_do(
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
    assert links == [
        f"{own}#renew--fn-1",
        f"{own}#renew--fnref-1",
        own,
        own,
        f"{root}borrow/how-long.html",
    ]
    assert page.locator("#search_list [id]").count() == 0
    page.locator("#search_list a").first.click()
    expect(page).to_have_url(links[0])


def test_a_picture_of_an_answer_in_place_is_shown(
    context: BrowserContext, roots: Mapping[str, str]
) -> None:
    page = context.new_page()
    page.goto(f"{roots['full']}start.html?q=renew+loan")
    picture = page.locator(f"{ANSWER} img")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 768


def test_the_page_that_is_opened_marks_the_words_once(page: Page, root: str) -> None:
    before = page.evaluate("history.length")
    search(page, "renew loan")
    page.locator(OWN_PAGE).first.click()
    expect_marked(page, "article > h1", "renew", "loan")
    expect_marked(page, "article > .answer", "loan")
    expect(page).to_have_url(f"{root}borrow/renew.html")
    assert page.evaluate("history.length") == before + 1
    page.reload()
    assert page.evaluate("CSS.highlights.get('found').size") == 0


@over_http
def test_what_an_address_asks_to_mark_is_text_and_only_so_much(page: Page, root: str) -> None:
    for asked in ("<img src=x> loan", "%22%5D loan", "loan " + "book " * 99 + "renew"):
        page.goto(f"{root}borrow/renew.html?mark={asked}&from=mail#main")
        expect_marked(page, "article > h1", "loan")
        expect(page).to_have_url(f"{root}borrow/renew.html?from=mail#main")


@over_http
def test_of_an_answer_that_is_not_sure_only_questions_are_shown(page: Page) -> None:
    search(page, "library parking book")
    expect(page.locator("#search_summary")).to_have_text(
        "No answer mentions “\u2068library parking book\u2069”. Closest questions:"
    )
    expect(page.locator(QUESTION)).to_have_count(2)
    expect_open(page)
    expect(page.locator("#search_onward")).to_be_visible()


@over_http
def test_a_misspelling_is_told_and_alone_opens_nothing(page: Page) -> None:
    search(page, "typwriter")
    for says in (page.locator("#search_summary"), page.get_by_role("status")):
        expect(says).to_have_text(
            "Showing results for “\u2068typewriter\u2069” instead of “\u2068typwriter\u2069”. "
            "1 answer"
        )
    expect_open(page)
    search(page, " device")
    expect_open(page, "Can I borrow books for my reader?")


@over_http
def test_what_the_reader_opens_or_closes_stays_so_while_typing_on(page: Page, root: str) -> None:
    page.goto(f"{root}index.html?q=book+loan")
    expect(page.locator(QUESTION)).to_have_count(3)
    first, second, _ = results(page)
    page.locator(QUESTION).nth(1).click()
    page.locator(QUESTION).first.click()
    expect_open(page, second)
    page.locator("#search_box").fill("loan book")
    expect(page).to_have_url(f"{root}index.html?q=loan+book")
    expect_open(page, second)
    page.locator("#search_box").fill("")
    expect(page.locator("#search_results")).to_be_hidden()
    search(page, "book loan")
    expect_open(page, first)


def test_results_can_be_filtered_by_category_until_the_box_is_emptied(
    context: BrowserContext, tmp_path: Path
) -> None:
    page, root = context.new_page(), f"{built(tmp_path, MANY).as_uri()}/"
    page.goto(f"{root}index.html?q=keep+weeks")
    chosen = page.get_by_role("combobox", name="Category")
    expect(chosen.locator("option")).to_have_text(
        ["All categories (30)", "Films (13)", "Music (17)"]
    )
    expect(page.locator(QUESTION)).to_have_count(10)
    chosen.focus()
    chosen.select_option("Music (17)")
    expect(page.locator(QUESTION).filter(has_text="record")).to_have_count(10)
    expect(chosen).to_be_focused()
    page.locator("#search_box").fill("keep for weeks")
    expect(page).to_have_url(f"{root}index.html?q=keep+for+weeks")
    expect(page.locator(QUESTION).filter(has_text="record")).to_have_count(10)
    page.locator("#search_box").fill("keep a horse in parking lots")
    expect(page.locator("#search_summary")).to_contain_text("No answer mentions")
    expect(page.locator(QUESTION)).to_have_count(5)
    expect(chosen).to_be_hidden()
    page.locator("#search_box").fill("keep weeks")
    expect(page.locator(QUESTION).filter(has_text="record")).to_have_count(10)
    page.locator("#search_box").fill("")
    expect(page.locator("#search_results")).to_be_hidden()
    page.locator("#search_box").fill("keep weeks")
    expect(chosen).to_have_value("")


@over_http
def test_the_text_of_an_answer_stays_text_in_an_excerpt_and_words_that_overlap_are_marked(
    page: Page,
) -> None:
    search(page, "wheelchair")
    expect(page.locator(".result_excerpt").first).to_have_text(
        "Yes, by the garden. {{ title }} and </script> are shown as they stand."
    )
    page.locator("#search_box").fill("図書館")
    expect(page.locator(ANSWER)).to_have_text("市の図書館は、駅の前にあります。")
    expect_marked(page, ANSWER, "図書", "書館")


def test_the_index_is_loaded_once_on_the_first_sign_of_a_search(page: Page, root: str) -> None:
    requests = requests_of(page)
    page.locator("#search_box").focus()
    search(page, "renew")
    expect(page.locator(".result_excerpt").first).not_to_be_empty()
    search(page, "ed loans")
    loaded = paths_of(requests, root)
    assert loaded[:2] == ["assets/js/engine.js", "search-index.js"]
    assert all(re.fullmatch(r"search-text/\d+\.js", path) for path in loaded[2:])
    assert len(set(loaded)) == len(loaded)


def test_the_page_of_results_says_what_it_needs_and_then_what_to_do(
    page: Page, plain: Page, root: str
) -> None:
    for each, needs, hint in ((plain, True, False), (page, False, True)):
        each.goto(f"{root}search.html")
        expect(each.locator("#needs_script")).to_be_visible(visible=needs)
        expect(each.locator("#search_hint")).to_be_visible(visible=hint)


@over_http
def test_what_is_no_question_yet_is_not_called_unanswered_and_a_long_one_is_repeated_in_part(
    page: Page,
) -> None:
    for query in ("how", "what is", "?", "%", "a"):
        page.locator("#search_box").fill("typewriter")
        expect(page.locator("#search_results")).to_be_visible()
        page.locator("#search_box").fill(query)
        expect(page.locator("#search_results")).to_be_hidden()
        expect(page.locator("#page_list")).to_be_visible()
    page.locator("#search_box").fill("parking " * 2_000)
    summary = page.locator("#search_summary")
    expect(summary).to_have_text(re.compile("^No answer mentions “\u2068(parking ){7}.{4}…\u2069”"))
    assert len(page.locator("#search_box").input_value()) <= 500


@over_http
def test_a_click_beside_the_panel_closes_it_and_the_query_stays_in_the_address_until_then(
    page: Page, root: str
) -> None:
    page.goto(f"{root}visit/hours.html?from=mail#main")
    search(page, "typewriter")
    expect(page).to_have_url(f"{root}visit/hours.html?from=mail&q=typewriter#main")
    page.mouse.click(10, 700)
    expect(page.locator("#search_results")).to_be_hidden()
    expect(page).to_have_url(f"{root}visit/hours.html?from=mail#main")
    page.locator("#search_box").click()
    expect(page.locator(QUESTION).first).to_be_visible()


def test_where_nothing_fits_it_says_so_and_shows_the_ways_on(page: Page) -> None:
    search(page, "parking")
    summary = page.locator("#search_summary")
    expect(summary).to_have_text(re.compile("^No answer mentions “\u2068parking\u2069”"))
    ways = page.locator("#search_onward a")
    assert [(way.text_content(), way.get_attribute("href")) for way in ways.all()] == [
        ("Ask us", "mailto:desk@example.org"),
        ("See open jobs", "https://example.org/jobs"),
        ("All questions on one page", "all.html"),
    ]
    expect(ways.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(ways.first).to_be_focused()
    page.locator("#search_box").fill("renew")
    expect(page.locator(QUESTION).first).to_be_visible()
    expect(ways.first).to_be_hidden()


@over_http
def test_results_that_come_anew_leave_the_focus_where_it_was(page: Page) -> None:
    search(page, "book loan")
    page.keyboard.press("ArrowDown")
    first = page.locator(QUESTION).first
    expect(first).to_be_focused()
    # As by a key that was still on its way to the results when the arrow was pressed.
    page.locator("#search_box").evaluate("box => box.dispatchEvent(new Event('input'))")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(first).to_be_focused()


def test_the_arrows_walk_through_the_results_and_back(page: Page, root: str) -> None:
    for address in ("index.html", "search.html", "visit/hours.html"):
        page.goto(root + address)
        search(page, "book loan")
        box, links = page.locator("#search_box"), page.locator(QUESTION)
        assert links.count() > 1
        page.keyboard.press("ArrowDown")
        expect(links.first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(box).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        expect(box).to_be_focused()
        expect(links.first).to_be_visible()
        page.keyboard.press("Escape")
        expect(box).to_have_value("")
        expect(page.locator("#search_results")).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
        expect(page).to_have_url(root + address)


@over_http
def test_what_is_being_composed_is_not_searched_until_it_is_written(page: Page, root: str) -> None:
    search(page, "typewriter")
    expect(page.locator(ANSWER)).to_contain_text("Typewriter")
    box = page.locator("#search_box")
    box.fill("")
    expect(page.locator("#search_results")).to_be_hidden()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "駅", "selectionStart": 1, "selectionEnd": 1})
    expect(box).to_have_value("駅")
    for key in ("Escape", "ArrowDown"):
        box.dispatch_event("keydown", {"key": key, "isComposing": True})
    # All is loaded: what is searched is shown within a frame.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.locator("#search_results").is_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("駅")
    keyboard.send("Input.insertText", {"text": "駅"})
    expect(page.locator(QUESTION)).to_have_text("図書館はどこですか")
    expect(page).to_have_url(f"{root}index.html?q=%E9%A7%85")


def test_enter_on_another_page_leads_to_the_page_of_results(page: Page, root: str) -> None:
    page.goto(f"{root}visit/hours.html")
    page.locator("#search_box").fill("renew it")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{root}search.html?q=renew+it")
    expect(page.locator("#search_box")).to_have_value("renew it")
    expect(page.locator(QUESTION).first).to_have_text("How do I renew a loan?")


def test_the_query_is_kept_in_the_address_and_adds_nothing_to_the_history(
    page: Page, root: str
) -> None:
    for address in ("index.html", "search.html"):
        page.goto(root + address)
        before = page.evaluate("history.length")
        search(page, "renew & 50%")
        expect(page).to_have_url(f"{root}{address}?q=renew+%26+50%25")
        assert page.evaluate("history.length") == before
        page.reload()
        expect(page.locator("#search_box")).to_have_value("renew & 50%")
        expect(page.locator(QUESTION).first).to_be_visible()


def test_the_back_button_shows_query_and_results_again(page: Page, root: str) -> None:
    for address in ("index.html", "search.html", "visit/hours.html"):
        page.goto(root + address)
        page.locator("#search_box").fill("renew")
        expect(page.locator(QUESTION).first).to_be_visible()
        found = results(page)
        page.locator(OWN_PAGE).first.click()
        expect(page).to_have_url(f"{root}borrow/renew.html")
        page.go_back()
        expect(page.locator("#search_box")).to_have_value("renew")
        expect(page.locator(QUESTION).first).to_be_visible()
        assert results(page) == found


@over_http
def test_a_key_with_control_alone_reaches_the_box_and_selects_what_is_in_it(page: Page) -> None:
    box = page.locator("#search_box")
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


@over_http
def test_on_a_phone_the_first_result_is_right_below_the_box_and_a_tap_below_all_reaches_the_page(
    page: Page, root: str
) -> None:
    page.set_viewport_size(PHONE)
    for address in ("index.html", "search.html", "visit/hours.html"):
        page.goto(root + address)
        search(page, "typewriter")
        box = page.locator("#search_box").bounding_box()
        first = page.locator(QUESTION).first.bounding_box()
        assert box
        assert first
        assert 0 < first["y"] - box["y"] - box["height"] < 90
        assert page.evaluate("parseFloat(getComputedStyle(search_box).fontSize)") >= 16
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".trail a").last.click()
    expect(page).to_have_url(re.compile("/visit/index.html$"))


# The network, over http alone: there is none to be slow from disk.


@pytest.fixture
def apart(context: BrowserContext, http: str) -> Page:
    """Return a page of the served site that holds no answers, so that their texts are loaded."""
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
    expect(second.locator(".result_excerpt")).not_to_be_empty()
    assert second.bounding_box() == before
    apart.locator(QUESTION).first.click()
    expect(apart.locator(ANSWER).first).to_contain_text("Three weeks.")


def test_an_answer_that_is_opened_before_its_text_comes_with_it(apart: Page) -> None:
    release = hold(apart, "**/search-text/*")
    search(apart, "renew")
    apart.locator(QUESTION).first.click()
    expect(apart.locator(OWN_PAGE).first).to_be_visible()
    release()
    expect(apart.locator(ANSWER).first).to_contain_text("Online, at the desk")
