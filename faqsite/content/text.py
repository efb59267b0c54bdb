"""The bytes of a file to text, and the invisible characters in a text."""

from __future__ import annotations

import html
import re
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from faqsite.content.yamltext import CONTROL
from faqsite.model.problems import Kind, Problems, quoted

PLACEHOLDER = re.compile(r"\{(\w+)\}")
"""What is filled in later: "{query}" in the words, or in the address of a form."""

# What git writes around two versions of some lines.
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) \S.*", re.MULTILINE)
_CODE_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
# The characters that change the direction of a text, with those that end each (Unicode Annex 9).
_ENDS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)

# Characters without width. Joiners shape the letters of many scripts and emoji, and some scripts
# have zero-width spaces between words; a flag can be spelt in tags.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]"
    "|(?<![^\u0000-\u02ff])[\u200c\u200d]|(?<![\u0e00-\u18af])[\u180e\u200b]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]"
)
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_TAGS = "a|abbr|b|big|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|q|s|small|span"
_TAGS += "|strike|strong|sub|sup|t[dhr]|table|u|ul"
# Signs in a word ("C*", "snake_case", "__init__") or by themselves ("2 * 3") are only signs.
_EMPHASIS = re.compile(
    r"(?<![\w*~`\\])(?!__(?:all|file|init|main|name)__)(\*{1,3}|_{1,3}|~~|`{1,3})"
    r"(?=[\"'(\u2018\u201c]?[<\[*_~`&]*[\w\xa1\xbf])(.+?)(?<![\s(\[])\1(?![\w*~`])"
)
_MARKUP = (
    (re.compile(r"(?<![\w\])])!?\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(rf"<!--.*?-->|</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE), ""),
    # Up to three in one another.
    *[(_EMPHASIS, r"\2")] * 3,
    (re.compile(r"\A#{1,6} +(?=[^\W\d])"), ""),
    (re.compile(r"(?<![\w:\\])\\(?=[*`#\[\]])"), ""),
)
"""Markdown and HTML, with the text that each shows."""
_SIGN = re.compile(r"[*_~`\[<&#\\]")
_ENTITY = re.compile("&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z]+[0-9]*);")


def decode_text(content: bytes, path: str, problems: Problems) -> str | None:
    r"""Return the text of a UTF-8 file in NFC, its lines ended by "\n", without byte order mark.

    Returns None, and reports problems with their lines, for other bytes and control characters.
    """
    try:
        text = _normalise_ends(content.decode()).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = _normalise_ends(content[: error.start].decode()).count("\n") + 1
        if content.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
            message = "the file is saved as UTF-16"
        else:
            # The usual encoding of the editors that do not save as UTF-8.
            written = _normalise_ends(content.decode("cp1252", "replace")).split("\n")[line - 1]
            sign = content[error.start : error.start + 1].decode("cp1252", "replace")
            message = f'"{sign}" in {quoted(written)} is not saved as UTF-8'
        hint = "choose Save as in your editor, then the encoding UTF-8"
        problems.add(path, line, Kind.UNREADABLE_FILE, message, hint)
        return None
    text = unicodedata.normalize("NFC", text)
    conflict = _CONFLICT.search(text)
    # A line in a block of code is an example.
    if conflict and len(_CODE_FENCE.findall(text, 0, conflict.start())) % 2 == 0:
        line = text.count("\n", 0, conflict.start()) + 1
        message = f"{quoted(conflict[0])} is from a conflict that nobody has resolved"
        hint = "keep the lines that are right, and delete those with <<<<<<<, ======= and >>>>>>>"
        problems.add(path, line, Kind.UNREADABLE_FILE, message, hint)
        return None
    if CONTROL.search(text) is None:
        return text
    for line, written in enumerate(text.split("\n"), start=1):
        if control := CONTROL.search(written):
            message = f"invisible character U+{ord(control[0]):04X} in column {control.start() + 1}"
            hint = "delete it, or type the line again"
            problems.add(path, line, Kind.UNREADABLE_FILE, message, hint, control[0])
    return None


def _normalise_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_visible(text: str) -> bool:
    """Return whether a text has more than spaces and characters without width."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


def strip_hidden(text: str) -> str:
    """Return a text without the characters that nobody can see and that its script does not use."""
    if text.isascii():
        return text
    text = _HIDDEN.sub("", text)
    has_right_to_left = any(unicodedata.bidirectional(each) in {"R", "AL"} for each in text)
    return text if has_right_to_left else _DIRECTIONS.sub("", text)


def strip_markup(text: str) -> str:
    """Return a text without Markdown and HTML.

    >>> strip_markup("Can I **park** a C*-algebra at <b>2 * 3</b> places?")
    'Can I park a C*-algebra at 2 * 3 places?'
    """
    if not _SIGN.search(text):
        return text
    for markup, shown in _MARKUP:
        text = markup.sub(shown, text)
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return " ".join(text.split())


def find_unended(text: str) -> str:
    """Return a character that reverses the text after this one too, "" for none.

    A page shows the title of the site, or words of the interface, after a question.
    """
    open_marks: list[str] = []
    for character in text:
        if character in _ENDS:
            open_marks.append(character)
        elif open_marks and character == _ENDS[open_marks[-1]]:
            open_marks.pop()
    return open_marks[-1] if open_marks else ""


def question_key(question: str) -> str:
    """Return a text that is equal for questions that differ only in punctuation and capitals."""
    folded = unicodedata.normalize("NFKC", question).casefold()
    # An apostrophe, or a character without width, does not make another question.
    folded = "".join(
        each
        for each in folded
        if each not in "'\u2019\u02bc" and unicodedata.category(each) != "Cf"
    )
    # "C#" and "C++" are different things.
    return re.sub(r"[^\w+#]+", " ", folded).strip() or folded
