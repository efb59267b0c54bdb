"""How a folder differs from the site that would be published: what a change does to the pages.

Files that differ by the same lines are told of once, and versions of assets (`?v=`), which
change in every page, are looked at apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from pathlib import Path

from faqsite.model import PlannedFile
from faqsite.publish import find_standing
from faqsite.workers import run

__all__ = ["ADDED", "CHANGED", "GONE", "Difference", "changed_lines", "find_differences"]

GONE, ADDED, CHANGED = "gone", "added", "changed"

_TOGETHER = 16
_VERSION = re.compile(r"(?<=\?v=)[\w-]+")
# A terminal might do what they say.
_UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_A_LINK = ("a link, then a file",)
_VERSIONS_ALONE = ("only in versions of what is loaded (?v=)",)
# Beyond so many pairs of lines it is not worth the time to find which of them stayed.
_MOST_PAIRS = 1_000_000
_MOST_CHARS, _CHARS_BEFORE = 120, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What some files have in common, beside the site that would be published."""

    kind: str
    """GONE, ADDED or CHANGED."""
    addresses: tuple[str, ...]
    lines: tuple[str, ...] = ()
    """Those that changed, "-" or "+" before them, and "@@" between passages; or one that says
    what else it is."""


def find_differences(
    files: Iterable[PlannedFile],
    folder: Path,
    workers: int = 1,
    tell: Callable[[float], None] = lambda _: None,
) -> tuple[Difference, ...]:
    """Return how a folder differs from these files: what is gone, added, and then what changed."""
    files = tuple(files)
    standing = find_standing(folder).keys()
    added = sorted({file.address for file in files} - standing)
    gone = sorted(standing - {file.address for file in files})

    def compare(chunk: Sequence[PlannedFile]) -> list[tuple[str, tuple[str, ...]]]:
        return [
            (file.address, _compare(folder / file.address, file))
            for file in chunk
            if file.address in standing
        ]

    alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    chunks = [files[at : at + _TOGETHER] for at in range(0, len(files), _TOGETHER)]
    for compared in run(compare, chunks, workers, tell):
        for address, lines in compared:
            if lines:
                alike[lines].append(address)
    changed = [(tuple(sorted(addresses)), lines) for lines, addresses in alike.items()]
    return (
        *(Difference(kind=GONE, addresses=(address,)) for address in gone),
        *(Difference(kind=ADDED, addresses=(address,)) for address in added),
        *(
            Difference(kind=CHANGED, addresses=addresses, lines=lines)
            for addresses, lines in sorted(changed)
        ),
    )


def _compare(standing: Path, file: PlannedFile) -> tuple[str, ...]:
    # It could lead to what has no end.
    return _A_LINK if standing.is_symlink() else changed_lines(standing.read_bytes(), file.make())


def changed_lines(old: bytes, new: bytes) -> tuple[str, ...]:
    """Return the lines that differ, long ones about where they do; () if nothing does."""
    if old == new:
        return ()
    try:
        before, after = old.decode(), new.decode()
    except UnicodeDecodeError:
        return (f"no text; its bytes: {len(old):,}, then {len(new):,}",)
    before, after = _VERSION.sub("…", before), _VERSION.sub("…", after)
    if before == after:
        return _VERSIONS_ALONE
    return tuple(_passages(before.split("\n"), after.split("\n")))


def _passages(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    start = _count_same(old, new)
    old, new = old[start:], new[start:]
    end = _count_same(old[::-1], new[::-1])
    old, new = old[: len(old) - end], new[: len(new) - end]
    passages: Sequence[tuple[str, int, int, int, int]] = [("replace", 0, len(old), 0, len(new))]
    if len(old) * len(new) <= _MOST_PAIRS:
        passages = SequenceMatcher(None, old, new).get_opcodes()
    for kind, from_old, to_old, from_new, to_new in passages:
        if kind == "equal":
            yield "@@"
            continue
        lines = list(zip_longest(old[from_old:to_old], new[from_new:to_new]))
        yield from (f"-{_window(line, other)}" for line, other in lines if line is not None)
        yield from (f"+{_window(line, other)}" for other, line in lines if line is not None)


def _count_same(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines, or characters, two texts have in common from their start."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _window(line: str, other: str | None) -> str:
    """Return a line, of a long one what stands about the first character that differs."""
    start = 0
    if len(line) > _MOST_CHARS:
        start = max(0, _count_same(line, other or "") - _CHARS_BEFORE)
    end = start + _MOST_CHARS
    shown = _UNSEEN.sub("\ufffd", line[start:end])
    return f"{'…' if start else ''}{shown}{'…' if end < len(line) else ''}"
