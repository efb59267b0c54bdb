"""What an owner may write makes a whole site, and no other test depends on what she wrote."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from faqsite.commands.cli import main
from tests.support.documents import MAKE_IT_YOURS, WRITING, examples_of, write_project
from tests.support.product import PRODUCT, PROJECT
from tests.support.whole_sites import SITES

DOCUMENTED = examples_of(WRITING)[0] | examples_of(MAKE_IT_YOURS)[0]
"""Every example of both documents that is right, together: content, settings, style, templates."""
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Page(HTMLParser):
    """The ids of a page, the addresses that it links to or loads, and what it leaves open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"href", "src", "action"}:
                (self.links if tag in {"a", "form"} else self.loads).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(f"</{tag}> in line {self.getpos()[0]}")


class Owner:
    """A project of an owner, and the commands that publish it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = folder / "site"
        self._sources = [f"--{name}={folder / name}" for name in ("content", "templates", "static")]

    def build(self) -> int:
        return main([*self._sources, f"--output={self.site}"])

    def check(self) -> int:
        return main(["check", *self._sources])

    def pages(self) -> Iterator[tuple[str, Page]]:
        for path in sorted(self.site.rglob("*.html")):
            yield path.relative_to(self.site).as_posix(), Page(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["documented", *SITES])
def owner(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Owner:
    """Return a project whose site is built: that of the documents, or one that has everything."""
    owner = Owner(tmp_path_factory.mktemp(request.param))
    write_project(owner.folder, {"documented": DOCUMENTED, **SITES}[request.param])
    assert owner.build() == 0
    return owner


def test_every_question_and_every_other_way_to_ask_it_finds_its_answer(
    owner: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    status = owner.check()
    printed = capsys.readouterr()
    assert status == 0, printed.out + printed.err


def test_every_link_within_the_site_leads_to_a_page_and_a_place_in_it(owner: Owner) -> None:
    by_address = dict(owner.pages())
    here = partial(urljoin, "https://here.invalid/faq/")
    missing = []
    for address, page in by_address.items():
        for link in page.links + page.loads:
            whole, fragment = urldefrag(urljoin(here(address), link))
            if not whole.startswith(here("")):
                continue
            target = unquote(whole.removeprefix(here(""))).partition("?")[0] or "index.html"
            is_page = fragment and target in by_address  # A document has places of its own.
            has_place = not is_page or unquote(fragment) in by_address[target].ids
            if not ((owner.site / target).is_file() and has_place):
                missing.append(f"{address}: {link}")
    assert missing == []


def test_every_page_closes_what_it_opens_and_names_each_place_once(owner: Owner) -> None:
    wrong = {
        address: (page.open, page.misplaced)
        for address, page in owner.pages()
        if page.open or page.misplaced or len(page.ids) != len(set(page.ids))
    }
    assert wrong == {}


def test_no_page_loads_anything_from_another_host(owner: Owner) -> None:
    loads = {load for _, page in owner.pages() for load in page.loads}
    assert {load for load in loads if "//" in load and not load.startswith("https://example.")} == (
        set()
    )


def test_the_documents_have_an_example_for_each_place_of_the_owner() -> None:
    included = {path.relative_to(PRODUCT).as_posix() for path in PRODUCT.glob("templates/brand/*")}
    assert {"content/site.yaml", "static/brand.css", *included} <= DOCUMENTED.keys()


@pytest.mark.parametrize("name", ["content/site.yaml", "static/brand.css", "templates/brand"])
def test_no_test_reads_what_is_the_owners(name: str, tmp_path: Path) -> None:
    path = PROJECT / name
    with pytest.raises(AssertionError, match="is the owner's"):
        list(path.iterdir()) if path.is_dir() else path.read_text(encoding="utf-8")
    with pytest.raises(AssertionError, match="reads the owner's places"):
        subprocess.run([sys.executable, PROJECT / "build.py"], cwd=tmp_path, check=True)  # noqa: S603 (never started)
