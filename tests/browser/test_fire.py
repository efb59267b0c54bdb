"""The search when its files are damaged, of two builds, or do not come, and the browser refuses."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from faqsite.pages.assets import load_static
from faqsite.search.index import CHUNK_CHARS
from tests.support.browsing import fresh, hold, keeping, uncaught_of
from tests.support.product import PRODUCT
from tests.support.served import Fault, Host, Lost, hosted
from tests.support.whole_sites import build_whole

# Three files of answers: each of these fills the rest of one.
LONG = "Word for word. " * (CHUNK_CHARS // 15 + 1)


def entry(question: str, answer: str, order: int, more: str = "") -> str:
    return f"---\nquestion: {question}\norder: {order}\n{more}---\n{answer}\n"


OLD = {
    "content/site.yaml": "title: Library FAQ\ncontact: desk@example.org\n",
    "content/a/_category.yaml": "title: The house\norder: 1\n",
    "content/a/shelf.md": entry("Which shelf is longest?", LONG, 1),
    "content/b/_category.yaml": "title: Visits\norder: 2\n",
    "content/b/stairs.md": entry("Can I come in without stairs?", "By the garden.", 1),
    "content/b/children.md": entry("May children come along?", f"Of any age. {LONG}", 2),
    "content/c/_category.yaml": "title: Loans\norder: 3\n",
    "content/c/renew.md": entry("How do I renew a loan?", "By telephone.", 1),
    "content/c/typewriter.md": entry("Where is the typewriter?", "In the cellar.", 2),
    "content/c/fees.md": entry("What does a magazine cost?", "Nothing.", 3),
}
# One more comes first, so that all numbers are others; one has changed, one is gone, one has moved.
NEW = {
    **{path: text for path, text in OLD.items() if not path.endswith(("typewriter.md", "fees.md"))},
    "content/a/dog.md": entry("May I bring a dog?", "On a lead.", 0),
    "content/c/renew.md": entry("How do I renew a loan?", "On the new page.", 1),
    "content/d/fees.md": entry(
        "What does a magazine cost?", "Nothing yet.", 1, "moved_from: [/c/fees.html]\n"
    ),
}
INDEX, ENGINE, TEXTS = r"search-index\.js", r"assets/js/engine\.js", r"search-text/\d\.js"
PAGE_SCRIPT, STYLE, HTML = r"assets/js/page\.js", r"assets/style\.css", r".*\.html"
SCRIPTS = f"{PAGE_SCRIPT}|{ENGINE}"

FAILED = "Search could not load. Keep typing to try again."
LOADING = "Loading questions…"
OLD_ANSWER, NEW_ANSWER = "By telephone.", "On the new page."
RENEW, SHELF, STAIRS = (
    "How do I renew a loan?",
    "Which shelf is longest?",
    "Can I come in without stairs?",
)


def replaced(file: Path, before: str, after: str) -> None:
    """Replace the one occurrence of a text in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, file
    file.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site."""
    return build_whole(tmp_path_factory.mktemp("old"), OLD)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site after it, of other content."""
    return build_whole(tmp_path_factory.mktemp("edited"), NEW)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory, edited: Path) -> Path:
    """Return the same by a later version of the project, of another format."""
    static, folder = (tmp_path_factory.mktemp("new") / name for name in ("static", "site"))
    shutil.copytree(PRODUCT / "static", static)
    replaced(static / "js/engine/opening.js", "const FORMAT = 1;", "const FORMAT = 2;")
    replaced(static / "js/page/loading.js", "const SLOW_MS = 300;", "const SLOW_MS = 299;")
    shutil.copytree(edited, folder)
    for address, content in load_static(static).items():
        (folder / address).write_bytes(content)
    replaced(folder / "search-index.js", '{"format":1,', '{"format":2,')
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"([?]v=\w+)", r"\1-next", text), encoding="utf-8")
    return folder


@pytest.fixture
def host(old: Path) -> Iterator[Host]:
    """Yield a host of the old site."""
    with hosted(old, cache_seconds=0) as host:
        yield host


