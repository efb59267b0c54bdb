"""`build.py import`: entries from a table, a help centre, a page, a text or a folder."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from faqsite.admission import Admitted, admit
from faqsite.bringing import KEYS, Keys, Source, SourceError
from faqsite.console import (
    DONE,
    WRONG_COMMAND,
    WRONG_CONTENT,
    Parser,
    add_folders,
    complain,
    complain_plainly,
    counted,
    shown,
    tell,
    told_refusal,
    told_template,
)
from faqsite.conversion import KINDS, converted
from faqsite.exported import bring_exported, is_exported
from faqsite.files import MAX_FILES, read_file
from faqsite.from_csv import bring_csv
from faqsite.from_html import bring_html
from faqsite.from_json import bring_json, parsed_json
from faqsite.from_markdown import MARKDOWN_ENDINGS, bring_folder, files_of
from faqsite.from_text import bring_text
from faqsite.newfiles import write_new
from faqsite.pipeline import load
from faqsite.problems import TemplateError, did_you_mean, printable
from faqsite.progress import Progress
from faqsite.settings import public_url
from faqsite.urls import slugify_path

__all__ = ["run"]

_CONVERTING, _CHECKING = 0.5, 0.5
MAX_SOURCE_BYTES = 100_000_000
"""How large a table, a page, a text or an export may be: of JSON come twenty times as many."""
_MAX_PLACES = 3
# What differs in reasons that are the same: what is quoted, and how much it is.
_VARYING = re.compile(r'(?P<sign>")[^"]*"|(?<=the answer holds )[\d,]+')
_ENDINGS = ".csv, .tsv, .json, .html, .txt, .md, or a folder of Markdown"


def _import_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="build.py import",
        description=(
            "Make entries of what was written elsewhere: a table (.csv), an export of a help "
            "centre or of this program (.json), a page (.html), questions and answers in turn "
            "(.txt), or a folder of Markdown. Nothing is ever overwritten; what is refused is "
            "written beside the source, to be mended and imported again."
        ),
        epilog='Example: python build.py import faq.csv --map "Topic=category" --dry-run',
        allow_abbrev=False,
    )
    parser.add_argument("source", metavar="SOURCE", type=Path, help=f"a file ({_ENDINGS})")
    parser.add_argument(
        "--dry-run", action="store_true", help="only tell what would be done; write nothing"
    )
    parser.add_argument(
        "--in", dest="into", metavar="FOLDER", default="", help="put all below this category"
    )
    parser.add_argument(
        "--map",
        dest="mapped",
        metavar="NAME=KEY",
        action="append",
        default=[],
        help=f"what a column or key is: one of {', '.join(KEYS)}; may be given again",
    )
    parser.add_argument(
        "--drop",
        dest="dropped",
        metavar="NAME",
        action="append",
        default=[],
        help="a column or key to leave out; may be given again",
    )
    parser.add_argument(
        "--answers",
        choices=tuple(KINDS),
        default="",
        help="what the answers are written in (by default what they look like)",
    )
    parser.add_argument(
        "--from",
        dest="url",
        metavar="URL",
        default="",
        help="the public address of the old site, to which other links then lead",
    )
    parser.add_argument(
        "--refused",
        metavar="FILE",
        type=Path,
        help="where to write what is refused (by default SOURCE.refused beside the source)",
    )
    add_folders(parser, "content", "templates", "static")
    return parser


def run(arguments: Sequence[str]) -> int:
    """Import what can be; tell of the rest why not. Return the exit status."""
    parser = _import_parser()
    options = parser.parse_args(arguments)
    keys = _keys(parser, options)
    url = public_url(options.url) if options.url else ""
    if url is None:
        parser.error(f'--from must be a public address, not "{options.url}"')
    if not options.source.exists():
        parser.error(f'no file or folder "{options.source}"')
    if options.refused and options.refused.exists():
        parser.error(f'--refused: "{options.refused}" is there already; choose another name')
    name = shown(options.source)
    try:
        source = _read(options.source, keys)
        _check_count(source)
        if keys.unknown:
            _tell_unknown(name, keys)
            return WRONG_COMMAND
        inputs = load(options.content, options.templates, options.static)
        if not options.content.exists():
            inputs = replace(inputs, problems=())
        with Progress(sys.stderr) as progress:
            progress.begin(f"Converting {len(source.entries):,} answers", _CONVERTING)
            entries = converted(source.entries, options.answers, progress.step)
            source = replace(source, entries=tuple(entries))
            progress.begin("Checking them", _CHECKING)
            admitted = admit(
                source,
                inputs,
                into=slugify_path(options.into.strip("/")),
                url=url,
                tell=progress.step,
            )
        return _finish(source, admitted, options)
    except SourceError as error:
        complain(f"{name}: {error}; nothing was written")
        return WRONG_CONTENT
    except TemplateError as error:
        complain_plainly(told_template(error, options))
        return WRONG_CONTENT
    except OSError as error:
        complain(f"{told_refusal(error)}; nothing was written")
        return WRONG_COMMAND


def _keys(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Keys:
    mapped = {}
    for each in options.mapped:
        name, sign, key = each.rpartition("=")
        if not sign or key not in KEYS:
            hint = did_you_mean(key, KEYS) or f"the keys are {', '.join(KEYS)}"
            parser.error(f'--map must be NAME=KEY, not "{each}"; {hint}')
        mapped[name] = key
    is_markdown = options.source.is_dir() or options.source.suffix.lower() in MARKDOWN_ENDINGS
    # There the answer is what stands below.
    return Keys(mapped, options.dropped, without="answer" if is_markdown else "")


def _read(path: Path, keys: Keys) -> Source:
    """Return the articles of a file or folder, by the ending of its name; raise SourceError."""
    if path.is_dir():
        return bring_folder(files_of(path), keys)
    ending = path.suffix.lower()
    if ending in MARKDOWN_ENDINGS:
        return bring_folder({path.name: path}, keys)
    content = read_file(path.resolve(), MAX_SOURCE_BYTES)
    match ending:
        case ".csv" | ".tsv":
            return bring_csv(content, keys)
        case ".json" | ".jsonld":
            parsed = parsed_json(content)
            return bring_exported(parsed) if is_exported(parsed) else bring_json(parsed, keys)
        case ".html" | ".htm" | ".xhtml":
            return bring_html(content)
        case ".txt" | ".text":
            return bring_text(content)
    raise SourceError(f"what it holds cannot be told by its name; it can be {_ENDINGS}")


def _check_count(source: Source) -> None:
    if len(source.entries) > MAX_FILES:
        raise SourceError(f"it has more than {MAX_FILES:,} articles; divide it")


def _tell_unknown(name: str, keys: Keys) -> None:
    """Tell each name that nobody knows, and what to add to the command."""
    for key, count in sorted(keys.unknown.items(), key=lambda each: (-each[1], each[0])):
        times = counted(count, "article has", "articles have")
        said = printable(f'{times} "{key}", which is none of the keys of an entry')
        complain_plainly(f"{name}: {said}")
    drops = " ".join(f"--drop {_shell_quoted(key)}" for key in sorted(keys.unknown))
    complain(
        f"nothing was written; say of each what it is (--map NAME=KEY), or leave it out: {drops}"
    )


def _shell_quoted(text: str) -> str:
    """Return a name as one word of a command, in which nothing of it is run."""
    if text.replace("_", "").replace("-", "").isalnum():
        return text
    return f'"{text}"' if text.replace(" ", "").isalnum() else shlex.quote(text)


def _finish(source: Source, admitted: Admitted, options: argparse.Namespace) -> int:
    """Write what is admitted, and what is refused; tell of both."""
    content = shown(options.content)
    if admitted.stuck:
        found = tell(admitted.stuck, content)
        complain_plainly(f"{found} would be new in {content}/; nothing was written.")
        return WRONG_CONTENT
    for line in _advice(source, admitted):
        complain_plainly(f"advice: {printable(line)}")
    tell(admitted.left, content)
    for line in _reasons(source, admitted):
        complain_plainly(f"refused: {printable(line)}")
    would = "would be " if options.dry_run else ""
    read = counted(len(source.entries), "article", "articles")
    made = counted(len(admitted.made), "entry", "entries")
    rest = f"{len(admitted.present):,} there already, {len(admitted.refused):,} {would}refused"
    told = [f"Read {shown(options.source)}: {read}."]
    told += [f"{made} {would}made in {content}/, {rest}."]
    if not options.dry_run:
        # Pictures first, then the entries that show them, then what is refused: were this killed,
        # the same command again would give what is missing.
        paths = sorted(admitted.files, key=lambda path: path.endswith(".md"))
        files = {options.content / path: admitted.files[path] for path in paths}
        if admitted.refused:
            target, refused = _plan_refused(source, admitted, options)
            files |= refused
            again = f'mend them there, and run the same command with "{shown(target)}"'
            told.append(f"Refused articles are in {shown(target)}: {again}.")
        write_new(files)
    sys.stdout.write("\n".join(told) + "\n")
    return WRONG_CONTENT if admitted.refused or admitted.left else DONE


def _advice(source: Source, admitted: Admitted) -> Iterator[str]:
    yield from source.advice
    for message, places in admitted.advice.items():
        yield f"{message}: {_listed(places)}"


def _reasons(source: Source, admitted: Admitted) -> Iterator[str]:
    """Yield each reason, the most frequent first, with the articles that are refused for it."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, faults in admitted.refused.items():
        for fault in faults:
            why = f"{fault.message}; {fault.hint}" if fault.hint else fault.message
            found[_VARYING.sub(_ellipsis, why)].append((why, source.entries[number].place))
    for _, each in sorted(found.items(), key=lambda group: (-len(group[1]), group[0])):
        like = "" if len({why for why, _ in each}) == 1 else " (or the like)"
        yield f"{each[0][0]}{like}: {_listed([place for _, place in each])}"


