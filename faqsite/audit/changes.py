"""What an editor changed between two states of the content, told in words.

`python -m faqsite.audit.changes BEFORE AFTER` compares two content folders and prints
Markdown, made for the summary of a run on GitHub.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import takewhile
from pathlib import Path

from faqsite.audit.report import code_span
from faqsite.content.folder import load_content
from faqsite.content.sources import read_sources
from faqsite.content.words import load_words
from faqsite.model.keys import ENTRY_KEYS, values_of
from faqsite.model.problems import Kind, Problem, Problems, TemplateError, note, shortened
from faqsite.model.records import Attachment, RawCategory, RawContent, RawEntry, Settings

_MAX_LINES = 100
"""How many entries of a kind are listed; a summary is read, and GitHub limits it."""

_PARTS = {"question": "", "answer": "answer"} | {
    key.name: key.label or key.name for key in ENTRY_KEYS
}
"""The parts of an entry, as an editor calls them."""

_TEMPLATES = Path(__file__).parent.parent.parent / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """An entry that is in both states, and what differs."""

    before: RawEntry
    after: RawEntry
    parts: tuple[str, ...]
    """Which parts differ: "answer", or a key of the front matter."""

    @property
    def is_moved(self) -> bool:
        """Whether the file has another path."""
        return self.before.path != self.after.path

    @property
    def keeps_date(self) -> bool:
        """Whether another answer is shown with the date of the one before."""
        is_another = "answer" in self.parts and "updated" not in self.parts
        return is_another and self.after.updated is not None and not self.after.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class PathChanges:
    """The paths of what was added, changed and removed, each sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How one state of the content differs from an earlier one, entries sorted by path."""

    added: tuple[RawEntry, ...] = ()
    changed: tuple[EntryChange, ...] = ()
    """Those that moved included."""
    removed: tuple[RawEntry, ...] = ()
    unreadable: tuple[str, ...] = ()
    """Paths of the files of which no entry can be made now."""
    settings: tuple[str, ...] = ()
    """The keys of `site.yaml` whose values differ."""
    categories: PathChanges = PathChanges()
    attachments: PathChanges = PathChanges()


def compare(before: RawContent, after: RawContent) -> Changes:
    """Return what differs.

    A file that is gone and one that is new are the same entry, moved, if they alone
    have that question, or that answer. A file that can no longer be read is not removed.
    """
    old = {entry.path: entry for entry in before.entries}
    new = {entry.path: entry for entry in after.entries}
    removed = {path: old[path] for path in sorted(old.keys() - new.keys() - after.unreadable)}
    added = {path: new[path] for path in sorted(new.keys() - old.keys())}
    changed = [*_take_moved(removed, added)]
    changed += (_change(old[path], new[path]) for path in old.keys() & new.keys())
    changed.sort(key=lambda change: change.after.path)
    return Changes(
        added=tuple(added.values()),
        changed=tuple(each for each in changed if each.parts or each.is_moved),
        removed=tuple(removed.values()),
        unreadable=tuple(sorted(after.unreadable)),
        settings=tuple(
            field.name
            for field in fields(Settings)
            if getattr(before.settings, field.name) != getattr(after.settings, field.name)
        ),
        categories=_compare_paths(before.categories, after.categories),
        attachments=_compare_paths(before.attachments, after.attachments),
    )


def _take_moved(removed: dict[str, RawEntry], added: dict[str, RawEntry]) -> Iterator[EntryChange]:
    """Take out of both what is the same entry at another path, by question, else by answer."""
    for trait in (_question, _answer):
        gone, come = _by_unique(trait, removed), _by_unique(trait, added)
        for value in gone.keys() & come.keys():
            yield _change(removed.pop(gone[value]), added.pop(come[value]))


def _by_unique(trait: Callable[[RawEntry], str], entries: Mapping[str, RawEntry]) -> dict[str, str]:
    """Return the paths of the entries by a trait, without those that share it or have none."""
    traits = {path: trait(entry) for path, entry in entries.items()}
    count = Counter(traits.values())
    return {value: path for path, value in traits.items() if value and count[value] == 1}


def _change(before: RawEntry, after: RawEntry) -> EntryChange:
    old, new = _parts(before), _parts(after)
    parts = tuple(part for part in _PARTS if old[part] != new[part])
    return EntryChange(before=before, after=after, parts=parts)


def _parts(entry: RawEntry) -> Mapping[str, object]:
    """Return the parts of an entry, as they are compared."""
    return {**values_of(entry, ENTRY_KEYS), "answer": _answer(entry)}


def _question(entry: RawEntry) -> str:
    return entry.question


def _answer(entry: RawEntry) -> str:
    # Empty lines around it are not seen; what is indented is.
    return entry.body.strip("\n")


def _compare_paths(
    before: Iterable[RawCategory | Attachment], after: Iterable[RawCategory | Attachment]
) -> PathChanges:
    old, new = ({each.path: each for each in state} for state in (before, after))
    return PathChanges(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(path for path in sorted(old.keys() & new.keys()) if old[path] != new[path]),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


def advise_dates(changes: Changes) -> Iterator[Problem]:
    """Yield an advice, where the answer begins to differ, for each that kept its date."""
    for change in (each for each in changes.changed if each.keeps_date):
        lines, before = change.after.body.split("\n"), change.before.body.split("\n")
        pairs = zip(lines, before, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        message = f'the answer changed, but "updated" is still {change.after.updated}'
        hint = "write the day of the change, unless it says the same as before"
        yield note(
            change.after.path,
            change.after.body.line + min(same, len(lines) - 1),
            Kind.KEPT_DATE,
            message,
            hint,
            is_advice=True,
        )


def sort_changed_first(findings: Iterable[Problem], before: Path, after: Path) -> list[Problem]:
    """Return what was found in one content folder, first of all in the files that changed in it.

    Advice on dates that were kept is added.
    """
    ignored = Problems()
    old, new = (read_sources(each, ignored).files for each in (before, after))
    contents = (load_content(each, {}, ignored) for each in (before, after))
    found = {*findings, *advise_dates(compare(*contents))}
    return sorted(found, key=lambda each: (old.get(each.path) == new.get(each.path), each))


def render(changes: Changes) -> str:
    """Return the changes as Markdown in which no text of an author has any effect."""
    moved = [each for each in changes.changed if each.is_moved]
    stayed = [each for each in changes.changed if not each.is_moved]
    dated = [each.after for each in changes.changed if each.keeps_date]
    blocks = [
        *_list("New", map(_describe_entry, changes.added)),
        *_list("Changed", map(_describe_change, stayed)),
        *_list("Moved", map(_describe_change, moved)),
        *_list(
            "Changed, with the date of before",
            (f"{_describe_entry(each)}: updated {each.updated}" for each in dated),
        ),
        *_list("Removed", map(_describe_entry, changes.removed)),
        *_list("Cannot be read", map(code_span, changes.unreadable)),
    ]
    if not blocks:
        blocks.append("No question changes.")
    if changes.settings:
        blocks.append(f"Settings of the site: {', '.join(changes.settings)}.")
    blocks += _describe_paths("Categories", changes.categories)
    blocks += _describe_paths("Pictures and PDFs", changes.attachments)
    return "\n\n".join(blocks) + "\n"


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a heading with the number of lines, and the lines as a list; nothing if none."""
    lines = list(lines)
    if lines:
        yield f"### {title}: {len(lines)}"
        yield "\n".join(f"- {line}" for line in _cut(lines))


