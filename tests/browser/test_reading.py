"""Reading in a real browser: links into lists, what is open, copying, feedback, paper."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import PLAIN_HOST, built, over_http

LONG = "\n\n".join(["A line."] * 60)
CONTENT = {
    "site.yaml": "title: FAQ\nurl: https://example.org/faq/\ncontact: desk@example.org\n",
    "a/first.md": f"---\nquestion: What comes first?\norder: 1\n---\n{LONG}\n",
    "a/second.md": (
        "---\nquestion: What & how comes second?\norder: 2\n---\n"
        "See https://example.org/more, [here](https://example.org/here) or desk@example.org.\n\n"
        f"## Part of it\n\nA part.\n\n{LONG}\n"
    ),
    "a/third.md": (
        "---\nquestion: What comes third?\norder: 3\n---\nThe end.[^1]\n\n"
        '<details><summary>More</summary><h3 id="deep">Deep</h3>'
        "<details><summary>Yet more</summary><p>The bottom.</p></details></details>\n\n"
        "[^1]: A note.\n"
    ),
    "b/alone.md": "---\nquestion: What stands alone?\n---\nThis does.\n",
}


@pytest.fixture
def pages(plain: Page, page: Page) -> tuple[Page, Page]:
    """Return a page in which no script runs, and one in which it does."""
    return plain, page


def open_questions(page: Page) -> list[str]:
    return page.locator("#page_main details.entry[open] > summary").all_inner_texts()


@over_http
def test_without_script_no_button_needs_one_and_a_mail_tells_what_it_is_about(
    plain: Page, root: str
) -> None:
    for address in ("index.html", "a/index.html", "a/second.html"):
        plain.goto(root + address)
        expect(plain.locator("button:visible")).to_have_text(["Search"])
    expect(plain.get_by_text("Did this answer your question?")).to_be_visible()
    href = plain.get_by_role("link", name="Tell us").get_attribute("href") or ""
    assert href.startswith("mailto:desk@example.org?")
    assert "+" not in href
    told = parse_qs(urlsplit(href).query)
    assert told["subject"] == ["Question: What & how comes second?"]
    assert told["body"] == ["What & how comes second?\r\nhttps://example.org/faq/a/second.html\r\n"]


ADDRESSES_ON_PAPER = """() => [...document.querySelectorAll("#second a[href]")].slice(0, 3)
    .map((link) => [link.textContent, getComputedStyle(link, "::after").content])"""


@over_http
@pytest.mark.parametrize("address", ["a/index.html", "index.html", "index.html?q=third"])
def test_paper_has_every_answer_and_each_address_once_also_without_script(
    pages: tuple[Page, Page], root: str, address: str
) -> None:
    for each in pages:
        each.goto(root + address)
    if "?" in address:
        expect(pages[1].locator("#page_list")).to_be_hidden()
    for each in pages:
        each.emulate_media(media="print")
        assert each.evaluate(ADDRESSES_ON_PAPER) == [
            ["https://example.org/more", "none"],
            ["here", '" (https://example.org/here)"'],
            ["desk@example.org", "none"],
        ]
        for text in ("The end.", "A part."):
            expect(each.locator(".list").get_by_text(text)).to_be_visible()
        for unprinted in ("Copy link", "Search"):
            expect(each.get_by_role("button", name=unprinted)).to_have_count(0)


FRAGMENTS = ["third", "%74hird", "second--part-of-it", "third--fn-1", "third--deep", "category_b"]


@pytest.mark.parametrize("address", ["index.html", "all.html"])
def test_a_link_into_answers_opens_what_it_leads_to_and_shows_it_also_without_script(
    pages: tuple[Page, Page], root: str, address: str
) -> None:
    for page in pages:
        for fragment in FRAGMENTS:
            page.goto("about:blank")
            page.goto(f"{root}{address}#{fragment}")
            place = page.locator(f'[id="{unquote(fragment)}"]')
            expect(place).to_be_visible()
            expect(place).to_be_in_viewport()


def test_find_in_page_opens_what_it_finds_also_without_script(
    pages: tuple[Page, Page], root: str
) -> None:
    # Only the reader can search a page, but a link to a text finds in the same way.
    for page in pages:
        page.goto(f"{root}a/index.html#:~:text=The%20bottom")
        expect(page.get_by_text("The bottom.")).to_be_in_viewport()
        assert open_questions(page) == ["What comes third?"]


def test_a_link_to_what_is_not_there_shows_the_page_as_it_is(page: Page, root: str) -> None:
    for fragment in ("%", "%zz", "%E0%A4%A", "nothing", "%22%3E", "__proto__"):
        page.goto("about:blank")
        page.goto(f"{root}a/index.html#{fragment}")
        expect(page.get_by_role("button", name="Open all answers")).to_be_visible()
        assert open_questions(page) == []
    page.evaluate("location.hash = 'third'")  # Of what is there it shows the place.
    expect(page.locator("#third")).to_be_in_viewport()


def test_a_link_to_an_answer_wins_over_a_search(page: Page, root: str) -> None:
    page.goto(f"{root}index.html?q=second#third")
    expect(page).to_have_url(f"{root}index.html#third")
    expect(page.locator("#third")).to_be_in_viewport()
    expect(page.locator("#search_results")).to_be_hidden()


@over_http
def test_all_answers_are_opened_and_closed_at_once(page: Page, root: str) -> None:
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


def test_who_comes_back_finds_open_what_was_open(page: Page, root: str) -> None:
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


def test_what_was_open_on_a_page_that_has_changed_is_not_guessed(page: Page, root: str) -> None:
    page.goto(f"{root}a/index.html")
    page.evaluate("history.replaceState({ open: [true] }, '')")
    page.reload()
    assert open_questions(page) == []
    page.evaluate("location.hash = 'third'")
    page.wait_for_function("() => history.state?.open?.filter(Boolean).length === 1")
    page.reload()
    assert open_questions(page) == ["What comes third?"]


def test_a_place_in_the_page_that_is_come_back_to_is_as_it_was_left(page: Page, root: str) -> None:
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


def test_who_comes_back_to_results_finds_open_what_was_open(page: Page, root: str) -> None:
    opened = page.locator(".result details.entry[open] > summary")
    page.goto(f"{root}index.html?q=comes")
    questions = page.locator(".result details.entry > summary")
    expect(questions).to_have_count(3)
    first, second, third = questions.all_inner_texts()
    expect(opened).to_have_text([first])
    for question in (first, second, third):
        questions.filter(has_text=question).click()
    expect(opened).to_have_text([second, third])
    page.locator(".result .own_page a:visible").last.click()
    expect(page.locator("h1")).to_have_text(third)
    page.go_back()
    expect(opened).to_have_text([second, third])


def test_the_link_to_a_question_is_copied_and_that_is_said(page: Page, root: str) -> None:
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
        page.locator("#search_box").press("ControlOrMeta+v")
        expect(page.locator("#search_box")).to_have_value("https://example.org/faq/a/third.html")


def told_by_mail(page: Page) -> list[str]:
    """Return the lines of the mail that a link to the contact opens just now."""
    link = page.get_by_role("link", name="Tell us")
    link.focus()
    return parse_qs(urlsplit(link.get_attribute("href") or "").query)["body"][0].splitlines()


def test_a_mail_after_a_search_tells_what_was_asked(page: Page, root: str) -> None:
    about = ["What comes third?", "https://example.org/faq/a/third.html"]
    page.goto(f"{root}index.html")
    page.locator("#search_box").fill("third & last {query} é")
    page.locator("#search_list details[open] .own_page a").click()
    expect(page.locator("h1")).to_have_text("What comes third?")
    expect(page).to_have_url(re.compile(r"/third\.html$"))  # Once the script has run.
    asked = [*about, "Searched for: third & last {query} é"]
    assert told_by_mail(page) == asked
    page.reload()
    assert told_by_mail(page) == asked
    page.locator("#search_box").fill("what else?")
    assert told_by_mail(page) == [*about, "Searched for: what else?"]
    page.locator("#search_box").fill("")
    assert told_by_mail(page) == asked
    for address in ("a/index.html", "a/third.html"):
        page.goto(root + address)
    assert told_by_mail(page) == about


FORM = "https://forms.example/ask?about={question}&at={page}&for={query}#form"


@pytest.mark.parametrize(
    ("contact", "told", "asked"),
    [
        (FORM, "about=A%20%26%20B%3F&at=&for=", "a%20%26%20c"),
        ("https://forms.example/ask#form", "question=A%20%26%20B%3F", "&query=a%20%26%20c"),
    ],
)
def test_a_form_is_told_the_question_and_after_a_search_what_was_asked(
    pages: tuple[Page, Page], tmp_path: Path, contact: str, told: str, asked: str
) -> None:
    page = pages[1]
    site = built(
        tmp_path,
        {
            "site.yaml": f"title: FAQ\ncontact: {contact}\n",
            "a.md": "---\nquestion: A & B?\n---\nC.\n",
        },
    )
    for each in pages:
        each.goto((site / "a.html").as_uri())
        expect(each.get_by_role("link", name="Tell us")).to_have_attribute(
            "href", f"https://forms.example/ask?{told}#form"
        )
        expect(each.get_by_role("link", name="Ask us")).to_have_attribute(
            "href", re.sub(r"\{\w+\}", "", contact)
        )
    page.route("https://forms.example/**", lambda route: route.fulfill(body="Thanks."))
    page.locator("#search_box").fill("a & c")
    page.get_by_role("link", name="Tell us").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"https://forms.example/ask?{told}{asked}#form")


def test_of_a_long_page_only_what_is_near_is_laid_out_and_links_lead_to_the_rest(
    page: Page, tmp_path: Path
) -> None:
    entries = {
        f"c/e{n}.md": f"---\nquestion: What is {n}?\norder: {n}\n---\n{'Word. ' * (n % 90 + 1)}\n"
        for n in range(300)
    }
    site = built(tmp_path, {"site.yaml": "title: FAQ\n"} | entries)
    page.goto(f"{(site / 'all.html').as_uri()}#e250")
    expect(page.get_by_role("heading", name="What is 250?")).to_be_in_viewport()
    skipped = page.locator(".whole_entry").evaluate_all(
        "(all) => all.filter((entry) => !entry.querySelector('p').checkVisibility("
        "{ contentVisibilityAuto: true })).length"
    )
    assert 200 < skipped < 300
    page.evaluate("location.hash = 'e20'")
    expect(page.get_by_role("heading", name="What is 20?")).to_be_in_viewport()
