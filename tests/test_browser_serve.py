"""The preview in a real browser: what is saved is seen, where the reader was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Browser, expect

from faqsite.pipeline import load
from faqsite.preview import Preview
from faqsite.server import Server, serving
from faqsite.watching import watch_folders

from .conftest import skip_without_chromium
from .documents import write
from .sites import PROJECT

pytestmark = pytest.mark.browser
skip_without_chromium()

LONG = "\n\n".join(["It is paid every month."] * 80)


def entry(text: str, key: str = "") -> str:
    return f"---\nquestion: When is pay day?\n{key}---\n{LONG}\n\n{text}\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write(
        tmp_path / "content", {"site.yaml": "title: Questions\n", "pay/day.md": entry("On Friday.")}
    )
    return tmp_path / "content"


@pytest.fixture
def url(content: Path) -> Iterator[str]:
    """Yield where a preview is served that follows its content."""
    preview = Preview(
        lambda: load(content, PROJECT / "templates", PROJECT / "static"),
        lambda error: tuple(str(error).splitlines()),
    )
    preview.refresh()
    stop, watching = Event(), Event()

    def follow() -> None:
        for _ in watch_folders({"content": content}, stop):
            preview.refresh()
            watching.set()

    thread = Thread(target=follow)
    thread.start()
    assert watching.wait(60)
    with Server(0, preview) as server, serving(server, preview):
        yield server.url
    stop.set()
    thread.join()


def test_what_is_saved_is_seen_where_the_reader_was(
    browser: Browser, url: str, content: Path
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}pay/day.html")
        page.evaluate("scrollTo(0, 900)")
        write(content, {"pay/day.md": entry("On Monday.")})
        expect(page.get_by_text("On Monday.")).to_be_attached(timeout=10_000)
        page.wait_for_function("scrollY === 900")
        assert errors == []


def test_a_problem_is_told_over_the_last_good_page_until_it_is_mended(
    browser: Browser, url: str, content: Path
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{url}pay/day.html")
        write(content, {"pay/day.md": entry("On Monday.", "ordr: 3\n")})
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text(
            'content/pay/day.md:3: unknown key "ordr"; did you mean "order"?', timeout=10_000
        )
        expect(page.get_by_text("On Friday.")).to_be_attached()
        page.keyboard.press("Escape")
        expect(alert).to_be_hidden()
        write(content, {"pay/day.md": entry("On Sunday.")})
        expect(page.get_by_text("On Sunday.")).to_be_attached(timeout=10_000)
        expect(alert).to_be_hidden()
