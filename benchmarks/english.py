"""English that says nothing: sentences by a small grammar, of the words of `vocabulary`."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

from benchmarks.vocabulary import Choice, Word, lexicon, lines_of

__all__ = ["Speaker"]

OWN_WORDS = 0.4
"""The share of words that a text takes from the few that it is about."""
FORMS = {
    "NOUN": ("nouns", 0),
    "NOUNS": ("nouns", 1),
    "VB": ("verbs", 0),
    "VBZ": ("verbs", 1),
    "VBD": ("verbs", 2),
    "VBN": ("verbs", 3),
    "VBG": ("verbs", 4),
    "ADJ": ("adjectives", 0),
    "ADV": ("adverbs", 0),
    "NAME": ("names", 0),
}
"""The list of each symbol, and which form of a word it means."""


class Speaker:
    """Says things by the grammar; with the same chance and topics always the same."""

    def __init__(self, chance: random.Random, topics: Mapping[str, Sequence[Word]]) -> None:
        """Take the words that the text is about, by list."""
        self._chance = chance
        self._topics = topics

    def say(self, symbol: str) -> str:
        """Return a text of a kind, e.g. a SENTENCE, beginning with a capital."""
        text = " ".join(self._words(symbol))
        text = re.sub(r" (?=[.,:?])", "", text)
        text = re.sub(r"\ba(?= [aeiouAEIO])(?! (?:[Ee]u|one|uni|us[aeu]|util))", "an", text)
        return text[:1].upper() + text[1:]

    def _words(self, symbol: str) -> Iterator[str]:
        if symbol in FORMS:
            name, form = FORMS[symbol]
            yield self._word(name)[form]
        elif symbol in _grammar():
            for part in _grammar()[symbol].draw(self._chance):
                yield from self._words(part)
        else:
            yield self._figure(symbol)

    def _word(self, name: str) -> Word:
        topics = self._topics.get(name)
        if topics and self._chance.random() < OWN_WORDS:
            return self._chance.choice(topics)
        return lexicon(name).draw(self._chance)

    def _figure(self, symbol: str) -> str:
        """Return what is written in digits, or the symbol itself: it is a plain word."""
        chance = self._chance
        match symbol:
            case "COUNT":
                return str(5 + int(chance.expovariate(1 / 60)))
            case "DAY":
                return str(chance.randrange(1, 29))
            case "YEAR":
                return str(chance.randrange(2019, 2028))
            case "MONEY":
                return f"£{int(10 ** chance.uniform(1, 4.5)):,}"
            case "CODE":
                return "".join(chance.choices("ABCDEFHKLMPRSTW", k=2)) + str(
                    chance.randrange(10, 1000)
                )
        return symbol


@cache
def _grammar() -> Mapping[str, Choice]:
    """Return what each symbol can become."""
    rules: dict[str, list[tuple[float, Word]]] = {}
    for line in lines_of("grammar"):
        symbol, weight, *expansion = line.split()
        rules.setdefault(symbol, []).append((float(weight), tuple(expansion)))
    return {
        symbol: Choice(
            of=tuple(words for _, words in of_it),
            weights=tuple(accumulate(weight for weight, _ in of_it)),
        )
        for symbol, of_it in rules.items()
    }
