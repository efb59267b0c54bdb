"""The benchmark's figures and tables, from what a search is said to have found."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.collection import (
    Document,
    Query,
    escape_markdown,
    load_collections,
    write_content,
)
from benchmarks.metrics import (
    Calibration,
    Found,
    Judged,
    Quality,
    calibrate,
    percentile,
    quality,
    rank,
    share,
    threshold_keeping,
)
from benchmarks.stress import stress_documents, stress_queries
from benchmarks.tables import (
    Measurement,
    aligned,
    best_peers,
    calibration_lines,
    markdown_lines,
    quality_lines,
    size_lines,
    stress_lines,
)
from tests.answers import answer_of

DOCUMENTS = (
    Document(id="a", question="Can I bring my dog?", answer="Yes, on Fridays."),
    Document(id="b", question="When is pay day?", answer="On the 25th."),
)


def found(ids: str = "", covered: float = 1.0, ms: float = 1.0, error: str = "") -> Found:
    return Found(ids=tuple(ids), covered=covered, ms=ms, error=error)


def judged(ids: str, relevant: str = "a", covered: float = 1.0, ms: float = 1.0) -> Judged:
    return Judged(found=found(ids, covered, ms), relevant=frozenset(relevant))


def measured(system: str, *ids: str, unanswerable: tuple[Found, ...] = ()) -> Measurement:
    return Measurement(
        system=system,
        label=system.upper(),
        collection="pets",
        judged={"asked": tuple(map(judged, ids))},
        unanswerable=unanswerable,
        index_bytes=12_340,
        bare_bytes=9_000 if system == "ours" else 0,
    )


@pytest.mark.parametrize(
    ("ids", "relevant", "expected"),
    [
        ("abc", "a", 1),
        ("abc", "c", 3),
        ("abc", "cb", 2),
        ("abc", "x", 0),
        ("abc", "", 0),
        ("", "a", 0),
        ("bcdefghija", "a", 10),
        ("bcdefghijka", "a", 0),
    ],
)
def test_the_rank_is_that_of_the_first_right_hit_among_ten(
    ids: str, relevant: str, expected: int
) -> None:
    assert rank(tuple(ids), frozenset(relevant)) == expected


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([3.0, 1.0, 2.0], 50, 2.0),
        ([3.0, 1.0, 2.0], 100, 3.0),
        ([3.0, 1.0, 2.0], 0, 1.0),
        ([float(number) for number in range(1, 101)], 95, 95.0),
        ([7.0], 95, 7.0),
    ],
)
def test_a_percentile_is_one_of_the_values(
    values: list[float], percent: float, expected: float
) -> None:
    assert percentile(values, percent) == expected


def test_quality_counts_ranks_missing_results_errors_and_time() -> None:
    queries = [
        judged("a", ms=1),
        judged("bca", ms=2),
        judged("bcdefa", ms=3),
        Judged(found=found(ms=10, error="Error"), relevant=frozenset("a")),
    ]
    assert quality(queries) == Quality(
        queries=4,
        success_at_1=0.25,
        success_at_5=0.5,
        mrr_at_10=(1 + 1 / 3 + 1 / 6) / 4,
        no_result=0.25,
        errors=1,
        median_ms=2.5,
        p95_ms=10,
    )


@pytest.mark.parametrize(
    ("hit", "expected"),
    [(found("a", 0.5), True), (found("a", 0.49), False), (found("", 1.0), False)],
)
def test_what_covers_enough_is_shown_as_an_answer(
    hit: Found,
    expected: bool,  # noqa: FBT001 (a column)
) -> None:
    assert hit.is_shown_as_answer(0.5) is expected


def test_the_share_of_nothing_is_not_a_number() -> None:
    assert math.isnan(share([]))


@pytest.mark.parametrize(
    ("part", "covered", "expected"),
    [
        (0.95, [number / 20 for number in range(1, 21)], 0.1),
        (0.5, [0.2, 0.4, 0.6, 0.8], 0.6),
        (1.0, [0.2, 0.4], 0.2),
        (0.95, [0.3], 0.3),
        (0.95, [], 0.0),
    ],
)
def test_the_threshold_is_the_highest_that_keeps_the_part(
    part: float, covered: list[float], expected: float
) -> None:
    assert threshold_keeping(part, covered) == expected


def test_calibration_tells_right_wrong_and_unanswerable_apart() -> None:
    rows = calibrate(
        [judged("a", covered=0.9), judged("ab", covered=0.4), judged("b", covered=0.5), judged("")],
        [found("a", 0.2), found("b", 0.6), found("")],
        keep=0.5,
    )
    assert len(rows) == 22
    assert rows[10] == Calibration(
        threshold=0.5, right_kept=0.5, wrong_shown=1.0, unanswerable_recognised=2 / 3
    )
    assert rows[-1] == Calibration(
        threshold=0.9, right_kept=0.5, wrong_shown=0.0, unanswerable_recognised=1.0
    )


def test_numbers_are_aligned_to_the_right_and_texts_to_the_left() -> None:
    assert list(aligned([["name", "size"], ["a", "10.5"], ["long name", "-"]])) == [
        "name       size",
        "a          10.5",
        "long name     -",
    ]


def test_the_table_says_once_what_holds_for_all_conditions() -> None:
    own = measured("ours", "a", "b", unanswerable=(found("a", 0.6), found("a", 0.1)))
    peer = measured("peer", "a", "ba")
    assert [" ".join(line.split()) for line in quality_lines([own, peer], 0.5)] == [
        "collection system condition @1 @5 MRR none kept wrongly errors median p95 index bare",
        "pets ours asked 50.0 50.0 50.0 0.0 100.0 50.0 0 1.00 1.00 12.3 9.0",
        "pets peer asked 50.0 100.0 75.0 0.0 100.0 - 0 1.00 1.00 12.3 -",
    ]
    two = replace(own, judged={"asked": own.judged["asked"], "typo": own.judged["asked"]})
    assert " ".join(list(quality_lines([two], 0.5))[2].split()) == (
        "pets ours typo 50.0 50.0 50.0 0.0 100.0 0 1.00 1.00"
    )


def test_a_right_answer_that_covers_too_little_is_not_kept() -> None:
    asked = (judged("a", covered=0.9), judged("a", covered=0.4), judged("b", covered=0.9))
    own = replace(measured("ours", "a"), judged={"asked": asked})
    assert own.right_kept("asked", 0.5) == 0.5


def test_the_markdown_has_a_table_for_each_collection() -> None:
    own = measured("ours", "a", "b", unanswerable=(found("a", 0.6), found("a", 0.1)))
    assert list(markdown_lines([own], 0.5)) == [
        "",
        "### pets",
        "",
        "| search | asked | no result | right kept | wrongly answered | median | index |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| OURS | 50.0 / 50.0 | 0.0 % | 100.0 % | 50.0 % | 1.00 ms | 12.3 kB |",
    ]


def test_the_best_peer_is_found_for_each_figure_and_the_worst_gap_comes_first() -> None:
    own = measured("ours", "a", "b", "b", "b")
    peers = [measured("first", "a", "a", "b", "b"), measured("five", "a", "ba", "ba", "b")]
    assert list(best_peers([own], peers)) == [
        "collection  condition  figure  ours  peer    gap  best peer",
        "pets        asked      @5      25.0  75.0  -50.0  five",
        "pets        asked      @1      25.0  50.0  -25.0  first",
        "pets        asked      MRR     25.0  50.0  -25.0  first",
    ]


def test_the_exact_threshold_has_three_places() -> None:
    row = Calibration(
        threshold=0.5, right_kept=1.0, wrong_shown=0.25, unanswerable_recognised=math.nan
    )
    assert list(calibration_lines([row, row])) == [
        "threshold  right kept  wrong shown  unanswerable recognised",
        "     0.50       100.0         25.0  -",
        "    0.500       100.0         25.0  -",
    ]


def test_sizes_are_compared_with_the_first() -> None:
    assert list(size_lines({"pets": {"packed": 1000, "lunr": 4000, "other": 1500}})) == [
        "collection  packed  lunr  times  other  times",
        "pets           1.0   4.0   4.00    1.5   1.50",
    ]


def test_odd_queries_are_told_with_what_was_thrown() -> None:
    lines = stress_lines({"emoji": [found(ms=2), found(ms=3.25, error="RangeError")]})
    assert list(lines) == [
        "queries  number  thrown  longest ms  first error",
        "emoji         2       1         3.2  RangeError",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, and nothing else.",
        "1. one 2) two - three + four # five",
        "    four spaces and\n\ttabs\nand lines",
        "*stars* _lines_ `ticks` ~~waves~~ [link](http://example.org) ![x](y.png)",
        "http://example.org/a_b and www.example.org or me@example.org",
        "<b>bold</b> <!-- no --> &amp; &copy; a < b > c",
        "| a | b | --- | === | \\ \\* C:\\new ^1 [^1] {#id} {: .class } $x$",
        "!!! note",
        "> quote",
    ],
)
def test_an_answer_reads_as_it_stands(text: str) -> None:
    answer, problems = answer_of(escape_markdown(text))
    assert (answer.text.split(), problems) == (text.split(), ())


def test_entries_are_named_by_their_questions_and_keep_their_order(tmp_path: Path) -> None:
    other = Document(id="c", question="Can I bring my DOG?!", answer="No *way*.")
    page = Document(id="d", question="All", answer="Yes.")
    assert write_content((*DOCUMENTS, other, page), tmp_path) == {
        "can-i-bring-my-dog.md": DOCUMENTS[0],
        "when-is-pay-day.md": DOCUMENTS[1],
        "can-i-bring-my-dog-entry.md": other,
        "all-entry.md": page,
    }
    assert (tmp_path / "can-i-bring-my-dog-entry.md").read_text(encoding="utf-8") == (
        '---\nquestion: "Can I bring my DOG?!"\norder: 3\n---\nNo \\*way\\*\\.\n'
    )


def test_an_answer_is_cut_to_what_an_entry_can_hold(tmp_path: Path) -> None:
    document = Document(id="a", question="Long?", answer="[x] " * 1000)
    write_content([document], tmp_path)
    assert (tmp_path / "long.md").read_text(encoding="utf-8").count("[") == 500


def test_a_collection_is_read_with_its_conditions_and_queries_that_have_an_answer(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "pets"
    folder.mkdir()
    lines = [{"id": "a", "question": "A\u2028dog?", "answer": "Yes."}]
    query = {"id": "q", "text": "dog"}
    for name, rows in {
        "faqs": lines,
        "queries.voice": [query],
        "queries.typo": [query],
        "queries.asked": [query, {"id": "r", "text": "cat"}],
    }.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (folder / "qrels.tsv").write_text("q\ta\t2\nr\ta\t0\n", encoding="utf-8")
    (tmp_path / "README.md").touch()
    (collection,) = load_collections(tmp_path)
    assert collection.name == "pets"
    assert collection.documents == (Document(id="a", question="A\u2028dog?", answer="Yes."),)
    assert list(collection.queries) == ["asked", "typo", "voice"]
    assert set(collection.queries.values()) == {(Query(id="q", text="dog"),)}
    assert collection.unjudged == 1
    assert collection.relevant == {"q": frozenset("a")}


def test_a_large_collection_is_made_of_a_small_one_without_repeating_a_question() -> None:
    made = tuple(stress_documents(DOCUMENTS, 100))
    assert made[:2] == tuple(
        Document(id=str(number), question=each.question, answer=each.answer)
        for number, each in enumerate(DOCUMENTS)
    )
    assert len({document.question for document in made}) == 100


def test_odd_queries_are_the_same_each_time() -> None:
    queries = stress_queries(DOCUMENTS, 200)
    assert queries == stress_queries(DOCUMENTS, 200)
    assert len(queries["random"]) == 200
    assert len(set(queries["random"])) > 150
    assert all(len(query) <= 10_000 for query in islice(queries["10,000 characters"], 1, None))
