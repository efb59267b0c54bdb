"""Code to HTML in which each word is marked by its meaning in the language."""

from __future__ import annotations

from html import escape

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

_MAX_BLOCK_CHARS = 2_000
"""The length of the longest code that is marked."""

# Pygments' lexers are quadratic or worse on some texts, many other languages' on common ones.
_LANGUAGES = frozenset(
    {"Bash", "Bash Session", "C", "C++", "CSS", "Diff", "Docker", "Go", "HTML", "HTTP", "INI"}
    | {"JSON", "Java", "JavaScript", "Kotlin", "PHP", "PowerShell", "Python", "Ruby", "Rust"}
    | {"SQL", "Scala", "Swift", "TOML", "TypeScript", "XML", "YAML"}
)


def highlight(code: str, language: str) -> str | None:
    """Return the HTML of some code, or None if the language is unknown or the code too long."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
    if lexer.name not in _LANGUAGES or len(code) > _MAX_BLOCK_CHARS:
        return None
    return "".join(_span(kind, text) for kind, text in lexer.get_tokens(code))


def _span(kind: _TokenType, text: str) -> str:
    while kind.parent and kind not in STANDARD_TYPES:
        kind = kind.parent  # A lexer may have kinds of its own, below the standard ones.
    name = STANDARD_TYPES[kind]
    html = escape(text, quote=False)
    return f'<span class="{name}">{html}</span>' if name and not text.isspace() else html
