"""`build.py check`: what it prints and refuses, and its exit status."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from faqsite.build import publish
from faqsite.commands.cli import main
from tests.commands.test_cli import tree
from tests.support.documents import read, write
from tests.support.product import PRODUCT, PROJECT
from tests.support.served import served

OFFICE = {
    "site.yaml": "title: Questions\n",
    "dogs.md": "---\nquestion: May I bring my dog?\nalso_asked:\n  - pets\n---\nOn Fridays.\n",
    "pay.md": "---\nquestion: When is pay day?\nalso_asked: [salary]\n---\nOn the 25th.\n",
    "queries.yaml": "puppy dog: dogs\nsubmarine licence: none\n",
}
HIDDEN = OFFICE | {
    "pay.md": OFFICE["pay.md"].replace("salary", "salary, how do I"),
    "queries.yaml": "salary: dogs\ndog: none\npets: dgos\n",
}
TESTED = "the search was tested with 6 queries for 2 entries.\n"


@pytest.fixture(autouse=True)
def _in_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.chdir(tmp_path)
    write(Path("content"), OFFICE)


def check(*arguments: str) -> int:
    return main(["check", "--content", "content", *arguments])


def test_a_check_counts_its_queries_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert check() == 0
    assert capsys.readouterr() == (f"No problems; {TESTED}", "")
    assert check("--format", "json") == 0
    assert capsys.readouterr() == ("[]\n", "")
    assert [path.name for path in Path().iterdir()] == ["content"]
    assert tree(Path("content")) == {name: text.encode() for name, text in sorted(OFFICE.items())}


def test_a_check_lists_what_readers_would_not_find(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), HIDDEN)
    assert check() == 1
    assert capsys.readouterr() == (
        (
            "Problems\n"
            '  content/queries.yaml:1  the query "salary" does not find "dogs.md" among the first '
            '3 results (it finds "pay.md"); add it to "also_asked" there\n'
            '  content/queries.yaml:2  the query "dog" should find no answer, but finds "dogs.md"; '
            'if one of them answers it, name that, not "none"\n'
            '  content/queries.yaml:3  the query "pets" names "dgos", which is not an entry; '
            'did you mean "dogs"?\n'
            "\n"
            f"3 problems; {TESTED}"
        ),
        "",
    )


def test_a_build_does_not_read_the_queries(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), HIDDEN)
    assert main(["--content", "content", "--output", "site"]) == 0
    assert capsys.readouterr().err == ""
    assert not list(Path("site").rglob("queries*"))


TABLE = """\
Problems
  content/pay.md:3  unknown key "ordr"; did you mean "order"?

