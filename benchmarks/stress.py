"""Queries that nobody means, over an index of a thousand entries."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice

from benchmarks.collection import Document

__all__ = ["stress_documents", "stress_queries"]

LONG = 10_000
"""The length of a long query in characters."""
PRINTABLE = tuple(map(chr, range(0x20, 0x7F)))
CONTROLS = tuple(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x202E, 0xFEFF, 0xFFFF)))
EMOJI = ("😀", "👩‍👩‍👧", "🏳️‍🌈", "👍🏽", "🇪🇺", "1️⃣", "🫠")
OTHERS = (
    "é",
    "e\u0301",
    "ß",
    "\u0131",
    "Ω",
    "ж",
    "א",
    "ع",
    "क्ष",
    "ไ",
    "語",
    "한",
    "ｶﾞ",
    "\U0001d518",
    "\ud83d",
)
SEED = 20


def stress_documents(documents: Sequence[Document], size: int = 1000) -> Iterator[Document]:
    """Yield documents made of the questions and answers of others, no two questions alike."""
    for number in range(size):
        turn, at = divmod(number, len(documents))
        other = documents[(at * 7 + turn * 31 + 3) % len(documents)]
        question = documents[at].question
        yield Document(
            id=str(number),
            question=f"{question} {other.question} ({turn})" if turn else question,
            answer=documents[(at + turn) % len(documents)].answer,
        )


def stress_queries(documents: Sequence[Document], random_count: int) -> dict[str, list[str]]:
    """Return queries by kind, the same each time."""
    chance = random.Random(SEED)  # noqa: S311 (only that it repeats matters)
    text = " ".join(f"{document.question} {document.answer}" for document in documents)
    vocabulary = sorted(set(text.split()))
    word = vocabulary[len(vocabulary) // 2]
    pieces = (*PRINTABLE, *CONTROLS, *EMOJI, *OTHERS)
    shuffled = " ".join(chance.sample(vocabulary, len(vocabulary)))
    return {
        "10,000 characters": [
            text[:LONG],
            shuffled[:LONG],
            shuffled.replace(" ", "")[:LONG],
            *((each * LONG)[:LONG] for each in (*pieces, f"{word} ", f"{word}-", "a ", "ab'")),
        ],
        "one character": [*PRINTABLE, *OTHERS],
        "emoji": [*EMOJI, "".join(EMOJI), *(f"{word}{each}{word}" for each in EMOJI)],
        "control characters": [
            query for each in CONTROLS for query in (each, f"{word}{each}", f"{word} {each} {word}")
        ],
        "ASCII characters doubled": [
            query
            for each in PRINTABLE
            for query in (each * 2, f"{each * 2}{word}", f"{word}{each * 2}", f"{word} {each * 2}")
        ],
        "random": list(islice(_random_queries(chance, vocabulary, pieces), random_count)),
    }


def _random_queries(
    chance: random.Random, vocabulary: Sequence[str], pieces: Sequence[str]
) -> Iterator[str]:
    """Yield words of the content, some cut or mistyped, with other characters among them."""
    while True:
        words = chance.choices(vocabulary, k=chance.randrange(8))
        for at, word in enumerate(words):
            place = chance.randrange(len(word) + 1)
            match chance.randrange(4):
                case 0:
                    words[at] = word[:place]
                case 1:
                    words[at] = word[:place] + chance.choice(pieces) + word[place + 1 :]
                case 2:
                    words[at] = "".join(chance.choices(pieces, k=chance.randrange(1, 6)))
        yield chance.choice(("", " ", " ", " ")).join(words)
