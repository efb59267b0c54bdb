"""A content folder to the bytes of its files, and what cannot be content among them.

A name that begins with a dot or "~", and what Windows writes of itself, is passed
over: nobody means it as content. Any other file is read, or is a problem.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from errno import EFBIG
from itertools import count, islice
from pathlib import Path

from faqsite.model.problems import UNPRINTABLE, Kind, Problems, did_you_mean, shortened
from faqsite.model.records import ATTACHMENT_ENDINGS
from faqsite.model.urls import ending_of, slugify, slugify_path, split_name
from faqsite.system.files import MAX_FILE_BYTES, MAX_FILES, MAX_TEXT_BYTES, read_file

MAX_ADDRESS_BYTES = 240
"""How long an address may be, so that every file system can hold it."""
MAX_CONTENT_BYTES = 500_000_000
"""How large all files together may be: a build holds them in memory, and a host has bounds too."""
MAX_CONTENT_TEXT_BYTES = 50_000_000
"""How large all entries may be together: their pages and the index are forty times as much."""
QUERIES_FILE = "queries.yaml"
"""Which entries queries are to find: for the audit alone, no part of the site."""

SETTINGS_FILE = "site.yaml"
CATEGORY_FILE = "_category.yaml"

_PASSED_OVER = re.compile(r"[.~].*|thumbs\.db|desktop\.ini", re.IGNORECASE)
_LINK = "a link to another place, which is not followed"
_ELSEWHERE = "keep it outside of the content folder"
_DIVIDE = "divide them into several sites"
_HINTS = {
    **dict.fromkeys(("", "htm", "html", "markdown", "mdx", "txt"), 'an entry is named "{}.md"'),
    **dict.fromkeys(("bmp", "heic", "tif", "tiff"), "save it as PNG or WebP"),
    **dict.fromkeys(("doc", "docx", "odt", "ppt", "pptx", "rtf"), "save it as PDF"),
}
"""What to do with a file that cannot be published, by the ending of its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a content folder holds, read but not understood yet."""

    files: Mapping[str, bytes]
    """By their paths, in the order of the names."""
    folders: tuple[str, ...]
    """Parents before children, without the top one."""

    @property
    def entries(self) -> Mapping[str, bytes]:
        """The Markdown files."""
        return {path: content for path, content in self.files.items() if ending_of(path) == "md"}


def read_sources(folder: Path, problems: Problems) -> Sources:
    """Return the files and folders of a content folder, noting what cannot be read.

    Nothing outside the folder is read, and no more of it than there may be.
    """
    files: dict[str, bytes] = {}
    folders: list[str] = []
    if folder.is_symlink():
        problems.add("", 0, Kind.UNREADABLE_FILE, _LINK, "name the folder itself")
        return Sources(files=files, folders=())
    size = text_size = 0
    for path, content in _read_folder(folder, "", count(1), problems):
        if content is None:
            folders.append(path)
            continue
        size += len(content)
        text_size += len(content) * _is_text(path)
        for read, most, what, hint in (
            (size, MAX_CONTENT_BYTES, "bytes", "make the pictures and PDFs smaller"),
            (text_size, MAX_CONTENT_TEXT_BYTES, "bytes of entries", _DIVIDE),
        ):
            if read > most:
                message = f"more than {most:,} {what} in all"
                problems.add("", 0, Kind.LIMIT_EXCEEDED, message, hint, what)
                return Sources(files=files, folders=tuple(folders))
        files[path] = content
    return Sources(files=files, folders=tuple(folders))


def _read_folder(
    folder: Path, path: str, seen: Iterator[int], problems: Problems
) -> Iterator[tuple[str, bytes | None]]:
    """Yield the files of a folder and of those in it, and these (without bytes), parents first."""
    inners: set[str] = set()
    for each, name in _listed(folder, path, seen, problems):
        inner = f"{path}/{name}" if path else name
        if _printable(each.name) != each.name:
            message, hint = "the name holds what is no text", "rename it"
            problems.add(inner, 0, Kind.UNREADABLE_FILE, message, hint)
        elif each.is_symlink():
            problems.add(inner, 0, Kind.UNREADABLE_FILE, _LINK, "put the file itself here")
        elif not each.is_dir() and not each.is_file():
            problems.add(inner, 0, Kind.UNREADABLE_FILE, "neither a file nor a folder", _ELSEWHERE)
        elif inner in inners:
            kind = "folder" if each.is_dir() else "file"
            message = f"a second {kind} of that name, in other Unicode characters"
            problems.add(inner, 0, Kind.ADDRESS_TAKEN, message, "rename one of them", inner)
        elif each.is_dir():
            if check_address(inner, name, slugify_path(inner), problems):
                yield inner, None
                yield from _read_folder(Path(each.path), inner, seen, problems)
        elif _is_content(inner, problems):
            content = _read(Path(each.path), inner, problems)
            if content is not None:
                yield inner, content
        inners.add(inner)


def _listed(
    folder: Path, path: str, seen: Iterator[int], problems: Problems
) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield what a folder holds, in order, each with its name as it can be shown.

    `seen` counts it; where that is too much, there is nothing more.
    """
    try:
        with os.scandir(folder) as listed:
            found = sorted(islice(listed, MAX_FILES + 1), key=lambda each: each.name)
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        problems.add(path, 0, Kind.UNREADABLE_FILE, message)
        return
    for each in found:
        name = unicodedata.normalize("NFC", _printable(each.name))
        if _PASSED_OVER.fullmatch(name):
            continue
        number = next(seen)
        if number > MAX_FILES:
            if number == MAX_FILES + 1:
                message = f"more than {MAX_FILES:,} files and folders"
                problems.add("", 0, Kind.LIMIT_EXCEEDED, message, _DIVIDE, "files")
            return
        yield each, name


