"""What a visit weighs, as it travels: gzipped."""

from __future__ import annotations

import gzip
from pathlib import Path

STATIC = Path(__file__).parent.parent / "static"


def gzipped_bytes(pattern: str) -> int:
    return sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in STATIC.rglob(pattern))


def test_all_script_together_stays_within_12_kb() -> None:
    assert gzipped_bytes("*.js") <= 12_000


def test_the_style_sheet_and_the_script_of_the_first_page_leave_it_within_20_kb() -> None:
    # The home page itself is the owner's; ten questions take 3 kB.
    first_page = gzipped_bytes("style.css") + gzipped_bytes("page.js")
    assert first_page <= 16_000
