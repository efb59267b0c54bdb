"""Published pages that are gone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from faqsite.audit.published import find_gone, parse_published
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
    """Return the findings about published entries: address, question, answer."""
    write(tmp_path, CONTENT)
    entries = [{"url": url, "question": q, "answer": {"text": text}} for url, q, text in published]
    categories = [{"url": "pay/index.html", "title": "Pay"}, {"url": "x/index.html", "title": "X"}]
    site = {"format": 1, "entries": entries, "categories": categories}
    made = make_site(load(tmp_path, PRODUCT / "templates", PRODUCT / "static"))
    addresses = [file.address for file in made.files]
    pages = parse_published(json.dumps(site).encode())
    found = find_gone(pages, made.content, made.faq, addresses)
    return ["advice: " * each.is_advice + each.describe("content") for each in found]


CATEGORY = (
    'advice: content/: the category "X" at "x/index.html" is gone; '
    "to redirect it to an entry, add there: moved_from: [x/]"
)
SAME = "and this entry asks the same"


@pytest.mark.parametrize(
    ("url", "question", "answer", "finding"),
    [
        ("pay/day.html", "When is pay day?", "Never.", ""),
        ("bonus.html", "Is there a bonus?", "Yes.", ""),
        (
            "money/day.html",
            "When is pay day?",
            "Never.",
            f"content/pay/day.md:2: GONE, {SAME}; add the line: moved_from: [money/day]",
        ),
        (
            "money/salary.html",
            "Salary date?",
            "Never.",
            f"content/pay/day.md:2: GONE, {SAME}; add the line: moved_from: [money/salary]",
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
                "advice: content/pay/day.md:2: GONE, and this entry answers almost the same; "
                "if it replaces the page, add the line: moved_from: [money/paid]"
            ),
        ),
        (
            "dogs.html",
            "Are there dogs?",
            "On Fridays, in the garden.",
            "advice: content/: GONE; if you removed it on purpose, ignore this",
        ),
    ],
)
def test_a_page_that_is_gone_has_the_redirect_to_add(
    url: str, question: str, answer: str, finding: str, tmp_path: Path
) -> None:
    expected = finding.replace("GONE", f'the page "{url}" ("{question}") is gone')
    assert gone(tmp_path, (url, question, answer)) == [CATEGORY] + [expected] * bool(finding)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "it is not the faq.json of a FAQ"),
        (b"{}", "it is not the faq.json of a FAQ"),
        (b'{"format": 9}', 'its "format" is not 1'),
        (b'{"format": 1, "entries": [{"url": 1}]}', "it is not the faq.json of a FAQ"),
    ],
)
def test_only_a_faq_json_of_this_format_is_read(content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_published(content)