def _ellipsis(varying: re.Match[str]) -> str:
    return '"\u2026"' if varying["sign"] else "\u2026"


def _listed(places: Sequence[str]) -> str:
    listed = ", ".join(places[:_MAX_PLACES])
    more = len(places) - _MAX_PLACES
    return f"{listed} and {more:,} more" if more > 0 else listed


def _plan_refused(
    source: Source, admitted: Admitted, options: argparse.Namespace
) -> tuple[Path, dict[Path, bytes]]:
    """Return where what is refused comes to lie, and its files, as the source has it."""
    reasons = {
        number: " / ".join(
            f"{fault.message}; {fault.hint}" if fault.hint else fault.message for fault in faults
        )
        for number, faults in admitted.refused.items()
    }
    files = source.again(reasons)
    target = options.refused or _free(options.source)
    # A table is one file, of no name of its own.
    return target, {target / path if path else target: file for path, file in files.items()}


def _free(source: Path) -> Path:
    """Return the first name beside the source for what is refused that is not taken."""
    for name in _names(source):
        if not (target := source.with_name(name)).exists():
            return target
    raise AssertionError


def _names(source: Path) -> Iterator[str]:
    is_file = source.is_file() and source.suffix.lower() not in MARKDOWN_ENDINGS
    stem, ending = (source.stem, source.suffix) if is_file else (source.resolve().name, "")
    stem = stem.removesuffix(".refused")
    yield f"{stem}.refused{ending}"
    for number in range(2, sys.maxsize):
        yield f"{stem}.refused-{number}{ending}"
