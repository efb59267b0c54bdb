"""A content folder to the bytes of its files, with a problem for each that cannot be content.

Names that begin with a dot or "~", and the files that Windows adds, are skipped, because they are
never meant as content. Every other file is read, or is a problem.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from errno import EFBIG
from itertools import islice
from pathlib import Path

from faqsite.model.problems import UNPRINTABLE, Kind, Problems, did_you_mean, shortened
from faqsite.model.records import ATTACHMENT_ENDINGS
from faqsite.model.urls import ending_of, slugify, slugify_path, split_name
from faqsite.system.files import MAX_FILE_BYTES, MAX_FILES, MAX_TEXT_BYTES, read_file

MAX_ADDRESS_BYTES = 240
"""The longest address that every file system can store."""
SETTINGS_FILE = "site.yaml"
CATEGORY_FILE = "_category.yaml"
QUERIES_FILE = "queries.yaml"
"""Which entry each query should find: only for the audit, not part of the site."""

MAX_CONTENT_BYTES = 500_000_000
"""The size of all files together: a build holds them in memory, and hosts have limits too."""
MAX_CONTENT_TEXT_BYTES = 50_000_000
"""The size of all entries together: their pages and the index are forty times as large."""

_DIVIDE = "divide it into several sites"
LIMITS = {
    "files and folders": (MAX_FILES, _DIVIDE),
    "bytes": (MAX_CONTENT_BYTES, "make the pictures and PDFs smaller"),
    "bytes of entries": (MAX_CONTENT_TEXT_BYTES, _DIVIDE),
}
"""How much the content may have, and what to do about more."""

_SKIPPED = re.compile(r"[.~].*|thumbs\.db|desktop\.ini", re.IGNORECASE)
_LINK = "a link to another place, which is not followed"
_ELSEWHERE = "move it out of the content folder"
_HINTS = {
    **dict.fromkeys(("", "markdown", "mdx", "txt"), 'rename it to "{}.md"'),
    **dict.fromkeys(("htm", "html"), 'write it as Markdown in "{}.md"'),
    **dict.fromkeys(("bmp", "heic", "svg", "tif", "tiff"), "save it as PNG or WebP"),
    **dict.fromkeys(("doc", "docx", "odt", "ppt", "pptx", "rtf"), "save it as PDF"),
}
"""What to do with a file that cannot be published, by the ending of its name."""


class _LimitError(Exception):
    """There is more than the content may have; the argument is a key of LIMITS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files of a content folder, read but not parsed."""

    files: Mapping[str, bytes]
    """By their paths, in the order of the names."""
    folders: tuple[str, ...]
    """Parents before children, without the top one."""
    changed: frozenset[str] = frozenset()
    """Paths of the files that differ from an earlier state, if one is known."""

    @property
    def entries(self) -> Mapping[str, bytes]:
        """The Markdown files."""
        return {path: content for path, content in self.files.items() if ending_of(path) == "md"}


def read_sources(folder: Path, problems: Problems) -> Sources:
    """Return the files and folders of a content folder, and report what cannot be read.

    Nothing outside the folder is read, and no more of it than LIMITS allow.
    """
    reader = _Reader(problems=problems)
    if folder.is_symlink():
        problems.add("", 0, Kind.UNREADABLE_FILE, _LINK, "name the folder itself")
    else:
        try:
            reader.read_folder(folder, "")
        except _LimitError as error:
            what = error.args[0]
            most, hint = LIMITS[what]
            message = f"the content has more than {most:,} {what}"
            problems.add("", 0, Kind.LIMIT_EXCEEDED, message, hint, what)
    return Sources(files=reader.files, folders=tuple(reader.folders))


@dataclass(slots=True, kw_only=True)
class _Reader:
    """What has been read of a content folder so far."""

    problems: Problems
    files: dict[str, bytes] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    amounts: Counter[str] = field(default_factory=Counter)

    def read_folder(self, folder: Path, path: str) -> None:
        """Read the files of a folder and of those in it, parents first."""
        try:
            with os.scandir(folder) as listed:
                found = sorted(islice(listed, MAX_FILES + 1), key=lambda each: each.name)
        except OSError as error:
            message = f"the folder cannot be read: {error.strerror}"
            self.problems.add(path, 0, Kind.UNREADABLE_FILE, message)
            return
        inners: set[str] = set()
        for each in found:
            name = unicodedata.normalize("NFC", _escape_name(each.name))
            if _SKIPPED.fullmatch(name):
                continue
            self._count("files and folders", 1)
            inner = f"{path}/{name}" if path else name
            if _escape_name(each.name) != each.name:
                message, hint = "the name contains characters that cannot be shown", "rename it"
                self.problems.add(inner, 0, Kind.UNREADABLE_FILE, message, hint)
            elif each.is_symlink():
                hint = "put the file itself here"
                self.problems.add(inner, 0, Kind.UNREADABLE_FILE, _LINK, hint)
            elif inner in inners:
                message = "another file or folder has this name, in other Unicode characters"
                self.problems.add(inner, 0, Kind.ADDRESS_TAKEN, message, "rename one", inner)
            elif not each.is_dir():
                self._read_file(Path(each.path), inner)
            elif check_address(inner, name, slugify_path(inner), self.problems):
                self.folders.append(inner)
                self.read_folder(Path(each.path), inner)
            inners.add(inner)

    def _read_file(self, file: Path, path: str) -> None:
        if not _is_content(path, self.problems):
            return
        is_text = ending_of(path) in {"md", "yaml"}
        try:
            content = read_file(file, MAX_TEXT_BYTES if is_text else MAX_FILE_BYTES)
        except OSError as error:
            smaller = "divide it" if is_text else "make it smaller, or link to it on another site"
            hint = smaller if error.errno == EFBIG else ""
            message = f"the file cannot be read: {error.strerror}"
            self.problems.add(path, 0, Kind.UNREADABLE_FILE, message, hint)
            return
        self._count("bytes", len(content))
        self._count("bytes of entries", len(content) * is_text)
        self.files[path] = content

    def _count(self, what: str, amount: int) -> None:
        self.amounts[what] += amount
        if self.amounts[what] > LIMITS[what][0]:
            raise _LimitError(what)


def _is_content(path: str, problems: Problems) -> bool:
    """Return whether a file is for the site; report one that is neither that nor a README."""
    folder, stem, ending = split_name(path)
    name = path.rpartition("/")[2]
    if name.casefold() == "readme.md":
        return False
    is_yaml = path in {SETTINGS_FILE, QUERIES_FILE} or (folder and name == CATEGORY_FILE)
    if is_yaml or ending in ATTACHMENT_ENDINGS | {"md"}:
        return True
    message = "neither an entry (.md) nor a picture or PDF"
    if ending == "svg":
        message = "an SVG picture, which can run script when it is opened by itself"
    hint = _HINTS.get(ending, _ELSEWHERE).format(re.sub(r"\.md$", "", stem, flags=re.IGNORECASE))
    if re.fullmatch(r"(?:_category|site|queries)\.ya?ml", stem):
        hint = f'rename it to "{stem.removesuffix("yml").removesuffix("yaml")}yaml"'
    elif name == CATEGORY_FILE:
        hint = f"write the title and description of the site in {SETTINGS_FILE}"
    elif name in {SETTINGS_FILE, QUERIES_FILE}:
        hint = f"move it to the top of the content folder: {name}"
    elif ending in {"yaml", "yml"}:
        hint = did_you_mean(name, (CATEGORY_FILE, QUERIES_FILE, SETTINGS_FILE)) or _ELSEWHERE
    problems.add(path, 0, Kind.FORBIDDEN_FILE, message, hint)
    return False


def check_address(path: str, stem: str, address: str, problems: Problems) -> bool:
    """Return whether the address of a file or folder is short enough; report a name without one."""
    size = len(address.encode())
    if not slugify(stem):
        message = f'the name "{shortened(stem)}" has no letter or digit for an address'
        problems.add(path, 0, Kind.NO_ADDRESS, message, "rename it", stem)
    elif size > MAX_ADDRESS_BYTES:
        message = f"the address would be {size} bytes long"
        hint = f"shorten the names to {MAX_ADDRESS_BYTES} bytes in total"
        problems.add(path, 0, Kind.NO_ADDRESS, message, hint, address)
    return size <= MAX_ADDRESS_BYTES


def _escape_name(name: str) -> str:
    """Return a name with escapes for bytes that are not UTF-8 and for control characters."""
    text = os.fsencode(name).decode(errors="backslashreplace")
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)
