"""Text as it is read from a file: its bytes, and the characters in it that nobody sees."""

from __future__ import annotations

import re
import unicodedata

from faqsite.content.yamltext import CONTROL
from faqsite.model.problems import Kind, Problems

PLACEHOLDER = re.compile(r"\{(\w+)\}")
"""What is filled in later: "{query}" in a sentence, or in the address of a form."""

# What turns the order of a text, and what ends it (Unicode Standard Annex 9).
_ENDS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)


def decode_text(content: bytes, path: str, problems: Problems) -> str | None:
    r"""Return the text of a UTF-8 file in NFC, its lines ended by "\n", without byte order mark.

    None, and problems with their lines, for bytes that are no text and for control characters.
    """
    try:
        text = _with_plain_ends(content.decode()).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = _with_plain_ends(content[: error.start].decode()).count("\n") + 1
        message = f"byte {error.start + 1} of the file is not UTF-8"
        problems.add(path, line, Kind.UNREADABLE_FILE, message, "save the file as UTF-8 text")
        return None
    text = unicodedata.normalize("NFC", text)
    if CONTROL.search(text) is None:
        return text
    for line, written in enumerate(text.split("\n"), start=1):
        if control := CONTROL.search(written):
            message = f"control character U+{ord(control[0]):04X} in column {control.start() + 1}"
            hint = "delete it, or write the line anew"
            problems.add(path, line, Kind.UNREADABLE_FILE, message, hint, control[0])
    return None


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_visible(text: str) -> bool:
    """Tell whether a reader sees anything of a text: more than spaces and what has no width."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


def find_unended(text: str) -> str:
    """Return a mark that turns what follows the text too, "" if each is ended in it.

    A title is followed by that of the site, a question by what a sentence says of it.
    """
    open_marks: list[str] = []
    for character in text:
        if character in _ENDS:
            open_marks.append(character)
        elif open_marks and character == _ENDS[open_marks[-1]]:
            open_marks.pop()
    return open_marks[-1] if open_marks else ""