def box(page: Page) -> Locator:
    return page.locator("#search_box")


def result(page: Page, question: str) -> Locator:
    return page.locator(".result").filter(has_text=question)


def find(page: Page, query: str, question: str, answer: str) -> None:
    """Put a query in the place of any other, and wait for what is found."""
    box(page).fill(query)
    expect_answer(page, question, answer)


def type_on(page: Page) -> None:
    """Type what lacks of "renew"."""
    box(page).press("End")
    page.keyboard.type("w")


def expect_said(page: Page, sentence: str) -> None:
    """Wait until a sentence stands above the results."""
    expect(page.locator("#search_summary")).to_have_text(sentence)


def expect_list(page: Page) -> None:
    """Expect that the page's own list is there, and answers."""
    question = page.locator("#page_list summary").filter(has_text=RENEW)
    answer = page.locator("#page_list #renew")
    question.click()
    expect(answer).to_be_visible()
    question.click()
    expect(answer).to_be_hidden()


def expect_answer(page: Page, question: str, answer: str) -> None:
    """Wait until a question is the first of the results, with an answer, and open."""
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
    """Return what leaves so many characters of a script; counted from its end if below 0."""
    return lambda content: content[:chars]


def changed(**values: object) -> Fault:
    """Return what has an index hold other values, or (...) has it lack them."""

    def change(content: bytes) -> bytes:
        start, value = content.split(b" = ", 1)
        index = json.loads(value.strip().removesuffix(b";")) | values
        rest = {key: value for key, value in index.items() if value is not ...}
        return start + b" = " + json.dumps(rest).encode() + b";\n"

    return change


def another(content: bytes) -> Fault:
    """Return what sends other bytes."""
    return lambda _: content


# By what is wrong with them: files of the search.
LOST = {
    "the index is missing": {INDEX: Lost.MISSING},
    "the engine is missing": {ENGINE: Lost.MISSING},
    "nothing answers": {f"{INDEX}|{ENGINE}|{TEXTS}": Lost.CLOSED},
    "the index is cut before its value": {INDEX: cut(15)},
    "the index is cut in its value": {INDEX: cut(400)},
    "the engine is cut": {ENGINE: cut(7_000)},
    "the index is a page": {INDEX: another(b"<!doctype html><title>Sign in</title>")},
    "the engine is another script": {ENGINE: another(b"var Other = {};")},
    "the index is of another format": {INDEX: changed(format=2)},
    "the index lacks the page's own key": {INDEX: changed(texts=...)},
    "the index counts no words": {INDEX: changed(lengths=[])},
}


@pytest.mark.parametrize("faults", LOST.values(), ids=LOST)
def test_a_search_that_does_not_come_is_told_and_the_next_key_tries_again(
    page: Page, host: Host, faults: dict[str, Fault]
) -> None:
    host.faults = faults
    page.goto(f"{host.root}index.html")
    box(page).press_sequentially("rene")
    expect_said(page, FAILED)
    expect(box(page)).to_be_focused()
    expect_list(page)
    expect(page.locator("#search_onward a")).to_have_text(["Ask us", "All questions on one page"])
    host.faults = {}
    type_on(page)
    expect_answer(page, RENEW, OLD_ANSWER)
    expect_said(page, "1 answer")


def test_who_is_offline_is_told_and_searches_when_there_is_a_network_again(
    page: Page, host: Host
) -> None:
    page.goto(f"{host.root}index.html")
    page.context.set_offline(True)
    box(page).press_sequentially("rene")
    expect_said(page, FAILED)
    expect(page.get_by_role("status")).to_have_text(FAILED)
    expect_list(page)
    page.context.set_offline(False)
    type_on(page)
    expect_answer(page, RENEW, OLD_ANSWER)


