"""The main flow: content/ in, site/ out, or every problem and nothing written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from faqsite.answers.entries import Read, ReadEntry, read_entry
from faqsite.build.publish import finish_last_run, publish
from faqsite.content.folder import parse_content
from faqsite.content.sentences import load_sentences
from faqsite.content.settings import public_url
from faqsite.content.sources import SETTINGS_FILE, Sources, read_sources
from faqsite.content.validate import validate
from faqsite.model.problems import Kind, Problem, Problems, did_you_mean, shortened
from faqsite.model.records import Faq, OutputFile, RawContent, Report, Settings, SiteFile
from faqsite.pages.assets import load_static, with_accent
from faqsite.pages.metadata import plan_files_for_programs
from faqsite.pages.plan import plan
from faqsite.pages.render import Site, load_templates
from faqsite.search.index import Search, make_search, plan_search
from faqsite.system.progress import Progress

# How much of a build each stage takes, about.
_READING, _INDEXING, _WRITING = 0.45, 0.2, 0.35


class AddressError(Exception):
    """The public address or the base path is wrong, or they contradict each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that a site is made from, read but not parsed."""

    sources: Sources
    sentences: Mapping[str, str]
    templates: Mapping[str, str]
    static_files: tuple[OutputFile, ...]
    site_url: str
    base_path: str
    problems: tuple[Problem, ...]
    """Of files that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSite:
    """A site before it is published."""

    content: RawContent
    faq: Faq
    pages: int
    files: tuple[SiteFile, ...]
    advice: tuple[Problem, ...]


def build_site(
    *,
    content: Path,
    templates: Path,
    static: Path,
    output: Path,
    site_url: str = "",
    base_path: str = "",
    progress: Progress | None = None,
) -> Report:
    """Build the site of a content folder into `output`, all or nothing.

    `site_url` is the public address (by default that of the settings), `base_path` the path
    under which the site is served (by default that of the address).

    Raises what `load` and `make_site` raise, and PublishError if `output` is not ours to replace.
    """
    finish_last_run(output)
    progress = progress or Progress(io.StringIO())
    site = make_site(load(content, templates, static, site_url, base_path), progress=progress)
    progress.begin("Writing the site", _WRITING)
    size_bytes = publish(site.files, output, progress.step)
    return Report(
        entries=sum(1 for _ in site.faq.top.all_entries),
        categories=sum(1 for _ in site.faq.top.all_categories),
        pages=site.pages,
        files=len(site.files),
        size_bytes=size_bytes,
        advice=site.advice,
    )


def load(
    content: Path, templates: Path, static: Path, site_url: str = "", base_path: str = ""
) -> Inputs:
    """Return everything that a site is made from; the addresses are those of `build_site`.

    Raises TemplateError and OSError.
    """
    problems = Problems()
    return Inputs(
        sources=read_sources(content, problems),
        sentences=load_sentences(templates),
        templates=load_templates(templates),
        static_files=load_static(static),
        site_url=site_url,
        base_path=base_path,
        problems=tuple(problems.found),
    )


def make_site(
    inputs: Inputs, read: Read = read_entry, progress: Progress | None = None
) -> MadeSite:
    """Return the site, with files that are made when they are wanted.

    Raises ContentError with every problem of the content, TemplateError and AddressError.
    """
    progress = progress or Progress(io.StringIO())
    problems = Problems([*inputs.problems])
    progress.begin(f"Reading {len(inputs.sources.entries):,} entries", _READING)
    entries = read_entries(inputs.sources, read, progress.step)
    raw = parse_all(inputs, entries, problems)
    answers = {path: each.answer for path, each in entries.items() if each.answer}
    faq = validate(raw, answers, problems)
    progress.begin("Indexing them", _INDEXING)
    search = make_search(faq)
    _advise_on_synonyms(search, problems)
    pages = plan(faq, search.similar)
    static_files = with_accent(inputs.static_files, faq.settings.accent)
    url = _site_url(inputs.site_url) or faq.settings.url
    site = Site(
        faq=faq,
        templates=inputs.templates,
        sentences=inputs.sentences,
        static_files=static_files,
        url=url,
        base_path=_base_path(inputs.base_path, url),
    )
    return MadeSite(
        content=raw,
        faq=faq,
        pages=len(pages),
        files=(
            *map(site.plan, pages),
            *plan_search(search, faq, site.home_html),
            *plan_files_for_programs(faq, pages, site.home_html, site.public_url),
            *static_files,
            *(OutputFile(address=each.address, content=each.content) for each in faq.attachments),
            # Without it, a host that runs Jekyll leaves out files whose names mean something to it.
            OutputFile(address=".nojekyll", content=b""),
        ),
        advice=tuple(sorted(problems.found)),
    )


def read_entries(
    sources: Sources, read: Read, report: Callable[[float], None] = lambda _: None
) -> dict[str, ReadEntry]:
    """Return what each Markdown file says by itself, by its path."""
    files = sources.entries
    entries = {}
    for number, (path, content) in enumerate(files.items()):
        report(number / len(files))
        entries[path] = read(path, content)
    return entries


def parse_all(inputs: Inputs, entries: Mapping[str, ReadEntry], problems: Problems) -> RawContent:
    """Return the content, of which the entries are read already; note what is wrong with it."""
    raw_entries = {path: each.raw for path, each in entries.items()}
    raw = parse_content(inputs.sources, raw_entries, inputs.sentences, problems)
    _check_logo(raw.settings, inputs.static_files, problems)
    for each in entries.values():
        problems.extend(each.problems)
    return raw


def _advise_on_synonyms(search: Search, problems: Problems) -> None:
    """Note synonyms that find nothing."""
    for synonyms in search.idle_synonyms:
        message = f'no entry has a word of "{", ".join(synonyms.meant)}"'
        hint = "take it out, or say it in theirs"
        problems.advise(
            SETTINGS_FILE, synonyms.line, Kind.IDLE_SYNONYM, message, hint, *synonyms.meant
        )


def _check_logo(settings: Settings, static_files: Iterable[OutputFile], problems: Problems) -> None:
    """Note a logo that is not among the static files."""
    logo = settings.logo
    names = {file.address.removeprefix("assets/") for file in static_files}
    if logo and logo not in names:
        hint = did_you_mean(logo, names) or "put it there, or take the line out"
        message = f'no file "{shortened(logo)}" in static/ for "logo"'
        problems.add(SETTINGS_FILE, logo.line, Kind.MISSING_FILE, message, hint, logo)


def _site_url(option: str) -> str:
    """Return the public address that was asked for, "" if none was."""
    url = public_url(option) if option else ""
    if url is None:
        hint = "such as https://example.org/faq/, without ? and #"
        raise AddressError(f'--site-url must be a public address, not "{option}"; {hint}')
    return url


def _base_path(option: str, url: str) -> str:
    """Return the path under which the site is served, "/faq/": what was asked for, or the url's."""
    path = urlsplit(url).path or "/"
    if not option:
        return path
    origin = "https://example.org"
    asked = public_url(f"{origin}/{option.strip('/')}")
    if asked is None:
        hint = "such as /faq/, without ? and #"
        raise AddressError(f'--base-path must be a path, not "{option}"; {hint}')
    asked = asked.removeprefix(origin)
    if url and asked != path:
        raise AddressError(f'--base-path "{option}" contradicts the address {url}; leave it out')
    return asked
