"""The HTML that is allowed in an answer: tags, their attributes with their values, classes."""

from __future__ import annotations

import re

from pygments.token import STANDARD_TYPES

from faqsite.model.records import LANGUAGE_TAG

_ANYWHERE = frozenset({"dir", "id", "lang", "title"})
_PLAIN_TAGS = (
    "abbr b bdi blockquote br caption cite code dd dfn div dl dt em figcaption figure h1 h2 h3 h4"
    " h5 h6 hr i kbd mark p pre q rp rt ruby s samp small span strong sub summary sup table tbody"
    " tfoot thead tr u ul var wbr"
)

ALLOWED = {
    **dict.fromkeys(_PLAIN_TAGS.split(), _ANYWHERE),
    "a": _ANYWHERE | {"href"},
    "del": _ANYWHERE | {"datetime"},
    "details": _ANYWHERE | {"open"},
    "img": _ANYWHERE | {"alt", "height", "src", "width"},
    "ins": _ANYWHERE | {"datetime"},
    "li": _ANYWHERE | {"value"},
    "ol": _ANYWHERE | {"reversed", "start", "type"},
    "td": _ANYWHERE | {"align", "colspan", "rowspan"},
    "th": _ANYWHERE | {"align", "colspan", "rowspan", "scope"},
    "time": _ANYWHERE | {"datetime"},
}
"""The tags of an answer with their attributes; `class` is in CLASSES."""

_FORBIDDEN_TAGS = (
    "address applet area article aside audio base basefont bdo big blink body button canvas center"
    " col colgroup data datalist dialog dir embed fieldset font footer form frame frameset head"
    " header hgroup html iframe input label legend link main map marquee math menu menuitem meta"
    " meter nav nobr noembed noframes noscript object optgroup option output param picture"
    " plaintext progress script search section select slot source strike style svg template"
    " textarea title track tt video xmp"
)

ELEMENTS = frozenset({*ALLOWED, *_FORBIDDEN_TAGS.split()})
"""The tags of HTML. Anything else that looks like one, as in `Map<String, Int>`, is text."""

NOTES = frozenset({"caution", "danger", "important", "info", "note", "tip", "warning"})
"""The kinds of notes."""

CLASSES = {
    "a": frozenset({"footnote-backref", "footnote-ref"}),
    "div": frozenset({"admonition", "footnote"}) | NOTES,
    "p": frozenset({"admonition-title"}),
    "span": frozenset(STANDARD_TYPES.values()) - {""},
}
"""The classes that the style sheet knows: notes, footnotes, and Pygments' of code."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The schemes of links that lead out of the content."""

_DATE = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
VALUES = {
    name: (re.compile(pattern), hint)
    for names, pattern, hint in (
        ("align", "left|center|right", 'write "left", "center" or "right"'),
        ("colspan rowspan", "[1-9][0-9]?", "write a whole number, such as 2"),
        ("datetime", _DATE, "write a date, such as 2026-11-01"),
        ("dir", "ltr|rtl|auto", 'write "ltr", "rtl" or "auto"'),
        ("height width", "[1-9][0-9]{0,4}", "write whole pixels, such as 300"),
        ("lang", LANGUAGE_TAG.pattern, "write a language tag, such as en, de or pt-BR"),
        ("open", "|open", "write the name alone"),
        ("reversed", "|reversed", "write the name alone"),
        ("scope", "(?:row|col)(?:group)?", 'write "col" above a column, "row" beside a row'),
        ("start value", "-?[0-9]{1,6}", "write a whole number"),
        ("type", "[1aAiI]", "write 1, a, A, i or I"),
    )
    for name in names.split()
}
"""The values that an attribute may have, where HTML does not take any text, and a hint."""
