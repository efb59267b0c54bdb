from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import faqsite
from faqsite.build.pipeline import load, make_site
from faqsite.model.problems import ContentError, Kind, Problems, did_you_mean, note
from tests.support.documents import write
from tests.support.product import PRODUCT

PACKAGE = Path(faqsite.__file__).parent


def answer(body: str, front_matter: str = "order: 1") -> str:
    return f"---\nquestion: B?\n{front_matter}\n---\n{body}\n"


@pytest.mark.parametrize(
    ("path", "line", "hint", "described"),
    [
        ("pay.md", 3, "a hint", "content/pay.md:3: a fact; a hint"),
        ("pay.md", 3, "", "content/pay.md:3: a fact"),
        ("a/pay.md", 0, "", "content/a/pay.md: a fact"),
        ("", 0, "", "content/: a fact"),
    ],
)
def test_a_problem_has_a_place_a_fact_and_a_hint(
    path: str, line: int, hint: str, described: str
) -> None:
    assert note(path, line, Kind.WRONG_VALUE, "a fact", hint).describe("content") == described


def test_all_problems_are_reported_at_once_sorted_by_place() -> None:
    problems = Problems()
    problems.add("b.md", 10, Kind.EMPTY_ANSWER, "tenth")
    problems.add("b.md", 9, Kind.WRONG_VALUE, "ninth")
    problems.extend([note("a.md", 0, Kind.WRONG_VALUE, "first")])
    with pytest.raises(ContentError) as error:
        problems.raise_if_any()
    assert [problem.message for problem in error.value.problems] == ["first", "ninth", "tenth"]
    assert str(error.value) == "content/a.md: first\ncontent/b.md:9: ninth\ncontent/b.md:10: tenth"


@pytest.mark.parametrize("add", [Problems.add, Problems.advise])
def test_a_message_contains_no_control_characters(add: Callable[..., None]) -> None:
    problems = Problems()
    hint = 'write "\n::stop-commands::"'
    add(problems, "a.md", 1, Kind.DEAD_LINK, "the link \x1b[31m\u202e", hint)
    (problem,) = problems.found
    assert problem.describe("content") == (
        'content/a.md:1: the link \ufffd[31m\ufffd; write "\ufffd::stop-commands::"'
    )


def test_advice_alone_is_not_an_error_but_is_reported_with_problems() -> None:
    problems = Problems()
    problems.advise("b.md", 1, Kind.WRONG_HEADING, "could be better")
    problems.raise_if_any()
    problems.add("a.md", 1, Kind.WRONG_VALUE, "is wrong")
    with pytest.raises(ContentError) as error:
        problems.raise_if_any()
    assert [problem.is_advice for problem in error.value.problems] == [False, True]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("ordr", 'did you mean "order"?'),
        ("Order", 'did you mean "order"?'),
        ("owner", 'did you mean "owner"?'),
        ("colour", ""),
        ("", ""),
    ],
)
def test_the_nearest_known_word_is_suggested(word: str, hint: str) -> None:
    assert did_you_mean(word, ["owner", "order"]) == hint


def test_the_suggestion_does_not_depend_on_word_order() -> None:
    assert did_you_mean("ac", ["ab", "aa"]) == did_you_mean("ac", ["aa", "ab"])


def test_every_kind_of_problem_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert [kind for kind in Kind if f"Kind.{kind.name}" not in code] == []


@pytest.mark.parametrize(
    ("files", "kind", "about"),
    [
        ({"site.yaml": "titel: FAQ\ntitle: FAQ\n"}, Kind.UNKNOWN_KEY, ("titel",)),
        ({"site.yaml": "language: en\n"}, Kind.MISSING_KEY, ("title",)),
        ({"site.yaml": "title: FAQ\nurl: here\n"}, Kind.WRONG_VALUE, ("url",)),
        ({"b.md": "---\nquestion: A?\n---\nSo.\n"}, Kind.DUPLICATE_QUESTION, ("a.md",)),
        ({"A.md": "---\nquestion: B?\n---\nSo.\n"}, Kind.ADDRESS_TAKEN, ("A.md",)),
        ({"search.md": "---\nquestion: B?\n---\nSo.\n"}, Kind.ADDRESS_TAKEN, ("",)),
        ({"c/b.md": answer("[b](../d.md#e)")}, Kind.DEAD_LINK, ("../d.md#e", "d.md")),
        ({"c/b.md": answer("[b](mailto:)")}, Kind.DEAD_LINK, ("mailto:",)),
        ({"c/b.md": answer("![b](x.png)")}, Kind.DEAD_LINK, ("x.png", "c/x.png")),
        ({"b.md": answer("<blink>b</blink>")}, Kind.FORBIDDEN_HTML, ("blink",)),
        ({"b.md": answer("<p onclick='c'>b</p>")}, Kind.FORBIDDEN_HTML, ("p", "onclick", "c")),
        ({"b.md": answer("<ul>b</ul>")}, Kind.FORBIDDEN_HTML, ("ul",)),
        ({"b.md": answer("<!-- b")}, Kind.BROKEN_MARKUP, ("!--",)),
        ({"b.md": answer("b [^1]")}, Kind.BROKEN_MARKUP, ("[^1]",)),
        ({"b.md": answer("> " * 21)}, Kind.LIMIT_EXCEEDED, ("levels",)),
        ({"b.md": answer("b", "moved_from: a")}, Kind.ADDRESS_TAKEN, ("a.md",)),
        ({"b.md": answer("b", "moved_from: [c, c]")}, Kind.NEEDLESS_REFERENCE, ("c",)),
    ],
)
def test_a_problem_has_a_kind_and_what_it_is_about(
    tmp_path: Path, files: dict[str, str], kind: Kind, about: tuple[str, ...]
) -> None:
    whole = {"site.yaml": "title: FAQ\n", "a.md": "---\nquestion: A?\n---\nSo.\n", **files}
    inputs = load(write(tmp_path, whole), PRODUCT / "templates", PRODUCT / "static")
    with pytest.raises(ContentError) as error:
        make_site(inputs)
    assert [(each.kind, each.about) for each in error.value.problems] == [(kind, about)]
