"""A made-up FAQ as a content folder of this project.

python benchmarks/made_content.py 1000 DIR
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.made_up import MadeEntry, MadeFaq, make_faq

__all__ = ["entry_text", "other_files", "write_content"]


def write_content(faq: MadeFaq, folder: Path) -> None:
    """Write the content folder of a FAQ, as an editor would."""
    for path, text in other_files(faq):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for entry in faq.entries:
        (folder / f"{entry.path}.md").write_text(entry_text(entry), encoding="utf-8")


def other_files(faq: MadeFaq) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file of the content that is no entry."""
    yield "site.yaml", "title: Questions\n"
    for category in faq.categories:
        yield f"{category.path}/_category.yaml", f"title: {category.title}\n"


def entry_text(entry: MadeEntry) -> str:
    """Return the file of an entry."""
    lines = [f"question: {json.dumps(entry.question, ensure_ascii=False)}"]
    if entry.also_asked:
        lines += ["also_asked:", *(f"  - {phrase}" for phrase in entry.also_asked)]
    if entry.related:
        lines.append(f"related: [{', '.join(entry.related)}]")
    if entry.updated:
        lines.append(f"updated: {entry.updated}")
    return "\n".join(("---", *lines, "---", entry.body, ""))


def main(argv: Sequence[str] | None = None) -> int:
    """Write the content folder of a FAQ, and return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("entries", type=int)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(argv)
    write_content(make_faq(options.entries), options.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
