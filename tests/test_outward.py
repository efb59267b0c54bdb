"""Links outward, whatever their hosts have to say."""

from __future__ import annotations

from dataclasses import replace

from faqsite.model import Answer, Faq, Link
from faqsite.outward import find_dead_links, outward_links
from faqsite.problems import Problems
from faqsite.validate import validate
from tests.answers import answer_of
from tests.contents import make_content, make_raw

BODY = (
    "[a](https://example.org/a?x=1&y=2#part) <https://example.org/b>\n\n"
    "[again](https://example.org/a?x=1&y=2) [mail](mailto:a@example.org) [in](a.md)\n"
)
SITE = "title: Questions\njobs: https://example.org/jobs\n"


def make_faq() -> tuple[Faq, dict[str, bytes]]:
    entries = (make_raw("a.md"), make_raw("b.md"))
    answers: dict[str, Answer] = {}
    files = {"site.yaml": SITE.encode()}
    for entry, body in zip(entries, (BODY, "[b](HTTPS://example.org/B?)\n"), strict=True):
        answers[entry.path], _ = answer_of(body, entry.path)
        files[entry.path] = f"---\nquestion: Why?\n---\n{body}".encode()
    content = make_content(*entries)
    settings = replace(
        content.settings,
        jobs="https://example.org/jobs",
        header_links=(Link(label="Us", address="mailto:us@example.org"),),
        footer_links=(Link(label="B", address="https://example.org/b"),),
    )
    return validate(replace(content, settings=settings), answers, Problems()), files


def test_an_address_has_all_of_its_places() -> None:
    assert outward_links(*make_faq()) == {
        "https://example.org/jobs": [("site.yaml", 2)],
        # The site.yaml that is given here does not hold it.
        "https://example.org/b": [("site.yaml", 0), ("a.md", 4)],
        "https://example.org/a?x=1&y=2": [("a.md", 4)],
        "HTTPS://example.org/B?": [("b.md", 4)],
    }


def test_a_dead_link_is_an_advice_wherever_it_stands() -> None:
    links = outward_links(*make_faq())
    asked: list[str] = []
    told: list[float] = []

    def fault_of(address: str) -> str:
        asked.append(address)
        return "404 Not Found" if address.endswith("/b") else ""

    found = list(find_dead_links(links, fault_of, told.append))
    assert [(each.is_advice, each.describe("content")) for each in found] == [
        (
            True,
            (
                f'content/{place}: the link to "https://example.org/b" is dead: 404 Not Found; '
                "open it, and put it right or take it out"
            ),
        )
        for place in ("site.yaml", "a.md:4")
    ]
    assert sorted(asked) == sorted(links)
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_where_there_is_no_link_nothing_is_asked() -> None:
    assert list(find_dead_links({}, lambda _: "404")) == []
