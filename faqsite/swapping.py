"""A new folder in the place of the old one, whole at every instant.

The new one is written beside it and takes its place in one step where the system can, else
by two renames. Killed at any moment, the output is the whole old site or the whole new one;
only between the two renames is it neither, and the next run finishes what was begun.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from faqsite.files import no_link

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = [
    "MARKER",
    "PublishError",
    "absolute",
    "beside",
    "check_folder",
    "exchange",
    "finish",
    "finish_last_run",
    "locked",
    "swap_in",
]

MARKER = ".faqsite"
"""The file that tells an output folder of ours from all others."""

_HELPERS = ("part", "new", "old")

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


def absolute(path: Path) -> Path:
    """Return the absolute path of a folder that is perhaps a link."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow a link.


def beside(output: Path, role: str) -> Path:
    """Return the path of a helper: of "site" the part is ".site.part"."""
    return output.with_name(f".{output.name}.{role}")


def check_folder(folder: Path) -> None:
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
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that the system releases when this process ends, and its workers, however.

    So what workers that outlive a killed build still write, the next one does not run into.
    """
    if path.is_symlink():  # It could lead to a file that is not there, which would be made.
        raise PublishError(f"{path} is a link; delete it")
    with open(path, "ab", opener=no_link) as file:
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            message = "another build is writing this site; try again when it is done"
            raise PublishError(message) from None
        yield  # Closing unlocks; the file stays, as the next run may hold it already.


def finish(output: Path) -> None:
    """Let a whole new site take its place if the old one left it, and clear away what is left."""
    new = beside(output, "new")
    if new.exists() and not output.exists():
        check_folder(new)
        new.rename(output)
    for role in _HELPERS:
        _remove(beside(output, role))


def finish_last_run(output: Path) -> None:
    """Do what a run that was killed left undone, and clear away what it left; as `publish` does.

    For a command that may end before it publishes.
    """
    output = absolute(output)
    if any(beside(output, role).exists() for role in _HELPERS):
        with locked(beside(output, "lock")):
            finish(output)


def swap_in(output: Path, part: Path, exchange: Callable[[Path, Path], bool]) -> None:
    """Put the written site in the place of the output, and remove what was there."""
    if output.exists() and not (output / MARKER).exists():
        output.rmdir()  # It is empty: there is nothing to keep until the last moment.
    if not output.exists():
        part.rename(output)
        return
    old = part
    if not exchange(part, output):
        # Only a whole site is ever named "new": so the next run can tell that it may serve.
        new, old = beside(output, "new"), beside(output, "old")
        part.rename(new)
        output.rename(old)
        try:
            new.rename(output)
        except OSError:
            old.rename(output)
            raise
    # The new site stands, also if this is interrupted. What is not removed is for the next run.
    with suppress(OSError, KeyboardInterrupt):
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
    check_folder(folder)
    if not folder.exists():
        return
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARKER:
            path.unlink()
    shutil.rmtree(folder)
