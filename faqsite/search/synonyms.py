"""Words and phrases that find the same, as the index holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from faqsite.model.records import Synonyms
from faqsite.search.words import stems, words


def index_synonyms(
    groups: Iterable[Synonyms], forms_of: Mapping[str, Sequence[str]], language: str
) -> tuple[list[tuple[str, list[str]]], tuple[Synonyms, ...]]:
    """Return each word or phrase with those that it also finds, and the groups that find nothing.

    `forms_of` has the forms of each term. A phrase is its words as they are folded, parted
    by spaces. What is meant is put into forms that the entries have; what is asked, if one
    word, into each form of it.
    """
    known = {form for forms in forms_of.values() for form in forms}
    found: defaultdict[str, set[str]] = defaultdict(set)
    idle = []
    for group in groups:
        asked, meant = (tuple(map(_folded, phrases)) for phrases in (group.asked, group.meant))
        stem_of = stems(chain.from_iterable((*asked, *meant)), language)
        targets = {
            " ".join(word if word in known else forms_of[stem_of[word]][0] for word in phrase)
            for phrase in meant
            if all(stem_of[word] in forms_of for word in phrase)
        }
        if not targets:
            idle.append(group)
        for phrase in asked:
            # Any form of a word asks the same; of a phrase, only the one that was written.
            forms = forms_of.get(stem_of[phrase[0]], ()) if len(phrase) == 1 else ()
            for form in {" ".join(phrase), *forms}:
                found[form] |= targets - {form, *forms}
    return [(phrase, sorted(also)) for phrase, also in sorted(found.items()) if also], tuple(idle)


def _folded(phrase: str) -> tuple[str, ...]:
    return tuple(words(phrase))
