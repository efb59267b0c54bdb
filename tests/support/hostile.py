"""Sites of hostile authors, with or without the walls; a browser that visits them; other hosts.

The walls are the allow-list of answers and the policy of pages. Problems are passed over: what
counts is what would be published.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import ProxySettings

from faqsite.answers import answer as markup
from faqsite.answers import entries
from faqsite.answers.dialect import to_html
from faqsite.build.pipeline import build_site
from faqsite.content.keys import category_text, entry_text
from faqsite.model.keys import CategoryFile
from faqsite.model.problems import Problem, Problems
from faqsite.model.records import Answer, LinkTarget, RawEntry
from faqsite.transfer.article import Keys
from faqsite.transfer.from_csv import read_csv
from faqsite.transfer.to_markdown import convert

from .contents import make_front_matter
from .documents import write
from .payloads import BY_KIND, ELSEWHERE, NAMES, SHORT, URLS
from .product import PRODUCT, PROJECT
from .served import BASE_PATH
from .sites import SENTENCES

ANSWERS: Mapping[str, str] = {
    f"{kind}/{number}": answer.replace(ELSEWHERE, f"{kind}-{number}.{ELSEWHERE}")
    for kind, answers in BY_KIND.items()
    for number, answer in enumerate(answers, start=1)
}
"""Each answer by the path of its entry, without the ending; the host that it asks is its own."""

_POLICY_TAG = re.compile('<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_BASE = (PROJECT / "templates/base.html").read_text(encoding="utf-8")
POLICY = re.sub(r"{%.*?endif %}", "", _POLICY_TAG.findall(_BASE)[0])
"""That of the pages, without the hash of data that runs nowhere."""

_make_answer = markup.make_answer


def _say_nothing(_: float) -> None:
    """Tell no progress."""


def _nth(texts: Sequence[str], number: int) -> str:
    return texts[number % len(texts)]


def _settings() -> str:
    """Return settings that say something hostile wherever they say anything."""
    address = f"https://{ELSEWHERE}/?'onclick='alert(1)"
    words = {key: f"{text} {_nth(SHORT, n)}" for n, (key, text) in enumerate(SENTENCES.items())}
    texts = {
        "title": f"Title {SHORT[0]}",
        "description": f"Description {SHORT[2]}",
        "company": f"Company {SHORT[9]}",
        "url": "https://example.org/faq/",
        "contact": f"{address}&about={{question}}",
        "jobs": address,
        "repository": address.replace("?", ""),
    }
    below = {
        "header_links": dict.fromkeys(SHORT[:4], address),
        "footer_links": dict.fromkeys(SHORT[-4:], f"'onclick@{ELSEWHERE}"),
        "words": words,
    }
    lines = [f"{key}: {json.dumps(text)}" for key, text in texts.items()]
    for key, values in below.items():
        lines += [f"{key}:", *(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in values.items())]
    return "\n".join(lines)


def _brought() -> Mapping[str, str]:
    """Return what an import makes of a table of these answers, each taken for HTML."""
    table = io.StringIO()
    # A table with a zero in it is refused whole.
    rows = (row for row in ANSWERS.items() if "\0" not in row[1])
    csv.writer(table).writerows([("question", "answer"), *rows])
    source = read_csv(table.getvalue().encode(), Keys({}, ()))
    brought = convert(source.articles, "html", _say_nothing)
    return {each.question: each.answer for each in brought}


def _content() -> dict[str, str]:
    files = {"site.yaml": _settings()}
    for number, (path, answer) in enumerate(ANSWERS.items()):
        files[f"{path}.md"] = entry_text(
            make_front_matter(
                f"{path.replace('/', ' ')} {answer}",
                also_asked=[_nth(SHORT, number)],
                owner=_nth(SHORT, number),
                updated=date(2026, 1, 2),
                moved_from=[_nth(URLS, number), f"/old/{number}' onload='alert(1)"],
            ),
            answer,
        )
    for number, kind in enumerate(BY_KIND):
        title, summary = SHORT[number], SHORT[-number - 1]
        files[f"{kind}/_category.yaml"] = category_text(CategoryFile(title=title, summary=summary))
        files[f"{kind}/thing.pdf"] = files[f"{kind}/thing.png"] = "alert(1)"
    # Other systems take no such names.
    for number, name in enumerate(NAMES if os.name == "posix" else ()):
        files[f"{number}{name}/{name}.md"] = entry_text(
            make_front_matter(f"{name} of a name"), name
        )
    return files


def _brought_content() -> dict[str, str]:
    brought = _brought()
    return {"site.yaml": "title: Article"} | {
        f"{path}.md": entry_text(make_front_matter(path), answer)
        for path, answer in brought.items()
    }


def as_written(path: str, markdown: str) -> str:
    """Return an answer as it would stand in a page without the allow-list."""
    is_markdown = path.startswith(("markdown/", "addresses/"))
    return to_html(markdown, lambda *_: None) if is_markdown else markdown


def _make_as_written(entry: RawEntry) -> tuple[Answer, tuple[Problem, ...]]:
    html = as_written(entry.path, entry.body)
    return Answer(parts=(html,), text=html), ()


def _make_listed(entry: RawEntry) -> tuple[Answer, tuple[Problem, ...]]:
    """Return an answer as it is published, read as Markdown and, below that, as HTML.

    What leads into the content leads to the entry itself: that is there.
    """
    answers = [_make_answer(entry)[0]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "to_html", lambda markdown, _: markdown)
        answers.append(_make_answer(entry)[0])
    parts = (
        part._replace(path=entry.path) if isinstance(part, LinkTarget) else part
        for answer in answers
        for part in answer.parts
    )
    return answers[0]._replace(parts=tuple(parts)), ()


def build_hostile(folder: Path, *, has_allow_list: bool, is_brought: bool = False) -> Path:
    """Build the site of hostile authors into a folder, and return where it is."""
    content = write(folder / "content", _brought_content() if is_brought else _content())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "make_answer", _make_listed if has_allow_list else _make_as_written)
        patch.setattr(Problems, "raise_if_any", lambda _: None)
        build_site(
            content=content,
            templates=PRODUCT / "templates",
            static=PRODUCT / "static",
            output=folder / "site",
            base_path=BASE_PATH,
        )
    return folder / "site"


def without_policy(site: Path) -> Path:
    """Return a copy of a site in which no page has a policy; it comes to lie beside it."""
    copy = site.with_name("open")
    for path in filter(Path.is_file, site.rglob("*")):
        new = copy / path.relative_to(site)
        new.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        if path.suffix == ".html":
            content = _POLICY_TAG.sub("", content.decode(), count=1).encode()
        new.write_bytes(content)
    return copy


_HEAD = re.compile(rb"[A-Z]+ (?:\w+://)?([^/ :]+)")
_REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(slots=True)
class Trap:
    """A proxy to other hosts that keeps which of them were asked, and lets nothing through."""

    port: int
    asked: set[str] = field(default_factory=set)

    @property
    def proxy(self) -> ProxySettings:
        """What a browser is told of it: this machine is reached without."""
        return {"server": f"http://127.0.0.1:{self.port}", "bypass": "127.0.0.1"}


@contextmanager
def trap() -> Iterator[Trap]:
    """Yield a trap."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = Trap(port=listening.getsockname()[1])

        def refuse(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.settimeout(10)
                if head := _HEAD.match(connection.recv(4096)):
                    found.asked.add(head[1].decode())
                connection.sendall(_REFUSAL)

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    threading.Thread(target=refuse, args=[connection], daemon=True).start()

        threading.Thread(target=listen, daemon=True).start()
        yield found
