"""The nouns of a FAQ, as frozen records.

Paths are POSIX paths relative to the content folder ("team/time-zone.md").
Addresses are relative to the site's root ("team/time-zone.html").

Records are dataclasses if they share keys, and otherwise named tuples, which Python creates in a
tenth of the time: a small build spends most of its time on imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from faqsite.model.keys import CategoryFile, Form, FrontMatter, Text, key, keys_of
from faqsite.model.problems import Problem

PICTURE_ENDINGS = frozenset({"avif", "gif", "jpeg", "jpg", "png", "webp"})
"""Pictures that an answer can show. SVG is not one: opened by itself, it can run script."""
ATTACHMENT_ENDINGS = PICTURE_ENDINGS | {"pdf"}
"""Files that are published beside an entry."""
PDF_SIGN = b"%PDF-"
"""How a PDF begins. A browser runs any other file with that name if a page loads it as a script,
which it never does with pictures. No script in UTF-8 begins this way."""

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The shape of a language tag with script, region and variants in BCP 47 (RFC 5646)."""


class Link(NamedTuple):
    """A link in the header or footer, with its https or mailto address."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonyms:
    """Words or phrases that also find what is meant."""

    asked: tuple[str, ...]
    meant: tuple[str, ...]
    """The same as `asked` if they work both ways."""
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings in `content/site.yaml`; an empty text means that the key is missing."""

    title: str = key(
        Form.TEXT,
        "the name of the site, in the header and in the title of each page",
        is_required=True,
    )
    description: str = key(Form.TEXT, "one sentence on the home page")
    language: str = key(
        Form.LANGUAGE,
        "the tag of the language of the answers, such as `en`, `de` or `pt-BR`; `en` by default",
        default="en",
    )
    url: str = key(
        Form.SITE_ADDRESS,
        "the public address, for canonical links, the sitemap, link previews and the 404 page; "
        "GitHub Pages supplies it when it publishes",
    )
    company: str = key(Form.TEXT, "who publishes the answers; shown at the foot of each page")
    contact: str = key(
        Form.CONTACT,
        'a mail or https address; gives "Ask us" at the foot and below search results, and "Did '
        'this answer your question?" below an answer: see below',
    )
    jobs: str = key(
        Form.WEB_ADDRESS,
        'an https address; gives "See open jobs" in the header, at the foot and below search '
        "results",
    )
    repository: str = key(
        Form.REPOSITORY,
        'its page on GitHub; gives each answer "Edit this answer" and each category "Add a '
        'question"; the branch is `main` unless the address ends in `/tree/` and another',
    )
    accent: str = key(
        Form.COLOUR,
        'the colour of links, buttons and the icon, such as `"#0a5c3d"`; in quotes, because `#` '
        "begins a comment",
    )
    logo: Text = key(
        Form.PICTURE, "a picture in `static/`, also SVG, shown at the left of the header"
    )
    header_links: tuple[Link, ...] = key(
        Form.LINKS,
        "links in the header, one `Label: address` per line, in order; https or mail addresses",
    )
    footer_links: tuple[Link, ...] = key(Form.LINKS, "the same, at the foot")
    synonyms: tuple[Synonyms, ...] = key(Form.SYNONYMS, "words that find each other: see below")
    vocabulary: str = key(
        Form.VOCABULARY, "`careers` to understand other words of candidates: see below"
    )
    words: tuple[tuple[str, str], ...] = key(
        Form.WORDS, "your own version of any text in `templates/words.yaml`"
    )


