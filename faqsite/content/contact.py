"""The contact, a mail address or that of a form, and what a link passes on about an answer.

Only the script of a page knows what the reader searched for. The links have "{query}" in
that place, which the script fills in.
"""

from __future__ import annotations

from urllib.parse import quote

from faqsite.content.text import PLACEHOLDER

PASSED_ON = ("question", "page", "query")
"""What the address of a form can contain, by the names of the placeholders."""


def is_mail(contact: str) -> bool:
    """Tell whether a contact is a mail address; otherwise it is a web address."""
    return "@" in contact and ":" not in contact


def contact_link(contact: str) -> str:
    """Return the link to a contact, which passes nothing on: "mailto:jobs@example.org"."""
    return f"mailto:{contact}" if is_mail(contact) else PLACEHOLDER.sub("", contact)


def mail_about(address: str, *, subject: str, body: str, searched: str = "") -> str:
    """Return the link that opens a mail; `searched` ends its text, and may contain "{query}".

    >>> mail_about("jobs@example.org", subject="Pay?", body="", searched="Query: {query}")
    'mailto:jobs@example.org?subject=Pay%3F&body=Query%3A%20{query}'
    """
    text = quote(body, safe="") + quote(searched, safe="{}")
    return f"mailto:{address}?subject={quote(subject, safe='')}&body={text}"


def form_about(address: str, *, question: str, page: str, query: str = "") -> str:
    """Return the address of a form with its placeholders filled, or with parameters without any.

    >>> form_about("https://example.org/ask?to=jobs#form", question="Pay?", page="")
    'https://example.org/ask?to=jobs&question=Pay%3F#form'
    """
    values = {
        "question": quote(question, safe=""),
        "page": quote(page, safe=""),
        "query": quote(query, safe="{}"),
    }
    if PLACEHOLDER.search(address):
        return PLACEHOLDER.sub(lambda found: values[found[1]], address)
    form, hash_sign, fragment = address.partition("#")
    separator = "" if form[-1] in "?&" else "&" if "?" in form else "?"
    parameters = "&".join(f"{name}={value}" for name, value in values.items() if value)
    return f"{form}{separator}{parameters}{hash_sign}{fragment}"
