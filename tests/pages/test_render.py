"""Rendering: links and ids that fit the page, and messages with file and line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from faqsite.model.problems import TemplateError
from faqsite.model.records import (
    Answer,
    AnswerPart,
    Attachment,
    ElementId,
    HeadingLevel,
    LinkTarget,
    PictureSize,
    Settings,
)
from faqsite.pages.addresses import Addresses
from faqsite.pages.plan import plan
from faqsite.pages.render import Renderer, load_templates
from tests.support.cases import cases
from tests.support.sites import (
    SENTENCES,
    STATIC,
    TEMPLATES,
    make_category,
    make_entry,
    make_faq,
    make_site,
)


def render(site: Renderer, address: str) -> str:
    """Return the HTML of the page at an address."""
    (page,) = (page for page in plan(site.faq) if page.address == address)
    return site.render(page)


class Visible(HTMLParser):
    """Collects the texts and attribute values of a page, with entities resolved."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append("data" if ("type", "application/ld+json") in attrs else tag)
        self.texts += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


WHERE = make_entry("team/where.md", anchor="where")
LINKING = make_entry("pay/visa.md", anchor="pay/visa")
FAQ = make_faq(
    make_category("team", WHERE),
    make_category("pay", LINKING),
    attachments=(
        Attachment(path="pay/A b.pdf", address="pay/a-b.pdf", content=b""),
        Attachment(path="pay/dot.gif", address="pay/dot.gif", content=b"GIF89a\2\0\1\0"),
    ),
)


@pytest.mark.parametrize(
    ("part", "page", "expected"),
    [
        ("<p>{{ x }}</p>", "index.html", "<p>{{ x }}</p>"),
        (ElementId(name="fn:1"), "index.html", "pay/visa--fn:1"),
        (ElementId(name='"'), "index.html", "pay/visa--&quot;"),
        (HeadingLevel(depth=1), "index.html", "3"),
        (HeadingLevel(depth=4), "index.html", "6"),
        (HeadingLevel(depth=9), "index.html", "6"),
        (LinkTarget(path="team/where.md", line=1), "index.html", "team/where.html"),
        (LinkTarget(path="team/where.md", line=1), "pay/visa.html", "../team/where.html"),
        (LinkTarget(path="team/where.md", line=1), "pay/index.html", "../team/where.html"),
        (
            LinkTarget(path="team/where.md", fragment="abroad", line=1),
            "all.html",
            "team/where.html#where--abroad",
        ),
        (LinkTarget(path="pay/visa.md", fragment="fn:1", line=1), "all.html", "#pay/visa--fn%3A1"),
        (
            LinkTarget(path="pay/visa.md", fragment="fn:1", line=1),
            "pay/visa.html",
            "#pay/visa--fn%3A1",
        ),
        (LinkTarget(path="pay/visa.md", line=1), "all.html", "pay/visa.html"),
        (LinkTarget(path="pay/A b.pdf", line=1), "team/index.html", "../pay/a-b.pdf"),
        (
            LinkTarget(path="pay/A b.pdf", fragment="page=2", line=1),
            "all.html",
            "pay/a-b.pdf#page=2",
        ),
        (LinkTarget(path="team", line=1), "pay/visa.html", "../team/index.html"),
        (LinkTarget(path="", line=1), "pay/visa.html", "../index.html"),
        (PictureSize(path="pay/dot.gif"), "all.html", ' width="2" height="1"'),
        (PictureSize(path="pay/dot.gif", width=6), "all.html", ' height="3"'),
        (PictureSize(path="pay/A b.pdf"), "all.html", ""),
    ],
)
def test_a_part_of_an_answer_fits_the_page_it_is_on(
    part: AnswerPart, page: str, expected: str
) -> None:
    entry = replace(LINKING, answer=Answer(parts=(part,), text=""))
    assert make_site(FAQ).answers.html(entry, 2, page) == expected


