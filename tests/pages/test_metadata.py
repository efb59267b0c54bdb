"""What pages and files tell other programs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.model.keys import Text
from faqsite.model.records import Answer, Entry, Faq, Settings
from faqsite.model.urls import category_address, entry_address, is_reserved
from faqsite.pages.addresses import Addresses
from faqsite.pages.metadata import (
    describe,
    excerpt,
    llms_txt,
    og_locale,
    plan_files_for_programs,
    sitemap_xml,
    structured_data,
)
from faqsite.pages.plan import Page, plan
from faqsite.system.files import MAX_FILES
from tests.support.product import PROJECT
from tests.support.sites import make_category, make_entry, make_faq, make_site

URL = "https://example.org/faq/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"quotes\" and 'quotes' \\ &amp; ]]>",
    "\u2028\u2029\u202eright to left\u200f",
    "\x00\x1b\x7f\x85",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 [x](y) `code` # > *",
]
texts = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)


def answered(entry: Entry, text: str) -> Entry:
    """Return an entry with that text as its answer."""
    return replace(entry, answer=Answer(parts=("<p>An answer.</p>",), text=text))


def page_of(faq: Faq, address: str) -> Page:
    (page,) = (page for page in plan(faq) if page.address == address)
    return page


def unknown(_address: str) -> str:
    return ""


SITE = make_site(make_faq(1), url=URL)
public = SITE.addresses.public_url


def structured(faq: Faq, address: str, url: str = URL) -> Any:  # noqa: ANN401 (any JSON)
    written = structured_data(page_of(faq, address), public if url else unknown, home="Home")
    return json.loads(written) if written else None


def files(faq: Faq, url: str = URL) -> dict[str, str]:
    """Return the text of each file by its address."""
    site = make_site(faq, url=url)
    made = plan_files_for_programs(faq, plan(faq), site.answers.html, site.addresses.public_url)
    return {file.address: file.make().decode() for file in made}


def words(count: int) -> str:
    return "Word" + (count - 1) * " word"


LONG = words(40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Yes.", "Yes."),
        ("Yes. On Fridays, all day.", "Yes. On Fridays, all day."),
        ("You need:\nA passport\nA visa", "You need: A passport · A visa"),
        (f"{'word ' * 17}end. {LONG}.", f"{'word ' * 17}end."),
        (f"Yes. {LONG}.", f"Yes. {words(30)}…"),
        (f"Write, e.g. to us. {LONG}.", f"Write, e.g. to us. {words(27)}…"),
        (f"{'word, ' * 25}{LONG}", f"{'word, ' * 25}Word…"),
        (f"{'word ' * 17}“end.” {LONG}.", f"{'word ' * 17}“end.”"),
        (f"{'語' * 80}。{'字' * 90}。", f"{'語' * 80}。"),
        ("語" * 200, "語" * 154 + "…"),
        ("x" * 155, "x" * 155),
        (f"Heading\n{LONG}", f"Heading · {words(29)}…"),
    ],
)
def test_an_excerpt_has_the_first_whole_sentences(text: str, expected: str) -> None:
    assert excerpt(text) == expected


@given(texts.map(lambda text: " ".join(text.split())))
def test_an_excerpt_is_short_and_begins_like_the_text(text: str) -> None:
    found = excerpt(text)
    assert len(found) <= 155
    assert bool(found) == bool(text)
    assert found == text or text.startswith(found.removesuffix("…").strip(" ·"))


TEAM = make_category(
    "team",
    replace(make_entry("team/zone.md", question="Which zone?"), updated=date(2026, 3, 4)),
    make_entry("team/where.md", question="Where?"),
    title="The team",
)
START = make_entry("start.md", question="Where do I start?", updated=date(2026, 1, 2))
SMALL = make_faq(START, TEAM, settings=Settings(title="Careers FAQ"))


@pytest.mark.parametrize(
    ("faq", "address", "expected"),
    [
        (SMALL, "start.html", "All about start."),
        (SMALL, "index.html", "Where do I start? Which zone? Where?"),
        (SMALL, "team/index.html", "Which zone? Where?"),
        (
            make_faq(1, settings=Settings(title="Q", description="What people ask.")),
            "index.html",
            "What people ask.",
        ),
        (make_faq(make_category("a", 1, summary="All of a.")), "a/index.html", "All of a."),
        (
            make_faq(make_category("a", 102, summary="All of a.")),
            "a/page-2.html",
            "What about 101? What about 102?",
        ),
        (make_faq(make_category("a")), "a/index.html", ""),
        (SMALL, "all.html", ""),
        (SMALL, "search.html", ""),
        (SMALL, "404.html", ""),
    ],
)
def test_a_page_is_described_by_its_content(faq: Faq, address: str, expected: str) -> None:
    assert describe(page_of(faq, address)) == expected


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", ""), ("pt-BR", "pt_BR"), ("zh-hant-tw", "zh_TW"), ("es-419", ""), ("de-1996", "")],
)
def test_a_locale_is_a_language_with_a_country(language: str, locale: str) -> None:
    assert og_locale(language) == locale


def test_the_data_of_a_list_has_its_questions_and_answers() -> None:
    assert structured(SMALL, "team/index.html", url="") == {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "Which zone?",
                "acceptedAnswer": {"@type": "Answer", "text": "All about zone."},
            },
            {
                "@type": "Question",
                "name": "Where?",
                "acceptedAnswer": {"@type": "Answer", "text": "All about where."},
            },
        ],
    }


@pytest.mark.parametrize(
    ("faq", "address", "count"),
    [
        (SMALL, "index.html", 3),
        (make_faq(make_category("a", 51)), "index.html", 0),
        (make_faq(make_category("a", 51)), "a/index.html", 0),
        # The list shows its own entries with answers, and those below as links.
        (make_faq(2, make_category("a", 51)), "index.html", 2),
        (SMALL, "all.html", 0),
        (SMALL, "search.html", 0),
    ],
)
def test_the_data_has_only_questions_shown_with_their_answers(
    faq: Faq, address: str, count: int
) -> None:
    found = structured(faq, address)
    assert len(found["mainEntity"] if found else ()) == count
    html = make_site(faq).render(page_of(faq, address))
    assert html.count('<details class="entry">') - html.count("<template") == count


def test_the_data_of_an_entry_has_its_trail_if_the_public_address_is_known() -> None:
    way = structured(SMALL, "team/zone.html")["itemListElement"]
    assert [(step["name"], step["item"]) for step in way] == [
        ("Home", URL),
        ("The team", f"{URL}team/"),
    ]
    assert structured(SMALL, "team/zone.html", url="") is None


class Scripts(HTMLParser):
    """Collects the text of the inline scripts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        if self.cdata_elem and data.strip():
            self.texts.append(data)


