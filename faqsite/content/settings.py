"""`content/site.yaml` to Settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from faqsite.content.accent import LEAST_CONTRAST, contrast_on_page, nearest_readable, parse_hex
from faqsite.content.contact import PASSED_ON, contact_link
from faqsite.content.fields import Fields
from faqsite.content.keys import READERS, Reader, read_as, read_keys
from faqsite.content.prose import advise_prose
from faqsite.content.sources import SETTINGS_FILE
from faqsite.content.text import PLACEHOLDER, is_visible
from faqsite.content.words import read_words
from faqsite.model.keys import Form, Text
from faqsite.model.problems import Kind, Problems, shortened
from faqsite.model.records import (
    LANGUAGE_TAG,
    PICTURE_ENDINGS,
    SETTINGS_KEYS,
    Link,
    Settings,
    Synonyms,
)
from faqsite.model.urls import ending_of, to_ascii
from faqsite.search.tokens import tokens
from faqsite.search.vocabulary import VOCABULARIES

_HOST = r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*"
# Of RFC 3986, without user names, and in ASCII as the address bar of a browser shows it.
_WEB_ADDRESS = re.compile(
    rf"(?P<origin>https?://{_HOST}(?::(?P<port>[0-9]{{1,5}}))?)(?P<path>/[^?#]*)?(?P<rest>[?#].*)?",
    re.IGNORECASE | re.ASCII,
)
_LAST_PORT = 65_535
_NOT_IN_ADDRESSES = re.compile(r"[^A-Za-z0-9:/?#\[\]@!$&'()*+,;=._~%-]|%(?![0-9A-Fa-f]{2})")
_MAIL = re.compile(rf"[a-z0-9._+'-]+@(?=[^.]*\.){_HOST}", re.IGNORECASE | re.ASCII)
_REPOSITORY = re.compile(
    r"https://(?![\w-]+\.github\.io/)[^/?#]+/[^/?#]+/[^/?#]+(?:/tree/(?!.*/content\Z)[^?#]+)?"
)
# In other text, such as a Markdown link, "Jobs <jobs@example.org>" or a list.
_ADDRESSES = re.compile(
    r"https?://[^\s<>()\[\]\"'\u201c\u201d,;]++(?! )|[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
)

_MAX_PHRASE_WORDS = 5


def parse_settings(text: str, words: Mapping[str, str], problems: Problems) -> Settings:
    """Return the settings in the text of `site.yaml`, and report every problem.

    `words` are those of the templates. A contact is a bare mail address, or an https address
    with its placeholders. The address of the site ends in "/", that of the repository in neither
    "/" nor ".git". The logo may not exist.
    """
    readers = {
        **_READERS,
        Form.WORDS: lambda fields, name: read_words(fields.nested(name, words), words),
    }
    return Settings(
        **read_keys(text, SETTINGS_KEYS, path=SETTINGS_FILE, problems=problems, readers=readers)
    )


def public_url(address: str) -> str | None:
    """Return the public address of a site with "/" at its end; None if it cannot be one.

    >>> public_url("HTTPS://Example.org/faq")
    'https://example.org/faq/'

    The address of a page is not that of a site, except for "index.html", which means its folder.
    """
    found = _match_web_address(to_ascii(address))
    if found is None or found["rest"] is not None:
        return None
    path = re.sub(r"/index\.html?\Z", "/", found["path"] or "/", flags=re.IGNORECASE)
    # A browser reads "%2e" as a dot, and ".." as the folder above.
    if re.search(r"//|/\.{1,2}(?:/|$)", re.sub("%2e", ".", path, flags=re.IGNORECASE)):
        return None
    is_page = re.search(r"\.html?/?\Z", path, re.IGNORECASE)
    if is_page or re.fullmatch(r"https?://(?:www\.)?github\.com", found["origin"].lower()):
        return None
    return found["origin"].lower() + path.rstrip("/") + "/"


def _match_web_address(address: str) -> re.Match[str] | None:
    found = _WEB_ADDRESS.fullmatch(address)
    if found is None or _NOT_IN_ADDRESSES.search(address):
        return None
    return found if int(found["port"] or 0) <= _LAST_PORT else None


def _https_url(address: str) -> str | None:
    """Return an https address with its scheme and host in lower case."""
    address = to_ascii(address)
    found = _match_web_address(address)
    origin = found["origin"].lower() if found else ""
    return origin + address[len(origin) :] if origin.startswith("https:") else None


def _mail_or_web(contact: str) -> str | None:
    mail = to_ascii(re.sub(r"\Amailto:", "", contact, flags=re.IGNORECASE))
    return mail if _MAIL.fullmatch(mail) else _https_url(contact)


def _repository(address: str) -> str | None:
    url = _https_url(address)
    url = (url or "").rstrip("/").removesuffix(".git")
    # A branch can have slashes, but "tree/main/content" is a folder.
    return url if _REPOSITORY.fullmatch(url) else None


def _contact(contact: str) -> str | None:
    # An address cannot contain a brace, and a host cannot even contain an encoded one.
    address = _mail_or_web(PLACEHOLDER.sub(r"%7B\1%7D", contact))
    return address and re.sub(rf"%7B({'|'.join(PASSED_ON)})%7D", r"{\1}", address)


def _propose_addresses(text: str) -> Iterable[str]:
    """Return the addresses that a text can mean, each once: whole, or in other text.

    "https://example.org" is meant by "example.org", "http://example.org" and the like.
    """
    text = re.sub(r"git@([^:]+):", r"https://\1/", text)
    text = re.sub(r"\A(https?)(?::/?|//)(?=\w)", r"\1://", text)
    if not re.search(r"\.(?:html?|md|pdf)\Z", text.partition("/")[0]):
        text = re.sub(r"^(?:http://|//)?(?=[\w-]+(?:\.[\w-]+)+(?:[:/]|$))", "https://", text)
    found = [each.rstrip(".}") for each in (text, *_ADDRESSES.findall(text))]
    return dict.fromkeys(found)


def _propose_site(text: str) -> Iterable[str]:
    """Return the addresses of sites that a text can mean, for a page or a repository too."""
    for each in _propose_addresses(text):
        address = re.split("[?#]", each)[0]
        pages = re.fullmatch(r"https?://(?:www\.)?github\.com/([^/]+)/([^/]+).*", address)
        if pages:
            owner, name = pages[1].lower(), pages[2].removesuffix(".git")
            folder = "" if name.lower() == f"{owner}.github.io" else f"{name}/"
            address = f"https://{owner}.github.io/{folder}"
        yield re.sub(r"[^/]+\.html?/?\Z", "", address)


def _propose_repository(text: str) -> Iterable[str]:
    """Return the repositories that a text can mean: for its name, its Pages, or a page in it."""
    if re.fullmatch(r"[\w-]+/[\w.-]+", text):
        return [f"https://github.com/{text}"]
    found = (
        re.sub(r"\Ahttps://([\w-]+)\.github\.io(?=/)", r"https://github.com/\1", each)
        for each in _propose_addresses(text)
    )
    return [re.sub(r"\A(https://[^/]+/[^/]+/[^/]+)/.*", r"\1", each) for each in found]


def _read_as_address(
    parse: Callable[[str], str | None],
    kind: str,
    example: str,
    propose: Callable[[str], Iterable[str]] = _propose_addresses,
) -> Reader:
    return read_as(parse, kind, f"an address such as {example}", propose)


def _read_contact(fields: Fields, name: str) -> object:
    """Return a contact; the address of a form may have placeholders after its host."""
    hint = f"use only {', '.join(f'{{{each}}}' for each in PASSED_ON)}"
    fields.check_placeholders(name, PASSED_ON, hint)
    read = _read_as_address(_contact, "a mail or https address", "jobs@example.org")
    return read(fields, name)


def _read_colour(fields: Fields, name: str) -> object:
    """Return a colour in which text is readable: the nearest, and a problem, for any other."""
    # Without quotes, a colour such as #0a5c3d is a comment, which this reports.
    fields.text(name)
    colour = read_as(parse_hex, "a colour", 'a colour in quotes, such as "#0a5c3d"')(fields, name)
    nearest = colour and nearest_readable(colour)
    if nearest != colour:
        # Rounded down, so that 4.49 is not shown as 4.5.
        contrast = f"{contrast_on_page(colour) - 0.05:.1f}"
        message = f'the {name} "{colour}" is too light: its contrast is {contrast}'
        message += f", but text needs {LEAST_CONTRAST}"
        fields.report(colour.line, Kind.WRONG_VALUE, message, f'write {name}: "{nearest}"', name)
    return nearest


def _read_links(fields: Fields, name: str) -> tuple[Link, ...]:
    """Return the links below a key, each a label and its address, in their order."""
    links = fields.nested(name, None)
    example = "https://example.org/about or jobs@example.org"
    read_address = _read_as_address(_mail_or_web, "a mail or https address", example)
    found = []
    for label, value in links.values.items():
        links.require(label)
        address = read_address(links, label)
        if not is_visible(label):
            message, hint = f'a label in "{name}" is empty', "write Label: address"
            fields.report(value.line, Kind.EMPTY_VALUE, message, hint, name)
        advise_prose(links, name, Text(label, value.line), "")
        found.append(Link(label=label, address=contact_link(address or "")))
    return tuple(found)


def _read_synonyms(fields: Fields, name: str) -> tuple[Synonyms, ...]:
    """Return the synonyms of each text: "remote, wfh" both ways, "salary => pay, wage" one way."""
    found = []
    for text in fields.texts(name):
        before, arrow, after = text.partition("=>")
        asked = tuple(phrase.strip() for phrase in before.split(","))
        meant = tuple(phrase.strip() for phrase in after.split(",")) if arrow else asked
        lengths = {phrase: sum(1 for _ in tokens(phrase)) for phrase in asked + meant}
        if 0 in lengths.values() or len(lengths) == 1:
            message = f'"{shortened(text)}" is not a group of synonyms'
            hint = "write words with commas between them, such as remote, wfh or salary => pay"
            fields.report(text.line, Kind.WRONG_VALUE, message, hint, name)
        elif max(lengths.values()) > _MAX_PHRASE_WORDS:
            phrase = shortened(max(lengths, key=lambda phrase: lengths[phrase]))
            message = f'the synonym "{phrase}" has more than {_MAX_PHRASE_WORDS} words'
            fields.report(text.line, Kind.LIMIT_EXCEEDED, message, "shorten it", name)
        else:
            found.append(Synonyms(asked=asked, meant=meant, line=text.line))
    return tuple(found)


_READERS: Mapping[Form, Reader] = {
    **READERS,
    Form.LANGUAGE: read_as(
        lambda tag: tag if LANGUAGE_TAG.fullmatch(tag) else None,
        "the tag of a language",
        "a tag such as en, de or pt-BR",
        lambda tag: [tag.replace("_", "-")],
    ),
    Form.SITE_ADDRESS: _read_as_address(
        public_url,
        "the web address of a site, without ? and #",
        "https://example.org/faq/",
        _propose_site,
    ),
    Form.WEB_ADDRESS: _read_as_address(_https_url, "an https address", "https://example.org/jobs"),
    Form.REPOSITORY: _read_as_address(
        _repository,
        "the https address of a repository",
        "https://github.com/owner/name, or that with /tree/branch",
        _propose_repository,
    ),
    Form.PICTURE: read_as(
        lambda path: path if ending_of(path) in PICTURE_ENDINGS | {"svg"} else None,
        "a picture",
        "a path such as brand/logo.svg, for the file static/brand/logo.svg",
    ),
    Form.CONTACT: _read_contact,
    Form.COLOUR: _read_colour,
    Form.LINKS: _read_links,
    Form.SYNONYMS: _read_synonyms,
    Form.VOCABULARY: read_as(
        lambda name: name if name in VOCABULARIES else None,
        "a vocabulary",
        f"one of the vocabularies: {', '.join(VOCABULARIES)}",
        str.split,
    ),
}
