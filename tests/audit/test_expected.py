"""What readers of a published site would miss."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from faqsite.audit.engine import Found
from faqsite.audit.expected import find_missing, load_topics
from faqsite.model.records import Settings
from tests.support.sites import make_entry, make_faq

URL = "https://example.org/"
NO_CONTACT = (
    'content/site.yaml: "contact" is missing, so readers without an answer cannot ask; '
    "add the line contact: with a mail or https address"
)
NO_TOPIC = (
    "content/site.yaml: no entry answers what candidates often ask about: visas, references; "
    "answer those that apply, or add the words to the also_asked of an answer"
)


def ask(queries: Sequence[str], _limit: int) -> list[Found]:
    """Answer everything except questions about visas and references."""
    unknown = {query for topic in ("visas", "references") for query in load_topics()[topic]}
    return [Found((0,), is_answer=query not in unknown) for query in queries]


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        (Settings(title="FAQ"), []),
        (Settings(title="FAQ", vocabulary="careers"), []),
        (Settings(title="FAQ", url=URL), [NO_CONTACT]),
        (Settings(title="FAQ", repository="https://github.com/o/r"), [NO_CONTACT]),
        (Settings(title="FAQ", url=URL, contact="jobs@example.org"), []),
        (Settings(title="FAQ", url=URL, vocabulary="careers"), [NO_CONTACT, NO_TOPIC]),
    ],
)
def test_a_published_site_has_a_contact_and_answers_to_what_candidates_ask(
    settings: Settings, advice: list[str]
) -> None:
    found = list(find_missing(make_faq(make_entry("a.md"), settings=settings), ask))
    assert [each.describe("content") for each in found] == advice
    assert all(each.is_advice for each in found)
