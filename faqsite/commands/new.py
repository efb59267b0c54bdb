"""`build.py new`: the file of an entry, to be written by hand.

Where it goes, what is in it, and which entries ask nearly the same already.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from faqsite.audit.near import near_texts
from faqsite.commands.console import (
    DONE,
    WRONG_CONTENT,
    CommandError,
    Parser,
    add_folders,
    check_folder,
    name_folder,
    print_problems,
)
from faqsite.content.fields import MAX_FIELD_CHARS
from faqsite.content.folder import load_content
from faqsite.content.keys import entry_text
from faqsite.content.text import is_visible
from faqsite.content.yamltext import CONTROL
from faqsite.model import urls
from faqsite.model.keys import FrontMatter, Text
from faqsite.model.problems import Kind, Problem, Problems, did_you_mean, note, shortened
from faqsite.model.records import RawContent
from faqsite.system.files import write_new

UNDONE = "nothing was written"
PLACEHOLDER = "<!-- Write the answer here. Then take the line out above: draft: true -->"
"""Shows nothing, so that it cannot be published as an answer."""
_MOST_NAME_CHARS = 60
_STEP = 10
_MOST_ORDER = 999_999_999


def make_parser() -> Parser:
    """Return the parser of the command line."""
    parser = Parser(
        prog="build.py new",
        description=(
            "Write the file of a new entry: a draft, which is not published until its answer "
            'is written and the line "draft: true" taken out.'
        ),
        epilog='Example: python build.py new "Can I bring my dog?" --in office',
    )
    parser.add_argument("question", metavar="QUESTION", help="in quotes, as a reader would ask it")
    parser.add_argument(
        "--in",
        dest="folder",
        metavar="FOLDER",
        default="",
        help="the folder of its category, such as office or office/desks (by default none)",
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        default="",
        help="the name of the file, and so of the page, in few words (by default the question)",
    )
    parser.add_argument(
        "--anyway",
        action="store_true",
        help="write it also if another entry asks nearly the same",
    )
    add_folders(parser, "content")
    return parser


def run(options: argparse.Namespace) -> int:
    """Write a draft; where others ask nearly the same, only name them, unless it is to be."""
    check_folder("content", options.content)
    content = name_folder(options.content)
    folder = Path(options.folder)
    if folder.is_relative_to(content):  # As a shell completes it.
        folder = folder.relative_to(content)
    # What is wrong with other entries is for the build to report.
    found = load_content(options.content, {}, Problems())
    entry = plan_entry(found, options.question, folder=folder.as_posix(), name=options.name)
    print_problems(entry.near, content)
    if entry.near and not options.anyway:
        message = 'add your question there under "also_asked", or run this again with --anyway'
        raise CommandError(message, WRONG_CONTENT)
    write_new({options.content / entry.path: entry.text.encode()})
    sys.stdout.write(
        f"Wrote {content}/{entry.path}, a draft: write its answer there, "
        'then take the line out: "draft: true".\n'
    )
    return DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A file that is to be written."""

    path: str
    text: str
    near: tuple[Problem, ...]
    """An advice for each entry that asks nearly the same already, the nearest first."""


def plan_entry(content: RawContent, question: str, *, folder: str = "", name: str = "") -> NewEntry:
    """Return the draft of an entry, in a folder that is there, last of those in it.

    Its file is named by `name`, else by the question. Raises CommandError.
    """
    question = " ".join(question.split())
    if not is_visible(question) or CONTROL.search(question):
        raise CommandError('the question is no text; write it in quotes: "When is pay day?"')
    if len(question) > MAX_FIELD_CHARS:
        raise CommandError(f"the question is longer than {MAX_FIELD_CHARS:,} characters; say less")
    folder = _folder(content, folder)
    path = _path(content, folder, urls.slugify(name or question), is_given=bool(name))
    return NewEntry(
        path=path,
        text=entry_text(
            FrontMatter(
                question=Text(question),
                order=_next_order([e.order for e in content.entries if e.category == folder]),
                draft=True,
            ),
            PLACEHOLDER,
        ),
        near=_near(content, question),
    )


def _folder(content: RawContent, folder: str) -> str:
    """Return the path of a folder of the content as it was meant."""
    meant = normalize("NFC", folder).strip("/")
    folders = [category.path for category in content.categories]
    if meant in {"", "."}:
        return ""
    if meant not in folders:
        one_of = f"make it, or choose one of: {', '.join(folders)}" if folders else "make it first"
        hint = did_you_mean(meant, folders) or one_of
        raise CommandError(f'no folder "{shortened(meant)}" in the content; {hint}')
    return meant


def _path(content: RawContent, folder: str, slug: str, *, is_given: bool) -> str:
    """Return the path of a file at whose address nothing stands."""
    if not is_given and len(slug) > _MOST_NAME_CHARS:
        # As many whole words as there is room for.
        slug = slug[: _MOST_NAME_CHARS + 1].rpartition("-")[0] or slug[:_MOST_NAME_CHARS]
    if not slug:
        raise CommandError("no letter or digit for a file's name; give one: --name pay-day")
    path = f"{folder}/{slug}.md" if folder else f"{slug}.md"
    address = urls.address_of(path)
    # A README is for those who open the folder on GitHub.
    if urls.is_reserved(address) or slug == "readme":
        raise CommandError(f'the name "{slug}" is kept for other files; give one: --name pay-day')
    taken = {
        urls.address_of(each).casefold(): each
        for each in (*(entry.path for entry in content.entries), *content.unreadable)
    }
    if other := taken.get(address.casefold()):
        raise CommandError(f'"{other}" is there already; open it, or give another --name')
    return path


def _next_order(orders: Sequence[int | None]) -> int | None:
    """Return the next number in tens; None where the entries are sorted by their questions."""
    numbers = [order for order in orders if order is not None]
    if orders and not numbers:
        return None
    following = max(numbers, default=0) // _STEP * _STEP + _STEP
    return following if following <= _MOST_ORDER else None


def _near(content: RawContent, question: str) -> tuple[Problem, ...]:
    phrases = [
        (entry, text) for entry in content.entries for text in (entry.question, *entry.also_asked)
    ]
    texts = [text for _, text in phrases]
    (nearest,) = near_texts([question], texts, content.settings.language)
    found: dict[str, Problem] = {}
    for entry, text in (phrases[number] for number in nearest):
        message = f'asks nearly the same: "{shortened(text)}"'
        advice = note(entry.path, text.line, Kind.SIMILAR_QUESTION, message, is_advice=True)
        found.setdefault(entry.path, advice)
    return tuple(found.values())
