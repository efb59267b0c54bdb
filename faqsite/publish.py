"""Files to the output folder, all or nothing.

A file that is as the last build left it, and made of the same, is not made again; one that is
made and comes out as it stands there is not written again. The new site has both as second
names of the same files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from faqsite.model import PlannedFile
from faqsite.problems import ContentError, Kind, note
from faqsite.swapping import (
    MARKER,
    PublishError,
    absolute,
    beside,
    check_folder,
    exchange,
    finish,
    locked,
    swap_in,
)
from faqsite.workers import run

__all__ = ["MAX_SITE_BYTES", "SiteSize", "Written", "find_standing", "is_as_left", "publish"]

MAX_SITE_BYTES = 1_000_000_000
"""How large all files of a site may be together: what GitHub Pages takes."""

# So many files are made alone, then so many at a time; a smaller site has no second worker.
_ALONE, _CHUNK, _WORTH_WORKERS = 8, 16, 100

# A drive or a share of Windows, and what no name holds.
_ELSEWHERE = re.compile(r"^[^/]:|^\\|\0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file of the output as it was left, by which it is known again."""

    fingerprint: str
    """Of what it was made."""
    stat: tuple[int, int, int]
    """Its size in bytes, when it was written in nanoseconds, and its number on the disk."""


class SiteSize:
    """Counts the bytes of a site; raises ContentError where they become more than it may have."""

    def __init__(self) -> None:
        self._left = MAX_SITE_BYTES

    def add(self, size_bytes: int) -> None:
        """Count a file."""
        self._left -= size_bytes
        if self._left < 0:
            message = f"the site would be larger than {MAX_SITE_BYTES:,} bytes"
            hint = "name fewer entries as related, have fewer folders at the top, or divide it"
            raise ContentError([note("", 0, Kind.LIMIT_EXCEEDED, message, hint, "bytes")])


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
    writing it, ContentError if it would be too large, what making a file raises, and OSError
    if the disk refuses; `output` is then as it was. Addresses that lead out of the folder, or
    collide, are a ValueError: they are our own mistake.
    """
    files = tuple(files)
    _check_addresses([file.address for file in files])
    output = absolute(output)
    check_folder(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    with locked(beside(output, "lock")):
        finish(output)
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
        part = beside(output, "part")
        try:
            written = _write(files, kept, standing, part, output, workers=workers, tell=tell)
            swap_in(output, part, exchange)
        except BaseException:
            # A disk that is full is not to stay full of half a site.
            with suppress(OSError, PublishError):
                finish(output)
            raise
    return written


def is_as_left(output: Path, written: Mapping[str, Written]) -> bool:
    """Tell whether an output folder holds what `publish` left there, and nothing else."""
    standing = find_standing(absolute(output))
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

    made = SiteSize()  # By this process alone: no worker fills the disk.

    def make(chunk: Sequence[PlannedFile]) -> list[tuple[str, Written]]:
        return [
            (file.address, _make(file, part, output, standing.get(file.address), made))
            for file in chunk
        ]

    # Of a large site, already the few files that every change touches are worth a second worker.
    workers = workers if to_make and len(files) >= _WORTH_WORKERS else 1
    for chunk in run(make, _chunks(to_make), workers, tell):
        written.update(chunk)
    whole = SiteSize()
    for each in written.values():
        whole.add(each.stat[0])
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
    file: PlannedFile,
    part: Path,
    output: Path,
    standing: tuple[int, int, int] | None,
    made: SiteSize,
) -> Written:
    """Make a file, and write it unless the same bytes stand in the output: then link to these."""
    content = file.make()
    made.add(len(content))
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
