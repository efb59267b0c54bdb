"""The content folder to raw entries, categories, settings and attachments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
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
from faqsite.model.problems import Kind, Problems, quoted
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
# "—", which a word processor writes for hyphens, "----", "+++", "* * *", "```yaml", "---yaml".
_ALMOST_FENCE = re.compile(
    "(?! )(?:[\u2010-\u2015\u2212]|[-\u2010-\u2015\u2212_=*+~` ]{2,}|(?:---|```|~~~) ?[a-z]+)\\s*"
)
_KEY = re.compile(r"\w+:(?: |$)")
_IN_KEYS = re.compile(r"\w+ ?:|\s|- |$")
# Keys and another "---" at the top of a body.
_KEYS_BELOW = re.compile(
    rf"\n*((?:{'|'.join(key.name for key in ENTRY_KEYS)}):(?: .*)?)(?:\n.+)*?\n---[ \t]*(?:\n|$)"
)


def load_content(folder: Path, words: Mapping[str, str], problems: Problems) -> RawContent:
    """Return what a content folder contains, and report every problem."""
    sources = read_sources(folder, problems)
    entries = {path: parse_entry(file, path, problems) for path, file in sources.entries.items()}
    return parse_content(sources, entries, words, problems)


def parse_content(
    sources: Sources,
    entries: Mapping[str, RawEntry | None],
    words: Mapping[str, str],
    problems: Problems,
) -> RawContent:
    """Return what the files contain, and report every problem.

    The entries are parsed already. `words` are those of the templates.
    """
    files = sources.files
    unreadable = {path for path, entry in entries.items() if entry is None}
    attachments = []
    for path, content in files.items():
        if ending_of(path) not in ATTACHMENT_ENDINGS:
            continue
        check_address(path, split_name(path)[1], address_of(path), problems)
        if ending_of(path) == "pdf" and not content.startswith(PDF_SIGN):
            message = "the file is not a PDF, in spite of its name"
            problems.add(path, 0, Kind.UNREADABLE_FILE, message, "save it again as PDF")
            unreadable.add(path)
        else:
            attachments.append(Attachment(path=path, address=address_of(path), content=content))
    settings = Settings(title="")
    if SETTINGS_FILE not in files:
        message, hint = "the file is missing", "add it with the line title: …"
        problems.add(SETTINGS_FILE, 0, Kind.MISSING_FILE, message, hint, SETTINGS_FILE)
    elif (text := decode_text(files[SETTINGS_FILE], SETTINGS_FILE, problems)) is not None:
        settings = parse_settings(text, words, problems)
    if not entries:
        hint = "add a file such as first-question.md"
        problems.add("", 0, Kind.NOTHING_PUBLISHED, "there are no entries", hint)
    elif all(entry and entry.draft for entry in entries.values()):
        hint = "remove the line draft: true from one"
        problems.add("", 0, Kind.NOTHING_PUBLISHED, "all entries are drafts", hint)
    return RawContent(
        settings=settings,
        categories=tuple(
            _parse_category(path, files.get(f"{path}/{CATEGORY_FILE}", b""), problems)
            for path in sources.folders
        ),
        entries=tuple(entry for entry in entries.values() if entry),
        unreadable=frozenset(unreadable),
        attachments=tuple(attachments),
        queries=files.get(QUERIES_FILE, b""),
        changed=sources.changed,
    )


def parse_entry(content: bytes, path: str, problems: Problems) -> RawEntry | None:
    """Return the entry in a Markdown file, and report every problem; None if it is not an entry.

    A wrong value counts as absent, so that the same run can check the rest of the entry.
    """
    text = decode_text(content, path, problems)
    parts = None if text is None else split_front_matter(text, path, problems)
    if parts is None:
        return None
    front_matter, body = parts
    values = read_keys(
        front_matter, ENTRY_KEYS, path=path, line=front_matter.line, problems=problems
    )
    folder, stem, _ = split_name(path)
    check_address(path, stem, address_of(path), problems)
    if further := _find_further_entry(body):
        message, hint = "two entries in one file", f"move this one to a file of its own: {further}"
        problems.add(path, further.line, Kind.REPEATED_KEY, message, hint, "question")
    elif below := _KEYS_BELOW.match(body):
        line = body.line + body.count("\n", 0, below.start(1))
        message = f"a line with three hyphens ends the keys before {quoted(below[1])}"
        problems.add(path, line, Kind.MALFORMED_YAML, message, "remove that line")
    entry = RawEntry(path=path, category=folder, slug=slugify(stem), body=body, **values)
    if not entry.draft and not body.strip():
        hint = "write it below the second ---, or add the line draft: true"
        # A file that ends with its second "---" has no further line.
        line = body.line - (not body)
        problems.add(path, line, Kind.EMPTY_ANSWER, "the answer is empty", hint)
    return entry


def split_front_matter(text: str, path: str, problems: Problems) -> tuple[Text, Text] | None:
    """Return the front matter and the body of an entry; report a file without front matter."""
    lines = text.split("\n")
    opening = next((number for number, line in enumerate(lines) if line.strip()), 0)
    fences = [number for number, line in enumerate(lines) if _FENCE.fullmatch(line)]
    if fences[:1] == [opening] and fences[1:]:
        return (
            Text("\n".join(lines[opening + 1 : fences[1]]), opening + 2),
            Text("\n".join(lines[fences[1] + 1 :]), fences[1] + 2),
        )
    problems.add(path, *_find_slip(lines, opening, is_open=fences[:1] == [opening]))
    return None


def _find_further_entry(body: Text) -> Text:
    """Return the question of a second entry in a body, outside code; empty if there is none."""
    code = ""
    question = Text()  # In the run of keys that goes on.
    is_fenced = False
    for number, line in enumerate(body.split("\n")):
        if begun := re.match(r" {0,3}(`{3,}|~{3,})", line):
            code = "" if code and begun[1].startswith(code) else code or begun[1]
        elif not code and not question and re.match(r"(?i)question ?: ?\S", line):
            question = Text(quoted(line), body.line + number)
        if not _IN_KEYS.match(line):
            is_fence = _FENCE.fullmatch(line) is not None
            if question and (is_fenced or is_fence):
                return question
            question, is_fenced = Text(), is_fence
    return question if is_fenced else Text()


def _find_slip(lines: list[str], opening: int, *, is_open: bool) -> tuple[int, Kind, str, str]:
    """Return the line, kind, fact and hint for a missing line ---, the second if `is_open`.

    The first line may be meant as it, or one of the lines of keys, up to a blank line.
    """
    found = takewhile(str.strip, lines[opening + 1 :]) if is_open else lines[opening : opening + 1]
    for number, line in enumerate(found, start=opening + is_open + 1):
        if _ALMOST_FENCE.fullmatch(line):
            end = "end" if is_open else "start"
            message = f"{quoted(line)} does not {end} the front matter"
            return number, Kind.NO_FRONT_MATTER, message, "write three hyphens: ---"
    message = "the file has no front matter"
    hint = "begin it with the line ---, then question: …, then --- again"
    if is_open:
        message, hint = "the front matter has no end", "write the line --- above the answer"
    elif _KEY.match(lines[opening]):
        hint = f"write the line --- above {quoted(lines[opening])}"
    return opening + 1, Kind.NO_FRONT_MATTER, message, hint


def _parse_category(path: str, content: bytes, problems: Problems) -> RawCategory:
    """Return the category of a folder, with the keys of its `_category.yaml`."""
    file = f"{path}/{CATEGORY_FILE}"
    text = decode_text(content, file, problems) or ""
    values = read_keys(text, CATEGORY_KEYS, path=file, problems=problems)
    name = path.rpartition("/")[2]
    values["title"] = values["title"] or title_of(name)
    return RawCategory(path=path, slug=slugify(name), **values)


def title_of(name: str) -> str:
    """Return the title of a folder without one of its own: "On call" for "on-call"."""
    words = " ".join(re.split(r"[\s_-]+", name)).strip()
    return words[:1].upper() + words[1:]
