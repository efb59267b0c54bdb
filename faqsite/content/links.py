"""Where links and `related` lead: to what is published, or nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from posixpath import basename, dirname, relpath
from urllib.parse import quote

from faqsite.model import urls
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problem, Problems, did_you_mean, note, quoted, shortened
from faqsite.model.records import Answer, LinkTarget, RawContent, RawEntry

_NOT_IN_LINKS = re.compile(r'[\s()<>%#?"\\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What a link or a reference can lead to."""

    ids: Mapping[str, frozenset[str]]
    """The ids in the answer of each published entry, by its path."""
    drafts: frozenset[str]
    faulty: frozenset[str]
    """Entries with problems of their own: to lead there is not another one."""
    attachments: frozenset[str]
    folders: frozenset[str]
    """Those that have a published entry in them or below them; always the top one."""


def find_places(
    content: RawContent,
    published: Iterable[RawEntry],
    answers: Mapping[str, Answer],
    problems: Problems,
) -> Places:
    """Return the places of the content; entries with a problem by now are the faulty ones."""
    faulty = {problem.path for problem in problems.found if not problem.is_advice}
    return Places(
        ids={entry.path: frozenset(answers[entry.path].ids) for entry in published},
        drafts=frozenset(entry.path for entry in content.entries if entry.draft),
        faulty=content.unreadable | {entry.path for entry in published if entry.path in faulty},
        attachments=frozenset(attachment.path for attachment in content.attachments),
        folders=frozenset(
            {"", *(each for entry in published for each in urls.folders_above(entry.path))}
        ),
    )


def check_links(entry: RawEntry, answer: Answer, places: Places, problems: Problems) -> None:
    """Note each link of an answer that leads nowhere, with the nearest place."""
    for link in answer.links:
        if fault := _fault(link, entry.path, places):
            kind, fact, hint = fault
            message = f"the link to {quoted(link.written)} {fact}"
            problems.add(entry.path, link.line, kind, message, hint, link.written, link.path)


def resolve_related(
    published: Iterable[RawEntry], places: Places, problems: Problems
) -> Mapping[str, tuple[Text, ...]]:
    """Return the paths of the entries that each entry names, noting what names none, or several."""
    named = names_of({*places.ids, *places.drafts, *places.faulty})
    related: dict[str, list[Text]] = {}
    for entry in published:
        found = related.setdefault(entry.path, [])
        for reference in entry.related:
            meant = find_entry(reference, named, places.drafts)
            if meant == entry.path or meant in found:
                fact = "is this entry itself" if meant == entry.path else "stands there already"
                meant = note("", 0, Kind.NEEDLESS_REFERENCE, fact, "take it out", reference)
            if isinstance(meant, str):
                found.append(Text(meant, reference.line))
                continue
            message = f'"related" names "{shortened(reference)}", which {meant.message}'
            problems.add(entry.path, reference.line, meant.kind, message, meant.hint, *meant.about)
    return {path: tuple(found) for path, found in related.items()}


def find_entry(
    reference: str, named: Mapping[str, Sequence[str]], drafts: Collection[str]
) -> str | Problem:
    """Return the path of the one entry that a reference means, or why there is none.

    The problem has no place yet, and its message is the rest of a sentence: "is a draft".
    """
    name = unicodedata.normalize("NFC", reference).strip("/").removesuffix(".md")
    meant = named.get(name, ())
    meant = [path for path in meant if path not in drafts] or meant
    if not meant:
        hint = did_you_mean(shortened(name), named)
        return note("", 0, Kind.UNKNOWN_ENTRY, "is no entry", hint, reference)
    if len(meant) > 1:
        fact = f"could be any of {len(meant)} entries"
        hint = "write " + " or ".join(f'"{_name(path)}"' for path in meant)
        return note("", 0, Kind.AMBIGUOUS_ENTRY, fact, hint, *meant)
    if meant[0] in drafts:
        hint = "publish the draft, or take it out"
        return note("", 0, Kind.DRAFT_NAMED, "is a draft", hint, reference, meant[0])
    return meant[0]


def _fault(link: LinkTarget, source: str, places: Places) -> tuple[Kind, str, str] | None:
    """Return what is wrong with a link, as kind, fact and hint; None if it leads somewhere."""
    path = link.path
    if path in places.attachments or path in places.faulty:
        return None
    if path in places.ids or path in places.folders:
        ids = places.ids.get(path, frozenset())
        if not link.fragment or link.fragment in ids:
            return None
        hint = did_you_mean(f"#{link.fragment}", (f"#{each}" for each in ids))
        return Kind.DEAD_LINK, "leads to no heading there", hint
    inside = f"{path}/"
    if any(each.startswith(inside) for each in places.faulty):
        return None
    if any(each == path or each.startswith(inside) for each in places.drafts):
        return Kind.DRAFT_NAMED, "leads to a draft", "publish the draft, or take the link out"
    nearest = _nearest(path, places)
    hint = f'did you mean "{_seen_from(source, nearest, places)}"?' if nearest is not None else ""
    return Kind.DEAD_LINK, "leads nowhere", hint


def _nearest(path: str, places: Places) -> str | None:
    """Return the path that is most like one that is none.

    It is one with the same name (in capitals or not), else one in the folder that
    was meant, else a folder.
    """
    files = sorted({*places.ids, *places.attachments})
    folders = sorted(places.folders)
    name = basename(path).casefold()
    namesakes = [each for each in (*files, *folders) if basename(each).casefold() == name]
    if namesakes:
        return get_close_matches(path, namesakes, n=1, cutoff=0.0)[0]
    meant = get_close_matches(dirname(path), folders, n=1)
    beside = [each for each in files if dirname(each) in (meant or [dirname(path)])]
    return next(iter(get_close_matches(path, [*beside, *folders], n=1)), None)


def _seen_from(source: str, path: str, places: Places) -> str:
    """Return the link to a path as an editor types it in the file at `source`."""
    link = relpath(path or ".", dirname(source) or ".")
    link = _NOT_IN_LINKS.sub(lambda found: quote(found[0]), link)
    return link + ("/" if path in places.folders else "")


def _name(path: str) -> str:
    """Return the path of an entry as `related` has it: without ".md", in whatever letters."""
    return path[: -len(".md")]


def names_of(paths: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Return the entries that each name means: a whole path one, its last part perhaps more."""
    wholes: dict[str, list[str]] = defaultdict(list)
    parts: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        name = _name(path)
        for whole in {name, urls.slugify_path(name)}:
            wholes[whole].append(path)
        for part in {basename(name), urls.slugify(basename(name))}:
            parts[part].append(path)
    return {**parts, **wholes}
