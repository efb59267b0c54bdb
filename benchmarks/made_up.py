"""A FAQ of any size that nobody wrote, the same each time.

Words are drawn by rank, as in natural text (Zipf's law): some are frequent, most are rare, and
a larger FAQ has more of them. An entry comes back to a few words that it is about. Answers have
about 130 words, in paragraphs; some have a list, a link to another entry, or bold words.

    python -m benchmarks.made_up 1000 DIR

writes such a FAQ as a content folder of this project.
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
"""How many words an entry is about, and how many of its words are of these."""
MOST_CATEGORIES, ENTRIES_PER_CATEGORY = 40, 8
LIST, LINK, BOLD = 0.2, 0.3, 0.25
"""The shares of answers that have each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeEntry:
    """A question and its answer."""

    category: str
    """The name of its folder."""
    slug: str
    question: str
    body: str
    """Markdown; links to other entries are relative and end in ".md"."""

    @property
    def path(self) -> str:
        """From the root, without an ending: "pona/5-how-do-i-beku"."""
        return f"{self.category}/{self.slug}"


def make_faq(size: int) -> tuple[MadeEntry, ...]:
    """Return so many entries, no two questions alike."""
    names = [word_of(500 + number) for number in range(MOST_CATEGORIES)]
    count = max(3, min(MOST_CATEGORIES, size // ENTRIES_PER_CATEGORY))
    entries: list[MadeEntry] = []
    for number in range(size):
        writer = _Writer(number)
        category = names[number % count]
        asked = writer.words(writer.chance.randrange(3, 9))
        slug = f"{number}-{'-'.join(asked[:6])}"
        # The entry before it in the same category.
        linked = entries[number - count] if number >= count else None
        entries.append(
            MadeEntry(
                category=category,
                slug=slug,
                question=f"How do I {' '.join(asked)} {word_of(number + len(FREQUENT))}?",
                body="\n\n".join(writer.blocks(linked)),
            )
        )
    return tuple(entries)


def by_category(faq: tuple[MadeEntry, ...]) -> dict[str, list[MadeEntry]]:
    """Return the entries by the names of their categories."""
    found: dict[str, list[MadeEntry]] = {}
    for entry in faq:
        found.setdefault(entry.category, []).append(entry)
    return found


def write_content(faq: tuple[MadeEntry, ...], folder: Path) -> None:
    """Write the content folder of a FAQ, as an editor would."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text("title: Questions\n", encoding="utf-8")
    for entry in faq:
        path = folder / f"{entry.path}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(entry_text(entry), encoding="utf-8")


def entry_text(entry: MadeEntry) -> str:
    """Return the file of an entry."""
    return f"---\nquestion: {json.dumps(entry.question)}\n---\n{entry.body}\n"


def word_of(rank: int) -> str:
    """Return the word of a rank, from 0: no two ranks have the same."""
    if rank < len(FREQUENT):
        return FREQUENT[rank]
    number, ending = divmod(rank, len(ENDINGS))
    syllables: list[str] = []
    while number or len(syllables) < 2:  # noqa: PLR2004 (none is shorter)
        number, syllable = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[syllable])
    return "".join(syllables) + ENDINGS[ending]


class _Writer:
    """Writes one entry, about a few words of its own."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(f"{SEED} {number}")  # noqa: S311 (only that it repeats matters)
        self.topics = self.chance.sample(RANKS[len(FREQUENT) : 4_000], TOPICS)

    def words(self, count: int) -> list[str]:
        drawn = self.chance.choices(RANKS, cum_weights=WEIGHTS, k=count)
        return [
            word_of(self.chance.choice(self.topics) if self.chance.random() < TOPIC_SHARE else rank)
            for rank in drawn
        ]

    def sentence(self) -> str:
        return f"{' '.join(self.words(self.chance.randrange(6, 22)))}.".capitalize()

    def blocks(self, linked: MadeEntry | None) -> Iterator[str]:
        """Yield the blocks of an answer."""
        chance = self.chance
        for _ in range(chance.randrange(1, 6)):
            yield " ".join(self.sentence() for _ in range(chance.randrange(1, 6)))
        if chance.random() < LIST:
            yield "\n".join(f"- {' '.join(self.words(6))}" for _ in range(chance.randrange(2, 6)))
        if chance.random() < BOLD:
            yield f"Choose **{' '.join(self.words(2))}**, and then **{' '.join(self.words(2))}**."
        if linked and chance.random() < LINK:
            yield f"See [{linked.question}]({linked.slug}.md)."


if __name__ == "__main__":
    write_content(make_faq(int(sys.argv[1])), Path(sys.argv[2]))
