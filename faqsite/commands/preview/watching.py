"""Reports changes in folders soon after they happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from threading import Event

from watchfiles import Change, watch
from watchfiles.main import FileChange

# A change is complete after a quiet time, in which an editor writes another file and renames it.
# A long burst is cut off.
_QUIET_MS, _LONGEST_MS = 20, 500
_LOOK_MS = 50
"""How often to look whether the folders are still the same ones."""


def watch_folders(folders: Mapping[str, Path], stop: Event | None = None) -> Iterator[list[str]]:
    """Yield the paths that changed, each within the name of its folder, until `stop` is set.

    An empty list comes first, once the folders are watched, and again when a missing folder is
    back: there may be changes before it that were not seen.
    """
    while True:
        resolved = {name: folder.resolve() for name, folder in folders.items()}
        watched = [*map(_identify, resolved.values())]
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
                paths = _name_changed(found, resolved)
                if paths or is_first:
                    yield paths
                is_first = False
                if [*map(_identify, resolved.values())] != watched:
                    break
            else:
                return


def _identify(folder: Path) -> tuple[int, int] | None:
    """Return what distinguishes a folder from one that replaces it, None if it is gone."""
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _name_changed(changes: Iterable[FileChange], folders: Mapping[str, Path]) -> list[str]:
    """Return e.g. ["content/pay/day.md"], without hidden files and those that came and went."""
    added = {Path(path) for change, path in changes if change is Change.added}
    gone = {path for path in added if not path.exists()}
    inside = [
        (name, path.relative_to(folder))
        for path in {Path(path) for _, path in changes} - gone
        for name, folder in folders.items()
        if path.is_relative_to(folder)
    ]
    return sorted(
        Path(name, path).as_posix()
        for name, path in inside
        if not any(part.startswith((".", "~")) for part in path.parts)
    )
