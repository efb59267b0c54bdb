"""Files of the content: entries, settings, queries, and whole folders."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from posixpath import dirname
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from faqsite.audit.queries import parse_queries
from faqsite.build.pipeline import Inputs, load, make_site
from faqsite.content.folder import parse_entry
from faqsite.content.keys import entry_text
from faqsite.content.settings import parse_settings
from faqsite.content.sources import Sources
from faqsite.content.text import decode_text
from faqsite.model.problems import ContentError, Problem, Problems
from tests.support.contents import make_raw
from tests.support.product import PRODUCT
from tests.support.sites import SENTENCES

from .texts import EXAMPLES, MARKDOWN, YAML, changed, check_messages, joined, mostly, one_of, pieces

_VALUES = one_of("""
    Why? How? When␠is␠pay␠day? "C␠#" 'it''s' "a:␠\\"b\\"" e{U+0301}␠{U+00A0}x no …
""") | joined("""a What ␠ ' " : # \\ -␠ , [ | {U+200B} ?""", most=8)
_LINES = st.lists(
    st.sampled_from([
        *pieces("""
            also_asked:␠[a,␠'b,␠c'] also_asked:␊␠␠-␠a␊␠␠-␠"b:␠c" also_asked:␊-␠a␠#1␊#␠c␊-␠b
            also_asked:␠>␊␠␠a␊␠␠b order:␠-3␠#␠low order:␠0 related:␠b related:␠[b␠c,␠a]
            updated:␠2026-11-01 review_by:␠"2027-01-01" owner:␠R␠&␠D draft:␠false draft:␠true
            moved_from:␠/old moved_from:␊␠␠-␠/a␠b#c␊␠␠-␠https://example.org/x #␠a␠comment
            order:␠1e3 updated:␠2026-02-30 ordr:␠1
        """),
        "",
    ]),
    max_size=4,
    unique_by=lambda line: line.partition(":")[0],
).map("\n".join)  # fmt: skip
_ANSWERS = mostly(
    one_of("""
        So. So:␠[a](a.md),␠[a␠plan](pay/plan.pdf).␊␊-␠one␊-␠two␊ ␊␊So.␊␊␊ #␠A␊␊x ```␊---␊```␊
        ---␊␊a a\\␊b␠␠ |a|␊|-|␊|b| ![b](b.png) e{U+0301}{U+2028}␠{U+00A0}x >␠[!NOTE]␊>␠a␊
        x[^1]␊␊[^1]:␠y <details>␊<summary>a</summary>␊␊b␊␊</details> =1+1 '=1 ' "a a␍␊b␍c ␉code
        東京 @a;b -a +a
    """),
    MARKDOWN,
)
_ENTRIES = st.builds("---\nquestion: {}\n{}\n---\n{}\n".format, _VALUES, _LINES, _ANSWERS)
_FRONT_MATTER = (
    _ENTRIES
    | st.builds(
        "{}---\n{}\n---{}\n{}".format,
        st.sampled_from(["", "", "", "\ufeff", "\n", " "]),
        YAML,
        st.sampled_from(["", "", " ", "\t", "-"]),
        st.sampled_from(["The answer.", "", "---", "a\r\nb"]),
    )
    | changed(*(file for file in EXAMPLES if "question:" in file))
    | joined("---\n", "question: a", "\n", ": ", "'", '"')
    | st.text()
)
_SETTINGS = (
    joined("""
        ␊title:␠ ␊description:␠ ␊language:␠ ␊url:␠ ␊company:␠ ␊contact:␠ ␊jobs:␠ ␊repository:␠
        ␊accent:␠ ␊logo:␠ ␊words:␠ ␊synonyms:␠ ␊header_links:␠ ␊footer_links:␠ ␊␠␠ ␊␠␠-␠ label:␠
        around:␠ :// https://example.org/ a@example.org {question} { } %7B #0a5c3d #fff
        brand/logo.svg en pt-BR :99999 pay,␠wage pay␠->␠wage ␠>␠ = ' " [ ] ?a=1&b # ␠#␠ \\ a
    """)
    | changed(*(file for file in EXAMPLES if "title:" in file and "question:" not in file))
    | YAML
)
_QUERIES = joined("""
    dog pay␠day :␠ :␠ ␊ ␊ none pay/day pay/draft day ␠within␠ 2 11 0 ' " #␠ ␠# [ -␠ \\ ? ../ .md /
""")
_NAMED = (make_raw("pay/day.md"), make_raw("team/day.md"), make_raw("pay/draft.md", "draft: true"))


