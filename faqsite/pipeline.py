"""The whole way: content/ in, site/ out, or every problem and nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from faqsite.content import load_content
from faqsite.fields import shortened
from faqsite.markup import make_answer
from faqsite.metadata import files_for_programs
from faqsite.model import Faq, OutputFile, RawContent, Settings
from faqsite.pages import HOME, plan
from faqsite.problems import Problem, Problems, did_you_mean
from faqsite.publish import finish_last_run, publish
from faqsite.render import Site, load_static, load_templates, with_accent
from faqsite.search import count_words, search_files
from faqsite.sentences import load_sentences
from faqsite.settings import SETTINGS_FILE, public_url
from faqsite.validate import validate

__all__ = ["AddressError", "MadeSite", "Memo", "Report", "build_site", "call", "make_site"]

A = TypeVar("A")
B = TypeVar("B")


class Memo(Protocol):
    """Return function(argument), perhaps from memory: of a pure function and a frozen record."""

    def __call__(self, function: Callable[[A], B], argument: A, /) -> B: ...


def call(function: Callable[[A], B], argument: A) -> B:
    """Return function(argument): the memo that remembers nothing."""
    return function(argument)


class AddressError(Exception):
    """The public address and the base path that were asked for cannot be, or not together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSite:
    """A site before it is published, and what it was made of."""

    content: RawContent
    faq: Faq
    pages: tuple[OutputFile, ...]
    files: tuple[OutputFile, ...]
    """All of them, the pages among them."""
    advice: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build made."""

    entries: int
    categories: int
    pages: int
    files: int
    size_bytes: int
    advice: tuple[Problem, ...]


def build_site(
    *,
    content: Path,
    templates: Path,
    static: Path,
    output: Path,
    site_url: str = "",
    base_path: str = "",
    memo: Memo = call,
) -> Report:
    """Build the site of a content folder into `output`, all or nothing.

    Raises what `make_site` raises, and PublishError if `output` is not ours to replace.
    """
    finish_last_run(output)
    made = make_site(
        content=content,
        templates=templates,
        static=static,
        site_url=site_url,
        base_path=base_path,
        memo=memo,
    )
    publish(made.files, output)
    return Report(
        entries=sum(1 for _ in made.faq.top.all_entries),
        categories=sum(1 for _ in made.faq.top.all_categories),
        pages=len(made.pages),
        files=len(made.files),
        size_bytes=sum(len(file.content) for file in made.files),
        advice=made.advice,
    )


def make_site(
    *,
    content: Path,
    templates: Path,
    static: Path,
    site_url: str = "",
    base_path: str = "",
    memo: Memo = call,
) -> MadeSite:
    """Return the site of a content folder, with nothing written yet.

    `site_url` is the public address (else that of the settings), `base_path` the
    path under which the site is served (else that of the address).

    Raises ContentError with every problem of the content, TemplateError,
    AddressError, OSError.
    """
    problems = Problems()
    sentences = load_sentences(templates)
    static_files = load_static(static)
    raw = load_content(content, sentences, problems)
    _check_logo(raw.settings, static_files, problems)
    answers = {}
    for entry in raw.entries:
        if not entry.draft:
            answers[entry.path], found = memo(make_answer, entry)
            problems.extend(found)
    faq = validate(raw, answers, problems)

    static_files = with_accent(static_files, faq.settings.accent)
    url = _site_url(site_url) or faq.settings.url
    site = Site(
        faq=faq,
        templates=load_templates(templates),
        sentences=sentences,
        static_files=static_files,
        url=url,
        base_path=_base_path(base_path, url),
    )
    answers_html = [site.answer_html(entry, HOME, 2) for entry in faq.top.all_entries]
    search = search_files(faq, answers_html, lambda entry: memo(count_words, entry))
    for synonyms in search.idle_synonyms:
        message = f'no entry has a word of "{", ".join(synonyms.meant)}"'
        problems.advise(SETTINGS_FILE, synonyms.line, message, "take it out, or say it in theirs")
    planned = plan(faq, search.similar)
    pages = tuple(site.render(page, search.build) for page in planned)
    attachments = [
        OutputFile(address=attachment.address, content=attachment.content)
        for attachment in faq.attachments
    ]
    # Without it, a host that runs Jekyll would leave out or change what it takes for its own.
    plainly = OutputFile(address=".nojekyll", content=b"")
    return MadeSite(
        content=raw,
        faq=faq,
        pages=pages,
        files=(
            *pages,
            *search.files,
            *files_for_programs(faq, planned, answers_html, site.public_url),
            *static_files,
            *attachments,
            plainly,
        ),
        advice=tuple(sorted(problems.found)),
    )


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
