"""A FAQ of any size that nobody wrote, the same each time.

Answers have about 130 words: mostly plain paragraphs, some with a list, links to other
entries, bold, code, a few with a heading, a table or a note.
"""

from __future__ import annotations

import math
import posixpath
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from statistics import NormalDist

from benchmarks.english import Speaker
from benchmarks.vocabulary import Word, lexicon, lines_of
from faqsite.urls import slugify

__all__ = ["MadeCategory", "MadeEntry", "MadeFaq", "changed", "make_faq"]

SEED = 7
LENGTHS = NormalDist(math.log(98), 0.5)
"""The logarithm of the words after which an answer ends with its paragraph."""
GOLDEN = (math.sqrt(5) - 1) / 2
"""Multiples of it spread evenly over 0 to 1, so that few entries have the usual lengths too."""
ENTRIES_PER_CATEGORY = 8
"""From so many on there is a further category, until all are there."""
MOST_SLUG_CHARS = 60

TOPICS = {"nouns": 6, "verbs": 3, "adjectives": 3}
"""How many words of each list an entry is about."""
LIST, LINK, FAR_LINK, BOLD, CODE, NOTE, TABLE, HEADING = 0.22, 0.3, 0.1, 0.25, 0.1, 0.04, 0.04, 0.3
"""The shares of answers that have each; headings only in long ones."""
LONG_WORDS = 180
ASKED, RELATED, DATED = 0.4, 0.15, 0.5
"""The shares of entries that say how else they are asked, what is related, when updated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCategory:
    """A folder of entries."""

    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeEntry:
    """A question and its answer."""

    path: str
    """From the root, without an ending: "pay/how-do-i-apply"."""
    question: str
    also_asked: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    """Paths of other entries."""
    updated: str = ""
    body: str = ""
    """Markdown; its links to other entries are relative and end in ".md"."""

    @property
    def folder(self) -> str:
        """The path of its category."""
        return posixpath.dirname(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFaq:
    """Entries, and the categories in which they stand and those above."""

    categories: tuple[MadeCategory, ...]
    entries: tuple[MadeEntry, ...]


def make_faq(size: int) -> MadeFaq:
    """Return a FAQ of so many entries, no two questions alike."""
    every = _categories()
    categories = every[: max(3, min(len(every), size // ENTRIES_PER_CATEGORY))]
    entries = tuple(_titles(size, categories))
    by_folder: dict[str, list[MadeEntry]] = {}
    for entry in entries:
        by_folder.setdefault(entry.folder, []).append(entry)
    held = {each.path for each in every for folder in by_folder if _is_in(folder, each.path)}
    return MadeFaq(
        categories=tuple(each for each in every if each.path in held),
        entries=tuple(
            _Writer(number, entry.folder).finished(entry, by_folder[entry.folder], entries)
            for number, entry in enumerate(entries)
        ),
    )


def changed(entry: MadeEntry, turn: int) -> MadeEntry:
    """Return an entry with another first sentence in each turn."""
    chance = random.Random(f"{SEED} turn {turn}")  # noqa: S311 (only that it repeats matters)
    return replace(entry, body=f"{Speaker(chance, {}).say('SENTENCE')} {entry.body}")


def _categories() -> tuple[MadeCategory, ...]:
    parts = (line.partition(" ") for line in lines_of("categories"))
    return tuple(MadeCategory(path=path, title=title) for path, _, title in parts)


def _is_in(folder: str, category: str) -> bool:
    return f"{folder}/".startswith(f"{category}/")


def _titles(size: int, categories: Sequence[MadeCategory]) -> Iterator[MadeEntry]:
    """Yield entries that have no answers yet."""
    chance = random.Random(SEED)  # noqa: S311 (only that it repeats matters)
    weights = tuple(accumulate(1 / (rank + 6) for rank in range(len(categories))))
    taken: set[str] = set()
    for number in range(size):
        (category,) = chance.choices(categories, cum_weights=weights)
        writer = _Writer(number, category.path)
        while True:
            question = writer.speaker.say("QUESTION")
            path = f"{category.path}/{slugify(question)[:MOST_SLUG_CHARS].rstrip('-')}"
            if not {question, path} & taken:
                break
        taken |= {question, path}
        yield MadeEntry(path=path, question=question)


class _Writer:
    """Writes one entry, about a few things of its own and some of its category."""

    def __init__(self, number: int, folder: str) -> None:
        self.number = number
        self.chance = random.Random(f"{SEED} {number}")  # noqa: S311 (as above)
        shared = random.Random(f"{SEED} {folder}")  # noqa: S311 (as above)
        topics: dict[str, list[Word]] = {}
        for name, count in TOPICS.items():
            common = lexicon(name).of[: 200 * count]
            of_category = shared.sample(common, 8 * count)
            topics[name] = [
                self.chance.choice(of_category if at % 2 else common) for at in range(count)
            ]
        self.speaker = Speaker(self.chance, topics)

    def finished(
        self, entry: MadeEntry, near: Sequence[MadeEntry], all_: Sequence[MadeEntry]
    ) -> MadeEntry:
        """Return the entry with its answer and what it says of itself."""
        chance = self.chance
        others = [each for each in self._others(near, all_) if each.path != entry.path]
        asked = range(chance.randrange(1, 5) if chance.random() < ASKED else 0)
        related = others[1:] if chance.random() < RELATED else ()
        month, day = chance.randrange(1, 13), chance.randrange(1, 29)
        return replace(
            entry,
            also_asked=tuple(dict.fromkeys(self.speaker.say("ASIDE").lower() for _ in asked)),
            related=tuple(dict.fromkeys(each.path for each in related)),
            updated=f"2026-{month:02}-{day:02}" if chance.random() < DATED else "",
            body="\n\n".join(self._blocks(entry, others[:1])),
        )

    def _others(self, near: Sequence[MadeEntry], all_: Sequence[MadeEntry]) -> Iterator[MadeEntry]:
        for _ in range(3):
            yield self.chance.choice(near if self.chance.random() < 0.7 else all_)  # noqa: PLR2004

    def _blocks(self, entry: MadeEntry, others: Sequence[MadeEntry]) -> Iterator[str]:
        """Yield the blocks of an answer, which ends soon after it is long enough."""
        chance, say = self.chance, self.speaker.say
        words = math.exp(LENGTHS.inv_cdf((self.number * GOLDEN + 0.5) % 1))
        asides = list(self._asides(entry, others))
        apart = list(self._apart())
        has_headings = words > LONG_WORDS and chance.random() < HEADING
        written = 0
        while written < words:
            if written and has_headings and chance.random() < 0.5:  # noqa: PLR2004
                yield f"## {say('HEADING')}"
            sentences = [say("SENTENCE") for _ in range(chance.randrange(1, 6))]
            if asides and (written or chance.random() < 0.5):  # noqa: PLR2004
                sentences.insert(chance.randrange(len(sentences) + 1), asides.pop())
            made = [" ".join(sentences)]
            if apart:
                made.append(apart.pop())
            for block in made:
                yield block
                written += len(block.split())

    def _asides(self, entry: MadeEntry, others: Sequence[MadeEntry]) -> Iterator[str]:
        """Yield sentences with what is marked inside of lines."""
        chance, say = self.chance, self.speaker.say
        if chance.random() < LINK:
            for other in others:
                target = posixpath.relpath(other.path, entry.folder)
                text = chance.choice((other.question, say("LABEL").lower()))
                yield f"See [{text}]({target}.md)."
        if chance.random() < FAR_LINK:
            page = slugify(say("SCREEN"))
            yield f"More about this is on [{say('LABEL').lower()}](https://www.example.com/{page}/)."
        if chance.random() < BOLD:
            yield f"Choose **{say('SCREEN')}**, and then **{say('SCREEN')}**."
        if chance.random() < CODE:
            yield f"Its name is `{slugify(say('SCREEN'))}`."

    def _apart(self) -> Iterator[str]:
        """Yield the blocks that are no paragraphs."""
        chance, say = self.chance, self.speaker.say
        if chance.random() < LIST:
            is_numbered = chance.random() < 0.3  # noqa: PLR2004
            count = chance.randrange(2, 7)
            marks = (f"{at}." if is_numbered else "-" for at in range(1, count + 1))
            yield "\n".join(f"{mark} {say('ITEM')}" for mark in marks)
        if chance.random() < TABLE:
            rows = ((say("SCREEN"), say("MONEY")) for _ in range(chance.randrange(2, 6)))
            head = (f"| {say('SCREEN')} | {say('SCREEN')} |", "| --- | --- |")
            yield "\n".join((*head, *(f"| {name} | {value} |" for name, value in rows)))
        if chance.random() < NOTE:
            yield f"> {say('SENTENCE')}"
