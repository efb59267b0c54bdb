"""A generated FAQ of any size, the same each time.

Words are drawn by rank, as in natural text (Zipf's law): a few are frequent, most are rare, and a
larger FAQ has more of them. Each entry repeats a few words as its topic. Answers have about 130
words in paragraphs; some have a list, a link to another entry, or bold words.

    python -m benchmarks.generated_faq 1000 DIR

writes one as a content folder.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

SEED = 7
FREQUENT = (
    *("the", "to", "of", "and", "a", "you", "in", "is", "for", "your", "it", "we", "on", "be"),
    *("are", "or", "if", "that", "with", "as", "can", "not", "by", "this", "from", "will", "an"),
    *("have", "at", "do", "when", "all", "our", "they", "what", "how", "there", "which", "one"),
)
SYLLABLES = [first + second for first in "bcdfghklmnprstvw" for second in "aeiou"]
ENDINGS = ("l", "n", "k", "ls", "led", "ling", "ler")
RANKS = range(60_000)
WEIGHTS = tuple(accumulate((rank + 9) ** -1.4 for rank in RANKS))
TOPICS, TOPIC_SHARE = 8, 0.15
"""The number of words in the topic of an entry, and their share of its text."""
MOST_CATEGORIES, ENTRIES_PER_CATEGORY = 40, 8
LIST, LINK, BOLD = 0.2, 0.3, 0.25
"""The shares of answers with each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question and its answer."""

    category: str
    """The name of its folder."""
    slug: str
    question: str
    body: str
    """Markdown; links to other entries are relative and end in ".md"."""

    @property
    def path(self) -> str:
        """The path without an extension: "pona/5-how-do-i-beku"."""
        return f"{self.category}/{self.slug}"

    @property
    def text(self) -> str:
        """The text of its file."""
        return f"---\nquestion: {json.dumps(self.question)}\n---\n{self.body}\n"


def make_faq(size: int) -> tuple[Entry, ...]:
    """Return this many entries with different questions."""
    categories = [word_of(500 + number) for number in range(MOST_CATEGORIES)]
    count = max(3, min(MOST_CATEGORIES, size // ENTRIES_PER_CATEGORY))
    entries: list[Entry] = []
    for number in range(size):
        writer = _Writer(number)
        words = writer.words(writer.random.randrange(3, 9))
        # Links go to the previous entry of the category.
        linked = entries[number - count] if number >= count else None
        entry = Entry(
            category=categories[number % count],
            slug=f"{number}-{'-'.join(words[:6])}",
            question=f"How do I {' '.join(words)} {word_of(number + len(FREQUENT))}?",
            body="\n\n".join(writer.blocks(linked)),
        )
        entries.append(entry)
    return tuple(entries)


def by_category(faq: tuple[Entry, ...]) -> dict[str, list[Entry]]:
    """Return the entries of each category."""
    categories: dict[str, list[Entry]] = {}
    for entry in faq:
        categories.setdefault(entry.category, []).append(entry)
    return categories


def write_content(faq: tuple[Entry, ...], folder: Path) -> None:
    """Write a FAQ as a content folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text("title: Questions\n", encoding="utf-8")
    for entry in faq:
        path = folder / f"{entry.path}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(entry.text, encoding="utf-8")


def word_of(rank: int) -> str:
    """Return the word with a rank from 0; all words differ."""
    if rank < len(FREQUENT):
        return FREQUENT[rank]
    number, ending = divmod(rank, len(ENDINGS))
    syllables: list[str] = []
    while number or len(syllables) < 2:  # noqa: PLR2004 (syllables)
        number, syllable = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[syllable])
    return "".join(syllables) + ENDINGS[ending]


class _Writer:
    """Writes one entry."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(f"{SEED} {number}")  # noqa: S311 (it only has to be repeatable)
        self.topics = self.random.sample(RANKS[len(FREQUENT) : 4_000], TOPICS)

    def words(self, count: int) -> list[str]:
        ranks = self.random.choices(RANKS, cum_weights=WEIGHTS, k=count)
        return [
            word_of(self.random.choice(self.topics) if self.random.random() < TOPIC_SHARE else rank)
            for rank in ranks
        ]

    def sentence(self) -> str:
        return f"{' '.join(self.words(self.random.randrange(6, 22)))}.".capitalize()

    def blocks(self, linked: Entry | None) -> Iterator[str]:
        """Yield the blocks of an answer."""
        draw = self.random
        for _ in range(draw.randrange(1, 6)):
            yield " ".join(self.sentence() for _ in range(draw.randrange(1, 6)))
        if draw.random() < LIST:
            yield "\n".join(f"- {' '.join(self.words(6))}" for _ in range(draw.randrange(2, 6)))
        if draw.random() < BOLD:
            yield f"Choose **{' '.join(self.words(2))}**, and then **{' '.join(self.words(2))}**."
        if linked and draw.random() < LINK:
            yield f"See [{linked.question}]({linked.slug}.md)."


if __name__ == "__main__":
    write_content(make_faq(int(sys.argv[1])), Path(sys.argv[2]))