HOSTILE = [
    "</script><script>x</script>",
    "{{ page }} {% raw %} {# x #}",
    '<img src=x onerror="x">',
    "& &amp; &lt;",
    "\u202eright to left\u200f",
    "'\" onmouseover=x",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_wherever_it_is_shown(text: str) -> None:
    faq = make_faq(
        make_category(
            "c", make_entry("c/a.md", question=text), make_entry("c/b.md"), title=text, summary=text
        ),
        settings=Settings(title=text, description=text, contact="a@b.org", jobs="https://b.org"),
    )
    site = make_site(faq)
    for page in plan(faq):
        visible = Visible()
        visible.feed(site.render(page))
        visible.close()
        assert any(text in found for found in visible.texts), page.address
        assert visible.tags.count("script") == 2
        assert "img" not in visible.tags


def test_a_question_is_isolated_from_the_text_around_it() -> None:
    faq = make_faq(make_entry("a.md", question="\u202eA?"), make_entry("b.md"))
    assert "<bdi>\u202eA?</bdi>" in render(make_site(faq), "b.html")


def test_every_link_is_relative_except_on_404() -> None:
    site = make_site(FAQ, base_path="/faq/")
    for page in plan(FAQ):
        html = site.render(page)
        links = re.findall(r'(?:href|src|action)="([^"#]+)', html)
        rooted = [link for link in links if link.startswith("/")]
        assert rooted == (links if page.address == "404.html" else [])
        assert all(link.startswith("/faq/") for link in rooted)


@pytest.mark.parametrize(
    ("url", "address", "public"),
    [
        ("", "pay/visa.html", ""),
        ("https://example.org/faq/", "index.html", "https://example.org/faq/"),
        ("https://example.org/faq/", "pay/visa.html", "https://example.org/faq/pay/visa.html"),
        ("https://example.org/faq/", "pay/index.html", "https://example.org/faq/pay/"),
        ("https://example.org/", "zürich.html", "https://example.org/z%C3%BCrich.html"),
    ],
)
def test_a_page_has_a_public_address(url: str, address: str, public: str) -> None:
    assert Addresses({}, url=url).public_url(address) == public


def head_of(html: str) -> dict[str, str]:
    """Return the contents of the meta elements by name."""
    found = re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)">', html)
    return {name: unescape(content) for name, content in found if name != "viewport"}


def test_a_page_describes_itself_to_search_engines_and_link_previews() -> None:
    faq = make_faq(1, settings=Settings(title='Q & "A"', language="pt-BR", description="<All>."))
    assert head_of(render(make_site(faq, url="https://example.org/"), "index.html")) == {
        "description": "<All>.",
        "og:description": "<All>.",
        "og:title": 'Q & "A"',
        "og:type": "website",
        "og:site_name": 'Q & "A"',
        "og:url": "https://example.org/",
        "og:locale": "pt_BR",
    }


@pytest.mark.parametrize("address", ["all.html", "search.html", "404.html", "old.html"])
def test_a_page_that_is_not_indexed_has_no_description(address: str) -> None:
    site = make_site(FAQ._replace(redirects=(("old.html", "pay/visa.md"),)))
    html = render(site, address)
    assert head_of(html) == {"robots": "noindex"}
    assert ('rel="canonical"' in html) is False


def test_unknown_values_are_left_out() -> None:
    html = render(make_site(make_faq(make_category("a"))), "a/index.html")
    assert set(head_of(html)) == {"og:title", "og:type", "og:site_name"}


@pytest.mark.parametrize(("content", "count"), [(b"", 0), (b"a {}", 1)])
def test_the_owners_style_sheet_is_linked_unless_empty(content: bytes, count: int) -> None:
    static = {**STATIC, "assets/brand.css": content}
    assert render(make_site(FAQ, static=static), "index.html").count("assets/brand.css") == count


@pytest.mark.parametrize("place", ["head", "header", "footer"])
def test_a_template_of_the_owner_is_on_every_page(place: str) -> None:
    brand = {f"brand/{place}.html": "<!-- {{ settings.title }}: mine -->"}
    site = make_site(FAQ, templates={**TEMPLATES, **brand})
    for page in plan(FAQ):
        assert site.render(page).count("<!-- Questions: mine -->") == 1


@cases(
    "template_problems",
    ("\n{{ nothing }}", "2: 'nothing' is undefined"),
    ("\n\n{% if %}", "3: Expected an expression, got 'end of statement block'"),
)
def test_a_wrong_template_is_reported_with_file_and_line(written: str, expected: str) -> None:
    site = make_site(FAQ, templates={**TEMPLATES, "brand/header.html": written})
    with pytest.raises(TemplateError) as raised:
        render(site, "index.html")
    assert str(raised.value) == f"templates/brand/header.html:{expected}"


def test_a_missing_template_is_reported() -> None:
    templates = {name: text for name, text in TEMPLATES.items() if name != "entry.html"}
    site = make_site(FAQ, templates=templates)
    with pytest.raises(TemplateError) as raised:
        render(site, "pay/visa.html")
    assert str(raised.value) == 'templates/ has no file "entry.html"'


