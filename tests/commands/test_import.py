"""`build.py import` and `build.py export`: what they print, write and refuse."""

from __future__ import annotations

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


def test_an_import_writes_entries_and_what_it_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path(), {"faq.csv": TABLE})
    assert run_import("faq.csv") == 1
    printed = capsys.readouterr()
    assert printed.err == ("refused: row 3: the answer is missing; write it or set draft to true\n")
    assert printed.out == (
        "Read faq.csv: 3 articles.\n"
        "Wrote 2 entries to content/; 0 already there, 1 refused.\n"
        "Correct the refused articles in faq.refused.csv, "
        'then import "faq.refused.csv" instead.\n'
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


def test_text_of_a_page_outside_of_its_questions_is_advice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = "<nav>Home, Jobs</nav><h2>Pay</h2><p>Hello.</p><h3>When?</h3><p><b>So:</b>now</p>"
    write(Path(), {"faq.html": page})
    assert run_import("faq.html") == 0
    assert capsys.readouterr().err == (
        'advice: navigation: left out 2 words: "Home, Jobs"\n'
        'advice: Pay: left out 1 word: "Hello."\n'
    )
    assert Path("content/pay/when.md").read_text(encoding="utf-8") == (
        "---\nquestion: When?\n---\n<strong>So:</strong>now\n"
    )


def test_corrected_articles_are_imported_by_the_same_command(
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
        "Read faq.csv: 3 articles.\nWrote 0 entries to content/; 2 already there, 1 refused.\n"
        "Correct the refused articles in faq.refused-2.csv, "
    )


def test_a_dry_run_prints_the_same_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path(), {"faq.csv": TABLE})
    before = tree(Path())
    assert run_import("faq.csv", "--dry-run") == 1
    printed = capsys.readouterr()
    assert printed.err == ("refused: row 3: the answer is missing; write it or set draft to true\n")
    assert printed.out == (
        "Read faq.csv: 3 articles.\n"
        "Would write 2 entries to content/; 0 already there, 1 refused.\n"
    )
    assert tree(Path()) == before


def test_each_reason_is_printed_once_with_some_of_its_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = "".join(f"Why {number}?,,{number}.5\n" for number in range(5))
    write(Path(), {"faq.csv": f"question,answer,order\n{rows}"})
    assert run_import("faq.csv", "--dry-run") == 1
    assert capsys.readouterr().err == (
        'refused: row 2, row 3, row 4 and 2 more: "order" must be a whole number, not "0.5"; '
        "write, for example, 20 (and similar)\n"
        "refused: row 2, row 3, row 4 and 2 more: the answer is missing; "
        "write it or set draft to true\n"
    )


def test_a_suggested_command_quotes_the_names_of_columns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    odd = "a\x1b[2J $(touch b) `c` \"d\" 'e'"
    column = odd.replace('"', '""')
    write(Path(), {"faq.csv": f'question,answer,"{column}"\nA?,B.,x\n'})
    assert run_import("faq.csv") == 2
    printed = capsys.readouterr().err
    assert "\x1b" not in printed
    assert shlex.split(printed.partition("--drop ")[2].partition("\n")[0]) == [
        odd.replace("\x1b", "\ufffd")
    ]


def test_unknown_keys_are_listed_before_anything_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path(), {"old/a.md": '---\ntitle: A\nlayout: x\n"my key": y\n---\nText.\n'})
    before = tree(Path())
    assert run_import("old") == 2
    assert capsys.readouterr().err == (
        'old: 1 article has the unknown key "layout"\n'
        'old: 1 article has the unknown key "my key"\n'
        'to leave out all of them, add: --drop layout --drop "my key"\n'
        "build.py: map each to a key (--map NAME=KEY) or leave it out (--drop NAME); "
        "nothing was written\n"
    )
    assert tree(Path()) == before
    assert run_import("old", "--drop", "layout", "--map", "my key=owner") == 0
    assert Path("content/a.md").read_text(encoding="utf-8") == (
        "---\nquestion: A\nowner: y\n---\nText.\n"
    )


def test_a_folder_is_imported_with_its_pictures(
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
        "advice: Pay & more/day.md: removed links to pages that are not imported; "
        "add --from URL to link to the old site\n"
        'refused: who.md: "{% include x %}" is filled in by another generator; '
        "write the text that it shows, or put it in backticks\n"
    )
    assert main(["--content", "content", "--output", "site"]) == 0


@pytest.mark.parametrize("folder", [".", "../old", "sub/.."])
def test_refused_files_are_never_written_into_the_folder_itself(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(Path(), {"old/a.md": "# A?\n\n{% include x %}\n", "old/sub/b.md": "# B?\n\nB.\n"})
    monkeypatch.chdir("old")
    assert main(["import", "--content", "../content", folder]) == 1
    assert list(tree(Path("../old.refused"))) == ["a.md"]


def test_the_format_of_the_answers_can_be_set(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path(), {"faq.csv": "question,answer\nWhy?,*So* <b>it</b> is\n"})
    assert run_import("faq.csv", "--answers", "text") == 0
    text = Path("content/why.md").read_text(encoding="utf-8")
    assert text == "---\nquestion: Why?\n---\n\\*So\\* \\<b\\>it\\</b\\> is\n"
    assert capsys.readouterr().err == ""


def test_an_import_can_start_new_content() -> None:
    write(Path(), {"faq.txt": "Why?\nBecause.\n"})
    assert main(["import", "faq.txt", "--content", "new/content"]) == 0
    assert sorted(tree(Path("new"))) == ["content/why.md"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.csv"], 'there is no file or folder "gone.csv"; see build.py import --help'),
        (
            ["faq.csv", "--map", "Topic"],
            ('argument --map: must be NAME=KEY, not "Topic"; the keys are '
            f"{', '.join(KEYS)}; see build.py import --help"),
        ),
        (
            ["faq.csv", "--map", "Topic=catgory"],
            ('argument --map: must be NAME=KEY, not "Topic=catgory"; did you mean "category"?; '
            "see build.py import --help"),
        ),
        (
            ["faq.csv", "--from", "help"],
            '--from must be a public address, not "help"; see build.py import --help',
        ),
        (
            ["faq.csv", "--refused", "faq.csv"],
            ('--refused: "faq.csv" already exists; choose another name; '
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
            ("the type of the file is unknown; use .csv, .tsv, .json, .html, .txt, "
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
def test_a_source_that_cannot_be_read_has_a_hint(
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
    assert capsysbinary.readouterr().out == b"Wrote 1 entry to faq.csv.\n"
    assert Path("faq.csv").read_bytes() == printed
    assert export("--file", "faq.csv") == 2
    assert capsysbinary.readouterr().err == (
        b'build.py: "faq.csv" already exists; delete it, or choose another name; '
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
        wrote = f"Wrote {'1 entry' if made else '0 entries'} to copy/"
        assert f"{wrote}; {there} already there, 0 refused." in capsys.readouterr().out
        assert tree(Path("copy")) == {"pay/day.md": day["pay/day.md"].encode()}


def test_wrong_content_is_not_exported(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), {"day.md": "---\nquestion: When?\norder: soon\n---\nNow.\n"})
    assert export() == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        'content/day.md:3: "order" must be a whole number, not "soon"; '
        "write up to nine digits, such as 20\n"
        "1 problem in content/; nothing was exported.\n"
    )
