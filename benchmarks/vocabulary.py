"""The words of which the benchmarks make text: lists of our own, and what derives from them.

A word is drawn by its rank (Zipf's law). The rarest are derived ("refundable",
"unrefundable"), so that a longer text has ever more words that stand nowhere else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product
from pathlib import Path

__all__ = ["Choice", "Word", "derived", "lexicon", "lines_of", "words_of"]

FOLDER = Path(__file__).resolve().parent / "words"
SEED = 11
SHAPES = {
    "nouns": (12, 1.1),
    "verbs": (10, 1.1),
    "adjectives": (12, 1.1),
    "adverbs": (6, 1.1),
    "names": (30, 0.8),
}
"""How steeply each list falls: a word's weight is 1 / (its rank + the first) ** the second."""
DERIVED = 0.25
"""How often a derived word is drawn, beside a listed one of that rank."""
PREFIXES = ("re", "over", "pre", "mis")
NO_NESS = ("al", "ant", "ary", "ate", "ble", "ed", "ent", "ic", "ing", "ive", "ory", "y")
"""How adjectives end that make no noun on "ness"."""

Word = tuple[str, ...]
"""All forms of a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be drawn, and the running sum of its weights."""

    of: Sequence[Word]
    weights: Sequence[float]

    def draw(self, chance: random.Random) -> Word:
        """Return one of them, the heavier the more often."""
        return chance.choices(self.of, cum_weights=self.weights)[0]


@cache
def lexicon(name: str) -> Choice:
    """Return the words of a list and what is derived for it, the frequent first."""
    chance = random.Random(f"{SEED} {name}")  # noqa: S311 (only that it repeats matters)
    listed = words_of(name)
    # The lists are in order of frequency only roughly: the rare stand by alphabet.
    ranks = {word: rank * 2 ** chance.uniform(-1, 1) for rank, word in enumerate(listed)}
    rest = sorted(set(derived(name)) - set(listed))
    chance.shuffle(rest)
    shift, steepness = SHAPES[name]
    of = (*sorted(listed, key=lambda word: ranks[word]), *rest)
    weights = accumulate(
        (DERIVED if rank >= len(listed) else 1) / (rank + shift) ** steepness
        for rank in range(len(of))
    )
    return Choice(of=of, weights=tuple(weights))


@cache
def words_of(name: str) -> tuple[Word, ...]:
    """Return the words of a list with all their forms, e.g. ("go", "goes", "went", ...)."""
    words = " ".join(lines_of(name)).split()
    match name:
        case "nouns":
            return tuple(map(_noun, words))
        case "verbs":
            return tuple(map(_verb, words))
        case "names":
            at = words.index("-")
            pairs = product(words[:at], words[at + 1 :])
            return tuple((first + last,) for first, last in pairs if first[-1] != last[0])
    return tuple((word,) for word in words)


def derived(name: str) -> Iterator[Word]:
    """Yield words that are made from those of other lists, e.g. "reader" from "read"."""
    makers: Mapping[str, Callable[[], Iterator[Word]]] = {
        "nouns": _derived_nouns,
        "verbs": _derived_verbs,
        "adjectives": _derived_adjectives,
        "adverbs": _derived_adverbs,
    }
    return makers[name]() if name in makers else iter(())


def lines_of(name: str) -> Iterator[str]:
    """Yield the lines of a list but for those that explain it."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


def _derived_nouns() -> Iterator[Word]:
    for stem in map(_stem, words_of("verbs")):
        yield stem + "er", stem + "ers"
    for (adjective,) in words_of("adjectives"):
        if not adjective.endswith(NO_NESS):
            yield (_joined(adjective, "ness"),) * 2


def _derived_verbs() -> Iterator[Word]:
    for prefix, forms in product(PREFIXES, words_of("verbs")):
        yield tuple(prefix + form for form in forms)


def _derived_adjectives() -> Iterator[Word]:
    able = [_stem(forms) + "able" for forms in words_of("verbs")]
    listed = [adjective for (adjective,) in words_of("adjectives")]
    yield from ((word,) for word in able)
    yield from (("un" + word,) for word in able + listed if not word.startswith("un"))


def _derived_adverbs() -> Iterator[Word]:
    for (adjective,) in words_of("adjectives"):
        if not adjective.endswith("ly"):
            yield (_joined(adjective, "ally" if adjective.endswith("ic") else "ly"),)


def _noun(written: str) -> Word:
    """Return both numbers of a noun, an irregular one being written "child/children"."""
    singular, _, plural = written.partition("/")
    return singular, plural or _with_s(singular)


def _verb(written: str) -> Word:
    """Return the forms of a verb, written "ask", "take/took/taken", or "admit+" (admitted)."""
    base, *irregular = written.split("/")
    verb = base.removesuffix("+")
    if base != verb or re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        past, gerund = f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"
    elif verb.endswith("e"):
        past = f"{verb}d"
        gerund = re.sub(r"ie$", "y", re.sub(r"(?<=[^eoiy])e$", "", verb)) + "ing"
    else:
        past, gerund = re.sub(r"(?<=[^aeiou])y$", "i", verb) + "ed", f"{verb}ing"
    return verb, _with_s(verb), *(irregular or (past, past)), gerund


def _with_s(word: str) -> str:
    ending = "es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s"
    return re.sub(r"(?<=[^aeiou])y$", "ie", word) + ending


def _stem(forms: Word) -> str:
    """Return what stands before the "er" of who does it, e.g. "suppli" and "stopp"."""
    past, gerund = forms[2], forms[-1]
    return past[:-2] if past.endswith("ed") else gerund[:-3]


def _joined(word: str, suffix: str) -> str:
    """Return an adjective with a suffix, e.g. "happily", "simply", "fully"."""
    if suffix == "ly":
        word = re.sub(r"(?<=[^aeiou])le$|(?<=l)l$", "", word)
    return re.sub(r"(?<=[^aeiou])y$", "i", word) + suffix
