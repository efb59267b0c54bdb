"""Whatever stands in content/ builds into a whole site: these tests are the owner's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from faqsite.cli import main
from tests.unpacking import as_json, lunr_of, unpack

PROJECT = Path(__file__).parent.parent


class Page(HTMLParser):
    """The ids of a page, and the addresses that it links to or loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif name in {"href", "src", "action"}:
                (self.links if tag in {"a", "form"} else self.loads).append(value or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of content/ anew, and return its folder."""
    output = tmp_path_factory.mktemp("own") / "site"
    assert main(["--output", str(output)]) == 0
    return output


def pages(site: Path) -> Iterator[tuple[str, Page]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), Page(path.read_text(encoding="utf-8"))


def test_the_index_is_that_which_lunrs_builder_makes_of_the_packed_one(site: Path) -> None:
    script = (site / "search-index.js").read_text(encoding="utf-8")
    packed = json.loads(script.removeprefix("FaqEngine.index = ").removesuffix(";\n"))
    written = json.loads((site / "lunr-index.json").read_text(encoding="utf-8"))
    assert as_json(lunr_of(unpack(packed))) == written


def test_every_link_within_the_site_leads_to_a_page_and_a_place_in_it(site: Path) -> None:
    by_address = dict(pages(site))
    missing = []
    for address, page in by_address.items():
        for link in page.links + page.loads:
            whole, fragment = urldefrag(urljoin(f"https://here.invalid/{address}", link))
            if not whole.startswith("https://here.invalid/"):
                continue
            target = unquote(whole.removeprefix("https://here.invalid/")).partition("?")[0]
            leads = (site / (target or "index.html")).is_file()
            has_place = not fragment or unquote(fragment) in by_address[target].ids
            if not (leads and has_place):
                missing.append(f"{address}: {link}")
    assert missing == []


def test_every_question_and_phrase_finds_its_answer(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["check"])
    told = capsys.readouterr()
    assert status == 0, told.out + told.err


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    loads = {load for _, page in pages(site) for load in page.loads}
    assert [load for load in loads if "//" in load and "canonical" not in load] == []


def test_every_entry_of_the_index_has_its_page(site: Path) -> None:
    references = {
        reference.partition("/")[2]
        for reference, _ in json.loads((site / "lunr-index.json").read_bytes())["fieldVectors"]
    }
    assert references
    assert [address for address in references if not (site / address).is_file()] == []
