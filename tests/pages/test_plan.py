"""The plan: which pages a site has, and what each of them shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from faqsite.model.records import Category, Faq, Settings
from faqsite.model.urls import OWN_PAGES, is_reserved
from faqsite.pages.plan import Page, Section, plan
from tests.support.sites import make_category, make_entry, make_faq, small_faq


def page_at(faq: Faq, address: str) -> Page:
    """Return the only page at an address."""
    (page,) = (page for page in plan(faq) if page.address == address)
    return page


def section_at(faq: Faq, address: str) -> Section:
    """Return the section of the list at an address."""
    section = page_at(faq, address).section
    assert section
    return section


def test_every_page_is_planned_once_with_lists_before_entries() -> None:
    assert [(page.address, page.template) for page in plan(small_faq())] == [
        ("index.html", "home.html"),
        ("team/index.html", "category.html"),
        ("team/remote/index.html", "category.html"),
        ("odd/index.html", "category.html"),
        ("start.html", "entry.html"),
        ("team/time-zone.html", "entry.html"),
        ("team/remote/where.html", "entry.html"),
        ("odd/odd.html", "entry.html"),
        ("all.html", "all.html"),
        ("search.html", "search.html"),
        ("404.html", "404.html"),
        ("hc/en us/123.html", "moved.html"),
        ("old.html", "moved.html"),
    ]


@pytest.mark.parametrize(
    ("address", "branch"),
    [
        ("index.html", ["index.html"]),
        ("team/remote/index.html", ["index.html", "team/index.html", "team/remote/index.html"]),
        ("team/remote/where.html", ["index.html", "team/index.html", "team/remote/index.html"]),
        ("start.html", ["index.html"]),
        ("404.html", ["index.html"]),
    ],
)
def test_a_page_has_the_categories_above_it(address: str, branch: list[str]) -> None:
    assert [category.address for category in page_at(small_faq(), address).branch] == branch


def test_content_cannot_have_the_address_of_a_page_of_the_site() -> None:
    faq = make_faq(101, make_category("team", 101), redirects=(("old.html", "1.md"),))
    content = {"team/index.html", "old.html", *(entry.address for entry in faq.top.all_entries)}
    own = [page.address for page in plan(faq) if page.address not in content]
    assert own == ["index.html", "page-2.html", "team/page-2.html", *OWN_PAGES]
    assert all(map(is_reserved, own))


def test_only_pages_with_their_own_text_are_indexed() -> None:
    unindexed = [page for page in plan(small_faq()) if not page.is_indexed]
    assert [(page.address, page.canonical) for page in unindexed] == [
        ("all.html", ""),
        ("search.html", ""),
        ("404.html", ""),
        ("hc/en us/123.html", "team/time-zone.html"),
        ("old.html", "odd/odd.html"),
    ]


Shape = tuple[int, int, int, list[Any]]
"""How many entries are shown with answers and as links, how many there are if some are left out,
and the sections below."""


def shape(section: Section) -> Shape:
    """Return the shape of a section."""
    below = [shape(each) for each in section.sections]
    return len(section.answered), len(section.linked), section.total, below


def team(count: int, *below: Category) -> Category:
    """Return a category with this many entries and the categories below it."""
    return make_category("team", count, *below)


@pytest.mark.parametrize(
    ("faq", "address", "expected"),
    [
        pytest.param(make_faq(1), "index.html", (1, 0, 0, []), id="one entry"),
        pytest.param(
            make_faq(10, team(40)), "index.html", (10, 0, 0, [(40, 0, 0, [])]), id="home, 50"
        ),
        pytest.param(
            make_faq(10, team(38, make_category("team/remote", 3))),
            "index.html",
            (10, 0, 0, [(0, 5, 41, [])]),
            id="home, 51: the first questions of each category",
        ),
        pytest.param(make_faq(team(20)), "team/index.html", (20, 0, 0, []), id="category, 20"),
        pytest.param(make_faq(team(21)), "team/index.html", (0, 21, 0, []), id="category, 21"),
        pytest.param(
            make_faq(team(10, make_category("team/remote", 10))),
            "team/index.html",
            (10, 0, 0, [(10, 0, 0, [])]),
            id="a small branch is shown whole",
        ),
        pytest.param(
            make_faq(team(10, make_category("team/remote", 11))),
            "team/index.html",
            (10, 0, 0, [(0, 5, 11, [])]),
            id="a larger one with its own answers",
        ),
        pytest.param(
            make_faq(1, team(150)), "all.html", (1, 0, 0, [(150, 0, 0, [])]), id="all on one page"
        ),
    ],
)
def test_a_list_shows_answers_while_it_is_short(faq: Faq, address: str, expected: Shape) -> None:
    assert shape(section_at(faq, address)) == expected


def test_a_preview_includes_the_categories_below() -> None:
    faq = make_faq(team(0, make_category("team/remote", 51)))
    (preview,) = section_at(faq, "index.html").sections
    assert [entry.path for entry in preview.linked[:2]] == ["team/remote/1.md", "team/remote/2.md"]


def test_a_page_of_a_list_has_up_to_100_questions() -> None:
    faq = make_faq(team(201, make_category("team/remote", 1)))
    addresses = ("team/index.html", "team/page-2.html", "team/page-3.html")
    sections = [section_at(faq, address) for address in addresses]
    assert [len(section.linked) for section in sections] == [100, 100, 1]
    assert [section.number for section in sections] == [1, 2, 3]
    assert [len(section.sections) for section in sections] == [1, 0, 0]
    assert {section.pages for section in sections} == {addresses}


@pytest.mark.parametrize("count", [21, 100])
def test_a_list_on_one_page_has_no_page_numbers(count: int) -> None:
    assert section_at(make_faq(team(count)), "team/index.html").pages == ()


def test_entries_at_the_top_continue_on_further_pages() -> None:
    page = page_at(make_faq(101), "page-2.html")
    assert page.template == "category.html"
    assert page.section
    assert [entry.address for entry in page.section.linked] == ["101.html"]


@pytest.mark.parametrize(("count", "is_long"), [(200, False), (201, True)])
def test_more_than_200_answers_are_laid_out_on_demand(count: int, *, is_long: bool) -> None:
    assert section_at(make_faq(team(count)), "all.html").is_long is is_long


def test_previous_and_next_cross_categories() -> None:
    around = [
        tuple(entry and entry.address for entry in (page.previous, page.entry, page.next))
        for page in plan(small_faq())
        if page.template == "entry.html"
    ]
    assert around == [
        (None, "start.html", "team/time-zone.html"),
        ("start.html", "team/time-zone.html", "team/remote/where.html"),
        ("team/time-zone.html", "team/remote/where.html", "odd/odd.html"),
        ("team/remote/where.html", "odd/odd.html", None),
    ]


GITHUB = "https://github.com/o/r"
REPOSITORY = Settings(title="Questions", repository=GITHUB)


@pytest.mark.parametrize(
    ("faq", "folders"),
    [
        pytest.param(
            make_faq(team(101, make_category("team/remote work", 1)), settings=REPOSITORY),
            {
                "team/index.html": "/team",
                "team/page-2.html": "/team",
                "team/remote work/index.html": "/team/remote%20work",
            },
            id="each page of a category adds to its folder",
        ),
        pytest.param(
            make_faq(1, settings=REPOSITORY),
            {"index.html": ""},
            id="the home page adds to the top only if it has questions of its own",
        ),
        pytest.param(make_faq(1, team(1)), {}, id="nothing without a repository"),
    ],
)
def test_a_list_links_to_a_new_question(faq: Faq, folders: dict[str, str]) -> None:
    links = {page.address: page.add_link.partition("&")[0] for page in plan(faq) if page.add_link}
    assert links == {
        address: f"{GITHUB}/new/main/content{folder}?filename=new-question.md"
        for address, folder in folders.items()
    }


def test_a_new_question_comes_last_in_its_category() -> None:
    entries = (replace(make_entry(f"team/{order}.md"), order=order) for order in (20, 10))
    faq = make_faq(make_category("team", *entries), settings=REPOSITORY)
    assert "%0Aorder%3A%2030%0A---" in page_at(faq, "team/index.html").add_link


@pytest.mark.parametrize(
    ("settings", "link"), [(None, ""), (REPOSITORY, f"{GITHUB}/edit/main/content/a.md")]
)
def test_an_entry_links_to_its_file_in_the_repository(settings: Settings | None, link: str) -> None:
    faq = make_faq(make_entry("a.md"), settings=settings)
    assert page_at(faq, "a.html").edit_link == link


def test_the_anchor_of_a_category_cannot_be_that_of_an_entry() -> None:
    (team, odd) = section_at(small_faq(), "all.html").sections
    assert [team.anchor, team.sections[0].anchor, odd.anchor] == [
        "category_team",
        "category_team/remote",
        "category_odd",
    ]


@pytest.mark.parametrize(
    ("named", "similar", "related"),
    [
        ((), (), ()),
        ((), ("b.md", "d.md"), ("b.md", "d.md")),
        (("b.md",), ("d.md", "b.md", "c.md"), ("b.md", "d.md", "c.md")),
        (("c.md", "b.md"), ("d.md", "e.md"), ("c.md", "b.md", "d.md")),
        (("b.md", "c.md", "d.md", "e.md"), (), ("b.md", "c.md", "d.md", "e.md")),
        (("b.md", "c.md", "d.md", "e.md"), ("b.md",), ("b.md", "c.md", "d.md", "e.md")),
    ],
)
def test_similar_entries_follow_the_authors_up_to_three(
    named: tuple[str, ...], similar: tuple[str, ...], related: tuple[str, ...]
) -> None:
    others = (make_entry(f"{name}.md") for name in "bcde")
    faq = make_faq(make_entry("a.md", related=named), *others)
    (page,) = (page for page in plan(faq, {"a.md": similar}) if page.address == "a.html")
    assert tuple(entry.path for entry in page.related) == related
