"""The main flow: builds site/ from content/, or reports every problem and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from faqsite.answers.answer import Read, ReadEntry, read_entry
from faqsite.build.publish import finish_last_run, publish
from faqsite.content.folder import parse_content
from faqsite.content.settings import public_url
from faqsite.content.sources import SETTINGS_FILE, Sources, read_sources
from faqsite.content.validate import validate
from faqsite.content.words import load_words
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problem, Problems, did_you_mean, quoted, shortened
from faqsite.model.records import Faq, RawContent, Report, SiteFile, Synonyms
from faqsite.model.urls import ASSETS
from faqsite.pages.addresses import Addresses
from faqsite.pages.assets import load_static, with_accent
from faqsite.pages.metadata import plan_files_for_programs
from faqsite.pages.plan import plan
from faqsite.pages.render import Renderer, load_templates
from faqsite.search.index import make_search, plan_search
from faqsite.system.progress import Progress

# The share of a build that each stage takes, roughly.
_READING, _INDEXING, _WRITING = 0.45, 0.2, 0.35
_ORIGIN = "https://example.org"


class AddressError(Exception):
    """The public address or the base path is wrong, or the two contradict each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that a site is made from, read but not parsed."""

    sources: Sources
    words: Mapping[str, str]
    templates: Mapping[str, str]
    static_files: Mapping[str, bytes]
    """By their addresses, e.g. "assets/style.css"."""
    problems: tuple[Problem, ...]
    """With files that cannot be read."""


class MadeSite(NamedTuple):
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

    `site_url` is the public address (the one in the settings by default), `base_path` the path
    under which the site is served (the path of the public address by default).

    Raises what `load` and `make_site` raise, and PublishError if `output` is not ours to replace.
    """
    finish_last_run(output)
    progress = progress or Progress()
    inputs = load(content, templates, static)
    site = make_site(inputs, site_url=site_url, base_path=base_path, progress=progress)
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


def load(content: Path, templates: Path, static: Path) -> Inputs:
    """Read everything that a site is made from. Raises TemplateError and OSError."""
    problems = Problems()
    return Inputs(
        sources=read_sources(content, problems),
        words=load_words(templates),
        templates=load_templates(templates),
        static_files=load_static(static),
        problems=tuple(problems.found),
    )


def make_site(
    inputs: Inputs,
    *,
    site_url: str = "",
    base_path: str = "",
    read: Read = read_entry,
    progress: Progress | None = None,
) -> MadeSite:
    """Return the site, whose files are made when they are needed.

    `site_url` and `base_path` are those of `build_site`.

    Raises ContentError with every problem of the content, TemplateError and AddressError.
    """
    progress = progress or Progress()
    problems = Problems([*inputs.problems])
    progress.begin(f"Reading {len(inputs.sources.entries):,} entries", _READING)
    entries = read_entries(inputs.sources, read, progress.step)
    raw = parse_all(inputs, entries, problems)
    answers = {path: each.answer for path, each in entries.items() if each.answer}
    faq = validate(raw, answers, problems)
    progress.begin("Indexing the entries", _INDEXING)
    search = make_search(faq)
    _check_synonyms(search.idle_synonyms, problems)
    pages = plan(faq, search.similar)
    url, base_path = settle_address(site_url, base_path, faq.settings.url)
    static_files = with_accent(inputs.static_files, faq.settings.accent)
    addresses = Addresses(static_files, url=url, base_path=base_path)
    renderer = Renderer(faq, addresses, inputs.templates, inputs.words)
    html = renderer.answers.html
    copied = {**static_files, **{each.address: each.content for each in faq.attachments}}
    # Without this file, a host that runs Jekyll leaves out files with names special to it.
    copied[".nojekyll"] = b""
    return MadeSite(
        content=raw,
        faq=faq,
        pages=len(pages),
        files=(
            *map(renderer.plan, pages),
            *plan_search(search, faq, html),
            *plan_files_for_programs(faq, pages, html, addresses.public_url),
            *(SiteFile(address, partial(bytes, content)) for address, content in copied.items()),
        ),
        advice=tuple(sorted(problems.found)),
    )


def read_entries(
    sources: Sources, read: Read, report: Callable[[float], None] = lambda _: None
) -> dict[str, ReadEntry]:
    """Read each Markdown file by itself and return the entries by path."""
    files = sources.entries
    entries = {}
    for number, (path, content) in enumerate(files.items()):
        report(number / len(files))
        entries[path] = read(path, content)
    return entries


def parse_all(inputs: Inputs, entries: Mapping[str, ReadEntry], problems: Problems) -> RawContent:
    """Parse the rest of the content, whose entries are read already, and note its problems."""
    raw_entries = {path: each.raw for path, each in entries.items()}
    raw = parse_content(inputs.sources, raw_entries, inputs.words, problems)
    _check_logo(raw.settings.logo, inputs.static_files, problems)
    for each in entries.values():
        problems.extend(each.problems)
    return raw


def settle_address(site_url: str, base_path: str, settings_url: str) -> tuple[str, str]:
    """Return the public address ("" if unknown) and the base path, each with a final "/".

    The options of the command win over the settings. The base path defaults to the path of the
    public address. Raises AddressError.

    >>> settle_address("", "", "https://example.org/faq/")
    ('https://example.org/faq/', '/faq/')
    """
    asked_url = public_url(site_url) if site_url else ""
    if asked_url is None:
        hint = "write one such as https://example.org/faq/, without ? or #"
        raise AddressError(f'--site-url must be a public address, not "{site_url}"; {hint}')
    url = asked_url or settings_url
    path = urlsplit(url).path or "/"
    if not base_path:
        return url, path
    asked = public_url(f"{_ORIGIN}/{base_path.strip('/')}")
    if asked is None:
        hint = "write one such as /faq/, without ? or #"
        raise AddressError(f'--base-path must be a path, not "{base_path}"; {hint}')
    if url and asked != f"{_ORIGIN}{path}":
        hint = "leave it out"
        raise AddressError(f'--base-path "{base_path}" contradicts the address {url}; {hint}')
    return url, asked.removeprefix(_ORIGIN)


def _check_logo(logo: Text, static_files: Mapping[str, bytes], problems: Problems) -> None:
    if logo and ASSETS + logo not in static_files:
        names = (address.removeprefix(ASSETS) for address in static_files)
        hint = did_you_mean(logo, names) or "add the file, or delete the line"
        message = f'static/ has no file "{shortened(logo)}" for "logo"'
        problems.add(SETTINGS_FILE, logo.line, Kind.MISSING_FILE, message, hint, logo)


def _check_synonyms(idle: Iterable[Synonyms], problems: Problems) -> None:
    for each in idle:
        message = f"no entry contains {' or '.join(map(quoted, each.meant))}"
        hint = "use words that an entry contains, or delete the synonym"
        problems.advise(SETTINGS_FILE, each.line, Kind.IDLE_SYNONYM, message, hint, *each.meant)
