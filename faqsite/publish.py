"""Files to the output folder, all or nothing.

The new site is written beside the old one and takes its place in one step where
the system can, else by two renames. Killed at any moment, the output is the
whole old site or the whole new one; only between the two renames is it neither,
and the next run finishes what was begun.

A file that is as the last build left it, and made of the same, is not made again; one that is
made and comes out as it stands there is not written again. The new site has both as second
names of the same files.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from faqsite.model import PlannedFile
from faqsite.workers import run

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = [
    "MARKER",
    "PublishError",
    "Written",
    "exchange",
    "find_standing",
    "finish_last_run",
    "is_as_left",
    "publish",
]

MARKER = ".faqsite"
"""The file that tells an output folder of ours from all others."""

_HELPERS = ("part", "new", "old")
# So many files are made alone, then so many at a time; a smaller site has no second worker.
_ALONE, _CHUNK, _WORTH_WORKERS = 8, 16, 100

# A drive or a share of Windows, and what no name holds.
_ELSEWHERE = re.compile(r"^[^/]:|^\\|\0")

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
_CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
_CANNOT_SETTLE = {errno.EINVAL, errno.ENOTSUP}


class PublishError(Exception):
    """The output folder cannot be replaced; the message is one line: what, and what to do."""


def exchange(one: Path, other: Path) -> bool:
    """Let two folders swap their names in one step, or return False where the system cannot."""
    if sys.platform not in {"linux", "darwin"}:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _RENAME_SWAP)
    else:
        return False
    if failed and ctypes.get_errno() not in _CANNOT_EXCHANGE:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    return not failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file of the output as it was left, by which it is known again."""

    fingerprint: str
    """Of what it was made."""
    stat: tuple[int, int, int]
    """Its size in bytes, when it was written in nanoseconds, and its number on the disk."""


