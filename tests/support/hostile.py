"""Sites of hostile authors, with or without the allow-list of answers and the policy of pages.

A build of them ignores problems: what counts is what it would publish.
"""

from __future__ import annotations

import csv
import io
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
import yaml
from playwright.sync_api import ProxySettings

from faqsite.answers import answer as markup
from faqsite.answers.dialect import to_html
from faqsite.build.pipeline import build_site
from faqsite.content.keys import category_text, entry_text
from faqsite.model.keys import CategoryFile
from faqsite.model.problems import Problem, Problems
from faqsite.model.records import Answer, LinkTarget, RawEntry
from faqsite.transfer.article import Keys
from faqsite.transfer.table import read_csv
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
"""Each answer by the path of its entry without the ending; each asks a host of its own."""

_POLICY_TAG = re.compile('<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_BASE = (PROJECT / "templates/base.html").read_text(encoding="utf-8")
POLICY = re.sub(r"{%.*?endif %}", "", _POLICY_TAG.findall(_BASE)[0])
"""The policy of the pages, without the hash of data that never runs."""

_make_answer = markup.make_answer


def _nth(texts: Sequence[str], number: int) -> str:
    return texts[number % len(texts)]


def _settings() -> str:
    """Return settings with hostile text in every value."""
    address = f"https://{ELSEWHERE}/?'onclick='alert(1)"
    settings = {
        "title": f"Title {SHORT[0]}",
        "description": f"Description {SHORT[2]}",
        "company": f"Company {SHORT[9]}",
        "url": "https://example.org/faq/",
        "contact": f"{address}&about={{question}}",
        "jobs": address,
        "repository": address.replace("?", ""),
        "header_links": dict.fromkeys(SHORT[:4], address),
        "footer_links": dict.fromkeys(SHORT[-4:], f"'onclick@{ELSEWHERE}"),
        "words": {
            key: f"{text} {_nth(SHORT, number)}"
            for number, (key, text) in enumerate(SENTENCES.items())
        },
    }
    return yaml.safe_dump(settings, sort_keys=False, width=9_999)


def _content() -> dict[str, str]:
    """Return content with hostile text in every place."""
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
    # Other systems do not allow such names.
    for number, name in enumerate(NAMES if os.name == "posix" else ()):
        question = make_front_matter(f"{name} of a name")
        files[f"{number}{name}/{name}.md"] = entry_text(question, name)
    return files


def _imported_content() -> dict[str, str]:
    """Import the answers as HTML from a table, and return them as content."""
    table = io.StringIO()
    # An import refuses a table that contains U+0000.
    rows = (row for row in ANSWERS.items() if "\0" not in row[1])
    csv.writer(table).writerows([("question", "answer"), *rows])
    source = read_csv(table.getvalue().encode(), Keys({}, ()))
    return {"site.yaml": "title: Article"} | {
        f"{each.question}.md": entry_text(make_front_matter(each.question), each.answer)
        for each in convert(source.articles, "html", lambda _: None)
    }


def as_written(path: str, markdown: str) -> str:
    """Return an answer as a page would show it without the allow-list."""
    is_markdown = path.startswith(("markdown/", "addresses/"))
    return to_html(markdown, lambda *_, **__: None) if is_markdown else markdown


def _make_as_written(entry: RawEntry) -> tuple[Answer, tuple[Problem, ...]]:
    html = as_written(entry.path, entry.body)
    return Answer(parts=(html,), text=html), ()


def _make_listed(entry: RawEntry) -> tuple[Answer, tuple[Problem, ...]]:
    """Return an answer as it is published, read first as Markdown and then as HTML.

    Its links into the content lead to the entry itself, which exists.
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


def build_hostile(folder: Path, *, has_allow_list: bool, is_imported: bool = False) -> Path:
    """Build the site of hostile authors, and return its folder."""
    content = write(folder / "content", _imported_content() if is_imported else _content())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "make_answer", _make_listed if has_allow_list else _make_as_written)
        patch.setattr(Problems, "raise_if_any", lambda _: None)
        build_site(
            content=content,
            templates=PRODUCT / "templates",
            static=PRODUCT / "static",
            output=folder / "site",
            base_path=BASE_PATH,
        )
    return folder / "site"


def without_policy(html: bytes) -> bytes:
    """Return a page without its policy."""
    return _POLICY_TAG.sub("", html.decode(), count=1).encode()


_HEAD = re.compile(rb"[A-Z]+ (?:\w+://)?([^/ :]+)")
_REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(slots=True)
class Trap:
    """A proxy that notes the hosts it is asked for, and lets nothing through."""

    port: int
    asked: set[str] = field(default_factory=set)

    @property
    def proxy(self) -> ProxySettings:
        """The option for a browser, which reaches this machine without the proxy."""
        return {"server": f"http://127.0.0.1:{self.port}", "bypass": "127.0.0.1"}


@contextmanager
def trap() -> Iterator[Trap]:
    """Yield a trap that listens."""
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
