"""Templates: a planned page to a file of the site."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2.runtime import Macro
from markupsafe import Markup

from faqsite.content.contact import contact_link, form_about, is_mail, mail_about
from faqsite.model import urls
from faqsite.model.problems import TemplateError, did_you_mean
from faqsite.model.records import (
    AnswerPart,
    ElementId,
    Entry,
    Faq,
    HeadingLevel,
    LinkTarget,
    OutputFile,
    PictureSize,
    PlannedFile,
)
from faqsite.pages.metadata import describe, og_locale, policy_hash, structured_data
from faqsite.pages.pictures import missing_sides, size_of
from faqsite.pages.plan import HOME, MISSING, Page, category_link
from faqsite.system.files import MAX_TEXT_BYTES, paths_below, read_within

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_PACKAGE = str(Path(__file__).parent.parent)


def load_templates(folder: Path) -> dict[str, str]:
    """Return the templates of a folder by name, e.g. "brand/head.html".

    Raises TemplateError for one that is not UTF-8, and OSError for what is no file of the folder.
    """
    templates = {}
    for path in paths_below(folder, "*.html"):
        name = path.relative_to(folder).as_posix()
        content = read_within(folder, path, MAX_TEXT_BYTES)
        try:
            templates[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise TemplateError(f"templates/{name}:{line}: not UTF-8") from None
    return templates


class Site:
    """The FAQ with its templates, sentences and static files: what renders a page."""

    def __init__(
        self,
        *,
        faq: Faq,
        templates: Mapping[str, str],
        sentences: Mapping[str, str],
        static_files: Iterable[OutputFile],
        url: str = "",
        base_path: str = "/",
    ) -> None:
        """Take the public address ("" if unknown) and the path of the site, both ended by "/"."""
        self.faq = faq
        self.url = url
        self.base_path = base_path
        self._sentences = {**sentences, **dict(faq.settings.words)}
        files = {file.address: file.content for file in static_files}
        self._assets = {address: _version(content) for address, content in files.items()}
        self._logo_size = size_of(files.get(f"assets/{faq.settings.logo}", b""))
        self._sizes = {each.path: size_of(each.content) for each in faq.attachments}
        self._addresses = {
            **{entry.path: entry.address for entry in faq.top.all_entries},
            **{category.path: category.address for category in faq.top.all_categories},
            **{attachment.path: attachment.address for attachment in faq.attachments},
            faq.top.path: faq.top.address,
        }
        self._anchors = {entry.path: entry.anchor for entry in faq.top.all_entries}
        self._parts: dict[tuple[object, ...], Markup] = {}
        self._asset_links: dict[tuple[str, str], str] = {}
        self._top = category_link(faq.top, is_whole=True)
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(_found_in(templates)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            optimized=False,  # To look for constants takes longer than to use them.
        )

    def plan(self, page: Page) -> PlannedFile:
        """Return the file of a page, to be rendered when it is wanted."""
        return PlannedFile(address=page.address, make=lambda: self.render(page).encode())

    def render(self, page: Page) -> str:
        """Return the HTML of a page.

        Raises TemplateError, with file and line, if a template is wrong.
        """
        settings = self.faq.settings
        language = settings.language.partition("-")[0].lower()
        try:
            return self._environment.get_template(page.template).render(
                page=page,
                settings=settings,
                top=self._top,
                description=describe(page),
                locale=og_locale(settings.language),
                structured=partial(self._structured, page),
                policy_hash=policy_hash,
                direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
                canonical=page.canonical and self.public_url(page.canonical),
                contact=contact_link(settings.contact),
                feedback=self._feedback,
                logo_size=self._logo_size,
                link=partial(self._link, page.address),
                answer=partial(self._answer, page.address),
                asset=partial(self._asset, page.address),
                shared=partial(self._shared, page),
                has_asset=self._has_asset,
                say=self._say,
                say_date=self._say_date,
            )
        except Exception as error:
            # A template can fail in any way that Python can; what no template did goes on.
            message = _template_message(error)
            if message is None:
                raise
            raise TemplateError(message) from error

    def answer_html(self, entry: Entry, address: str, level: int) -> str:
        """Return an answer as it stands on the page at `address`, below a heading of that level."""
        return "".join(self._resolve(part, entry, address, level) for part in entry.answer.parts)

    def home_html(self, entry: Entry) -> str:
        """Return an answer as it stands on the home page."""
        return self.answer_html(entry, HOME, 2)

    def public_url(self, address: str) -> str:
        """Return the public address of a page, "" if that of the site is unknown."""
        folder, _, name = address.rpartition("/")
        path = (folder and folder + "/") + ("" if name == "index.html" else name)
        return self.url and self.url + quote(path)

    def _resolve(self, part: AnswerPart, entry: Entry, address: str, level: int) -> str:
        match part:
            case str():
                return part
            case ElementId(name=name):
                return escape(f"{entry.anchor}--{name}")
            case HeadingLevel(depth=depth):
                return str(min(6, level + depth))
            case PictureSize(path=path):
                return missing_sides(part, self._sizes.get(path))
            case LinkTarget(path=path, fragment=fragment) if path == entry.path and fragment:
                # A footnote or heading of this answer: on whatever page it stands.
                return urls.link(address, address, f"{entry.anchor}--{fragment}")
            case LinkTarget(path=path, fragment=fragment):
                anchor = self._anchors.get(path)
                if fragment and anchor:
                    fragment = f"{anchor}--{fragment}"
                return self._link(address, self._addresses[path], fragment)

    def _link(self, source: str, target: str, fragment: str = "") -> str:
        """Return the link from a page; from 404.html, served at any depth, one from the root."""
        if source != MISSING:
            return urls.link(source, target, fragment)
        return self.base_path + urls.link("", target, fragment)

    def _answer(self, address: str, entry: Entry, level: int) -> Markup:
        return Markup(self.answer_html(entry, address, level))  # noqa: S704 (made safe by markup)

    def _structured(self, page: Page, home: str) -> Markup:
        return Markup(structured_data(page, self.public_url, home))  # noqa: S704 (made safe there)

    def _shared(self, page: Page, macro: Macro, *arguments: Hashable) -> Markup:
        """Return what a macro gives on pages of one folder and branch: it is rendered once.

        The macro may show nothing else of a page; a list also says that it is the current page.
        """
        folder, own = page.address.rpartition("/")[0], "" if page.view else page.address
        key = (macro.name, folder, own, page.branch, arguments)
        if key not in self._parts:
            self._parts[key] = Markup(macro(*arguments))  # noqa: S704 (escaped by the macro)
        return self._parts[key]

    def _asset(self, source: str, name: str) -> str:
        """Return the link to a static file, e.g. "../assets/style.css?v=3f2a91c4"."""
        folder = source.rpartition("/")[0] if source != MISSING else MISSING
        known = self._asset_links.get((folder, name))
        if known:
            return known
        version = self._assets.get(f"assets/{name}")
        if version is None:
            hint = did_you_mean(name, (known.removeprefix("assets/") for known in self._assets))
            raise jinja2.TemplateRuntimeError(
                "; ".join(filter(None, (f'no file "{name}" in static/', hint)))
            )
        link = f"{self._link(source, f'assets/{name}')}?v={version}"
        self._asset_links[folder, name] = link
        return link

    def _has_asset(self, name: str) -> bool:
        """Tell whether there is a static file of that name with anything in it."""
        return self._assets.get(f"assets/{name}", _EMPTY) != _EMPTY

    def _feedback(self, entry: Entry, query: str = "") -> str:
        """Return the link to the contact about an entry, "{query}" in it where that is given."""
        contact, page = self.faq.settings.contact, self.public_url(entry.address)
        if not is_mail(contact):
            return form_about(contact, question=entry.question, page=page, query=query)
        return mail_about(
            contact,
            subject=self._say("feedback_subject", question=entry.question),
            body="".join(f"{line}\r\n" for line in (entry.question, page) if line),
            searched=query and self._say("feedback_query", query=query) + "\r\n",
        )

    def _say(self, key: str, /, **values: object) -> str:
        """Return a sentence, its placeholders filled where a value is given."""
        sentence = self._sentences.get(key)
        if sentence is None:
            hint = did_you_mean(key, self._sentences)
            message = f'no sentence "{key}" in words.yaml'
            raise jinja2.TemplateRuntimeError("; ".join(filter(None, (message, hint))))
        return _PLACEHOLDER.sub(
            lambda found: str(values.get(found[1], found[0])),
            sentence,
        )

    def _say_date(self, day: date) -> str:
        months = self._say("months").split(",")
        return self._say("date", day=day.day, month=months[day.month - 1].strip(), year=day.year)


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


_EMPTY = _version(b"")


def _found_in(templates: Mapping[str, str]) -> Any:  # noqa: ANN401 (a loader's own shape)
    def find(name: str) -> tuple[str, str, None] | None:
        return (templates[name], f"templates/{name}", None) if name in templates else None

    return find


def _template_message(error: Exception) -> str | None:
    """Return e.g. "templates/entry.html:3: 'answr' is undefined"; None if no template is to blame.

    To blame is the template that called last, unless code of ours failed below it.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}: {error.message}"
    message = str(error)
    called = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(("templates/", _PACKAGE))
    ]
    if isinstance(error, jinja2.TemplateError):
        called = [frame for frame in called if frame.filename.startswith("templates/")]
    if isinstance(error, jinja2.TemplateNotFound):
        message = f'no template "{error}" in templates/'
        if not called:
            return message
    if not called or not called[-1].filename.startswith("templates/"):
        return None
    return f"{called[-1].filename}:{called[-1].lineno}: {message}"
