"""`build.py new`: starts a new entry, unless others already ask almost the same question."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

from faqsite.audit.near import near_texts
from faqsite.commands import console
from faqsite.commands.console import CommandError
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
PLACEHOLDER = '<!-- Write the answer here, then delete the line "draft: true" above. -->'
"""A comment, so that it cannot be published as an answer."""
_MAX_NAME_CHARS = 60
_STEP = 10
_MAX_ORDER = 999_999_999


def make_parser() -> console.Parser:
    """Return the parser of the command line."""
    parser = console.Parser(
        "new",
        "Start a new entry: write a draft, which is published once you have written its answer "
        'and deleted the line "draft: true".',
        'Example: python build.py new "Can I bring my dog?"',
    )
    meaning = "the question in quotes, as a reader would ask it"
    parser.add_argument("question", metavar="QUESTION", help=meaning)
    meaning = "the folder of its category, such as office or office/desks (default: no category)"
    parser.add_argument("--in", dest="folder", metavar="FOLDER", default="", help=meaning)
    meaning = "a short name for the file, and so for the page (default: the question)"
    parser.add_argument("--name", metavar="NAME", default="", help=meaning)
    meaning = "write it even if another entry asks almost the same"
    parser.add_argument("--anyway", action="store_true", help=meaning)
    parser.add_folders("content")
    return parser


def run(options: argparse.Namespace) -> int:
    """Write a draft, or only list the entries that ask almost the same, unless --anyway is set."""
    console.check_folders(options, "content")
    root = console.name_folder(options.content)
    # The build reports what is wrong with other entries.
    content = load_content(options.content, {}, Problems())
    question = clean_question(options.question)
    folder = find_folder(content, options.folder, root)
    path = name_file(content, folder, question, options.name)
    near = find_near(content, question)
    console.print_problems(near, root)
    if near and not options.anyway:
        message = 'add your question to "also_asked" there, or run this again with --anyway'
        raise CommandError(message, console.WRONG_CONTENT)
    order = next_order([each.order for each in content.entries if each.category == folder])
    front_matter = FrontMatter(question=Text(question), order=order, draft=True)
    write_new({options.content / path: entry_text(front_matter, PLACEHOLDER).encode()})
    sys.stdout.write(
        f"Wrote {root}/{path}. To publish it, write the answer there and delete the line "
        '"draft: true".\n'
    )
    return console.DONE


def clean_question(text: str) -> str:
    """Return a question on one line; raise CommandError if no entry can have it."""
    question = " ".join(text.split())
    if not is_visible(question) or CONTROL.search(question):
        fact = "the question is empty or contains invisible characters"
        raise CommandError(f'{fact}; write it in quotes: "When is pay day?"')
    if len(question) > MAX_FIELD_CHARS:
        fact = f"the question is longer than {MAX_FIELD_CHARS:,} characters"
        raise CommandError(f"{fact}; shorten it")
    return question


def find_folder(content: RawContent, written: str, root: str) -> str:
    """Return the path of a folder of the content, named from `root` or within it."""
    given = Path(normalize("NFC", written))
    # A shell completes "content/office".
    inside = given.relative_to(root) if given.is_relative_to(root) else given
    path = inside.as_posix().strip("/")
    folders = [category.path for category in content.categories]
    if path in {"", ".", *folders}:
        return path.removeprefix(".")
    hints = [f"choose one of: {', '.join(folders)}"] if folders else []
    if all(map(urls.slugify, path.split("/"))):
        hints.append(f'make it with "mkdir -p {console.quote_for_shell(f"{root}/{path}")}"')
    hint = did_you_mean(path, folders) or ", or ".join(hints)
    raise CommandError(f'there is no folder "{shortened(path)}" in {root}/; {hint}')


def name_file(content: RawContent, folder: str, question: str, name: str = "") -> str:
    """Return the path of a new file, by its name or its question, whose address is free."""
    slug = urls.slugify(name or question)
    if not name and len(slug) > _MAX_NAME_CHARS:
        # As many whole words as there is room for.
        slug = slug[: _MAX_NAME_CHARS + 1].rpartition("-")[0] or slug[:_MAX_NAME_CHARS]
    if not slug:
        fact = "there is no letter or digit to name the file after"
        raise CommandError(f"{fact}; choose a name: --name pay-day")
    path = f"{folder}/{slug}.md" if folder else f"{slug}.md"
    address = urls.address_of(path)
    # GitHub shows a README to those who open its folder.
    if urls.is_reserved(address) or slug == "readme":
        raise CommandError(f'the name "{slug}" is reserved; choose another: --name pay-day')
    paths = [*(entry.path for entry in content.entries), *content.unreadable]
    taken = {urls.address_of(each).casefold(): each for each in paths}
    if other := taken.get(address.casefold()):
        raise CommandError(f'"{other}" already exists; edit it, or choose another --name')
    return path


def next_order(orders: Sequence[int | None]) -> int | None:
    """Return the next number in tens; None where the entries are sorted by their questions."""
    numbers = [order for order in orders if order is not None]
    if orders and not numbers:
        return None
    following = max(numbers, default=0) // _STEP * _STEP + _STEP
    return following if following <= _MAX_ORDER else None


def find_near(content: RawContent, question: str) -> list[Problem]:
    """Return advice for each entry that asks almost the same, the nearest first."""
    phrases = [
        (entry, text) for entry in content.entries for text in (entry.question, *entry.also_asked)
    ]
    texts = [text for _, text in phrases]
    (nearest,) = near_texts([question], texts, content.settings.language)
    found: dict[str, Problem] = {}
    for entry, text in (phrases[number] for number in nearest):
        message = f'asks almost the same: "{shortened(text)}"'
        advice = note(entry.path, text.line, Kind.SIMILAR_QUESTION, message, is_advice=True)
        found.setdefault(entry.path, advice)
    return [*found.values()]
