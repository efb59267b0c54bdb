"""Writes the files of a site to the output folder, all or nothing.

The new site is written beside the old one and takes its place: in one step on Linux, with two
renames elsewhere. A build that is killed leaves the whole old site or the whole new one. Between
the two renames the output is missing, until the next run puts the new site there.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from faqsite.model.problems import ContentError, Kind, note
from faqsite.model.records import SiteFile
from faqsite.system.files import no_link

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MARKER = ".faqsite"
"""The file that marks an output folder as ours."""
MAX_SITE_BYTES = 1_000_000_000
"""The most bytes that a site may have: the limit of GitHub Pages."""

# A drive or a share of Windows, and a character that no file name contains.
_ELSEWHERE = re.compile(r"^[^/]:|^\\|\0")
_HERE, _RENAME_EXCHANGE = -100, 2  # The numbers that `renameat2` of Linux expects.


class PublishError(Exception):
    """The output folder cannot be replaced; the message is one line with a fact and a hint."""


def make_files(files: Iterable[SiteFile]) -> Iterator[tuple[str, bytes]]:
    """Yield the address and bytes of each file; raise ContentError if the site is too large."""
    size_bytes = 0
    for file in files:
        content = file.make()
        size_bytes += len(content)
        if size_bytes > MAX_SITE_BYTES:
            message = f"the site would be larger than {MAX_SITE_BYTES:,} bytes"
            hint = "list fewer related entries, use fewer folders at the top, or split the site"
            raise ContentError([note("", 0, Kind.LIMIT_EXCEEDED, message, hint, "bytes")])
        yield file.address, content


def publish(
    files: Sequence[SiteFile], output: Path, report: Callable[[float], None] = lambda _: None
) -> int:
    """Make `output` a folder of exactly these files and our marker; return their size in bytes.

    Raises PublishError if the folder is not ours to replace or another run is writing it,
    ContentError if the site is too large, and OSError if the disk refuses; `output` is then as
    it was. An address outside the folder is our own mistake and raises ValueError.
    """
    for file in files:
        _check_address(file.address)
    output = Path(os.path.abspath(output))  # noqa: PTH100 (resolve() would follow a link)
    _check_folder(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    with _locked(output):
        _finish(output)
        try:
            size_bytes = _write(files, _beside(output, "part"), report)
            _replace(output)
        except BaseException:  # Half a site must not keep a full disk full.
            with suppress(OSError, PublishError):
                _finish(output)
            raise
        # The site is published. If this is interrupted, the next run clears up.
        with suppress(OSError, KeyboardInterrupt):
            _sync()
            _finish(output)
    return size_bytes


def finish_last_run(output: Path) -> None:
    """Finish what a killed run began, for a command that may stop before it publishes."""
    output = Path(os.path.abspath(output))  # noqa: PTH100 (resolve() would follow a link)
    if any(_beside(output, role).exists() for role in ("part", "new", "old")):
        with _locked(output):
            _finish(output)


def _write(files: Sequence[SiteFile], part: Path, report: Callable[[float], None]) -> int:
    part.mkdir()
    (part / MARKER).touch()
    size_bytes = 0
    for number, (address, content) in enumerate(make_files(files), start=1):
        path = part / address
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as written:
            size_bytes += written.write(content)
        report(number / len(files))
    _sync()
    return size_bytes


def _replace(output: Path) -> None:
    """Replace the output with the written site. A site named "new" is always whole."""
    part, new = _beside(output, "part"), _beside(output, "new")
    if not output.exists():
        part.rename(output)
    elif not _exchange(part, output):
        part.rename(new)
        output.rename(_beside(output, "old"))
        new.rename(output)


def _exchange(one: Path, other: Path) -> bool:
    """Swap the names of two folders in one step, or return False if the system cannot."""
    import ctypes  # noqa: PLC0415 (a first build does not need it)

    swap = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    names = os.fsencode(one), os.fsencode(other)
    return swap is not None and swap(_HERE, names[0], _HERE, names[1], _RENAME_EXCHANGE) == 0


def _finish(output: Path) -> None:
    """Restore a whole site where a killed or failed run left none, and remove its leftovers."""
    for role in ("new", "old"):
        site = _beside(output, role)
        if site.exists() and not output.exists():
            _check_folder(site)
            with suppress(OSError):
                site.rename(output)
    for folder in (_beside(output, role) for role in ("part", "new", "old")):
        if folder.exists():
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, the marker last, so that an interrupted run leaves it ours."""
    _check_folder(folder)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARKER:
            path.unlink()
    shutil.rmtree(folder)


def _sync() -> None:
    """Write everything to the disk, in case of a power cut. An fsync per file is far slower."""
    if hasattr(os, "sync"):
        os.sync()


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    """Hold the lock of an output folder. The system releases it when this process ends."""
    path = _beside(output, "lock")
    if path.is_symlink():  # Opening it could create the file it leads to.
        raise PublishError(f"{path} is a link; delete it")
    with open(path, "ab", opener=no_link) as file:
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            raise PublishError(f"another build is writing {output}; try again later") from None
        yield  # Closing unlocks. The file stays, because the next run may hold it already.


def _check_folder(folder: Path) -> None:
    """Raise PublishError unless a folder is missing, empty or ours."""
    if folder.is_symlink():
        raise PublishError(f"{folder} is a link; choose the folder itself")
    if folder.exists() and not folder.is_dir():
        raise PublishError(f"{folder} is a file; choose a folder")
    if folder.exists() and not (folder / MARKER).is_file() and any(folder.iterdir()):
        raise PublishError(f"{folder} contains other files; empty it or choose another folder")


def _check_address(address: str) -> None:
    is_inside = not _ELSEWHERE.search(address) and {"", ".", ".."}.isdisjoint(address.split("/"))
    if not is_inside or address == MARKER:
        raise ValueError(f"not an address inside the site: {address!r}")


def _beside(output: Path, role: str) -> Path:
    return output.with_name(f".{output.name}.{role}")
