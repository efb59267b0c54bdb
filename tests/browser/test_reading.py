"""Reading in a real browser: links into lists, open answers, copying, feedback, printing."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import BOX, OWN_PAGE, PLAIN_HOST, RESULTS, build, on_disk_too
from tests.support.previews import entry
from tests.support.sites import SENTENCES

LONG = "\n\n".join(["A line."] * 60)
CONTENT = {
    "site.yaml": "title: FAQ\nurl: https://example.org/faq/\ncontact: desk@example.org\n",
    "a/first.md": entry("What comes first?", LONG, order=1),
    "a/second.md": entry(
        "What & how comes second?",
        "See https://example.org/more, [here](https://example.org/here) or desk@example.org.\n\n"
        f"## Part of it\n\nA part.\n\n{LONG}",
        order=2,
    ),
    "a/third.md": entry(
        "What comes third?",
        'The end.[^1]\n\n<details><summary>More</summary><h3 id="deep">Deep</h3>'
        "<details><summary>Yet more</summary><p>The bottom.</p></details></details>\n\n"
        "[^1]: A note.",
        order=3,
    ),
    "b/alone.md": entry("What is alone?", "This is."),
}


@pytest.fixture
def pages(plain: Page, page: Page) -> tuple[Page, Page]:
    """Return a page without script, and one with it."""
    return plain, page


def open_questions(page: Page) -> list[str]:
    return page.locator("#page_main details.entry[open] > summary").all_inner_texts()


def test_without_script_the_search_button_is_the_only_control(plain: Page, root: str) -> None:
    for address in ("index.html", "a/index.html", "a/second.html"):
        plain.goto(root + address)
        expect(plain.locator(":is(button, select):visible")).to_have_text(["Search"])
    expect(plain.get_by_text(SENTENCES["feedback"])).to_be_visible()


PRINTED_ADDRESSES = """() => [...document.querySelectorAll("#second a[href]")].slice(0, 3)
    .map((link) => [link.textContent, getComputedStyle(link, "::after").content])"""


@pytest.mark.parametrize("address", ["a/index.html", "index.html", "index.html?q=third"])
def test_a_printed_list_has_every_answer_and_each_address_once_even_without_script(
    pages: tuple[Page, Page], root: str, address: str
) -> None:
    for each in pages:
        each.goto(root + address)
    if "?" in address:
        expect(pages[1].locator("#page_list")).to_be_hidden()
    for each in pages:
        each.emulate_media(media="print")
        assert each.evaluate(PRINTED_ADDRESSES) == [
            ["https://example.org/more", "none"],
            ["here", '" (https://example.org/here)"'],
            ["desk@example.org", "none"],
        ]
        for text in ("The end.", "A part."):
            expect(each.locator(".list").get_by_text(text)).to_be_visible()
        for unprinted in ("Copy link", "Search"):
            expect(each.get_by_role("button", name=unprinted)).to_have_count(0)


FRAGMENTS = ["third", "%74hird", "second--part-of-it", "third--fn-1", "third--deep", "category_b"]


@on_disk_too
@pytest.mark.parametrize("address", ["index.html", "all.html"])
def test_a_link_into_an_answer_opens_and_shows_its_target_even_without_script(
    pages: tuple[Page, Page], root: str, address: str
) -> None:
    for page in pages:
        for fragment in FRAGMENTS:
            page.goto("about:blank")
            page.goto(f"{root}{address}#{fragment}")
            target = page.locator(f'[id="{unquote(fragment)}"]')
            expect(target).to_be_visible()
            expect(target).to_be_in_viewport()


def test_find_in_page_opens_the_answer_it_finds_even_without_script(
    pages: tuple[Page, Page], root: str
) -> None:
    # A test cannot use find in page, but a link to a text finds it in the same way.
    for page in pages:
        page.goto(f"{root}a/index.html#:~:text=The%20bottom")
        expect(page.get_by_text("The bottom.")).to_be_in_viewport()
        assert open_questions(page) == ["What comes third?"]


def test_a_link_to_an_unknown_place_opens_nothing(page: Page, root: str) -> None:
    for fragment in ("%", "%zz", "%E0%A4%A", "nothing", "%22%3E", "__proto__"):
        page.goto("about:blank")
        page.goto(f"{root}a/index.html#{fragment}")
        expect(page.get_by_role("button", name="Open all answers")).to_be_visible()
        assert open_questions(page) == []
    page.evaluate("location.hash = 'third'")  # A known place is still shown.
    expect(page.locator("#third")).to_be_in_viewport()


@on_disk_too
def test_a_link_to_an_answer_wins_over_a_search(page: Page, root: str) -> None:
    page.goto(f"{root}index.html?q=second#third")
    expect(page).to_have_url(f"{root}index.html#third")
    expect(page.locator("#third")).to_be_in_viewport()
    expect(page.locator(RESULTS)).to_be_hidden()


def test_one_button_opens_and_closes_all_answers(page: Page, root: str) -> None:
    page.goto(f"{root}a/index.html")
    page.get_by_role("button", name="Open all answers").click()
    assert len(open_questions(page)) == 3
    page.get_by_text("What comes first?").click()
    expect(page.get_by_role("button", name="Open all answers")).to_be_visible()
    page.get_by_text("What comes first?").click()
    page.get_by_role("button", name="Close all answers").press("Enter")
    assert open_questions(page) == []
    expect(page.get_by_role("button", name="Open all answers")).to_be_focused()
    page.goto(f"{root}b/index.html")  # One answer alone needs no button.
    expect(page.locator("#turn_all")).to_be_hidden()


@on_disk_too
def test_a_reader_who_comes_back_finds_the_same_answers_open(page: Page, root: str) -> None:
    opened = ["What comes third?", "More", "Yet more"]
    page.goto(f"{root}a/index.html")
    length = page.evaluate("history.length")
    for question in opened:
        page.get_by_text(question, exact=True).click()
    page.wait_for_function("() => history.state?.open?.filter(Boolean).length === 3")
    assert page.evaluate("history.length") == length
    page.goto(f"{root}a/first.html")
    page.go_back()
    expect(page.locator("details[open] > summary")).to_have_text(opened)
    page.reload()
    expect(page.locator("details[open] > summary")).to_have_text(opened)


def test_on_a_page_that_has_changed_since_no_answer_is_open(page: Page, root: str) -> None:
    page.goto(f"{root}a/index.html")
    page.evaluate("history.replaceState({ open: [true] }, '')")
    page.reload()
    assert open_questions(page) == []
    page.evaluate("location.hash = 'third'")
    page.wait_for_function("() => history.state?.open?.filter(Boolean).length === 1")
    page.reload()
    assert open_questions(page) == ["What comes third?"]


def test_a_reader_who_comes_back_to_a_footnote_finds_the_same_answers_open(
    page: Page, root: str
) -> None:
    page.goto(f"{root}a/index.html")
    page.get_by_text("What comes first?").click()
    page.get_by_text("What comes third?").click()
    page.locator("#third .footnote-ref").click()
    page.wait_for_function("() => location.hash && history.state?.open")
    page.goto(f"{root}a/first.html")
    page.go_back()
    expect(page.locator("details.entry[open] > summary")).to_have_text(
        ["What comes first?", "What comes third?"]
    )


@on_disk_too
def test_a_reader_who_comes_back_to_results_finds_the_same_ones_open(page: Page, root: str) -> None:
    opened = page.locator(".result details.entry[open] > summary")
    page.goto(f"{root}index.html?q=comes")
    questions = page.locator(".result details.entry > summary")
    expect(questions).to_have_count(3)
    first, second, third = questions.all_inner_texts()
    expect(opened).to_have_text([first])
    for question in (first, second, third):
        questions.filter(has_text=question).click()
    expect(opened).to_have_text([second, third])
    page.locator(f"{OWN_PAGE}:visible").last.click()
    expect(page.locator("h1")).to_have_text(third)
    page.go_back()
    expect(opened).to_have_text([second, third])


@on_disk_too
def test_the_link_to_a_question_is_copied_and_the_button_says_so(page: Page, root: str) -> None:
    page.clock.install()
    for address in {root, root.replace("127.0.0.1", PLAIN_HOST)}:
        page.goto(f"{address}a/index.html#third")
        button = page.locator("#third .copy")
        expect(button).to_have_text("Copy link")
        button.press("Enter")
        expect(button).to_have_text("Copied")
        expect(page.get_by_role("status")).to_have_text("Copied")
        expect(button).to_be_focused()
        page.clock.fast_forward(2_000)
        expect(button).to_have_text("Copy link")
        page.locator(BOX).press("ControlOrMeta+v")
        expect(page.locator(BOX)).to_have_value("https://example.org/faq/a/third.html")


def mail_of(page: Page) -> list[str]:
    """Return the lines of the mail that "Tell us" would open now."""
    link = page.get_by_role("link", name="Tell us")
    link.focus()
    return parse_qs(urlsplit(link.get_attribute("href") or "").query)["body"][0].splitlines()


@on_disk_too
def test_a_mail_after_a_search_quotes_the_query(page: Page, root: str) -> None:
    about = ["What comes third?", "https://example.org/faq/a/third.html"]
    page.goto(f"{root}index.html")
    page.fill(BOX, "third & last {query} é")
    page.locator("#search_list details[open] .own_page a").click()
    expect(page.locator("h1")).to_have_text("What comes third?")
    expect(page).to_have_url(re.compile(r"/third\.html$"))  # Once the script has run.
    asked = [*about, "Searched for: third & last {query} é"]
    assert mail_of(page) == asked
    page.reload()
    assert mail_of(page) == asked
    page.fill(BOX, "what else?")
    assert mail_of(page) == [*about, "Searched for: what else?"]
    page.fill(BOX, "")
    assert mail_of(page) == asked
    for address in ("a/index.html", "a/third.html"):
        page.goto(root + address)
    assert mail_of(page) == about


def test_the_address_of_a_form_holds_the_question_and_after_a_search_the_query(
    page: Page, tmp_path: Path
) -> None:
    form = "https://forms.example/ask?about={question}&at={page}&for={query}#form"
    settings = f"title: FAQ\ncontact: {form}\n"
    site = build(tmp_path, {"site.yaml": settings, "a.md": entry("A & B?", "C.")})
    page.goto((site / "a.html").as_uri())
    page.route("https://forms.example/**", lambda route: route.fulfill(body="Thanks."))
    for link, about in (("Ask us", ""), ("Tell us", "A%20%26%20B%3F")):
        expect(page.get_by_role("link", name=link)).to_have_attribute(
            "href", f"https://forms.example/ask?about={about}&at=&for=#form"
        )
    page.fill(BOX, "a & c")
    page.get_by_role("link", name="Tell us").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(
        "https://forms.example/ask?about=A%20%26%20B%3F&at=&for=a%20%26%20c#form"
    )


def test_only_the_visible_part_of_a_long_page_is_laid_out_and_links_lead_to_the_rest(
    page: Page, tmp_path: Path
) -> None:
    entries = {
        f"c/e{n}.md": entry(f"What is {n}?", "Word. " * (n % 90 + 1), order=n) for n in range(300)
    }
    site = build(tmp_path, {"site.yaml": "title: FAQ\n"} | entries)
    page.goto(f"{(site / 'all.html').as_uri()}#e250")
    expect(page.get_by_role("heading", name="What is 250?")).to_be_in_viewport()
    skipped = page.locator(".whole_entry").evaluate_all(
        "(all) => all.filter((entry) => !entry.querySelector('p').checkVisibility("
        "{ contentVisibilityAuto: true })).length"
    )
    assert 200 < skipped < 300
    page.evaluate("location.hash = 'e20'")
    expect(page.get_by_role("heading", name="What is 20?")).to_be_in_viewport()