def test_who_goes_offline_after_a_search_searches_on(page: Page, host: Host) -> None:
    page.goto(f"{host.root}search.html")
    find(page, "renew", RENEW, OLD_ANSWER)
    page.context.set_offline(True)
    box(page).fill("stairs")
    expect(page.locator("#search_summary")).to_have_text("1 answer")
    expect(result(page, STAIRS).locator(".own_page a")).to_have_attribute("href", "b/stairs.html")
    page.context.set_offline(False)
    box(page).press("Space")
    expect(result(page, STAIRS).locator(".result_excerpt")).to_have_text("By the garden.")


@pytest.mark.parametrize(
    ("address", "silent"),
    [("index.html", INDEX), ("index.html", ENGINE), ("index.html?q=rene", f"{INDEX}|{ENGINE}")],
    ids=["the index", "the engine", "neither"],
)
def test_what_never_comes_is_waited_for_beside_the_list_then_told_and_tried_again(
    page: Page, host: Host, address: str, silent: str
) -> None:
    page.clock.install()
    host.faults = {silent: Lost.SILENT}
    # Until its scripts have run; it is not loaded while it waits for one.
    page.goto(host.root + address, wait_until="domcontentloaded")
    if "?" not in address:
        box(page).fill("rene")
    page.clock.run_for(1_000)
    expect_said(page, LOADING)
    expect(page.get_by_role("status")).to_have_text(LOADING)
    expect_list(page)
    for _ in range(2):  # By itself it asks once more, past what a host may have kept.
        page.clock.run_for(30_000)
    page.clock.run_for(1_000)
    expect_said(page, FAILED)
    expect_list(page)
    host.faults = {}
    type_on(page)
    expect_answer(page, RENEW, OLD_ANSWER)


def test_a_list_that_is_opened_with_a_query_is_back_where_the_search_is_missing(
    page: Page, host: Host
) -> None:
    host.faults = {INDEX: Lost.MISSING}
    page.goto(f"{host.root}index.html?q=renew")
    expect_said(page, FAILED)
    expect_list(page)


def test_enter_tries_again_and_stays_in_the_box_until_there_are_results(
    page: Page, host: Host
) -> None:
    host.faults = {INDEX: Lost.MISSING}
    page.goto(f"{host.root}index.html")
    box(page).fill("renew")
    expect_said(page, FAILED)
    with page.expect_response(re.compile("search-index")):
        page.keyboard.press("Enter")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    expect(box(page)).to_be_focused()
    expect_said(page, FAILED)
    host.faults = {}
    page.keyboard.press("Enter")
    expect(page.locator(".result .entry_question")).to_be_focused()


def test_enter_on_another_page_leads_to_the_page_of_results_and_on_to_the_list(
    page: Page, host: Host
) -> None:
    host.faults = {ENGINE: cut(100)}
    page.goto(f"{host.root}b/stairs.html")
    box(page).fill("renew")
    expect_said(page, FAILED)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{host.root}search.html?q=renew")
    expect_said(page, FAILED)
    expect(page.locator("#search_hint")).to_have_text("Type a question or a few keywords.")
    page.locator("#page_list").get_by_role("link", name="All questions on one page").click()
    expect(page.get_by_role("heading", name=RENEW)).to_be_visible()


# Answers that do not come.

ANSWERS_LOST = {
    "are missing": Lost.MISSING,
    "are empty": cut(0),
    "are cut": cut(60),
    "are of another version": lambda content: content.replace(b'"version":"', b'"version":"x'),
    "lack the answers": lambda content: content.replace(b'"answers"', b'"other"'),
    "never come": Lost.SILENT,
}


