"""The preview in a real browser: it shows each save in place, and problems over the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browsing import PLAIN_HOST, complaints_of, contrast
from tests.support.documents import write
from tests.support.previews import Served, entry, follow, make_preview, save, serve
from tests.support.served import served as served_folder

LONG = "\n\n".join(["A line."] * 60)
CONTENT = {
    "site.yaml": "title: Questions\nurl: https://example.org/faq/\n",
    "team/hours.md": entry("When do you work?", f"By day.\n\n{LONG}\n\nThe end."),
    "team/place.md": entry("Where do you work?", f"At home.\n\n{LONG}"),
}
WRONG = "---\nquestion: When do you work?\nordr: 1\n---\nBy day.\n"
PLACE = "content/team/hours.md:3"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "content"


@pytest.fixture
def served(content: Path) -> Iterator[Served]:
    preview = make_preview(content, CONTENT)
    with serve(preview) as served, follow(preview, content=content):
        yield served


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Yield a page whose console must stay empty: a breach of its policy would show there."""
    page = context.new_page()
    complaints = complaints_of(page)
    yield page
    assert complaints == []


def test_a_save_is_shown_where_the_reader_was(served: Served, content: Path, page: Page) -> None:
    page.goto(f"{served.url}team/")
    page.locator("summary", has_text="Where do you work?").click()
    page.evaluate("scrollTo(0, 500)")
    save(content, {"team/place.md": entry("Where do you work?", f"By the sea.\n\n{LONG}")})
    expect(page.get_by_text("By the sea.")).to_be_visible()
    expect(page.get_by_text("By day.")).to_be_hidden()
    page.wait_for_function("scrollY === 500")
    # The same entry is open when the list has another one.
    save(content, {"team/about.md": entry("What is it about?", "Work.")})
    expect(page.locator("summary", has_text="What is it about?")).to_be_visible()
    expect(page.get_by_text("By the sea.")).to_be_visible()
    expect(page.get_by_text("Work.", exact=True)).to_be_hidden()
    page.wait_for_function("scrollY === 500")


def test_a_save_that_changes_nothing_on_a_page_leaves_it_alone(
    served: Served, content: Path, page: Page
) -> None:
    page.goto(f"{served.url}team/hours.html")
    page.evaluate("window.isSame = true")
    save(content, {"team/place.md": entry("Where do you work?", "By the sea.")})
    save(content, {"team/hours.md": WRONG})
    expect(page.get_by_role("alert")).to_contain_text(PLACE)
    assert page.evaluate("window.isSame")


def test_a_problem_covers_the_last_good_page_until_it_is_fixed(
    served: Served, content: Path, page: Page
) -> None:
    page.goto(f"{served.url}team/hours.html")
    alert = page.get_by_role("alert")
    expect(alert).to_be_hidden()
    save(content, {"team/hours.md": WRONG})
    expect(alert).to_contain_text(f'{PLACE}: unknown key "ordr"; did you mean "order"?')
    expect(alert).to_be_in_viewport()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        colours = alert.evaluate(
            "(alert) => [getComputedStyle(alert).color, getComputedStyle(alert).backgroundColor]"
        )
        assert contrast(*(map(int, re.findall(r"\d+", each)) for each in colours)) >= 7
    expect(page.get_by_text("By day.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(alert).to_be_hidden()
    page.reload()
    expect(alert).to_contain_text(PLACE)
    page.get_by_role("button", name="Hide (Esc)").click()
    expect(alert).to_be_hidden()
    save(content, {"team/hours.md": WRONG.replace("ordr", "ordre")})
    expect(alert).to_contain_text("ordre")
    save(content, {"team/hours.md": entry("When do you work?", "By night.")})
    expect(page.get_by_text("By night.")).to_be_visible()
    expect(alert).to_be_hidden()


def test_problems_from_the_start_are_a_page_that_turns_into_the_site(
    content: Path, context: BrowserContext
) -> None:
    preview = make_preview(content, {**CONTENT, "team/hours.md": WRONG})
    page = context.new_page()
    with serve(preview) as served, follow(preview, content=content):
        page.goto(f"{served.url}team/hours.html")
        expect(page.get_by_role("listitem")).to_contain_text(PLACE)
        save(content, CONTENT)
        expect(page.get_by_text("By day.")).to_be_visible()


# Every way for a page to learn what another host answers, and the result of each.
SPYING = """async (url) => {
  const loaded = (name, give) => new Promise((resolve) => {
    const each = document.createElement(name);
    give(each);
    each.onload = () => resolve("loaded");
    each.onerror = () => resolve("refused");
    document.body.append(each);
  });
  const fetched = (options) => fetch(url, options).then((answer) => answer.text(), () => "refused");
  const followed = new Promise((resolve) => {
    const source = new EventSource(`${url}-/events?path=/`);
    source.onmessage = ({ data }) => resolve(data);
    source.onerror = () => resolve("refused");
  });
  const framed = async () => {
    let frame;
    await loaded("iframe", (each) => (frame = Object.assign(each, { src: url })));
    return frame.contentDocument?.title || "refused";
  };
  return Promise.all([
    fetched({}), fetched({ mode: "no-cors" }), fetched({ method: "POST", body: "x" }), followed,
    framed(), loaded("script", (each) => (each.src = `${url}-/serve.js`)),
    loaded("img", (each) => (each.src = `${url}assets/icon.svg`)),
    loaded("link", (each) => Object.assign(each, { rel: "stylesheet", href: `${url}-/serve.css` })),
  ]);
}"""


def test_a_page_of_another_site_cannot_read_or_show_the_preview(
    served: Served, tmp_path: Path, browser: Browser
) -> None:
    write(tmp_path / "theirs", {"index.html": "<!doctype html><title>theirs</title><body>"})
    with served_folder(tmp_path / "theirs") as theirs, browser.new_page() as page:
        page.goto(theirs.replace("127.0.0.1", PLAIN_HOST))
        assert page.evaluate(SPYING, served.url) == ["refused"] * 8


def test_a_problem_is_shown_as_text_whatever_it_quotes(
    served: Served, content: Path, page: Page
) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    page.goto(f"{served.url}team/hours.html")
    wrong = WRONG.replace("ordr: 1", f'order: "{hostile}"')
    save(content, {"team/hours.md": wrong})
    expect(page.get_by_role("alert")).to_contain_text(hostile)
    assert page.get_by_role("alert").locator("img").count() == 0
