"""What a reader waits for, in Chromium: the first page, the first search, each key.

    python benchmarks/browser_cost.py --sizes 10,1000,10000 --markdown

The project and its peers build sites of one FAQ, which are served compressed over the
loopback. The server counts requests and the bytes of bodies: of the first page, and of
the first search, from the first key until nothing more comes; once with the words entered
at once, and once typed, ten keys a second. Then words are typed on a processor that is
slowed down: from each key to the end of the frame that shows what was found. The display
is not waited for.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import sync_playwright

from benchmarks.counted import counted
from benchmarks.generators import Generator, Workplace
from benchmarks.made_up import MadeFaq, make_faq
from benchmarks.metrics import percentile
from benchmarks.peers import SCAFFOLDS, generators
from benchmarks.readers import READINGS, Measured, Reader, Reading
from benchmarks.tables import aligned, markdown
from tests.conftest import find_chromium

SIZES, THROTTLE, QUERIES = (10, 1_000), 4, 6
HEAD = ("entries", "site", "first page", "first search", "typed", "key, median", "95 %", "keys")
ONE_LINE = SCAFFOLDS / "one_line"
UNTIMED = ["--disable-gpu-vsync", "--disable-frame-rate-limit"]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0."""
    options = _parser().parse_args(argv)
    rows: list[tuple[str, ...]] = [HEAD]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu", *UNTIMED]
        )
        for size in options.sizes:
            faq = make_faq(size)
            asked = tuple(queries(faq, options.queries))
            for generator in generators():
                if generator.missing or generator.name not in options.only:
                    continue
                sys.stderr.write(f"{size:,} entries: {generator.label}\n")
                with _built(generator, faq) as folder, counted(folder) as (address, sent):
                    reader = Reader(browser, READINGS[generator.name], address, sent)
                    measured = reader.measure(asked, options.throttle, at_hand=options.at_hand)
                rows.append((f"{size:,}", generator.label, *cells(measured)))
        with counted(ONE_LINE) as (address, sent):
            reader = Reader(browser, Reading(), address, sent)
            alone = reader.keys(asked, options.throttle, at_hand=False)
            rows.append(("", "one line, nothing searched", "", "", "", *_key_cells(tuple(alone))))
        browser.close()
    lines = markdown(rows) if options.markdown else aligned(rows)
    sys.stdout.write("\n".join((*lines, "")))
    return 0


def queries(faq: MadeFaq, count: int) -> Iterator[str]:
    """Yield what readers could type: the last three longer words of some questions."""
    count = min(count, len(faq.entries))
    for entry in faq.entries[:: len(faq.entries) // count][:count]:
        yield " ".join(re.findall(r"[a-z]{4,}", entry.question.lower())[-3:])


def cells(measured: Measured) -> Iterator[str]:
    """Yield what a site costs, as it stands in the table."""
    for load in (measured.first_page, measured.at_once, measured.typed):
        yield f"{load.size_bytes / 1000:.1f} kB in {load.requests:g}"
    yield from _key_cells(measured.keys_ms)


def _key_cells(keys_ms: Sequence[float]) -> Iterator[str]:
    yield f"{median(keys_ms):.1f} ms"
    yield f"{percentile(keys_ms, 95):.1f} ms"
    yield str(len(keys_ms))


@contextmanager
def _built(generator: Generator, faq: MadeFaq) -> Iterator[Path]:
    with TemporaryDirectory() as temporary:
        workplace = Workplace(generator, faq, Path(temporary, "site"))
        workplace.build()
        yield workplace.output


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("--sizes", type=_numbers, default=SIZES, help="entries (by default 10,1000)")
    add("--only", type=_names, default=tuple(READINGS), help="these alone, e.g. ours,hugo")
    add("--queries", type=int, default=QUERIES, help=f"how many are typed (by default {QUERIES})")
    add("--throttle", type=int, default=THROTTLE, help="how much slower the processor is made")
    add("--at-hand", action="store_true", help="type each query once before its keys are timed")
    add("--markdown", action="store_true", help="print Markdown")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


if __name__ == "__main__":
    sys.exit(main())