def _encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return texts.map(str.encode) | st.binary(max_size=80)


def check_places(problems: Sequence[Problem], files: Mapping[str, bytes]) -> None:
    """Check that each problem has a message and is on a line of its file."""
    check_messages(problems)
    for problem in problems:
        text = files.get(problem.path, b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = text.removesuffix(b"\n").count(b"\n") + 1
        assert 0 <= problem.line <= lines, problem


@given(_encoded(_FRONT_MATTER))
def test_any_file_is_an_entry_that_can_be_written_again_or_has_problems(file: bytes) -> None:
    problems = Problems()
    entry = parse_entry(file, "pay.md", problems)
    check_places(problems.found, {"pay.md": file})
    assert all(problem.line for problem in problems.found)
    assert entry or problems.found
    if not entry or problems.found:
        return
    written = entry_text(entry, entry.body)
    again = parse_entry(written.encode(), "pay.md", problems)
    assert problems.found == []
    assert again
    assert entry_text(again, again.body) == written
    assert again.body.rstrip("\n") == entry.body.rstrip("\n")


@given(_encoded(_SETTINGS))
def test_any_file_gives_settings_or_problems(file: bytes) -> None:
    problems = Problems()
    decoded = decode_text(file, "site.yaml", problems)
    settings = None if decoded is None else parse_settings(decoded, SENTENCES, problems)
    check_places(problems.found, {"site.yaml": file})
    assert problems.found or (settings and settings.title)


@given(_encoded(_QUERIES))
def test_any_file_gives_queries_of_published_entries_or_problems(file: bytes) -> None:
    problems = Problems()
    queries = parse_queries(file, _NAMED, problems)
    check_places(problems.found, {"queries.yaml": file})
    assert {query.entry for query in queries} <= {"", "pay/day.md", "team/day.md"}
    assert all(1 <= query.within <= 10 for query in queries)


_SITE = st.just("title: Questions\nurl: https://example.org/faq/\n")
_CATEGORY = st.sampled_from(["title: Pay\n", "title: 'In: here'\norder: 0\nsummary: \"#1\"\n", ""])
FOLDERS = st.fixed_dictionaries(
    {"site.yaml": mostly(_SITE, _SETTINGS), "a.md": st.just("---\nquestion: What?\n---\nThat.\n")},
    optional={
        "b c.md": mostly(_ENTRIES, _FRONT_MATTER),
        "b.md": st.builds("---\nquestion: B?\n{}\n---\n{}\n".format, _LINES, _ANSWERS),
        "pay/É.md": st.builds("---\nquestion: É?\n---\n{}\n".format, _ANSWERS),
        "pay/_category.yaml": mostly(_CATEGORY, YAML),
        "pay/plan.pdf": st.just("a plan"),
        "b.png": st.just("a picture"),
        "queries.yaml": _QUERIES,
    },
)


@cache
def project() -> Inputs:
    """Load a project without content."""
    with TemporaryDirectory() as nothing:
        return load(Path(nothing), PRODUCT / "templates", PRODUCT / "static")


def added(inputs: Inputs, files: Mapping[str, bytes]) -> Inputs:
    """Return inputs with more files in the content."""
    files = dict(sorted({**inputs.sources.files, **files}.items()))
    folders = {dirname(path) for path in files}
    while above := {dirname(path) for path in folders} - folders:
        folders |= above
    return replace(inputs, sources=Sources(files=files, folders=tuple(sorted(folders - {""}))))


@given(FOLDERS)
def test_any_folder_gives_a_whole_site_without_scripts_of_its_own_or_problems(
    files: dict[str, str],
) -> None:
    content = {name: text.encode() for name, text in files.items()}
    inputs = added(project(), content)
    try:
        site = make_site(inputs)
    except ContentError as error:
        check_places(error.problems, content)
        return
    check_places(site.advice, content)
    pages = {file.address: file.make() for file in site.files}
    assert "index.html" in pages
    for address, page in pages.items():
        if address.endswith(".html"):
            assert not re.search(
                rb"<script(?! src=| defer src=| type=.application/ld.json.>)", page
            )
            assert page.rstrip().endswith(b"</html>"), address
