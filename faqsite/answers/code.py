"""Code of an answer with its words marked for colours, in languages where this is fast."""

from __future__ import annotations

from html import escape

from pygments.token import STANDARD_TYPES, _TokenType

_MAX_BLOCK_CHARS = 2_000
# Even these lexers of Pygments are quadratic or worse on some texts; many others on common ones.
_LANGUAGES = frozenset(
    {"Bash", "Bash Session", "C", "C++", "CSS", "Diff", "Docker", "Go", "HTML", "HTTP", "INI"}
    | {"JSON", "Java", "JavaScript", "Kotlin", "PHP", "PowerShell", "Python", "Ruby", "Rust"}
    | {"SQL", "Scala", "Swift", "TOML", "TypeScript", "XML", "YAML"}
)


def highlight(code: str, language: str) -> str:
    """Return the HTML of some code, "" if the language is unknown or the code too long."""
    # Importing this takes as long as reading ten answers, and few have code.
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ValueError:
        return ""
    if lexer.name not in _LANGUAGES or len(code) > _MAX_BLOCK_CHARS:
        return ""
    return "".join(_span(kind, text) for kind, text in lexer.get_tokens(code))


def _span(kind: _TokenType, text: str) -> str:
    while kind.parent and kind not in STANDARD_TYPES:
        kind = kind.parent  # A lexer may have kinds of its own, below the standard ones.
    name = STANDARD_TYPES[kind]
    html = escape(text, quote=False)
    return f'<span class="{name}">{html}</span>' if name and not text.isspace() else html
