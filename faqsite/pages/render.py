"""Templates: a planned page to a file of the site."""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from faqsite.content.contact import contact_link, form_about, is_mail, mail_about
from faqsite.model.problems import TemplateError
from faqsite.model.records import Entry, Faq, Link, PlannedFile
from faqsite.model.urls import HOME, MISSING, OWN_PAGES
from faqsite.pages.addresses import Addresses, Answers
from faqsite.pages.metadata import describe, og_locale, policy_hash, structured_data
from faqsite.pages.pictures import size_of
from faqsite.pages.plan import Page
from faqsite.pages.sentences import Sentences
from faqsite.system.files import MAX_TEXT_BYTES, paths_below, read_within

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_OURS = f"{Path(__file__).parent.parent}{os.sep}"
"""How the names of the program's own files begin."""


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


class Renderer:
    """The templates, and what they show: turns a planned page into its HTML."""

    def __init__(
        self,
        faq: Faq,
        addresses: Addresses,
        answers: Answers,
        *,
        templates: Mapping[str, str],
        sentences: Mapping[str, str],
    ) -> None:
        self.faq, self.addresses, self.answers = faq, addresses, answers
        self._templates = templates
        self._sentences = Sentences({**sentences, **dict(faq.settings.words)})
        self._frames: dict[tuple[str, ...], Markup] = {}

    @cached_property
    def _environment(self) -> jinja2.Environment:
        """What all templates have: the filters, and what is the same on every page."""
        environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._find),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            optimized=False,  # To look for constants takes longer than to use them.
        )
        settings, say = self.faq.settings, self._sentences.say
        contact = Link(label=say("contact"), address=contact_link(settings.contact))
        jobs = Link(label=say("jobs"), address=settings.jobs)
        language = settings.language.partition("-")[0].lower()
        environment.filters |= {
            "say": say,
            "say_date": self._sentences.say_date,
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

    def plan(self, page: Page) -> PlannedFile:
        """Return the file of a page, to be rendered when it is wanted."""
        return PlannedFile(address=page.address, make=lambda: self.render(page).encode())

    def render(self, page: Page) -> str:
        """Return the HTML of a page.

        Raises TemplateError, with file and line, if a template is wrong.
        """
        try:
            return self._html(page)
        except Exception as error:
            # A template can fail in any way that Python can; what no template did goes on.
            message = _template_message(error)
            if message is None:
                raise
            raise TemplateError(message) from error

    def _html(self, page: Page) -> str:
        say, addresses, address = self._sentences.say, self.addresses, page.address
        heading = self._heading(page)
        title = say("page_title", title=heading, site=self.faq.settings.title)
        json_ld = structured_data(page, addresses.public_url, home=say("home"))
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
            answer=partial(self._answer, address),
            frame=partial(self._frame, page),
            feedback=self._feedback,
        )
        return html.removesuffix("\n")

    def _heading(self, page: Page) -> str:
        if page.address in OWN_PAGES:
            return self._sentences.say(OWN_PAGES[page.address])
        name = page.entry.question if page.entry else page.branch[-1].title
        number = page.section.number if page.section else 1
        return self._sentences.say("page_number", title=name, number=number) if number > 1 else name

    def _answer(self, address: str, entry: Entry, level: int) -> Markup:
        return Markup(self.answers.html(entry, address, level))  # noqa: S704 (made safe by markup)

    def _frame(self, page: Page, name: str) -> Markup:
        """Return a part that the pages of a folder have alike, rendered for the first of them.

        It can show nothing else of that page: it sees the way to the folder and, on a list,
        which list it is.
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
        """Return the link to the contact about an entry, "{query}" in it where that is given."""
        contact, page = self.faq.settings.contact, self.addresses.public_url(entry.address)
        if not is_mail(contact):
            return form_about(contact, question=entry.question, page=page, query=query)
        return mail_about(
            contact,
            subject=self._sentences.say("feedback_subject", question=entry.question),
            body="".join(f"{line}\r\n" for line in (entry.question, page) if line),
            searched=query and self._sentences.say("feedback_query", query=query) + "\r\n",
        )


def _template_message(error: Exception) -> str | None:
    """Return e.g. "templates/entry.html:3: 'answr' is undefined"; None if no template is to blame.

    To blame is the template that called last, unless code of ours failed below it.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}: {error.message}"
    message = str(error)
    if isinstance(error, jinja2.TemplateNotFound):
        message = f'no template "{error}" in templates/'
    frames = traceback.extract_tb(error.__traceback__)
    called = [each for each in frames if each.filename.startswith(("templates/", _OURS))]
    if isinstance(error, jinja2.TemplateError):
        called = [each for each in called if each.filename.startswith("templates/")]
        if not called:
            return message
    if not called or not called[-1].filename.startswith("templates/"):
        return None
    return f"{called[-1].filename}:{called[-1].lineno}: {message}"
