"""Compact JSON, and digests (BLAKE2b) of JSON and of files."""

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


def to_json(value: Any) -> str:  # noqa: ANN401 (whatever json takes)
    """Return JSON without spaces, and without escapes where there is no need."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
