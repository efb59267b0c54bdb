"""`python build.py` and its `check`: what they print and refuse, the status they end with."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from faqsite.commands.cli import main
from tests.support.cases import cases
from tests.support.documents import write
from tests.support.product import PRODUCT

SMALL = {
    "site.yaml": "title: Questions\n",
    "team/hours.md": "---\nquestion: When do you work?\n---\nBy day.\n",
    "team/place.md": "---\nquestion: Where do you work?\n---\nAt [home](hours.md).\n",
}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(autouse=True)
def _in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_build_tells_what_it_read_and_made(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), SMALL)
    assert main(["--content", "content", "--output", "site"]) == 0
    told = capsys.readouterr()
    assert re.fullmatch(
        r"Read content/: 2 entries in 1 category\.\n"
        r"Wrote site/: 7 pages, \d+ files, \d+ kB, in \d+\.\d\d s\.\n",
        told.out,
    )
    assert told.err == ""


def test_all_problems_are_told_sorted_and_the_site_stays(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path("content"), SMALL)
    assert main(["--content", "content", "--output", "site"]) == 0
    before = tree(Path("site"))
    write(
        Path("content"),
        {
            "team/place.md": "---\nquestion: Where?\nordr: 3\n---\nAt [home](hour.md).\n",
            "pay.md": "---\nquestion: How much?\norder: soon\n---\nEnough.\n",
        },
    )
    capsys.readouterr()
    assert main(["--content", "content", "--output", "site"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        'content/pay.md:3: "order" must be a whole number, not "soon"; '
        "write up to nine digits: order: 20\n"
        'content/team/place.md:3: unknown key "ordr"; did you mean "order"?\n'
        'content/team/place.md:5: the link to "hour.md" leads nowhere; '
        'did you mean "hours.md"?\n'
        "3 problems in content/; nothing was published.\n"
    )
    assert tree(Path("site")) == before


@cases("wrong_commands")
def test_a_wrong_command_is_one_line_and_status_2(
    written: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(Path("content"), SMALL)
    given = ["--content", "content", "--output", "site", *shlex.split(written)]
    with pytest.raises(SystemExit) as stopped:
        main(given)
    assert stopped.value.code == 2
    assert capsys.readouterr().err == f"build.py: {expected}; see build.py --help\n"
    assert not Path("site").exists()


def test_a_site_that_holds_its_own_sources_is_not_replaced() -> None:
    write(Path("content"), SMALL)
    assert main(["--content", "content", "--output", "site"]) == 0
    Path("content").rename("site/content")
    before = tree(Path("site"))
    with pytest.raises(SystemExit):
        main(["--content", "site/content", "--output", "site"])
    assert tree(Path("site")) == before


def test_a_folder_that_was_not_built_here_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), SMALL)
    write(Path("thesis"), {"chapter.txt": "Years of work."})
    with pytest.raises(SystemExit) as stopped:
        main(["--content", "content", "--output", "thesis"])
    assert stopped.value.code == 2
    assert "thesis" in capsys.readouterr().err
    assert tree(Path("thesis")) == {"chapter.txt": b"Years of work."}


def test_a_wrong_template_is_told_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), SMALL)
    shutil.copytree(PRODUCT / "templates", "templates")
    write(Path("templates/brand"), {"footer.html": "<p>\n{{ nobody }}</p>\n"})
    status = main(["--content", "content", "--templates", "templates", "--output", "site"])
    assert status == 1
    assert capsys.readouterr().err == (
        "templates/brand/footer.html:2: 'nobody' is undefined; nothing was published\n"
    )
    assert not Path("site").exists()


@pytest.mark.parametrize(
    ("arguments", "base"),
    [
        ([], "/"),
        (["--site-url", "https://example.org/faq"], "/faq/"),
        (["--base-path", "help"], "/help/"),
        (["--site-url", "https://example.org/faq/", "--base-path", "/faq"], "/faq/"),
    ],
)
def test_the_base_path_is_that_of_the_address(arguments: list[str], base: str) -> None:
    write(Path("content"), SMALL)
    assert main(["--content", "content", "--output", "site", *arguments]) == 0
    missing = Path("site/404.html").read_text(encoding="utf-8")
    assert f'href="{base}index.html"' in missing


def test_the_program_says_which_package_is_missing(tmp_path: Path) -> None:
    write(tmp_path, {"sitecustomize.py": "import sys\nsys.modules['lunr'] = None\n"})
    ran = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, PRODUCT / "build.py"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert re.fullmatch(
        r'build\.py: the package "lunr[.\w]*" is missing; run "make site", or '
        r'"python -m pip install -c constraints\.txt -e \." and this again\n',
        ran.stderr,
    )


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


def check(*arguments: str) -> int:
    return main(["check", "--content", "content", *arguments])


def test_a_check_counts_what_it_asked_and_writes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = tree(write(Path("content"), OFFICE))
    assert check() == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("Asked 6 queries of 2 entries: 0 problems, 0 advice.\n", "")
    assert [path.name for path in Path().iterdir()] == ["content"]
    assert tree(Path("content")) == before


def test_a_check_tells_what_readers_would_not_find(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), HIDDEN)
    assert check() == 1
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out == (
        "Problems\n"
        '  content/pay.md:3        "also_asked" phrase "how do I" does not find this entry '
        "among the first 5; nothing is found; say it in rarer words, or take it out\n"
        '  content/queries.yaml:1  the query "salary" does not find "dogs.md" among the first 3; '
        'found instead: "pay.md"; add it there under "also_asked"\n'
        '  content/queries.yaml:2  the query "dog" is to find no answer, but finds "dogs.md"; '
        'if that is one, name it instead of "none"\n'
        '  content/queries.yaml:3  the query "pets" names "dgos", which is not an entry; '
        'did you mean "dogs"?\n'
        "\n"
        "Asked 6 queries of 2 entries: 4 problems, 0 advice.\n"
    )


def test_a_build_does_not_read_the_queries(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), HIDDEN)
    assert main(["--content", "content", "--output", "site"]) == 0
    assert capsys.readouterr().err == ""
    assert not list(Path("site").rglob("queries*"))


@pytest.mark.parametrize(
    ("kind", "out"),
    [
        (
            "table",
            (
                "Problems\n"
                '  content/pay.md:3  unknown key "ordr"; did you mean "order"?\n'
                "\n"
                "Asked nothing: 1 problem, 0 advice.\n"
            ),
        ),
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
                "Problems\n"
                '  content/pay.md:3  unknown key "ordr"; did you mean "order"?\n'
                "\n"
                "::ef094ed1d602d4293afac545eccb737e::\n"
                "Asked nothing: 1 problem, 0 advice.\n"
            ),
        ),
    ],
)
def test_where_a_build_would_fail_a_check_tells_that_and_asks_nothing(
    kind: str, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = OFFICE["pay.md"].replace("also_asked", "ordr")
    write(Path("content"), HIDDEN | {"pay.md": wrong})
    assert check("--format", kind) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == (out, "")


def test_a_check_of_a_change_tells_first_of_the_files_that_changed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    dogs, pay = (
        OFFICE["dogs.md"],
        OFFICE["pay.md"].replace("also_asked: [salary]", "updated: 2026-05-01"),
    )
    write(Path("before"), OFFICE | {"dogs.md": "no entry", "pay.md": pay, "a.md": "no entry"})
    write(Path("content"), OFFICE | {"dogs.md": dogs.replace("also_asked", "asked")})
    write(Path("content"), {"pay.md": pay.replace("25th", "26th"), "a.md": "no entry"})
    assert check("--before", "before") == 1
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out == (
        "Problems\n"
        '  content/dogs.md:3  unknown key "asked"; did you mean "also_asked"?\n'
        "  content/a.md:1     the file has no front matter; "
        "begin it with the line ---, then question: …, then --- again\n"
        "\n"
        "Advice\n"
        '  content/pay.md:5   the answer changed, but "updated" is still 2026-05-01; '
        "write the day of the change, unless it says the same as before\n"
        "\n"
        "Asked nothing: 2 problems, 1 advice.\n"
    )


def test_a_check_of_a_change_needs_the_content_as_it_was(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path("content"), OFFICE)
    with pytest.raises(SystemExit) as stopped:
        check("--before", "bfore")
    assert (stopped.value.code, capsys.readouterr().err) == (
        2,
        'build.py: --before: no folder "bfore"; see build.py check --help\n',
    )


def test_json_is_all_that_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), OFFICE)
    assert check("--format", "json") == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("[]\n", "")


def test_a_check_asks_the_engine_that_would_be_published(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path("content"), OFFICE)
    shutil.copytree(PRODUCT / "static", "static")
    deaf = "globalThis.FaqEngine = { open: () => ({ search: () => [] }) };\n"
    shutil.rmtree("static/js/engine")
    write(Path("static/js/engine"), {"engine.js": deaf})
    assert check("--static", "static", "--format", "json") == 1
    assert [each["path"] for each in json.loads(capsys.readouterr().out)] == [
        *("content/dogs.md", "content/dogs.md", "content/pay.md", "content/pay.md"),
        "content/queries.yaml",
    ]


def test_a_check_without_mini_racer_says_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    write(Path("content"), OFFICE)
    assert check() == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        'build.py: the package "mini-racer", in which the search is asked, is missing; run '
        '"make check", or python -m pip install -c constraints.txt -e ".[check]" and this again\n'
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output", "site"], "unrecognized arguments: --output site"),
        (["pay.md"], "unrecognized arguments: pay.md"),
        (["--content", "nowhere"], '--content: no folder "nowhere"'),
        (["--templates", "content"], '--templates: no words.yaml in "content"'),
        (["--static", "content"], '--static: no js/engine in "content"'),
        (["--format", "xml"], "argument --format: invalid choice: 'xml' (choose from "),
        (["--format"], "argument --format: expected one argument"),
    ],
)
def test_a_wrong_check_is_one_line_and_status_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(Path("content"), OFFICE)
    with pytest.raises(SystemExit) as stopped:
        check(*arguments)
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(f"build.py: {message}")
    assert told.endswith("; see build.py check --help\n")
    assert told.count("\n") == 1


def test_a_command_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), OFFICE)
    with pytest.raises(SystemExit) as stopped:
        main(["--content", "content", "check"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        "build.py: unrecognized arguments: check; see build.py --help\n"
    )


@pytest.mark.parametrize(
    ("word", "hint"), [("chek", 'did you mean "check"?'), ("publish", "see build.py --help")]
)
def test_an_unknown_command_is_one_line_and_status_2(
    word: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word, "--content", "content"]) == 2
    assert capsys.readouterr().err == f'build.py: no command "{word}"; {hint}\n'


def test_overdue_reviews_are_printed_alone_whatever_else_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    late = "---\nquestion: May I bring my dog?\nreview_by: 2000-01-01\nowner: Ann\n---\n[No](no.md)"
    write(Path("content"), OFFICE | {"dogs.md": late})
    assert check("--overdue") == 0
    told = capsys.readouterr()
    task = "- [ ] 2000-01-01: `May I bring my dog?` (`content/dogs.md`)"
    assert (told.out, told.err) == (f"## `Ann`\n\n{task}\n", "")


@pytest.mark.parametrize("command", [[], ["check"]])
def test_the_help_names_the_check(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    assert "build.py check" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("command", [[], ["check"], ["export"]])
def test_where_nobody_reads_what_is_printed_that_is_one_line(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(Path("content"), SMALL)
    folders = ["--content", "content", *([] if command else ["--output", "site"])]
    reading, writing = os.pipe()
    os.close(reading)
    gone = open(writing, "w", encoding="utf-8")  # noqa: PTH123, SIM115 (closed below)
    monkeypatch.setattr(sys, "stdout", gone)
    assert main([*command, *folders]) == 2
    sys.stdout.close()
    with suppress(BrokenPipeError):
        gone.close()
    assert capsys.readouterr().err.splitlines()[-1].startswith("build.py: not all was printed: ")
    assert Path("site/index.html").is_file() == (not command)


def test_who_closes_what_is_printed_gets_a_site_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(Path("content"), SMALL)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["--content", "content", "--output", "site"]) == 0
    sys.stdout.close()
    sys.stderr.close()
    assert Path("site/index.html").is_file()
