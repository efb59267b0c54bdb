"""Files to the output folder, all or nothing.

The new site is written beside the old one and takes its place in one step where
the system can, else by two renames. Killed at any moment, the output is the
whole old site or the whole new one; only between the two renames is it neither,
and the next run finishes what was begun.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath, PureWindowsPath

from faqsite.model import OutputFile

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["MARKER", "PublishError", "exchange", "finish_last_run", "publish"]

MARKER = ".faqsite"
"""The file that tells an output folder of ours from all others."""

_HELPERS = ("part", "new", "old")

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
_CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


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


def publish(
    files: Iterable[OutputFile],
    output: Path,
    *,
    exchange: Callable[[Path, Path], bool] = exchange,
) -> None:
    """Make `output` a folder of exactly these files, and of our marker.

    Raises PublishError if the folder is not ours to replace or another run is
    writing it, and OSError if the disk refuses; `output` is then as it was.
    Addresses that lead out of the folder, or collide, are a ValueError: they are
    our own mistake.
    """
    files = tuple(files)
    _check_addresses([file.address for file in files])
    output = _absolute(output)
    _check_folder(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    with _locked(_beside(output, "lock")):
        _finish(output)
        part = _beside(output, "part")
        _write(files, part)
        _replace(output, part, exchange)


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
        is_inside = not PureWindowsPath(address).anchor and not {"", ".", ".."} & set(steps)
        if not is_inside or "\0" in address or address == MARKER:
            raise ValueError(f"not an address inside the site: {address!r}")
        if address in files:
            raise ValueError(f"two files with the address {address!r}")
        files.add(address)
        folders.update(str(folder) for folder in PurePosixPath(address).parents)
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
    """Hold a lock that the system releases when this process ends, however it does."""
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


def _write(files: Iterable[OutputFile], part: Path) -> None:
    part.mkdir()
    (part / MARKER).touch()
    for file in files:
        path = part / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            out.write(file.content)
    # Once for all files: an fsync for each takes minutes where this takes a
    # second, and the site counts only as a whole. Without it, a power cut after
    # the exchange could leave the new names with empty files.
    if hasattr(os, "sync"):
        os.sync()


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
        _remove(old)


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
