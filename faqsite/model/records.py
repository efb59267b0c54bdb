"""The nouns of a FAQ, as frozen records.

Paths are POSIX paths relative to the content folder ("team/time-zone.md").
Addresses are relative to the site's root ("team/time-zone.html").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from faqsite.model.keys import CategoryFile, Form, FrontMatter, Text, key, keys_of
from faqsite.model.problems import Problem

PICTURE_ENDINGS = frozenset({"avif", "gif", "jpeg", "jpg", "png", "webp"})
"""Of pictures that an answer can show. No SVG: opened by itself, it can run script."""
ATTACHMENT_ENDINGS = PICTURE_ENDINGS | {"pdf"}
"""Of the files that are published beside an entry."""
PDF_SIGN = b"%PDF-"
"""How a PDF begins. Any other file of that name a browser would run, where a page asks for it as
a script: only pictures it never takes for one. No script in UTF-8 begins so."""

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The shape that BCP 47 (RFC 5646) gives to a language with script, region and variants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way on that the owner gives: what it says, and the https or mailto address behind it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonyms:
    """Words or phrases of which each, when it is asked, also finds what is meant."""

    asked: tuple[str, ...]
    meant: tuple[str, ...]
    """The same as `asked` where they go both ways."""
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `content/site.yaml` says; an empty text means that nothing was said."""

    title: str = key(
        Form.TEXT,
        "the name of the site, in the header and in the title of each page",
        is_required=True,
    )
    description: str = key(Form.TEXT, "one sentence on the home page")
    language: str = key(
        Form.LANGUAGE,
        "the tag of the language that the answers are in, such as `en`, `de` or `pt-BR`; `en` if "
        "absent",
        default="en",
    )
    url: str = key(
        Form.SITE_ADDRESS,
        "the public address, for canonical links, the sitemap, link previews and the page that "
        "stands for missing ones; GitHub Pages supplies it when it publishes",
    )
    company: str = key(Form.TEXT, "who stands behind the answers; named at the foot of each page")
    contact: str = key(
        Form.CONTACT,
        'a mail or https address; gives "Ask us" at the foot and below search results, and "Did '
        'this answer it?" below an answer: see below',
    )
    jobs: str = key(
        Form.WEB_ADDRESS, 'an https address; gives "See open jobs" there and in the header'
    )
    repository: str = key(
        Form.REPOSITORY,
        'on GitHub; gives each answer "Edit this answer" and each category "Add a question"; the '
        "branch is `main` unless the address ends in `/tree/` and another",
    )
    accent: str = key(
        Form.COLOUR,
        'the colour of links, buttons and the icon, such as `"#0a5c3d"`; in quotes, since `#` '
        "begins a comment",
    )
    logo: Text = key(
        Form.PICTURE, "a picture in `static/`, SVG too, shown at the left of the header"
    )
    header_links: tuple[Link, ...] = key(
        Form.LINKS,
        "links in the header, one `Label: address` a line, in that order; https or mail addresses",
    )
    footer_links: tuple[Link, ...] = key(Form.LINKS, "the same, at the foot")
    synonyms: tuple[Synonyms, ...] = key(Form.SYNONYMS, "words that find the same: see below")
    words: tuple[tuple[str, str], ...] = key(
        Form.WORDS, "sentences of `templates/words.yaml`, said your way"
    )


SETTINGS_KEYS = keys_of(Settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry(FrontMatter):
    """One Markdown file: its front matter typed, its body still Markdown."""

    path: str
    category: str
    """The folder's path, "" at the top."""
    slug: str
    body: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCategory(CategoryFile):
    """One folder of the content, with what its `_category.yaml` says."""

    path: str
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A picture or PDF beside an entry, published beside its page."""

    path: str
    address: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RawContent:
    """Everything that the content folder holds, read but not yet held together."""

    settings: Settings
    categories: tuple[RawCategory, ...]
    """Every folder but the top one, parents before children."""
    entries: tuple[RawEntry, ...]
    """Drafts included, and those with a problem in a field, which then is as if it were absent."""
    unreadable: frozenset[str] = frozenset()
    """Paths of the Markdown files of which nothing can be made."""
    attachments: tuple[Attachment, ...]
    queries: bytes = b""
    """`queries.yaml` as it stands; only the audit reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTarget:
    """The address in a link or picture that leads into the content: a file, a folder, a heading.

    `path` is the path of an entry ("team/time-zone.md"), of an attachment or of
    a folder ("team", or "" for the top); `fragment` the id of a heading there.
    """

    path: str
    fragment: str = ""
    written: str = ""
    """The address as the author typed it."""
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementId:
    """The value of an `id`, which each page prefixes with the entry's anchor."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingLevel:
    """The digit in `<h2>` or `</h2>`: 1 for the answer's highest heading, then 2, 3, ..."""

    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSize:
    """The attributes `width` and `height` of a picture, as far as its author wrote none."""

    path: str
    width: int = 0
    """What the author wrote in pixels, 0 for nothing; `height` likewise."""
    height: int = 0


AnswerPart = str | LinkTarget | ElementId | HeadingLevel | PictureSize
"""Literal HTML, or what depends on the page on which the answer stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as safe HTML with links, ids and heading levels still symbolic."""

    parts: tuple[AnswerPart, ...]
    text: str
    """The words of the answer without markup, blocks separated by a newline."""

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
    """A question that is published, with its answer; `related` are the paths of entries."""

    path: str
    address: str
    slug: str
    anchor: str
    """The id of the entry on a page that shows several: the slug where no other
    entry has it, else the whole address ("pay/visa")."""
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(CategoryFile):
    """A folder of entries; the top one is the FAQ itself, with the path ""."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq:
    """The whole FAQ, held together: every link in it leads somewhere."""

    settings: Settings
    top: Category
    attachments: tuple[Attachment, ...]
    redirects: tuple[tuple[str, str], ...]
    """(old address, path of the entry that answers there now), sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """A file of the site: its address and its bytes."""

    address: str
    content: bytes

    def make(self) -> bytes:
        """Return the bytes, as a planned file does."""
        return self.content


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A file of the site that is made when it is wanted: its address, and what makes its bytes."""

    address: str
    make: Callable[[], bytes] = field(compare=False)


SiteFile = OutputFile | PlannedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build made."""

    entries: int
    categories: int
    pages: int
    files: int
    size_bytes: int
    advice: tuple[Problem, ...]
