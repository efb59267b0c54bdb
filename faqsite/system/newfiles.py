"""Files that are not there yet, each whole or not there, and all of them or none.

They are written beside their places under names that no build reads, and take their own
when all are on the disk: that it is full is found out before. A run that is killed while
they take them has given some; the same run again finds these, and gives the others.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files of which none is there, and the folders that are missing; all or none.

    Should this be killed, the first of them are there.

    Raises FileExistsError, and OSError where the disk refuses.
    """
    parts = {file: file.with_name(f".{file.name}.part") for file in files}
    made: list[Path] = []
    try:
        for file, content in files.items():
            made += _make_folder(file.parent)
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


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and those that it lies in; return those that were not there."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _rename(part: Path, file: Path) -> None:
    """Rename a file, but never over another."""
    if os.path.lexists(file):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    part.rename(file)
