"""`content/site.yaml` to Settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import floor

from faqsite.content.accent import contrast_on_page, nearest_readable, parse_hex
from faqsite.content.contact import TOLD, contact_link
from faqsite.content.fields import Fields
from faqsite.content.keys import READERS, Reader, read_keys
from faqsite.content.sentences import said_otherwise
from faqsite.content.sources import SETTINGS_FILE
from faqsite.content.text import PLACEHOLDER, is_visible
from faqsite.model.keys import Form, Key
from faqsite.model.problems import Kind, Problems, shortened
from faqsite.model.records import (
    LANGUAGE_TAG,
    PICTURE_ENDINGS,
    SETTINGS_KEYS,
    Link,
    Settings,
    Synonyms,
)
from faqsite.model.urls import ending_of
from faqsite.search.tokens import tokens

_HOST = r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*"
# Of RFC 3986, without user names, and in ASCII as the address bar of a browser gives it.
_WEB_ADDRESS = re.compile(
    rf"(?P<origin>https?://{_HOST}(?::(?P<port>[0-9]{{1,5}}))?)(?P<path>/[^?#]*)?(?P<rest>[?#].*)?",
    re.IGNORECASE | re.ASCII,
)
_LAST_PORT = 65_535
_NOT_IN_ADDRESSES = re.compile(r"[^A-Za-z0-9:/?#\[\]@!$&'()*+,;=._~%-]|%(?![0-9A-Fa-f]{2})")
_MAIL = re.compile(rf"[a-z0-9._+'-]+@(?=[^.]*\.){_HOST}", re.IGNORECASE | re.ASCII)

_MOST_TOGETHER = 5
"""How many words a phrase that has synonyms can have."""
_MAIL_OR_WEB = "a mail or https address"


def parse_settings(text: str, sentences: Mapping[str, str], problems: Problems) -> Settings:
    """Return the settings that the text of `site.yaml` gives, noting what is wrong with it.

    A contact is a bare mail address, or an https address with its placeholders; the
    address of the site ends in "/", that of the repository in neither "/" nor ".git".
    Whether there is such a logo is not known here.
    """

    def read_sentences(fields: Fields, key: Key) -> object:
        return said_otherwise(fields.nested(key.name, sentences), sentences)

    readers = {**_READERS, Form.WORDS: read_sentences}
    return Settings(
        **read_keys(text, SETTINGS_KEYS, path=SETTINGS_FILE, problems=problems, readers=readers)
    )


def public_url(address: str) -> str | None:
    """Return the public address of a site as it is used, ended by "/"; None if it cannot be one.

    >>> public_url("HTTPS://Example.org/faq")
    'https://example.org/faq/'
    """
    found = _match_web_address(address)
    if found is None or found["rest"] is not None:
        return None
    path = found["path"] or "/"
    # A browser reads "%2e" as a dot, and ".." as the folder above.
    if re.search(r"//|/\.{1,2}(?:/|$)", re.sub("%2e", ".", path, flags=re.IGNORECASE)):
        return None
    return found["origin"].lower() + path.rstrip("/") + "/"


def _match_web_address(address: str) -> re.Match[str] | None:
    found = _WEB_ADDRESS.fullmatch(address)
    if found is None or _NOT_IN_ADDRESSES.search(address):
        return None
    return found if int(found["port"] or 0) <= _LAST_PORT else None


def _https_url(address: str) -> str | None:
    """Return an https address as it stands, its scheme and host in lower case."""
    found = _match_web_address(address)
    origin = found["origin"].lower() if found else ""
    return origin + address[len(origin) :] if origin.startswith("https:") else None


def _reached(contact: str) -> str | None:
    mail = contact.removeprefix("mailto:")
    return mail if _MAIL.fullmatch(mail) else _https_url(contact)


def _repository(address: str) -> str | None:
    url = _https_url(address)
    return None if url is None or set(url) & set("?#") else url.rstrip("/").removesuffix(".git")


def _language(tag: str) -> str | None:
    return tag if LANGUAGE_TAG.fullmatch(tag) else None


def _picture(path: str) -> str | None:
    return path if ending_of(path) in PICTURE_ENDINGS | {"svg"} else None


def _read_contact(fields: Fields, key: Key) -> str:
    """Return a contact; what a form can be told may stand in its address, behind the host."""

    def parse(contact: str) -> str | None:
        hint = f"a form is told {', '.join(f'{{{each}}}' for each in TOLD)}"
        fields.check_placeholders(key.name, contact, TOLD, hint)
        # A brace is no character of an address, and in a host nothing stands for it.
        address = _reached(PLACEHOLDER.sub(r"%7B\1%7D", contact))
        return address and re.sub(rf"%7B({'|'.join(TOLD)})%7D", r"{\1}", address)

    return fields.typed(key.name, parse, _MAIL_OR_WEB, "such as jobs@example.org")


def _read_colour(fields: Fields, key: Key) -> str:
    """Return a colour in which text can be read: another one, and a problem, where it cannot."""
    colour = fields.typed(key.name, parse_hex, "a colour", 'such as "#0a5c3d", in quotes')
    nearest = nearest_readable(colour) if colour else ""
    if nearest != colour:
        given, contrast = shortened(fields.text(key.name)), contrast_on_page(colour)
        message = f'"{key.name}" "{given}" is too light: contrast {floor(10 * contrast) / 10:.1f}'
        message += ", where 4.5 is needed"
        hint = f'the nearest colour that has enough is "{nearest}"'
        fields.report(colour.line, Kind.WRONG_VALUE, message, hint, key.name)
    return nearest


def _read_links(fields: Fields, key: Key) -> tuple[Link, ...]:
    """Return the links below a key, each a label and its address, in their order."""
    links = fields.nested(key.name, None, has_labels=True)
    found = []
    for label in links.sources:
        hint = "such as https://example.org/about or jobs@example.org"
        address = links.typed(label, _reached, _MAIL_OR_WEB, hint, is_required=True)
        if not is_visible(label):
            line, message = links.sources[label].line, f'a label in "{key.name}" is empty'
            fields.report(line, Kind.EMPTY_VALUE, message, "write it", key.name)
        found.append(Link(label=label, address=contact_link(address)))
    return tuple(found)


def _read_synonyms(fields: Fields, key: Key) -> tuple[Synonyms, ...]:
    """Return the synonyms of each text: "remote, wfh" both ways, "salary => pay, wage" one way."""
    found = []
    for text in fields.texts(key.name):
        before, arrow, after = text.partition("=>")
        asked = tuple(phrase.strip() for phrase in before.split(","))
        meant = tuple(phrase.strip() for phrase in after.split(",")) if arrow else asked
        lengths = {phrase: sum(1 for _ in tokens(phrase)) for phrase in asked + meant}
        if 0 in lengths.values() or len(lengths) == 1:
            message = f'"{key.name}" needs words parted by commas, not "{shortened(text)}"'
            hint = "such as: remote, wfh; or, one way: salary => pay"
            fields.report(text.line, Kind.WRONG_VALUE, message, hint, key.name)
        elif max(lengths.values()) > _MOST_TOGETHER:
            phrase = shortened(max(lengths, key=lambda phrase: lengths[phrase]))
            message = f'"{phrase}" in "{key.name}" has more than {_MOST_TOGETHER} words'
            fields.report(text.line, Kind.LIMIT_EXCEEDED, message, "say it in fewer", key.name)
        else:
            found.append(Synonyms(asked=asked, meant=meant, line=text.line))
    return tuple(found)


def _reader(parse: Callable[[str], str | None], kind: str, hint: str) -> Reader:
    return lambda fields, key: fields.typed(key.name, parse, kind, hint) or key.default


_READERS: Mapping[Form, Reader] = {
    **READERS,
    Form.LANGUAGE: _reader(_language, "the tag of a language", "such as en, de or pt-BR"),
    Form.SITE_ADDRESS: _reader(
        public_url, "a public address", "such as https://example.org/faq/, without ? and #"
    ),
    Form.WEB_ADDRESS: _reader(_https_url, "an https address", "such as https://example.org/jobs"),
    Form.REPOSITORY: _reader(
        _repository,
        "an https address",
        "such as https://github.com/owner/name, perhaps with /tree/branch behind it",
    ),
    Form.PICTURE: _reader(
        _picture, "a picture", "put the file into static/brand/ and write: logo: brand/logo.svg"
    ),
    Form.CONTACT: _read_contact,
    Form.COLOUR: _read_colour,
    Form.LINKS: _read_links,
    Form.SYNONYMS: _read_synonyms,
}
