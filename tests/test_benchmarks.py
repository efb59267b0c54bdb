"""The benchmarks: how they count, and that each generator gets the same FAQ."""

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

from benchmarks.browser_cost import Load, Measured, cells, choose_queries
from benchmarks.build_time import rows
from benchmarks.counting_server import serve
from benchmarks.generated_faq import make_faq, word_of, write_content
from benchmarks.generators import OURS, Cost, Generator, Workplace, generators
from benchmarks.search_quality import (
    UNANSWERABLE,
    Collection,
    Document,
    Found,
    Query,
    load,
    row,
    search_ours,
    success_by_fold,
)
from benchmarks.tables import percentile
from faqsite.build.pipeline import load as load_content
from faqsite.build.pipeline import make_site
from tests.support.documents import write
from tests.support.product import PRODUCT


def costs(*seconds: float) -> Sequence[Cost]:
    return [Cost(wall_s=wall, cpu_s=2 * wall, largest_bytes=1e6) for wall in seconds]


def test_ratios_compare_builds_of_the_same_round() -> None:
    # In the second round, the machine was slow.
    assert list(rows({OURS: costs(2, 20, 4), "peer": costs(4, 40, 4)})) == [
        (OURS, "4.00 s", "8.00 s", "1 MB"),
        ("peer", "4.00 s (0.50)", "8.00 s (0.50)", "1 MB (1.00)"),
    ]


@pytest.mark.parametrize(("percent", "expected"), [(50, 2.0), (95, 3.0), (0, 1.0)])
def test_a_percentile_is_one_of_the_values(percent: float, expected: float) -> None:
    assert percentile([3.0, 1.0, 2.0], percent) == expected


def test_queries_about_the_same_entry_are_in_the_same_fold() -> None:
    relevant = ({"a"}, {"a", "z"}, {"g"}, {"b"})
    queries = tuple(Query(text="", relevant=ids) for ids in relevant)
    collection = Collection(name="", documents=(), queries={"asked": queries})
    found = {"asked": [Found(ids=("a",)), Found(), Found(ids=("g",)), Found()]}
    assert list(success_by_fold(collection, found)) == [(0.5, 1, 0)]


def test_a_generated_faq_is_the_same_each_time_and_repeats_no_question() -> None:
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
def test_a_generated_faq_builds_without_advice(size: int, tmp_path: Path) -> None:
    write_content(make_faq(size), tmp_path)
    site = make_site(load_content(tmp_path, PRODUCT / "templates", PRODUCT / "static"))
    assert site.advice == ()
    assert len(list(site.faq.top.all_entries)) == size


# Fails if it finds a folder from an earlier build.
COPY = """
from pathlib import Path
Path("site").mkdir()
for number, _ in enumerate(Path("content").rglob("*.md")):
    Path("site", f"{number}.html").touch()
"""

needs_wait4 = pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system measures no process")


@needs_wait4
def test_each_build_starts_from_nothing_and_has_a_cost(tmp_path: Path) -> None:
    copier = Generator(name="copy", label="copy", commands=((sys.executable, "-c", COPY),))
    workplace = Workplace(copier, make_faq(3), tmp_path / "work")
    workplace.build()
    cost = workplace.build()
    assert min(cost.wall_s, cost.cpu_s) > 0
    assert cost.largest_bytes > 1e6


@needs_wait4
@pytest.mark.parametrize(
    ("program", "message"),
    [("import sys; sys.exit('no')", "no"), ("", "idle wrote 0 pages for 3 entries")],
)
def test_a_failed_build_stops_the_benchmark(program: str, message: str, tmp_path: Path) -> None:
    idle = Generator(name="idle", label="idle", commands=((sys.executable, "-c", program),))
    with pytest.raises(SystemExit, match=message):
        Workplace(idle, make_faq(3), tmp_path / "work").build()


def test_each_generator_gets_every_entry(tmp_path: Path) -> None:
    faq = make_faq(10)
    for generator in generators():
        Workplace(generator, faq, tmp_path / generator.name)
        files = (tmp_path / generator.name / generator.content).rglob("*.md")
        text = "".join(file.read_text(encoding="utf-8") for file in files)
        assert all(entry.body in text and entry.question in text for entry in faq)


def test_the_cost_for_readers_has_units() -> None:
    cost = Measured(
        first_page=Load(requests=3, size_bytes=12_345),
        at_once=Load(requests=2, size_bytes=900),
        typed=Load(requests=2.5, size_bytes=999),
        keys_ms=tuple(float(number) for number in range(1, 101)),
    )
    sizes = ["12.3 kB in 3", "0.9 kB in 2", "1.0 kB in 2.5"]
    assert list(cells(cost)) == [*sizes, "50.5 ms", "95.0 ms", "100"]


@pytest.mark.parametrize(("size", "count", "expected"), [(3, 6, 3), (10, 6, 6)])
def test_queries_are_words_of_questions(size: int, count: int, expected: int) -> None:
    faq = make_faq(size)
    queries = list(choose_queries(faq, count))
    assert len(queries) == expected
    assert all(any(query.split()[-1] in entry.question for entry in faq) for query in queries)


def test_the_server_compresses_text_and_counts_what_it_sends(tmp_path: Path) -> None:
    write(tmp_path, {"search/index.html": "word " * 1000, "index.pf": "word " * 1000})
    with serve(tmp_path) as (address, sent):
        with urlopen(Request(f"{address}search/?q=word")) as page:  # noqa: S310 (our own server)
            body = page.read()
        with urlopen(f"{address}index.pf") as index:  # noqa: S310 (as above)
            assert index.read() == b"word " * 1000
    assert gzip.decompress(body) == b"word " * 1000
    assert sent == [("/search/", len(body)), ("/index.pf", 5000)]


DOCUMENTS = (
    Document(id="a", question="Can I bring my dog?", answer="Yes, on Fridays."),
    Document(id="b", question="When is pay day?", answer="On the 25th."),
)


def test_our_own_search_is_measured() -> None:
    found, index = search_ours(DOCUMENTS, {"asked": ["dog", "pay day", "zebra"]})
    assert found["asked"] == [
        Found(ids=("a",), is_answer=True),
        Found(ids=("b",), is_answer=True),
        Found(),
    ]
    assert "FaqEngine.index" in index


def test_a_row_has_percentages() -> None:
    dog = Query(text="dog", relevant=frozenset("a"))
    pay_day = Query(text="pay day", relevant=frozenset("b"))
    pets = Collection(name="pets", documents=DOCUMENTS, queries={"asked": (dog, pay_day)})
    found = {
        "asked": [Found(ids=("a",)), Found(ids=("a", "b"), is_answer=True)],
        UNANSWERABLE: [Found(ids=("a",), is_answer=True), Found(ids=("a",)), Found()],
    }
    *figures, size = row(pets, "ours", found, "")
    assert figures == ["pets", "ours", "50.0 / 100.0", "0.0", "33.3"]
    assert size == "0.0 kB"


def test_a_collection_loads_without_queries_that_have_no_answer(tmp_path: Path) -> None:
    document = {"id": "a", "question": "A\u2028dog?", "answer": "Yes."}
    files = {
        "faqs.jsonl": json.dumps(document, ensure_ascii=False),
        "queries.asked.jsonl": '{"id": "q", "text": "dog"}\n{"id": "r", "text": "cat"}\n',
        "qrels.tsv": "q\ta\t2\nr\ta\t0\n",
    }
    collection = load(write(tmp_path, files))
    assert collection.documents == (Document(**document),)
    assert collection.queries["asked"] == (Query(text="dog", relevant=frozenset("a")),)
    assert collection.queries["typo"] == ()
