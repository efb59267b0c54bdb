"""Words and phrases that find the same, as an owner writes them."""

from __future__ import annotations

from faqsite.content.fields import Fields
from faqsite.model.keys import Key
from faqsite.model.problems import Kind, shortened
from faqsite.model.records import Synonyms
from faqsite.search.words import words

MOST_TOGETHER = 5
"""How many words a phrase that has synonyms can have."""


def read_synonyms(fields: Fields, key: Key) -> tuple[Synonyms, ...]:
    """Return the synonyms of each text: "remote, wfh" both ways, "salary => pay, wage" one way."""
    found = []
    for text in fields.texts(key.name):
        before, arrow, after = text.partition("=>")
        asked = tuple(phrase.strip() for phrase in before.split(","))
        meant = tuple(phrase.strip() for phrase in after.split(",")) if arrow else asked
        lengths = {phrase: sum(1 for _ in words(phrase)) for phrase in asked + meant}
        if 0 in lengths.values() or len(lengths) == 1:
            message = f'"{key.name}" needs words parted by commas, not "{shortened(text)}"'
            hint = "such as: remote, wfh; or, one way: salary => pay"
            fields.report(text.line, Kind.WRONG_VALUE, message, hint, key.name)
        elif max(lengths.values()) > MOST_TOGETHER:
            phrase = shortened(max(lengths, key=lambda phrase: lengths[phrase]))
            message = f'"{phrase}" in "{key.name}" has more than {MOST_TOGETHER} words'
            fields.report(text.line, Kind.LIMIT_EXCEEDED, message, "say it in fewer", key.name)
        else:
            found.append(Synonyms(asked=asked, meant=meant, line=text.line))
    return tuple(found)
