"""What readers of a published site would miss: a contact, and answers that every candidate seeks.

A site counts as published once its settings have an address or a repository: until then, it is
an example, or not ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import yaml

from faqsite.audit.engine import Found
from faqsite.content.sources import SETTINGS_FILE
from faqsite.model.problems import Kind, Problem, note
from faqsite.model.records import Faq

_TOPICS = Path(__file__).parent / "topics.yaml"


def load_topics() -> dict[str, list[str]]:
    """Return what candidates ask about, each topic with queries for it."""
    topics: dict[str, list[str]] = yaml.safe_load(_TOPICS.read_text("utf-8"))
    return topics


def find_missing(
    faq: Faq, ask: Callable[[Sequence[str], int], Sequence[Found]]
) -> Iterator[Problem]:
    """Yield advice about a missing contact and, with the vocabulary "careers", missing topics."""
    settings = faq.settings
    if not (settings.url or settings.repository):
        return
    if not settings.contact:
        fact = '"contact" is missing, so readers without an answer cannot ask'
        hint = "add the line contact: with a mail or https address"
        yield note(SETTINGS_FILE, 0, Kind.MISSING_KEY, fact, hint, "contact", is_advice=True)
    if settings.vocabulary == "careers" and (missing := find_missing_topics(ask)):
        fact = f"no entry answers what candidates often ask about: {', '.join(missing)}"
        hint = "answer those that apply, or add the words to the also_asked of an answer"
        yield note(SETTINGS_FILE, 0, Kind.UNANSWERED_TOPIC, fact, hint, *missing, is_advice=True)


def find_missing_topics(ask: Callable[[Sequence[str], int], Sequence[Found]]) -> list[str]:
    """Return each topic if the search opens no entry as the answer to any of its queries."""
    topics = load_topics()
    queries = [query for each in topics.values() for query in each]
    answered = {
        query for query, found in zip(queries, ask(queries, 1), strict=True) if found.is_answer
    }
    return [topic for topic, queries in topics.items() if not answered & {*queries}]
