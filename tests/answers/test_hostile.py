"""Files for programs are well-formed and lead to the site, whatever authors write."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from faqsite.answers.dialect import to_html
from tests.support.hostile import ANSWERS, build_hostile

ROOT = "https://example.org/faq/"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
FEW = len(ANSWERS) // 50
"""At most this many files are not text, and so not entries."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_hostile(tmp_path_factory.mktemp("hostile"), has_allow_list=True)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_sitemap_lists_only_pages_of_the_site(site: Path) -> None:
    tree = ET.fromstring(read(site / "sitemap.xml"))  # noqa: S314 (it is ours)
    listed = [str(each.text) for each in tree.iter(LOC)]
    assert len(listed) >= len(ANSWERS) - FEW
    assert [each for each in listed if not each.startswith(ROOT)] == []


def test_nothing_ends_the_json_in_a_page_early(site: Path) -> None:
    kinds = set()
    for path in site.rglob("*.html"):
        for script in re.findall(
            '<script type="application/ld[+]json">([^<]*)</script>', read(path)
        ):
            kinds.add(json.loads(script)["@type"])
            assert not set(">&") & set(script)
    assert kinds == {"BreadcrumbList", "FAQPage"}


def test_files_for_programs_are_json(site: Path) -> None:
    questions = {entry["question"] for entry in json.loads(read(site / "faq.json"))["entries"]}
    assert "svg 1 <svg><script>alert(1)</script></svg>" in questions
    json.loads(read(site / "lunr-index.json"))
    for path in (site / "search-index.js", *site.glob("search-text/*.js")):
        statement = re.fullmatch(r"FaqEngine\.\w+(?:\[[0-9]+\])? = (.*);\n", read(path))
        assert statement
        json.loads(statement[1])


def test_the_list_for_assistants_has_a_line_for_each_question_and_no_html(site: Path) -> None:
    text = read(site / "llms.txt")
    count = len(json.loads(read(site / "faq.json"))["entries"])
    assert len(re.findall(r"^- \[", text, re.MULTILINE)) == count
    soup = BeautifulSoup(to_html(text, lambda *_, **__: None), "html.parser")
    tags = {each.name for each in soup.find_all()}
    assert tags <= {"a", "blockquote", "h1", "h2", "li", "p", "ul"}


def test_an_old_address_leads_to_a_page_of_the_site(site: Path) -> None:
    pages = [*(site / "old").glob("*.html")]
    assert len(pages) >= len(ANSWERS) - FEW
    for page in pages:
        (address,) = re.findall('<meta http-equiv="refresh" content="0; url=([^"]*)">', read(page))
        assert not urlsplit(address).netloc
        assert (page.parent / address).is_file()
