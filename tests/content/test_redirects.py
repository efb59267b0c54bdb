from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.content.redirects import old_address, plan_redirects
from faqsite.model.problems import Problems
from tests.support.cases import cases
from tests.support.contents import make_raw, told


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("old-category/old-slug", "old-category/old-slug.html"),
        ("/hc/en-us/articles/360-What-is-pay", "hc/en-us/articles/360-What-is-pay.html"),
        ("/faq/pay.html", "faq/pay.html"),
        ("faq.php", "faq.php.html"),
        ("/faq/pay/", "faq/pay/index.html"),
        ("docs/v1.2/pay", "docs/v1.2/pay.html"),
        ("/gehalt%20%C3%A4", "gehalt \u00e4.html"),
        ("pay", "pay.html"),
        ("/index.php/articles/123", "index.php/articles/123.html"),
        ("v1.x/pay", "v1.x/pay.html"),
        # One of two ways to write the same letters.
        ("/cafe\u0301", "caf\u00e9.html"),
    ],
)
def test_an_old_address_is_that_of_a_page(path: str, address: str) -> None:
    assert old_address(path) == address


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "//", ".html", "a//b", "//example.org/pay", "https://example.org/pay"),
        *("mailto:a", "C:\\pay", "/pay?id=1", "/pay#how", "/pay%3Fid", "..", "../pay", "a/../b"),
        *("a/%2e%2e/b", "./pay", ".git/config", "pay.", "a./b", " /b", "a/ b", "pay.html/more"),
        *("search-index.js/more", "team/plan.PDF/more", "con", "aux.html/pay", "a\\b", "a*"),
        *("a\x00", "a%00b", "a%0Ab", "%FF", "a" * 240),
    ],
)
def test_an_address_that_no_page_can_have_is_refused(path: str) -> None:
    assert old_address(path) is None


@given(st.text() | st.lists(st.sampled_from([*"a/.%#?: \\", "2e", "..", ".html"])).map("".join))
def test_an_old_address_stays_within_the_site(path: str) -> None:
    address = old_address(path)
    if address is not None:
        assert address.endswith(".html")
        assert not address.startswith("/")
        assert not {"", ".", ".."} & set(address.split("/"))


def test_the_second_page_of_a_list_that_is_gone_is_an_old_address() -> None:
    problems = Problems()
    entries = [make_raw("a.md", "moved_from: [/blog/page-2, /team/page-2, /page-2]")]
    assert plan_redirects(entries, {"team/index.html": "team"}, problems) == (
        ("blog/page-2.html", "a.md"),
    )
    assert told(problems) == [
        f'content/a.md:3: "moved_from" lists "{path}", which the site uses itself; remove it'
        for path in ("/page-2", "/team/page-2")
    ]


def test_redirects_are_sorted_by_their_old_addresses() -> None:
    problems = Problems()
    entries = [
        make_raw("pay/a.md", "moved_from: [/z/1, b/old]"),
        make_raw("b.md", "moved_from: /hc/A.html"),
    ]
    assert plan_redirects(entries, {"b.html": "b.md"}, problems) == (
        ("b/old.html", "pay/a.md"),
        ("hc/A.html", "b.md"),
        ("z/1.html", "pay/a.md"),
    )
    assert not problems.found


@cases("redirects_problems")
def test_an_old_address_that_cannot_lead_to_the_entry_is_reported(
    written: str, expected: str
) -> None:
    problems = Problems()
    entries = [make_raw("a.md", "moved_from: Taken"), make_raw("b.md", f"moved_from: {written}")]
    plan_redirects(entries, {"team/a.html": "team/a.md", "team/index.html": "team"}, problems)
    assert told(problems) == [f"content/b.md:3: {expected}"]


def test_each_wrong_address_is_reported_with_its_line() -> None:
    problems = Problems()
    plan_redirects([make_raw("a.md", "moved_from:\n  - ..\n  - b\n  - '#'")], {}, problems)
    hint = 'write a path without host, "?", "#" and "..", such as old-category/old-slug'
    assert told(problems) == [
        f'content/a.md:4: "moved_from" lists "..", which is not the path of a page; {hint}',
        f'content/a.md:6: "moved_from" lists "#", which is not the path of a page; {hint}',
    ]