def _cut(lines: Sequence[str]) -> list[str]:
    """Return the first lines, and how many more there are."""
    more = len(lines) - _MAX_LINES
    return [*lines[:_MAX_LINES], *([f"and {more} more"] if more > 0 else [])]


def _describe_change(change: EntryChange) -> str:
    """Return e.g. "`Can I work remotely?` (`team/remote.md`): answer, order"."""
    origin = f", from {code_span(change.before.path)}" if change.is_moved else ""
    parts = ", ".join(_describe_part(change, part) for part in change.parts)
    return _describe_entry(change.after) + origin + (f": {parts}" if parts else "")


def _describe_part(change: EntryChange, part: str) -> str:
    question = _question(change.before)
    if part == "question" and question:
        return f"question (it was {code_span(shortened(question))})"
    if part == "draft":
        return "now a draft" if change.after.draft else "no longer a draft"
    return _PARTS[part]


def _describe_entry(entry: RawEntry) -> str:
    question = _question(entry)
    path = code_span(entry.path) + (", a draft" if entry.draft else "")
    return f"{code_span(shortened(question))} ({path})" if question else path


def _describe_paths(title: str, changes: PathChanges) -> Iterator[str]:
    """Yield one line with all, e.g. "Categories: new `pay`; removed `money`."."""
    kinds = {"new": changes.added, "changed": changes.changed, "removed": changes.removed}
    lists = [
        f"{kind} {', '.join(_cut([code_span(path) for path in paths]))}"
        for kind, paths in kinds.items()
        if paths
    ]
    if lists:
        yield f"{title}: {'; '.join(lists)}."


def main(argv: Sequence[str] | None = None) -> int:
    """Print the changes from one content folder to another as Markdown; return 0."""
    parser = argparse.ArgumentParser(
        prog="python -m faqsite.audit.changes", description=main.__doc__
    )
    parser.add_argument("before", type=Path, help="the earlier content folder; it may be missing")
    parser.add_argument("after", type=Path, help="the content folder now")
    options = parser.parse_args(argv)
    # A runner may not be set to UTF-8.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(_compare_folders(options.before, options.after))
    return 0


def _compare_folders(before: Path, after: Path) -> str:
    try:
        words = load_words(_TEMPLATES)
    except TemplateError:
        # The build reports it; for a comparison any words do.
        words = {}
    problems, old_problems = Problems(), Problems()
    new = load_content(after, words, problems)
    old = load_content(before, words, old_problems)
    if not old.entries:
        return f"There was no question before to compare with. Now: {len(new.entries):,}.\n"
    summary = render(compare(old, new))
    if old_problems.found:
        summary += "\nThe content before had problems, so that this may not be right in all.\n"
    if problems.found:
        summary += "\nThe content now has problems, which the build tells.\n"
    return summary


if __name__ == "__main__":
    sys.exit(main())
