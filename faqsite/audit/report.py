"""Formats findings for a person, for a program and for GitHub."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence

from faqsite.model.problems import Problem
from faqsite.system.digests import digest

_TURNS_TEXT_AROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _table(findings: Sequence[Problem], folder: str) -> str:
    """Return the problems, then the advice, each on a line behind its place."""
    places = {finding: _place(finding, folder) for finding in findings}
    width = max(map(len, places.values()), default=0)
    groups = {
        title: [each for each in findings if each.is_advice == is_advice]
        for title, is_advice in (("Problems", False), ("Advice", True))
    }
    return "".join(
        f"{title}\n"
        + "".join(f"  {places[each]:{width}}  {' '.join(each.reason.split())}\n" for each in group)
        + "\n"
        for title, group in groups.items()
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


def _place(finding: Problem, folder: str) -> str:
    return _path(finding, folder) + (f":{finding.line}" if finding.line else "")


def _escaped(text: str, more: str = "") -> str:
    """Escape a text for a workflow command, along with some more characters."""
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{more}" else char for char in text)


def code_span(text: str) -> str:
    """Return a text as a code span, in which Markdown, HTML, names and addresses do nothing."""
    # An empty span would be a fence, which the next one closes.
    line = " ".join(_TURNS_TEXT_AROUND.sub("", text).split()) or " "
    longest = max(map(len, re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return fence + pad + line + pad + fence
