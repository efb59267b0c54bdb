"""The content as one file that holds all of it, and back; or as a table for a spreadsheet.

Not `faq.json`, which the site publishes for other programs to read: this is for whoever
keeps the FAQ, with drafts, owners and settings, and the answers as they were written.
"""

from __future__ import annotations

import binascii
import csv
import io
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from posixpath import dirname
from typing import Any

from faqsite.bringing import Keys, Source, SourceError, brought
from faqsite.content import QUERIES_FILE, title_of
from faqsite.from_csv import protected
from faqsite.frontmatter import category_text
from faqsite.model import RawCategory, RawContent, RawEntry
from faqsite.settings import SETTINGS_FILE

__all__ = ["FORMAT", "bring_exported", "content_csv", "content_json", "is_exported"]

FORMAT = "faqsite-content"
_VERSION = 1
_COLUMNS = (
    "path", "question", "answer", "also_asked", "order", "related", "updated", "review_by",
    "owner", "draft", "moved_from",
)  # fmt: skip
_LISTS = ("also_asked", "related", "moved_from")
_TEXT_FILES = {"settings": SETTINGS_FILE, "queries": QUERIES_FILE}
_SAFE_PATH = re.compile(r"(?:(?![.~])[^/\\\x00-\x1f]+/)*(?![.~])[^/\\\x00-\x1f]+")
_SAFE_FILE = re.compile(r"\.(?:avif|gif|jpe?g|png|webp|pdf)", re.IGNORECASE)


def content_json(content: RawContent, settings: str) -> str:
    """Return all that the content says as JSON; `settings` is the text of `site.yaml`."""
    whole = {
        "format": FORMAT,
        "version": _VERSION,
        "settings": settings,
        "queries": content.queries.decode(errors="surrogateescape"),
        "categories": [_category(each) for each in content.categories],
        "entries": [_entry(each) for each in content.entries],
        "attachments": [
            {"path": each.path, "base64": b64encode(each.content).decode()}
            for each in content.attachments
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def content_csv(content: RawContent) -> bytes:
    """Return the entries as a table, a row each, in which no cell is run as a formula."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for each in content.entries:
        entry = _entry(each)
        cells = {key: "\n".join(entry.get(key, ())) for key in _LISTS}
        # One text that holds a semicolon is not to be read as two.
        cells = {key: f"{cell}\n" if ";" in cell else cell for key, cell in cells.items()}
        plain = {key: str(entry.get(key, "")) for key in _COLUMNS if key not in _LISTS}
        plain["draft"] = "true" if each.draft else ""
        writer.writerow([protected({**plain, **cells}[key]) for key in _COLUMNS])
    return table.getvalue().encode("utf-8-sig")


def is_exported(parsed: Any) -> bool:  # noqa: ANN401 (JSON)
    """Tell whether some JSON is what `content_json` makes."""
    return isinstance(parsed, dict) and parsed.get("format") == FORMAT


def bring_exported(parsed: Mapping[str, Any]) -> Source:
    """Return what an export holds; raise SourceError if it is of another version."""
    if parsed.get("version") != _VERSION:
        raise SourceError(
            f"it is an export of version {parsed.get('version')!r}; this program reads {_VERSION}"
        )
    keys = Keys({}, ())
    nodes = _nodes(parsed, "entries")
    entries = []
    for number, node in enumerate(nodes):
        path = str(node.get("path") or "")
        values = {key: value for key, value in node.items() if key != "path"}
        place = path or f"entries[{number}]"
        entries.append(brought(keys.read(values), place=place, path=path, kind="own"))

    def again(refused: Mapping[int, str]) -> Mapping[str, bytes]:
        kept = [{**nodes[number], "refused_because": why} for number, why in refused.items()]
        whole = {"format": FORMAT, "version": _VERSION, "entries": kept}
        return {"": (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()}

    return Source(entries=tuple(entries), again=again, whole=dict(_whole(parsed)))


def _whole(parsed: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield the files beside the entries, by their paths, if they can have these."""
    for key, path in _TEXT_FILES.items():
        if isinstance(parsed.get(key), str) and parsed[key]:
            yield path, parsed[key].encode(errors="surrogateescape")
    held = _held(parsed)
    for node in _nodes(parsed, "categories"):
        folder, order = str(node.get("path") or ""), node.get("order")
        if not _SAFE_PATH.fullmatch(folder):
            continue
        title = str(node.get("title") or "")
        text = category_text(
            title="" if title == title_of(folder.rpartition("/")[2]) else title,
            order=order if type(order) is int else None,
            summary=str(node.get("summary") or ""),
        )
        if text or folder not in held:
            yield f"{folder}/_category.yaml", text.encode()
    for node in _nodes(parsed, "attachments"):
        path = str(node.get("path") or "")
        if not _SAFE_PATH.fullmatch(path) or not _SAFE_FILE.fullmatch(_ending(path)):
            continue
        try:
            yield path, b64decode(str(node.get("base64") or ""), validate=True)
        except (binascii.Error, ValueError):
            continue


def _held(parsed: Mapping[str, Any]) -> set[str]:
    """Return the folders that are there because something lies in them."""
    held: set[str] = set()
    for node in (*_nodes(parsed, "entries"), *_nodes(parsed, "attachments")):
        folder = dirname(str(node.get("path")))
        while folder.strip("/") and folder not in held:
            held.add(folder)
            folder = dirname(folder)
    return held


def _nodes(parsed: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    nodes = parsed.get(key)
    return [each for each in nodes if isinstance(each, dict)] if isinstance(nodes, list) else []


def _ending(path: str) -> str:
    return f".{path.rpartition('.')[2]}"


def _category(category: RawCategory) -> dict[str, Any]:
    said = {"path": category.path, "title": category.title, "order": category.order}
    return _without_gaps({**said, "summary": category.summary})


def _entry(entry: RawEntry) -> dict[str, Any]:
    return _without_gaps(
        {
            "path": entry.path,
            "question": entry.question.value,
            "also_asked": [text.value for text in entry.also_asked],
            "order": entry.order,
            "related": [text.value for text in entry.related],
            "updated": entry.updated and entry.updated.isoformat(),
            "review_by": entry.review_by and entry.review_by.isoformat(),
            "owner": entry.owner,
            "draft": entry.draft,
            "moved_from": [text.value for text in entry.moved_from],
            "answer": entry.body,
        }
    )


def _without_gaps(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said; an order of 0 was, a draft that is none was not."""
    return {key: each for key, each in node.items() if each or (each == 0 and each is not False)}
