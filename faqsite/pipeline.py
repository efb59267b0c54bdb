"""The whole way: content/ in, site/ out, or every problem and nothing written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from faqsite.assets import load_static, with_accent
from faqsite.content import Sources, parse_content, read_sources
from faqsite.differences import Difference, find_differences
from faqsite.digests import digest, digest_of_file, planned
from faqsite.entries import ReadEntry, parse_read, read_entry
from faqsite.fields import shortened
from faqsite.memory import Memory
from faqsite.metadata import plan_files_for_programs
from faqsite.model import Faq, OutputFile, PlannedFile, RawContent, Report, Settings
from faqsite.pages import ALL, plan
from faqsite.problems import Problem, Problems, did_you_mean
from faqsite.progress import Progress
from faqsite.publish import is_as_left, publish
from faqsite.render import Site, load_templates
from faqsite.search import make_search, plan_search
from faqsite.sentences import load_sentences
from faqsite.settings import SETTINGS_FILE, public_url
from faqsite.swapping import finish_last_run
from faqsite.validate import validate
from faqsite.workers import run

__all__ = [
    "AddressError",
    "Inputs",
    "MadeSite",
    "build_site",
    "compare_site",
    "load",
    "make_site",
    "read_content",
]

# So many entries a worker reads at a time; for less than so many there is no second one.
_TOGETHER, _WORTH_WORKERS = 16, 64
# The shares of a build from nothing, about.
_READING, _INDEXING, _WRITING = 0.45, 0.2, 0.35


class AddressError(Exception):
    """The public address and the base path that were asked for cannot be, or not together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a site is made of, read but not understood yet."""

    sources: Sources
    digests: Mapping[str, str]
    """Of the files of the content, by their paths."""
    sentences: Mapping[str, str]
    templates: Mapping[str, str]
    static_files: tuple[OutputFile, ...]
    site_url: str
    base_path: str
    problems: tuple[Problem, ...]
    """With what could not be read."""

    @property
    def digest(self) -> str:
        """The digest of all of them; "" if something could not be read."""
        static = {file.address: digest_of_file("", file.content) for file in self.static_files}
        facts = (self.digests, self.sources.folders, self.sentences, self.templates, static)
        return "" if self.problems else digest((*facts, self.site_url, self.base_path))


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSite:
    """A site before it is published, and what it was made of."""

    content: RawContent
    faq: Faq
    pages: int
    files: tuple[PlannedFile, ...]
    advice: tuple[Problem, ...]
    compile_templates: Callable[[], None]
    """Does at once, for all workers, what else each does when it renders its first page."""


def build_site(
    *,
    content: Path,
    templates: Path,
    static: Path,
    output: Path,
    site_url: str = "",
    base_path: str = "",
    memory: Memory | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Build the site of a content folder into `output`, all or nothing.

    Whatever is remembered, and by however many workers, the same site comes of it.

    `site_url` is the public address (else that of the settings), `base_path` the
    path under which the site is served (else that of the address).

    Raises what `load` and `make_site` raise, and PublishError if `output` is not ours to replace.
    """
    finish_last_run(output)
    memory = memory or Memory()
    inputs = load(content, templates, static, site_url, base_path)
    if memory.report and inputs.digest == memory.inputs and is_as_left(output, memory.written):
        return memory.report
    memory.is_new = True
    progress = progress or Progress(io.StringIO())
    made = make_site(inputs, memory, workers, progress)
    progress.begin("Writing the site", _WRITING)
    made.compile_templates()
    memory.written = publish(
        made.files, output, before=memory.written, workers=workers, tell=progress.step
    )
    memory.inputs = inputs.digest
    memory.report = Report(
        entries=sum(1 for _ in made.faq.top.all_entries),
        categories=sum(1 for _ in made.faq.top.all_categories),
        pages=made.pages,
        files=len(made.files),
        size_bytes=sum(file.stat[0] for file in memory.written.values()),
        advice=made.advice,
    )
    return memory.report


