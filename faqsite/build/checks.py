"""What the settings say of the whole site: its address, its logo, its synonyms."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from faqsite.content.settings import public_url
from faqsite.content.sources import SETTINGS_FILE
from faqsite.model.keys import Text
from faqsite.model.problems import Kind, Problems, did_you_mean, shortened
from faqsite.model.records import OutputFile, Synonyms

_ORIGIN = "https://example.org"


class AddressError(Exception):
    """The public address or the base path is wrong, or they contradict each other."""


def settle_address(site_url: str, base_path: str, settings_url: str) -> tuple[str, str]:
    """Return the public address ("" if unknown) and the base path, each ended by "/".

    What was asked for wins; else the address is that of the settings, and the path that of the
    address. Raises AddressError.

    >>> settle_address("", "", "https://example.org/faq/")
    ('https://example.org/faq/', '/faq/')
    """
    asked_url = public_url(site_url) if site_url else ""
    if asked_url is None:
        hint = "such as https://example.org/faq/, without ? and #"
        raise AddressError(f'--site-url must be a public address, not "{site_url}"; {hint}')
    url = asked_url or settings_url
    path = urlsplit(url).path or "/"
    if not base_path:
        return url, path
    asked = public_url(f"{_ORIGIN}/{base_path.strip('/')}")
    if asked is None:
        hint = "such as /faq/, without ? and #"
        raise AddressError(f'--base-path must be a path, not "{base_path}"; {hint}')
    if url and asked != f"{_ORIGIN}{path}":
        raise AddressError(f'--base-path "{base_path}" contradicts the address {url}; leave it out')
    return url, asked.removeprefix(_ORIGIN)


def check_logo(logo: Text, static_files: Iterable[OutputFile], problems: Problems) -> None:
    """Note a logo that is not among the static files."""
    names = {file.address.removeprefix("assets/") for file in static_files}
    if logo and logo not in names:
        hint = did_you_mean(logo, names) or "put it there, or take the line out"
        message = f'no file "{shortened(logo)}" in static/ for "logo"'
        problems.add(SETTINGS_FILE, logo.line, Kind.MISSING_FILE, message, hint, logo)


def check_synonyms(idle: Iterable[Synonyms], problems: Problems) -> None:
    """Advise on synonyms that find nothing."""
    for synonyms in idle:
        message = f'no entry has a word of "{", ".join(synonyms.meant)}"'
        hint = "take it out, or say it in theirs"
        problems.advise(
            SETTINGS_FILE, synonyms.line, Kind.IDLE_SYNONYM, message, hint, *synonyms.meant
        )
