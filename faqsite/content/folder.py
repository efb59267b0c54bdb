"""The content folder to raw entries, categories, settings and attachments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from faqsite.content.keys import read_keys
from faqsite.content.settings import parse_settings
from faqsite.content.sources import (
    CATEGORY_FILE,
    QUERIES_FILE,
    SETTINGS_FILE,
    Sources,
    check_address,
    read_sources,
)
from faqsite.content.text import decode_text
from faqsite.model.keys import CATEGORY_KEYS, ENTRY_KEYS, Text
from faqsite.model.problems import Kind, Problems
from faqsite.model.records import (
    ATTACHMENT_ENDINGS,
    PDF_SIGN,
    Attachment,
    RawCategory,
    RawContent,
    RawEntry,
    Settings,
)
from faqsite.model.urls import address_of, ending_of, slugify, split_name

_FENCE = re.compile(r"---\s*")


def load_content(folder: Path, words: Mapping[str, str], problems: Problems) -> RawContent:
    """Return what a content folder holds, noting everything that cannot be read."""
    sources = read_sources(folder, problems)
    entries = {path: parse_entry(file, path, problems) for path, file in sources.entries.items()}
    return parse_content(sources, entries, words, problems)


def parse_content(
    sources: Sources,
    entries: Mapping[str, RawEntry | None],
    words: Mapping[str, str],
    problems: Problems,
) -> RawContent:
    """Return what the files are, of which the entries are parsed already; note what is wrong.

    `words` are those of the pages, which the settings can say otherwise.
    """
    files = sources.files
    unreadable = {path for path, entry in entries.items() if entry is None}
    attachments = []
    for path, content in files.items():
        if ending_of(path) not in ATTACHMENT_ENDINGS:
            continue
        check_address(path, split_name(path)[1], address_of(path), problems)
        if ending_of(path) == "pdf" and not content.startswith(PDF_SIGN):
            message = f'the file does not begin as a PDF does, with "{PDF_SIGN.decode()}"'
            problems.add(path, 0, Kind.UNREADABLE_FILE, message, "save it as PDF anew")
            unreadable.add(path)
        else:
            attachments.append(Attachment(path=path, address=address_of(path), content=content))
    if not entries:
        hint = "add a file such as first-question.md"
        problems.add("", 0, Kind.NOTHING_PUBLISHED, "there is no entry", hint)
    elif all(entry and entry.draft for entry in entries.values()):
        hint = "take a line out: draft: true"
        problems.add("", 0, Kind.NOTHING_PUBLISHED, "all entries are drafts", hint)
    return RawContent(
        settings=_settings(files.get(SETTINGS_FILE), words, problems),
        categories=tuple(
            _category(path, files.get(f"{path}/{CATEGORY_FILE}", b""), problems)
            for path in sources.folders
        ),
        entries=tuple(entry for entry in entries.values() if entry),
        unreadable=frozenset(unreadable),
        attachments=tuple(attachments),
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
    fences = [number for number, line in enumerate(lines) if _FENCE.fullmatch(line)]
    if fences[:1] != [opening]:
        message = "the file has no front matter"
        hint = "begin it with the line ---, then question: …, then --- again"
    elif fences[1:] == []:
        message = "the front matter is not closed"
        hint = "write a line --- between it and the answer"
    else:
        return (
            Text("\n".join(lines[opening + 1 : fences[1]]), opening + 2),
            Text("\n".join(lines[fences[1] + 1 :]), fences[1] + 2),
        )
    problems.add(path, opening + 1, Kind.NO_FRONT_MATTER, message, hint)
    return None


def _entry(front_matter: Text, body: Text, path: str, problems: Problems) -> RawEntry:
    folder, stem, _ = split_name(path)
    said = read_keys(front_matter, ENTRY_KEYS, path=path, line=front_matter.line, problems=problems)
    check_address(path, stem, address_of(path), problems)
    entry = RawEntry(path=path, category=folder, slug=slugify(stem), body=body, **said)
    if not entry.draft and not entry.body.strip():
        hint = "write it below the second ---, or add a line: draft: true"
        # A file that ends with its second "---" has no further line.
        line = body.line - (not body)
        problems.add(path, line, Kind.EMPTY_ANSWER, "the answer is empty", hint)
    return entry


def _category(path: str, content: bytes, problems: Problems) -> RawCategory:
    """Return the category of a folder, with what its `_category.yaml` says."""
    file = f"{path}/{CATEGORY_FILE}"
    text = decode_text(content, file, problems) or ""
    said = read_keys(text, CATEGORY_KEYS, path=file, problems=problems)
    name = path.rpartition("/")[2]
    said["title"] = said["title"] or title_of(name)
    return RawCategory(path=path, slug=slugify(name), **said)


def title_of(name: str) -> str:
    """Return the title that a folder has by its name: "On call" for "on-call"."""
    words = " ".join(re.split(r"[\s_-]+", name)).strip()
    return words[:1].upper() + words[1:]


def _settings(content: bytes | None, words: Mapping[str, str], problems: Problems) -> Settings:
    if content is None:
        message, hint = "the file is missing", "add it with a line: title: …"
        problems.add(SETTINGS_FILE, 0, Kind.MISSING_FILE, message, hint, SETTINGS_FILE)
        return Settings(title="")
    text = decode_text(content, SETTINGS_FILE, problems)
    return Settings(title="") if text is None else parse_settings(text, words, problems)
