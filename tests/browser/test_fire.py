"""The search when its files are damaged, missing or from two builds, or the browser refuses."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from faqsite.pages.assets import load_static
from faqsite.search.index import CHUNK_CHARS
from tests.support.browsing import (
    ANSWER,
    BOX,
    EXCERPT,
    FAILED,
    LOADING,
    OWN_PAGE,
    QUESTION,
    expect_summary,
    fresh,
    hold,
    keeping,
    result,
    uncaught_of,
    wait_two_frames,
)
from tests.support.previews import entry
from tests.support.product import PRODUCT
from tests.support.served import Fault, Host, Lost, hosted
from tests.support.sites import SENTENCES
from tests.support.whole_sites import build_whole

# The site has three files of answers: each of these answers fills the rest of one.
LONG = "Word for word. " * (CHUNK_CHARS // 15 + 1)

RENEW, SHELF, STAIRS, DOG = (
    "How do I renew a loan?",
    "Which shelf is longest?",
    "Can I come in without stairs?",
    "May I bring a dog?",
)
OLD_ANSWER, NEW_ANSWER = "By telephone.", "On the new page."

OLD = {
    "content/site.yaml": "title: Library FAQ\ncontact: desk@example.org\n",
    "content/a/_category.yaml": "title: The house\norder: 1\n",
    "content/a/shelf.md": entry(SHELF, LONG, order=1),
    "content/b/_category.yaml": "title: Visits\norder: 2\n",
    "content/b/stairs.md": entry(STAIRS, "By the garden.", order=1),
    "content/b/children.md": entry("May children come along?", f"Of any age. {LONG}", order=2),
    "content/c/_category.yaml": "title: Loans\norder: 3\n",
    "content/c/renew.md": entry(RENEW, OLD_ANSWER, order=1),
    "content/c/typewriter.md": entry("Where is the typewriter?", "In the cellar.", order=2),
}
# A new entry comes first, so every other has a new number; one has changed and one is gone.
NEW = {
    **{path: text for path, text in OLD.items() if path != "content/c/typewriter.md"},
    "content/a/dog.md": entry(DOG, "On a lead.", order=0),
    "content/c/renew.md": entry(RENEW, NEW_ANSWER, order=1),
}
INDEX, ENGINE, TEXTS = r"search-index\.js", r"assets/js/engine\.js", r"search-text/\d\.js"
PAGE_SCRIPT, STYLE, HTML = r"assets/js/page\.js", r"assets/style\.css", r".*\.html"
SCRIPTS = f"{PAGE_SCRIPT}|{ENGINE}"


def replace(file: Path, before: str, after: str) -> None:
    """Replace the only occurrence of a text in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, file
    file.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site before an edit."""
    return build_whole(tmp_path_factory.mktemp("old"), OLD)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site after the edit."""
    return build_whole(tmp_path_factory.mktemp("edited"), NEW)


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory, edited: Path) -> Path:
    """Build the edited site with a later version of the project, whose index has a new format."""
    static, folder = (tmp_path_factory.mktemp("new") / name for name in ("static", "site"))
    shutil.copytree(PRODUCT / "static", static)
    replace(static / "js/engine/opening.js", "const FORMAT = 2;", "const FORMAT = 3;")
    replace(static / "js/page/loading.js", "const SLOW_MS = 300;", "const SLOW_MS = 299;")
    shutil.copytree(edited, folder)
    for address, content in load_static(static).items():
        (folder / address).write_bytes(content)
    replace(folder / "search-index.js", '{"format":2,', '{"format":3,')
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"([?]v=\w+)", r"\1-next", text), encoding="utf-8")
    return folder


@pytest.fixture
def host(old: Path) -> Iterator[Host]:
    """Yield a host of the old site."""
    with hosted(old, cache_seconds=0) as host:
        yield host


def find(page: Page, query: str, question: str, answer: str) -> None:
    """Replace the query, and wait for what it finds."""
    page.fill(BOX, query)
    expect_answer(page, question, answer)


def complete_query(page: Page) -> None:
    """Type the last letter of "renew"."""
    page.press(BOX, "End")
    page.keyboard.type("w")


def expect_list(page: Page) -> None:
    """Expect the page's own list to be there, and to open and close its answers."""
    question = page.locator("#page_list summary").filter(has_text=RENEW)
    answer = page.locator("#page_list #renew")
    question.click()
    expect(answer).to_be_visible()
    question.click()
    expect(answer).to_be_hidden()


