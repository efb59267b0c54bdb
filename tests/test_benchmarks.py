"""The benchmarks: what they count, and that what they measure is what they say."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from benchmarks.browser_cost import Load, Measured, cells, queries
from benchmarks.build_time import Costs, rows
from benchmarks.counted import counted
from benchmarks.generators import Cost, Generator, Workplace, generators
from benchmarks.made_up import make_faq, word_of, write_content
from benchmarks.search_quality import Collection, Document, Found, Query, ask_ours, cut, load, row
from benchmarks.tables import percentile
from faqsite.build.pipeline import load as load_content
from faqsite.build.pipeline import make_site
from tests.support.documents import write
from tests.support.product import PRODUCT

measures = pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system does not measure")


def took(*seconds: float) -> Sequence[Cost]:
    """Return the costs of rounds that differ in their time."""
    return [Cost(wall_s=each, cpu_s=2 * each, largest_bytes=1e6) for each in seconds]


def test_a_ratio_is_of_two_builds_in_the_same_round() -> None:
    # The second round was slow for both.
    costs: Costs = {"ours": took(2, 20, 4), "peer": took(4, 40, 4)}
    assert list(rows(costs, {"ours": "this project", "peer": "another"})) == [
        ("this project", "4.00 s", "8.00 s", "1 MB"),
        ("another", "4.00 s (0.50)", "8.00 s (0.50)", "1 MB (1.00)"),
    ]


@pytest.mark.parametrize(("percent", "expected"), [(50, 2.0), (95, 3.0), (0, 1.0)])
def test_a_percentile_is_one_of_the_values(percent: float, expected: float) -> None:
    assert percentile([3.0, 1.0, 2.0], percent) == expected


def test_the_same_faq_is_made_each_time_with_no_question_twice() -> None:
    faq = make_faq(60)
    assert faq == make_faq(60)
    assert len({entry.question for entry in faq}) == len({entry.path for entry in faq}) == 60
    assert len({word_of(rank) for rank in range(60_000)}) == 60_000


def test_words_are_as_frequent_as_in_natural_text() -> None:
    words = re.findall(r"\w+", " ".join(entry.body.lower() for entry in make_faq(1_000)))
    assert 110_000 < len(words) < 150_000
    assert 8_000 < len(set(words)) < 12_000
    assert 0.02 < words.count("the") / len(words) < 0.07


@pytest.mark.parametrize("size", [1, 60])
def test_what_is_made_up_is_built_without_advice(size: int, tmp_path: Path) -> None:
    write_content(make_faq(size), tmp_path)
    site = make_site(load_content(tmp_path, PRODUCT / "templates", PRODUCT / "static"))
    assert site.advice == ()
    assert len(list(site.faq.top.all_entries)) == size


COPYING = """
from pathlib import Path
for file in Path("content").rglob("*.md"):
    page = Path("site", file.relative_to("content")).with_suffix(".html")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(file.read_text())
with Path("runs").open("a") as runs:
    runs.write(".")
