"""Files of the content: entries, settings, queries, and a whole folder of them."""

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

from .test_answers import MARKDOWN
from .texts import EXAMPLES, changed, check_messages, joined, mostly

YAML = joined(
    *("question: ", "also_asked: ", "order: ", "related: ", "updated: ", "review_by: ", "owner: "),
    *("draft: ", "moved_from: ", "\n", "\n", "\n  ", "\n- ", "\n  - ", "\n\t- ", "\n# ", " # "),
    *("---\n", "...\n", "- ", ": ", "'", '"', "''", '\\"', "\\x41", "\\ud800", "\\", "[", "]", "{"),
    *("}", ", ", ",", "&a ", "*a", "!!str ", "!"),
    *("|\n  ", ">-\n  ", "|2\n", "? ", "<<: ", "@", "~"),
    *("%YAML 1.1\n", "null", "question: a\n", "order: 3\n", "updated: 2026-02-30\n", "2026-11-01"),
    *("draft: true\n", "no", "question: >\n  a\n", "also_asked: [a, 'b']\n", "words", "C #"),
)  # fmt: skip
_VALUES = st.sampled_from(
    [
        "Why?",
        "How?",
        "When is pay day?",
        '"C #"',
        "'it''s'",
        '"a: \\"b\\""',
        "e\u0301 \xa0x",
        "no",
        "…",
    ]
) | joined("a", "What", " ", "'", '"', ":", "#", "\\", "- ", ",", "[", "|", "\u200b", "?", most=8)
_LINES = st.lists(
    st.sampled_from([
        *("also_asked: [a, 'b, c']", 'also_asked:\n  - a\n  - "b: c"'),
        *("also_asked:\n- a #1\n# c\n- b",),
        *("also_asked: >\n  a\n  b", "order: -3 # low", "order: 0"),
        *("related: b", "related: [b c, a]"),
        *("updated: 2026-11-01", 'review_by: "2027-01-01"', "owner: R & D", "draft: false"),
        *("draft: true", "moved_from: /old", "moved_from:\n  - /a b#c\n  - https://example.org/x"),
        *("# a comment", "", "order: 1e3", "updated: 2026-02-30", "ordr: 1"),
    ]),
    max_size=4,
    unique_by=lambda line: line.partition(":")[0],
).map("\n".join)  # fmt: skip
_ANSWERS = mostly(
    st.sampled_from([
        *("So.", "So: [a](a.md), [a plan](pay/plan.pdf).\n\n- one\n- two\n"),
        *("\n\nSo.\n\n\n", "# A\n\nx"),
        *("```\n---\n```\n", "---\n\na", "a\\\nb  "),
        *("|a|\n|-|\n|b|", "![b](b.png)", "e\u0301\u2028 \xa0x"),
        *("> [!NOTE]\n> a\n", "x[^1]\n\n[^1]: y"),
        *("<details>\n<summary>a</summary>\n\nb\n\n</details>",),
        *("=1+1", "'=1", "'", '"a', "a\r\nb\rc", "\tcode", "東京", "@a;b", "-a", "+a"),
    ]),
    MARKDOWN,
)  # fmt: skip
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
    joined(
        *(f"\n{key}: " for key in ("title", "description", "language", "url", "company")),
        *(f"\n{key}: " for key in ("contact", "jobs", "repository", "accent", "logo", "words")),
        "\nsynonyms: ",
        *("\nheader_links: ", "\nfooter_links: ", "\n  ", "\n  - ", "label: ", "around: ", "://"),
        *("https://example.org/", "a@example.org", "{question}", "{"),
        *("}", "%7B", "#0a5c3d", "#fff"),
        *("brand/logo.svg", "en", "pt-BR", ":99999", "pay, wage", "pay -> wage", " > ", "=", "'"),
        *('"', "[", "]", "?a=1&b", "#", " # ", "\\", "a"),
    )
    | changed(*(file for file in EXAMPLES if "title:" in file and "question:" not in file))
    | YAML
)  # fmt: skip
_QUERIES = joined(
    *("dog", "pay day", ": ", ": ", "\n", "\n", "none", "pay/day", "pay/draft", "day", " within "),
    *("2", "11", "0", "'", '"', "# ", " #", "[", "- ", "\\", "?", "../", ".md", "/"),
)  # fmt: skip
_NAMED = (make_raw("pay/day.md"), make_raw("team/day.md"), make_raw("pay/draft.md", "draft: true"))


def _encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return texts.map(str.encode) | st.binary(max_size=80)


def check_places(problems: Sequence[Problem], files: Mapping[str, bytes]) -> None:
    """Check that each problem says something of a line that there is."""
    check_messages(problems)
    for problem in problems:
        text = files.get(problem.path, b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = text.removesuffix(b"\n").count(b"\n") + 1
        assert 0 <= problem.line <= lines, problem


@given(_encoded(_FRONT_MATTER))
def test_whatever_a_file_holds_is_an_entry_that_is_written_again_or_has_problems(
    file: bytes,
) -> None:
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
def test_whatever_a_file_holds_gives_settings_or_problems(file: bytes) -> None:
    problems = Problems()
    decoded = decode_text(file, "site.yaml", problems)
    settings = None if decoded is None else parse_settings(decoded, SENTENCES, problems)
    check_places(problems.found, {"site.yaml": file})
    assert problems.found or (settings and settings.title)


@given(_encoded(_QUERIES))
def test_whatever_a_file_holds_gives_queries_of_entries_that_there_are_or_problems(
    file: bytes,
) -> None:
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
    """Return the inputs of a site without content."""
    with TemporaryDirectory() as nothing:
        return load(Path(nothing), PRODUCT / "templates", PRODUCT / "static")


def added(inputs: Inputs, files: Mapping[str, bytes]) -> Inputs:
    """Return the inputs with files added to the content."""
    files = dict(sorted({**inputs.sources.files, **files}.items()))
    folders = {dirname(path) for path in files}
    while above := {dirname(path) for path in folders} - folders:
        folders |= above
    return replace(inputs, sources=Sources(files=files, folders=tuple(sorted(folders - {""}))))


@given(FOLDERS)
def test_whatever_a_folder_holds_is_a_whole_site_that_runs_nothing_of_its_own_or_has_problems(
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
