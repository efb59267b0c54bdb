"""A collection of questions with real queries, and the index that the project makes of it.

A collection is a folder with `faqs.jsonl` ({id, question, answer} a line), a
`queries.CONDITION.jsonl` ({id, text} a line) for each condition, and `qrels.tsv`
(query, entry, grade; relevant above 0).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from faqsite.markup import MAX_BODY_BYTES, MAX_BRACKETS, MAX_MARKS
from faqsite.pipeline import build_site
from faqsite.problems import ContentError
from faqsite.urls import is_reserved, slugify
from faqsite.yamltext import CONTROL, quoted

__all__ = [
    "COLLECTIONS",
    "PROJECT",
    "Built",
    "Collection",
    "Document",
    "Query",
    "build",
    "escape_markdown",
    "load_collections",
    "write_content",
]

A = TypeVar("A")
B = TypeVar("B")

PROJECT = Path(__file__).resolve().parent.parent
COLLECTIONS = PROJECT.parent / "shared/faq-retrieval"
"""Where they lie unless another folder is named."""
MOST_SLUG_CHARS = 70

_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~&:@^=]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A question and its answer, both plain text."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What somebody asked."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Questions with answers, and queries by condition, each with the entries that answer it."""

    name: str
    documents: tuple[Document, ...]
    queries: Mapping[str, tuple[Query, ...]]
    relevant: Mapping[str, frozenset[str]]
    unjudged: int
    """How many queries no entry is said to answer; they are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The index of a site that was built of documents."""

    index: str
    """`search-index.js`"""
    lunr_index: str
    ids: Mapping[str, str]
    """The id of a document by its address on the site."""
    lost: Sequence[str]
    """What of the documents is not on the site as it was, and why: hoped to be empty."""


def load_collections(folder: Path) -> tuple[Collection, ...]:
    """Return the collections in a folder, by name."""
    return tuple(_load(each.parent) for each in sorted(folder.glob("*/faqs.jsonl")))


def escape_markdown(text: str) -> str:
    """Return Markdown that shows a text as it stands, on one line."""
    return _MARKUP.sub(r"\\\g<0>", _line(text))


def write_content(documents: Iterable[Document], folder: Path) -> dict[str, Document]:
    """Write a content folder, an entry for each document; return the documents by path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text("title: Benchmark\n", encoding="utf-8")
    written: dict[str, Document] = {}
    for number, document in enumerate(documents, 1):
        path = _path(document, written)
        written[path] = document
        front_matter = f"question: {quoted(_line(document.question))}\norder: {number}"
        text = f"---\n{front_matter}\n---\n{_body(document.answer)}\n"
        (folder / path).write_text(text, encoding="utf-8")
    return written


def build(documents: Sequence[Document], kept: Path | None = None) -> Built:
    """Return the index that the project's own pipeline makes of documents.

    With a folder `kept` an index that was built by the same code is taken from there.
    """
    if kept is None:
        return _build(documents)
    file = kept / f"{_fingerprint(documents)}.json"
    if not file.exists():
        kept.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(_build(documents))), encoding="utf-8")
    return Built(**json.loads(file.read_text(encoding="utf-8")))


def _build(documents: Sequence[Document]) -> Built:
    lost: list[str] = []
    with TemporaryDirectory() as temporary:
        content, site = Path(temporary, "content"), Path(temporary, "site")
        written = write_content(documents, content)
        while True:
            try:
                build_site(
                    content=content,
                    templates=PROJECT / "templates",
                    static=PROJECT / "static",
                    output=site,
                )
                break
            except ContentError as error:
                refused = {each.path: each for each in error.problems if not each.is_advice}
                if not refused.keys() <= written.keys():
                    raise
                for path, problem in refused.items():
                    lost.append(
                        f"{written.pop(path).id} is left out: {problem.describe('content')}"
                    )
                    (content / path).unlink()
        entries = json.loads((site / "faq.json").read_text(encoding="utf-8"))["entries"]
        texts = {entry["url"]: entry["answer"]["text"] for entry in entries}
        answers = {path: texts[path.removesuffix(".md") + ".html"] for path in written}
        for path, document in written.items():
            if answers[path].split() != _line(document.answer).split():
                read, whole = len(answers[path].split()), len(document.answer.split())
                lost.append(f"{document.id} is not as it was: {read} of {whole} words")
        return Built(
            index=(site / "search-index.js").read_text(encoding="utf-8"),
            lunr_index=(site / "lunr-index.json").read_text(encoding="utf-8"),
            ids={
                f"{path.removesuffix('.md')}.html": document.id
                for path, document in written.items()
            },
            lost=lost,
        )


def _load(folder: Path) -> Collection:
    relevant: defaultdict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, entry, grade = line.split("\t")
        if float(grade) > 0:
            relevant[query].add(entry)
    queries: dict[str, tuple[Query, ...]] = {}
    unjudged = 0
    for file in sorted(folder.glob("queries.*.jsonl"), key=_usual_order):
        every = [Query(id=each["id"], text=each["text"]) for each in _lines(file)]
        answerable = tuple(query for query in every if query.id in relevant)
        unjudged += len(every) - len(answerable)
        if answerable:
            queries[_condition(file)] = answerable
    return Collection(
        name=folder.name,
        documents=tuple(
            Document(id=each["id"], question=each["question"], answer=each["answer"])
            for each in _lines(folder / "faqs.jsonl")
        ),
        queries=queries,
        relevant={query: frozenset(entries) for query, entries in relevant.items()},
        unjudged=unjudged,
    )


def _condition(file: Path) -> str:
    return file.name.removeprefix("queries.").removesuffix(".jsonl")


def _usual_order(file: Path) -> tuple[int, str]:
    usual, condition = ("asked", "keywords", "typo", "prefix"), _condition(file)
    return usual.index(condition) if condition in usual else len(usual), condition


def _lines(file: Path) -> list[dict[str, str]]:
    # Not splitlines(): JSON may hold U+2028, which ends no line of it.
    lines = file.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def _line(text: str) -> str:
    return " ".join(CONTROL.sub(" ", text).split())


def _body(answer: str) -> str:
    """Return the Markdown of an answer, or of as much as an entry can hold."""
    most = bisect_left(
        range(len(answer)),
        x=True,
        key=lambda size: _is_too_much(escape_markdown(answer[: size + 1])),
    )
    return escape_markdown(answer[:most])


def _is_too_much(body: str) -> bool:
    marks = sum(body.count(mark) for mark in "*_~`\\<&")
    has_too_many = marks > MAX_MARKS or body.count("[") > MAX_BRACKETS
    return has_too_many or len(body.encode()) > MAX_BODY_BYTES


def _path(document: Document, taken: Iterable[str]) -> str:
    """Return the file name that an editor would give: the first words of the question."""
    slug = slugify(document.question)[:MOST_SLUG_CHARS].strip("-") or "entry"
    paths = (f"{slug}{'-entry' * (n > 0)}{f'-{n}' * (n > 1)}.md" for n in count())
    return next(
        path
        for path in paths
        if path not in taken and not is_reserved(f"{path.removesuffix('.md')}.html")
    )


def _fingerprint(documents: Sequence[Document]) -> str:
    sources = sorted((PROJECT / "faqsite").glob("*.py"))
    text = json.dumps([asdict(document) for document in documents]).encode()
    return sha256(
        b"".join((text, Path(__file__).read_bytes(), *(each.read_bytes() for each in sources)))
    ).hexdigest()[:16]
