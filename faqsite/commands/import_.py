"""`build.py import`: imports entries from a table, a help centre, a page, a text or a folder."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from faqsite.build.pipeline import load
from faqsite.commands import console
from faqsite.commands.console import CommandError, UsageError, format_count, write_error
from faqsite.content.settings import public_url
from faqsite.model.problems import Kind, did_you_mean, printable, quoted
from faqsite.model.urls import slugify_path
from faqsite.system.files import MAX_FILES, read_file, write_new
from faqsite.system.progress import Progress
from faqsite.transfer.admission import Admitted, admit
from faqsite.transfer.article import KEYS, ImportSource, Keys, SourceError
from faqsite.transfer.from_html import read_html
from faqsite.transfer.from_json import read_json
from faqsite.transfer.from_markdown import MARKDOWN_ENDINGS, find_files, read_folder
from faqsite.transfer.from_text import read_text
from faqsite.transfer.table import read_csv
from faqsite.transfer.to_markdown import KINDS, convert

UNDONE = "nothing was written"
MAX_SOURCE_BYTES = 100_000_000
"""The limit for a source file; JSON takes twenty times as much memory."""
_MAX_PLACES = 3
_NAMED = frozenset(
    {
        Kind.EMPTY_VALUE,
        Kind.FORBIDDEN_HTML,
        Kind.FOREIGN_CODE,
        Kind.LIMIT_EXCEEDED,
        Kind.MALFORMED_YAML,
        Kind.MISSING_KEY,
        Kind.WRONG_VALUE,
    }
)
"""Problems of these kinds are alike only if they are about the same key, tag or limit."""
_ENDINGS = ".csv, .tsv, .json, .html, .txt, .md, or a folder of Markdown"


def make_parser() -> console.Parser:
    parser = console.Parser(
        "import",
        "Import entries from a table (.csv), an export of a help centre (.json), a page (.html), "
        "a text in which questions and answers alternate (.txt), or a folder of Markdown. "
        "Nothing is overwritten. Articles that cannot be imported are written beside the source, "
        "for you to correct and import again.",
        'Example: python build.py import faq.csv --map "Topic=category" --dry-run',
    )
    add = parser.add_argument
    add("source", metavar="SOURCE", type=Path, help=f"a file ({_ENDINGS})")
    add("--dry-run", action="store_true", help="only report what would be done; write nothing")
    meaning = "the category to put everything in"
    add("--in", dest="into", metavar="FOLDER", default="", help=meaning)
    meaning = f"what a column or key means: one of {', '.join(KEYS)}; can be repeated"
    add("--map", metavar="NAME=KEY", action="append", default=[], type=_mapping, help=meaning)
    meaning = "a column or key to leave out; can be repeated"
    add("--drop", metavar="NAME", action="append", default=[], help=meaning)
    meaning = "the format of the answers (default: what they look like)"
    add("--answers", choices=KINDS, default="", help=meaning)
    meaning = "the public address of the old site, for links to what is not imported"
    add("--from", dest="url", metavar="URL", default="", help=meaning)
    meaning = "where to write refused articles (default: SOURCE.refused beside the source)"
    add("--refused", metavar="FILE", type=Path, help=meaning)
    parser.add_folders("content", "templates", "static")
    return parser


def run(options: argparse.Namespace) -> int:
    """Import the articles that can be imported, and report why the others cannot."""
    # In Markdown, the answer is the text below the front matter.
    without = "answer" if _is_markdown(options.source) else ""
    keys = Keys(dict(options.map), options.drop, without=without)
    url = public_url(options.url) if options.url else ""
    if url is None:
        raise UsageError(f'--from must be a public address, not "{options.url}"')
    if not options.source.exists():
        raise UsageError(f'there is no file or folder "{options.source}"')
    if options.refused and options.refused.exists():
        raise UsageError(f'--refused: "{options.refused}" already exists; choose another name')
    source = _read(options.source, keys)
    inputs = load(options.content, options.templates, options.static)
    if not options.content.exists():
        inputs = replace(inputs, problems=())
    with Progress(sys.stderr) as progress:
        progress.begin(f"Converting {len(source.articles):,} answers", share=0.5)
        entries = convert(source.articles, options.answers, progress.step)
        source = replace(source, articles=tuple(entries))
        progress.begin("Checking them", share=0.5)
        into = slugify_path(options.into.strip("/"))
        admitted = admit(source, inputs, into=into, url=url, report=progress.step)
    content = console.name_folder(options.content)
    if admitted.stuck:
        found = console.print_problems(admitted.stuck, content)
        write_error(f"The import would add {found} to {content}/; {UNDONE}.")
        return console.WRONG_CONTENT
    for line in _list_messages(source, admitted):
        write_error(printable(line))
    refused = "" if options.dry_run else _write(source, admitted, options)
    wrote = "Would write" if options.dry_run else "Wrote"
    sys.stdout.write(
        f"Read {console.name_folder(options.source)}: "
        f"{format_count(len(source.articles), 'article')}.\n"
        f"{wrote} {format_count(len(admitted.made), 'entry', 'entries')} to {content}/; "
        f"{len(admitted.present):,} already there, {len(admitted.refused):,} refused.\n{refused}"
    )
    return console.WRONG_CONTENT if admitted.refused else console.DONE


def _is_markdown(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in MARKDOWN_ENDINGS


def _mapping(text: str) -> tuple[str, str]:
    name, sign, key = text.rpartition("=")
    if not sign or key not in KEYS:
        hint = did_you_mean(key, KEYS) or f"the keys are {', '.join(KEYS)}"
        raise argparse.ArgumentTypeError(f'must be NAME=KEY, not "{text}"; {hint}')
    return name, key


def _read(path: Path, keys: Keys) -> ImportSource:
    """Return the articles of a source. Raises CommandError, also if it has unknown keys."""
    name = console.name_folder(path)
    try:
        source = _parse(path, keys)
    except SourceError as error:
        raise CommandError(f"{name}: {error}", console.WRONG_CONTENT) from None
    if len(source.articles) > MAX_FILES:
        message = f"{name}: it has more than {MAX_FILES:,} articles; split it"
        raise CommandError(message, console.WRONG_CONTENT)
    if keys.unknown:
        for key, times in sorted(keys.unknown.items(), key=lambda each: (-each[1], each[0])):
            have = format_count(times, "article has", "articles have")
            write_error(printable(f'{name}: {have} the unknown key "{key}"'))
        drops = " ".join(f"--drop {console.quote_for_shell(key)}" for key in sorted(keys.unknown))
        write_error(printable(f"to leave out all of them, add: {drops}"))
        raise CommandError("map each to a key (--map NAME=KEY) or leave it out (--drop NAME)")
    return source


def _parse(path: Path, keys: Keys) -> ImportSource:
    """Return the articles of a file, by the ending of its name, or a folder. Raises SourceError."""
    if _is_markdown(path):
        return read_folder(find_files(path) if path.is_dir() else {path.name: path}, keys)
    content = read_file(path.resolve(), MAX_SOURCE_BYTES)
    match path.suffix.lower():
        case ".csv" | ".tsv":
            return read_csv(content, keys)
        case ".json" | ".jsonld":
            return read_json(content, keys)
        case ".html" | ".htm" | ".xhtml":
            return read_html(content)
        case ".txt" | ".text":
            return read_text(content)
    raise SourceError("the type of the file is unknown", f"use {_ENDINGS}")


def _list_messages(source: ImportSource, admitted: Admitted) -> Iterator[str]:
    """Yield each piece of advice and each reason for a refusal once, with the places."""
    yield from (f"advice: {message}" for message in source.advice)
    for place, text in source.left_out:
        words = format_count(len(text.split()), "word")
        yield f"advice: {place}: left out {words}: {quoted(text)}"
    for message, places in admitted.advice.items():
        yield f"advice: {_list(places)}: {message}"
    alike: defaultdict[tuple[Kind, tuple[str, ...]], list[tuple[str, str]]] = defaultdict(list)
    for number, faults in admitted.refused.items():
        for fault in faults:
            key = fault.kind, fault.about[:1] if fault.kind in _NAMED else ()
            alike[key].append((fault.reason, source.articles[number].place))
    for found in sorted(alike.values(), key=len, reverse=True):
        reasons, where = (list(dict.fromkeys(each)) for each in zip(*found, strict=True))
        similar = " (and similar)" * (len(reasons) > 1)
        yield f"refused: {_list(where)}: {reasons[0]}{similar}"


def _list(places: Sequence[str]) -> str:
    listed, more = ", ".join(places[:_MAX_PLACES]), len(places) - _MAX_PLACES
    return f"{listed} and {more:,} more" if more > 0 else listed


def _write(source: ImportSource, admitted: Admitted, options: argparse.Namespace) -> str:
    """Write the new entries, and the refused articles beside the source; return what to do next."""
    # Pictures first, then the entries that show them, then the refused articles: if the command
    # is killed, running it again writes the rest.
    paths = sorted(admitted.files, key=lambda path: path.endswith(".md"))
    files = {options.content / path: admitted.files[path] for path in paths}
    following = ""
    if admitted.refused:
        target = options.refused or _find_target(options.source)
        reasons = {n: " / ".join(f.reason for f in fs) for n, fs in admitted.refused.items()}
        for path, file in source.write_refused(reasons).items():
            # Only the files of a folder have paths of their own.
            files[target / path if path else target] = file
        name = console.name_folder(target)
        following = f'Correct the refused articles in {name}, then import "{name}" instead.\n'
    write_new(files)
    return following


def _find_target(source: Path) -> Path:
    """Return the first free name beside the source for the refused articles."""
    stem, ending = source.stem, source.suffix
    if _is_markdown(source):
        stem, ending = source.resolve().name, ""
    stem = stem.removesuffix(".refused")
    folder = source.resolve().parent if source.name in {"", ".."} else source.parent
    numbers = chain([""], (f"-{number}" for number in count(2)))
    targets = (folder / f"{stem}.refused{number}{ending}" for number in numbers)
    return next(target for target in targets if not target.exists())
