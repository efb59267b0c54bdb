"""The bytes of a file to text, and the invisible characters in a text."""

from __future__ import annotations

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
