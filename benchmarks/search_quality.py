"""How often the search finds the right entry, for real questions of public collections.

    python -m benchmarks.search_quality DIR             this project alone, in seconds
    python -m benchmarks.search_quality DIR --peers     beside other searches for the browser
    python -m benchmarks.search_quality DIR --folds     each third of the questions by itself

docs/search-quality.md says what a collection is, and what the figures mean.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from zlib import crc32

from lunr import lunr

from benchmarks.generators import HERE, INSTALL, MODULES
from benchmarks.tables import markdown
from tests.support.examples import Engine, make_faq, search_scripts

PEERS = {
    "lunr": "lunr.js 2.3.9, query words trimmed",
    "lunr-boosted": "the same, question boosted 5",
    "minisearch": "MiniSearch 7.2",
    "elasticlunr": "elasticlunr 0.9.5",
}
"""What each is called, by the name under which `peers.js` has it."""
CONDITIONS = ("asked", "keywords", "typo", "prefix")
UNANSWERABLE = "asked of the other collections"
HITS, FOLDS = 5, 3
HEAD = ("collection", "search", *CONDITIONS, "right kept", "wrongly answered", "index")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A question and its answer, both plain text."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What somebody asked, and the ids of the documents that answer it."""

    text: str
    relevant: AbstractSet[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Questions with answers, and queries by condition."""

    name: str
    documents: tuple[Document, ...]
    queries: Mapping[str, tuple[Query, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found for a query: ids, best first."""

    ids: tuple[str, ...] = ()
    is_answer: bool = False
    """Whether a page offers the first of them as an answer."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    parser = _parser()
    options = parser.parse_args(argv)
    collections = [load(each.parent) for each in sorted(options.folder.glob("*/faqs.jsonl"))]
    if not collections:
        parser.error(f'no collection in "{options.folder}"; name the folder that holds them')
    if options.peers and not (shutil.which("node") and (MODULES / "minisearch").is_dir()):
        parser.error(f"the other searches need Node and their packages; {INSTALL}")
    sys.stdout.writelines(markdown([HEAD]))
    for collection in collections:
        others = [
            query.text
            for other in collections
            if other is not collection
            for query in other.queries[CONDITIONS[0]]
        ]
        for part in cut(collection) if options.folds else (collection,):
            for cells in _rows(part, others, has_peers=options.peers):
                sys.stdout.write(f"| {' | '.join(cells)} |\n")
                sys.stdout.flush()
    return 0


def load(folder: Path) -> Collection:
    """Return the collection in a folder, without the queries that nothing answers."""
    relevant: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        if float(grade) > 0:
            relevant.setdefault(query, set()).add(document)
    queries = {
        condition: tuple(
            Query(text=each["text"], relevant=frozenset(relevant[each["id"]]))
            for each in _lines(folder / f"queries.{condition}.jsonl")
            if each["id"] in relevant
        )
        for condition in CONDITIONS
    }
    return Collection(
        name=folder.name,
        documents=tuple(
            Document(id=each["id"], question=each["question"], answer=each["answer"])
            for each in _lines(folder / "faqs.jsonl")
        ),
        queries=queries,
    )


def cut(collection: Collection) -> Iterator[Collection]:
    """Yield a collection with each third of its queries.

    Queries of the same answer stay together: what is chosen on two thirds can be held against
    the last one.
    """
    for fold in range(FOLDS):
        queries = {
            condition: tuple(
                query for query in of_it if crc32(min(query.relevant).encode()) % FOLDS == fold
            )
            for condition, of_it in collection.queries.items()
        }
        yield replace(collection, name=f"{collection.name} {fold + 1}/{FOLDS}", queries=queries)


def ask_ours(
    documents: Sequence[Document], texts: Mapping[str, Sequence[str]]
) -> tuple[dict[str, list[Found]], str]:
    """Return what the project's search finds for each list of texts, and its index."""
    faq = make_faq(*(("", each.question, (), each.answer) for each in documents))
    index = search_scripts(faq)["search-index.js"]
    with Engine() as engine:
        engine.open(index)
        found = {
            name: [
                Found(
                    ids=tuple(documents[number].id for number in each.entries),
                    is_answer=each.is_answer,
                )
                for each in engine.ask(of_it, HITS)
            ]
            for name, of_it in texts.items()
        }
    return found, index


def row(
    collection: Collection,
    label: str,
    found: Mapping[str, Sequence[Found]],
    unanswerable: Sequence[Found],
    index: str,
) -> tuple[str, ...]:
    """Return a row of the table, "50.0 / 75.0" being success@1 and success@5 in percent."""
    cells = []
    for condition, queries in collection.queries.items():
        pairs = list(zip(queries, found[condition], strict=True))
        best = _percent(bool(query.relevant & set(each.ids[:1])) for query, each in pairs)
        good = _percent(bool(query.relevant & set(each.ids)) for query, each in pairs)
        cells.append(f"{best} / {good}")
    asked = zip(collection.queries[CONDITIONS[0]], found[CONDITIONS[0]], strict=True)
    right = [each for query, each in asked if query.relevant & set(each.ids[:1])]
    return (
        *(collection.name, label, *cells),
        _percent(each.is_answer for each in right),
        _percent(each.is_answer for each in unanswerable),
        f"{len(gzip.compress(index.encode(), mtime=0)) / 1000:.1f} kB",
    )


def _rows(
    collection: Collection, others: Sequence[str], *, has_peers: bool
) -> Iterator[tuple[str, ...]]:
    texts = {name: [query.text for query in of_it] for name, of_it in collection.queries.items()}
    texts[UNANSWERABLE] = list(others)
    found, index = ask_ours(collection.documents, texts)
    yield row(collection, "this project", found, found[UNANSWERABLE], index)
    for name, label in PEERS.items() if has_peers else ():
        found, index = _ask_peer(name, collection.documents, texts)
        yield row(collection, label, found, found[UNANSWERABLE], index)


def _ask_peer(
    name: str, documents: Sequence[Document], texts: Mapping[str, Sequence[str]]
) -> tuple[dict[str, list[Found]], str]:
    rows = [asdict(each) for each in documents]
    # lunr.js gets the index that lunr.py makes, with a boost where that is to be measured.
    fields = [{"field_name": "question", "boost": 5 if name == "lunr-boosted" else 1}, "answer"]
    index = lunr(ref="id", fields=fields, documents=rows).serialize() if "lunr" in name else None
    task = {"name": name, "documents": rows, "index": index, "limit": HITS, "texts": texts}
    done = subprocess.run(  # noqa: S603 (our own program)
        [shutil.which("node") or "node", str(HERE / "peers.js")],
        input=json.dumps(task),
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    outcome = json.loads(done.stdout)
    found = {
        # The other searches offer whatever they find as an answer.
        of: [Found(ids=tuple(ids), is_answer=bool(ids)) for ids in of_it]
        for of, of_it in outcome["found"].items()
    }
    return found, outcome["index"]


def _percent(flags: Iterable[bool]) -> str:
    """Return the share that is true; "-" of nothing."""
    flags = tuple(flags)
    return f"{100 * sum(flags) / len(flags):.1f}" if flags else "-"


def _lines(file: Path) -> list[dict[str, str]]:
    # Not splitlines(): JSON may hold U+2028, which ends no line of it.
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    return [json.loads(line) for line in lines if line.strip()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", metavar="DIR", type=Path, help="where the collections are")
    parser.add_argument("--peers", action="store_true", help="measure other searches too")
    parser.add_argument("--folds", action="store_true", help="show each third by itself")
    return parser


if __name__ == "__main__":
    sys.exit(main())
