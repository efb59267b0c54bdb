"""The content folder to raw entries, categories and attachments.

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

from faqsite.content.fields import decode_text, is_visible, read_keys
from faqsite.content.settings import SETTINGS_FILE, parse_settings
from faqsite.model.keys import CATEGORY_KEYS, ENTRY_KEYS, Text
from faqsite.model.problems import UNPRINTABLE, Kind, Problems, did_you_mean, shortened
from faqsite.model.records import (
    ATTACHMENT_ENDINGS,
    PDF_SIGN,
    Attachment,
    RawCategory,
    RawContent,
    RawEntry,
    Settings,
)
from faqsite.model.urls import address_of, ending_of, slugify, slugify_path, split_name
from faqsite.system.files import MAX_FILE_BYTES, MAX_FILES, MAX_TEXT_BYTES, read_file

MAX_ADDRESS_BYTES = 240
"""How long an address may be, so that every file system can hold it."""
MAX_CONTENT_BYTES = 500_000_000
"""How large all files together may be: a build holds them in memory, and a host has bounds too."""
MAX_CONTENT_TEXT_BYTES = 50_000_000
"""How large all entries may be together: their pages and the index are forty times as much."""
QUERIES_FILE = "queries.yaml"
"""Which entries queries are to find: for the audit alone, no part of the site."""

_CATEGORY_FILE = "_category.yaml"
_PASSED_OVER = re.compile(r"[.~].*|thumbs\.db|desktop\.ini", re.IGNORECASE)
_FENCE = re.compile(r"---\s*")

_LINK = "a link to another place, which is not followed"
_ELSEWHERE = "keep it outside of the content folder"
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
    left, text_left = MAX_CONTENT_BYTES, MAX_CONTENT_TEXT_BYTES
    if folder.is_symlink():
        problems.add("", 0, Kind.UNREADABLE_FILE, _LINK, "name the folder itself")
        return Sources(files=files, folders=())
    for path, content in _read_folder(folder, "", count(1), problems):
        if content is None:
            folders.append(path)
            continue
        left -= len(content)
        text_left -= len(content) if _is_text(path) else 0
        if left < 0:
            message = f"more than {MAX_CONTENT_BYTES:,} bytes in all"
            hint = "make the pictures and PDFs smaller"
            problems.add("", 0, Kind.LIMIT_EXCEEDED, message, hint, "bytes")
            break
        if text_left < 0:
            message = f"more than {MAX_CONTENT_TEXT_BYTES:,} bytes of entries in all"
            hint = "divide them into several sites"
            problems.add("", 0, Kind.LIMIT_EXCEEDED, message, hint, "bytes of entries")
            break
        files[path] = content
    return Sources(files=files, folders=tuple(folders))


def load_content(folder: Path, sentences: Mapping[str, str], problems: Problems) -> RawContent:
    """Return what a content folder holds, noting everything that cannot be read."""
    sources = read_sources(folder, problems)
    entries = {path: parse_entry(file, path, problems) for path, file in sources.entries.items()}
    return parse_content(sources, entries, sentences, problems)


def parse_content(
    sources: Sources,
    entries: Mapping[str, RawEntry | None],
    sentences: Mapping[str, str],
    problems: Problems,
) -> RawContent:
    """Return what the files are, of which the entries are parsed already; note what is wrong.

    `sentences` are those of the pages, which the settings can say otherwise.
    """
    files = sources.files
    attachments = [path for path in files if ending_of(path) in ATTACHMENT_ENDINGS]
    no_pdfs = {
        path
        for path in attachments
        if ending_of(path) == "pdf" and not files[path].startswith(PDF_SIGN)
    }
    for path in no_pdfs:
        message = f'the file does not begin as a PDF does, with "{PDF_SIGN.decode()}"'
        problems.add(path, 0, Kind.UNREADABLE_FILE, message, "save it as PDF anew")
    for path in attachments:
        _check_address(path, split_name(path)[1], address_of(path), problems)
    readable = tuple(entry for entry in entries.values() if entry)
    if not entries:
        hint = "add a file such as first-question.md"
        problems.add("", 0, Kind.NOTHING_PUBLISHED, "there is no entry", hint)
    elif all(entry and entry.draft for entry in entries.values()):
        hint = "take a line out: draft: true"
        problems.add("", 0, Kind.NOTHING_PUBLISHED, "all entries are drafts", hint)
    return RawContent(
        settings=_settings(files.get(SETTINGS_FILE), sentences, problems),
        categories=tuple(
            _category(path, files.get(f"{path}/{_CATEGORY_FILE}", b""), problems)
            for path in sources.folders
        ),
        entries=readable,
        unreadable=frozenset(no_pdfs).union(path for path, each in entries.items() if each is None),
        attachments=tuple(
            Attachment(path=path, address=address_of(path), content=files[path])
            for path in attachments
            if path not in no_pdfs
        ),
        queries=files.get(QUERIES_FILE, b""),
    )


def parse_entry(content: bytes, path: str, problems: Problems) -> RawEntry | None:
    """Return the entry of a Markdown file, noting what is wrong with it; None for what is no entry.

    A field that is wrong is as if it were absent, so that the rest of the entry,
    its answer above all, can be checked in the same run.
    """
    text = decode_text(content, path, problems)
    parts = None if text is None else split_front_matter(text, path, problems)
    return None if parts is None else _entry(*parts, path, problems)


def split_front_matter(text: str, path: str, problems: Problems) -> tuple[Text, Text] | None:
    """Return the front matter and the body of an entry; None, and a problem, without the first."""
    lines = text.split("\n")
    opening = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not _FENCE.fullmatch(lines[opening]):
        message = "the file has no front matter"
        hint = "begin it with the line ---, then question: …, then --- again"
        problems.add(path, opening + 1, Kind.NO_FRONT_MATTER, message, hint)
        return None
    first = opening + 1
    fences = (n for n, line in enumerate(lines[first:], start=first) if _FENCE.fullmatch(line))
    closing = next(fences, None)
    if closing is None:
        message = "the front matter is not closed"
        hint = "write a line --- between it and the answer"
        problems.add(path, opening + 1, Kind.NO_FRONT_MATTER, message, hint)
        return None
    return (
        Text("\n".join(lines[first:closing]), first + 1),
        Text("\n".join(lines[closing + 1 :]), closing + 2),
    )


def _entry(front_matter: Text, body: Text, path: str, problems: Problems) -> RawEntry:
    folder, stem, _ = split_name(path)
    said = read_keys(front_matter, ENTRY_KEYS, path=path, line=front_matter.line, problems=problems)
    _check_address(path, stem, address_of(path), problems)
    entry = RawEntry(path=path, category=folder, slug=slugify(stem), body=body, **said)
    if entry.question and not is_visible(entry.question):
        message, hint = (
            '"question" shows nothing',
            "write it anew; what stands there cannot be seen",
        )
        problems.add(path, entry.question.line, Kind.INVISIBLE_TEXT, message, hint, "question")
    if not entry.draft and not entry.body.strip():
        hint = "write it below the second ---, or add a line: draft: true"
        # A file that ends with its second "---" has no further line.
        line = body.line - (not body)
        problems.add(path, line, Kind.EMPTY_ANSWER, "the answer is empty", hint)
    return entry


def _category(path: str, content: bytes, problems: Problems) -> RawCategory:
    """Return the category of a folder, with what its `_category.yaml` says."""
    file = f"{path}/{_CATEGORY_FILE}"
    text = decode_text(content, file, problems) or ""
    said = read_keys(text, CATEGORY_KEYS, path=file, problems=problems)
    name = path.rpartition("/")[2]
    said["title"] = said["title"] or title_of(name)
    return RawCategory(path=path, slug=slugify(name), **said)


def title_of(name: str) -> str:
    """Return the title that a folder has by its name: "On call" for "on-call"."""
    words = " ".join(re.split(r"[\s_-]+", name)).strip()
    return words[:1].upper() + words[1:]


def _settings(content: bytes | None, sentences: Mapping[str, str], problems: Problems) -> Settings:
    if content is None:
        message, hint = "the file is missing", "add it with a line: title: …"
        problems.add(SETTINGS_FILE, 0, Kind.MISSING_FILE, message, hint, SETTINGS_FILE)
        return Settings(title="")
    text = decode_text(content, SETTINGS_FILE, problems)
    return Settings(title="") if text is None else parse_settings(text, sentences, problems)


def _read_folder(
    folder: Path, path: str, seen: Iterator[int], problems: Problems
) -> Iterator[tuple[str, bytes | None]]:
    """Yield the files of a folder and of those in it, and these (without bytes), parents first."""
    inners: set[str] = set()
    for each, name in _listed(folder, path, seen, problems):
        inner = f"{path}/{name}" if path else name
        if obstacle := _obstacle(each):
            problems.add(inner, 0, Kind.UNREADABLE_FILE, *obstacle)
        elif inner in inners:
            kind = "folder" if each.is_dir() else "file"
            message = f"a second {kind} of that name, in other Unicode characters"
            problems.add(inner, 0, Kind.ADDRESS_TAKEN, message, "rename one of them", inner)
        elif each.is_dir():
            if _check_address(inner, name, slugify_path(inner), problems):
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
                hint = "divide them into several sites"
                problems.add("", 0, Kind.LIMIT_EXCEEDED, message, hint, "files")
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


def _obstacle(found: os.DirEntry[str]) -> tuple[str, str] | None:
    """Return why something cannot be read, and a hint; None if it is a file or folder."""
    if _printable(found.name) != found.name:
        return "the name holds what is no text", "rename it"
    if found.is_symlink():
        return _LINK, "put the file itself here"
    if not found.is_dir() and not found.is_file():
        return "neither a file nor a folder", _ELSEWHERE
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
        or (folder and name == _CATEGORY_FILE)
    ):
        return True
    message = "neither an entry (.md) nor a picture or PDF"
    if ending == "svg":
        message = "an SVG picture, which can run script when it is opened by itself"
        hint = "save it as PNG or WebP"
    elif name == _CATEGORY_FILE:
        hint = f"the title and description of the whole stand in {SETTINGS_FILE}"
    elif name == SETTINGS_FILE:
        hint = f"settings stand in the {SETTINGS_FILE} of the content folder itself"
    elif name == QUERIES_FILE:
        hint = f"queries stand in the {QUERIES_FILE} of the content folder itself"
    elif ending in {"yaml", "yml"}:
        hint = did_you_mean(name, (_CATEGORY_FILE, QUERIES_FILE, SETTINGS_FILE)) or _ELSEWHERE
    else:
        hint = _HINTS.get(ending, _ELSEWHERE).format(stem)
    problems.add(path, 0, Kind.FORBIDDEN_FILE, message, hint)
    return False


def _is_text(path: str) -> bool:
    return ending_of(path) in {"md", "yaml"}


def _check_address(path: str, stem: str, address: str, problems: Problems) -> bool:
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
