"""Formats findings for a person, for a program and for GitHub."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from faqsite.content.github import edit_link
from faqsite.model.problems import Problem, shortened
from faqsite.model.records import RawEntry, Settings
from faqsite.system.digests import digest

_TURNS_TEXT_AROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _table(findings: Sequence[Problem], folder: str) -> str:
    """Return the problems, then the advice, each on a line behind its place."""
    lines: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    for each in findings:
        place = _path(each, folder) + (f":{each.line}" if each.line else "")
        lines[each.is_advice].append((place, " ".join(each.reason.split())))
    width = max((len(place) for group in lines.values() for place, _ in group), default=0)
    return "".join(
        ("Advice\n" if is_advice else "Problems\n")
        + "".join(f"  {place:{width}}  {reason}\n" for place, reason in group)
        + "\n"
        for is_advice, group in lines.items()
        if group
    )


def _json(findings: Sequence[Problem], folder: str) -> str:
    """Return an array of objects; "line" is null for a file as a whole."""
    found = [
        {
            "kind": "advice" if finding.is_advice else "problem",
            "path": _path(finding, folder),
            "line": finding.line or None,
            "message": finding.message,
            "hint": finding.hint,
        }
        for finding in findings
    ]
    return json.dumps(found, indent=2) + "\n"


def _github(findings: Sequence[Problem], folder: str) -> str:
    """Return the commands with which a GitHub workflow annotates the lines of a change.

    The log shows them without their places, and GitHub allows ten annotations of a kind, so a
    table follows. It contains what authors wrote, and GitHub reads "##[" anywhere in a line as a
    command. So commands are off until the table ends, marked by what it cannot contain: its digest.
    """
    commands = "".join(
        f"::{'warning' if finding.is_advice else 'error'} "
        f"file={_escaped(_path(finding, folder), ':,')}"
        + (f",line={finding.line}" if finding.line else "")
        + f",title={'Advice' if finding.is_advice else 'Problem'}::{_escaped(finding.reason)}\n"
        for finding in findings
    )
    table = _table(findings, folder)
    token = digest(table)
    return f"{commands}::stop-commands::{token}\n{table}::{token}::\n" if table else ""


FORMATS: Mapping[str, Callable[[Sequence[Problem], str], str]] = {
    "table": _table,
    "json": _json,
    "github": _github,
}
"""Functions of sorted findings and the folder of the content, by the name of their format."""


def _path(finding: Problem, folder: str) -> str:
    return f"{folder}/{finding.path}".rstrip("/")


def _escaped(text: str, more: str = "") -> str:
    """Escape a text for a workflow command, along with some more characters."""
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{more}" else char for char in text)


def format_checklist(entries: Sequence[RawEntry], settings: Settings, folder: str) -> str:
    """Return entries, sorted by owner, as Markdown tasks in which no @ notifies anybody."""
    blocks = []
    for owner, owned in groupby(entries, key=lambda entry: entry.owner):
        blocks.append(f"## {code_span(owner) if owner else 'Without an owner'}")
        blocks.append("\n".join(_task(entry, settings, folder) for entry in owned))
    return "\n\n".join(blocks) + "\n" * bool(blocks)


def _task(entry: RawEntry, settings: Settings, folder: str) -> str:
    question, link = (
        code_span(shortened(entry.question or entry.path)),
        edit_link(settings, entry.path),
    )
    path = code_span(f"{folder}/{entry.path}")
    return f"- [ ] {entry.review_by}: " + (
        f"[{question}]({link})" if link else f"{question} ({path})"
    )


def code_span(text: str) -> str:
    """Return a text as a code span, in which Markdown, HTML, names and addresses do nothing."""
    # An empty span would be a fence, which the next one closes.
    line = " ".join(_TURNS_TEXT_AROUND.sub("", text).split()) or " "
    longest = max(map(len, re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return fence + pad + line + pad + fence