@given(texts, texts)
def test_any_question_and_answer_can_be_read_from_the_data(question: str, text: str) -> None:
    faq = make_faq(answered(make_entry("a.md", question=question or "?"), text))
    page = page_of(faq, "index.html")
    assert not set("<>&\u2028\u2029") & set(structured_data(page, public, home="Home"))
    scripts = Scripts(SITE.render(page))
    (text_of_script,) = scripts.texts
    (found,) = json.loads(text_of_script)["mainEntity"]
    assert (found["name"], found["acceptedAnswer"]["text"]) == (question or "?", text)


def test_the_title_of_a_category_cannot_end_the_script() -> None:
    settings = Settings(title="Q", words=(("home", HOSTILE[1]),))
    faq = make_faq(make_category("a", 1, title=HOSTILE[0]), settings=settings)
    html = make_site(faq, url=URL).render(page_of(faq, "a/1.html"))
    scripts = Scripts(html)
    (text,) = scripts.texts
    names = [step["name"] for step in json.loads(text)["itemListElement"]]
    assert names == [HOSTILE[1], HOSTILE[0]]


def test_the_sitemap_has_the_date_of_the_newest_answer_of_a_page() -> None:
    assert files(SMALL)["sitemap.xml"] == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://example.org/faq/</loc><lastmod>2026-03-04</lastmod></url>\n"
        "<url><loc>https://example.org/faq/team/</loc><lastmod>2026-03-04</lastmod></url>\n"
        "<url><loc>https://example.org/faq/start.html</loc><lastmod>2026-01-02</lastmod></url>\n"
        "<url><loc>https://example.org/faq/team/zone.html</loc>"
        "<lastmod>2026-03-04</lastmod></url>\n"
        "<url><loc>https://example.org/faq/team/where.html</loc></url>\n"
        "</urlset>\n"
    )


SLUGS = st.text(st.characters(categories=["L", "M", "N"]), min_size=1, max_size=20)


