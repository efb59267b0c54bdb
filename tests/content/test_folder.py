from __future__ import annotations

import os
import time
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from faqsite.content.folder import load_content, parse_entry, split_front_matter
from faqsite.model.keys import Text
from faqsite.model.problems import Problems
from faqsite.model.records import Attachment, RawCategory, RawContent, RawEntry
from tests.content.test_yamltext import ODD_TEXTS
from tests.support.contents import describe

ENTRY = b"---\nquestion: What is pay?\n---\nMoney.\n"
DRAFT = b"---\nquestion: What is pay?\ndraft: true\n---\n"


def load(
    folder: Path, files: dict[str, bytes], *, settings: bytes | None = b"title: FAQ"
) -> tuple[RawContent, Problems]:
    """Return the content of a folder with these files, and its problems."""
    for path, content in (files | ({"site.yaml": settings} if settings else {})).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    problems = Problems()
    return load_content(folder, {}, problems), problems


def parse(text: str, path: str = "pay.md") -> tuple[RawEntry | None, Problems]:
    problems = Problems()
    return parse_entry(text.encode(), path, problems), problems


def test_an_entry_has_the_values_of_its_front_matter() -> None:
    entry, problems = parse(
        """\
---
question: What is
  pay?
also_asked:
  - salary
  - "money: how much?"
order: 20
related: [visa]
updated: 2026-11-01
review_by: 2027-05-01
owner: talent-emea
draft: false
moved_from: [old/pay, /hc/123]
---

*Money.*
""",
        "benefits/What is pay?.md",
    )
    assert describe(problems) == []
    assert entry == RawEntry(
        path="benefits/What is pay?.md",
        category="benefits",
        slug="what-is-pay",
        question=Text("What is pay?"),
        also_asked=(Text("salary"), Text("money: how much?")),
        order=20,
        related=(Text("visa"),),
        updated=date(2026, 11, 1),
        review_by=date(2027, 5, 1),
        owner="talent-emea",
        draft=False,
        moved_from=(Text("old/pay"), Text("/hc/123")),
        body=Text("\n*Money.*\n"),
    )
    texts = (entry.question, *entry.also_asked, *entry.related, *entry.moved_from, entry.body)
    assert [text.line for text in texts] == [2, 5, 6, 8, 13, 13, 15]


def test_a_question_with_an_answer_is_enough() -> None:
    entry, problems = parse("---\nquestion: What?\n---\nThis.")
    assert describe(problems) == []
    assert entry == RawEntry(
        path="pay.md",
        category="",
        slug="pay",
        question=Text("What?"),
        body=Text("This."),
    )
    assert (entry.question.line, entry.body.line) == (2, 4)


@pytest.mark.parametrize(
    ("text", "front_matter", "body"),
    [
        ("---\na\n---\nb\n", ("a", 2), ("b\n", 4)),
        ("---\n---\n", ("", 2), ("", 3)),
        ("---\n---", ("", 2), ("", 3)),
        ("\n \n--- \na\nb\n---\t\n\nc\n---\nd", ("a\nb", 4), ("\nc\n---\nd", 7)),
        ("---\na: |\n  ---\n---\nb", ("a: |\n  ---", 2), ("b", 5)),
    ],
)
def test_front_matter_is_between_two_lines_of_three_hyphens(
    text: str, front_matter: tuple[str, int], body: tuple[str, int]
) -> None:
    problems = Problems()
    parts = split_front_matter(text, "pay.md", problems)
    assert parts
    assert [(part, part.line) for part in parts] == [front_matter, body]
    assert not problems.found


@given(ODD_TEXTS, ODD_TEXTS)
def test_the_body_begins_on_its_line(front_matter: str, body: str) -> None:
    text = f"---\n{front_matter}\n---\n{body}"
    parts = split_front_matter(text, "pay.md", Problems())
    assert parts
    lines = text.split("\n")
    for part in parts:
        length = part.count("\n") + 1
        assert "\n".join(lines[part.line - 1 : part.line - 1 + length]) == part or not part