"""
SUMMARY = "1 problem; the search was not tested.\n"


@pytest.mark.parametrize(
    ("kind", "out"),
    [
        ("table", TABLE + SUMMARY),
        (
            "json",
            (
                '[\n  {\n    "kind": "problem",\n    "path": "content/pay.md",\n    "line": 3,\n'
                '    "message": "unknown key \\"ordr\\"",\n'
                '    "hint": "did you mean \\"order\\"?"\n  }\n]\n'
            ),
        ),
        (
            "github",
            (
                '::error file=content/pay.md,line=3,title=Problem::unknown key "ordr"; '
                'did you mean "order"?\n'
                "::stop-commands::ef094ed1d602d4293afac545eccb737e\n"
                f"{TABLE}::ef094ed1d602d4293afac545eccb737e::\n{SUMMARY}"
            ),
        ),
    ],
)
def test_content_that_cannot_be_built_is_reported_and_not_searched(
    kind: str, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = OFFICE["pay.md"].replace("also_asked", "ordr")
    write(Path("content"), HIDDEN | {"pay.md": wrong})
    assert check("--format", kind) == 1
    assert capsys.readouterr() == (out, "")


def test_a_check_of_a_change_lists_changed_files_first(capsys: pytest.CaptureFixture[str]) -> None:
    pay = OFFICE["pay.md"].replace("also_asked: [salary]", "updated: 2026-05-01")
    write(Path("before"), OFFICE | {"dogs.md": "no entry", "pay.md": pay, "a.md": "no entry"})
    dogs = OFFICE["dogs.md"].replace("also_asked", "asked")
    changed = {"dogs.md": dogs, "pay.md": pay.replace("25th", "26th"), "a.md": "no entry"}
    write(Path("content"), changed)
    assert check("--before", "before") == 1
    assert capsys.readouterr() == (
        (
            "Problems\n"
            '  content/dogs.md:3  unknown key "asked"; did you mean "also_asked"?\n'
            "  content/a.md:1     the file has no front matter; "
            "begin it with the line ---, then question: …, then --- again\n"
            "\n"
            "Advice\n"
            '  content/pay.md:5   the answer changed, but "updated" is still 2026-05-01; '
            "write the day of the change, unless the meaning is the same\n"
            "\n"
            "2 problems, 1 piece of advice; the search was not tested.\n"
        ),
        "",
    )


def test_a_check_asks_the_engine_that_would_be_published(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(PRODUCT / "static", "static")
    found = "{ verdict: 'none', hits: [], unmentioned: [] }"
    deaf = f"globalThis.FaqEngine = {{ open: () => ({{ search: () => ({found}) }}) }};\n"
    shutil.rmtree("static/js/engine")
    write(Path("static/js/engine"), {"engine.js": deaf})
    assert check("--static", "static", "--format", "json") == 1
    assert [each["path"] for each in json.loads(capsys.readouterr().out)] == [
        *("content/dogs.md", "content/dogs.md", "content/pay.md", "content/pay.md"),
        "content/queries.yaml",
    ]


def test_a_check_without_mini_racer_prints_how_to_install_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    assert check() == 2
    assert capsys.readouterr() == (
        "",
        (
            'build.py: the package "mini-racer", which runs the search, is missing; run "make '
            'check", or python -m pip install -c constraints.txt -e ".[check]" and run this again\n'
        ),
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--output site", "unrecognized arguments: --output site"),
        ("pay.md", "unrecognized arguments: pay.md"),
        ("--content nowhere", '--content: there is no folder "nowhere"'),
        ("--templates content", '--templates: there is no words.yaml in "content"'),
        ("--static content", '--static: there is no js/engine in "content"'),
        ("--before bfore", '--before: there is no folder "bfore"'),
        ("--format xml", "argument --format: invalid choice: 'xml' (choose from "),
        ("--format", "argument --format: expected one argument"),
        ("--queries nowhere", '--queries: "nowhere" cannot be read: No such file or directory'),
        ("--queries content", '--queries: "content" cannot be read: '),
        ("--published nowhere", '--published: "nowhere" cannot be read: No such file or directory'),
        ("--published content", '--published: "content" cannot be read: No such file or directory'),
        (
            "--published content/pay.md",
            '--published: "content/pay.md" cannot be read: it is not JSON',
        ),
        (
            "--published ftp://a.example/",
            '--published: "ftp://a.example/" cannot be read: it is not an http or https address',
        ),
    ],
)
def test_a_wrong_check_is_one_line_and_status_2(
    arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        check(*arguments.split())
    assert stopped.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"build.py: {message}")
    assert printed.err.endswith("; see build.py check --help\n")
    assert printed.err.count("\n") == 1


def test_overdue_reviews_are_printed_alone_whatever_else_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    late = "---\nquestion: May I bring my dog?\nreview_by: 2000-01-01\nowner: Ann\n---\n[No](no.md)"
    write(Path("content"), {"dogs.md": late})
    assert check("--overdue") == 0
    task = "- [ ] 2000-01-01: `May I bring my dog?` (`content/dogs.md`)"
    assert capsys.readouterr() == (f"## `Ann`\n\n{task}\n", "")


@pytest.mark.parametrize("where", ["URL", "URLfaq.json", "site", "site/faq.json"])
def test_an_entry_that_moves_needs_its_old_address(
    where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--content", "content", "--output", "site"]) == 0
    with served(Path("site")) as url:
        where = where.replace("URL", url)
        assert check("--published", where) == 0
        Path("content/pay.md").rename("content/salary.md")
        capsys.readouterr()
        assert check("--published", where) == 1
        with pytest.raises(SystemExit) as stopped:
            check("--published", f"{url}nowhere")
    assert stopped.value.code == 2
    assert capsys.readouterr() == (
        (
            "Problems\n"
            '  content/salary.md:2  the page "pay.html" ("When is pay day?") is gone, '
            f"and this entry asks the same; add the line: moved_from: [pay]\n\n1 problem; {TESTED}"
        ),
        (
            f'build.py: --published: "{url}nowhere" cannot be read: 404 Not Found; '
            "see build.py check --help\n"
        ),
    )
    moved = OFFICE["pay.md"].replace("?\n", "?\nmoved_from: [pay]\n")
    write(Path("content"), {"salary.md": moved})
    assert check("--published", "site") == 0


def test_a_site_that_is_too_large_is_a_problem_as_in_a_build(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "MAX_SITE_BYTES", 9)
    assert check() == 1
    assert capsys.readouterr().out == (
        "Problems\n"
        "  content  the site would be larger than 9 bytes; list fewer related entries, "
        "use fewer folders at the top, or split the site\n"
        "\n"
        f"{SUMMARY}"
    )


def test_what_another_host_published_has_no_effect_on_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pages = [{"url": "\x1b[2Jold.html", "question": "\x1b]0;a\u202e?", "answer": {"text": ""}}]
    site = {"format": 1, "entries": pages, "categories": []}
    write(Path(), {"faq.json": json.dumps(site)})
    assert check("--published", "faq.json") == 0
    assert capsys.readouterr().out == (
        "Advice\n"
        '  content  the page "\ufffd[2Jold.html" ("\ufffd]0;a\ufffd?") is gone; '
        "if you removed it on purpose, ignore this\n"
        "\n"
        f"No problems, 1 piece of advice; {TESTED}"
    )


ASKED = "helicopter\ndog: cats too?\nMay I bring my dog?\n\nHelicopter!\npark my helicopter\n"


def test_queries_of_readers_without_an_answer_are_listed_as_documented(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(Path(), {"asked.txt": ASKED})
    assert check("--queries", "asked.txt") == 0
    printed = capsys.readouterr().out
    assert f"```text\n{printed}```\n" in read(PROJECT / "docs/checking.md")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ASKED.encode())))
    assert check("--queries", "-") == 0
    assert capsys.readouterr().out == printed
    assert check("--queries", "asked.txt", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [(each["kind"], each["path"]) for each in found] == [
        ("advice", "content"),
        ("advice", "content/dogs.md"),
    ]


def test_queries_need_a_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SystemExit):
        check("--queries", "-")
    assert '--queries: "-" cannot be read: ' in capsys.readouterr().err


def test_a_phrase_of_two_entries_is_reported_on_the_one_that_changed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path("before"), OFFICE)
    write(Path("content"), {"dogs.md": OFFICE["dogs.md"].replace("pets", "salary")})
    assert check("--before", "before") == 1
    assert capsys.readouterr().out == (
        "Problems\n"
        '  content/dogs.md:4  "also_asked" phrase "salary" is also in "pay.md" (line 3); '
        "keep it in one entry only\n"
        "\n"
        "1 problem; the search was tested with 4 queries for 2 entries.\n"
    )
