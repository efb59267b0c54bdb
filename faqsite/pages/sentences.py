"""The sentences of the pages, with what is filled into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from jinja2 import TemplateRuntimeError

from faqsite.model.problems import did_you_mean

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Sentences:
    """The sentences of `words.yaml`, or what the owner says instead, by their keys."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = sentences

    def say(self, key: str, /, **values: object) -> str:
        """Return a sentence, its placeholders filled where a value is given."""
        if key not in self._sentences:
            raise unknown(f'no sentence "{key}" in words.yaml', key, self._sentences)
        return _PLACEHOLDER.sub(
            lambda found: str(values.get(found[1], found[0])), self._sentences[key]
        )

    def say_date(self, day: date) -> str:
        """Return a day as the pages write it: "1 November 2026"."""
        months = self.say("months").split(",")
        return self.say("date", day=day.day, month=months[day.month - 1].strip(), year=day.year)


def unknown(fact: str, name: str, known: Iterable[str]) -> TemplateRuntimeError:
    """Return the error of a template that names what is not there, with the nearest name."""
    return TemplateRuntimeError("; ".join(filter(None, (fact, did_you_mean(name, known)))))
