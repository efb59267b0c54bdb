"""What was published and is gone is told, with what leads on; so is a dead link outward."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from faqsite.cli import main
from faqsite.outward import find_dead_links, outward_links
from faqsite.pipeline import load, make_site
from faqsite.problems import Problem
from faqsite.published import faq_json_url, find_gone, parse_published

from .documents import write
from .product import PRODUCT

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


@pytest.mark.parametrize(
    ("url", "question", "answer", "told"),
    [
        ("pay/day.html", "When is pay day?", "Never.", []),
        ("bonus.html", "Is there a bonus?", "Yes.", []),
        (
            "money/day.html",
            "When is pay day?",
            "Never.",
            [
                (
                    'content/pay/day.md:2: "money/day.html", published as "When is pay day?", is '
                    "gone, and this entry asks the same; add a line: moved_from: [money/day]"
                )
            ],
        ),
        (
            "money/salary.html",
            "Salary date?",
            "Never.",
            [
                (
                    'content/pay/day.md:2: "money/salary.html", published as "Salary date?", is '
                    "gone, and this entry asks the same; add a line: moved_from: [money/salary]"
                )
            ],
        ),
        (
            "money/bonus.html",
            "Is there a bonus?",
            "Never.",
            [
                (
                    'content/pay/bonus.md:3: "money/bonus.html", published as "Is there a bonus?", '
                    "is gone, and this entry asks the same; "
                    'add to "moved_from": money/bonus'
                )
            ],
        ),
        (
            "money/paid.html",
            "On which day?",
            ANSWER,
            [
                (
                    'advice: content/pay/day.md:2: "money/paid.html", published as '
                    '"On which day?", '
                    "is gone, and this entry answers nearly the same; if it took its place, "
                    "add a line: moved_from: [money/paid]"
                )
            ],
        ),
        (
            "dogs.html",
            "Are there dogs?",
            "On Fridays, in the garden.",
            [
                (
                    'advice: content/: "dogs.html", published as "Are there dogs?", is gone; '
                    "if it was taken down on purpose, nothing needs to be done"
                )
            ],
        ),
    ],
)
def test_an_address_that_is_gone_is_told_with_what_leads_on(
    url: str, question: str, answer: str, told: list[str], tmp_path: Path
) -> None:
    assert gone(tmp_path, (url, question, answer)) == told


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


def test_a_dead_link_is_told_at_each_of_its_places_and_asked_for_once(tmp_path: Path) -> None:
    write(tmp_path, CONTENT)
    inputs = load(tmp_path, PRODUCT / "templates", PRODUCT / "static")
    links = outward_links(make_site(inputs).faq, inputs.sources.files)
    asked: list[str] = []

    def fault_of(address: str) -> str:
        asked.append(address)
        return "404 Not Found" if address.endswith("council") else ""

    dead = 'the link to "https://example.org/council" is dead: 404 Not Found'
    assert list(find_dead_links(links, fault_of)) == [
        Problem(
            path="pay/bonus.md",
            line=line,
            message=dead,
            hint="open it, and put it right or take it out",
            is_advice=True,
        )
        for line in sorted({line for _, line in links["https://example.org/council"]})
    ]
    assert sorted(asked) == ["https://example.org/council", "https://example.org/jobs"]


def test_check_compares_with_a_folder_that_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "content", CONTENT)
    assert main(["--content", "content", "--output", "old"]) == 0
    (tmp_path / "content/pay/day.md").rename(tmp_path / "content/pay/salary.md")
    capsys.readouterr()
    assert main(["check", "--content", "content", "--published", "old", "--format", "json"]) == 1
    (problem,) = (each for each in json.loads(capsys.readouterr().out) if each["kind"] == "problem")
    assert problem["hint"] == "add a line: moved_from: [pay/day]"


@pytest.mark.parametrize(
    ("where", "reason"),
    [("nowhere", "No such file or directory"), ("content/site.yaml", "it is no JSON")],
)
def test_what_cannot_be_compared_with_is_one_line_and_status_2(
    where: str,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "content", CONTENT)
    with pytest.raises(SystemExit) as stopped:
        main(["check", "--content", "content", "--published", where])
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        f'build.py: --published: "{where}" cannot be read: {reason}; see build.py check --help\n'
    )
