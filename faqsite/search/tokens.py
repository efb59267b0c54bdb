"""Splits text into tokens, folds them, and stems them.

`static/js/engine/words.js` splits and folds the same way, so that a query matches what was
indexed; a test compares the two over every character. Only the build stems: the index lists the
forms of each term.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import dropwhile, pairwise

from lunr.stemmer import PorterStemmer


def _bounds(ranges: str) -> list[int]:
    """Return where each range begins and where it has ended: "88F-897" gives 0x88F, 0x898."""
    pairs = (each.split("-") for each in ranges.split())
    return [bound for pair in pairs for bound in (int(pair[0], 16), int(pair[-1], 16) + 1)]


# The gaps of Unicode 14 that later versions fill with letters, marks and digits. They separate
# tokens, because versions of Python and of browsers disagree about what is in them.
_LATER = _bounds(
    "88F-897 C5B-C5C CD7-CDC CF3-CFF ECE-ECF 1ACF-1AFF 1C89-1C8F A7CB-A7CF A7D4 A7DA-A7F1"
    " 105BD-105FF 1093A-1097F 10D3A-10E5F 10EB2-10EFF 1123F-1127F 11375-113FF 116CA-116FF"
    " 11AF9-11BFF 11DAA-11EDF 11EF9-11FAF 1342F-143FF 14647-167FF 16B90-16E3F 16E9B-16EFF"
    " 18CD6-18CFF 18D09-1AFEF 1B123-1B14F 1B153-1B163 1BCA4-1CEFF 1D246-1D2DF 1DF1F-1DFFF"
    " 1E02B-1E0FF 1E2FA-1E7DF 2B739-2B73F 2B81E-2B81F 2CEA2-2CEAF 2EBE1-2F7FF 3134B-E00FF"
)
# Han, kana, bopomofo and Hangul.
_CJK = _bounds(
    "1100-11FF 2E80-9FFF A960-A97F AC00-D7FB F900-FAFF FF66-FFDC 1AFF0-1B16F 20000-3134A"
)
# Characters that belong to the CJK letter before them, as marks do: vowels and finals of a Hangul
# syllable, half-width voiced sound marks.
_CJK_TAIL = _bounds("1160-11FF FF9E-FF9F")

# A run of characters, found in a text whose characters are replaced by their kinds (see _kind):
# letters and digits, with the signs of "c++" or "c#" that follow; or CJK letters. A run is cut
# at 64 characters, because the time to normalise a run of marks grows with its square.
_RUN = re.compile(r"(a(?:[am]|'(?=a)){0,63})(?:(\+\+?|#)(?![+#amct]))?|(?:[ct][tm]{0,63})+")
_CJK_LETTER = re.compile(r"[ct][tm]{0,63}")
_POSSESSIVE = re.compile("['\u2019\u02bc][sS]$")

# Points in "Ph.D." and separators in "1,000" become U+2060, which joins what is beside it.
_LETTERS = "A-Za-z\u00c0-\u024f\u0370-\u04ff"
_APART = rf"(^|[^{_LETTERS}0-9'\u2019\u02bc.])"
_JOINED = re.compile(
    rf"{_APART}((?:[{_LETTERS}]{{1,2}}\.)+[{_LETTERS}]{{1,3}}|"
    rf"[1-9][0-9]{{0,2}}(?:[,.'\u2019 \u00a0\u2009\u202f][0-9]{{3}})+)(?![{_LETTERS}0-9])"
)
_SEPARATOR = re.compile(rf"[^{_LETTERS}0-9]")
_CAPITALS = re.compile(r"\b[A-Z]{2,4}\b")
# The parts of a name in code: "setSize" has two, "MaxUploadSize" has three.
_PART = re.compile("[A-Z]*[^A-Z]+|[A-Z]+")


@cache
def _kind(character: str) -> str:
    """Return a (letter or digit), c (CJK letter), t (CJK tail), m (mark), ', +, # or a space."""
    if character in "'\u2019\u02bc\u2060":
        return "'"
    if character in "+#":
        return character
    category = unicodedata.category(character)[0]
    if category not in "LMN" or _is_in(_LATER, character):
        return " "
    if category == "M":
        return "m"
    if _is_in(_CJK_TAIL, character):
        return "t"
    return "c" if _is_in(_CJK, character) else "a"


def _is_in(bounds: list[int], character: str) -> bool:
    return bisect_right(bounds, ord(character)) % 2 == 1


