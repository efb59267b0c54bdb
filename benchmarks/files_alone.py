"""The least that any generator does: read what there is, and write as many bytes.

    python files_alone.py CONTENT SITE OUTPUT

Reads the files of CONTENT, and writes to OUTPUT files of the names and sizes of SITE.
"""

from __future__ import annotations

import sys
from pathlib import Path

__all__: list[str] = []


def main(content: Path, site: Path, output: Path) -> None:
    """Read and write."""
    for file in content.rglob("*"):
        if file.is_file():
            file.read_bytes()
    for file in site.rglob("*"):
        target = output / file.relative_to(site)
        if file.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(bytes(file.stat().st_size))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
