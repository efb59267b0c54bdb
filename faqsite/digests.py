"""Short names of what something is made of: the same facts give the same digest (BLAKE2b)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from typing import Any

from faqsite.model import OutputFile, PlannedFile

__all__ = ["digest", "digest_of_file", "facts_of", "planned", "to_json"]

_BYTES = 16


def digest_of_file(path: str, content: bytes) -> str:
    """Return the digest of a file and of where it lies."""
    where = blake2b(path.encode(), digest_size=_BYTES).digest()
    return blake2b(content, key=where, digest_size=_BYTES).hexdigest()


def facts_of(record: Any) -> object:  # noqa: ANN401 (any record)
    """Return the facts of a date, or of a record: its fields."""
    if isinstance(record, date):
        return record.isoformat()
    return [getattr(record, name) for name in record.__dataclass_fields__]


def digest(facts: object, facts_of: Callable[[Any], object] = facts_of) -> str:
    """Return the digest of texts, numbers, dates and records, in tuples, lists and dicts.

    `facts_of` may say of what else than its fields a record is made.
    """
    text = json.dumps(facts, default=facts_of, ensure_ascii=False, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=_BYTES).hexdigest()


def to_json(value: Any) -> str:  # noqa: ANN401 (it is what json takes)
    """Return JSON without blanks, in which text stands as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def planned(file: OutputFile) -> PlannedFile:
    """Return a file that is made already as one to be made."""
    made_of = blake2b(file.content, digest_size=_BYTES).hexdigest()
    return PlannedFile(address=file.address, fingerprint=made_of, make=lambda: file.content)
