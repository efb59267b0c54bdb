"""Links into the content that an answer misses: full addresses, and questions in brackets.

A full address is not checked when its page moves, and leads away from a preview.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from posixpath import dirname, relpath, splitext
from urllib.parse import quote, unquote

from faqsite.content.text import question_key
from faqsite.model.problems import Kind, Problems, quoted
from faqsite.model.records import Answer, RawContent, RawEntry
from faqsite.model.urls import HOME

_HREF = re.compile(r'<a [^>]*?href="(https?://[^"]+)"')
_IN_BRACKETS = re.compile(r"\[([^\[\]\n]+)\](?! ?\()")
_ON_GITHUB = r"(?:blob|blame|edit|raw|tree)/[^?#]+?/content/"


def advise_links(
    content: RawContent,
    published: Iterable[RawEntry],
    answers: Mapping[str, Answer],
    occupants: Mapping[str, str],
    problems: Problems,
) -> None:
    """Give advice on each link that could lead to a file; `occupants` has those by address."""
    published, paths = [*published], {*occupants.values()}
    asked = {question_key(entry.question): entry for entry in reversed(published)}
    for entry in published:
        answer = answers[entry.path]
        for written, path in _find_full_addresses(content, answer, occupants, paths):
            fact = f"the link {quoted(written)} is the full address of a file in the content"
            hint = f"write {_link(entry, path)}"
            _advise(entry, written, fact, hint, problems)
        for found in _IN_BRACKETS.finditer(answer.text):
            meant = asked.get(question_key(found[1]))
            if meant and meant is not entry:
                fact = f"{quoted(found[0])} is not a link"
                hint = f"write {found[0]}({_link(entry, meant.path)})"
                _advise(entry, found[0], fact, hint, problems)


def _find_full_addresses(
    content: RawContent, answer: Answer, occupants: Mapping[str, str], paths: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield each full address in an answer that leads to a file or folder, and its path."""
    site = content.settings.url.partition("://")[2]
    repository = content.settings.repository.partition("/tree/")[0]
    for part in answer.parts:
        for found in _HREF.finditer(part) if isinstance(part, str) else ():
            written = html.unescape(found[1])
            address = unquote(re.split("[?#]", written)[0])
            rest = address.partition("://")[2]
            if site and f"{rest}/".casefold().startswith(site.casefold()):
                name = rest[len(site) :].strip("/").casefold()
                tries = (name, f"{name}.html", f"{name}/{HOME}".lstrip("/"))
                path = next((occupants[each] for each in tries if each in occupants), None)
                path = "" if name in {"", HOME} else path
                if path is not None:
                    yield written, path
            elif repository and (
                file := re.match(rf"{re.escape(repository)}/{_ON_GITHUB}", address, re.IGNORECASE)
            ):
                path = address[file.end() :].rstrip("/")
                if path in paths:
                    yield written, path


def _link(entry: RawEntry, path: str) -> str:
    link = quote(relpath(path or ".", dirname(entry.path) or "."))
    return link if splitext(path)[1] else f"{link}/"


def _advise(entry: RawEntry, written: str, fact: str, hint: str, problems: Problems) -> None:
    at = max(entry.body.find(written), 0)
    line = entry.body.line + entry.body.count("\n", 0, at)
    problems.advise(entry.path, line, Kind.MISSED_LINK, fact, hint, written)
