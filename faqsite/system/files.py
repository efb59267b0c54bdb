"""Reads files as anybody may have left them, within limits, and writes new ones, all or none.

Between a look at a name and its opening, something else can take its place. So the opened file
is looked at: no link is followed, and no pipe or device makes the program wait. A folder above
it that is swapped for a link at that moment is followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from errno import E2BIG, EAGAIN, EEXIST, EFBIG, EINVAL, ELOOP
from itertools import islice
from pathlib import Path

MAX_FILES = 20_000
"""How many files a folder of sources may hold."""
MAX_FILE_BYTES = 20_000_000
"""How large a picture, a PDF or any other file may be that is published unchanged."""
MAX_TEXT_BYTES = 256_000
"""How large a text file may be: twice what any needs."""

# Not every system has each: Windows has no such pipes, and a link needs a right there.
_FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


def no_link(path: str, flags: int) -> int:
    """Open a file without waiting, unless it is a link: the `opener` of a call of `open`."""
    return os.open(path, flags | _FLAGS, 0o666)


def read_file(path: Path, most_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Return the content of a file.

    Raises OSError if it is not a file, is a link, is larger than that, or is just being written.
    """
    try:
        file = open(path, "rb", opener=no_link)  # noqa: SIM115 (closed below)
    except OSError as error:
        if error.errno == ELOOP:
            raise OSError(ELOOP, "a link, which is not followed", str(path)) from None
        raise
    with file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(EINVAL, "neither a file nor a folder", str(path))
        if found.st_size > most_bytes:
            raise OSError(EFBIG, f"larger than {most_bytes:,} bytes", str(path))
        content = file.read(found.st_size + 1)
    if len(content) != found.st_size:
        raise OSError(EAGAIN, "it changed while it was being read; try again", str(path))
    return content


def read_within(folder: Path, path: Path, most_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Return the content of a file as `read_file` does, also through a link within the folder."""
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(folder)):
        raise OSError(ELOOP, "a link that leads out of the folder", str(path))
    return read_file(real, most_bytes)


def paths_below(folder: Path, pattern: str = "*") -> list[Path]:
    """Return the sorted paths in a folder and its folders; raise OSError if there are too many."""
    found = sorted(islice(folder.rglob(pattern), MAX_FILES + 1))
    if len(found) > MAX_FILES:
        raise OSError(E2BIG, f"more than {MAX_FILES:,} files", str(folder))
    return found


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files that do not exist yet, and the folders that are missing; all or none.

    Each is first written under another name, so a full disk changes nothing. If this is killed
    between two renames, the same command writes the rest. Raises FileExistsError and OSError.
    """
    parts = {file: file.with_name(f".{file.name}.part") for file in files}
    made: list[Path] = []
    try:
        for file, content in files.items():
            made += [each for each in reversed(file.parents) if not each.exists()]
            file.parent.mkdir(parents=True, exist_ok=True)
            parts[file].unlink(missing_ok=True)  # A killed command may have left it.
            with parts[file].open("xb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
        for file, part in parts.items():
            _rename(part, file)
            made.append(file)
    except BaseException:
        for path in (*parts.values(), *reversed(made)):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _rename(part: Path, file: Path) -> None:
    if os.path.lexists(file):
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(file))
    part.rename(file)