def expect_answer(page: Page, question: str, answer: str) -> None:
    """Wait until a question is the first result, and its answer is open."""
    page.wait_for_function(
        """([question, answer]) => {
            const details = document.querySelector(".result details");
            const summary = details?.querySelector(".entry_question");
            if (summary?.textContent !== question) return false;
            // On a slow machine its text comes too late for it to open by itself.
            if (!details.open) summary.click();
            return details.querySelector(".answer").textContent.includes(answer);
        }""",
        arg=[question, answer],
    )


# An index or an engine that does not come.


def cut(chars: int) -> Fault:
    """Keep only the first characters of a file."""
    return lambda content: content[:chars]


def changed(**values: object) -> Fault:
    """Give keys of an index other values, or (...) remove them."""

    def change(content: bytes) -> bytes:
        start, value = content.split(b" = ", 1)
        index = json.loads(value.strip().removesuffix(b";")) | values
        rest = {key: value for key, value in index.items() if value is not ...}
        return start + b" = " + json.dumps(rest).encode() + b";\n"

    return change


def another(content: bytes) -> Fault:
    """Send other bytes in place of a file."""
    return lambda _: content


LOST = {
    "the index is missing": {INDEX: Lost.MISSING},
    "the engine is missing": {ENGINE: Lost.MISSING},
    "nothing answers": {f"{INDEX}|{ENGINE}|{TEXTS}": Lost.CLOSED},
    "the index is cut before its value": {INDEX: cut(15)},
    "the index is cut in its value": {INDEX: cut(400)},
    "the engine is cut": {ENGINE: cut(7_000)},
    "the index is a page": {INDEX: another(b"<!doctype html><title>Sign in</title>")},
    "the engine is another script": {ENGINE: another(b"var Other = {};")},
    "the index has another format": {INDEX: changed(format=1)},
    "the index lacks a key that only the page needs": {INDEX: changed(texts=...)},
    "the index counts no words": {INDEX: changed(lengths=[])},
}


@pytest.mark.parametrize("faults", LOST.values(), ids=LOST)
def test_a_page_reports_that_the_search_is_not_loaded_and_the_next_key_tries_again(
    page: Page, host: Host, faults: dict[str, Fault]
) -> None:
    host.faults = faults
    page.goto(f"{host.root}index.html")
    page.locator(BOX).press_sequentially("rene")
    expect_summary(page, FAILED)
    expect(page.get_by_role("status")).to_have_text(FAILED)
    expect(page.locator(BOX)).to_be_focused()
    expect_list(page)
    expect(page.locator("#search_onward a")).to_have_text(["Ask us", "All questions on one page"])
    host.faults = {}
    complete_query(page)
    expect_answer(page, RENEW, OLD_ANSWER)
    expect_summary(page, "1 answer")


def test_the_search_goes_on_without_a_network(page: Page, host: Host) -> None:
    page.goto(f"{host.root}search.html")
    find(page, "renew", RENEW, OLD_ANSWER)
    page.context.set_offline(True)
    page.fill(BOX, "stairs")
    expect_summary(page, "1 answer")
    found = result(page, STAIRS)
    expect(found.locator(".own_page a")).to_have_attribute("href", "b/stairs.html")
    page.context.set_offline(False)
    page.press(BOX, "Space")
    expect(found.locator(EXCERPT)).to_have_text("By the garden.")


@pytest.mark.parametrize(
    ("address", "silent"),
    [("index.html", INDEX), ("index.html", ENGINE), ("index.html?q=rene", f"{INDEX}|{ENGINE}")],
    ids=["the index", "the engine", "both"],
)
def test_the_list_stays_while_a_page_waits_and_the_next_key_tries_again_when_nothing_comes_of(
    page: Page, host: Host, address: str, silent: str
) -> None:
    page.clock.install()
    host.faults = {silent: Lost.SILENT}
    # The page is not loaded while it waits for a script.
    page.goto(host.root + address, wait_until="domcontentloaded")
    if "?" not in address:
        page.fill(BOX, "rene")
    page.clock.run_for(1_000)
    expect_summary(page, LOADING)
    expect(page.get_by_role("status")).to_have_text(LOADING)
    expect_list(page)
    for _ in range(2):  # It asks once more by itself, past any cache.
        page.clock.run_for(30_000)
    page.clock.run_for(1_000)
    expect_summary(page, FAILED)
    expect_list(page)
    host.faults = {}
    complete_query(page)
    expect_answer(page, RENEW, OLD_ANSWER)