NOT_START = "does not start the front matter; write three hyphens: ---"
NOT_END = "does not end the front matter; write three hyphens: ---"
BEGIN = "begin it with the line ---, then question: …, then --- again"
ABOVE = "write the line --- above the answer"
NO_ANSWER = "the answer is empty; write it below the second ---, or add the line draft: true"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("What is pay?", f"1: the file has no front matter; {BEGIN}"),
        ("", f"1: the file has no front matter; {BEGIN}"),
        (
            "\nquestion: What?\n---\n",
            '2: the file has no front matter; write the line --- above "question: What?"',
        ),
        ("----\nquestion: What?\n----\nb", f'1: "----" {NOT_START}'),
        ("\n--\nquestion: What?", f'2: "--" {NOT_START}'),
        *(
            (f"{signs}\nquestion: What?\n{signs}\nb", f'1: "{signs}" {NOT_START}')
            for signs in ("\u2014", "-\u2013", "+++", "===", "* * *", "```", "```yaml", "---yaml")
        ),
        ("---\nquestion: What?\n\n----\n", f"1: the front matter has no end; {ABOVE}"),
        ("---\nalso_asked:\n- a\n", f"1: the front matter has no end; {ABOVE}"),
        ("---\nquestion: What?\n-----\nb", f'3: "-----" {NOT_END}'),
        ("---\nquestion: What?\n\u2014\nb", f'3: "\u2014" {NOT_END}'),
        ("---\nquestion: What?\n---\n \n", f"4: {NO_ANSWER}"),
        ("---\nquestion: What?\n---", f"3: {NO_ANSWER}"),
        ("---\norder: 1\n---\nb", '2: "question" is missing; add the line question: …'),
        ("---\nquestion: ''\n---\nb", '2: "question" is empty; write question: …'),
        ("---\nquestion: \u200b\n---\nb", '2: "question" is empty; write question: …'),
        ("---\nquestion: a\nownr: b\n---\nb", '3: unknown key "ownr"; did you mean "owner"?'),
        ("---\ntitle: a\n---\nb", '2: unknown key "title"; write "question" instead of "title"'),
        (
            "---\nquestion: a\nlast-modified: b\n---\nb",
            '3: unknown key "last-modified"; write "updated" instead of "last-modified"',
        ),
        (
            "---\nquestion: a\nslug: b\n---\nb",
            '3: unknown key "slug"; rename the file instead: its name is its address',
        ),
        (
            "---\nquestion: a\n---\n\0",
            "4: invisible character U+0000 in column 1; delete it, or type the line again",
        ),
    ],
)
def test_an_entry_that_is_wrong_is_reported_with_its_line(content: str, expected: str) -> None:
    assert describe(parse(content)[1]) == [f"content/pay.md:{expected}"]


def test_a_draft_needs_no_answer() -> None:
    entry, problems = parse(DRAFT.decode())
    assert entry
    assert not problems.found


def test_folders_are_categories_and_attachments_are_beside_entries(tmp_path: Path) -> None:
    content, problems = load(
        tmp_path,
        {
            "start.md": ENTRY,
            "README.md": b"No entry.",
            "team-culture/time-zone.MD": ENTRY,
            "team-culture/Our Map.PDF": b"%PDF-1.4",
            "team-culture/remote/readme.md": b"No entry.",
            "team-culture/remote/where.md": DRAFT,
            "pay/_category.yaml": b"---\ntitle: Pay & more\norder: 10\nsummary: What you get.",
        },
    )
    assert describe(problems) == []
    assert content.settings.title == "FAQ"
    assert [(entry.path, entry.category, entry.slug) for entry in content.entries] == [
        ("start.md", "", "start"),
        ("team-culture/remote/where.md", "team-culture/remote", "where"),
        ("team-culture/time-zone.MD", "team-culture", "time-zone"),
    ]
    assert content.categories == (
        RawCategory(path="pay", slug="pay", title="Pay & more", order=10, summary="What you get."),
        RawCategory(path="team-culture", slug="team-culture", title="Team culture"),
        RawCategory(path="team-culture/remote", slug="remote", title="Remote"),
    )
    assert content.attachments == (
        Attachment(
            path="team-culture/Our Map.PDF",
            address="team-culture/our-map.pdf",
            content=b"%PDF-1.4",
        ),
    )


def test_files_that_systems_leave_behind_are_skipped(tmp_path: Path) -> None:
    names = [".DS_Store", ".gitkeep", ".git/config", "Thumbs.db", "desktop.ini", "~$pay.docx"]
    content, problems = load(tmp_path, {"pay.md": ENTRY, **dict.fromkeys(names, b"\x00")})
    assert describe(problems) == []
    assert not content.attachments
    assert not content.categories


