"""What an editor changed between two states of the content, in words.

`python -m faqsite.audit.changes BEFORE AFTER` compares two content folders and prints Markdown
for the summary of a run on GitHub.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import takewhile
from pathlib import Path

from faqsite.audit.report import code_span
from faqsite.content.folder import load_content
from faqsite.content.sources import read_sources
from faqsite.content.words import load_words
from faqsite.model.keys import ENTRY_KEYS, values_of
from faqsite.model.problems import Kind, Problem, Problems, TemplateError, note, shortened
from faqsite.model.records import RawContent, RawEntry

_MAX_LINES = 100
"""How many entries a list has at most: people read it, and GitHub limits it."""

_PARTS = {"question": "", "answer": "answer"} | {
    key.name: key.label or key.name for key in ENTRY_KEYS
}
"""The parts of an entry, as an editor calls them."""

_TEMPLATES = Path(__file__).parent.parent.parent / "templates"
_Names = Mapping[str, Sequence[str]]
"""Sorted keys or paths by what happened to them: "new", "changed" or "removed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """An entry that is in both states, and what differs."""

    before: RawEntry
    after: RawEntry

    @property
    def parts(self) -> tuple[str, ...]:
        """Which parts differ: "answer", or a key of the front matter."""
        old, new = (
            {**values_of(entry, ENTRY_KEYS), "answer": _answer(entry)}
            for entry in (self.before, self.after)
        )
        return tuple(part for part in _PARTS if old[part] != new[part])

    @property
    def is_moved(self) -> bool:
        """Whether the file has another path."""
        return self.before.path != self.after.path

    @property
    def keeps_date(self) -> bool:
        """Whether the answer changed, but not the date that readers see."""
        is_another = "answer" in self.parts and "updated" not in self.parts
        return is_another and self.after.updated is not None and not self.after.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How one state of the content differs from an earlier one, entries sorted by path."""

    added: tuple[RawEntry, ...] = ()
    changed: tuple[EntryChange, ...] = ()
    """Includes the entries that moved."""
    removed: tuple[RawEntry, ...] = ()
    unreadable: tuple[str, ...] = ()
    """Paths of the files that are not entries now."""
    others: Mapping[str, _Names] = field(default_factory=dict)
    """What differs in the settings, the categories and the pictures, by their titles."""


def compare(before: RawContent, after: RawContent) -> Changes:
    """Return what differs.

    A missing file and a new one are the same entry, moved, if only they have that question, or
    that answer. A file that can no longer be read does not count as removed.
    """
    old = {entry.path: entry for entry in before.entries}
    new = {entry.path: entry for entry in after.entries}
    removed = {path: old[path] for path in sorted(old.keys() - new.keys() - after.unreadable)}
    added = {path: new[path] for path in sorted(new.keys() - old.keys())}
    both = [*_take_moved(removed, added)]
    both += (EntryChange(before=old[path], after=new[path]) for path in old.keys() & new.keys())
    both.sort(key=lambda change: change.after.path)
    earlier, later = dict(_list_others(before)), dict(_list_others(after))
    others = {title: _compare_names(earlier[title], later[title]) for title in later}
    return Changes(
        added=tuple(added.values()),
        changed=tuple(each for each in both if each.parts or each.is_moved),
        removed=tuple(removed.values()),
        unreadable=tuple(sorted(after.unreadable)),
        others={title: names for title, names in others.items() if names},
    )


def _take_moved(removed: dict[str, RawEntry], added: dict[str, RawEntry]) -> Iterator[EntryChange]:
    """Take out of both the entries that moved, known by their question, or by their answer."""
    for trait in (lambda entry: str(entry.question), _answer):
        gone, come = _by_unique(trait, removed), _by_unique(trait, added)
        for value in gone.keys() & come.keys():
            yield EntryChange(before=removed.pop(gone[value]), after=added.pop(come[value]))


def _by_unique(trait: Callable[[RawEntry], str], entries: Mapping[str, RawEntry]) -> dict[str, str]:
    """Return the paths of the entries by a trait, without those that share it or have none."""
    traits = {path: trait(entry) for path, entry in entries.items()}
    count = Counter(traits.values())
    return {value: path for path, value in traits.items() if value and count[value] == 1}


def _answer(entry: RawEntry) -> str:
    # Readers do not see the empty lines around it, but do see an indent.
    return entry.body.strip("\n")