def test_enter_tries_again_and_stays_in_the_box_until_there_are_results(
    page: Page, host: Host
) -> None:
    host.faults = {INDEX: Lost.MISSING}
    page.goto(f"{host.root}index.html")
    page.fill(BOX, "renew")
    expect_summary(page, FAILED)
    with page.expect_response(re.compile("search-index")):
        page.keyboard.press("Enter")
    wait_two_frames(page)
    expect(page.locator(BOX)).to_be_focused()
    expect_summary(page, FAILED)
    host.faults = {}
    page.keyboard.press("Enter")
    expect(page.locator(QUESTION)).to_be_focused()


def test_without_a_search_enter_leads_to_the_page_of_results_and_from_there_to_the_list(
    page: Page, host: Host
) -> None:
    host.faults = {ENGINE: cut(100)}
    page.goto(f"{host.root}b/stairs.html")
    page.fill(BOX, "renew")
    expect_summary(page, FAILED)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{host.root}search.html?q=renew")
    expect_summary(page, FAILED)
    expect(page.locator("#search_hint")).to_have_text(SENTENCES["search_hint"])
    page.locator("#page_list").get_by_role("link", name="All questions on one page").click()
    expect(page.get_by_role("heading", name=RENEW)).to_be_visible()


# Answers that do not come.

ANSWERS_LOST = {
    "are missing": Lost.MISSING,
    "are empty": cut(0),
    "are cut": cut(60),
    "have another version": lambda content: content.replace(b'"version":"', b'"version":"x'),
    "lack the answers": lambda content: content.replace(b'"answers"', b'"other"'),
    "never come": Lost.SILENT,
}


@pytest.mark.parametrize("fault", ANSWERS_LOST.values(), ids=ANSWERS_LOST)
def test_a_result_leads_to_its_page_when_its_answers(page: Page, host: Host, fault: Fault) -> None:
    host.faults = {r"search-text/2\.js": fault}
    page.goto(f"{host.root}search.html")
    page.fill(BOX, "renew")
    expect_summary(page, "1 answer")
    expect(page.locator(".result details")).not_to_have_attribute("open", "")
    expect(page.locator(EXCERPT)).to_be_empty()
    page.click(QUESTION)
    expect(page.locator(ANSWER)).to_be_empty()
    page.click(OWN_PAGE)
    expect(page.get_by_role("heading", level=1)).to_have_text(RENEW)
    expect(page.locator("article > .answer")).to_have_text(OLD_ANSWER)


@pytest.mark.parametrize("fault", [Lost.MISSING, cut(60)], ids=["missing", "cut"])
def test_the_next_key_asks_again_for_answers_that_did_not_come(
    page: Page, host: Host, fault: Fault
) -> None:
    host.faults = {TEXTS: fault}
    page.goto(f"{host.root}search.html")
    page.fill(BOX, "rene")
    expect_summary(page, "1 answer")
    host.faults = {}
    complete_query(page)
    expect_answer(page, RENEW, OLD_ANSWER)


@pytest.mark.parametrize("fault", [Lost.MISSING, Lost.SILENT], ids=["missing", "silent"])
def test_a_lost_file_of_answers_does_not_hold_up_the_others(
    page: Page, host: Host, fault: Fault
) -> None:
    host.faults = {r"search-text/0\.js": fault}
    page.goto(f"{host.root}search.html")
    page.fill(BOX, "renew stairs longest")
    expect(page.locator(".result")).to_have_count(3)
    for question, answer in ((STAIRS, "By the garden."), (RENEW, OLD_ANSWER), (SHELF, "")):
        expect(result(page, question).locator(EXCERPT)).to_have_text(answer)


# A new build that is published while someone reads.

