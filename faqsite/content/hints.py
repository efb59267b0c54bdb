"""What to write instead of keys and lists that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from faqsite.content.yamltext import BULLET, RawValue, format_value, split_brackets
from faqsite.model.problems import did_you_mean, shortened

_MAX_HINT_CHARS = 300
_AROUND_KEYS = " :*\"'\u2018\u2019\u201a\u201c\u201d\u201e"


def hint_key(
    name: str, keys: Collection[str], lines: Mapping[str, int], slips: Mapping[str, str]
) -> str:
    """Return the hint for an unknown key; `lines` has the line of each key in the file."""
    folded = re.sub(r"[\s-]", "_", name.strip(_AROUND_KEYS).casefold())
    meant = slips.get(folded)
    if meant is None:
        return did_you_mean(shortened(folded), keys) or f"the keys are {', '.join(sorted(keys))}"
    if meant in lines:
        return f'remove it; "{meant}" is on line {lines[meant]}'
    return f'write "{meant}" instead of "{name}"' if meant in keys else meant


def hint_list(key: str, value: RawValue) -> str:
    """Return how to write a value that looks like a list; "" if it can be a single text."""
    shown = value.shown
    is_open = shown.startswith("[") and (shown.endswith("]") or "]" not in shown)
    if not is_open and any(line.strip() for line in value.lines[1:]):
        return 'begin each line with "- "'
    if is_open or BULLET.match(shown):
        return f'write each text below "{key}" on its own line, after "- "'
    return f"write {key}: [{shown}]" if split_quoted(shown) else ""


def split_quoted(shown: str) -> list[RawValue]:
    """Return the values of a text such as `"a", "b"`; none for any other."""
    listed = split_brackets(RawValue(line=0, lines=(f"[{shown}]",))) or []
    return listed if shown.startswith(('"', "'")) and len(listed) > 1 else []


def hint_lines(texts: Iterable[str]) -> str:
    """Return the hint to write each text on a line of its own, with the lines if they are short."""
    lines = ", ".join(f'"- {format_value(text)}"' for text in texts)
    most = "each on a line of its own"
    return (
        f"write {most}: {lines}" if len(lines) <= _MAX_HINT_CHARS else f'write {most}, after "- "'
    )
