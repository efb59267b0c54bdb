"""Which articles of a source become entries, and why others are refused."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from faqsite.build.pipeline import Inputs, load
from faqsite.transfer.admission import Admitted, admit
from faqsite.transfer.article import Article, ImportSource
from faqsite.transfer.to_markdown import convert
from tests.support.documents import write
from tests.support.product import PRODUCT
from tests.support.sources import reasons_of

SMALL = {
    "site.yaml": "title: Questions\n",
    "pay/day.md": "---\nquestion: When is pay day?\nmoved_from: [/old/day]\n---\nOn Friday.\n",
    "pay/draft.md": "---\nquestion: Is there a bonus?\ndraft: true\n---\n",
}


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    """Return the inputs of a small content folder."""
    return load_inputs(tmp_path, SMALL)


def load_inputs(folder: Path, files: Mapping[str, str]) -> Inputs:
    return load(write(folder / "content", files), PRODUCT / "templates", PRODUCT / "static")


def source_of(*entries: Article, files: Mapping[str, bytes] | None = None) -> ImportSource:
    read = {path: lambda content=content: content for path, content in (files or {}).items()}
    return ImportSource(articles=entries, write_refused=lambda _: {}, files=read)


def article(question: str, answer: str = "So.", **further: object) -> Article:
    values = {"place": question, "question": question, "answer": answer, "kind": "markdown"}
    return Article(**{**values, **further})  # type: ignore[arg-type]


def text_of(admitted: Admitted, path: str) -> str:
    return admitted.files[path].decode()


def body_of(admitted: Admitted, path: str) -> str:
    return text_of(admitted, path).rpartition("---\n")[2].strip("\n")


def test_an_article_goes_where_a_new_entry_would(inputs: Inputs) -> None:
    admitted = admit(
        source_of(
            article("What's R&D?", category="About us/Pay & more"),
            article("What is C++?"),
            article("What is C#?"),
            article("???"),
            article("All"),
            article("Where?", name="README"),
            article("Why?", category="assets"),
        ),
        inputs,
    )
    assert admitted.made == (
        "about-us/pay-more/whats-r-d.md",
        "what-is-c.md",
        "what-is-c-2.md",
        "question.md",
        "question-2.md",
        "where.md",
        "assets-2/why.md",
    )
    assert text_of(admitted, "about-us/pay-more/_category.yaml") == "title: Pay & more\n"
    assert "about-us/_category.yaml" not in admitted.files


def test_a_whole_import_can_go_into_one_category(inputs: Inputs) -> None:
    admitted = admit(source_of(article("Why?", category="pay")), inputs, into="old/faq")
    assert admitted.made == ("old/faq/pay/why.md",)


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        (article("When is pay day", "Otherwise now.", category="pay", name="day"), "pay/day.md"),
        (article("When is pay day?", "On Friday."), "pay/day.md"),
        (article("When is pay day?", "Else.", moved_from=("/old/day",)), "pay/day.md"),
        (article("Is there a bonus?", category="pay", name="draft"), "pay/draft.md"),
    ],
)
def test_an_article_that_is_already_there_is_not_imported(
    inputs: Inputs, entry: Article, path: str
) -> None:
    admitted = admit(source_of(entry), inputs)
    assert (dict(admitted.present), admitted.made, dict(admitted.files)) == ({0: path}, (), {})


def test_a_repeated_question_gets_its_subject(inputs: Inputs) -> None:
    admitted = admit(
        source_of(
            article("Overview", category="Pay/Bonus"),
            article("Overview", category="Team/Bonus"),
            article("Overview", category="Team/Time", name="01-first_steps"),
            article("Overview", category="Team/Time", name="more"),
        ),
        inputs,
    )
    questions = [text_of(admitted, path).split("\n")[1] for path in admitted.made]
    assert questions == [
        "question: Overview (Pay, Bonus)",
        "question: Overview (Team, Bonus)",
        "question: Overview (Time, First steps)",
        "question: Overview (Time, More)",
    ]


@pytest.mark.parametrize(
    ("entry", "problems"),
    [
        (
            article("When is pay day?", "Else."),
            [
                (
                    '"pay/day.md" asks the same question; '
                    "keep one of them, and list other wordings under also_asked"
                )
            ],
        ),
        (
            article("Why?", "> " * 21),
            [
                "lists, quotes and notes are nested more than 20 deep; flatten them",
            ],
        ),
        (
            article("Why?", "<!-- nothing -->"),
            ["the answer shows nothing; write it, or add the line draft: true"],
        ),
        (
            article("Why?", "[a](gone.md)", kind="own", path="pay/why.md"),
            ['the link to "gone.md" leads nowhere'],
        ),
    ],
)
def test_an_article_that_would_not_build_is_refused_with_the_same_message(
    inputs: Inputs, entry: Article, problems: list[str]
) -> None:
    admitted = admit(source_of(entry, article("Fine?")), inputs)
    assert reasons_of(admitted.refused[0]) == problems
    assert admitted.made == ("fine.md",)


def test_an_import_never_breaks_an_existing_entry(tmp_path: Path) -> None:
    files = {
        "site.yaml": "title: Questions\n",
        "pay/day.md": "---\nquestion: When?\n---\nNow.\n",
        "z.md": "---\nquestion: Who?\nrelated: [day]\nmoved_from: [team/why]\n---\nWe.\n",
    }
    admitted = admit(
        source_of(article("Day", category="other"), article("Why?", category="team")),
        load_inputs(tmp_path, files),
    )
    assert [reasons_of(problems) for problems in admitted.refused.values()] == [
        [
            (
                '"related" lists "day", which is the name of 2 entries; '
                'write "other/day" or "pay/day"'
            )
        ],
        ['"moved_from" lists "team/why", which is now the address of "team/why.md"; remove it'],
    ]  # fmt: skip
    assert admitted.made == ()


def own(path: str, answer: str = "So.", **further: object) -> Article:
    return article(f"What is {path}?", answer, kind="own", path=path, **further)


def test_a_chain_of_links_loses_only_its_broken_end(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"n{number}" for number in range(101)]
    entries = [
        own(f"{name}.md", f"[Next]({following}.md)", related=(following,))
        for name, following in pairwise(names)
    ]
    monkeypatch.setattr("faqsite.transfer.admission._MAX_PASSES", 3)
    admitted = admit(source_of(*entries), inputs)
    assert {number: reasons_of(problems) for number, problems in admitted.refused.items()} == {
        99: [
            '"related" lists "n100", which is not an entry; did you mean "n10"?',
            'the link to "n100.md" leads nowhere; did you mean "n10.md"?',
        ]
    }
    assert len(admitted.made) == 99
    assert body_of(admitted, "n97.md") == "[Next](n98.md)"
    assert text_of(admitted, "n98.md") == "---\nquestion: What is n98.md?\n---\nNext\n"
    assert dict(admitted.advice) == {
        "removed links and references to refused articles": ("What is n98.md?",)
    }
    assert admitted.stuck == ()


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("[a *b*](bad.md) [c](<../d e.pdf>)", "a *b* [c](../d%20e.pdf)"),
        ("[a][r] [b][s]\n\n[r]: bad.md\n[s]: good.md 'S'\n", "a [b](good.md 'S')"),
        ('<a href="bad.md">a</a> <a href="good.md">b</a>', '<a>a</a> <a href="good.md">b</a>'),
        ("[a](bad.md#b) `[a](bad.md)`", "a `[a](bad.md)`"),
        ("[a](../worse/) [b](../worse/x.md)", "a b"),
        ("[![a](../a.png)](bad.md)", "![a](../a.png)"),
    ],
)
def test_a_link_to_a_refused_entry_becomes_its_text(tmp_path: Path, written: str, now: str) -> None:
    admitted = admit(
        source_of(
            own("pay/zero.md", written),
            own("pay/bad.md", "> " * 21),
            own("worse/x.md", "> " * 21),
            own("pay/good.md"),
        ),
        load_inputs(tmp_path, {**SMALL, "d e.pdf": "%PDF-", "a.png": "picture"}),
    )
    assert sorted(admitted.refused) == [1, 2]
    assert body_of(admitted, "pay/zero.md") == now


def test_an_import_that_does_not_settle_is_stuck(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faqsite.transfer.admission._MAX_PASSES", 1)
    admitted = admit(source_of(own("a.md", "> " * 21)), inputs)
    assert [each.path for each in admitted.stuck] == ["a.md"]


def test_older_problems_do_not_stop_an_import(tmp_path: Path) -> None:
    before = load_inputs(tmp_path, {"a.md": "---\nquestion: A?\n---\n[x](gone.md)\n"})
    admitted = admit(source_of(article("Why?")), before)
    assert admitted.made == ("why.md",)


LINKED = (
    article("One", category="guide", name="one", base="/guide/one.md"),
    article("Two", "# Top\n\n## Pay day\n", category="guide", name="two", base="/guide/two.md",
            moved_from=("https://old.example.org/hc/en-us/articles/7-Two",)),
    article("The team", category="team", base="/team/index.md"),
    article("Bad", "> " * 21, category="team", name="bad", base="/team/bad.md"),
    article("Later", category="team", name="later", base="/team/later.md", draft=True),
)  # fmt: skip
FILES = {"guide/img/Map 1.png": b"picture", "static/logo.png": b"logo", "guide/plan.pdf": b"%PDF-"}


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("[a](two.md)", "[a](two.md)"),
        ("[a](./two)", "[a](two.md)"),
        ("[a](../two/)", "[a](two.md)"),
        ("[a](/guide/two.html)", "[a](two.md)"),
        ("[a](/docs/guide/two)", "[a](two.md)"),
        ("[a](two.md#pay-day)", "[a](two.md#pay-day)"),
        ("[a](two.md#gone)", "[a](two.md)"),
        ("[a](#gone)", "a"),
        ("[a](../team/)", "[a](../team/the-team.md)"),
        ("[a](https://old.example.org/hc/en-us/articles/7)", "[a](two.md)"),
        ("[a](https://old.example.org/hc/de/articles/7-Other#pay-day)", "[a](two.md#pay-day)"),
        ("[a](https://other.example.org/guide/two)", "[a](https://other.example.org/guide/two)"),
        ("<https://old.example.org/hc/en-us/articles/7-Two>",
         "[https://old.example.org/hc/en-us/articles/7-Two](two.md)"),
        ('[a][r]\n\n[r]: two.md "T"', '[a](two.md "T")'),
        ('<a href="two.md" target="_blank">a</a>', '<a href="two.md">a</a>'),
        ("`[a](two.md)`", "`[a](two.md)`"),
        ("[a](../team/bad.md)", "a"),
        ("[a](../team/later.md)", "a"),
        ("[a](gone.md)", "a"),
        ("[a](javascript:alert(1))", "a"),
        ("[a](ada@example.org)", "[a](mailto:ada@example.org)"),
        ("[a](www.example.org/b c)", "[a](https://www.example.org/b%20c)"),
        ("[a](//example.org/b)", "[a](https://example.org/b)"),
        ("![a](<img/Map 1.png>)", "![a](map-1.png)"),
        ("![a](/logo.png)", "![a](logo.png)"),
        ("[a](plan.pdf#page=3)", "[a](plan.pdf#page=3)"),
        ("![a](https://example.org/a.png)", "[a](https://example.org/a.png)"),
        ("[![a](https://example.org/a.png)](two.md)", "[a](two.md)"),
        ("![a](gone.png)", "a"),
        ("![a](data:image/png;base64,aGk=)", "![a](zero.png)"),
        ('<img src="img/Map%201.png" width="3">', '<img src="map-1.png" width="3" alt="">'),
        ('<img src="https://example.org/a.png" alt="a">',
         '<a href="https://example.org/a.png">a</a>'),
    ],
)  # fmt: skip
def test_links_and_pictures_lead_to_the_new_paths(inputs: Inputs, written: str, now: str) -> None:
    first = article("Zero", written, category="guide", name="zero", base="/guide/zero.md")
    entries = convert((first, *LINKED), "")
    admitted = admit(source_of(*entries, files=FILES), inputs)
    assert [
        reasons_of(problems) for number, problems in admitted.refused.items() if number != 4
    ] == []
    assert body_of(admitted, "guide/zero.md") == now


def test_other_links_can_lead_to_the_old_site(inputs: Inputs) -> None:
    entry = article("Zero", "[a](gone.md#b) ![c](gone.png)", name="zero", base="/guide/zero.md")
    admitted = admit(source_of(entry), inputs, url="https://old.example.org/docs/")
    assert body_of(admitted, "zero.md") == (
        "[a](https://old.example.org/docs/guide/gone#b) "
        "[c](https://old.example.org/docs/guide/gone.png)"
    )
    assert "moved_from:\n  - /docs/guide/zero\n" in text_of(admitted, "zero.md")


def test_a_picture_is_copied_once_beside_its_entry(inputs: Inputs) -> None:
    entries = [
        article("A", "![a](img/Map%201.png) ![b](other/Map%201.png)", base="/guide/a.md"),
        article("B", "![a](/guide/img/Map%201.png)", category="pay", base="/b.md"),
    ]
    files = {**FILES, "guide/other/Map 1.png": b"other"}
    admitted = admit(source_of(*entries, files=files), inputs)
    pictures = {path: file for path, file in admitted.files.items() if path.endswith(".png")}
    assert pictures == {"map-1.png": b"picture", "map-1-2.png": b"other"}
    assert body_of(admitted, "pay/b.md") == "![a](../map-1.png)"


def test_old_addresses_are_kept_unless_they_are_taken(inputs: Inputs) -> None:
    olds = (
        "https://old.example.org/hc/articles/7?x=1", "/hc/articles/7", "/old/day", "/pay/day",
        "/", "/why", "/index.html", "/a/../b", "/guide/x.md", "http://[",
    )  # fmt: skip
    admitted = admit(source_of(article("Why?", moved_from=olds)), inputs)
    assert text_of(admitted, "why.md") == (
        "---\nquestion: Why?\nmoved_from:\n  - /hc/articles/7\n  - /guide/x\n---\nSo.\n"
    )
    assert dict(admitted.advice) == {
        "removed old addresses that cannot lead here": ("Why?",),
        "removed the part after ? or # from old addresses": ("Why?",),
    }


def test_related_entries_are_found_by_path_question_or_old_address(inputs: Inputs) -> None:
    admitted = admit(
        source_of(
            article("Why?", related=("day", "How come", "/x/articles/9", "gone", "Why?", "draft")),
            article("How come?", category="team"),
            article("Nine?", moved_from=("/hc/articles/9",)),
        ),
        inputs,
    )
    assert text_of(admitted, "why.md").split("---\n")[1] == (
        "question: Why?\nrelated:\n  - pay/day\n  - team/how-come\n  - nine\n"
    )
    assert dict(admitted.advice) == {
        'removed references from "related" that match no entry': ("Why?",)
    }