NO_LETTER = 'the name "???" has no letter or digit for an address; rename it'
TOO_LONG = "bytes long; shorten the names to 240 bytes in total"
ELSEWHERE = "move it out of the content folder"


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        *(
            (path, b"a: b", f"{path}: neither an entry (.md) nor a picture or PDF; {hint}")
            for path, hint in [
                ("pay.txt", 'rename it to "pay.md"'),
                ("parking.md.txt", 'rename it to "parking.md"'),
                ("What is pay", 'rename it to "What is pay.md"'),
                ("pay.MD.markdown", 'rename it to "pay.md"'),
                ("{pay}.html", 'write it as Markdown in "{pay}.md"'),
                ("pay.docx", "save it as PDF"),
                ("map.tiff", "save it as PNG or WebP"),
                ("site.yml", 'did you mean "site.yaml"?'),
                ("pay/category.yaml", 'did you mean "_category.yaml"?'),
                ("pay/_category.yaml.txt", 'rename it to "_category.yaml"'),
                ("_category.yaml", "write the title and description of the site in site.yaml"),
                ("pay/site.yaml", "move it to the top of the content folder: site.yaml"),
                ("query.yaml", 'did you mean "queries.yaml"?'),
                ("pay/queries.yaml", "move it to the top of the content folder: queries.yaml"),
                ("film.mp4", ELSEWHERE),
                ("pay.md~", ELSEWHERE),
            ]
        ),
        (
            "map.svg",
            b"<svg/>",
            (
                "map.svg: an SVG picture, which can run script when it is opened by itself; "
                "save it as PNG or WebP"
            ),
        ),
        ("???.md", ENTRY, f"???.md: {NO_LETTER}"),
        ("pay/???.png", b"", f"pay/???.png: {NO_LETTER}"),
        ("???/pay.md", ENTRY, f"???: {NO_LETTER}"),
        # One letter of Arabic becomes eighteen in a slug.
        (
            "\ufdfa" * 40 + ".md",
            ENTRY,
            "\ufdfa" * 40 + f".md: the address would be 1325 {TOO_LONG}",
        ),
        # Folders that are too deep are not entered.
        (
            "deep/" * 60 + "b.md",
            b"",
            "/".join(["deep"] * 49) + f": the address would be 244 {TOO_LONG}",
        ),
        ("a.md", None, ": there are no entries; add a file such as first-question.md"),
        ("a.md", DRAFT, ": all entries are drafts; remove the line draft: true from one"),
        ("site.yaml", None, "site.yaml: the file is missing; add it with the line title: …"),
        (
            "site.yaml",
            b"\xff\xfe",
            (
                "site.yaml:1: the file is saved as UTF-16; "
                "choose Save as in your editor, then the encoding UTF-8"
            ),
        ),
        (
            "pay/_category.yaml",
            b"name: Pay",
            'pay/_category.yaml:1: unknown key "name"; write "title" instead of "name"',
        ),
    ],
)
def test_a_file_that_cannot_be_published_is_one_problem(
    tmp_path: Path, path: str, content: bytes | None, expected: str
) -> None:
    files = {"a.md": ENTRY, "site.yaml": b"title: FAQ", path: content}
    given = {path: content for path, content in files.items() if content is not None}
    _, problems = load(tmp_path, given, settings=None)
    assert describe(problems) == [f"content/{expected}"]


def test_a_pdf_must_be_one_because_a_page_could_run_another_file_as_a_script(
    tmp_path: Path,
) -> None:
    files = {"pay.md": ENTRY, "plan.pdf": b"alert(1)", "map.PDF": b"%PDF-1.7\n"}
    content, problems = load(tmp_path, files)
    message = "the file is not a PDF, in spite of its name; save it again as PDF"
    assert describe(problems) == [f"content/plan.pdf: {message}"]
    assert [attachment.path for attachment in content.attachments] == ["map.PDF"]
    assert content.unreadable == {"plan.pdf"}


def test_an_entry_with_a_wrong_value_is_kept(tmp_path: Path) -> None:
    wrong = b"---\nquestion: What?\norder: soon\n---\nThe answer."
    content, problems = load(tmp_path, {"a.md": wrong, "b.md": b"no front matter"})
    assert [entry.path for entry in content.entries] == ["a.md"]
    assert content.unreadable == {"b.md"}
    assert [problem.path for problem in problems.found] == ["a.md", "b.md"]


def test_links_to_other_places_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    load(outside, {"secret.md": ENTRY})
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "file.md").symlink_to(outside / "secret.md")
    (folder / "folder").symlink_to(outside)
    (folder / "nowhere.md").symlink_to(outside / "nothing.md")
    content, problems = load(folder, {"a.md": ENTRY})
    message = "a link to another place, which is not followed; put the file itself here"
    assert describe(problems) == [
        f"content/{name}: {message}" for name in ("file.md", "folder", "nowhere.md")
    ]
    assert [entry.path for entry in content.entries] == ["a.md"]


