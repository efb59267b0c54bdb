"""Imports decide on data: with other wording of the problems they do the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from faqsite.commands.cli import main
from faqsite.model.problems import Kind, Problem
from tests.commands.test_cli import tree
from tests.support.documents import write

CONTENT = {
    "site.yaml": "title: Questions\n",
    "pay/day.md": "---\nquestion: When is pay day?\n---\nOn Friday.\n",
    "team/who.md": (
        "---\nquestion: Who are we?\nrelated: [day]\nmoved_from: [why-is-it]\n---\nPeople.\n"
    ),
    "team/wrong.md": "---\nquestion: What was wrong before?\nordr: 1\n---\n[This](gone.md).\n",
}
ARTICLES = {
    "Is this fine?": "Yes.",
    "Does a link lead somewhere?": "[To this](is-this-fine.md), [that](gone.md#x), [it](#gone).",
    "Is the HTML broken?": "<p><b>One <i>two</b></i> <blink>three</blink></p> <ul>four</ul>",
    "Is a list broken?": "<dl><dd>One</dd></dl> <table><caption>A</caption></table>",
    "Is the comment closed?": "One <!-- two",
    "Are there too many quotes?": "> " * 21,
    "Is anything shown?": "<!-- nothing -->",
    "Is a control character here?": "One &#7; two.",
    "Who fills this in?": "{% include a.html %} and {{ site.title }}",
    "Does a footnote lack?": "One [^1].",
    "When is pay day?": "On Thursday.",
    "Why is it?": "So.",
    "Day": "Another.",
}
ROWS = (
    ("question", "answer", "order", "updated", "related", "moved_from", "category"),
    ("Is the order a number?", "No.", "soon", "never", "", "", ""),
    ("Is there an answer?", "", "last", "", "", "", ""),
    ("", "Is there a question?", "", "", "", "", ""),
    ("Is a reference left out?", "Yes.", "", "", "nothing; day", "/pay/day; /../x", "Pay"),
    ("Is it long?", "So.", "1", "2026-11-01", "", "", "A", "more", "than", "columns"),
)
OWN = (
    ("path", "question", "answer", "related", "moved_from"),
    ("a.md", "A?", "[gone](gone.md)", "", ""),
    ("b.md", "B?", "[refused](a.md), [and](c.md)", "a; c", ""),
    ("c.md", "C?", "Fine.", "b", ""),
    ("d/d.md", "D?", "<blink>", "", ""),
    ("e.md", "E?", "[folder](d/)", "d", "/old"),
    ("f.md", "F?", "Fine.", "e; e", "/old"),
    ("../g.md", "G?", "Elsewhere.", "", ""),
    ("x/day.md", "H?", "Another day.", "", ""),
    ("y/day.md", "I?", "And another.", "", ""),
)
FOLDER = {
    **{f"{number:02}.md": f"# {q}\n\n{a}\n" for number, (q, a) in enumerate(ARTICLES.items())},
    "other/day.md": "# Another day\n\nAgain.\n",
    "yaml.md": "---\ntitle: [a\n---\nText.\n",
    "own/first.md": "---\nquestion: Is this the first?\nrelated: second\n---\n[Next](second.md)\n",
    "own/second.md": "---\nquestion: Is this one of ours?\norder: soon\n---\nText.\n",
}


def table(*rows: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


SOURCES: Mapping[str, Mapping[str, str]] = {
    "faq.csv": {"faq.csv": table(("question", "answer"), *ARTICLES.items())},
    "rows.csv": {"rows.csv": table(*ROWS)},
    "own.csv": {"own.csv": table(*OWN)},
    "faq.json": {
        "faq.json": json.dumps({"articles": [{"title": q, "body": a} for q, a in ARTICLES.items()]})
    },
    "faq.html": {"faq.html": "".join(f"<h2>{q}</h2><p>{a}</p>" for q, a in ARTICLES.items())},
    "faq.txt": {"faq.txt": "".join(f"Q: {q}\nA: {a}\n\n" for q, a in ARTICLES.items())},
    "old": {f"old/{path}": text for path, text in FOLDER.items()},
}  # fmt: skip


def outcome(
    folder: Path,
    source: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> tuple[dict[str, bytes], str, str]:
    """Return the files after an import, and what it prints except the reasons."""
    monkeypatch.setattr(Problem, "reason", property(lambda _: "the reason"))
    monkeypatch.chdir(write(folder, {**SOURCES[source], **content_of(CONTENT)}))
    main(["import", source, "--content", "content"])
    printed = capsys.readouterr()
    return tree(folder), printed.out, printed.err


def content_of(files: Mapping[str, str]) -> dict[str, str]:
    return {f"content/{path}": text for path, text in files.items()}


def reword(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every problem the same wording."""

    def blank(problem: Problem) -> None:
        object.__setattr__(problem, "message", "x")
        object.__setattr__(problem, "hint", "y")

    monkeypatch.setattr(Problem, "__post_init__", blank)


@pytest.mark.parametrize("source", SOURCES)
def test_an_import_does_not_depend_on_the_wording_of_problems(
    source: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = outcome(tmp_path / "before", source, monkeypatch, capsys)
    reword(monkeypatch)
    assert Problem("", 0, "a", Kind.DEAD_LINK, "b").message == "x"
    assert outcome(tmp_path / "after", source, monkeypatch, capsys) == before
    files, _, _ = before
    assert len([path for path in files if path.startswith("content/")]) > len(CONTENT)
    assert any(".refused" in path for path in files)
