"""The main flow, as a function."""

from __future__ import annotations

from pathlib import Path

import pytest

from faqsite.build.pipeline import build_site
from faqsite.model.problems import ContentError
from faqsite.model.records import Report
from faqsite.pages.assets import load_static
from tests.support.documents import write
from tests.support.product import PRODUCT

PAY = "---\nquestion: What about pay?\n---\nEnough.\n"
DRAFT = "---\nquestion: When is it?\ndraft: true\nowner: someone\n---\nSoon.\n"


def make_content(folder: Path, settings: str = "", **entries: str) -> Path:
    """Write a content folder, by default with one entry, and return it."""
    files = {f"{name}.md": text for name, text in (entries or {"pay": PAY}).items()}
    return write(folder, {"site.yaml": f"title: Questions\n{settings}", **files})


def build(content: Path, output: Path, site_url: str = "") -> Report:
    return build_site(
        content=content,
        templates=PRODUCT / "templates",
        static=PRODUCT / "static",
        output=output,
        site_url=site_url,
    )


def test_the_report_counts_what_was_published(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", pay=PAY, hours=PAY.replace("pay", "hours"))
    report = build(content, tmp_path / "site")
    made = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    pages = [path for path in made if path.suffix == ".html"]
    assert (report.entries, report.categories, report.advice) == (2, 0, ())
    assert report.pages == len(pages)
    # Our marker is not a file of the site.
    assert report.files == len(made) - 1
    assert report.size_bytes == sum(path.stat().st_size for path in made)
    # Otherwise a host that runs Jekyll leaves out some files.
    assert (tmp_path / "site/.nojekyll").read_bytes() == b""


def test_the_style_sheet_ends_with_the_accent(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", 'accent: "#1d4ed8"\n')
    build(content, tmp_path / "site")
    style = (tmp_path / "site/assets/style.css").read_bytes()
    assert style.startswith(load_static(PRODUCT / "static")["assets/style.css"])
    assert style.endswith(b"{ :root { --brand: #1d4ed8; } }\n")


def test_a_site_with_an_address_has_files_for_programs(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", pay=PAY, later=DRAFT)
    build(content, tmp_path / "site", site_url="https://example.org/")
    names = ("faq.json", "llms.txt", "robots.txt", "sitemap.xml")
    texts = [(tmp_path / "site" / name).read_text(encoding="utf-8") for name in names]
    assert [text.count("https://example.org/") for text in texts] == [1, 1, 1, 2]
    assert not [text for text in texts if "When is it?" in text or "someone" in text]
    home, entry = (
        (tmp_path / "site" / name).read_text(encoding="utf-8")
        for name in ("index.html", "pay.html")
    )
    assert '"@type":"FAQPage"' in home
    assert '"name":"Home","item":"https://example.org/"' in entry


def test_synonyms_that_find_nothing_are_advice(tmp_path: Path) -> None:
    synonyms = "synonyms:\n  - money => pay\n  - pets => cat, dog\n"
    content = make_content(tmp_path / "content", synonyms)
    (advice,) = build(content, tmp_path / "site").advice
    assert advice.is_advice
    assert advice.describe("content") == (
        'content/site.yaml:4: no entry contains "cat" or "dog"; '
        "use words that an entry contains, or delete the synonym"
        ""
    )


def test_a_missing_logo_is_a_problem(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", "logo: icno.svg\n")
    with pytest.raises(ContentError) as caught:
        build(content, tmp_path / "site")
    assert str(caught.value) == (
        'content/site.yaml:2: static/ has no file "icno.svg" for "logo"; did you mean "icon.svg"?'
    )


def test_a_build_finishes_a_killed_one_even_if_the_content_is_wrong(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content")
    build(content, tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.new")
    (content / "pay.md").write_text("Enough.", encoding="utf-8")
    with pytest.raises(ContentError):
        build(content, tmp_path / "site")
    assert (tmp_path / "site/pay.html").is_file()
