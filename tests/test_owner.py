"""Whatever an owner may change, the site is whole, and no test depends on her changes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup

from faqsite.commands.cli import main
from tests.support.documents import MAKE_IT_YOURS, WRITING, examples_of, write_project
from tests.support.product import PRODUCT, PROJECT
from tests.support.whole_sites import SITES

DOCUMENTED = examples_of(WRITING)[0] | examples_of(MAKE_IT_YOURS)[0]
"""All right examples of both documents together: content, settings, style, templates."""
HERE = "https://here.invalid/faq/"


def run(folder: Path, *command: str) -> int:
    sources = [f"--{name}={folder / name}" for name in ("content", "templates", "static")]
    return main([*command, *sources])


@pytest.fixture(scope="module", params=["documented", *SITES])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of the documents or a made-up one, and return its project."""
    folder = tmp_path_factory.mktemp(request.param)
    write_project(folder, {"documented": DOCUMENTED, **SITES}[request.param])
    assert run(folder, f"--output={folder / 'site'}") == 0
    return folder


@pytest.fixture(scope="module")
def pages(project: Path) -> dict[str, BeautifulSoup]:
    """Return the pages of the site by address."""
    site = project / "site"
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_bytes(), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


def values(page: BeautifulSoup, *names: str) -> list[str]:
    """Return the values of these attributes in a page."""
    return [str(tag[name]) for name in names for tag in page.select(f"[{name}]")]


def test_every_question_finds_its_answer_however_it_is_asked(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(project, "check")
    printed = capsys.readouterr()
    assert status == 0, printed.out + printed.err


def test_every_link_within_the_site_leads_to_a_page_and_an_id(
    project: Path, pages: dict[str, BeautifulSoup]
) -> None:
    ids = {address: set(values(page, "id")) for address, page in pages.items()}
    missing = []
    for address, page in pages.items():
        for link in values(page, "href", "src", "action"):
            whole, fragment = urldefrag(urljoin(HERE + address, link))
            if not whole.startswith(HERE):
                continue
            target = unquote(whole.removeprefix(HERE)).partition("?")[0] or "index.html"
            # A file that is not a page has fragments of its own.
            has_place = not fragment or unquote(fragment) in ids.get(target, {unquote(fragment)})
            if not ((project / "site" / target).is_file() and has_place):
                missing.append(f"{address}: {link}")
    assert missing == []


def test_every_page_closes_its_elements_and_uses_each_id_once(
    project: Path, pages: dict[str, BeautifulSoup]
) -> None:
    void = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
    for address, page in pages.items():
        html = (project / "site" / address).read_text(encoding="utf-8")
        opened = Counter(tag for tag in re.findall(r"<([a-z]\w*)", html) if tag not in void)
        assert opened == Counter(re.findall(r"</(\w+)>", html)), address
        assert len(values(page, "id")) == len(set(values(page, "id"))), address


def test_no_page_loads_anything_from_another_host(pages: dict[str, BeautifulSoup]) -> None:
    for page in pages.values():
        loaded = [*values(page, "src"), *(str(tag["href"]) for tag in page.select("link[href]"))]
        absolute = [address for address in loaded if "//" in address]
        assert [x for x in absolute if not x.startswith("https://example.")] == []


def test_the_documents_have_an_example_for_each_file_of_the_owner() -> None:
    included = {path.relative_to(PRODUCT).as_posix() for path in PRODUCT.glob("templates/brand/*")}
    assert {"content/site.yaml", "static/brand.css", *included} <= DOCUMENTED.keys()


@pytest.mark.parametrize("name", ["content/site.yaml", "static/brand.css", "templates/brand"])
def test_a_test_that_reads_the_files_of_the_owner_fails(name: str, tmp_path: Path) -> None:
    path = PROJECT / name
    with pytest.raises(AssertionError, match="is the owner's"):
        list(path.iterdir()) if path.is_dir() else path.read_text(encoding="utf-8")
    with pytest.raises(AssertionError, match="reads the owner's places"):
        subprocess.run([sys.executable, PROJECT / "build.py"], cwd=tmp_path, check=True)  # noqa: S603 (never started)