def test_a_shared_part_cannot_use_the_page() -> None:
    site = make_site(FAQ, templates={**TEMPLATES, "frame/footer.html": "\n{{ page.address }}"})
    with pytest.raises(TemplateError) as raised:
        render(site, "pay/visa.html")
    assert str(raised.value) == "templates/frame/footer.html:2: 'page' is undefined"


def test_shared_parts_have_the_right_links_and_mark_the_list() -> None:
    faq = make_faq(make_category("team", 2, make_category("team/remote", 1)), make_category("pay"))
    site = make_site(faq, base_path="/faq/")
    rendered = {page.address: site.render(page) for page in (*plan(faq), *reversed(plan(faq)))}
    alone = {page.address: make_site(faq, base_path="/faq/").render(page) for page in plan(faq)}
    assert rendered == alone
    marked = re.findall('href="([^"]+)" aria-current="(\\w+)"', rendered["team/remote/index.html"])
    assert marked == [("../index.html", "true"), ("index.html", "page")]
    marked = re.findall('href="([^"]+)" aria-current="(\\w+)"', rendered["team/remote/1.html"])
    assert marked == [("../index.html", "true"), ("index.html", "true")]


@pytest.mark.parametrize("key", ["contact", "home", "copied"])
def test_missing_words_are_reported(key: str) -> None:
    words = {name: text for name, text in SENTENCES.items() if name != key}
    site = Renderer(FAQ, make_site(FAQ).addresses, TEMPLATES, words)
    with pytest.raises(TemplateError, match=f'words.yaml has no key "{key}"'):
        render(site, "pay/visa.html")


def test_our_own_mistake_is_not_blamed_on_a_template() -> None:
    faq = make_faq(make_entry("a.md", LinkTarget(path="nowhere.md", line=1)))
    with pytest.raises(KeyError):
        render(make_site(faq), "a.html")


def test_the_settings_can_replace_words() -> None:
    words = (("updated", "As of {date} {x}"), ("date", "{month}/{day}"))
    entry = make_entry("a.md", updated=date(2026, 3, 4))
    faq = make_faq(entry, settings=Settings(title="Q", words=words))
    html = render(make_site(faq), "a.html")
    assert '<time datetime="2026-03-04">As of March/4 {x}</time>' in html


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar-EG", "rtl"), ("HE", "rtl")]
)
def test_a_page_has_the_direction_of_its_language(language: str, direction: str) -> None:
    faq = make_faq(1, settings=Settings(title="Q", language=language))
    assert f'<html lang="{language}" dir="{direction}">' in render(make_site(faq), "index.html")


def test_without_a_contact_there_is_no_feedback() -> None:
    html = render(make_site(make_faq(make_entry("a.md"))), "a.html")
    assert "feedback" not in html


@pytest.mark.parametrize(
    ("contact", "links"),
    [
        (
            "a@b.org",
            [
                (
                    "mailto:a@b.org?subject=Question%3A%20Pay%3F"
                    "&body=Pay%3F%0D%0Ahttps%3A%2F%2Fexample.org%2Fa.html%0D%0A"
                ),
                "Searched%20for%3A%20{query}%0D%0A",
            ],
        ),
        (
            "https://b.org/ask",
            [
                "https://b.org/ask?question=Pay%3F&page=https%3A%2F%2Fexample.org%2Fa.html",
                "&query={query}",
            ],
        ),
    ],
)
def test_feedback_goes_to_the_contact(contact: str, links: list[str]) -> None:
    faq = make_faq(
        make_entry("a.md", question="Pay?"), settings=Settings(title="Q", contact=contact)
    )
    html = render(make_site(faq, url="https://example.org/"), "a.html")
    (tag,) = re.findall(r'<a id="feedback_link"[^>]*>', html)
    plain, searched = links
    assert unescape(tag) == (
        f'<a id="feedback_link" href="{plain}" data-asked="{plain}{searched}">'
    )


def test_templates_can_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand/head.html").write_bytes(b"\xef\xbb\xbfx")
    (tmp_path / "words.yaml").write_bytes(b"no: template")
    assert load_templates(tmp_path) == {"brand/head.html": "x"}


def test_a_template_in_another_encoding_is_reported_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"one\ntwo \xe4\n")
    with pytest.raises(TemplateError) as raised:
        load_templates(tmp_path)
    assert str(raised.value) == "templates/a.html:2: not UTF-8; save the file as UTF-8"
