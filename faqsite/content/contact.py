"""The contact: a mail address, or that of a form, and what either is told of an answer.

What the reader searched for is known only to the script of the pages. It stands as
"{query}" in the links made here, for the script to fill in.
"""

from __future__ import annotations

from urllib.parse import quote

from faqsite.content.text import PLACEHOLDER

TOLD = ("question", "page", "query")
"""What a form is told, by the names of its placeholders."""


def is_mail(contact: str) -> bool:
    """Tell whether a contact is a mail address; else it is one of the web."""
    return "@" in contact and ":" not in contact


def contact_link(contact: str) -> str:
    """Return what a contact leads to, with nothing told: "mailto:jobs@example.org"."""
    return f"mailto:{contact}" if is_mail(contact) else PLACEHOLDER.sub("", contact)


def mail_about(address: str, *, subject: str, body: str, searched: str = "") -> str:
    """Return the link that opens a mail, which ends in a sentence with "{query}".

    >>> mail_about("jobs@example.org", subject="Pay?", body="", searched="Sought {query}")
    'mailto:jobs@example.org?subject=Pay%3F&body=Sought%20{query}'
    """
    told = quote(body, safe="") + quote(searched, safe="{}")
    return f"mailto:{address}?subject={quote(subject, safe='')}&body={told}"


def form_about(address: str, *, question: str, page: str, query: str = "") -> str:
    """Return the address of a form with its placeholders filled; one without gets parameters.

    >>> form_about("https://example.org/ask?to=jobs#form", question="Pay?", page="")
    'https://example.org/ask?to=jobs&question=Pay%3F#form'
    """
    told = {
        "question": quote(question, safe=""),
        "page": quote(page, safe=""),
        "query": quote(query, safe="{}"),
    }
    if PLACEHOLDER.search(address):
        return PLACEHOLDER.sub(lambda found: told[found[1]], address)
    form, hash_sign, fragment = address.partition("#")
    parameters = "&".join(f"{name}={value}" for name, value in told.items() if value)
    joint = "" if form[-1] in "?&" else "&" if "?" in form else "?"
    return f"{form}{joint}{parameters}{hash_sign}{fragment}"