SETTINGS_KEYS = keys_of(Settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry(FrontMatter):
    """One Markdown file: its front matter parsed, its body still Markdown."""

    path: str
    category: str
    """The folder's path, "" at the top."""
    slug: str
    body: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCategory(CategoryFile):
    """One folder of the content, with the values of its `_category.yaml`."""

    path: str
    slug: str


class Attachment(NamedTuple):
    """A picture or PDF beside an entry, published beside its page."""

    path: str
    address: str
    content: bytes


class RawContent(NamedTuple):
    """Everything in the content folder, read but not yet checked as a whole."""

    settings: Settings
    categories: tuple[RawCategory, ...]
    """Every folder but the top one, parents before children."""
    entries: tuple[RawEntry, ...]
    """With drafts, and entries with a wrong value, which then counts as missing."""
    attachments: tuple[Attachment, ...]
    unreadable: frozenset[str] = frozenset()
    """Paths of the Markdown files that cannot be read."""
    queries: bytes = b""
    """The bytes of `queries.yaml`; only the audit reads them."""
    changed: frozenset[str] = frozenset()
    """Paths of the files that an editor changed, if known. A problem of two files is reported on
    the changed one, otherwise on the later one."""


class LinkTarget(NamedTuple):
    """The address in a link or picture that leads to a file, folder or heading of the content.

    `path` is the path of an entry ("team/time-zone.md"), an attachment or a folder ("team", or ""
    for the top), `fragment` the id of a heading there.
    """

    path: str
    line: int
    fragment: str = ""
    written: str = ""
    """The address as the author typed it."""


class ElementId(NamedTuple):
    """The value of an `id`, which each page prefixes with the entry's anchor."""

    name: str


class HeadingLevel(NamedTuple):
    """The digit in `<h2>` or `</h2>`: 1 for the answer's highest heading, then 2, 3, ..."""

    depth: int


class PictureSize(NamedTuple):
    """The attributes `width` and `height` of a picture that its author left out."""

    path: str
    width: int = 0
    """What the author wrote, in pixels, or 0; the same for `height`."""
    height: int = 0


AnswerPart = str | LinkTarget | ElementId | HeadingLevel | PictureSize
"""Literal HTML, or a part that depends on the page that the answer is on."""


class Answer(NamedTuple):
    """An answer as safe HTML with links, ids and heading levels still symbolic."""

    parts: tuple[AnswerPart, ...]
    text: str
    """The answer without markup, its blocks separated by a newline."""

    @property
    def links(self) -> Iterator[LinkTarget]:
        """The links into the content, in the order of the text."""
        return (part for part in self.parts if isinstance(part, LinkTarget))

    @property
    def ids(self) -> Iterator[str]:
        """The ids that a link can lead to, in the order of the text."""
        return (part.name for part in self.parts if isinstance(part, ElementId))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(FrontMatter):
    """A published question with its answer; `related` has the paths of entries."""

    path: str
    address: str
    slug: str
    anchor: str
    """The id of the entry on a page that shows several: its slug if that is unique, otherwise the
    whole address ("pay/visa")."""
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(CategoryFile):
    """A folder of entries. The top one is the FAQ itself and has the path ""."""

    path: str
    address: str
    entries: tuple[Entry, ...]
    categories: tuple[Category, ...]

    @property
    def all_entries(self) -> Iterator[Entry]:
        """The entries of this category, then those of its categories, in order."""
        yield from self.entries
        for category in self.categories:
            yield from category.all_entries

    @property
    def all_categories(self) -> Iterator[Category]:
        """The categories below this one, parents before children, in order."""
        for category in self.categories:
            yield category
            yield from category.all_categories


class Faq(NamedTuple):
    """The whole FAQ, checked: every link in it has a target."""

    settings: Settings
    top: Category
    attachments: tuple[Attachment, ...]
    redirects: tuple[tuple[str, str], ...]
    """(old address, path of the entry it leads to), sorted."""


class SiteFile(NamedTuple):
    """A file of the site: its address, and the function that makes its bytes when needed."""

    address: str
    make: Callable[[], bytes]


class Report(NamedTuple):
    """What a build published, in numbers, and its advice."""

    entries: int
    categories: int
    pages: int
    files: int
    size_bytes: int
    advice: tuple[Problem, ...]
