"""What a visit weighs, as it travels: gzipped; of a site with ten answers."""

from __future__ import annotations

import gzip
import random
import re
from pathlib import Path

import pytest

from faqsite.pipeline import build_site

PROJECT = Path(__file__).parent.parent
LETTERS = "etaoinshrdlucmfwypvbgkjqxz"


def gzipped_bytes(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with an accent, links, and ten answers of sixty words that none repeats."""
    root = tmp_path_factory.mktemp("weight")
    chosen = random.Random(1)  # noqa: S311 (the same words in every run)
    content = root / "content"
    for number in range(10):
        folder = content / f"category-{number % 4}"
        folder.mkdir(parents=True, exist_ok=True)
        words = [
            "".join(chosen.choices(LETTERS, range(26, 0, -1), k=chosen.randint(2, 9)))
            for _ in range(70)
        ]
        text = f"---\nquestion: What {' '.join(words[:10])}?\n---\n{' '.join(words[10:])}.\n"
        (folder / f"entry-{number}.md").write_text(text, encoding="utf-8")
    (content / "site.yaml").write_text(
        'title: Questions\ncontact: a@example.org\njobs: https://example.org\naccent: "#1d4ed8"\n',
        encoding="utf-8",
    )
    build_site(
        content=content,
        templates=PROJECT / "templates",
        static=PROJECT / "static",
        output=root / "site",
    )
    return root / "site"


def loaded(site: Path) -> list[Path]:
    """Return the files that the home page asks for before a search, itself first, the icon not."""
    home = site / "index.html"
    links = re.findall(
        r'<(?:link rel="stylesheet"|script|img)[^>]* (?:href|src)="([^"?]*)',
        home.read_text(encoding="utf-8"),
    )
    return [home, *(site / link for link in links)]


def test_all_script_together_stays_within_12_kb(site: Path) -> None:
    scripts = list((site / "assets").rglob("*.js"))
    assert len(scripts) >= 2
    assert gzipped_bytes(*scripts) <= 12_000


def test_the_home_page_with_its_style_and_script_stays_within_20_kb(site: Path) -> None:
    assert gzipped_bytes(*loaded(site)) <= 20_000


def test_the_home_page_takes_at_most_four_requests_before_a_search(site: Path) -> None:
    assert [file.name for file in loaded(site)] == [
        "index.html",
        "theme.js",
        "style.css",
        "page.js",
    ]