@pytest.mark.parametrize("fault", ANSWERS_LOST.values(), ids=ANSWERS_LOST)
def test_a_result_leads_to_its_page_where_the_answers(page: Page, host: Host, fault: Fault) -> None:
    host.faults = {r"search-text/2\.js": fault}
    page.goto(f"{host.root}search.html")
    box(page).fill("renew")
    expect_said(page, "1 answer")
    expect(page.locator(".result details")).not_to_have_attribute("open", "")
    expect(page.locator(".result_excerpt")).to_be_empty()
    page.locator(".result .entry_question").click()
    expect(page.locator(".result .answer")).to_be_empty()
    page.get_by_role("link", name="Link to this question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(RENEW)
    expect(page.locator("article > .answer")).to_have_text("By telephone.")


@pytest.mark.parametrize("fault", [Lost.MISSING, cut(60)], ids=["missing", "cut"])
def test_answers_that_did_not_come_are_asked_for_again_on_the_next_key(
    page: Page, host: Host, fault: Fault
) -> None:
    host.faults = {TEXTS: fault}
    page.goto(f"{host.root}search.html")
    box(page).fill("rene")
    expect_said(page, "1 answer")
    host.faults = {}
    type_on(page)
    expect_answer(page, RENEW, OLD_ANSWER)


@pytest.mark.parametrize("fault", [Lost.MISSING, Lost.SILENT], ids=["missing", "silent"])
def test_a_file_of_answers_that_does_not_come_keeps_no_other_back(
    page: Page, host: Host, fault: Fault
) -> None:
    host.faults = {r"search-text/0\.js": fault}
    page.goto(f"{host.root}search.html")
    box(page).fill("renew stairs longest")
    expect(page.locator(".result")).to_have_count(3)
    expect(result(page, STAIRS).locator(".result_excerpt")).to_have_text("By the garden.")
    expect(result(page, RENEW).locator(".result_excerpt")).to_have_text("By telephone.")
    expect(result(page, SHELF).locator(".result_excerpt")).to_be_empty()


# A new build that is published while someone reads.

# Of what is published, what a cache still has of the old site, and which answer is found.
KEPT = {
    "an edit, an old page": ("edited", HTML, NEW_ANSWER),
    "an edit, an old index": ("edited", INDEX, NEW_ANSWER),
    "an edit, old answers": ("edited", TEXTS, NEW_ANSWER),
    "an edit, an old index with its answers": ("edited", f"{INDEX}|{TEXTS}", OLD_ANSWER),
    "an edit, an old page with its index": ("edited", f"{HTML}|{INDEX}", NEW_ANSWER),
    "an upgrade, an old page": ("new", HTML, NEW_ANSWER),
    "an upgrade, an old page with its script": ("new", f"{HTML}|{PAGE_SCRIPT}", NEW_ANSWER),
    "an upgrade, an old page with all script": ("new", f"{HTML}|{SCRIPTS}", NEW_ANSWER),
    "an upgrade, an old page with its style": ("new", f"{HTML}|{STYLE}", NEW_ANSWER),
    "an upgrade, an old page with its index": ("new", f"{HTML}|{INDEX}", NEW_ANSWER),
    "an upgrade, an old page with its answers": ("new", f"{HTML}|{TEXTS}", NEW_ANSWER),
    "an upgrade, an old page with all that it asks for": ("new", ".*", OLD_ANSWER),
    "an upgrade, an old index": ("new", INDEX, NEW_ANSWER),
    "an upgrade, an old index with its answers": ("new", f"{INDEX}|{TEXTS}", NEW_ANSWER),
}


@pytest.fixture(scope="module")
def sent(browser: Browser, old: Path) -> dict[str, bytes]:
    """Return all that a visit to the old site asks for."""
    with hosted(old) as host, browser.new_page() as page:
        page.goto(f"{host.root}search.html")
        box(page).fill("renew stairs longest")
        for answer in (OLD_ANSWER, "By the garden.", "Word for word."):
            expect(page.locator(".results")).to_contain_text(answer)
        return host.sent


@pytest.fixture
def asked(host: Host, sent: dict[str, bytes]) -> Host:
    """Return a host that has sent all this."""
    host.sent = dict(sent)
    return host


@pytest.mark.parametrize("case", KEPT)
def test_answers_belong_to_their_questions_after(
    page: Page, asked: Host, edited: Path, new: Path, case: str
) -> None:
    published, kept, answer = KEPT[case]
    asked.publish({"edited": edited, "new": new}[published], but_keep=kept)
    page.goto(f"{asked.root}search.html")
    # In a file that is the same, but all its entries have other numbers.
    find(page, "stairs", STAIRS, "By the garden.")
    find(page, "renew", RENEW, answer)
    find(page, "longest shelf", SHELF, "Word for word.")


@pytest.mark.parametrize("name", ["assets/js/engine.js", "search-index.js"])
def test_what_stays_old_at_any_address_is_told_until_it_is_new(
    page: Page, host: Host, old: Path, new: Path, name: str
) -> None:
    host.publish(new)
    host.faults = {re.escape(name): another((old / name).read_bytes())}
    page.goto(f"{host.root}index.html")
    box(page).fill("rene")
    expect_said(page, FAILED)
    expect_list(page)
    host.faults = {}
    type_on(page)
    expect_answer(page, RENEW, NEW_ANSWER)


def test_a_visit_goes_on_while_a_new_build_is_published(page: Page, host: Host, new: Path) -> None:
    page.goto(f"{host.root}search.html")
    find(page, "renew", RENEW, OLD_ANSWER)
    host.publish(new)
    find(page, "longest shelf", SHELF, "Word for word.")
    find(page, "bring a dog", "May I bring a dog?", "On a lead.")
    find(page, "renew", RENEW, NEW_ANSWER)


def test_an_index_that_a_browser_has_kept_is_loaded_past(
    page: Page, host: Host, edited: Path
) -> None:
    host.cache_seconds = 600
    page.goto(f"{host.root}search.html")
    find(page, "stairs", STAIRS, "By the garden.")
    host.publish(edited)
    page.goto(f"{host.root}a/dog.html")
    expect(page.locator("article > .answer")).to_have_text("On a lead.")
    box(page).fill("bring a dog")
    expect_said(page, "No answer mentions “\u2068bring a dog\u2069”.")
    find(page, "renew", RENEW, NEW_ANSWER)
    find(page, "bring a dog", "May I bring a dog?", "On a lead.")


def test_an_index_that_comes_while_results_stand_gives_them_no_answer_of_another(
    page: Page, host: Host, edited: Path
) -> None:
    page.goto(f"{host.root}search.html")
    find(page, "renew", RENEW, OLD_ANSWER)
    host.publish(edited)
    release = hold(page, re.compile(r"engine\.js"))
    with page.expect_response(re.compile("search-index")):
        box(page).fill("longest shelf")
    page.wait_for_function("() => FaqEngine.index.titles[0] === 'May I bring a dog?'")
    expect(page.locator(".result .entry_question")).to_have_text(SHELF)
    page.locator(".result .entry_question").click()
    expect(page.locator(".result .own_page")).to_be_visible()
    expect(page.locator(".result .answer")).to_be_empty()
    release()
    expect_answer(page, SHELF, "Word for word.")


def test_an_entry_that_is_gone_leads_to_a_page_that_says_so_and_searches(
    page: Page, host: Host, new: Path
) -> None:
    page.goto(f"{host.root}index.html")
    find(page, "typewriter", "Where is the typewriter?", "In the cellar.")
    host.publish(new)
    page.locator(".result .own_page a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    expect(page.locator("#page_main p").first).to_have_text(
        "The address may be old or mistyped. Search for your question, or start from the list."
    )
    find(page, "renew", RENEW, NEW_ANSWER)


def test_an_entry_that_has_moved_is_found_at_its_new_address(
    page: Page, host: Host, new: Path
) -> None:
    page.goto(f"{host.root}search.html")
    find(page, "magazine", "What does a magazine cost?", "Nothing.")
    host.publish(new)
    page.locator(".result .own_page a").click()
    expect(page).to_have_url(f"{host.root}d/fees.html")
    expect(page.locator("article > .answer")).to_have_text("Nothing yet.")


# A page without one of its own files.


@pytest.mark.parametrize(
    "faults",
    [{PAGE_SCRIPT: cut(9_000)}, {r"assets/js/.*": Lost.MISSING}],
    ids=["its script is cut", "all script is missing"],
)
def test_a_page_reads_and_leads_on_where(page: Page, host: Host, faults: dict[str, Fault]) -> None:
    host.faults = faults
    page.goto(f"{host.root}index.html")
    expect_list(page)
    box(page).fill("renew")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{host.root}search.html?q=renew")
    expect(page.locator("#needs_script")).to_have_text(
        "Search needs JavaScript, which is turned off or did not load."
    )
    page.locator("#page_list").get_by_role("link", name="All questions on one page").click()
    expect(page.get_by_role("heading", name=RENEW)).to_be_visible()


def test_a_page_without_its_style_searches(page: Page, host: Host) -> None:
    host.faults = {STYLE: Lost.MISSING}
    for address in ("index.html", "b/stairs.html"):
        page.goto(host.root + address)
        find(page, "renew", RENEW, OLD_ANSWER)


# A browser that refuses, or remembers what nobody kept.

DENIED = "() => { throw new DOMException('denied', 'SecurityError'); }"
REFUSALS = {
    "no storage may be read": f"""for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, {{ get: {DENIED} }});""",
    "the storage is full": """Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError"); };""",
    "the storage holds what nobody kept": """localStorage.setItem("scheme", "dark; <img>");""",
    "the history may not be changed": f"History.prototype.replaceState = {DENIED};",
}


@pytest.mark.parametrize("script", REFUSALS.values(), ids=REFUSALS)
def test_a_page_searches_and_answers_where(page: Page, host: Host, script: str) -> None:
    page.add_init_script(script)
    page.goto(f"{host.root}index.html")
    expect_list(page)
    page.get_by_role("combobox", name="Colours").select_option("Dark")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    find(page, "renew", RENEW, OLD_ANSWER)
    page.keyboard.press("Enter")
    question = page.locator(".result .entry_question")
    expect(question).to_be_focused()
    question.press("Enter")
    expect(page.locator(".result .answer")).to_be_hidden()
    question.press("Enter")
    page.locator(".result .own_page a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(RENEW)
    page.wait_for_function("() => CSS.highlights.get('found')?.size > 0")


KEPT_BY_OTHERS = (
    "5",
    "{ turned: 5, open: 5, asked: 5 }",
    "{ turned: [5], open: 'abcdef', asked: {} }",
    "{ turned: 'x', open: [{}, {}, {}, {}, {}, {}], asked: [] }",
)


def test_what_another_version_kept_of_a_page_does_no_harm(page: Page, host: Host) -> None:
    for address in ("index.html", "b/stairs.html"):
        page.goto(host.root + address)
        for state in KEPT_BY_OTHERS:
            page.evaluate(f"history.replaceState({state}, '', location.pathname)")
            page.reload()
            find(page, "renew", RENEW, OLD_ANSWER)


def test_a_browser_that_knows_no_trusted_types_searches(browser: Browser, host: Host) -> None:
    with fresh(browser, bypass_csp=True) as context:
        page = context.new_page()
        uncaught = uncaught_of(page)
        page.add_init_script("delete window.trustedTypes")
        page.goto(f"{host.root}search.html?q=renew")
        expect_answer(page, RENEW, OLD_ANSWER)
        assert uncaught == []


def test_a_page_that_was_kept_whole_is_come_back_to_as_it_was_and_searches_on(
    browser: Browser, host: Host
) -> None:
    with keeping(browser) as page:
        uncaught = uncaught_of(page)
        host.cache_seconds = 600  # What is not to be stored is not kept either.
        page.goto(f"{host.root}index.html")
        page.evaluate("addEventListener('pageshow', (event) => (window.isBack = event.persisted))")
        find(page, "renew", RENEW, OLD_ANSWER)
        page.locator(".result .own_page a").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(RENEW)
        page.go_back(wait_until="commit")
        page.wait_for_function("() => window.isBack")
        expect(box(page)).to_have_value("renew")
        expect_answer(page, RENEW, OLD_ANSWER)
        find(page, "stairs", STAIRS, "By the garden.")
        assert uncaught == []
