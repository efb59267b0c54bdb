"""A preview: what it shows while its sources are good, wrong, or gone."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from faqsite.commands.preview.preview import Preview, find_address, problem_page
from tests.fuzz.test_requests import ADDRESSES
from tests.support.documents import write
from tests.support.previews import SMALL, entry, make_preview
from tests.support.product import PRODUCT

WRONG = 'content/team/hours.md:3: unknown key "ordr"; did you mean "order"?'
WRONG_ENTRY = "---\nquestion: When do you work?\nordr: 1\n---\nBy day.\n"
HOURS = "/team/hours.html"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "content"


@pytest.fixture
def preview(content: Path) -> Preview:
    preview = make_preview(content)
    assert preview.refresh()
    return preview


def test_a_page_follows_its_sources(preview: Preview, content: Path) -> None:
    before = preview.show(HOURS)
    assert (before.address, before.is_found, before.problems) == ("team/hours.html", True, ())
    assert b"By day." in before.content
    write(content, {"team/hours.md": entry("When do you work?", "By night.")})
    assert preview.refresh()
    after = preview.show(HOURS)
    assert b"By night." in after.content
    assert after.version != before.version


def test_a_page_without_a_change_stays_the_same(preview: Preview, content: Path) -> None:
    before = preview.show("/404.html")
    write(content, {"team/hours.md": entry("When do you work?", "By night.")})
    assert preview.refresh()
    assert preview.show("/404.html") == before


def test_the_same_sources_make_no_new_edition(preview: Preview, content: Path) -> None:
    write(content, SMALL)
    assert preview.refresh() is None


def test_a_problem_is_shown_over_the_last_good_page(preview: Preview, content: Path) -> None:
    before = preview.show(HOURS)
    write(content, {"team/hours.md": WRONG_ENTRY})
    edition = preview.refresh()
    assert edition
    assert edition.problems == (WRONG,)
    wrong = preview.show(HOURS)
    assert (wrong.content, wrong.version) == (before.content, before.version)
    assert wrong.problems == (WRONG,)
    write(content, SMALL)
    assert preview.refresh()
    assert preview.show(HOURS) == before


def test_problems_are_a_page_if_there_is_no_good_one_yet(content: Path) -> None:
    preview = make_preview(content, {**SMALL, "team/hours.md": WRONG_ENTRY})
    assert preview.refresh()
    alone = preview.show(HOURS)
    assert (alone.address, alone.is_found, alone.problems) == ("", False, ())
    assert b"content/team/hours.md:3: unknown key &quot;ordr&quot;" in alone.content
    write(content, SMALL)
    assert preview.refresh()
    assert preview.show(HOURS).is_found


def test_a_missing_folder_is_a_problem_until_it_is_back(preview: Preview, content: Path) -> None:
    away = content.rename(content.with_name("away"))
    edition = preview.refresh()
    assert edition
    assert edition.problems[0] == "content/: the folder cannot be read: No such file or directory"
    assert b"By day." in preview.show(HOURS).content
    away.rename(content)
    assert preview.refresh()
    assert preview.show(HOURS).problems == ()


def test_an_error_in_a_template_is_reported_once(tmp_path: Path, content: Path) -> None:
    templates = shutil.copytree(PRODUCT / "templates", tmp_path / "templates")
    reported: list[tuple[str, ...]] = []
    preview = make_preview(content, templates=templates, report=reported.append)
    assert preview.refresh()
    before = preview.show(HOURS)
    text = (templates / "entry.html").read_text(encoding="utf-8")
    write(templates, {"entry.html": text + "\n{% if %}"})
    assert preview.refresh()
    wrong = preview.show(HOURS)
    assert (wrong.content, wrong.version) == (before.content, before.version)
    (line,) = wrong.problems
    assert line.startswith("templates/entry.html:")
    # Another page of that template has no good version; one of another template is good.
    assert line.partition(": ")[0].encode() in preview.show("/team/place.html").content
    assert preview.show("/404.html").problems == ()
    assert reported == [wrong.problems]
    write(templates, {"entry.html": text})
    assert preview.refresh()
    assert preview.show(HOURS).problems == ()


def test_the_same_unreadable_words_make_no_new_edition(tmp_path: Path, content: Path) -> None:
    templates = shutil.copytree(PRODUCT / "templates", tmp_path / "templates")
    preview = make_preview(content, templates=templates)
    (templates / "words.yaml").unlink()
    edition = preview.refresh()
    assert edition
    assert edition.problems == (
        "templates/words.yaml: the file cannot be read: No such file or directory",
    )
    assert preview.refresh() is None


def test_a_request_during_the_planning_gets_the_new_site(content: Path) -> None:
    is_loading, may_load = threading.Event(), threading.Event()
    template = make_preview(content)
    load = template._load  # noqa: SLF001 (what reads its content)

    def load_slowly() -> object:
        is_loading.set()
        assert may_load.wait(20)
        return load()

    preview = Preview(load_slowly, lambda error: (str(error),))  # type: ignore[arg-type]
    planning = threading.Thread(target=preview.refresh)
    planning.start()
    assert is_loading.wait(20)
    shown: list[bytes] = []
    asking = threading.Thread(target=lambda: shown.append(preview.show(HOURS).content))
    asking.start()
    may_load.set()
    planning.join(20)
    asking.join(20)
    assert b"By day." in shown[0]


def test_a_wait_ends_with_an_edition_or_the_end(preview: Preview) -> None:
    assert preview.wait(0, 20) == 1
    preview.close()
    assert preview.wait(1, 20) == -1


# Each comes on top of those before it.
EDITS = {
    "an answer": {"team/hours.md": entry("When do you work?", "By night, in [places](place.md).")},
    "another entry of the same words": {"pay/hours.md": entry("When is work paid?", "By night.")},
    "a question and a draft": {
        "team/hours.md": entry("When is work?", "By night."),
        "team/place.md": "---\nquestion: Where?\ndraft: true\n---\nAt home.\n",
    },
    "the title of a category": {"team/_category.yaml": "title: Us\n"},
    "the language": {"site.yaml": "title: Questions\nlanguage: de\n"},
}


def test_after_any_change_every_file_is_as_in_a_new_preview(
    preview: Preview, content: Path
) -> None:
    for edit, files in EDITS.items():
        write(content, files)
        edition = preview.refresh()
        fresh = make_preview(content, {}).refresh()
        assert edition, edit
        assert fresh, edit
        assert edition.advice == fresh.advice
        assert {name: file.make() for name, file in edition.files.items()} == {
            name: file.make() for name, file in fresh.files.items()
        }, edit


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/team/", "team/index.html"),
        ("/team/index", "team/index.html"),
        ("/team", "team/index.html"),
        ("/hc/articles/123", "hc/articles/123.html"),
        ("/team/our%20map.pdf", "team/our map.pdf"),
        ("/%D8%B4%D9%87%D8%B1/1.html", "شهر/1.html"),
        ("/faq/", "index.html"),
        ("/faq/team/", "team/index.html"),
        ("/faq/faq/", None),
        ("/Team/", None),
        ("//team/", None),
        ("/./index.html", None),
        ("/team/../index.html", None),
        ("/%2e%2e/index.html", None),
        ("/..%2findex.html", None),
        ("/..\\index.html", None),
        ("/%5cindex.html", None),
        ("/index.html%00", None),
        ("/index.html/", None),
        ("/C:/index.html", None),
        ("index.html", None),
        ("*", None),
        ("", None),
    ],
)
def test_a_path_leads_to_an_address_of_the_site_or_to_none(path: str, expected: str | None) -> None:
    assert find_address(path, ADDRESSES, "/faq/") == expected


def test_a_page_of_problems_shows_them_as_text() -> None:
    page = problem_page(["content/a.md:1: <script> & more"]).decode()
    assert "<li>content/a.md:1: &lt;script&gt; &amp; more</li>" in page
    assert "script-src 'self';" in page
