"""FAQs built by hand, and the site that the templates of the project make from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import yaml

from faqsite.model.keys import Text
from faqsite.model.records import (
    Answer,
    AnswerPart,
    Attachment,
    Category,
    ElementId,
    Entry,
    Faq,
    HeadingLevel,
    Link,
    LinkTarget,
    Settings,
)
from faqsite.model.urls import category_address, entry_address
from faqsite.pages.addresses import Addresses
from faqsite.pages.render import Renderer, load_templates

from .product import PRODUCT, PROJECT

TEMPLATES = load_templates(PRODUCT / "templates")
SENTENCES: dict[str, str] = yaml.safe_load(
    (PROJECT / "templates/words.yaml").read_text(encoding="utf-8")
)
STATIC = {
    "assets/brand.css": b"",
    "assets/brand/logo.svg": b"logo",
    "assets/icon.svg": b"icon",
    "assets/js/engine.js": b"engine",
    "assets/js/page.js": b"page",
    "assets/js/theme.js": b"theme",
    "assets/style.css": b"style",
}


def make_entry(
    path: str,
    *parts: AnswerPart,
    question: str = "",
    text: str | None = None,
    related: tuple[str, ...] = (),
    updated: date | None = None,
    anchor: str = "",
) -> Entry:
    """Return the entry of a file, by default with a question about its slug."""
    category, _, name = path.rpartition("/")
    slug = name.removesuffix(".md")
    text = f"All about {slug}." if text is None else text
    return Entry(
        path=path,
        address=entry_address(category, slug),
        slug=slug,
        anchor=anchor or slug,
        question=Text(question or f"What about {slug}?"),
        answer=Answer(parts=parts or (f"<p>{text}</p>",), text=text),
        related=tuple(map(Text, related)),
        updated=updated,
    )


def make_category(
    path: str,
    *below: Category | Entry | int,
    title: str = "",
    summary: str = "",
) -> Category:
    """Return a category with entries (a number makes up so many) and categories."""
    entries: list[Entry] = []
    for each in below:
        if isinstance(each, Entry):
            entries.append(each)
        elif isinstance(each, int):
            entries += (
                make_entry(f"{path}/{number}.md".lstrip("/"), anchor=f"{path}/{number}".lstrip("/"))
                for number in range(1, each + 1)
            )
    return Category(
        path=path,
        address=category_address(path),
        title=title or path.rpartition("/")[2].title() or "Questions",
        summary=summary,
        entries=tuple(entries),
        categories=tuple(each for each in below if isinstance(each, Category)),
    )


def make_faq(
    *below: Category | Entry | int,
    settings: Settings | None = None,
    attachments: tuple[Attachment, ...] = (),
    redirects: tuple[tuple[str, str], ...] = (),
) -> Faq:
    """Return a FAQ with entries (a number makes up so many) and categories."""
    settings = settings or Settings(title="Questions")
    top = make_category("", *below, title=settings.title, summary=settings.description)
    return Faq(settings=settings, top=top, attachments=attachments, redirects=redirects)


def make_site(
    faq: Faq,
    *,
    templates: Mapping[str, str] = TEMPLATES,
    static: Mapping[str, bytes] = STATIC,
    url: str = "",
    base_path: str = "/",
) -> Renderer:
    """Return the renderer of the pages of a FAQ."""
    addresses = Addresses(static, url=url, base_path=base_path)
    return Renderer(faq, addresses, templates, SENTENCES)


def parse_parts(html: str) -> Iterator[AnswerPart]:
    """Yield the parts of an answer with links as {path#fragment}, ids as {#id}, headings as {1}."""
    for number, text in enumerate(re.split(r"[{}]", html)):
        path, _, name = text.partition("#")
        if number % 2 == 0:
            yield text
        elif text.isdecimal():
            yield HeadingLevel(depth=int(text))
        else:
            yield LinkTarget(path=path, fragment=name, line=1) if path else ElementId(name=name)


def small_faq() -> Faq:
    """Return a FAQ with everything that a page can show."""
    return make_faq(
        make_entry("start.md", question="Where do I start?"),
        make_category(
            "team",
            make_entry(
                "team/time-zone.md",
                *parse_parts(
                    '<p>In <em>one</em> zone<sup id="{#fnref-1}">'
                    '<a href="{team/time-zone.md#fn-1}">1</a></sup>. '
                    'See <a href="{team/remote/where.md}">where</a>, '
                    '<a href="{team/remote/where.md#abroad}">abroad</a>, '
                    '<a href="{team}">the team</a> and '
                    '<a href="{team/Our Map.pdf}">the map</a>.</p>\n'
                    '<p id="{#fn-1}">Central Europe.</p>'
                ),
                question="Which time zone does the team keep?",
                related=("team/remote/where.md",),
                updated=date(2026, 11, 1),
            ),
            make_category(
                "team/remote",
                make_entry(
                    "team/remote/where.md",
                    *parse_parts(
                        '<h{1} id="{#abroad}">Abroad</h{1}>\n<p>Anywhere &amp; everywhere.</p>'
                    ),
                    question="Where can I work?",
                ),
                title="Remote work",
            ),
            summary="How the team works.",
        ),
        make_category(
            "odd",
            make_entry(
                "odd/odd.md",
                question='</script> {{ page }} {% raw %} <img src=x onerror="x"> \u202eright',
            ),
            title="Odd & <b>bold</b>",
        ),
        settings=Settings(
            title="Questions & answers",
            description="What people ask.",
            url="https://example.org/faq/",
            company="Example & Sons",
            contact="jobs@example.org",
            jobs="https://example.org/jobs",
            repository="https://example.org/owner/faq/tree/next",
            logo=Text("brand/logo.svg"),
            header_links=(Link(label="About <us>", address="https://example.org/about?a&b"),),
            footer_links=(Link(label="Write", address="mailto:desk@example.org"),),
        ),
        attachments=(
            Attachment(path="team/Our Map.pdf", address="team/our-map.pdf", content=b"%PDF"),
        ),
        redirects=(("hc/en us/123.html", "team/time-zone.md"), ("old.html", "odd/odd.md")),
    )
