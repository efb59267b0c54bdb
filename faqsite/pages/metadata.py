"""What pages and files tell other programs: search engines, link previews, AI assistants."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from faqsite.model import urls
from faqsite.model.records import Entry, Faq, SiteFile
from faqsite.model.urls import HOME
from faqsite.pages.plan import Page, branches_of

PublicUrl = Callable[[str], str]
"""Returns the public address of a page, or "" if the site's is unknown."""

FORMAT = 1
"""The format of faq.json. A change to what is there already gets a new number."""
_MOST_CHARS, _ENOUGH_CHARS = 155, 70
# A lower-case letter does not begin a sentence: "e.g. this".
_SENTENCE = re.compile(
    "(?<=[.!?\u2026] )(?=[^a-z])|(?<=[.!?\u2026]['\")\u201d\u2019] )(?=[^a-z])"
    "|(?<=[\u3002\uff01\uff1f])"
)
_LOCALE = re.compile("([a-z]{2,3})(?:-[a-z]{4})?-([a-z]{2})", re.IGNORECASE)
_MARKDOWN = re.compile(r"[\\`*_~\[\]<]|&(?=#?\w+;)")
# Escaped so, no text can end the script or open a comment in it.
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def excerpt(text: str) -> str:
    """Return the first sentences of a text as one line of at most 155 characters.

    It cuts a sentence short, with "…", only if the whole ones say too little.
    """
    whole = longer = ""
    for sentence in _sentences(text):
        longer = whole + sentence
        if len(_trim(longer)) > _MOST_CHARS:
            break
        whole = longer
    if whole == longer or len(_trim(whole)) >= _ENOUGH_CHARS:
        return _trim(whole)
    words = longer[:_MOST_CHARS].rpartition(" ")[0].rstrip(" ,;:\u00b7\u2013-")
    # Text without spaces, as in Chinese, can be cut anywhere.
    return (words if len(words) >= _ENOUGH_CHARS else longer[: _MOST_CHARS - 1]) + "\u2026"


def _sentences(text: str) -> Iterator[str]:
    """Yield each sentence with the separator that follows it."""
    for line in text.split("\n"):
        *before, last = _SENTENCE.split(line)
        yield from before
        # A heading or list item ends without a full stop.
        yield last + (" \u00b7 " if last[-1:].isalnum() else " ")


def _trim(text: str) -> str:
    return text.removesuffix(" \u00b7 ").strip()


def describe(page: Page) -> str:
    """Return a sentence or two about a page as plain text, "" if it is not indexed."""
    section = page.section
    if not page.is_indexed:
        return ""
    if page.entry:
        return excerpt(page.entry.answer.text)
    if section is None:
        return ""
    summary = section.category.summary if section.number == 1 else ""
    return excerpt(summary or "\n".join(entry.question for entry in section.all_entries))


def og_locale(language: str) -> str:
    """Return the language as Open Graph writes it, "pt_BR", or "" if it names no country."""
    found = _LOCALE.fullmatch(language)
    return f"{found[1].lower()}_{found[2].upper()}" if found else ""


def structured_data(page: Page, public_url: PublicUrl, home: str) -> str:
    """Return the JSON-LD of a page, safe within a script element, or "" if it has none.

    A list that shows answers gets an FAQPage of these. An entry gets its trail, which begins
    with `home`, as a BreadcrumbList if the public address is known.
    """
    described: dict[str, object]
    if not page.is_indexed:
        return ""
    if page.section and any(page.section.answered_entries):
        questions = [
            {
                "@type": "Question",
                "name": entry.question,
                "acceptedAnswer": {"@type": "Answer", "text": entry.answer.text},
            }
            for entry in page.section.answered_entries
        ]
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
    """Return the name of an inline script in a Content-Security-Policy, e.g. "sha256-…"."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def plan_files_for_programs(
    faq: Faq, pages: Sequence[Page], html: Callable[[Entry], str], public_url: PublicUrl
) -> Iterator[SiteFile]:
    """Yield the files that no page loads; `html` returns an answer as on the home page."""
    url = public_url(HOME)
    yield SiteFile("faq.json", lambda: faq_json(faq, html, url).encode())
    yield SiteFile("llms.txt", lambda: llms_txt(faq, public_url).encode())
    # Robots look for it only at the root of a host.
    if urlsplit(url).path == "/":
        robots = f"User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n"
        yield SiteFile("robots.txt", robots.encode)
    if url:
        yield SiteFile("sitemap.xml", lambda: sitemap_xml(pages, public_url).encode())


def faq_json(faq: Faq, html: Callable[[Entry], str], url: str) -> str:
    """Return the public FAQ as JSON in the format of docs/published-files.md."""
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
    """Return all questions in the format of https://llmstxt.org, with the start of each answer."""
    lines = [f"# {_as_markdown(faq.settings.title)}"]
    if faq.settings.description:
        lines += ["", f"> {_as_markdown(faq.settings.description)}"]
    for top, *below in branches_of(faq.top):
        entries = [top, *below][-1].entries
        # The format has one level of headings. Entries at the top need none.
        names = " / ".join(each.title for each in below)
        lines += ["", f"## {_as_markdown(names)}"] if names and entries else []
        lines += [""] if entries else []
        for entry in entries:
            address = public_url(entry.address) or urls.link("", entry.address)
            start = _as_markdown(excerpt(entry.answer.text))
            lines += [f"- [{_as_markdown(entry.question)}]({address}){start and ': ' + start}"]
    return "\n".join((*lines, ""))


def _as_markdown(text: str) -> str:
    """Return a text as one line of Markdown that shows exactly that text."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


def sitemap_xml(pages: Iterable[Page], public_url: PublicUrl) -> str:
    """Return the sitemap of the indexed pages, each with the newest date of its answers.

    A sitemap holds up to 50,000 pages, more than the content can have files.
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
