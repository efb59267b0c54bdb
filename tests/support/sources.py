"""The contents of an import source, in the short form in which tests compare them."""

from __future__ import annotations

from collections.abc import Iterable

from faqsite.model.problems import Problem
from faqsite.transfer.article import Article, ImportSource


def pairs(source: ImportSource) -> list[tuple[str, str]]:
    """Return the question and answer of each article."""
    return [(entry.question, entry.answer) for entry in source.articles]


def reasons_of(problems: Iterable[Problem]) -> list[str]:
    """Return the fact and the hint of each problem."""
    return [each.reason for each in problems]


def problems_of(source: ImportSource) -> list[list[str]]:
    """Return the problems of each article, without their places."""
    return [reasons_of(entry.problems) for entry in source.articles]


def only(source: ImportSource) -> Article:
    """Return the one article of a source."""
    (entry,) = source.articles
    return entry
