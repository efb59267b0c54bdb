"""`content/site.yaml` to Settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import floor

from faqsite.content.accent import contrast_on_page, nearest_readable, parse_hex
from faqsite.content.contact import PLACEHOLDER, TOLD, contact_link
from faqsite.content.fields import Fields, is_visible, parse_fields
from faqsite.content.sentences import said_otherwise
from faqsite.content.synonyms import parse_synonyms
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problems, did_you_mean, shortened
from faqsite.model.records import LANGUAGE_TAG, PICTURE_ENDINGS, Link, Settings

SETTINGS_FILE = "site.yaml"

_KEYS = (
    "title",
    "description",
    "language",
    "url",
    "company",
    "contact",
    "jobs",
    "repository",
    "accent",
    "logo",
    "header_links",
    "footer_links",
    "synonyms",
    "words",
)

_HOST = r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*"
# Of RFC 3986, without user names, and in ASCII as the address bar of a browser gives it.
_WEB_ADDRESS = re.compile(
    rf"(?P<origin>https?://{_HOST}(?::(?P<port>[0-9]{{1,5}}))?)(?P<path>/[^?#]*)?(?P<rest>[?#].*)?",
    re.IGNORECASE | re.ASCII,
)
_LAST_PORT = 65_535
_NOT_IN_ADDRESSES = re.compile(r"[^A-Za-z0-9:/?#\[\]@!$&'()*+,;=._~%-]|%(?![0-9A-Fa-f]{2})")
_MAIL = re.compile(rf"[a-z0-9._+'-]+@(?=[^.]*\.){_HOST}", re.IGNORECASE | re.ASCII)


def parse_settings(text: str, sentences: Mapping[str, str], problems: Problems) -> Settings:
    """Return the settings that the text of `site.yaml` gives, noting what is wrong with it.

    A contact is a bare mail address, or an https address with its placeholders; the
    address of the site ends in "/", that of the repository in neither "/" nor ".git".
    Whether there is such a logo is not known here.
    """
    fields = parse_fields(text, path=SETTINGS_FILE, keys=_KEYS, problems=problems)
    language = "such as en, de or pt-BR"
    url = "such as https://example.org/faq/, without ? and #"
    web = "such as https://example.org/jobs"
    repository = "such as https://github.com/owner/name, perhaps with /tree/branch behind it"
    return Settings(
        title=fields.text("title", is_required=True),
        description=fields.text("description"),
        language=_typed(fields, "language", _language, "the tag of a language", language) or "en",
        url=_typed(fields, "url", public_url, "a public address", url),
        company=fields.text("company"),
        contact=_contact(fields),
        jobs=_typed(fields, "jobs", _https_url, "an https address", web),
        repository=_typed(fields, "repository", _repository, "an https address", repository),
        accent=_accent(fields),
        logo=_logo(fields),
        header_links=_links(fields, "header_links"),
        footer_links=_links(fields, "footer_links"),
        synonyms=tuple(parse_synonyms(fields)),
        words=said_otherwise(fields.nested("words", sentences), sentences),
    )


def public_url(address: str) -> str | None:
    """Return the public address of a site as it is used, ended by "/"; None if it cannot be one.

    >>> public_url("HTTPS://Example.org/faq")
    'https://example.org/faq/'
    """
    found = _WEB_ADDRESS.fullmatch(address)
    if found is None or found["rest"] is not None or _NOT_IN_ADDRESSES.search(address):
        return None
    if found["port"] and int(found["port"]) > _LAST_PORT:
        return None
    path = found["path"] or "/"
    # A browser reads "%2e" as a dot, and ".." as the folder above.
    if re.search(r"//|/\.{1,2}(?:/|$)", re.sub("%2e", ".", path, flags=re.IGNORECASE)):
        return None
    return found["origin"].lower() + path.rstrip("/") + "/"


def _https_url(address: str) -> str | None:
    """Return an https address as it stands, its scheme and host in lower case."""
    found = _WEB_ADDRESS.fullmatch(address)
    if found is None or _NOT_IN_ADDRESSES.search(address):
        return None
    if found["port"] and int(found["port"]) > _LAST_PORT:
        return None
    origin = found["origin"].lower()
    return origin + address[len(origin) :] if origin.startswith("https:") else None


def _reached(contact: str) -> str | None:
    mail = contact.removeprefix("mailto:")
    return mail if _MAIL.fullmatch(mail) else _https_url(contact)


def _contact(fields: Fields) -> str:
    """Return the contact; what a form can be told may stand in its address, behind the host."""
    text = fields.text("contact")
    for name in sorted({*PLACEHOLDER.findall(text)} - {*TOLD}):
        known = [f"{{{each}}}" for each in TOLD]
        hint = did_you_mean(f"{{{name}}}", known) or f"a form is told {', '.join(known)}"
        message = f'"contact" cannot say {{{name}}}'
        fields.report(text.line, Kind.WRONG_PLACEHOLDER, message, hint, "contact", name)

    def read(contact: str) -> str | None:
        # A brace is no character of an address, and in a host nothing stands for it.
        address = _reached(PLACEHOLDER.sub(r"%7B\1%7D", contact))
        return address and re.sub(rf"%7B({'|'.join(TOLD)})%7D", r"{\1}", address)

    return _typed(fields, "contact", read, "a mail or https address", "such as jobs@example.org")


def _repository(address: str) -> str | None:
    url = _https_url(address)
    return None if url is None or set(url) & set("?#") else url.rstrip("/").removesuffix(".git")


def _language(tag: str) -> str | None:
    return tag if LANGUAGE_TAG.fullmatch(tag) else None


def _accent(fields: Fields) -> str:
    """Return the accent as "#0a5c3d"; "" where there is none, or none that can be read."""
    text = fields.text("accent")
    accent = parse_hex(text)
    if not text:
        return ""
    if accent is None:
        message = f'"accent" must be a colour, not "{shortened(text)}"'
        fields.report(
            text.line, Kind.WRONG_VALUE, message, 'such as "#0a5c3d", in quotes', "accent"
        )
        return ""
    nearest = nearest_readable(accent)
    if nearest != accent:
        given, contrast = shortened(text), floor(10 * contrast_on_page(accent)) / 10
        message = f'"accent" "{given}" is too light: contrast {contrast:.1f}, where 4.5 is needed'
        hint = f'the nearest colour that has enough is "{nearest}"'
        fields.report(text.line, Kind.WRONG_VALUE, message, hint, "accent")
    return nearest


def _logo(fields: Fields) -> Text:
    logo = fields.text("logo")
    ending = logo.rpartition(".")[2].lower()
    if logo and ending not in PICTURE_ENDINGS | {"svg"}:
        message = f'"logo" must be a picture, not "{shortened(logo)}"'
        hint = "put the file into static/brand/ and write: logo: brand/logo.svg"
        fields.report(logo.line, Kind.WRONG_VALUE, message, hint, "logo")
    return logo


def _links(fields: Fields, key: str) -> tuple[Link, ...]:
    """Return the links below a key, each a label and its address, in their order."""
    links = fields.nested(key, None, has_labels=True)
    found = []
    for label in links.sources:
        hint = "such as https://example.org/about or jobs@example.org"
        address = _typed(links, label, _reached, "a mail or https address", hint, is_required=True)
        if not is_visible(label):
            line, message = links.sources[label].line, f'a label in "{key}" is empty'
            fields.report(line, Kind.EMPTY_VALUE, message, "write it", key)
        found.append(Link(label=label, address=contact_link(address)))
    return tuple(found)


def _typed(
    fields: Fields,
    key: str,
    read: Callable[[str], str | None],
    kind: str,
    hint: str,
    *,
    is_required: bool = False,
) -> str:
    """Return a text as `read` gives it; "" where there is none, or where `read` refuses it."""
    text = fields.text(key, is_required=is_required)
    typed = read(text) if text else ""
    if typed is None:
        message = f'"{key}" must be {kind}, not "{shortened(text)}"'
        fields.report(text.line, Kind.WRONG_VALUE, message, hint, key)
    return typed or ""