def compare_site(
    *,
    content: Path,
    templates: Path,
    static: Path,
    output: Path,
    site_url: str = "",
    base_path: str = "",
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[Difference, ...]:
    """Return how `output` differs from the site that `build_site` would make; write nothing.

    Raises what `load` and `make_site` raise.
    """
    progress = progress or Progress(io.StringIO())
    inputs = load(content, templates, static, site_url, base_path)
    made = make_site(inputs, Memory(), workers, progress)
    progress.begin("Comparing the site", _WRITING)
    made.compile_templates()
    return find_differences(made.files, output, workers, progress.step)


def load(
    content: Path, templates: Path, static: Path, site_url: str = "", base_path: str = ""
) -> Inputs:
    """Return all that a site is made of; the addresses are those of `build_site`.

    Raises TemplateError and OSError.
    """
    problems = Problems()
    sources = read_sources(content, problems)
    return Inputs(
        sources=sources,
        digests={path: digest_of_file(path, file) for path, file in sources.files.items()},
        sentences=load_sentences(templates),
        templates=load_templates(templates),
        static_files=load_static(static),
        site_url=site_url,
        base_path=base_path,
        problems=tuple(problems.found),
    )


def make_site(
    inputs: Inputs,
    memory: Memory | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> MadeSite:
    """Return the site, its files still to be made.

    Raises ContentError with every problem of the content, TemplateError and AddressError.
    """
    progress = progress or Progress(io.StringIO())
    progress.begin(f"Reading {len(inputs.sources.entries):,} entries", _READING)
    memory = memory or Memory()
    raw, read, problems = read_content(inputs, memory, workers, progress.step)
    progress.begin("Indexing them", _INDEXING)
    answers = {path: each.answer for path, each in read.items() if each.answer}
    faq = validate(raw, answers, problems)

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
    search = make_search(faq)
    for synonyms in search.idle_synonyms:
        message = f'no entry has a word of "{", ".join(synonyms.meant)}"'
        problems.advise(SETTINGS_FILE, synonyms.line, message, "take it out, or say it in theirs")
    pages = plan(faq, search.similar)
    (whole,) = (site.fingerprint(page) for page in pages if page.address == ALL)
    prints = [site.answer_print(entry) for entry in faq.top.all_entries]
    index, packed, *texts = plan_search(search, faq, prints, site.home_html)
    return MadeSite(
        content=raw,
        faq=faq,
        pages=len(pages),
        files=(
            # What takes longest comes first.
            index,
            packed,
            *plan_files_for_programs(faq, pages, site.home_html, site.public_url, whole),
            *map(site.plan, sorted(pages, key=lambda page: page.address != ALL)),
            *texts,
            *map(planned, static_files),
            *(
                planned(OutputFile(address=attachment.address, content=attachment.content))
                for attachment in faq.attachments
            ),
            # Without it, a host that runs Jekyll would leave out what it takes for its own.
            planned(OutputFile(address=".nojekyll", content=b"")),
        ),
        advice=tuple(sorted(problems.found)),
        compile_templates=lambda: site.compile_templates(page.template for page in pages),
    )


def read_content(
    inputs: Inputs, memory: Memory, workers: int, tell: Callable[[float], None] = lambda _: None
) -> tuple[RawContent, Mapping[str, ReadEntry], Problems]:
    """Return the content, what is known of each entry alone, and what is wrong by now."""
    problems = Problems(list(inputs.problems))
    read = read_entries(inputs, memory, workers, tell)
    raw_entries = {path: each.raw for path, each in read.items()}
    raw = parse_content(inputs.sources, raw_entries, inputs.sentences, problems)
    _check_logo(raw.settings, inputs.static_files, problems)
    for each in read.values():
        problems.extend(each.problems)
    return raw, read, problems


def read_entries(
    inputs: Inputs, memory: Memory, workers: int, tell: Callable[[float], None] = lambda _: None
) -> Mapping[str, ReadEntry]:
    """Return what is known of each Markdown file alone, most of it from memory if it can be."""
    files = inputs.sources.entries
    digests = {path: inputs.digests[path] for path in files}
    known: dict[str, ReadEntry] = {}
    for path, of_file in digests.items():
        # A text that is of something else is as good as none.
        with suppress(ValueError, TypeError, LookupError):
            known[path] = parse_read(memory.entries[of_file], of_file)
    unknown = [(path, content) for path, content in files.items() if path not in known]
    parts = [unknown[at : at + _TOGETHER] for at in range(0, len(unknown), _TOGETHER)]
    if unknown:
        # Here, and only where it is needed, so that no worker has to do it for itself.
        import faqsite.markup  # noqa: F401, PLC0415
    workers = workers if len(unknown) >= _WORTH_WORKERS else 1
    for texts in run(_read_together, parts, workers, tell):
        for path, text in texts:
            memory.entries[digests[path]] = text
            known[path] = parse_read(text, digests[path])
    for gone in memory.entries.keys() - digests.values():
        del memory.entries[gone]
    return {path: known[path] for path in files}


def _read_together(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, str]]:
    return [(path, read_entry(path, content)) for path, content in files]


def _check_logo(settings: Settings, static_files: Iterable[OutputFile], problems: Problems) -> None:
    """Note a logo that is not among the static files."""
    logo = settings.logo
    names = {file.address.removeprefix("assets/") for file in static_files}
    if logo.value and logo.value not in names:
        hint = did_you_mean(logo.value, names) or "put it there, or take the line out"
        message = f'no file "{shortened(logo.value)}" in static/ for "logo"'
        problems.add(SETTINGS_FILE, logo.line, message, hint)


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
