"""Where links and `related` lead: to something published, or nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from posixpath import basename, dirname, relpath, splitext
from urllib.parse import quote

from faqsite.content.text import question_key
from faqsite.model import urls
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problem, Problems, did_you_mean, note, quoted, shortened
from faqsite.model.records import ATTACHMENT_ENDINGS, Answer, LinkTarget, RawContent, RawEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places to which a link or a reference can lead."""

    ids: Mapping[str, frozenset[str]]
    """The ids in the answer of each published entry, by its path."""
    drafts: frozenset[str]
    faulty: frozenset[str]
    """Entries with problems of their own: a link to one is not another problem."""
    attachments: frozenset[str]
    folders: frozenset[str]
    """Folders with a published entry in them or below them; always the top one."""


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
    """Report each link or picture of an answer that leads nowhere, once for its line."""
    for link in dict.fromkeys(answer.links):
        if fault := _find_fault(link, dirname(entry.path), places):
            problems.add(entry.path, link.line, *fault, link.written, link.path)


def hint_upload(folder: str) -> str:
    """Return the hint to upload a file into a folder of the content, "" for the top one."""
    where = f'folder "{folder}"' if folder else "content folder"
    return f"upload it into the {where}"


def resolve_related(
    published: Sequence[RawEntry], places: Places, problems: Problems
) -> Mapping[str, tuple[Text, ...]]:
    """Return the paths of the entries in each `related`; report references that mean no entry."""
    named = names_of({*places.ids, *places.drafts, *places.faulty})
    slugs = Counter(entry.slug for entry in published)
    written_as: dict[str, str] = {}
    for entry in published:
        path, _ = splitext(entry.path)
        name = basename(path) if slugs[entry.slug] == 1 else path
        keys = (question_key(entry.question), urls.address_of(entry.path), path, name)
        written_as |= dict.fromkeys(filter(None, keys), name)
    related: dict[str, list[Text]] = {}
    for entry in published:
        found = related.setdefault(entry.path, [])
        for reference in entry.related:
            fact = f'"related" lists "{shortened(reference)}"'
            kind = Kind.NEEDLESS_REFERENCE
            about: tuple[str, ...] = (reference,)
            meant = find_entry(reference, named, places.drafts)
            if isinstance(meant, Problem):
                kind, about = meant.kind, meant.about
                fact, hint = f"{fact}, which {meant.message}", meant.hint
                if kind is Kind.UNKNOWN_ENTRY:
                    hint = _propose_related(reference, written_as) or hint
            elif meant == entry.path:
                fact, hint = f"{fact}, which is this entry itself", "remove it"
            elif meant in found:
                fact, hint = f"{fact} twice", "remove one"
            else:
                found.append(Text(meant, reference.line))
                continue
            problems.add(entry.path, reference.line, kind, fact, hint, *about)
    return {path: tuple(found) for path, found in related.items()}


def _propose_related(reference: str, written_as: Mapping[str, str]) -> str:
    """Return the hint for the questions or addresses of entries, "" for any other reference."""

    def find(text: str) -> str:
        # The site can be in a folder of its host, which is not part of its addresses.
        names = re.split("[?#]", text)[0].split("/")
        addresses = ("/".join(names[start:]) for start in range(len(names)))
        keys = (question_key(text), text, *addresses)
        return next((written_as[key] for key in keys if key in written_as), "")

    for texts in ([reference], re.split("[,;]", reference), reference.split()):
        if all(found := [find(text.strip()) for text in texts]):
            return f"write related: [{', '.join(found)}]"
    return ""


def find_entry(
    reference: str, named: Mapping[str, Sequence[str]], drafts: Collection[str]
) -> str | Problem:
    """Return the path of the one entry that a reference means, or why there is none.

    The problem has no place yet, and its message ends a sentence: "is a draft".
    """
    name = unicodedata.normalize("NFC", reference).strip("/").removesuffix(".md")
    meant = named.get(name, ())
    meant = [path for path in meant if path not in drafts] or meant
    if not meant:
        hint = did_you_mean(shortened(name), named)
        return note("", 0, Kind.UNKNOWN_ENTRY, "is not an entry", hint, reference)
    if len(meant) > 1:
        hint = "write " + " or ".join(f'"{splitext(path)[0]}"' for path in meant)
        return note(
            "", 0, Kind.AMBIGUOUS_ENTRY, f"is the name of {len(meant)} entries", hint, *meant
        )
    if meant[0] in drafts:
        hint = "publish the draft, or remove the reference"
        return note("", 0, Kind.DRAFT_NAMED, "is a draft", hint, reference, meant[0])
    return meant[0]


def names_of(paths: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Return the entries that each name means: a whole path one, its last part perhaps more."""
    wholes: defaultdict[str, list[str]] = defaultdict(list)
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        name, _ = splitext(path)
        for whole in {name, urls.slugify_path(name)}:
            wholes[whole].append(path)
        for part in {basename(name), urls.slugify(basename(name))}:
            parts[part].append(path)
    return {**parts, **wholes}


def _find_fault(link: LinkTarget, folder: str, places: Places) -> tuple[Kind, str, str] | None:
    """Return the kind, fact and hint for a link in an entry of a folder; None if it is right."""
    path, inside, written = link.path, f"{link.path}/", quoted(link.written)
    if path in places.attachments or path in places.faulty:
        return None
    if path in places.ids or path in places.folders:
        ids = places.ids.get(path, frozenset())
        if not link.fragment or link.fragment in ids:
            return None
        fact = f"the link to {written} leads to a heading that does not exist"
        hint = did_you_mean(f"#{link.fragment}", (f"#{each}" for each in ids))
        return Kind.DEAD_LINK, fact, hint
    if any(each.startswith(inside) for each in places.faulty):
        return None
    if any(f"{each}/".startswith(inside) for each in places.drafts):
        fact = f"the link to {written} leads to a draft"
        return Kind.DRAFT_NAMED, fact, "publish the draft, or remove the link"
    if (ending := urls.ending_of(path)) in ATTACHMENT_ENDINGS:
        where = " beside this answer" if dirname(path) == folder else ""
        fact = f"there is no {'PDF' if ending == 'pdf' else 'picture'} {written}{where}"
        hint = hint_upload(dirname(path))
        nearest = _find_nearest(path, places.attachments, ())
    else:
        fact, hint = f"the link to {written} leads nowhere", ""
        nearest = _find_nearest(path, places.ids, places.folders)
    if nearest is not None:
        typed = relpath(nearest or ".", folder or ".") + "/" * (nearest in places.folders)
        typed = re.sub(r'[\s()<>%#?"\\]', lambda found: quote(found[0]), typed)
        hint = f"write {typed}, or {hint}" if hint else f'did you mean "{typed}"?'
    return Kind.DEAD_LINK, fact, hint


def _find_nearest(path: str, files: Iterable[str], folders: Collection[str]) -> str | None:
    """Return a path with the name of an unknown one, or with a similar name nearby."""
    known = sorted({*files, *folders})
    if namesakes := [each for each in known if _stem(each) == _stem(path)]:
        return get_close_matches(path, namesakes, n=1, cutoff=0)[0]
    near = [each for each in known if each in folders or dirname(each) == dirname(path)]
    names = {_stem(each): each for each in near}
    return next((names[name] for name in get_close_matches(_stem(path), names, n=1)), None)


def _stem(path: str) -> str:
    return splitext(basename(path))[0].casefold()
