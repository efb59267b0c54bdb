"""The whole way, as a function."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from faqsite.assets import load_static
from faqsite.cache import Cache
from faqsite.memory import Memory, recall, remember
from faqsite.model import Report
from faqsite.pipeline import build_site
from faqsite.problems import ContentError

from .product import PRODUCT


def make_content(folder: Path, **answers: str) -> Path:
    """Write a content folder of one entry for each answer, and return it."""
    folder.mkdir()
    (folder / "site.yaml").write_text("title: Questions\n", encoding="utf-8")
    for name, answer in answers.items():
        text = f"---\nquestion: What about {name}?\n---\n{answer}\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def build(
    content: Path,
    output: Path,
    site_url: str = "",
    memory: Memory | None = None,
    workers: int = 1,
) -> Report:
    return build_site(
        content=content,
        templates=PRODUCT / "templates",
        static=PRODUCT / "static",
        output=output,
        site_url=site_url,
        memory=memory,
        workers=workers,
    )


def test_the_report_counts_what_was_made(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", pay="Enough.", hours="By day.")
    report = build(content, tmp_path / "site")
    made = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    pages = [path for path in made if path.suffix == ".html"]
    assert (report.entries, report.categories, report.advice) == (2, 0, ())
    assert report.pages == len(pages)
    # The marker that tells the folder to be ours is no file of the site.
    assert report.files == len(made) - 1
    assert report.size_bytes == sum(path.stat().st_size for path in made)


def test_the_site_tells_its_host_to_serve_it_as_it_is(tmp_path: Path) -> None:
    build(make_content(tmp_path / "content", pay="Enough."), tmp_path / "site")
    assert (tmp_path / "site/.nojekyll").read_bytes() == b""


def test_the_accent_of_the_settings_ends_the_style_sheet(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", pay="Enough.")
    with (content / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write('accent: "#1d4ed8"\n')
    build(content, tmp_path / "site")
    style = (tmp_path / "site/assets/style.css").read_bytes()
    (own,) = (
        each for each in load_static(PRODUCT / "static") if each.address.endswith("/style.css")
    )
    assert style.startswith(own.content)
    assert style.endswith(b"{ :root { --brand: #1d4ed8; } }\n")


def test_a_site_with_an_address_describes_itself_to_other_programs(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", pay="Enough.", secret="None yet.")  # noqa: S106 (an entry)
    draft = "---\nquestion: When is it?\ndraft: true\nowner: someone\n---\nSoon.\n"
    (content / "secret.md").write_text(draft, encoding="utf-8")
    build(content, tmp_path / "site", site_url="https://example.org/")
    names = ("faq.json", "llms.txt", "robots.txt", "sitemap.xml")
    texts = [(tmp_path / "site" / name).read_text(encoding="utf-8") for name in names]
    assert [text.count("https://example.org/") for text in texts] == [1, 1, 1, 2]
    assert not [text for text in texts if "When is it?" in text or "someone" in text]
    home, entry = (
        (tmp_path / "site" / name).read_text(encoding="utf-8")
        for name in ("index.html", "pay.html")
    )
    assert '"@type":"FAQPage"' in home
    assert '"name":"Home","item":"https://example.org/"' in entry


def test_synonyms_that_find_nothing_are_advice(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", pay="Enough.")
    with (content / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("synonyms:\n  - money => pay\n  - pets => cat, dog\n")
    (advice,) = build(content, tmp_path / "site").advice
    assert advice.is_advice
    assert advice.describe("content") == (
        'content/site.yaml:4: no entry has a word of "cat, dog"; take it out, or say it in theirs'
    )


def test_a_logo_is_a_static_file_that_is_there(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", pay="Enough.")
    with (content / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("logo: icno.svg\n")
    with pytest.raises(ContentError) as caught:
        build(content, tmp_path / "site")
    assert str(caught.value) == (
        'content/site.yaml:2: no file "icno.svg" in static/ for "logo"; did you mean "icon.svg"?'
    )


def test_what_a_killed_run_left_is_finished_even_if_the_content_is_wrong(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content", pay="Enough.")
    build(content, tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.new")
    (content / "pay.md").write_text("Enough.", encoding="utf-8")
    with pytest.raises(ContentError):
        build(content, tmp_path / "site")
    assert (tmp_path / "site/pay.html").is_file()


SITE = "title: Questions\ncontact: a@example.org\n"
START = {
    "site.yaml": SITE,
    "pay/_category.yaml": "title: Pay\n",
    "pay/day.md": "---\nquestion: When is pay day?\norder: 10\n---\nSee [visa](visa.md#how).\n",
    "pay/visa.md": "---\nquestion: Do I need a visa?\nalso_asked: permit\n---\n# How\n\nAsk us.\n",
    "team/zone.md": "---\nquestion: Which zone?\nrelated: [visa]\n---\nCentral. Payday.\n",
    "team/draft.md": "---\nquestion: What else?\ndraft: true\n---\nNothing.\n",
    "map.png": "a picture",
}
# Each is made on top of those before it; None takes a file away.
EDITS: dict[str, dict[str, str | None]] = {
    "nothing": {},
    "an answer": {"pay/visa.md": START["pay/visa.md"] + "\nNow.\n"},
    "a comment in the front matter": {
        "pay/visa.md": START["pay/visa.md"].replace("also_asked", "# Say more.\nalso_asked")
    },
    "a question": {"team/zone.md": START["team/zone.md"].replace("Which", "Which time")},
    "a heading that is linked to": {
        "pay/visa.md": START["pay/visa.md"].replace("How", "How so"),
        "pay/day.md": START["pay/day.md"].replace("#how", "#how-so"),
    },
    "the order": {
        "pay/day.md": START["pay/day.md"].replace("order: 10", "updated: 2026-01-02"),
        "pay/visa.md": START["pay/visa.md"],
    },
    "another file of the same words": {"pay/zone.md": START["team/zone.md"].replace("?", " two?")},
    "a file that moves": {
        "pay/zone.md": None,
        "team/zone.md": None,
        "team/region.md": START["team/zone.md"].replace("related", "moved_from: old\nrelated"),
    },
    "a draft that is published": {
        "team/draft.md": START["team/draft.md"].replace("draft: true\n", "")
    },
    "the title of a category": {"pay/_category.yaml": "title: Money\nsummary: All of it.\n"},
    "the order of the categories": {"pay/_category.yaml": "title: Money\norder: 1\n"},
    "a picture": {"map.png": "another picture"},
    "a picture that is shown": {
        "pay/visa.md": START["pay/visa.md"] + "\n![A map](../map.gif)\n",
        "map.gif": "GIF89a\2\0\3\0\0\0\0",
    },
    "its size": {"map.gif": "GIF89a\4\0\5\0\0\0\0"},
    "a picture that goes": {"map.png": None},
    "the title": {"site.yaml": SITE.replace("Questions", "Answers")},
    "a word of the pages": {"site.yaml": SITE + "words:\n  search: Find\n"},
    "the accent": {"site.yaml": SITE + 'accent: "#1d4ed8"\n'},
    "synonyms": {"site.yaml": SITE + "synonyms:\n  - money, pay\n"},
    "the language": {"site.yaml": SITE + "language: de\n"},
    "the address": {"site.yaml": SITE + "url: https://example.org/\n"},
    "all back": dict(START) | {"team/region.md": None},
}


def put(folder: Path, files: Mapping[str, str | None]) -> None:
    """Write some files of a content folder, and take others away."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            (folder / name).unlink()
        else:
            (folder / name).write_text(text, encoding="utf-8")


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def remembering(cache: Cache, content: Path, output: Path, workers: int = 1) -> Report:
    """Build as the command line does: by a cache, and for it."""
    memory = recall(cache)
    report = build(content, output, memory=memory, workers=workers)
    remember(cache, memory)
    return report


