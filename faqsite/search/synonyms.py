"""Words and phrases that find the same, as the index holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from faqsite.model.records import Synonyms
from faqsite.search.words import stem_in, words


def index_synonyms(
    groups: Iterable[Synonyms], forms_of: Mapping[str, Sequence[str]], language: str
) -> tuple[list[tuple[str, list[str]]], tuple[Synonyms, ...]]:
    """Return each word or phrase with those that it also finds, and the groups that find nothing.

    `forms_of` has the forms of each term. A phrase is its folded words, separated by spaces.
    What is meant takes forms that the entries have; a single word that is asked takes each of
    its forms.
    """
    stem = stem_in(language)
    found: defaultdict[str, set[str]] = defaultdict(set)
    idle = []
    for group in groups:
        targets = {
            " ".join(_known_form(word, forms_of[stem(word)]) for word in phrase)
            for phrase in map(words, group.meant)
            if all(stem(word) in forms_of for word in phrase)
        }
        if not targets:
            idle.append(group)
        for phrase in map(words, group.asked):
            # Any form of a word asks the same; of a phrase, only the one that was written.
            forms = forms_of.get(stem(phrase[0]), ()) if len(phrase) == 1 else ()
            for form in {" ".join(phrase), *forms}:
                found[form] |= targets - {form, *forms}
    return [(phrase, sorted(also)) for phrase, also in sorted(found.items()) if also], tuple(idle)


def _known_form(word: str, forms: Sequence[str]) -> str:
    return word if word in forms else forms[0]
