"""Headings, attributes, shortcodes, tags and components of other generators within a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from faqsite.answers.allowlist import ALLOWED, CLASSES, ELEMENTS, VALUES
from faqsite.answers.sanitise import Tag, split_html
from faqsite.model.problems import Kind, Problem, note, quoted
from faqsite.model.urls import slugify
from faqsite.transfer.foreign_marks import translate_marks

COMPONENT_OUT = "removed components around their content"
_LINK = "turned components that show another page or picture into links"
_CODE = "kept components with all their content in attributes as code"
_EMPTY = "removed components without content"
_TAG_OUT = "removed tags that an answer cannot hold, but not their content"
_SCRIPT_OUT = "removed scripts, styles and drawings"

_IN_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
ATTRIBUTES = (
    rf"(?:\s+(?:[^\s/>=\"'{{}}<]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|{_IN_BRACES}|[^\s\"'>{{}}]+))?"
    r"|\{[^{}]*\}))*"
)
"""The pattern of all attributes of a component."""
# The name of an attribute, and its value in quotes; a value in braces is code.
_ATTRIBUTE = re.compile(
    rf"([^\s/>=\"'{{}}]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|{_IN_BRACES}|[^\s\"'>]+))?"
)
_HEADING_ID = re.compile(
    r"^(?P<signs> {0,3}#{1,6}[ \t]+)(?P<text>.*?)[ \t]*\{:?[ \t]*#(?P<id>[\w.:-]+)[^{}\n]*\}"
    r"[ \t]*#*[ \t]*$",
    re.MULTILINE,
)
# A comment of JSX, a list of attributes, or the mark of a table of contents.
_MARKS_OUT = re.compile(
    r"\{/\*.*?\*/\}|(?<![ \t])[ \t]*\{:[^{}\n]*\}|(?<=\))\{[.#][^{}\n]*\}"
    r"|^(?:[-*] TOC|\[\[?_?toc_?\]?\]|\[TOC\])[ \t]*$",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_INCLUDED = re.compile(
    r"^[ \t]*(?:-{1,2}8<-{1,2}|;--8<--).*$|^[ \t]*<<<[ \t]+@?/?\S+.*$|^\{!.*!\}$",
    re.MULTILINE,
)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_PICTURE = re.compile(r"<\{IMAGE:[^{}]*\}>")
# A tag of Liquid, a shortcode of Hugo, or a variable of either.
_TEMPLATE = re.compile(
    r"(?:\{%-?|\{\{[<%])\s*(?P<name>/?[\w/.-]+)(?P<rest>.*?)\s*(?:[>%]\}\}|-?%\})"
    r"|\{\{-?\s*(?:site|page|include|layout|jekyll|\.|\$)[.\w][^{}]*\}\}",
    re.DOTALL,
)
_ADDRESSES = {"link": "/{}", "post_url": "{}.md", "page": "{}", "ref": "{}", "relref": "{}"}
# Shortcodes around content.
_MARKS = re.compile(
    "(?:end|/)?(?:admonition|alert|callout|caution|cards?|danger|details|expand|hint|important|info"
    "|note|notice|pageinfo|raw|stepper|steps?|tabpane|tabs?|tip|warning)"
)
_TITLED = re.compile(r"(?:title|header|summary)\s*=\s*[\"']([^\"']*)[\"']")
_QUOTED = re.compile(r"[\"']([^\"']*)[\"']")
_TAG = re.compile(
    rf"<(?P<slash>/?)(?P<name>[A-Za-z][\w.:-]*)(?P<attributes>{ATTRIBUTES})\s*(?P<end>/?)>"
    r"|<(?P<short>/?)>"
)
_WITH_CONTENT = re.compile(
    r"<(script|style|svg|noscript)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_DOCTYPE = re.compile(r"<[!?][A-Za-z][^>]*>")
SAME = {"strike": "del", "tt": "code"}
"""Outdated elements, and those that replace them."""
_VOID = frozenset({"br", "hr", "img", "wbr"})
WITH_ADDRESS = frozenset({"audio", "embed", "iframe", "source", "track", "video"})
_PICTURES = frozenset({"figure", "frame", "image", "img", "zoom"})


@dataclass(slots=True)
class Translated:
    """Markdown in our dialect, with its problems and advice."""

    markdown: str = ""
    problems: list[Problem] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    def refuse(self, code: str, fact: str, hint: str) -> None:
        """Add a problem about code that only another generator can fill in."""
        self.problems.append(note("", 0, Kind.FOREIGN_CODE, f"{quoted(code)} {fact}", hint, code))


def translate_inlines(text: str, found: Translated) -> str:
    """Return text without code, with attributes, shortcodes and tags in our dialect."""
    text = _MARKS_OUT.sub("", _HEADING_ID.sub(_translate_heading, text))
    for included in _INCLUDED.finditer(text):
        found.refuse(included[0].strip(), "includes another file", "insert the text of that file")
    pieces = _RAW.split(text)
    pieces[::2] = (
        _TEMPLATE.sub(
            lambda tag: _translate_template(tag, found), translate_marks(each, found.advice)
        )
        for each in pieces[::2]
    )
    text = "".join(pieces)
    for picture in _PICTURE.finditer(text):
        found.refuse(picture[0], 'names a picture that is not in "images"', "add it there")
    if "<" not in text:
        return text
    if _WITH_CONTENT.search(text) or _DOCTYPE.search(text):
        found.advice.append(_SCRIPT_OUT)
        text = _DOCTYPE.sub("", _WITH_CONTENT.sub("", text))
    return _TAG.sub(lambda tag: _translate_tag(tag, found), text)


def _translate_heading(heading: re.Match[str]) -> str:
    text = heading["text"].rstrip("# ")
    if slugify(heading["id"]) == slugify(text):
        return f"{heading['signs']}{text}"
    return f'{heading["signs"]}<span id="{heading["id"]}">{text}</span>'


def _translate_template(tag: re.Match[str], found: Translated) -> str:
    """Return the Markdown for a shortcode, if it is known without its generator."""
    name, rest = tag["name"] or "", (tag["rest"] or "").strip()
    argument = _QUOTED.search(rest)
    first = argument[1] if argument else rest
    if name in {"code", "highlight"}:
        return f"```{(rest.split() or [''])[0]}"
    if name in {"endcode", "endhighlight", "/code", "/highlight"}:
        return "```"
    if name in _ADDRESSES:
        return _ADDRESSES[name].format(first)
    if _MARKS.fullmatch(name):
        titled = _TITLED.search(rest)
        title = titled[1] if titled else first if name in {"details", "expand", "tab"} else ""
        return f"**{title}**\n\n" if title else ""
    hint = "write the text that it shows, or put it in backticks"
    found.refuse(tag[0], "is filled in by another generator", hint)
    return tag[0]


def _translate_tag(tag: re.Match[str], found: Translated) -> str:
    """Return a tag as an answer can hold it, "" for one that it cannot."""
    written = tag["name"] or ""
    name = SAME.get(written.lower(), written.lower())
    if name not in ELEMENTS:
        return _unwrap(tag, found) if written else ""
    attributes = next(each for each in split_html(tag[0]) if isinstance(each, Tag)).attributes
    if name not in ALLOWED:
        found.advice.append(_TAG_OUT)
        address = dict(attributes).get("src", "")
        is_link = name in WITH_ADDRESS and address.startswith(("http", "//"))
        return f"<{'https:' * address.startswith('//')}{address}>" if is_link else ""
    kept = tuple(_keep_attributes(name, attributes))
    if kept == attributes and name == written and not tag["end"]:
        return tag[0]
    inner = "".join(f' {key}="{escape(value)}"' for key, value in kept)
    is_closed = bool(tag["end"]) and name not in _VOID
    return f"<{tag['slash']}{name}{inner}>" + f"</{name}>" * is_closed


def _keep_attributes(name: str, attributes: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the attributes that an element may have or needs."""
    for key, value in attributes:
        if key == "class" and set(value.split()) <= CLASSES.get(name, frozenset()):
            yield key, value
        elif key == "name" and name == "a" and "id" not in dict(attributes):
            yield "id", value
        elif key in ALLOWED[name] and (key not in VALUES or VALUES[key][0].fullmatch(value)):
            yield key, value
    if name == "img" and "alt" not in dict(attributes):
        yield "alt", ""


