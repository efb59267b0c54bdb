"""What pages and files say to other programs: search engines, link previews, assistants."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from faqsite.model import urls
from faqsite.model.records import Entry, Faq, PlannedFile, SiteFile
from faqsite.model.urls import HOME
from faqsite.pages.plan import Page, branches_of

PublicUrl = Callable[[str], str]
"""The public address of a page, "" if that of the site is unknown."""

FORMAT = 1
"""The format of faq.json; a new number where what was there changes."""
_MOST_CHARS, _ENOUGH_CHARS = 155, 70
# A lower-case letter goes on after "e.g. ".
_SENTENCE = re.compile(
    "(?<=[.!?\u2026] )(?=[^a-z])|(?<=[.!?\u2026]['\")\u201d\u2019] )(?=[^a-z])"
    "|(?<=[\u3002\uff01\uff1f])"
)
_LOCALE = re.compile("([a-z]{2,3})(?:-[a-z]{4})?-([a-z]{2})", re.IGNORECASE)
_MARKDOWN = re.compile(r"[\\`*_~\[\]<]|&(?=#?\w+;)")
# Nothing in a script ends it then, and nothing opens a comment.
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def excerpt(text: str) -> str:
    """Return the first sentences of a text as one line of at most 155 characters.

    It ends within a sentence, with "…", only where whole ones would say too little.
    """
    told = longer = ""
    for sentence in _sentences(text):
        longer = told + sentence
        if len(_ended(longer)) > _MOST_CHARS:
            break
        told = longer
    else:
        return _ended(told)
    if len(_ended(told)) >= _ENOUGH_CHARS:
        return _ended(told)
    words = longer[:_MOST_CHARS].rpartition(" ")[0].rstrip(" ,;:\u00b7\u2013-")
    # A script without blanks is cut anywhere.
    return (words if len(words) >= _ENOUGH_CHARS else longer[: _MOST_CHARS - 1]) + "\u2026"


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences, each with what stands between it and the next."""
    for line in text.split("\n"):
        *before, last = _SENTENCE.split(line)
        yield from before
        # A heading or a point of a list ends in no stop.
        yield last + (" \u00b7 " if last[-1:].isalnum() else " ")


def _ended(text: str) -> str:
    return text.removesuffix(" \u00b7 ").strip()


def describe(page: Page) -> str:
    """Return what a page holds, in a sentence or two of plain text; "" for one not indexed."""
    if not page.is_indexed:
        return ""
    if page.entry:
        return excerpt(page.entry.answer.text)
    if page.section is None:
        return ""
    section = page.section
    summary = section.category.summary if section.number == 1 else ""
    return excerpt(summary or "\n".join(entry.question for entry in section.all_entries))


def og_locale(language: str) -> str:
    """Return the language as Open Graph has it, "pt_BR"; "" for one without a territory."""
    found = _LOCALE.fullmatch(language)
    return f"{found[1].lower()}_{found[2].upper()}" if found else ""


def structured_data(page: Page, public_url: PublicUrl, home: str) -> str:
    """Return the JSON-LD of a page, safe within a script element; "" if it has none.

    A list that shows answers has them as an FAQPage. An entry has its trail, which begins
    with `home`, as a BreadcrumbList, if the public address is known.
    """
    described: dict[str, object]
    if not page.is_indexed:
        return ""
    if page.section and any(page.section.answered_entries):
        questions = [_question(entry) for entry in page.section.answered_entries]
        described = {"@type": "FAQPage", "mainEntity": questions}
    elif page.entry and public_url(HOME):
        trail = [
            {
                "@type": "ListItem",
                "position": position,
                "name": category.title if position > 1 else home,
                "item": public_url(category.address),
            }
            for position, category in enumerate(page.branch, start=1)
        ]
        described = {"@type": "BreadcrumbList", "itemListElement": trail}
    else:
        return ""
    described = {"@context": "https://schema.org", **described}
    written = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    return written.translate(_IN_SCRIPT)