def test_names_are_compared_in_one_unicode_form(tmp_path: Path) -> None:
    content, problems = load(tmp_path, {"re\u0301sume\u0301.md": ENTRY})
    assert describe(problems) == []
    assert [entry.path for entry in content.entries] == ["r\u00e9sum\u00e9.md"]
    _, problems = load(tmp_path, {"r\u00e9sum\u00e9.md": ENTRY})
    message = "another file or folder has this name, in other Unicode characters; rename one"
    assert describe(problems) == [f"content/r\u00e9sum\u00e9.md: {message}"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"pay\xff.md", r"pay\xff.md"),
        (b"pay\n.md", r"pay\n.md"),
        (b"pay\x1b[31m.md", r"pay\x1b[31m.md"),
        ("pay\u2028.md".encode(), r"pay\u2028.md"),
        ("pay\u202edm.md".encode(), r"pay\u202edm.md"),
    ],
)
def test_a_name_can_be_shown(tmp_path: Path, name: bytes, shown: str) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(ENTRY)
    except OSError:
        pytest.skip("this file system refuses the name")
    _, problems = load(tmp_path, {"a.md": ENTRY})
    message = "the name contains characters that cannot be shown"
    assert describe(problems) == [f"content/{shown}: {message}; rename it"]


def test_a_file_that_cannot_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str, _: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    files = {"a.md": ENTRY}
    load(tmp_path, files)
    monkeypatch.setattr("faqsite.system.files.no_link", refuse)
    problems = Problems()
    load_content(tmp_path, {}, problems)
    assert "content/a.md: the file cannot be read: Permission denied" in describe(problems)


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    problems = Problems()
    load_content(tmp_path / "none", {}, problems)
    assert "content/: the folder cannot be read: No such file or directory" in describe(problems)


def test_the_order_of_the_content_does_not_depend_on_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"{folder}{name}.md": ENTRY for folder in ("", "b/", "a/") for name in "cab"}
    before, _ = load(tmp_path, files)
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: nullcontext(reversed(list(scandir(path)))))
    after, _ = load(tmp_path, files)
    assert before == after


def test_queries_are_not_parsed(tmp_path: Path) -> None:
    content, problems = load(tmp_path, {"pay.md": ENTRY, "queries.yaml": b"\xff: : nowhere"})
    assert (content.queries, describe(problems)) == (b"\xff: : nowhere", [])


@pytest.mark.parametrize(
    "body",
    [
        "Yes.\n\n---\nquestion: May I park?\n---\nNo.\n",
        "Yes.\n---\nalso_asked: x\nQuestion: May I park?\n\n---\nNo.\n",
        "Yes.\n\nquestion: May I park?\n---\nNo.\n",
        "---\nquestion: May I park?\n---\nNo.\n",
    ],
)
def test_a_second_entry_in_a_file_is_reported_on_its_question(body: str) -> None:
    problems = Problems()
    text = f"---\nquestion: a\n---\n{body}"
    parse_entry(text.encode(), "pay.md", problems)
    line = text.lower().split("\n").index("question: may i park?") + 1
    hint = f'move this one to a file of its own: "{text.split(chr(10))[line - 1]}"'
    assert describe(problems) == [f"content/pay.md:{line}: two entries in one file; {hint}"]


def test_thousands_of_questions_in_a_body_are_read_in_linear_time() -> None:
    started = time.process_time()
    parse_entry(("---\nquestion: a\n---\n" + "question: a\n" * 5_000).encode(), "a.md", Problems())
    assert time.process_time() - started < 2


def test_keys_below_the_second_fence_are_reported() -> None:
    problems = Problems()
    text = "---\nquestion: a\n---\n\norder: 1\nalso_asked:\n- b\n---\nYes.\n"
    parse_entry(text.encode(), "pay.md", problems)
    message = 'a line with three hyphens ends the keys before "order: 1"; remove that line'
    assert describe(problems) == [f"content/pay.md:5: {message}"]
    parse_entry(text.replace("order: 1", "order: 1\n").encode(), "pay.md", further := Problems())
    assert describe(further) == []


@pytest.mark.parametrize(
    "body",
    [
        "Write\n\n```\n---\nquestion: May I park?\n---\n```\n",
        "Yes.\n\n---\n\nThe question: may I park?\n",
        "question: what is that?\n\nAn answer.\n",
    ],
)
def test_an_answer_may_show_an_entry(body: str) -> None:
    problems = Problems()
    parse_entry(f"---\nquestion: a\n---\n{body}".encode(), "pay.md", problems)
    assert describe(problems) == []