def test_whatever_changes_the_site_is_that_of_a_build_that_remembers_nothing(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    put(content, START)
    for edit, files in EDITS.items():
        put(content, files)
        # A new cache object each time: nothing is passed on but by the files.
        report = remembering(Cache(tmp_path / "cache", b"key"), content, tmp_path / "warm")
        assert build(content, tmp_path / "cold") == report, edit
        assert contents(tmp_path / "warm") == contents(tmp_path / "cold"), edit


@pytest.mark.parametrize("spoiled", ["entries", "site"])
@pytest.mark.parametrize("kept", [0.0, 0.4, 0.99])
def test_a_cache_that_was_cut_short_changes_nothing(
    tmp_path: Path, spoiled: str, kept: float
) -> None:
    content = tmp_path / "content"
    put(content, START)
    remembering(Cache(tmp_path / "cache", b"key"), content, tmp_path / "site")
    put(content, EDITS["an answer"])
    file = tmp_path / "cache" / spoiled
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * kept)])
    remembering(Cache(tmp_path / "cache", b"key"), content, tmp_path / "site")
    build(content, tmp_path / "cold")
    assert contents(tmp_path / "site") == contents(tmp_path / "cold")


def test_what_was_read_is_remembered_though_the_build_fails(tmp_path: Path) -> None:
    content, memory = tmp_path / "content", Memory()
    put(content, START | {"team/zone.md": "no front matter"})
    with pytest.raises(ContentError):
        build(content, tmp_path / "site", memory=memory)
    remember(Cache(tmp_path / "cache", b"key"), memory)
    remembered = recall(Cache(tmp_path / "cache", b"key"))
    assert len(remembered.entries) == 4
    assert (remembered.report, remembered.written) == (None, {})


