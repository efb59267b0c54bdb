"""How a folder differs from the site that would be published."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from faqsite.differences import ADDED, CHANGED, GONE, Difference, changed_lines, find_differences
from faqsite.digests import planned
from faqsite.model import OutputFile, PlannedFile
from faqsite.publish import publish

LONG = "a" * 200


def files(site: dict[str, str]) -> list[PlannedFile]:
    return [
        planned(OutputFile(address=address, content=text.encode()))
        for address, text in site.items()
    ]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("a\nb\n", "a\nb\n", []),
        ("a\nb\n", "a\nc\n", ["-b", "+c"]),
        ("a\nb\n", "a\n", ["-b"]),
        ("a\n", "a\nb", ["-", "+b"]),
        ("", "a", ["-", "+a"]),
        ("1\n2\n3\n4\n5", "1\nb\n3\nd\n5", ["-2", "+b", "@@", "-4", "+d"]),
        ("1\n2\n3", "1\n2\n3\n3", ["+3"]),
        # A line of two is told with what it became, also where it is long.
        (f"{LONG}b\nc", f"{LONG}d\ne", [f"-…{LONG[:30]}b", "-c", f"+…{LONG[:30]}d", "+e"]),
        (f"b{LONG}", f"c{LONG}", [f"-b{LONG[:119]}…", f"+c{LONG[:119]}…"]),
        # What a terminal would obey, and what cannot be seen otherwise.
        ("a\x1b[2J", "a\r", ["-a\ufffd[2J", "+a\ufffd"]),
        ("s.css?v=ab-1", "s.css?v=c_2", ["only in versions of what is loaded (?v=)"]),
        ("s.css?v=1\nb", "s.css?v=2\nc", ["-b", "+c"]),
        ("s.css?v=1", "t.css?v=2", ["-s.css?v=…", "+t.css?v=…"]),
    ],
)  # fmt: skip
def test_the_lines_that_differ_are_told(old: str, new: str, lines: list[str]) -> None:
    assert list(changed_lines(old.encode(), new.encode())) == lines


def test_of_what_is_no_text_the_size_is_told() -> None:
    assert changed_lines(b"\xff" * 1200, b"a") == ("no text; its bytes: 1,200, then 1",)


def test_of_too_many_lines_to_compare_all_are_told() -> None:
    old, new = ([f"{each}{number}" for number in range(1_100)] for each in "on")
    old[500] = new[500]
    text, other = ("\n".join(["same", *lines, "same"]).encode() for lines in (old, new))
    told = [f"-{each}" for each in old] + [f"+{each}" for each in new]
    assert list(changed_lines(text, other)) == told


def test_files_that_differ_alike_are_one_difference(tmp_path: Path) -> None:
    pages = {f"{name}.html": f"head\n{name}\nfoot\n" for name in "abc"}
    publish(
        files(pages | {"gone.html": "", "team/gone.html": "", "same.html": ""}), tmp_path / "site"
    )
    # Of whatever else lies there it is told too.
    (tmp_path / "site/draft.txt").touch()
    after = {name: text.replace("foot", "feet") for name, text in pages.items()}
    after["b.html"] = after["b.html"].replace("head", "heads")
    after |= {"same.html": "", "new.html": "", "team/a/new.html": ""}
    workers = 2 if sys.platform == "linux" else 1
    assert find_differences(files(after), tmp_path / "site", workers) == (
        Difference(kind=GONE, addresses=("draft.txt",)),
        Difference(kind=GONE, addresses=("gone.html",)),
        Difference(kind=GONE, addresses=("team/gone.html",)),
        Difference(kind=ADDED, addresses=("new.html",)),
        Difference(kind=ADDED, addresses=("team/a/new.html",)),
        Difference(kind=CHANGED, addresses=("a.html", "c.html"), lines=("-foot", "+feet")),
        Difference(
            kind=CHANGED,
            addresses=("b.html",),
            lines=("-head", "+heads", "@@", "-foot", "+feet"),
        ),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a link takes a right there")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    publish(files({"a.html": "a"}), tmp_path / "site")
    (tmp_path / "site/a.html").unlink()
    (tmp_path / "site/a.html").symlink_to("/dev/zero")
    (difference,) = find_differences(files({"a.html": "a"}), tmp_path / "site")
    assert difference.lines == ("a link, then a file",)


def test_a_site_that_stays_differs_in_nothing(tmp_path: Path) -> None:
    publish(files({"a.html": "a"}), tmp_path / "site")
    assert find_differences(files({"a.html": "a"}), tmp_path / "site") == ()
