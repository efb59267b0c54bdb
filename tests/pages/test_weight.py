"""The gzipped weight of a visit, to a site with ten answers and to a large one."""

from __future__ import annotations

import gzip
import random
import re
from posixpath import dirname, join, normpath

import pytest

from faqsite.build.pipeline import build_site
from faqsite.pages.plan import plan
from tests.support.documents import write
from tests.support.product import PRODUCT
from tests.support.sites import make_category, make_entry, make_faq, make_site

LETTERS = "etaoinshrdlucmfwypvbgkjqxz"


def gzipped_bytes(*contents: bytes) -> int:
    return sum(len(gzip.compress(content, mtime=0)) for content in contents)


def made_up_words(chosen: random.Random, count: int) -> str:
    """Return words that hardly repeat, so that they compress no better than real ones."""
    weights = range(len(LETTERS), 0, -1)
    sizes = (chosen.randint(2, 9) for _ in range(count))
    return " ".join("".join(chosen.choices(LETTERS, weights, k=size)) for size in sizes)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a site with an accent, links, and ten answers of sixty words."""
    root = tmp_path_factory.mktemp("weight")
    chosen = random.Random(1)  # noqa: S311 (the same words in every run)
    entries = {
        f"category-{number % 4}/entry-{number}.md": (
            f"---\nquestion: What {made_up_words(chosen, 10)}?\nmoved_from: [/old-{number}]\n---\n"
            f"{made_up_words(chosen, 60)}.\n"
        )
        for number in range(10)
    }
    settings = """
title: Questions
description: What people ask.
url: https://example.org/faq/
contact: a@example.org
jobs: https://example.org
repository: https://example.org/owner/faq
accent: "#1d4ed8"
"""
    build_site(
        content=write(root / "content", {"site.yaml": settings, **entries}),
        templates=PRODUCT / "templates",
        static=PRODUCT / "static",
        output=root / "site",
    )
    files = (path for path in (root / "site").rglob("*") if path.is_file())
    return {path.relative_to(root / "site").as_posix(): path.read_bytes() for path in files}


def first_view(site: dict[str, bytes], address: str) -> list[str]:
    """Return the files that a page loads before a search, with itself first, without the icon."""
    loaded = re.findall(
        r'<(?:link rel="stylesheet"|script|img)[^>]* (?:href|src)="([^"?]*)',
        site[address].decode(),
    )
    links = (link.removeprefix("/faq/") for link in loaded)
    is_deep = address != "404.html"
    return [
        address,
        *(normpath(join(dirname(address), link)) if is_deep else link for link in links),
    ]


def pages(site: dict[str, bytes]) -> list[str]:
    return [address for address in site if address.endswith(".html")]


def test_all_scripts_together_have_at_most_15_kb(site: dict[str, bytes]) -> None:
    scripts = [content for name, content in site.items() if re.match("assets/.*[.]js$", name)]
    assert len(scripts) >= 2
    assert gzipped_bytes(*scripts) <= 15_000


def test_the_first_view_of_any_page_has_at_most_20_kb(site: dict[str, bytes]) -> None:
    weights = {
        address: gzipped_bytes(*(site[name] for name in first_view(site, address)))
        for address in pages(site)
    }
    assert len(weights) == 28
    assert {address: weight for address, weight in weights.items() if weight > 20_000} == {}


def test_the_first_view_of_any_page_takes_at_most_four_requests(site: dict[str, bytes]) -> None:
    every = ["assets/js/theme.js", "assets/style.css", "assets/js/page.js"]
    for address in pages(site):
        is_old = address.startswith("old-")
        assert first_view(site, address) == [address, *(every[1:2] if is_old else every)]


def heaviest(categories: int, entries: int) -> dict[str, int]:
    """Return the bytes of the heaviest page of each kind in the first category."""
    chosen = random.Random(1)  # noqa: S311 (the same words in every run)
    faq = make_faq(
        *(
            make_category(
                f"category-{number}",
                *(
                    make_entry(
                        f"category-{number}/{entry}-{made_up_words(chosen, 3)}.md",
                        f"<p>{made_up_words(chosen, 60)}</p>",
                        question=f"What {made_up_words(chosen, 8)}?",
                    )
                    for entry in range(entries)
                ),
                title=made_up_words(chosen, 2),
            )
            for number in range(categories)
        )
    )
    site = make_site(faq)
    found: dict[str, int] = {}
    for page in plan(faq):
        if page.address.startswith("category-0/"):
            weight = gzipped_bytes(site.render(page).encode())
            found[page.template] = max(weight, found.get(page.template, 0))
    return found


def test_pages_of_a_large_site_are_at_most_5_kb_heavier() -> None:
    small, large = heaviest(categories=5, entries=2), heaviest(categories=40, entries=25)
    assert small.keys() == large.keys() == {"category.html", "entry.html"}
    for kind, weight in large.items():
        assert small[kind] < weight <= small[kind] + 5_000, kind
