"""How well the search answers real queries, beside other searches.

    python benchmarks/search_quality.py --install     once: the other searches
    python benchmarks/search_quality.py               every search, every condition
    python benchmarks/search_quality.py --quick       the project's own alone

docs/search-quality.md says what the figures mean.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.collection import (
    COLLECTIONS,
    Built,
    Collection,
    Document,
    build,
    load_collections,
)
from benchmarks.metrics import Judged, calibrate, quality
from benchmarks.stress import stress_documents, stress_queries
from benchmarks.systems import (
    ENGINE,
    OURS,
    PEERS,
    Outcome,
    gzipped_bytes,
    install_peers,
    lunr_index,
    run,
    why_no_peers,
)
from benchmarks.tables import (
    Measurement,
    best_peers,
    calibration_lines,
    markdown_lines,
    mean_lines,
    percent,
    quality_lines,
    size_lines,
    stress_lines,
)
from faqsite.packing import SURE

ASKED = "asked"
UNANSWERABLE = "of the other collections"
KEEP = 0.95
RANDOM_QUERIES = 100_000


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit status: 0 measured, 2 the command was wrong."""
    parser = _parser()
    options = parser.parse_args(argv)
    collections = load_collections(options.collections)
    _check(parser, options, collections)
    systems = _systems(options)
    sites = {each.name: build(each.documents, options.reuse) for each in collections}
    for each in collections:
        site = sites[each.name]
        _say(
            f"{each.name}: {len(site.ids)} of {len(each.documents)} entries built, "
            f"{len(site.lost)} not as they were; {each.unjudged} queries have no answer",
            *site.lost,
        )
    measurements = [
        _measure(system, collection, collections, sites[collection.name], options)
        for collection in collections
        if set(collection.queries).intersection(options.conditions or collection.queries)
        for system in systems
    ]
    report = _report(measurements, options)
    if options.sizes:
        report["sizes"] = _measure_sizes(collections, sites)
    if options.stress:
        report["stress"] = _measure_stress(collections, options)
    if options.failures:
        _tell_failures(measurements, collections, options.failures)
    if options.json:
        text = json.dumps(_without_nan(report), indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    head, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=head, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--collections", metavar="DIR", type=Path, default=COLLECTIONS, help="where they are")
    add("--install", action="store_true", help="install the other searches with npm")
    add("--quick", action="store_true", help="measure the project's own search alone")
    add("--only", metavar="SYSTEM", choices=[OURS, *PEERS], action="append", help="repeatable")
    add("--conditions", metavar="NAME", nargs="+", help="such as asked typo; by default all")
    add("--sure", metavar="SHARE", type=float, default=SURE, help="by default that of a page")
    add("--engine", metavar="PATH", type=_text, default=ENGINE, help="another engine.js")
    add("--reuse", metavar="DIR", type=Path, help="keep the built indexes there between runs")
    add("--failures", metavar="N", type=int, default=0, help="show the first N of each condition")
    add("--sizes", action="store_true", help="compare the sizes of indexes")
    add("--stress", action="store_true", help="ask what nobody means")
    add("--markdown", action="store_true", help="print the table for docs/search-quality.md")
    add("--json", metavar="FILE", type=Path, help="write every figure")
    return parser


def _check(
    parser: argparse.ArgumentParser,
    options: argparse.Namespace,
    collections: Sequence[Collection],
) -> None:
    """End with a usage error where nothing can be measured; install what was asked for."""
    if not collections:
        parser.error(f'no collection in "{options.collections}"; pass a folder: --collections DIR')
    conditions = list(dict.fromkeys(name for each in collections for name in each.queries))
    if unknown := set(options.conditions or ()) - set(conditions):
        known = ", ".join(conditions)
        parser.error(f"no condition {', '.join(sorted(unknown))}; there are {known}")
    if options.install and not install_peers():
        parser.error("npm could not install the other searches")


def _systems(options: argparse.Namespace) -> list[str]:
    """Return the searches to measure; the project's own alone, and say so, if the others miss."""
    systems = [OURS] if options.quick else (options.only or [OURS, *PEERS])
    if systems == [OURS] or not (obstacle := why_no_peers()):
        return systems
    _say(f"Only the project's own search is measured: {obstacle}.")
    return [OURS]


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def _measure(
    system: str,
    collection: Collection,
    collections: Iterable[Collection],
    site: Built,
    options: argparse.Namespace,
) -> Measurement:
    queries = {
        condition: queries
        for condition, queries in collection.queries.items()
        if condition in (options.conditions or collection.queries)
    }
    texts = {name: [query.text for query in of_name] for name, of_name in queries.items()}
    texts[UNANSWERABLE] = [
        query.text
        for other in collections
        if other is not collection
        for query in other.queries.get(ASKED, ())
    ]
    outcome = _ask(system, texts, collection.documents, site, options.engine)
    return Measurement(
        system=system,
        label=PEERS.get(system, "this project"),
        collection=collection.name,
        judged={
            condition: tuple(
                Judged(found=found, relevant=collection.relevant.get(query.id, frozenset()))
                for query, found in zip(queries[condition], outcome.found[condition], strict=True)
            )
            for condition in queries
        },
        unanswerable=outcome.found[UNANSWERABLE],
        index_bytes=gzipped_bytes(outcome.serialised),
        bare_bytes=gzipped_bytes(_bare(site.index)) if system == OURS else 0,
    )


def _ask(
    system: str,
    texts: Mapping[str, Iterable[str]],
    documents: Sequence[Document],
    site: Built,
    engine: str,
) -> Outcome:
    if system == OURS:
        outcome = run(OURS, texts, index=site.index, engine=engine)
        return Outcome(
            found={
                name: tuple(
                    replace(each, ids=tuple(site.ids[url] for url in each.ids)) for each in found
                )
                for name, found in outcome.found.items()
            },
            serialised=site.index,
        )
    boost = 5 if system == "lunr-boosted" else 1
    index = lunr_index(documents, boost) if system.startswith("lunr") else ""
    return run(system, texts, documents=documents, index=index)


def _report(measurements: Sequence[Measurement], options: argparse.Namespace) -> dict[str, Any]:
    """Print the tables; return every figure."""
    ours = [each for each in measurements if each.system == OURS]
    peers = [each for each in measurements if each.system != OURS]
    report: dict[str, Any] = {
        "sure": options.sure,
        "rows": [row for measured in measurements for row in _rows(measured, options.sure)],
    }
    if options.markdown:
        _say(*markdown_lines(measurements, options.sure), "", *mean_lines(measurements))
        return report
    _say("", *quality_lines(measurements, options.sure))
    if ours and peers:
        _say("", "Ours before the best peer, in points, the worst first", "")
        _say(*best_peers(ours, peers))
    report["calibration"] = {each.collection: _calibrate(each) for each in ours}
    return report


def _rows(measured: Measurement, sure: float) -> Iterator[dict[str, Any]]:
    for condition, judged in measured.judged.items():
        yield {
            "system": measured.system,
            "collection": measured.collection,
            "condition": condition,
            **asdict(quality(judged)),
            "right_kept": measured.right_kept(condition, sure),
            "wrongly_answered": measured.wrongly_answered(sure),
            "index_bytes": measured.index_bytes,
            "bare_bytes": measured.bare_bytes,
        }


def _calibrate(ours: Measurement) -> dict[str, list[dict[str, float]]]:
    """Print what thresholds do to the questions as asked; return it for every condition."""
    calibrations = {
        condition: calibrate(judged, ours.unanswerable, KEEP)
        for condition, judged in ours.judged.items()
    }
    shown = ASKED if ASKED in calibrations else next(iter(calibrations))
    _say("", f'{ours.collection}, {shown}: thresholds on "covered" of the first hit', "")
    _say(*calibration_lines(calibrations[shown]), "")
    for condition, rows in calibrations.items():
        exact = rows[-1]
        _say(
            f"{condition}: {exact.threshold:.3f} keeps {KEEP:.0%} of the right first answers, "
            f"shows {percent(exact.wrong_shown)} % of the wrong, "
            f"recognises {percent(exact.unanswerable_recognised)} % of the unanswerable"
        )
    return {name: [asdict(row) for row in rows] for name, rows in calibrations.items()}


def _measure_sizes(
    collections: Iterable[Collection], sites: Mapping[str, Built]
) -> dict[str, dict[str, int]]:
    """Print and return the sizes of indexes with titles and addresses, gzipped."""
    sizes = {}
    for collection in collections:
        site = sites[collection.name]
        addresses = {id_: address for address, id_ in site.ids.items()}
        published = [
            replace(document, id=addresses[document.id])
            for document in collection.documents
            if document.id in addresses
        ]
        texts = {"packed": site.index, "lunr": site.lunr_index}
        if not why_no_peers():
            texts["MiniSearch"] = run("minisearch-titles", {}, documents=published).serialised
        sizes[collection.name] = {name: gzipped_bytes(text) for name, text in texts.items()}
    _say("", "Indexes with titles and addresses, gzipped: kB, and times the packed one", "")
    _say(*size_lines(sizes))
    return sizes


def _measure_stress(
    collections: Iterable[Collection], options: argparse.Namespace
) -> list[dict[str, Any]]:
    """Print and return how many odd queries throw, and how long the longest takes."""
    documents = [document for each in collections for document in each.documents]
    site = build(tuple(stress_documents(documents)), options.reuse)
    outcome = run(
        OURS,
        stress_queries(documents, RANDOM_QUERIES),
        index=site.index,
        engine=options.engine,
    )
    _say("", f"Odd queries to {len(site.ids):,} entries", "", *stress_lines(outcome.found))
    return [
        {
            "kind": kind,
            "queries": len(found),
            "errors": [each.error for each in found if each.error],
            "longest_ms": max(each.ms for each in found),
        }
        for kind, found in outcome.found.items()
    ]


def _tell_failures(
    measurements: Iterable[Measurement], collections: Iterable[Collection], most: int
) -> None:
    """Print the first queries of each condition whose first hit is not right."""
    by_name = {each.name: each for each in collections}
    for measured in measurements:
        collection = by_name[measured.collection]
        questions = {each.id: each.question for each in collection.documents}
        for condition, judged in measured.judged.items():
            _say("", f"{measured.system}, {collection.name}, {condition}")
            pairs = zip(collection.queries[condition], judged, strict=True)
            failed = [(query, each) for query, each in pairs if each.rank != 1]
            for query, each in failed[:most]:
                _say("", f"{query.id}: {query.text}")
                for id_ in sorted(each.relevant):
                    place = f"found at {each.rank}" if each.rank else "not found"
                    _say(f"  expected {id_}: {questions.get(id_, '?')} ({place})")
                _say(f"  covered {each.found.covered:.2f}")
                first = enumerate(each.found.ids[:3], 1)
                _say(*(f"  {place}. {id_}: {questions[id_]}" for place, id_ in first))


def _bare(index: str) -> str:
    """Return the index without titles and addresses."""
    value = json.loads(index.partition("=")[2].strip().removesuffix(";"))
    kept = {name: part for name, part in value.items() if name not in {"titles", "slugs"}}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def _without_nan(value: Any) -> Any:  # noqa: ANN401 (it is whatever JSON takes)
    """Return a value with null for what was not measured, as JSON has no other word for it."""
    if isinstance(value, dict):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_nan(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