def fold(run: str) -> str:
    """Return the token that a run of characters is looked up by: "Résumé" gives "resume".

    It has no possessive s and nothing but letters, marks and digits. It is NFKD without
    U+0300 to U+036F, then NFC, in lower case, with an ordinary sigma at the end. Folding a
    token again changes nothing.
    """
    if run.isascii() and run.isalnum():
        return run.lower()
    kept = [
        character
        for character in unicodedata.normalize("NFKD", _POSSESSIVE.sub("", run))
        if unicodedata.category(character)[0] in "LMN"
        and not "\u0300" <= character <= "\u036f"
        and character != "\u02bc"
    ]
    begun = dropwhile(lambda character: unicodedata.category(character)[0] == "M", kept)
    return unicodedata.normalize("NFC", "".join(begun)).lower().replace("\u03c2", "\u03c3")


def tokens(text: str) -> list[str]:
    """Return the folded tokens of a text in order: "Can't I use C++?" gives cant, i, use, c++.

    A token is a run of letters, marks and digits of Unicode 14. An apostrophe inside it is
    dropped and a possessive s removed; `+`, `++` or `#` right after a letter is kept ("5+" is 5).
    "Ph.D." gives phd, "1,000" gives 1000, and `setSize` gives setsize, set, size. A run of CJK
    letters gives its bigrams, a single letter itself.
    """
    joined = _JOINED.sub(lambda found: found[1] + _SEPARATOR.sub("\u2060", found[2]), text)
    return [token for piece in joined.split() for token in _tokens_of_piece(piece)]


@lru_cache(100_000)
def _tokens_of_piece(piece: str) -> tuple[str, ...]:
    """Return the tokens of a piece of text without spaces; no token extends over a space."""
    found: list[str] = []
    kinds = "".join(map(_kind, piece))
    for run in _RUN.finditer(kinds):
        if run[1]:
            start, end = run.span(1)
            token = fold(piece[start:end])
            has_sign = run[2] and token and unicodedata.category(token[-1])[0] != "N"
            found.append(token + run[2] if has_sign else token)
            found += map(str.lower, _parts(piece[start:end]))
        else:
            spans = (letter.span() for letter in _CJK_LETTER.finditer(kinds, *run.span()))
            letters = list(filter(None, (fold(piece[start:end]) for start, end in spans)))
            found += map("".join, pairwise(letters)) if len(letters) > 1 else letters
    return tuple(filter(None, found))


def _parts(run: str) -> list[str]:
    """Return the parts of a name in code, each of two letters or more; none of other words."""
    parts = _PART.findall(run) if run.isascii() and run.isalnum() else []
    is_name = len(parts) > (1 if run[0].islower() else 2) and all(len(each) > 1 for each in parts)
    return parts if is_name else []


_QUESTION_WORDS = """
a am an and are arent be can cant do does doesnt dont for from get has have how i if im in is isnt
it ive me my of on or should the there theyre to we what when where which who why will wont you
your youre
"""
_FUNCTION_WORDS = """
about actually all also another any anyone anything as at been both but by could couldnt dear did
didnt each else even ever every everyone everything few got had hadnt hasnt havent having he hed
hello her here hers hi him his into itll its ive just kindly know let lets like may maybe might more
most must mustnt no nor not only onto or other our ours please quite really same shall she shouldnt
so some someone something still such tell than thanks thats their them then theres these they theyd
this those though too upon us very via want wanted was wasnt wed were werent whatever whats wheres
whether while whos whose with within without wonder wondering would wouldnt yes yet youd
"""


class _Stemmer(PorterStemmer):  # type: ignore[misc]  # lunr ships no types.
    """lunr's stemmer with step 1c as in lunr.js: "pay" stays and "try" becomes "tri"."""

    def step1c(self) -> None:
        if self.ends("y") and self.k > 1 and self.b[self.k - 1] not in "aeiou":
            self.setto("i")


def question_words(language: str, known: AbstractSet[str]) -> frozenset[str]:
    """Return the words that begin questions, such as "what"; they count only outside answers.

    Other function words, such as "would", are among them unless a text has them (`known`).
    """
    if not is_english(language):
        return frozenset()
    return frozenset([*_QUESTION_WORDS.split(), *{*_FUNCTION_WORDS.split()} - known])


def abbreviations(text: str) -> set[str]:
    """Return the tokens that a text has in capitals, such as "IT", unless all of it is so."""
    return set() if text.isupper() else {each.lower() for each in _CAPITALS.findall(text)}


def is_english(language: str) -> bool:
    """Return whether a language tag is English: "en", "en-GB"."""
    return language.lower().partition("-")[0] == "en"


def stem_in(language: str) -> Callable[[str], str]:
    """Return the function that turns a token into a term: the stem in English, else the token."""
    return _stem if is_english(language) else str


@lru_cache(100_000)
def _stem(token: str) -> str:
    stem: str = _Stemmer().stem(token)
    return stem
