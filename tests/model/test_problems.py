from __future__ import annotations

from pathlib import Path

import pytest

import faqsite
from faqsite.build.pipeline import load, make_site
from faqsite.model.problems import ContentError, Kind, Problem, Problems, did_you_mean
from tests.support.documents import write
from tests.support.product import PRODUCT

PACKAGE = Path(faqsite.__file__).parent


def answer(body: str, front_matter: str = "order: 1") -> str:
    return f"---\nquestion: B?\n{front_matter}\n---\n{body}\n"


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            Problem(
                kind=Kind.UNKNOWN_KEY,
                message='unknown key "ordr"',
                path="pay.md",
                line=3,
                hint="a hint",
            ),
            'content/pay.md:3: unknown key "ordr"; a hint',
        ),
        (
            Problem(kind=Kind.UNKNOWN_KEY, message='unknown key "ordr"', path="pay.md", line=3),
            'content/pay.md:3: unknown key "ordr"',
        ),
        (
            Problem(path="a/pay.md", kind=Kind.EMPTY_ANSWER, message="of the whole file"),
            "content/a/pay.md: of the whole file",
        ),
        (
            Problem(path="", kind=Kind.NOTHING_PUBLISHED, message="there is no entry"),
            "content/: there is no entry",
        ),
    ],
)
def test_a_problem_is_a_place_a_fact_and_a_hint(problem: Problem, said: str) -> None:
    assert problem.describe("content") == said


def test_all_problems_are_told_at_once_in_the_order_of_their_places() -> None:
    problems = Problems()
    problems.add("b.md", 10, Kind.EMPTY_ANSWER, "tenth")
    problems.add("b.md", 9, Kind.WRONG_VALUE, "ninth")
    problems.extend([Problem(path="a.md", kind=Kind.WRONG_VALUE, message="first")])
    with pytest.raises(ContentError) as error:
        problems.raise_if_any()
    assert [problem.message for problem in error.value.problems] == ["first", "ninth", "tenth"]
    assert str(error.value) == "content/a.md: first\ncontent/b.md:9: ninth\ncontent/b.md:10: tenth"


@pytest.mark.parametrize("told", ["add", "advise"])
def test_what_is_told_steers_no_terminal_and_begins_no_line(told: str) -> None:
    problems = Problems()
    hint = 'write "\n::stop-commands::"'
    getattr(problems, told)("a.md", 1, Kind.DEAD_LINK, "the link \x1b[31m\u202e", hint)
    (problem,) = problems.found
    assert problem.describe("content") == (
        'content/a.md:1: the link \ufffd[31m\ufffd; write "\ufffd::stop-commands::"'
    )


def test_advice_alone_fails_nothing() -> None:
    problems = Problems()
    problems.advise("a.md", 1, Kind.WRONG_HEADING, "could be better")
    problems.raise_if_any()
    assert problems.found[0].is_advice


def test_advice_is_told_with_the_problems() -> None:
    problems = Problems()
    problems.advise("b.md", 1, Kind.WRONG_HEADING, "could be better")
    problems.add("a.md", 1, Kind.WRONG_VALUE, "is wrong")
    with pytest.raises(ContentError) as error:
        problems.raise_if_any()
    assert len(error.value.problems) == 2


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


def test_the_suggestion_does_not_depend_on_the_order_of_the_words() -> None:
    assert did_you_mean("ac", ["ab", "aa"]) == did_you_mean("ac", ["aa", "ab"])


def test_every_kind_of_problem_is_one_that_an_editor_can_meet() -> None:
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
        ({"b.md": answer("[" * 501)}, Kind.LIMIT_EXCEEDED, ('opening brackets "["',)),
        ({"b.md": answer("b", "moved_from: a")}, Kind.ADDRESS_TAKEN, ("a.md",)),
        ({"b.md": answer("b", "moved_from: [c, c]")}, Kind.NEEDLESS_REFERENCE, ("c",)),
    ],
)
def test_a_problem_says_its_kind_and_what_it_is_about(
    tmp_path: Path, files: dict[str, str], kind: Kind, about: tuple[str, ...]
) -> None:
    whole = {"site.yaml": "title: FAQ\n", "a.md": "---\nquestion: A?\n---\nSo.\n", **files}
    inputs = load(write(tmp_path, whole), PRODUCT / "templates", PRODUCT / "static")
    with pytest.raises(ContentError) as error:
        make_site(inputs)
    assert [(each.kind, each.about) for each in error.value.problems] == [(kind, about)]
