"""How long a query takes in Chromium, at a thousand entries and at ten thousand.

    python benchmarks/search_time.py

The entries are made of the collections that search_quality.py measures with, and the
queries are all of theirs, each condition, in the order of the files.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Page, sync_playwright

from benchmarks.collection import COLLECTIONS, Collection, load_collections
from benchmarks.stress import stress_documents
from benchmarks.systems import ENGINE
from faqsite.model import Answer, Category, Entry, Faq, Settings
from faqsite.packing import pack
from faqsite.search import make_search
from tests.conftest import find_chromium

SIZES = (1_000, 10_000)
WARM_UP = 50
"""Queries that come first and are not counted: a reader's first few."""

_TIME = """({index, queries}) => {
  const opened = performance.now();
  const { search } = FaqEngine.open(JSON.parse(index));
  const open = performance.now() - opened;
  const times = queries.map((query) => {
    const started = performance.now();
    search(query, 10);
    return performance.now() - started;
  });
  return { open, times };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What one size took, in milliseconds."""

    entries: int
    open_ms: float
    first_ms: float
    """The longest of the queries that come first."""
    median_ms: float
    p95_ms: float
    longest_ms: float


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a line for each size, and return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--collections", metavar="DIR", type=Path, default=COLLECTIONS)
    parser.add_argument("--throttle", metavar="N", type=int, default=1, help="a slower processor")
    options = parser.parse_args(argv)
    collections = load_collections(options.collections)
    if not collections:
        parser.error(f'no collection in "{options.collections}"; pass a folder: --collections DIR')
    queries = [query.text for each in collections for of in each.queries.values() for query in of]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for size in SIZES:
            page = browser.new_page()
            if options.throttle > 1:
                session = page.context.new_cdp_session(page)
                session.send("Emulation.setCPUThrottlingRate", {"rate": options.throttle})
            timing = _measure(page, _packed(collections, size), queries, size)
            sys.stdout.write(
                f"{size:>6,} entries: opened in {timing.open_ms:.0f} ms, {len(queries):,} queries, "
                f"median {timing.median_ms:.2f} ms, 95th percentile {timing.p95_ms:.2f} ms, "
                f"longest {timing.longest_ms:.1f} ms (among the first {WARM_UP}: "
                f"{timing.first_ms:.1f} ms)\n"
            )
            page.close()
        browser.close()
    return 0


def _measure(page: Page, index: str, queries: Sequence[str], size: int) -> Timing:
    page.add_script_tag(content=ENGINE.read_text(encoding="utf-8"))
    outcome = page.evaluate(_TIME, {"index": index, "queries": list(queries)})
    first, times = outcome["times"][:WARM_UP], sorted(outcome["times"][WARM_UP:])
    return Timing(
        entries=size,
        open_ms=outcome["open"],
        first_ms=max(first),
        median_ms=times[len(times) // 2],
        p95_ms=times[len(times) * 95 // 100],
        longest_ms=times[-1],
    )


def _packed(collections: Sequence[Collection], size: int) -> str:
    """Return the packed index of so many entries, as JSON."""
    documents = [document for each in collections for document in each.documents]
    entries = tuple(
        Entry(
            path=f"{document.id}.md",
            address=f"{document.id}.html",
            slug=document.id,
            anchor=document.id,
            question=document.question,
            also_asked=(),
            answer=Answer(parts=(), text=document.answer),
            related=(),
            updated=None,
        )
        for document in stress_documents(documents, size)
    )
    top = Category(
        path="", address="index.html", title="", summary="", entries=entries, categories=()
    )
    faq = Faq(settings=Settings(title="Questions"), top=top, attachments=(), redirects=())
    return json.dumps(pack(make_search(faq).collection))


if __name__ == "__main__":
    sys.exit(main())