def policy_hash(script: str) -> str:
    """Return what a Content-Security-Policy calls an inline script, e.g. "sha256-…"."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _question(entry: Entry) -> dict[str, object]:
    answer = {"@type": "Answer", "text": entry.answer.text}
    return {"@type": "Question", "name": entry.question, "acceptedAnswer": answer}


def plan_files_for_programs(
    faq: Faq, pages: Sequence[Page], html: Callable[[Entry], str], public_url: PublicUrl
) -> tuple[SiteFile, ...]:
    """Return the files that no page loads; `html` is that of an answer on the home page."""
    url = public_url(HOME)
    return (
        _planned("faq.json", lambda: faq_json(faq, html, url)),
        _planned("llms.txt", lambda: llms_txt(faq, public_url)),
        # Elsewhere than at the root of a host no robot looks for it.
        *([_planned("robots.txt", lambda: robots_txt(url))] if urlsplit(url).path == "/" else []),
        *([_planned("sitemap.xml", lambda: sitemap_xml(pages, public_url))] if url else []),
    )


def _planned(address: str, make: Callable[[], str]) -> PlannedFile:
    return PlannedFile(address=address, make=lambda: make().encode())


def faq_json(faq: Faq, html: Callable[[Entry], str], url: str) -> str:
    """Return the public FAQ as JSON, as docs/published-files.md describes it."""
    branches = [*branches_of(faq.top)]
    described = {
        "format": FORMAT,
        "title": faq.settings.title,
        "description": faq.settings.description,
        "language": faq.settings.language,
        "url": url or None,
        "categories": [
            {
                "url": urls.link("", category.address),
                "title": category.title,
                "summary": category.summary,
                "parent": urls.link("", above[-1].address) if above else None,
            }
            for *above, category in branches
        ],
        "entries": [
            {
                "url": urls.link("", entry.address),
                "category": urls.link("", category.address),
                "question": entry.question,
                "also_asked": entry.also_asked,
                "answer": {"text": entry.answer.text, "html": html(entry)},
                "updated": entry.updated and entry.updated.isoformat(),
            }
            for *_, category in branches
            for entry in category.entries
        ],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def llms_txt(faq: Faq, public_url: PublicUrl) -> str:
    """Return the questions as https://llmstxt.org has it, each with the start of its answer."""
    lines = [f"# {as_markdown(faq.settings.title)}"]
    if faq.settings.description:
        lines += ["", f"> {as_markdown(faq.settings.description)}"]
    for top, *below in branches_of(faq.top):
        category = [top, *below][-1]
        if not category.entries:
            continue
        # The format has one level of headings. What stands at the top needs none.
        names = " / ".join(each.title for each in below)
        lines += ["", f"## {as_markdown(names)}"] if names else []
        lines += [""]
        for entry in category.entries:
            address = public_url(entry.address) or urls.link("", entry.address)
            start = as_markdown(excerpt(entry.answer.text))
            lines += [f"- [{as_markdown(entry.question)}]({address}){start and ': ' + start}"]
    return "\n".join((*lines, ""))


def as_markdown(text: str) -> str:
    """Return a text as one line of Markdown that shows it."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


def robots_txt(url: str) -> str:
    """Return what lets every robot in."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n"


def sitemap_xml(pages: Iterable[Page], public_url: PublicUrl) -> str:
    """Return the sitemap of what is indexed: each page dated by the newest answer that it shows.

    One may hold 50,000 pages, more than the content can have files.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for page in pages:
        if page.is_indexed:
            entries = page.section.all_entries if page.section else filter(None, [page.entry])
            updated = max((entry.updated for entry in entries if entry.updated), default=None)
            lastmod = f"<lastmod>{updated}</lastmod>" if updated else ""
            lines.append(f"<url><loc>{escape(public_url(page.address))}</loc>{lastmod}</url>")
    return "\n".join((*lines, "</urlset>\n"))
