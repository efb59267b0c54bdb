"""The benchmark of what readers wait for: what is asked, what is counted, how it is told."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from benchmarks.browser_cost import cells, queries
from benchmarks.counted import counted
from benchmarks.made_up import make_faq
from benchmarks.readers import Load, Measured


def test_the_browsers_figures_are_told_with_their_units() -> None:
    cost = Measured(
        first_page=Load(requests=3, size_bytes=12_345),
        at_once=Load(requests=2, size_bytes=900),
        typed=Load(requests=2.5, size_bytes=999),
        keys_ms=tuple(float(number) for number in range(1, 101)),
    )
    assert list(cells(cost)) == [
        "12.3 kB in 3",
        "0.9 kB in 2",
        "1.0 kB in 2.5",
        "50.5 ms",
        "95.0 ms",
        "100",
    ]


@pytest.mark.parametrize(("size", "count", "expected"), [(3, 6, 3), (10, 6, 6), (30, 6, 6)])
def test_readers_type_words_of_questions(size: int, count: int, expected: int) -> None:
    faq = make_faq(size)
    asked = list(queries(faq, count))
    assert len(asked) == expected
    assert all(asked)
    for query in asked:
        assert any(query.split()[-1] in entry.question.lower() for entry in faq.entries)


def test_what_is_sent_is_compressed_and_counted(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "search/index.html").write_text("word " * 1000, encoding="utf-8")
    (tmp_path / "index.pf").write_bytes(b"word " * 1000)
    with counted(tmp_path) as (address, sent):
        with urlopen(Request(f"{address}search/?q=word")) as page:  # noqa: S310 (our own server)
            body = page.read()
        with urlopen(f"{address}index.pf") as index:  # noqa: S310 (as above)
            assert index.read() == b"word " * 1000
        with pytest.raises(HTTPError, match="404") as missing:
            urlopen(f"{address}nothing.js")  # noqa: S310 (as above)
        missing.value.close()
    assert gzip.decompress(body) == b"word " * 1000
    assert sent == [("/search/", len(body)), ("/index.pf", 5000), ("/nothing.js", 0)]