# Which site is published, what a cache still has of the old one, and which answer is found.
KEPT = {
    "an edit, an old page": ("edited", HTML, NEW_ANSWER),
    "an edit, an old index": ("edited", INDEX, NEW_ANSWER),
    "an edit, old answers": ("edited", TEXTS, NEW_ANSWER),
    "an edit, an old index with its answers": ("edited", f"{INDEX}|{TEXTS}", OLD_ANSWER),
    "an edit, an old page with its index": ("edited", f"{HTML}|{INDEX}", NEW_ANSWER),
    "an upgrade, an old page": ("upgraded", HTML, NEW_ANSWER),
    "an upgrade, an old page with its script": ("upgraded", f"{HTML}|{PAGE_SCRIPT}", NEW_ANSWER),
    "an upgrade, an old page with all scripts": ("upgraded", f"{HTML}|{SCRIPTS}", NEW_ANSWER),
    "an upgrade, an old page with its style": ("upgraded", f"{HTML}|{STYLE}", NEW_ANSWER),
    "an upgrade, an old page with its index": ("upgraded", f"{HTML}|{INDEX}", NEW_ANSWER),
    "an upgrade, an old page with its answers": ("upgraded", f"{HTML}|{TEXTS}", NEW_ANSWER),
    "an upgrade, an old page with all it asks for": ("upgraded", ".*", OLD_ANSWER),
    "an upgrade, an old index": ("upgraded", INDEX, NEW_ANSWER),
    "an upgrade, an old index with its answers": ("upgraded", f"{INDEX}|{TEXTS}", NEW_ANSWER),
}


@pytest.fixture(scope="module")
def sent(browser: Browser, old: Path) -> dict[str, bytes]:
    """Visit the old site, and return all the files that the host sent."""
    with hosted(old) as host, browser.new_page() as page:
        page.goto(f"{host.root}search.html")
        page.fill(BOX, "renew stairs longest")
        for answer in (OLD_ANSWER, "By the garden.", "Word for word."):
            expect(page.locator(".results")).to_contain_text(answer)
        return host.sent


@pytest.mark.parametrize(("published", "kept", "answer"), KEPT.values(), ids=KEPT)
def test_answers_belong_to_their_questions_after(
    page: Page,
    host: Host,
    sent: dict[str, bytes],
    request: pytest.FixtureRequest,
    *,
    published: str,
    kept: str,
    answer: str,
) -> None:
    host.sent = dict(sent)
    host.publish(request.getfixturevalue(published), but_keep=kept)
    page.goto(f"{host.root}search.html")
    # The file with this answer has not changed, but its entries have new numbers.
    find(page, "stairs", STAIRS, "By the garden.")
    find(page, "renew", RENEW, answer)
    find(page, "longest shelf", SHELF, "Word for word.")


def test_a_visit_goes_on_while_a_new_build_is_published(
    page: Page, host: Host, upgraded: Path
) -> None:
    page.goto(f"{host.root}search.html")
    find(page, "renew", RENEW, OLD_ANSWER)
    host.publish(upgraded)
    find(page, "longest shelf", SHELF, "Word for word.")
    find(page, "bring a dog", DOG, "On a lead.")
    find(page, "renew", RENEW, NEW_ANSWER)


def test_a_page_gets_past_an_old_index_in_the_cache_of_the_browser(
    page: Page, host: Host, edited: Path
) -> None:
    host.cache_seconds = 600
    page.goto(f"{host.root}search.html")
    find(page, "stairs", STAIRS, "By the garden.")
    host.publish(edited)
    page.goto(f"{host.root}a/dog.html")
    expect(page.locator("article > .answer")).to_have_text("On a lead.")
    page.fill(BOX, "bring a dog")
    expect_summary(page, "Nothing here mentions “\u2068bring, dog\u2069”.")
    find(page, "renew", RENEW, NEW_ANSWER)
    find(page, "bring a dog", DOG, "On a lead.")


def test_a_new_index_gives_the_results_on_the_page_no_answer_of_another_entry(
    page: Page, host: Host, edited: Path
) -> None:
    page.goto(f"{host.root}search.html")
    find(page, "renew", RENEW, OLD_ANSWER)
    host.publish(edited)
    release = hold(page, re.compile(r"engine\.js"))
    with page.expect_response(re.compile("search-index")):
        page.fill(BOX, "longest shelf")
    page.wait_for_function("(dog) => FaqEngine.index.titles[0] === dog", arg=DOG)
    expect(page.locator(QUESTION)).to_have_text(SHELF)
    page.click(QUESTION)
    expect(page.locator(".result .own_page")).to_be_visible()
    expect(page.locator(ANSWER)).to_be_empty()
    release()
    expect_answer(page, SHELF, "Word for word.")