def _unwrap(tag: re.Match[str], found: Translated) -> str:
    """Return a component without its tag; text that looks like one, `Map<String>`, stays."""
    name = tag["name"]
    before = tag.string[: tag.start()].rpartition("\n")[2]
    begins = not before.strip(" >-*0123456789.")
    is_component = bool(tag["attributes"].strip() or tag["end"] or tag["slash"] or begins)
    if not is_component or not (name[0].isupper() or "-" in name):
        return tag[0]
    if tag["end"]:
        kept = write_self_closed(name, tag["attributes"].strip(), found)
        return " ".join(kept.replace("```jsx", "`").replace("```", "`").split())
    found.advice.append(COMPONENT_OUT)
    texts = read_attributes(tag["attributes"])
    title = texts.get("title") or texts.get("label")
    return f"**{title}** " if title else ""


def read_attributes(attributes: str) -> dict[str, str]:
    """Return those attributes of a component that are texts."""
    found = _ATTRIBUTE.findall(attributes)
    return {key.lower(): double or single for key, double, single in found}


def write_self_closed(name: str, attributes: str, found: Translated) -> str:
    """Return a component without content as a link, its title, or its code."""
    texts = read_attributes(attributes)
    title = next((texts[key] for key in ("title", "label", "alt", "name") if texts.get(key)), "")
    address = next((texts[key] for key in ("href", "to", "src", "url") if texts.get(key)), "")
    if address and "{" not in attributes:
        found.advice.append(_LINK)
        is_picture = name.lower() in _PICTURES
        return f"{'!' * is_picture}[{title or address}]({address})"
    if title and not set(texts) - {"title", "label", "name"} and "{" not in attributes:
        found.advice.append(COMPONENT_OUT)
        return f"- {title}"
    found.advice.append(_CODE if attributes else _EMPTY)
    return f"```jsx\n<{name} {attributes} />\n```" if attributes else ""
