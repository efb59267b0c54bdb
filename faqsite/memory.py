"""What a build leaves for the next one: what its entries are, and how it left the output."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from faqsite.cache import Cache
from faqsite.digests import to_json
from faqsite.model import Report
from faqsite.problems import Problem
from faqsite.publish import Written

__all__ = ["Memory", "recall", "remember"]

_ENTRIES, _SITE = "entries", "site"
_ALL = "all"
_COUNTS = ("entries", "categories", "pages", "files", "size_bytes")


@dataclass(slots=True)
class Memory:
    """What the last build left. A build takes it, and leaves its own in it."""

    entries: dict[str, bytes | str] = field(default_factory=dict)
    """What `entries.read_entry` said of each file, by its digest."""
    written: Mapping[str, Written] = field(default_factory=dict)
    """The files of the output, by their addresses."""
    inputs: str = ""
    """The digest of all that the output was made of."""
    report: Report | None = None
    """What was said of it."""
    is_new: bool = False
    """There is something in it that was not remembered."""


def recall(cache: Cache) -> Memory:
    """Return what a cache holds; what it does not hold, or not as it should, is not known."""
    memory = Memory(entries=dict(cache.read(_ENTRIES)))
    with suppress(ValueError, TypeError, LookupError):
        inputs, report, written = json.loads(cache.read(_SITE)[_ALL])
        *counts, advice = report
        memory.written = {
            address: Written(fingerprint=fingerprint, stat=(size, written_ns, number))
            for address, (fingerprint, size, written_ns, number) in written.items()
        }
        memory.report = Report(
            **dict(zip(_COUNTS, counts, strict=True)),
            advice=tuple(
                Problem(path=path, line=line, message=message, hint=hint, is_advice=True)
                for path, line, message, hint in advice
            ),
        )
        memory.inputs = inputs
    return memory


def remember(cache: Cache, memory: Memory) -> None:
    """Let a cache hold a memory: what entries are also of a build that failed."""
    if not memory.is_new:
        return
    cache.write(_ENTRIES, memory.entries)
    report = memory.report
    if report is None:
        return
    advice = [(each.path, each.line, each.message, each.hint) for each in report.advice]
    counts = [getattr(report, name) for name in _COUNTS]
    written = {address: (file.fingerprint, *file.stat) for address, file in memory.written.items()}
    site = [memory.inputs, [*counts, advice], written]
    cache.write(_SITE, {_ALL: to_json(site)})
