"""The templates, tested with the pages of a small site.

One golden file has a whole page, the others only the `<main>` of theirs, so that a change of the
frame shows up once. `pytest tests/pages/test_templates.py --renew-golden` renews them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from faqsite.model.urls import OWN_PAGES
from faqsite.pages.plan import plan
from tests.support.product import PRODUCT, PROJECT
from tests.support.sites import SENTENCES, make_site, small_faq

GOLDEN = Path(__file__).parent.parent / "golden"
WHOLE = "team/time-zone.html"
VOID = {"meta", "link", "input", "br", "img", "hr"}


def pages_of_small_site() -> dict[str, str]:
    """Return the HTML of each page by its address."""
    faq = small_faq()
    site = make_site(faq, url=faq.settings.url, base_path="/faq/")
    return {page.address: site.render(page) for page in plan(faq)}


PAGES = pages_of_small_site()


class Outline(HTMLParser):
    """Reads a page: open and nested elements, headings, and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.inside: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += [(tag, outer) for outer in self.open]
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        """Return all values of an attribute."""
        return [value for _, name, value in self.attributes if name == attribute]


def golden_part(address: str) -> str:
    """Return the part of a page that its golden file has; a redirect has no frame."""
    main = re.search("<main.*</main>\n", PAGES[address], re.DOTALL)
    return main[0] if main and address != WHOLE else PAGES[address]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_equals_its_golden_file(address: str, *, renews_golden: bool) -> None:
    golden = GOLDEN / address
    if renews_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(golden_part(address), encoding="utf-8", newline="\n")
    assert golden_part(address) == golden.read_text(encoding="utf-8")


def test_every_golden_file_has_a_page() -> None:
    files = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.html")}
    assert files == set(PAGES)


@pytest.mark.parametrize("address", PAGES)
def test_elements_are_closed_and_headings_in_order(address: str) -> None:
    outline = Outline(PAGES[address])
    assert outline.open == []
    assert {tag for tag, outer in outline.inside if outer == "summary"} <= {"bdi"}
    assert re.findall(r"<(h[1-6])[^>]*>\s*</\1>", PAGES[address]) == []
    assert outline.headings.count(1) == 1
    assert all(
        after - before <= 1
        for before, after in zip(outline.headings, outline.headings[1:], strict=False)
    )


@pytest.mark.parametrize("address", PAGES)
def test_ids_are_unique_and_references_find_them(address: str) -> None:
    outline = Outline(PAGES[address])
    ids = outline.values("id")
    assert sorted(ids) == sorted(set(ids))
    fragments = [
        link[1:] for link in outline.values("href") if link.startswith("#") and link != "#"
    ]
    assert {*outline.values("for"), *outline.values("aria-labelledby"), *fragments} <= set(ids)


@pytest.mark.parametrize("address", PAGES)
def test_the_ids_of_a_page_cannot_be_those_of_entries(address: str) -> None:
    answers = {entry.anchor for entry in small_faq().top.all_entries}
    ids = [name for name in Outline(PAGES[address]).values("id") if "--" not in name]
    assert {name for name in ids if "_" not in name} <= answers


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_inline_script_or_style_and_asks_no_other_host(address: str) -> None:
    outline = Outline(PAGES[address])
    assert "style" not in {tag for tag, _ in outline.inside}
    assert not [
        name for _, name, _ in outline.attributes if name == "style" or name.startswith("on")
    ]
    asked = re.findall(
        r'<(?:script|img|form|link rel="stylesheet")[^>]* (?:src|href|action)="([^"]*)"',
        PAGES[address],
    )
    is_moved = "refresh" in outline.values("http-equiv")
    assert len(asked) >= (1 if is_moved else 3)
    assert not [link for link in asked if "//" in link]
    assert len(re.findall("<script(?! type)", PAGES[address])) == (0 if is_moved else 2)


@pytest.mark.parametrize("address", PAGES)
def test_the_policy_allows_only_the_data_of_the_page_inline(
    address: str,
) -> None:
    html = PAGES[address]
    data = re.findall('<script type="application/ld[+]json">(.*?)</script>', html)
    hashes = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in data]
    (policy,) = re.findall('"Content-Security-Policy" content="([^"]*)"', html)
    assert re.findall("'sha256-(.*?)'", policy) == hashes
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", PAGES)
def test_the_head_is_in_order(address: str) -> None:
    html = PAGES[address]
    assert html.index("<meta charset") < 100
    assert html.index("Content-Security-Policy") < html.index("<link")
    if "refresh" not in Outline(html).values("http-equiv"):
        (theme,) = re.findall(r'<script src="[^"]*theme\.js[^"]*"></script>', html)
        assert html.index(theme) < html.index('rel="stylesheet"') < html.index("<body")


def test_the_home_page_has_questions_that_open() -> None:
    inside = Outline(PAGES["index.html"]).inside
    assert ("summary", "details") in inside
    assert ("p", "details") in inside


def test_all_words_are_used_and_none_are_in_a_template() -> None:
    templates = [
        path.read_text(encoding="utf-8") for path in (PRODUCT / "templates").rglob("*.html")
    ]
    code = [path.read_text(encoding="utf-8") for path in (PROJECT / "faqsite/pages").glob("*.py")]
    used = set(re.findall(r"""['"](\w+)['"] [|] say\b""", "".join(templates)))
    used |= set(re.findall(r"""say\(['"](\w+)['"]""", "".join(code)))
    used |= set(OWN_PAGES.values())
    (loop,) = re.findall(r"for name in \[(.*?)\] %\} data-", "".join(templates))
    used |= {f"results_{name}" for name in re.findall(r"\w+", loop)}
    assert used == set(SENTENCES)
    for template in templates:
        texts = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", template, flags=re.DOTALL)
        assert not re.search(r"[^\W\d_]", texts)


def test_the_script_finds_its_elements() -> None:
    parts = (PROJECT / "static/js/page").glob("*.js")
    script = "".join(part.read_text(encoding="utf-8") for part in parts)
    asked = set(re.findall(r'element\("(\w+)"\)', script))
    for address, html in PAGES.items():
        if "<script" not in html:
            continue
        of_search = {"needs_script", "search_hint"}
        of_reading = {"turn_all", "feedback_link"}
        on_some = of_search | of_reading | {"page_list", "search_panel"}
        here = {"page_list"} if address in {"index.html", "search.html"} else {"search_panel"}
        here |= of_search if address == "search.html" else set()
        here |= {"turn_all"} if address.endswith("index.html") else set()
        here |= {"feedback_link"} if "<article>" in html else set()
        assert asked - on_some | here <= set(Outline(html).values("id"))
