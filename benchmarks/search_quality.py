"""Measure how often the search finds the right entry, for real questions of public collections.

    python -m benchmarks.search_quality DIR             this project only, in seconds
    python -m benchmarks.search_quality DIR --peers     also other searches for the browser
    python -m benchmarks.search_quality DIR --folds     also success@1 on each third of the queries

docs/search-quality.md explains the collections and the figures.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import mean
from zlib import crc32

from lunr import lunr

from benchmarks.generators import HERE, INSTALL, MODULES, OURS
from benchmarks.tables import markdown
from tests.support.examples import Engine, make_faq, search_scripts

SEARCHES = {
    OURS: OURS,
    "lunr": "lunr.js 2.3.9, query words trimmed",
    "lunr-boosted": "the same, question boosted 5",
    "minisearch": "MiniSearch 7.2",
    "elasticlunr": "elasticlunr 0.9.5",
}
"""The labels of our search and of those in `peers.js`."""
ASKED = "asked"
CONDITIONS = (ASKED, "keywords", "typo", "prefix")
UNANSWERABLE = "questions of the other collections"
HITS, FOLDS = 5, 3
HEAD = ("collection", "search", *CONDITIONS, "right kept", "wrongly answered", "index")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A question and its answer, in plain text."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query, and the ids of the documents that answer it."""

    text: str
    relevant: AbstractSet[str]

    def is_answered(self, ids: Sequence[str]) -> bool:
        """Whether one of these documents answers it."""
        return not self.relevant.isdisjoint(ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Documents, and the queries of each condition."""

    name: str
    documents: tuple[Document, ...]
    queries: Mapping[str, tuple[Query, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The result of a query: ids, best first."""

    ids: tuple[str, ...] = ()
    is_answer: bool = False
    """Whether a page opens the first hit as the answer."""


Queries = Mapping[str, Sequence[str]]
"""The texts of queries, by condition."""
Results = Mapping[str, Sequence[Found]]
"""The result of each query, by condition."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of the collections")
    parser.add_argument("--peers", action="store_true", help="also measure other searches")
    parser.add_argument("--folds", action="store_true", help="also print success@1 by fold")
    options = parser.parse_args(argv)
    collections = [load(file.parent) for file in sorted(options.folder.glob("*/faqs.jsonl"))]
    if not collections:
        parser.error(f'no collections in "{options.folder}"; name the folder that contains them')
    if options.peers and not (shutil.which("node") and (MODULES / "minisearch").is_dir()):
        parser.error(f"--peers needs Node and npm packages; {INSTALL}")
    sys.stdout.writelines(markdown([HEAD]))
    cells_of: dict[str, list[tuple[float, ...]]] = {}
    for collection in collections:
        texts = {
            condition: [query.text for query in queries]
            for condition, queries in collection.queries.items()
        }
        texts[UNANSWERABLE] = [
            query.text
            for other in collections
            if other is not collection
            for query in other.queries[ASKED]
        ]
        for name, label in SEARCHES.items() if options.peers else [(OURS, OURS)]:
            search = search_ours if name == OURS else partial(search_peer, name)
            found, index = search(collection.documents, texts)
            cells = row(collection, label, found, index)
            cells_of.setdefault(label, []).extend(success_by_fold(collection, found))
            sys.stdout.write(f"| {' | '.join(cells)} |\n")
            sys.stdout.flush()
    for label, by_fold in cells_of.items() if options.folds else ():
        means = (f"{100 * mean(fold):.1f}" for fold in zip(*by_fold, strict=True))
        sys.stdout.write(f"\n{label}, mean success@1 by fold: {', '.join(means)}\n")
    return 0


def load(folder: Path) -> Collection:
    """Return the collection in a folder, without queries that have no answer."""
    relevant: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        if float(grade) > 0:
            relevant.setdefault(query, set()).add(document)
    documents = (
        Document(id=line["id"], question=line["question"], answer=line["answer"])
        for line in _lines(folder / "faqs.jsonl")
    )
    queries = {
        condition: tuple(
            Query(text=line["text"], relevant=frozenset(relevant[line["id"]]))
            for line in _lines(folder / f"queries.{condition}.jsonl")
            if line["id"] in relevant
        )
        for condition in CONDITIONS
    }
    return Collection(name=folder.name, documents=tuple(documents), queries=queries)


def search_ours(documents: Sequence[Document], texts: Queries) -> tuple[Results, str]:
    """Return this project's results, and its index."""
    faq = make_faq(*(("", document.question, (), document.answer) for document in documents))
    index = search_scripts(faq)["search-index.js"]
    found = {}
    with Engine() as engine:
        engine.open(index)
        for condition in texts:
            found[condition] = [
                Found(
                    ids=tuple(documents[number].id for number in each.entries),
                    is_answer=each.is_answer,
                )
                for each in engine.ask(texts[condition], HITS)
            ]
    return found, index


def search_peer(name: str, documents: Sequence[Document], texts: Queries) -> tuple[Results, str]:
    """Return the results of another search, and its index."""
    rows = [asdict(document) for document in documents]
    # lunr.js gets the index that lunr.py builds.
    fields = [{"field_name": "question", "boost": 5 if name == "lunr-boosted" else 1}, "answer"]
    index = lunr(ref="id", fields=fields, documents=rows).serialize() if "lunr" in name else None
    task = {"name": name, "documents": rows, "index": index, "limit": HITS, "texts": texts}
    process = subprocess.run(  # noqa: S603 (our own program)
        [shutil.which("node") or "node", str(HERE / "peers.js")],
        input=json.dumps(task),
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    result = json.loads(process.stdout)
    found = {
        # The other searches offer whatever they find as an answer.
        condition: [Found(ids=tuple(ids), is_answer=bool(ids)) for ids in lists]
        for condition, lists in result["found"].items()
    }
    return found, result["index"]


def row(collection: Collection, label: str, found: Results, index: str) -> tuple[str, ...]:
    """Return a row of the table; "50.0 / 75.0" is success@1 and success@5 in percent."""
    cells = []
    for condition, queries in collection.queries.items():
        pairs = list(zip(queries, found[condition], strict=True))
        first = _percent(query.is_answered(result.ids[:1]) for query, result in pairs)
        among = _percent(query.is_answered(result.ids) for query, result in pairs)
        cells.append(f"{first} / {among}")
    asked = zip(collection.queries[ASKED], found[ASKED], strict=True)
    right = [result for query, result in asked if query.is_answered(result.ids[:1])]
    return (
        *(collection.name, label, *cells),
        _percent(result.is_answer for result in right),
        _percent(result.is_answer for result in found[UNANSWERABLE]),
        f"{len(gzip.compress(index.encode(), mtime=0)) / 1000:.1f} kB",
    )


def success_by_fold(collection: Collection, found: Results) -> Iterable[tuple[float, ...]]:
    """Yield success@1 on each fold of the queries, for each condition.

    Queries about the same entry, the smallest id that answers them, are in the same fold.
    """
    for condition, queries in collection.queries.items():
        folds: list[list[bool]] = [[] for _ in range(FOLDS)]
        for query, result in zip(queries, found[condition], strict=True):
            fold = crc32(min(query.relevant).encode()) % FOLDS
            folds[fold].append(query.is_answered(result.ids[:1]))
        if all(folds):
            yield tuple(map(mean, folds))


def _percent(flags: Iterable[bool]) -> str:
    """Return the percentage that is true, or "-" without values."""
    flags = tuple(flags)
    return f"{100 * sum(flags) / len(flags):.1f}" if flags else "-"


def _lines(file: Path) -> list[dict[str, str]]:
    # splitlines() would also split at U+2028, which JSON allows in strings.
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
