"""`build.py import`: entries from a table, a help centre, a page, a text or a folder."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from faqsite.build.pipeline import load
from faqsite.commands.console import (
    DONE,
    WRONG_CONTENT,
    CommandError,
    Parser,
    UsageError,
    add_folders,
    complain_plainly,
    format_count,
    name_folder,
    print_problems,
)
from faqsite.content.settings import public_url
from faqsite.model.problems import Kind, did_you_mean, printable
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

_CONVERTING, _CHECKING = 0.5, 0.5
MAX_SOURCE_BYTES = 100_000_000
"""How large a table, a page, a text or an export may be: of JSON come twenty times as many."""
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


UNDONE = "nothing was written"


def make_parser() -> Parser:
    """Return the parser of the command line."""
    parser = Parser(
        prog="build.py import",
        description=(
            "Make entries of what was written elsewhere: a table (.csv), an export of a help "
            "centre (.json), a page (.html), questions and answers in turn "
            "(.txt), or a folder of Markdown. Nothing is ever overwritten; what is refused is "
            "written beside the source, to be mended and imported again."
        ),
        epilog='Example: python build.py import faq.csv --map "Topic=category" --dry-run',
    )
    add = parser.add_argument
    add("source", metavar="SOURCE", type=Path, help=f"a file ({_ENDINGS})")
    add("--dry-run", action="store_true", help="only tell what would be done; write nothing")
    add("--in", dest="into", metavar="FOLDER", default="", help="put all below this category")
    meaning = f"what a column or key is: one of {', '.join(KEYS)}; may be given again"
    add("--map", dest="mapped", metavar="NAME=KEY", action="append", default=[], help=meaning)
    meaning = "a column or key to leave out; may be given again"
    add("--drop", dest="dropped", metavar="NAME", action="append", default=[], help=meaning)
    meaning = "what the answers are written in (by default what they look like)"
    add("--answers", choices=KINDS, default="", help=meaning)
    meaning = "the public address of the old site, to which other links then lead"
    add("--from", dest="url", metavar="URL", default="", help=meaning)
    meaning = "where to write what is refused (by default SOURCE.refused beside the source)"
    add("--refused", metavar="FILE", type=Path, help=meaning)
    add_folders(parser, "content", "templates", "static")
    return parser


def run(options: argparse.Namespace) -> int:
    """Import what can be; report why the rest cannot. Return the exit status."""
    keys = _parse_keys(options)
    url = public_url(options.url) if options.url else ""
    if url is None:
        raise UsageError(f'--from must be a public address, not "{options.url}"')
    if not options.source.exists():
        raise UsageError(f'no file or folder "{options.source}"')
    if options.refused and options.refused.exists():
        message = f'--refused: "{options.refused}" is there already; choose another name'
        raise UsageError(message)
    source = _read(options.source, keys)
    inputs = load(options.content, options.templates, options.static)
    if not options.content.exists():
        inputs = replace(inputs, problems=())
    with Progress(sys.stderr) as progress:
        progress.begin(f"Converting {len(source.articles):,} answers", _CONVERTING)
        entries = convert(source.articles, options.answers, progress.step)
        source = replace(source, articles=tuple(entries))
        progress.begin("Checking them", _CHECKING)
        into = slugify_path(options.into.strip("/"))
        admitted = admit(source, inputs, into=into, url=url, report=progress.step)
    return _finish(source, admitted, options)


def _parse_keys(options: argparse.Namespace) -> Keys:
    mapped = {}
    for each in options.mapped:
        name, sign, key = each.rpartition("=")
        if not sign or key not in KEYS:
            hint = did_you_mean(key, KEYS) or f"the keys are {', '.join(KEYS)}"
            raise UsageError(f'--map must be NAME=KEY, not "{each}"; {hint}')
        mapped[name] = key
    is_markdown = options.source.is_dir() or options.source.suffix.lower() in MARKDOWN_ENDINGS
    # There the answer is what stands below.
    return Keys(mapped, options.dropped, without="answer" if is_markdown else "")


def _read(path: Path, keys: Keys) -> ImportSource:
    """Return the articles of a source, of which every key is known; raise CommandError."""
    name = name_folder(path)
    try:
        source = _parse(path, keys)
    except SourceError as error:
        raise CommandError(f"{name}: {error}", WRONG_CONTENT) from None
    if len(source.articles) > MAX_FILES:
        message = f"{name}: it has more than {MAX_FILES:,} articles; divide it"
        raise CommandError(message, WRONG_CONTENT)
    if keys.unknown:
        for key, times in sorted(keys.unknown.items(), key=lambda each: (-each[1], each[0])):
            have = format_count(times, "article has", "articles have")
            said = printable(f'{have} "{key}", which is none of the keys of an entry')
            complain_plainly(f"{name}: {said}")
        drops = " ".join(f"--drop {_quote_for_shell(key)}" for key in sorted(keys.unknown))
        complain_plainly(printable(f"to leave all of them out, add: {drops}"))
        raise CommandError("say of each what it is (--map NAME=KEY), or leave it out (--drop NAME)")
    return source


def _parse(path: Path, keys: Keys) -> ImportSource:
    """Return the articles of a file or folder, by the ending of its name; raise SourceError."""
    ending = path.suffix.lower()
    if path.is_dir() or ending in MARKDOWN_ENDINGS:
        return read_folder(find_files(path) if path.is_dir() else {path.name: path}, keys)
    content = read_file(path.resolve(), MAX_SOURCE_BYTES)
    match ending:
        case ".csv" | ".tsv":
            return read_csv(content, keys)
        case ".json" | ".jsonld":
            return read_json(content, keys)
        case ".html" | ".htm" | ".xhtml":
            return read_html(content)
        case ".txt" | ".text":
            return read_text(content)
    raise SourceError("what it holds cannot be told by its name", f"it can be {_ENDINGS}")


def _quote_for_shell(text: str) -> str:
    """Return a name as one word of a command, in which nothing of it is run."""
    if text.replace("_", "").replace("-", "").isalnum():
        return text
    return f'"{text}"' if text.replace(" ", "").isalnum() else shlex.quote(text)


def _finish(source: ImportSource, admitted: Admitted, options: argparse.Namespace) -> int:
    """Write what is admitted, and what is refused; report both."""
    content = name_folder(options.content)
    if admitted.stuck:
        found = print_problems(admitted.stuck, content)
        complain_plainly(f"{found} would be new in {content}/; nothing was written.")
        return WRONG_CONTENT
    advice = [f"{message}: {_list(places)}" for message, places in admitted.advice.items()]
    for line in (*source.advice, *advice):
        complain_plainly(f"advice: {printable(line)}")
    for line in _list_reasons(source, admitted):
        complain_plainly(f"refused: {printable(line)}")
    would = "would be " if options.dry_run else ""
    read = format_count(len(source.articles), "article", "articles")
    made = format_count(len(admitted.made), "entry", "entries")
    rest = f"{len(admitted.present):,} there already, {len(admitted.refused):,} {would}refused"
    told = (
        f"Read {name_folder(options.source)}: {read}.\n{made} {would}made in {content}/, {rest}.\n"
    )
    if not options.dry_run:
        # Pictures first, then the entries that show them, then what is refused: were this killed,
        # the same command again would give what is missing.
        paths = sorted(admitted.files, key=lambda path: path.endswith(".md"))
        files = {options.content / path: admitted.files[path] for path in paths}
        if admitted.refused:
            target = options.refused or _find_target(options.source)
            reasons = {n: " / ".join(f.reason for f in fs) for n, fs in admitted.refused.items()}
            for path, file in source.write_refused(reasons).items():
                # A table is one file, of no name of its own.
                files[target / path if path else target] = file
            again = f'mend them there, and run the same command with "{name_folder(target)}"'
            told += f"Refused articles are in {name_folder(target)}: {again}.\n"
        write_new(files)
    sys.stdout.write(told)
    return WRONG_CONTENT if admitted.refused else DONE


def _list_reasons(source: ImportSource, admitted: Admitted) -> Iterator[str]:
    """Yield each reason, the most frequent first, with the articles that are refused for it."""
    alike: defaultdict[tuple[Kind, tuple[str, ...]], list[tuple[str, str]]] = defaultdict(list)
    for number, faults in admitted.refused.items():
        for fault in faults:
            key = fault.kind, fault.about[:1] if fault.kind in _NAMED else ()
            alike[key].append((fault.reason, source.articles[number].place))
    for found in sorted(alike.values(), key=len, reverse=True):
        reasons, places = (list(dict.fromkeys(each)) for each in zip(*found, strict=True))
        like = " (or the like)" if len(reasons) > 1 else ""
        yield f"{reasons[0]}{like}: {_list(places)}"


def _list(places: Sequence[str]) -> str:
    listed, more = ", ".join(places[:_MAX_PLACES]), len(places) - _MAX_PLACES
    return f"{listed} and {more:,} more" if more > 0 else listed


def _find_target(source: Path) -> Path:
    """Return the first name beside the source for what is refused that is not taken."""
    is_file = source.is_file() and source.suffix.lower() not in MARKDOWN_ENDINGS
    stem, ending = (source.stem, source.suffix) if is_file else (source.resolve().name, "")
    stem = stem.removesuffix(".refused")
    folder = source.resolve().parent if source.name in {"", ".."} else source.parent
    numbered = (f"{stem}.refused-{number}{ending}" for number in count(2))
    names = chain([f"{stem}.refused{ending}"], numbered)
    return next(folder / name for name in names if not (folder / name).exists())
