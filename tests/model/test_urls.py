from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.model import urls


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("What is pay?", "what-is-pay"),
        ("  Benefits & perks  ", "benefits-perks"),
        ("I'm new", "im-new"),
        ("I\u2019m new", "im-new"),
        ("r\u00e9sum\u00e9", "resume"),
        ("re\u0301sume\u0301", "resume"),
        ("Gehalt_und__Urlaub", "gehalt-und-urlaub"),
        ("c++", "c"),
        ("\u7d66\u6599", "\u7d66\u6599"),
        (
            "\u0417\u0430\u0440\u043f\u043b\u0430\u0442\u0430",
            "\u0437\u0430\u0440\u043f\u043b\u0430\u0442\u0430",
        ),
        ("../../etc/passwd", "etc-passwd"),
        ("???", ""),
        ("", ""),
    ],
)
def test_a_slug_keeps_letters_and_digits(name: str, slug: str) -> None:
    assert urls.slugify(name) == slug


@given(st.text())
def test_a_slug_is_safe_and_does_not_change_again(name: str) -> None:
    slug = urls.slugify(name)
    assert not re.search(r"_|--|^-|-$|[\s/\\.?#%&\"'<>]", slug)
    assert urls.slugify(slug) == slug


def test_each_name_in_a_path_becomes_a_slug() -> None:
    assert urls.slugify_path("Pay & more/2026") == "pay-more/2026"
    assert urls.slugify_path("") == ""


def test_addresses_are_those_of_files_in_folders() -> None:
    assert urls.entry_address("team", "time-zone") == "team/time-zone.html"
    assert urls.entry_address("", "time-zone") == "time-zone.html"
    assert urls.category_address("team/more") == "team/more/index.html"
    assert urls.category_address("") == "index.html"
    assert urls.page_address("team/index.html", 1) == "team/index.html"
    assert urls.page_address("index.html", 3) == "page-3.html"


@pytest.mark.parametrize(
    ("address", "is_reserved"),
    [
        ("index.html", True),
        ("all.html", True),
        ("search.html", True),
        ("404.html", True),
        ("page-2.html", True),
        ("team/page-2.html", True),
        ("Search.html", True),
        ("assets/style.html", True),
        ("search-text/1.html", True),
        ("search-part/a.html", True),
        ("team/search.html", False),
        ("team/assets/a.html", False),
        ("page-two.html", False),
        ("assets.html", False),
    ],
)
def test_the_site_reserves_the_addresses_of_its_own_pages_and_files(
    address: str, *, is_reserved: bool
) -> None:
    assert urls.is_reserved(address) == is_reserved


@pytest.mark.parametrize(
    ("source", "target", "fragment", "link"),
    [
        ("team/time-zone.html", "pay/index.html", "visa", "../pay/index.html#visa"),
        ("index.html", "pay/visa.html", "", "pay/visa.html"),
        ("pay/visa.html", "pay/plan.pdf", "page=3", "plan.pdf#page=3"),
        ("pay/visa.html", "index.html", "", "../index.html"),
        ("pay/visa.html", "pay/visa.html", "how", "#how"),
        ("pay/visa.html", "pay/visa.html", "", "visa.html"),
        ("a/b/c.html", "a/d.html", "", "../d.html"),
        ("index.html", "\u7d66\u6599.html", "pay/visa", "%E7%B5%A6%E6%96%99.html#pay/visa"),
    ],
)
def test_a_link_is_relative_to_the_page(source: str, target: str, fragment: str, link: str) -> None:
    assert urls.link(source, target, fragment) == link


_ADDRESSES = st.lists(
    st.text(min_size=1).map(urls.slugify).filter(bool), min_size=1, max_size=4
).map(lambda names: "/".join(names) + ".html")


@given(_ADDRESSES, _ADDRESSES)
def test_a_link_leads_back_to_its_target(source: str, target: str) -> None:
    assert normpath(join(dirname(source), unquote(urls.link(source, target)))) == target
