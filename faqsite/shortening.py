"""Scripts with shorter names, where a name is nobody else's affair.

No scope is looked at: a name is renamed wherever a script has it, or nowhere. That changes
nothing where the script declares it within braces, so that no other script sees it, where no
property is called so, and where the new name is not in the script at all. What cannot be told
without a parser counts as a property: in `{a, b}`, which may be an object or a block, both names
stay. A name that is declared in one place and means one of the browser's in another must not be;
the tests run what is published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, product, takewhile
from string import ascii_letters

__all__ = ["with_short_names"]

# Texts and patterns as they stand, names, any other sign. A slash begins a pattern where no
# value can have ended before it.
_TOKEN = re.compile(
    r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`"""
    r"""|(?<![\w$)\]}"'`])/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*"""
    r"|[A-Za-z_$][\w$]*|=>|\.\.\.|\w+|\s+|.",
    re.DOTALL,
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_FILLED_IN = re.compile(r"\$\{([^{}`]*)\}")
_LEAST = 3  # Letters: shorter names are short.
_WORDS_OF_THE_LANGUAGE = {"as", "do", "if", "in", "of"}


def with_short_names(script: str) -> str:
    """Return a script without comments, its own names in one or two letters."""
    pieces = list(_pieces(script))
    code = [piece for piece in pieces if not piece.isspace()]
    own = _declared(code) - _properties(code)
    counted = Counter(piece for piece in code if piece in own and len(piece) >= _LEAST)
    unused = _unused(set(_NAME.findall(script)))
    short = {name: next(unused) for name, _ in counted.most_common()}
    return "".join(short.get(piece, piece) for piece in pieces)


def _pieces(script: str) -> Iterator[str]:
    """Yield the tokens of a script; of a template those of what is filled in, too."""
    for token in _TOKEN.findall(script):
        if not token.startswith("`"):
            yield token
            continue
        end = 0
        for filled in _FILLED_IN.finditer(token):
            yield token[end : filled.start(1)]
            yield from _pieces(filled[1])
            end = filled.end(1)
        yield token[end:]


def _declared(code: Sequence[str]) -> set[str]:
    """Return the names behind `const` and `let`, and those of the parameters of arrow functions."""
    found: set[str] = set()
    others: set[str] = set()
    depth = 0
    for at, (piece, after) in enumerate(pairwise([*code, ""])):
        depth += (piece == "{") - (piece == "}")
        if piece in {"const", "let"}:
            behind = code[at + 2 :] if after == "[" else [after]
            names = takewhile(lambda each: each != "]", behind)
            (found if depth else others).update(names)
        elif after == "=>":
            first = _opening(code, at)
            found |= {
                name
                for before, name in pairwise(code[first : at + 1])
                if before in {"(", ",", "...", "["}
            }
            found.add(piece)
    return {name for name in found - others if _NAME.fullmatch(name)}


def _properties(code: Sequence[str]) -> set[str]:
    """Return the names that are those of properties, or could be."""
    found = set()
    for before, name, after in zip(["", *code], code, [*code[1:], ""], strict=False):
        is_in_braces = before in {"{", ","} and after in {",", "}", "=", "("}
        if before in {".", "get", "set"} or after == ":" or is_in_braces:
            found.add(name)
    return found


def _opening(code: Sequence[str], closing: int) -> int:
    """Return where the bracket opens that closes there; the same place, if none closes there."""
    depth = 0
    for at in range(closing, -1, -1):
        depth += (code[at] == ")") - (code[at] == "(")
        if not depth:
            return at
    return closing


def _unused(used: set[str]) -> Iterator[str]:
    pairs = chain(ascii_letters, map("".join, product(ascii_letters, repeat=2)))
    return (name for name in pairs if name not in used | _WORDS_OF_THE_LANGUAGE)