@given(st.lists(SLUGS, unique=True, min_size=1), st.sampled_from(["", "a&b/", "it's/"]))
def test_the_sitemap_is_xml_with_every_indexed_page(slugs: list[str], path: str) -> None:
    faq = make_faq(*(make_entry(f"{slug}.md") for slug in slugs))
    public_url = Addresses({}, url=f"https://example.org/{path}").public_url
    root = ET.fromstring(sitemap_xml(plan(faq), public_url))  # noqa: S314 (our own XML)
    assert [each.text for each in root.iter(f"{SITEMAP}loc")] == [
        public_url(page.address) for page in plan(faq) if page.is_indexed
    ]


def test_one_sitemap_is_enough_for_the_largest_site() -> None:
    lists = MAX_FILES // 100 + 1
    assert MAX_FILES + lists < 50_000


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("", ["faq.json", "llms.txt"]),
        (URL, ["faq.json", "llms.txt", "sitemap.xml"]),
        ("https://example.org/", ["faq.json", "llms.txt", "robots.txt", "sitemap.xml"]),
    ],
)
def test_some_files_need_a_public_address(url: str, names: list[str]) -> None:
    made = files(SMALL, url)
    assert list(made) == names
    assert made.get("robots.txt", "") in {
        "",
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n",
    }
    entry = f"\n- [Which zone?]({url}team/zone.html): All about zone.\n"
    assert entry in made["llms.txt"]


@pytest.mark.parametrize("name", ["faq.json", "llms.txt", "robots.txt", "sitemap.xml"])
def test_no_page_can_have_the_address_of_such_a_file(name: str) -> None:
    assert name not in {entry_address("", name), category_address(name)}
    assert not is_reserved(name)


def test_llms_txt_lists_the_questions_by_category() -> None:
    faq = make_faq(
        START,
        make_category("team", make_category("team/remote", make_entry("team/remote/a.md"))),
        make_category("odd", make_entry("odd/[b].md", question="What of a [b]\\c <d> &lt; *?")),
        settings=Settings(title="Careers_FAQ", description="What people ask."),
    )
    assert files(faq)["llms.txt"] == (
        "# Careers\\_FAQ\n\n"
        "> What people ask.\n\n"
        "- [Where do I start?](https://example.org/faq/start.html): All about start.\n\n"
        "## Team / Remote\n\n"
        "- [What about a?](https://example.org/faq/team/remote/a.html): All about a.\n\n"
        "## Odd\n\n"
        "- [What of a \\[b\\]\\\\c \\<d> \\&lt; \\*?](https://example.org/faq/odd/%5Bb%5D.html):"
        " All about \\[b\\].\n"
    )


@given(texts, texts)
def test_every_question_is_one_line_of_llms_txt(question: str, text: str) -> None:
    faq = make_faq(*(answered(make_entry(f"{n}.md", question=question), text) for n in range(3)))
    lines = llms_txt(faq, unknown).splitlines()
    assert len(lines) == 2 + 3


DOCUMENT = (PROJECT / "docs/published-files.md").read_text(encoding="utf-8")
EXAMPLE = make_faq(
    replace(
        make_entry("start.md", question="Where do I start?"),
        answer=Answer(parts=('<p>With <a href="pay/day.html">pay</a>.</p>',), text="With pay."),
    ),
    make_category(
        "pay",
        replace(
            make_entry("pay/day.md", question="When is pay day?", updated=date(2026, 11, 1)),
            also_asked=(Text("salary date"),),
            answer=Answer(parts=("<p>On the <strong>25th</strong>.</p>",), text="On the 25th."),
        ),
        summary="What you earn.",
    ),
    settings=Settings(title="Careers FAQ"),
)


def test_the_example_of_faq_json_is_what_a_build_makes() -> None:
    (example,) = re.findall(r"```text\n(.*?)```", DOCUMENT, re.DOTALL)
    assert files(EXAMPLE)["faq.json"] == example


def test_the_tables_have_every_key_of_faq_json() -> None:
    made = json.loads(files(EXAMPLE)["faq.json"])
    tables = re.findall(r"^\| key \| .+\n\| --- .+\n((?:\| .+\n)+)", DOCUMENT, re.MULTILINE)
    keys = [re.findall(r"^\| `(\w+)`", rows, re.MULTILINE) for rows in tables]
    assert keys == [list(made), list(made["categories"][0]), list(made["entries"][0])]
    assert list(made["entries"][0]["answer"]) == ["text", "html"]


def test_the_docs_describe_every_file() -> None:
    rows = re.findall(r"^\| `([\w.-]+\.\w+)`", DOCUMENT, re.MULTILINE)
    assert sorted(rows) == sorted([*files(SMALL, "https://example.org/"), "lunr-index.json"])