# A page without one of its own files.


@pytest.mark.parametrize(
    "faults",
    [{PAGE_SCRIPT: cut(9_000)}, {r"assets/js/.*": Lost.MISSING}],
    ids=["its script is cut", "all scripts are missing"],
)
def test_a_page_can_be_read_and_its_search_leads_to_the_list_when(
    page: Page, host: Host, faults: dict[str, Fault]
) -> None:
    host.faults = faults
    page.goto(f"{host.root}index.html")
    expect_list(page)
    page.fill(BOX, "renew")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{host.root}search.html?q=renew")
    expect(page.locator("#needs_script")).to_have_text(SENTENCES["search_needs_script"])
    page.locator("#page_list").get_by_role("link", name="All questions on one page").click()
    expect(page.get_by_role("heading", name=RENEW)).to_be_visible()


def test_a_page_without_its_style_sheet_searches(page: Page, host: Host) -> None:
    host.faults = {STYLE: Lost.MISSING}
    for address in ("index.html", "b/stairs.html"):
        page.goto(host.root + address)
        find(page, "renew", RENEW, OLD_ANSWER)


# A browser that refuses something, or remembers what no page of this site stored.

DENIED = "() => { throw new DOMException('denied', 'SecurityError'); }"
REFUSALS = {
    "no storage may be read": f"""for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, {{ get: {DENIED} }});""",
    "the storage is full": """Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError"); };""",
    "the storage holds an unknown scheme": """localStorage.setItem("scheme", "dark; <img>");""",
    "the history may not be changed": f"History.prototype.replaceState = {DENIED};",
}


@pytest.mark.parametrize("script", REFUSALS.values(), ids=REFUSALS)
def test_a_page_searches_and_answers_when(page: Page, host: Host, script: str) -> None:
    page.add_init_script(script)
    page.goto(f"{host.root}index.html")
    expect_list(page)
    page.get_by_role("combobox", name="Colours").select_option("Dark")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    find(page, "renew", RENEW, OLD_ANSWER)
    page.keyboard.press("Enter")
    question = page.locator(QUESTION)
    expect(question).to_be_focused()
    question.press("Enter")
    expect(page.locator(ANSWER)).to_be_hidden()
    question.press("Enter")
    page.click(OWN_PAGE)
    expect(page.get_by_role("heading", level=1)).to_have_text(RENEW)
    page.wait_for_function("() => CSS.highlights.get('found')?.size > 0")


STATES_OF_OTHERS = (
    "5",
    "{ turned: 5, open: 5, asked: 5 }",
    "{ turned: [5], open: 'abcdef', asked: {} }",
    "{ turned: 'x', open: [{}, {}, {}, {}, {}, {}], asked: [] }",
)


def test_a_state_that_another_version_left_in_the_history_does_no_harm(
    page: Page, host: Host
) -> None:
    for address in ("index.html", "b/stairs.html"):
        page.goto(host.root + address)
        for state in STATES_OF_OTHERS:
            page.evaluate(f"history.replaceState({state}, '', location.pathname)")
            page.reload()
            find(page, "renew", RENEW, OLD_ANSWER)


def test_the_search_works_in_a_browser_without_trusted_types(browser: Browser, host: Host) -> None:
    with fresh(browser, bypass_csp=True) as context:
        page = context.new_page()
        uncaught = uncaught_of(page)
        page.add_init_script("delete window.trustedTypes")
        page.goto(f"{host.root}search.html?q=renew")
        expect_answer(page, RENEW, OLD_ANSWER)
        assert uncaught == []


def test_a_page_from_the_back_forward_cache_is_as_it_was_and_searches_on(
    browser: Browser, host: Host
) -> None:
    with keeping(browser) as page:
        uncaught = uncaught_of(page)
        host.cache_seconds = 600  # The browser keeps no page that it may not store.
        page.goto(f"{host.root}index.html")
        find(page, "renew", RENEW, OLD_ANSWER)
        page.click(OWN_PAGE)
        expect(page.get_by_role("heading", level=1)).to_have_text(RENEW)
        page.go_back(wait_until="commit")
        page.wait_for_function("() => window.isBack")
        expect(page.locator(BOX)).to_have_value("renew")
        expect_answer(page, RENEW, OLD_ANSWER)
        find(page, "stairs", STAIRS, "By the garden.")
        assert uncaught == []
