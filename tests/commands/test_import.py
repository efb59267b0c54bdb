"""`build.py import` and `build.py export`: what they print, write and refuse."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from faqsite.commands.cli import main
from faqsite.transfer.article import KEYS
from tests.commands.test_cli import tree
from tests.support.documents import write

TABLE = "question,answer,category\nWhen is pay day?,On Friday.,Pay\nWhy?,,Pay\nWho?,We.,\n"
SITE = {"site.yaml": "title: Questions\n"}


@pytest.fixture(autouse=True)
def _in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "content", SITE)


def run_import(*arguments: str) -> int:
    return main(["import", "--content", "content", *arguments])


def export(*arguments: str) -> int:
    return main(["export", "--content", "content", *arguments])


def test_an_import_adds_up_and_writes_what_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path(), {"faq.csv": TABLE})
    assert run_import("faq.csv") == 1
    told = capsys.readouterr()
    assert told.err == "refused: the answer is missing; write it or set draft to true: row 3\n"
    assert told.out == (
        "Read faq.csv: 3 articles.\n"
        "2 entries made in content/, 0 there already, 1 refused.\n"
        "Refused articles are in faq.refused.csv: mend them there, and run the same command with "
        '"faq.refused.csv".\n'
    )
    assert tree(Path()) == {
        "faq.csv": TABLE.encode(),
        "faq.refused.csv": (
            "question,answer,category,refused_because\r\n"
            "Why?,,Pay,the answer is missing; write it or set draft to true\r\n"
        ).encode("utf-8-sig"),
        "content/site.yaml": b"title: Questions\n",
        "content/pay/when-is-pay-day.md": b"---\nquestion: When is pay day?\n---\nOn Friday.\n",
        "content/who.md": b"---\nquestion: Who?\n---\nWe.\n",
    }


def test_what_is_mended_is_imported_by_the_same_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path(), {"faq.csv": TABLE})
    assert run_import("faq.csv") == 1
    refused = Path("faq.refused.csv")
    refused.write_bytes(refused.read_bytes().replace(b"Why?,,", b"Why?,Because.,"))
    assert run_import("faq.refused.csv") == 0
    assert Path("content/pay/why.md").is_file()
    capsys.readouterr()
    assert run_import("faq.csv") == 1
    assert capsys.readouterr().out.startswith(
        "Read faq.csv: 3 articles.\n0 entries made in content/, 2 there already, 1 refused.\n"
        "Refused articles are in faq.refused-2.csv: "
    )


def test_a_dry_run_tells_the_same_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path(), {"faq.csv": TABLE})
    before = tree(Path())
    assert run_import("faq.csv", "--dry-run") == 1
    told = capsys.readouterr()
    assert told.err == "refused: the answer is missing; write it or set draft to true: row 3\n"
    assert told.out == (
        "Read faq.csv: 3 articles.\n"
        "2 entries would be made in content/, 0 there already, 1 would be refused.\n"
    )
    assert tree(Path()) == before


def test_reasons_are_told_once_with_some_of_their_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = "".join(f"Why {number}?,,{number}.5\n" for number in range(5))
    write(Path(), {"faq.csv": f"question,answer,order\n{rows}"})
    assert run_import("faq.csv", "--dry-run") == 1
    assert capsys.readouterr().err == (
        'refused: "order" must be a whole number, not "0.5"; write, for example, 20 (or the like): '
        "row 2, row 3, row 4 and 2 more\n"
        "refused: the answer is missing; write it or set draft to true: "
        "row 2, row 3, row 4 and 2 more\n"
    )


def test_a_name_that_nobody_knows_runs_nothing_in_the_command_that_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    odd = "a\x1b[2J $(touch b) `c` \"d\" 'e'"
    column = odd.replace('"', '""')
    write(Path(), {"faq.csv": f'question,answer,"{column}"\nA?,B.,x\n'})
    assert run_import("faq.csv") == 2
    said = capsys.readouterr().err
    assert "\x1b" not in said
    assert shlex.split(said.partition("--drop ")[2].partition("\n")[0]) == [
        odd.replace("\x1b", "\ufffd")
    ]


def test_names_that_nobody_knows_are_asked_for_before_anything_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path(), {"old/a.md": '---\ntitle: A\nlayout: x\n"my key": y\n---\nText.\n'})
    before = tree(Path())
    assert run_import("old") == 2
    assert capsys.readouterr().err == (
        'old: 1 article has "layout", which is none of the keys of an entry\n'
        'old: 1 article has "my key", which is none of the keys of an entry\n'
        'to leave all of them out, add: --drop layout --drop "my key"\n'
        "build.py: say of each what it is (--map NAME=KEY), or leave it out (--drop NAME); "
        "nothing was written\n"
    )
    assert tree(Path()) == before
    assert run_import("old", "--drop", "layout", "--map", "my key=owner") == 0
    assert Path("content/a.md").read_text(encoding="utf-8") == (
        "---\nquestion: A\nowner: y\n---\nText.\n"
    )


def test_a_folder_comes_with_its_pictures_and_what_is_refused_is_a_folder(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(
        Path(),
        {
            "old/Pay & more/day.md": "# When is pay day?\n\n![x](img/x.png) [y](../who.md)\n",
            "old/Pay & more/img/x.png": "picture",
            "old/who.md": "# Who?\n\n{% include x %} ![x](Pay%20&%20more/img/x.png)\n",
        },
    )
    assert run_import("old") == 1
    assert tree(Path("content")) == {
        "site.yaml": b"title: Questions\n",
        "pay-more/_category.yaml": b"title: Pay & more\n",
        "pay-more/day.md": b"---\nquestion: When is pay day?\n---\n![x](x.png) y\n",
        "pay-more/x.png": b"picture",
    }
    assert sorted(tree(Path("old.refused"))) == ["Pay & more/img/x.png", "who.md"]
    assert capsys.readouterr().err == (
        "advice: removed links to pages that are not imported; add --from URL to link to the old "
        "site: Pay & more/day.md\n"
        'refused: "{% include x %}" is filled in by another generator; write the text that it '
        "shows, or put it in backticks: who.md\n"
    )
    assert main(["--content", "content", "--output", "site"]) == 0


@pytest.mark.parametrize("folder", [".", "../old", "sub/.."])
def test_what_is_refused_of_the_folder_one_is_in_is_written_beside_it(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(Path(), {"old/a.md": "# A?\n\n{% include x %}\n", "old/sub/b.md": "# B?\n\nB.\n"})
    monkeypatch.chdir("old")
    assert main(["import", "--content", "../content", folder]) == 1
    assert list(tree(Path("../old.refused"))) == ["a.md"]


def test_the_kind_of_answer_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path(), {"faq.csv": "question,answer\nWhy?,*So* <b>it</b> is\n"})
    assert run_import("faq.csv", "--answers", "text") == 0
    text = Path("content/why.md").read_text(encoding="utf-8")
    assert text == "---\nquestion: Why?\n---\n\\*So\\* \\<b\\>it\\</b\\> is\n"
    assert capsys.readouterr().err == ""


def test_a_content_that_is_not_there_yet_is_begun() -> None:
    write(Path(), {"faq.txt": "Why?\nBecause.\n"})
    assert main(["import", "faq.txt", "--content", "new/content"]) == 0
    assert sorted(tree(Path("new"))) == ["content/why.md"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.csv"], 'no file or folder "gone.csv"; see build.py import --help'),
        (
            ["faq.csv", "--map", "Topic"],
            ('--map must be NAME=KEY, not "Topic"; the keys are question, answer, category, '
            f"{', '.join(KEYS[3:])}; see build.py import --help"),
        ),
        (
            ["faq.csv", "--map", "Topic=catgory"],
            ('--map must be NAME=KEY, not "Topic=catgory"; did you mean "category"?; '
            "see build.py import --help"),
        ),
        (
            ["faq.csv", "--from", "help"],
            '--from must be a public address, not "help"; see build.py import --help',
        ),
        (
            ["faq.csv", "--refused", "faq.csv"],
            ('--refused: "faq.csv" is there already; choose another name; '
            "see build.py import --help"),
        ),
    ],
)  # fmt: skip
def test_a_wrong_command_is_one_line_and_status_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(Path(), {"faq.csv": TABLE})
    with pytest.raises(SystemExit) as stopped:
        run_import(*arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err == f"build.py: {message}\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "faq.docx",
            "x",
            ("what it holds cannot be told by its name; it can be .csv, .tsv, .json, .html, .txt, "
            ".md, or a folder of Markdown"),
        ),
        (
            "faq.csv",
            "PK\x03\x04",
            "this is not a text file; save it as CSV, HTML or plain text first",
        ),
        (
            "faq.json",
            "[1",
            "line 1 is not valid JSON: Expecting ',' delimiter; export it again",
        ),
        ("old/a.txt", "x", "the folder has no .md or .mdx file; name another file or folder"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_read_says_what_to_do(
    name: str, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(Path(), {name: text})
    source = name.partition("/")[0]
    assert run_import(source) == 1
    assert capsys.readouterr().err == f"build.py: {source}: {message}; nothing was written\n"
    assert sorted(tree(Path("content"))) == ["site.yaml"]


def test_an_export_is_printed_or_written_and_overwrites_nothing(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    write(Path("content"), {"pay/day.md": "---\nquestion: When?\n---\nNow.\n"})
    assert export() == 0
    printed = capsysbinary.readouterr().out
    assert b'\npay/day.md,When?,"Now.\n",' in printed.replace(b"\r\n", b"\n")
    assert export("--file", "faq.csv") == 0
    assert capsysbinary.readouterr().out == b"Wrote faq.csv: 1 entry of content/.\n"
    assert Path("faq.csv").read_bytes() == printed
    assert export("--file", "faq.csv") == 2
    assert capsysbinary.readouterr().err == (
        b'build.py: "faq.csv" is there already; delete it first, or choose another name; '
        b"nothing was exported\n"
    )


def test_an_export_is_imported_elsewhere_by_one_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    day = {"pay/day.md": "---\nquestion: When?\n---\nNow.\n"}
    write(Path("content"), day)
    assert export("--file", "faq.csv") == 0
    for made, there in ((1, 0), (0, 1)):
        capsys.readouterr()
        assert main(["import", "faq.csv", "--content", "copy"]) == 0
        told = f"entr{'y' if made == 1 else 'ies'} made in copy/, {there} there already, 0 refused."
        assert f"{made} {told}" in capsys.readouterr().out
        assert tree(Path("copy")) == {"pay/day.md": day["pay/day.md"].encode()}


def test_what_is_wrong_is_not_exported(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), {"day.md": "---\nquestion: When?\norder: soon\n---\nNow.\n"})
    assert export() == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        'content/day.md:3: "order" must be a whole number, not "soon"; '
        "write up to nine digits: order: 20\n"
        "1 problem in content/; nothing was exported.\n"
    )


@pytest.mark.parametrize("command", ["import", "export"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert re.search(rf"Example: python\s+build\.py\s+{command} ", capsys.readouterr().out)
