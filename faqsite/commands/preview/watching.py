"""What changes in folders, told soon after it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import closing
from pathlib import Path
from threading import Event

from watchfiles import Change, watch
from watchfiles.main import FileChange

# Quiet for so long, a change is whole: an editor writes another file and renames it within
# that; and a burst is cut off after so long.
_QUIET_MS, _LONGEST_MS = 20, 500
# So often is looked whether the folders are still the same ones; the first time is soon.
_LOOK_MS = 50


def watch_folders(folders: Mapping[str, Path], stop: Event | None = None) -> Iterator[list[str]]:
    """Yield the paths of what changed, each below the name of its folder, until it is stopped.

    Once the folders are watched comes an empty list: what changed before that, nobody saw. So
    does one when a folder that had gone is there again.
    """
    is_stopped = False
    while not is_stopped:
        resolved = {name: folder.resolve() for name, folder in folders.items()}
        watched = _identities(resolved)
        changes = watch(
            *(folder for folder in resolved.values() if folder.is_dir()),
            watch_filter=None,
            debounce=_LONGEST_MS,
            step=_QUIET_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            stop_event=stop,
        )
        is_first = True
        with closing(changes):
            for found in changes:
                paths = _named(found, resolved)
                if paths or is_first:
                    yield paths
                is_first = False
                if _identities(resolved) != watched:
                    break
            else:
                is_stopped = True


def _identities(folders: Mapping[str, Path]) -> list[tuple[int, int] | None]:
    """Return what tells each folder from one that comes in its place, None for one that is gone."""
    found: list[tuple[int, int] | None] = []
    for folder in folders.values():
        try:
            stat = folder.stat()
        except OSError:
            found.append(None)
        else:
            found.append((stat.st_dev, stat.st_ino))
    return found


def _named(changes: AbstractSet[FileChange], folders: Mapping[str, Path]) -> list[str]:
    """Return e.g. ["content/pay/day.md"], without what is hidden or was there for a moment."""
    added, deleted = (
        {path for change, path in changes if change is kind}
        for kind in (Change.added, Change.deleted)
    )
    passing = {path for path in added & deleted if not Path(path).exists()}
    paths = map(Path, {path for _, path in changes} - passing)
    inside = [
        (name, path.relative_to(folder))
        for path in paths
        for name, folder in folders.items()
        if path.is_relative_to(folder)
    ]
    return sorted(
        Path(name, path).as_posix()
        for name, path in inside
        if not any(part.startswith((".", "~")) for part in path.parts)
    )
