"""Links outward: whether there is still something where they lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape, unescape
from urllib.parse import urldefrag

from faqsite.model import Faq
from faqsite.problems import Kind, Problem, quoted
from faqsite.settings import SETTINGS_FILE

__all__ = ["find_dead_links", "outward_links"]

_LINK = re.compile(r'<a\b[^>]*? href="(https?://[^"]*)"', re.IGNORECASE)
_AT_ONCE = 4
"""So many addresses are asked for at a time."""


def outward_links(faq: Faq, files: Mapping[str, bytes]) -> dict[str, list[tuple[str, int]]]:
    """Return the http and https addresses of a FAQ, each with its places: path and line.

    `files` are those of the content. The line is 0 where an address is not to be found in one.
    """
    places: dict[str, list[tuple[str, int]]] = {}
    for path, address in _written(faq):
        place = path, _line(files.get(path, b"").decode(errors="replace"), address)
        held = places.setdefault(urldefrag(address).url, [])
        if place not in held:
            held.append(place)
    return places


def _written(faq: Faq) -> Iterator[tuple[str, str]]:
    """Yield each address with the path of the file in which it stands."""
    settings = faq.settings
    ours = (*settings.header_links, *settings.footer_links)
    for address in (settings.jobs, *(link.address for link in ours)):
        if address.lower().startswith(("https:", "http:")):
            yield SETTINGS_FILE, address
    for entry in faq.top.all_entries:
        html = "".join(part for part in entry.answer.parts if isinstance(part, str))
        for address in _LINK.findall(html):
            yield entry.path, unescape(address)


def _line(text: str, address: str) -> int:
    places = (text.find(written) for written in (address, escape(address)))
    return next((text.count("\n", 0, place) + 1 for place in places if place >= 0), 0)


def find_dead_links(
    links: Mapping[str, list[tuple[str, int]]],
    fault_of: Callable[[str], str],
    tell: Callable[[float], None] = lambda _: None,
) -> Iterator[Problem]:
    """Yield an advice for each place of an address of which `fault_of` tells a fault.

    `tell` is told the share of the addresses that were asked for.
    """

    def asked(address: str) -> tuple[str, str]:
        return address, fault_of(address)

    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        for done, (address, fault) in enumerate(pool.map(asked, links), start=1):
            tell(done / len(links))
            for path, line in links[address] if fault else ():
                yield Problem(
                    path=path,
                    line=line,
                    kind=Kind.DEAD_LINK,
                    about=(address,),
                    message=f"the link to {quoted(address)} is dead: {fault}",
                    hint="open it, and put it right or take it out",
                    is_advice=True,
                )
    finally:
        # Who stops the command waits for no more than what is asked for right now.
        pool.shutdown(cancel_futures=True)
