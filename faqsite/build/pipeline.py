"""The main flow: content/ in, site/ out, or every problem and nothing written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from faqsite.answers.answer import Read, ReadEntry, read_entry
from faqsite.build.checks import check_logo, check_synonyms, settle_address
from faqsite.build.publish import finish_last_run, publish
from faqsite.content.folder import parse_content
from faqsite.content.sentences import load_sentences
from faqsite.content.sources import Sources, read_sources
from faqsite.content.validate import validate
from faqsite.model.problems import Problem, Problems
from faqsite.model.records import Faq, OutputFile, RawContent, Report, SiteFile
from faqsite.pages.addresses import Addresses, Answers
from faqsite.pages.assets import load_static, with_accent
from faqsite.pages.metadata import plan_files_for_programs
from faqsite.pages.plan import plan
from faqsite.pages.render import Renderer, load_templates
from faqsite.search.index import make_search, plan_search
from faqsite.system.progress import Progress

# How much of a build each stage takes, about.
_READING, _INDEXING, _WRITING = 0.45, 0.2, 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that a site is made from, read but not parsed."""

    sources: Sources
    sentences: Mapping[str, str]
    templates: Mapping[str, str]
    static_files: tuple[OutputFile, ...]
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
    """Return everything that a site is made from. Raises TemplateError and OSError."""
    problems = Problems()
    return Inputs(
        sources=read_sources(content, problems),
        sentences=load_sentences(templates),
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
    """Return the site, with files that are made when they are wanted.

    The addresses are those of `build_site`.

    Raises ContentError with every problem of the content, TemplateError and AddressError.
    """
    progress = progress or Progress()
    problems = Problems([*inputs.problems])
    progress.begin(f"Reading {len(inputs.sources.entries):,} entries", _READING)
    entries = read_entries(inputs.sources, read, progress.step)
    raw = parse_all(inputs, entries, problems)
    answers = {path: each.answer for path, each in entries.items() if each.answer}
    faq = validate(raw, answers, problems)
    progress.begin("Indexing them", _INDEXING)
    search = make_search(faq)
    check_synonyms(search.idle_synonyms, problems)
    pages = plan(faq, search.similar)
    static_files = with_accent(inputs.static_files, faq.settings.accent)
    url, base_path = settle_address(site_url, base_path, faq.settings.url)
    addresses = Addresses(static_files, url=url, base_path=base_path)
    shown = Answers(faq, addresses)
    renderer = Renderer(
        faq, addresses, shown, templates=inputs.templates, sentences=inputs.sentences
    )
    return MadeSite(
        content=raw,
        faq=faq,
        pages=len(pages),
        files=(
            *map(renderer.plan, pages),
            *plan_search(search, faq, shown.html),
            *plan_files_for_programs(faq, pages, shown.html, addresses.public_url),
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
    check_logo(raw.settings.logo, inputs.static_files, problems)
    for each in entries.values():
        problems.extend(each.problems)
    return raw
