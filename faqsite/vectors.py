"""The lunr index of a collection: what each term weighs, and lunr's own serialisation.

lunr's Builder is the measure. It takes one word of a document after the other, and puts
each weight into a sorted list by itself; `field_vectors` and `lunr_json` take the postings
of a term together, in a fraction of the time. Tests hold the two equal to the last byte, on
the content of the site and on random content.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from lunr import __TARGET_JS_VERSION__
from lunr.builder import Builder
from lunr.index import Index
from lunr.stemmer import stemmer

from faqsite.digests import to_json
from faqsite.packing import Collection
from faqsite.words import is_english

__all__ = ["FieldVectors", "field_vectors", "lunr_index", "lunr_json"]

_COUNT_BITS = 32
"""More than a word can stand in an answer."""

FieldVectors = list[list[list[float]]]
"""For each field and in it for each entry: [term's number, its weight, term's number, ...]."""


def field_vectors(collection: Collection) -> FieldVectors:
    """Return the weight of each term in each field of each entry, BM25 to three decimals.

    lunr counts the documents of a term once per field, and takes an absolute value
    (lunr/idf.py); the order of the operations is that of lunr/builder.py.
    """
    k1, b, entries = collection.k1, collection.b, len(collection.entries)
    lengths = collection.lengths
    averages = [sum(of_field) / max(entries, 1) for of_field in lengths]
    vectors: FieldVectors = [[[] for _ in collection.entries] for _ in collection.fields]
    held = _Held()
    # A weight depends on so little that most would be computed many times: on how many
    # documents the term has, on the field, its length (above the lowest bits) and the count.
    known: defaultdict[int, list[dict[int, float]]]
    known = defaultdict(lambda: [{} for _ in collection.fields])
    for number, term in enumerate(collection.terms):
        documents = sum(len(held[counts]) for _, counts in term.postings)
        idf = math.log(1 + abs((entries - documents + 0.5) / (documents + 0.5)))
        weights = known[documents]
        for entry, counts in term.postings:
            for field, count in held[counts]:
                length = lengths[field][entry]
                key = length << _COUNT_BITS | count
                weight = weights[field].get(key)
                if weight is None:
                    norm = k1 * (1 - b + b * (length / averages[field])) + count
                    weight = idf * ((k1 + 1) * count) / norm * collection.fields[field].boost
                    weights[field][key] = weight = round(weight, 3)
                vectors[field][entry] += (number, weight)
    return vectors


class _Held(dict[tuple[int, ...], tuple[tuple[int, int], ...]]):
    """For how often a term stands in each field: the fields that hold it, each with that number."""

    def __missing__(self, counts: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
        held = self[counts] = tuple((n, count) for n, count in enumerate(counts) if count)
        return held


def lunr_json(collection: Collection, vectors: FieldVectors) -> str:
    """Return what lunr's `Index.serialize()` gives for a collection, as JSON without blanks.

    The pipeline says how a program that searches the index makes terms of its words. Each list
    is written by itself, since all of them at once take ten times the room of the text.
    """
    names = [field.name for field in collection.fields]
    addresses = [collection.address(entry) for entry in collection.entries]
    pipeline = [stemmer.label] if is_english(collection.language) else []
    return (
        f'{{"version":{to_json(__TARGET_JS_VERSION__)},"fields":{to_json(names)},'
        f'"fieldVectors":[{",".join(_vectors(names, addresses, vectors))}],'
        f'"invertedIndex":[{",".join(_inverted(names, addresses, collection))}],'
        f'"pipeline":{to_json(pipeline)}}}'
    )


def _vectors(
    names: Sequence[str], addresses: Sequence[str], vectors: FieldVectors
) -> Iterator[str]:
    for entry, address in enumerate(addresses):
        for name, of_field in zip(names, vectors, strict=True):
            yield to_json([f"{name}/{address}", of_field[entry]])


def _inverted(
    names: Sequence[str], addresses: Sequence[str], collection: Collection
) -> Iterator[str]:
    no_metadata: dict[str, Any] = {}
    held = _Held()
    for number, term in enumerate(collection.terms):
        of_fields: list[dict[str, Any]] = [{} for _ in names]
        for entry, counts in term.postings:
            for field, _ in held[counts]:
                of_fields[field][addresses[entry]] = no_metadata
        yield to_json([term.term, dict(zip(names, of_fields, strict=True)) | {"_index": number}])


def lunr_index(collection: Collection) -> Index:
    """Return the index that lunr's Builder makes of a collection, terms numbered alphabetically.

    It is given terms, not text, so it indexes them as they are.
    """
    builder = Builder()
    builder.ref("address")
    builder.k1(collection.k1)
    builder.b(collection.b)
    for field in collection.fields:
        builder.field(field.name, boost=field.boost)
    for document in _documents(collection):
        builder.add(document)
    for number, term in enumerate(sorted(builder.inverted_index)):
        builder.inverted_index[term]["_index"] = number
    if is_english(collection.language):
        builder.search_pipeline.add(stemmer)
    return builder.build()


def _documents(collection: Collection) -> list[dict[str, Any]]:
    """Return what lunr is given: the address of each entry and the terms of its fields."""
    names = [field.name for field in collection.fields]
    documents: list[dict[str, Any]] = [
        {"address": collection.address(entry)} | {name: [] for name in names}
        for entry in collection.entries
    ]
    for term in collection.terms:
        for entry, counts in term.postings:
            for name, count in zip(names, counts, strict=True):
                documents[entry][name] += [term.term] * count
    return documents