def test_what_somebody_did_to_the_output_is_undone(tmp_path: Path) -> None:
    content, site, cache = tmp_path / "content", tmp_path / "site", Cache(tmp_path / "c", b"key")
    put(content, START)
    remembering(cache, content, site)
    whole = contents(site)
    (site / "pay/visa.html").write_bytes(b"defaced")
    (site / "index.html").unlink()
    (site / "more.html").write_bytes(b"more")
    remembering(cache, content, site)
    assert contents(site) == whole


def test_a_file_that_stays_as_it_was_is_not_written_again(tmp_path: Path) -> None:
    content, site, cache = tmp_path / "content", tmp_path / "site", Cache(tmp_path / "c", b"key")
    put(content, START)

    def numbers() -> dict[str, int]:
        return {
            path.relative_to(site).as_posix(): path.stat().st_ino
            for path in site.rglob("*")
            if path.is_file()
        }

    remembering(cache, content, site)
    before = numbers()
    remembering(cache, content, site)
    assert numbers() == before
    put(content, EDITS["an answer"])
    remembering(cache, content, site)
    after = numbers()
    assert {name for name in before if after[name] != before[name]} == {
        "index.html",
        "pay/index.html",
        "pay/visa.html",
        "all.html",
        "search-index.js",
        "search-text/0.js",
        "lunr-index.json",
        "faq.json",
        "llms.txt",
        ".faqsite",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="workers are for Linux alone")
def test_however_many_work_the_site_is_the_same(tmp_path: Path) -> None:
    content = make_content(
        tmp_path / "content",
        **{f"entry-{n}": f"Answer {n}, see [that](entry-1.md)." for n in range(90)},
    )
    reports = [build(content, tmp_path / f"site-{n}", workers=n) for n in (1, 2, 5)]
    assert reports[0] == reports[1] == reports[2]
    assert contents(tmp_path / "site-1") == contents(tmp_path / "site-2")
    assert contents(tmp_path / "site-1") == contents(tmp_path / "site-5")
