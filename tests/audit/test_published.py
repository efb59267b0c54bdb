"""What was published and is gone is told, with what leads on; so is a dead link outward."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from faqsite.audit.published import faq_json_url, find_gone, parse_published
from faqsite.build.pipeline import load, make_site
from tests.support.documents import write
from tests.support.product import PRODUCT

ANSWER = "Salaries are paid on the last working day of each month, in the local currency."

CONTENT = {
    "site.yaml": "title: Questions\njobs: https://example.org/jobs\n",
    "pay/day.md": f"---\nquestion: When is pay day?\nalso_asked: [salary date]\n---\n{ANSWER}\n",
    "pay/bonus.md": (
        "---\nquestion: Is there a bonus?\nmoved_from: [bonus]\n---\n"
        "In March, says the [council](https://example.org/council#pay).\n\n"
        "Or ask https://example.org/council\n"
    ),
}


def gone(tmp_path: Path, *published: tuple[str, str, str]) -> list[str]:
    """Return what is said of entries that were published: address, question, answer."""
    write(tmp_path, CONTENT)
    entries = [{"url": url, "question": q, "answer": {"text": text}} for url, q, text in published]
    categories = [{"url": "pay/index.html", "title": "Pay"}]
    site = {"format": 1, "entries": entries, "categories": categories}
    made = make_site(load(tmp_path, PRODUCT / "templates", PRODUCT / "static"))
    addresses = [file.address for file in made.files]
    found = find_gone(parse_published(json.dumps(site).encode()), made.content, made.faq, addresses)
    return [("advice: " if each.is_advice else "") + each.describe("content") for each in found]


SAME = "and this entry asks the same"


@pytest.mark.parametrize(
    ("url", "question", "answer", "told"),
    [
        ("pay/day.html", "When is pay day?", "Never.", ""),
        ("bonus.html", "Is there a bonus?", "Yes.", ""),
        (
            "money/day.html",
            "When is pay day?",
            "Never.",
            f"content/pay/day.md:2: GONE, {SAME}; add a line: moved_from: [money/day]",
        ),
        (
            "money/salary.html",
            "Salary date?",
            "Never.",
            f"content/pay/day.md:2: GONE, {SAME}; add a line: moved_from: [money/salary]",
        ),
        (
            "money/bonus.html",
            "Is there a bonus?",
            "Never.",
            f'content/pay/bonus.md:3: GONE, {SAME}; add to "moved_from": money/bonus',
        ),
        (
            "money/paid.html",
            "On which day?",
            ANSWER,
            (
                "advice: content/pay/day.md:2: GONE, and this entry answers nearly the same; "
                "if it took its place, add a line: moved_from: [money/paid]"
            ),
        ),
        (
            "dogs.html",
            "Are there dogs?",
            "On Fridays, in the garden.",
            "advice: content/: GONE; if it was taken down on purpose, nothing needs to be done",
        ),
    ],
)
def test_an_address_that_is_gone_is_told_with_what_leads_on(
    url: str, question: str, answer: str, told: str, tmp_path: Path
) -> None:
    expected = told.replace("GONE", f'"{url}", published as "{question}", is gone')
    assert gone(tmp_path, (url, question, answer)) == ([expected] if told else [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b"[]", "it is no faq.json of a FAQ"),
        (b"{}", "it is no faq.json of a FAQ"),
        (b'{"format": 9}', 'its "format" is not 1'),
        (b'{"format": 1, "entries": [{"url": 1}]}', "it is no faq.json of a FAQ"),
    ],
)
def test_what_is_no_faq_json_says_so(content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_published(content)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/faq", "https://example.org/faq/", "https://example.org/faq/faq.json"],
)
def test_the_address_of_a_site_leads_to_its_faq_json(url: str) -> None:
    assert faq_json_url(url) == "https://example.org/faq/faq.json"
