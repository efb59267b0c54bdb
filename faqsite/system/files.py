"""Files as anybody may have left them: what is read is a file, is in its folder, and is bounded.

Between a look at a name and its opening another thing can take its place. So what was
opened is looked at: no link is followed, and a pipe or device makes nobody wait. The folders
above it are those of the name: one that is swapped for a link at that moment is followed.

New files are written all or none.
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
"""How large a picture, a PDF or any other file may be that is published as it is."""
MAX_TEXT_BYTES = 256_000
"""How large a file may be that is read as text: twice what any needs."""

# Where the system has them: Windows has neither such links nor pipes without a right of their own.
_WITHOUT_WAITING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_AS_IT_STANDS = getattr(os, "O_BINARY", 0)


def no_link(path: str, flags: int) -> int:
    """Open a file as `open` does by its `opener`, but no link, and without waiting for anybody."""
    return os.open(path, flags | _WITHOUT_WAITING | _AS_IT_STANDS, 0o666)


def read_file(path: Path, most_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Return what a file holds.

    Raises OSError for what is no file, a link, larger than that, or written at the moment.
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
        raise OSError(EAGAIN, "written while it was read; try again", str(path))
    return content


def read_within(folder: Path, path: Path, most_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Return what a file of a folder holds; a link is followed inside of the folder alone.

    Raises OSError as `read_file` does, and for a link that leads out of the folder.
    """
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(folder)):
        raise OSError(ELOOP, "a link that leads out of the folder", str(path))
    return read_file(real, most_bytes)


def paths_below(folder: Path, pattern: str = "*") -> list[Path]:
    """Return what lies in a folder and those in it, sorted; raise OSError if it is too much."""
    found = sorted(islice(folder.rglob(pattern), MAX_FILES + 1))
    if len(found) > MAX_FILES:
        raise OSError(E2BIG, f"more than {MAX_FILES:,} files", str(folder))
    return found


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files of which none is there, and the folders that are missing; all or none.

    They are written beside their places under names that no build reads, and take their own
    when all are on the disk: a full disk is found out before. If this is killed while they
    take them, the first are there; the same run again finds these, and writes the others.

    Raises FileExistsError, and OSError where the disk refuses.
    """
    parts = {file: file.with_name(f".{file.name}.part") for file in files}
    made: list[Path] = []
    try:
        for file, content in files.items():
            made += [each for each in reversed(file.parents) if not each.exists()]
            file.parent.mkdir(parents=True, exist_ok=True)
            parts[file].unlink(missing_ok=True)  # Of a run that was killed.
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
    """Rename a file, but never over another."""
    if os.path.lexists(file):
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(file))
    part.rename(file)