def _list_others(content: RawContent) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield everything except the entries, by keys or paths, with a title for each sort."""
    settings = content.settings
    yield "Settings", {each.name: getattr(settings, each.name) for each in fields(settings)}
    yield "Categories", {each.path: each for each in content.categories}
    yield "Pictures and PDFs", {each.path: each for each in content.attachments}


def _compare_names(old: Mapping[str, object], new: Mapping[str, object]) -> _Names:
    found = {
        "new": new.keys() - old.keys(),
        "changed": {name for name in old.keys() & new.keys() if old[name] != new[name]},
        "removed": old.keys() - new.keys(),
    }
    return {kind: sorted(names) for kind, names in found.items() if names}


def advise_dates(changes: Changes) -> Iterator[Problem]:
    """Yield advice for each answer that kept its date, on its first line that differs."""
    for change in (each for each in changes.changed if each.keeps_date):
        entry = change.after
        lines, before = entry.body.split("\n"), change.before.body.split("\n")
        pairs = zip(lines, before, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        line = entry.body.line + min(same, len(lines) - 1)
        fact = f'the answer changed, but "updated" is still {entry.updated}'
        hint = "write the day of the change, unless the meaning is the same"
        yield note(entry.path, line, Kind.KEPT_DATE, fact, hint, is_advice=True)


def find_changed(before: Path, after: Path) -> frozenset[str]:
    """Return the paths of the files that differ between two content folders."""
    old, new = (read_sources(each, Problems()).files for each in (before, after))
    return frozenset(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def sort_changed_first(
    findings: Iterable[Problem], before: Path, after: Path, changed: Collection[str]
) -> list[Problem]:
    """Return findings, and advice about dates that were kept, those in `changed` files first."""
    ignored = Problems()
    contents = (load_content(each, {}, ignored) for each in (before, after))
    found = {*findings, *advise_dates(compare(*contents))}
    return sorted(found, key=lambda each: (each.path not in changed, each))


def render(changes: Changes) -> str:
    """Return the changes as Markdown in which nothing that an author wrote has an effect."""
    moved = [each for each in changes.changed if each.is_moved]
    stayed = [each for each in changes.changed if not each.is_moved]
    dated = [each.after for each in changes.changed if each.keeps_date]
    lists: dict[str, list[str]] = {
        "New": [*map(_describe_entry, changes.added)],
        "Changed": [*map(_describe_change, stayed)],
        "Moved": [*map(_describe_change, moved)],
        'Changed, but "updated" is the same': [
            f"{_describe_entry(each)}: updated {each.updated}" for each in dated
        ],
        "Removed": [*map(_describe_entry, changes.removed)],
        "Cannot be read": [*map(code_span, changes.unreadable)],
    }
    blocks = [
        f"### {title}: {len(lines)}\n\n" + "\n".join(f"- {line}" for line in _cut(lines))
        for title, lines in lists.items()
        if lines
    ] or ["No question changed."]
    for title, kinds in changes.others.items():
        found = [f"{kind} {', '.join(_cut([*map(code_span, kinds[kind])]))}" for kind in kinds]
        blocks.append(f"{title}: {'; '.join(found)}.")
    return "\n\n".join(blocks) + "\n"


def _cut(lines: Sequence[str]) -> list[str]:
    """Return the first lines, and how many more there are."""
    more = len(lines) - _MAX_LINES
    return [*lines[:_MAX_LINES], *([f"and {more} more"] if more > 0 else [])]


def _describe_change(change: EntryChange) -> str:
    """Return e.g. "`Can I work remotely?` (`team/remote.md`): answer, place in the order"."""
    origin = f", from {code_span(change.before.path)}" if change.is_moved else ""
    names = dict(_PARTS)
    names["draft"] = "now a draft" if change.after.draft else "no longer a draft"
    names["question"] = "question"
    if change.before.question:
        names["question"] += f" (was {code_span(shortened(change.before.question))})"
    parts = ", ".join(names[part] for part in change.parts)
    return _describe_entry(change.after) + origin + (f": {parts}" if parts else "")


def _describe_entry(entry: RawEntry) -> str:
    path = code_span(entry.path) + (", a draft" if entry.draft else "")
    return f"{code_span(shortened(entry.question))} ({path})" if entry.question else path


def main(argv: Sequence[str] | None = None) -> int:
    """Print the changes from one content folder to another as Markdown; return 0."""
    parser = argparse.ArgumentParser("python -m faqsite.audit.changes", description=main.__doc__)
    parser.add_argument("before", type=Path, help="the earlier content folder; it may be missing")
    parser.add_argument("after", type=Path, help="the content folder now")
    options = parser.parse_args(argv)
    try:
        words = load_words(_TEMPLATES)
    except TemplateError:
        # The build reports it; for a comparison any words do.
        words = {}
    problems, old_problems = Problems(), Problems()
    new = load_content(options.after, words, problems)
    old = load_content(options.before, words, old_problems)
    summary = f"There is nothing to compare with. Questions now: {len(new.entries):,}.\n"
    if old.entries:
        summary = render(compare(old, new))
        if old_problems.found:
            summary += "\nThe earlier content had problems, so this may be incomplete.\n"
        if problems.found:
            summary += "\nThe content now has problems, which the check lists.\n"
    # A runner may not be set to UTF-8.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(summary)
    return 0


if __name__ == "__main__":
    sys.exit(main())