def _read(file: Path, path: str, problems: Problems) -> bytes | None:
    """Return what a file holds; None, and a problem, if it cannot be read."""
    is_text = _is_text(path)
    try:
        return read_file(file, MAX_TEXT_BYTES if is_text else MAX_FILE_BYTES)
    except OSError as error:
        smaller = "divide it" if is_text else "make it smaller, or link to where it lies"
        hint = smaller if error.errno == EFBIG else ""
        message = f"the file cannot be read: {error.strerror}"
        problems.add(path, 0, Kind.UNREADABLE_FILE, message, hint)
        return None


def _is_content(path: str, problems: Problems) -> bool:
    """Tell whether a file is for the site, noting one that is not; a README is for editors."""
    folder, stem, ending = split_name(path)
    name = path.rpartition("/")[2]
    if name.casefold() == "readme.md":
        return False
    if (
        ending == "md"
        or ending in ATTACHMENT_ENDINGS
        or path in {SETTINGS_FILE, QUERIES_FILE}
        or (folder and name == CATEGORY_FILE)
    ):
        return True
    message = "neither an entry (.md) nor a picture or PDF"
    if ending == "svg":
        message = "an SVG picture, which can run script when it is opened by itself"
        hint = "save it as PNG or WebP"
    elif name == CATEGORY_FILE:
        hint = f"the title and description of the whole stand in {SETTINGS_FILE}"
    elif name in {SETTINGS_FILE, QUERIES_FILE}:
        what = "settings" if name == SETTINGS_FILE else "queries"
        hint = f"{what} stand in the {name} of the content folder itself"
    elif ending in {"yaml", "yml"}:
        hint = did_you_mean(name, (CATEGORY_FILE, QUERIES_FILE, SETTINGS_FILE)) or _ELSEWHERE
    else:
        hint = _HINTS.get(ending, _ELSEWHERE).format(stem)
    problems.add(path, 0, Kind.FORBIDDEN_FILE, message, hint)
    return False


def _is_text(path: str) -> bool:
    return ending_of(path) in {"md", "yaml"}


def check_address(path: str, stem: str, address: str, problems: Problems) -> bool:
    """Tell whether a file or folder can have an address; it is a problem if not."""
    size = len(address.encode())
    if not slugify(stem):
        message = f'nothing in the name "{shortened(stem)}" can be in an address'
        hint = "rename it; letters and digits of any script will do"
        problems.add(path, 0, Kind.NO_ADDRESS, message, hint, stem)
    elif size > MAX_ADDRESS_BYTES:
        hint = f"shorten the names to {MAX_ADDRESS_BYTES} bytes in all"
        message = f"the address would be {size} bytes long"
        problems.add(path, 0, Kind.NO_ADDRESS, message, hint, address)
    return size <= MAX_ADDRESS_BYTES


def _printable(name: str) -> str:
    """Return a name as it can be shown: bytes that are no UTF-8, and what steers, as escapes."""
    if name.isascii() and name.isprintable():
        return name
    text = os.fsencode(name).decode(errors="backslashreplace")
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)