"""


@measures
def test_a_build_finds_nothing_of_earlier_ones(tmp_path: Path) -> None:
    copying = Generator(name="c", label="copying", commands=((sys.executable, "-c", COPYING),))
    workplace = Workplace(copying, make_faq(3), tmp_path / "work")
    for _ in range(2):
        cost = workplace.build()
        assert cost.cpu_s > 0
        assert cost.wall_s > 0
        assert cost.largest_bytes > 1e6
        assert (tmp_path / "work/runs").read_text(encoding="utf-8") == "."


@measures
@pytest.mark.parametrize(
    ("program", "message"),
    [("import sys; sys.exit('no')", "no"), ("", "idle: 0 pages of 3 entries")],
)
def test_a_build_that_makes_no_site_ends_the_benchmark(
    program: str, message: str, tmp_path: Path
) -> None:
    idle = Generator(name="idle", label="idle", commands=((sys.executable, "-c", program),))
    with pytest.raises(SystemExit, match=message):
        Workplace(idle, make_faq(3), tmp_path / "work").build()


def test_each_generator_gets_all_entries(tmp_path: Path) -> None:
    faq = make_faq(10)
    for generator in generators():
        Workplace(generator, faq, tmp_path / generator.name)
        files = (tmp_path / generator.name / generator.content).rglob("*.md")
        text = "".join(file.read_text(encoding="utf-8") for file in files)
        for entry in faq:
            assert entry.body in text
            assert entry.question in text


def test_what_a_reader_costs_has_its_units() -> None:
    cost = Measured(
        first_page=Load(requests=3, size_bytes=12_345),
        at_once=Load(requests=2, size_bytes=900),
        typed=Load(requests=2.5, size_bytes=999),
        keys_ms=tuple(float(number) for number in range(1, 101)),
    )
    sizes = ["12.3 kB in 3", "0.9 kB in 2", "1.0 kB in 2.5"]
    assert list(cells(cost)) == [*sizes, "50.5 ms", "95.0 ms", "100"]


@pytest.mark.parametrize(("size", "count", "expected"), [(3, 6, 3), (10, 6, 6)])
def test_readers_type_words_of_questions(size: int, count: int, expected: int) -> None:
    faq = make_faq(size)
    asked = list(queries(faq, count))
    assert len(asked) == expected
    assert all(any(query.split()[-1] in entry.question for entry in faq) for query in asked)


def test_what_is_sent_is_compressed_and_counted(tmp_path: Path) -> None:
    write(tmp_path, {"search/index.html": "word " * 1000, "index.pf": "word " * 1000})
    with counted(tmp_path) as (address, sent):
        with urlopen(Request(f"{address}search/?q=word")) as page:  # noqa: S310 (our own server)
            body = page.read()
        with urlopen(f"{address}index.pf") as index:  # noqa: S310 (as above)
            assert index.read() == b"word " * 1000
    assert gzip.decompress(body) == b"word " * 1000
    assert sent == [("/search/", len(body)), ("/index.pf", 5000)]


PETS = Collection(
    name="pets",
    documents=(
        Document(id="a", question="Can I bring my dog?", answer="Yes, on Fridays."),
        Document(id="b", question="When is pay day?", answer="On the 25th."),
    ),
    queries={
        "asked": (
            Query(text="dog", relevant=frozenset("a")),
            Query(text="pay day", relevant=frozenset("b")),
        )
    },
)


def test_the_projects_own_search_is_asked() -> None:
    found, index = ask_ours(PETS.documents, {"asked": ["dog", "pay day", "zebra"]})
    assert found["asked"] == [
        Found(ids=("a",), is_answer=True),
        Found(ids=("b",), is_answer=True),
        Found(),
    ]
    assert "FaqEngine.index" in index


def test_a_row_has_shares_in_percent() -> None:
    found = {"asked": [Found(ids=("a",)), Found(ids=("a", "b"), is_answer=True)]}
    others = [Found(ids=("a",), is_answer=True), Found(ids=("a",)), Found()]
    *figures, size = row(PETS, "ours", found, others, "")
    assert figures == ["pets", "ours", "50.0 / 100.0", "0.0", "33.3"]
    assert size == "0.0 kB"


def test_queries_of_the_same_answer_are_in_the_same_third() -> None:
    twice = {"asked": (*PETS.queries["asked"], *PETS.queries["asked"])}
    parts = list(cut(Collection(name="pets", documents=PETS.documents, queries=twice)))
    assert [part.name for part in parts] == ["pets 1/3", "pets 2/3", "pets 3/3"]
    assert sum(len(part.queries["asked"]) for part in parts) == 4
    assert all(len(part.queries["asked"]) in {0, 2, 4} for part in parts)


def test_a_collection_is_read_without_queries_that_nothing_answers(tmp_path: Path) -> None:
    files: dict[str, list[dict[str, str]]] = {
        "faqs.jsonl": [{"id": "a", "question": "A\u2028dog?", "answer": "Yes."}],
        "queries.asked.jsonl": [{"id": "q", "text": "dog"}, {"id": "r", "text": "cat"}],
    }
    lines = {
        name: "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in of_it)
        for name, of_it in files.items()
    }
    collection = load(write(tmp_path, {**lines, "qrels.tsv": "q\ta\t2\nr\ta\t0\n"}))
    assert collection.documents == (Document(id="a", question="A\u2028dog?", answer="Yes."),)
    assert collection.queries["asked"] == (Query(text="dog", relevant=frozenset("a")),)
    assert collection.queries["typo"] == ()