def publish(
    files: Iterable[PlannedFile],
    output: Path,
    *,
    before: Mapping[str, Written] | None = None,
    workers: int = 1,
    tell: Callable[[float], None] = lambda _: None,
    exchange: Callable[[Path, Path], bool] = exchange,
) -> dict[str, Written]:
    """Make `output` a folder of exactly these files, and of our marker; return how they were left.

    `before` is what the last build returned; what of it still stands is not made again. `tell`
    is told how much is done, from 0 to 1.

    Raises PublishError if the folder is not ours to replace or another run is
    writing it, what making a file raises, and OSError if the disk refuses; `output` is then
    as it was. Addresses that lead out of the folder, or collide, are a ValueError: they are
    our own mistake.
    """
    files = tuple(files)
    _check_addresses([file.address for file in files])
    output = _absolute(output)
    _check_folder(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    with _locked(_beside(output, "lock")):
        _finish(output)
        standing = find_standing(output)
        known = before or {}
        kept = {
            file.address: known[file.address]
            for file in files
            if file.address in known
            and known[file.address].fingerprint == file.fingerprint
            and known[file.address].stat == standing.get(file.address)
        }
        if len(kept) == len(files) == len(standing) and (output / MARKER).is_file():
            return kept
        part = _beside(output, "part")
        try:
            written = _write(files, kept, standing, part, output, workers=workers, tell=tell)
            _replace(output, part, exchange)
        except BaseException:
            # A disk that is full is not to stay full of half a site.
            with suppress(OSError, PublishError):
                _finish(output)
            raise
    return written


def is_as_left(output: Path, written: Mapping[str, Written]) -> bool:
    """Tell whether an output folder holds what `publish` left there, and nothing else."""
    standing = find_standing(_absolute(output))
    return (output / MARKER).is_file() and standing == {
        address: file.stat for address, file in written.items()
    }


def find_standing(output: Path) -> dict[str, tuple[int, int, int]]:
    """Return what tells each file of a folder from every other, by its address, but our marker."""
    found: dict[str, tuple[int, int, int]] = {}
    folders = [("", str(output))]
    while folders:
        address, folder = folders.pop()
        with suppress(FileNotFoundError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{address}{entry.name}/", entry.path))
                    continue
                stat = entry.stat(follow_symlinks=False)
                number = stat.st_ino or entry.inode()  # Windows knows it here alone.
                found[address + entry.name] = (stat.st_size, stat.st_mtime_ns, number)
    found.pop(MARKER, None)
    return found


def finish_last_run(output: Path) -> None:
    """Do what a run that was killed left undone, and clear away what it left; as `publish` does.

    For a command that may end before it publishes.
    """
    output = _absolute(output)
    if any(_beside(output, role).exists() for role in _HELPERS):
        with _locked(_beside(output, "lock")):
            _finish(output)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow a link.


def _beside(output: Path, role: str) -> Path:
    """Return the path of a helper: of "site" the part is ".site.part"."""
    return output.with_name(f".{output.name}.{role}")


def _check_addresses(addresses: Iterable[str]) -> None:
    files: set[str] = set()
    folders: set[str] = set()
    for address in addresses:
        steps = address.split("/")
        is_inside = not _ELSEWHERE.search(address) and not {"", ".", ".."} & set(steps)
        if not is_inside or address == MARKER:
            raise ValueError(f"not an address inside the site: {address!r}")
        if address in files:
            raise ValueError(f"two files with the address {address!r}")
        files.add(address)
        folder = address.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    if both := files & folders:
        raise ValueError(f"a file and a folder with the address {min(both)!r}")


def _check_folder(folder: Path) -> None:
    """Raise PublishError unless a folder is missing, empty, or one that we made."""
    if folder.is_symlink():
        raise PublishError(f"{folder} is a link; name the folder itself")
    if folder.exists() and not folder.is_dir():
        raise PublishError(f"{folder} is a file; name a folder")
    if folder.exists() and not (folder / MARKER).is_file() and any(folder.iterdir()):
        raise PublishError(
            f"{folder} holds files that no build put there; empty it or name another"
        )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock that the system releases when this process ends, and its workers, however.

    So what workers that outlive a killed build still write, the next one does not run into.
    """
    if path.is_symlink():  # It could lead to a file that is not there, which would be made.
        raise PublishError(f"{path} is a link; delete it")
    with path.open("ab") as file:
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            message = "another build is writing this site; try again when it is done"
            raise PublishError(message) from None
        yield  # Closing unlocks; the file stays, as the next run may hold it already.


def _finish(output: Path) -> None:
    new = _beside(output, "new")
    if new.exists() and not output.exists():
        _check_folder(new)
        new.rename(output)
    for role in _HELPERS:
        _remove(_beside(output, role))


def _write(
    files: Sequence[PlannedFile],
    kept: Mapping[str, Written],
    standing: Mapping[str, tuple[int, int, int]],
    part: Path,
    output: Path,
    *,
    workers: int,
    tell: Callable[[float], None],
) -> dict[str, Written]:
    """Write the files into a new folder, those that are kept as second names of the old ones."""
    part.mkdir()
    (part / MARKER).touch()
    for folder in sorted({str(PurePosixPath(file.address).parent) for file in files}):
        (part / folder).mkdir(parents=True, exist_ok=True)
    written = {}
    to_make = []
    for file in files:
        if file.address in kept and _link(f"{output}/{file.address}", f"{part}/{file.address}"):
            written[file.address] = kept[file.address]
        else:
            to_make.append(file)

    def make(chunk: Sequence[PlannedFile]) -> list[tuple[str, Written]]:
        return [
            (file.address, _make(file, part, output, standing.get(file.address))) for file in chunk
        ]

    # Of a large site, already the few files that every change touches are worth a second worker.
    workers = workers if to_make and len(files) >= _WORTH_WORKERS else 1
    for chunk in run(make, _chunks(to_make), workers, tell):
        written.update(chunk)
    # Once for all files: an fsync for each takes minutes where this takes a
    # second, and the site counts only as a whole. Without it, a power cut after
    # the exchange could leave the new names with empty files.
    if hasattr(os, "sync"):
        os.sync()
    return written


def _chunks(files: Sequence[PlannedFile]) -> list[Sequence[PlannedFile]]:
    """Return the files in parts for workers; what comes first may take long, and goes alone."""
    rest = range(_ALONE, len(files), _CHUNK)
    return [
        *([file] for file in files[:_ALONE]),
        *(files[start : start + _CHUNK] for start in rest),
    ]


def _make(
    file: PlannedFile, part: Path, output: Path, standing: tuple[int, int, int] | None
) -> Written:
    """Make a file, and write it unless the same bytes stand in the output: then link to these."""
    content = file.make()
    old, new = output / file.address, part / file.address
    # Here already, it is of a worker that was killed; and perhaps a second name of the old one,
    # which must not be written into.
    new.unlink(missing_ok=True)
    is_there = standing is not None and standing[0] == len(content) and not old.is_symlink()
    if standing and is_there and old.read_bytes() == content and _link(old, new):
        return Written(fingerprint=file.fingerprint, stat=standing)
    with new.open("xb") as out:
        out.write(content)
        out.flush()
        stat = os.fstat(out.fileno())
    return Written(fingerprint=file.fingerprint, stat=(stat.st_size, stat.st_mtime_ns, stat.st_ino))


def _link(old: Path | str, new: Path | str) -> bool:
    """Give a file a second name, or return False where the system cannot."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    return True


def _replace(output: Path, part: Path, exchange: Callable[[Path, Path], bool]) -> None:
    """Put the written site in the place of the output, and remove what was there."""
    if output.exists() and not (output / MARKER).exists():
        output.rmdir()  # It is empty: there is nothing to keep until the last moment.
    if not output.exists():
        part.rename(output)
        return
    old = part
    if not exchange(part, output):
        # Only a whole site is ever named "new": so the next run can tell that it may serve.
        new, old = _beside(output, "new"), _beside(output, "old")
        part.rename(new)
        output.rename(old)
        try:
            new.rename(output)
        except OSError:
            old.rename(output)
            raise
    # The new site stands. What cannot be removed now is for the next run.
    with suppress(OSError):
        _settle(output.parent)
        _remove(old)


def _settle(folder: Path) -> None:
    """Let the names in a folder outlast a power cut before anything else is done to it.

    Else a file system might remember that the old site was removed, and not that the new one
    took its name.
    """
    if sys.platform == "win32":
        return  # A folder cannot be opened there.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SETTLE:
            raise
    finally:
        os.close(descriptor)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, the marker last: cut short, what is left is still ours."""
    _check_folder(folder)
    if not folder.exists():
        return
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARKER:
            path.unlink()
    shutil.rmtree(folder)
