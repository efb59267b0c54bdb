"""JSON, and short names for what it says: the same facts give the same digest (BLAKE2b)."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any


def digest(facts: object) -> str:
    """Return the digest of texts and numbers in tuples, lists and dicts."""
    return digest_of_bytes(to_json(facts).encode())


def digest_of_bytes(content: bytes) -> str:
    """Return the digest of a file."""
    return blake2b(content, digest_size=16).hexdigest()


def to_json(value: Any) -> str:  # noqa: ANN401 (it is what json takes)
    """Return JSON without spaces, with every character as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
