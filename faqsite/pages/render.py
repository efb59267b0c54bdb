"""Renders a planned page with its template."""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from faqsite.content.contact import contact_link, form_about, is_mail, mail_about
from faqsite.content.text import PLACEHOLDER
from faqsite.model.problems import TemplateError
from faqsite.model.records import Entry, Faq, Link, SiteFile
from faqsite.model.urls import HOME, MISSING, OWN_PAGES
from faqsite.pages.addresses import Addresses, Answers, unknown
from faqsite.pages.metadata import describe, og_locale, policy_hash, structured_data
from faqsite.pages.pictures import size_of
from faqsite.pages.plan import Page
from faqsite.system.files import MAX_TEXT_BYTES, paths_below, read_within

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_OURS = f"{Path(__file__).parent.parent}{os.sep}"
"""The start of the path of each of our own modules."""


def load_templates(folder: Path) -> dict[str, str]:
    """Return the templates of a folder by name, e.g. "brand/head.html".

    Raises TemplateError if one is not UTF-8, and OSError if one cannot be read.
    """
    templates = {}
    for path in paths_below(folder, "*.html"):
        name = path.relative_to(folder).as_posix()
        content = read_within(folder, path, MAX_TEXT_BYTES)
        try:
            templates[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise TemplateError(
                f"templates/{name}:{line}: not UTF-8; save the file as UTF-8"
            ) from None
    return templates


class Renderer:
    """Renders the pages of a FAQ."""

    def __init__(
        self, faq: Faq, addresses: Addresses, templates: Mapping[str, str], words: Mapping[str, str]
    ) -> None:
        self.faq, self.addresses, self.answers = faq, addresses, Answers(faq, addresses)
        self._templates = templates
        self._words = {**words, **dict(faq.settings.words)}
        self._frames: dict[tuple[str, ...], Markup] = {}

    @cached_property
    def _environment(self) -> jinja2.Environment:
        """The filters, and the variables with the same value on every page."""
        environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._find),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            optimized=False,  # Finding constants takes longer than it saves.
        )
        settings = self.faq.settings
        contact = Link(label=self._say("contact"), address=contact_link(settings.contact))
        jobs = Link(label=self._say("jobs"), address=settings.jobs)
        language = settings.language.partition("-")[0].lower()
        environment.filters |= {
            "say": self._say,
            "say_date": self._say_date,
            "policy_hash": policy_hash,
        }
        environment.globals |= {
            "settings": settings,
            "top": self.faq.top,
            "direction": "rtl" if language in _RIGHT_TO_LEFT else "ltr",
            "locale": og_locale(settings.language),
            "ways_on": [way for way in (contact, jobs) if way.address],
            "header_links": [way for way in (*settings.header_links, jobs) if way.address],
            "has_brand_style": bool(self.addresses.content_of("brand.css")),
            "logo_size": size_of(self.addresses.content_of(settings.logo)),
        }
        return environment

    def _find(self, name: str) -> tuple[str, str, None] | None:
        text = self._templates.get(name)
        return None if text is None else (text, f"templates/{name}", None)

    def plan(self, page: Page) -> SiteFile:
        """Return the file of a page, which is rendered when it is needed."""
        return SiteFile(page.address, lambda: self.render(page).encode())

    def render(self, page: Page) -> str:
        """Return the HTML of a page.

        Raises TemplateError, with file and line, if a template is wrong.
        """
        try:
            return self._html(page)
        except Exception as error:
            # Template code can raise any exception. What our own code raises passes through.
            message = _template_message(error)
            if message is None:
                raise
            raise TemplateError(message) from error

    def _html(self, page: Page) -> str:
        addresses, address = self.addresses, page.address
        heading = self._heading(page)
        title = self._say("page_title", title=heading, site=self.faq.settings.title)
        json_ld = structured_data(page, addresses.public_url, home=self._say("home"))
        html = self._environment.get_template(page.template).render(
            page=page,
            section=page.section,
            entry=page.entry,
            heading=heading,
            title=heading if page.is_top_list else title,
            description=describe(page),
            json_ld=Markup(json_ld),  # noqa: S704 (made safe there)
            canonical=page.canonical and addresses.public_url(page.canonical),
            root=addresses.link(address, HOME).removesuffix(HOME),
            link=partial(addresses.link, address),
            asset=partial(addresses.asset, address),
            answer=partial(self.answers.html, address=address),
            frame=partial(self._frame, page),
            feedback=self._feedback,
        )
        return html.removesuffix("\n")

    def _heading(self, page: Page) -> str:
        if page.address in OWN_PAGES:
            return self._say(OWN_PAGES[page.address])
        name = page.entry.question if page.entry else page.branch[-1].title
        number = page.section.number if page.section else 1
        return self._say("page_number", title=name, number=number) if number > 1 else name

    def _frame(self, page: Page, name: str) -> Markup:
        """Return a part that is the same on all pages of a folder, rendered once for all of them.

        Of a page it sees only the way to its folder and, if it is a list, which list it is.
        """
        folder, slash, _ = page.address.rpartition("/")
        source = MISSING if page.address == MISSING else folder + slash
        current = "" if page.entry else page.address
        key = (name, source, page.branch[-1].address, current)
        if key not in self._frames:
            html = self._environment.get_template(f"frame/{name}.html").render(
                branch=page.branch,
                trail=page.trail,
                current=current,
                link=partial(self.addresses.link, source),
                asset=partial(self.addresses.asset, source),
            )
            self._frames[key] = Markup(html)  # noqa: S704 (escaped by the template)
        return self._frames[key]

    def _feedback(self, entry: Entry, query: str = "") -> str:
        """Return the link to give feedback on an entry, with "{query}" in it if asked for."""
        contact, page = self.faq.settings.contact, self.addresses.public_url(entry.address)
        if not is_mail(contact):
            return form_about(contact, question=entry.question, page=page, query=query)
        return mail_about(
            contact,
            subject=self._say("feedback_subject", question=entry.question),
            body="".join(f"{line}\r\n" for line in (entry.question, page) if line),
            searched=query and self._say("feedback_query", query=query) + "\r\n",
        )

    def _say(self, key: str, /, **values: object) -> str:
        """Return the words under a key, with the given values in their placeholders."""
        if key not in self._words:
            raise unknown(f'words.yaml has no key "{key}"', key, self._words)
        filled = {name: str(value) for name, value in values.items()}
        return PLACEHOLDER.sub(lambda found: filled.get(found[1], found[0]), self._words[key])

    def _say_date(self, day: date) -> str:
        """Return a day as the pages show it: "1 November 2026"."""
        months = self._say("months").split(",")
        return self._say("date", day=day.day, month=months[day.month - 1].strip(), year=day.year)


def _template_message(error: Exception) -> str | None:
    """Return e.g. "templates/entry.html:3: 'answr' is undefined", or None for our own mistake.

    The last template called is to blame, unless our own code failed below it.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}: {error.message}"
    message = str(error)
    if isinstance(error, jinja2.TemplateNotFound):
        message = f'templates/ has no file "{error}"'
    frames = traceback.extract_tb(error.__traceback__)
    called = [each for each in frames if each.filename.startswith(("templates/", _OURS))]
    if isinstance(error, jinja2.TemplateError):
        called = [each for each in called if each.filename.startswith("templates/")]
        if not called:
            return message
    if not called or not called[-1].filename.startswith("templates/"):
        return None
    return f"{called[-1].filename}:{called[-1].lineno}: {message}"
