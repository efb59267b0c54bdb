from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.content.settings import parse_settings, public_url
from faqsite.content.words import load_words
from faqsite.model.keys import Text
from faqsite.model.problems import Problems, TemplateError
from faqsite.model.records import Link, Settings, Synonyms
from tests.support.cases import cases
from tests.support.contents import describe

WORDS = {
    "search": "Search",
    "results_unmentioned": "Nothing here mentions “{words}”.",
    "date": "{day} {month} {year}",
    "months": "January, February",
}

EVERYTHING = """\
# The name of the site.
title: Careers FAQ
description: "Answers: all of them"
language: pt-BR
url: HTTPS://Example.org/faq
company: Example & Sons
contact: mailto:jobs@example.org
jobs: https://example.org/jobs?team=search#open
repository: https://github.com/owner/faq.git/
accent: "#0A5C3D"
logo: brand/logo.svg
header_links:
  About us: https://example.org/about
  "Life: here": https://example.org/life
footer_links:
  Write to us: jobs@example.org
synonyms:
  - remote, wfh, work from home
  - salary => pay, compensation
words:
  search: Find
  results_unmentioned: Not a word about “{words}”.
"""


def parse(text: str) -> tuple[Settings, Problems]:
    problems = Problems()
    return parse_settings(text, WORDS, problems), problems


def test_a_title_is_enough() -> None:
    settings, problems = parse("title: Careers FAQ")
    assert settings == Settings(title="Careers FAQ")
    assert not problems.found


def test_every_key_can_be_given() -> None:
    settings, problems = parse(EVERYTHING)
    assert describe(problems) == []
    assert settings == Settings(
        title="Careers FAQ",
        description="Answers: all of them",
        language="pt-BR",
        url="https://example.org/faq/",
        company="Example & Sons",
        contact="jobs@example.org",
        jobs="https://example.org/jobs?team=search#open",
        repository="https://github.com/owner/faq",
        accent="#0a5c3d",
        logo=Text("brand/logo.svg"),
        header_links=(
            Link(label="About us", address="https://example.org/about"),
            Link(label="Life: here", address="https://example.org/life"),
        ),
        footer_links=(Link(label="Write to us", address="mailto:jobs@example.org"),),
        synonyms=(
            Synonyms(
                asked=("remote", "wfh", "work from home"),
                meant=("remote", "wfh", "work from home"),
                line=18,
            ),
            Synonyms(asked=("salary",), meant=("pay", "compensation"), line=19),
        ),
        words=(("results_unmentioned", "Not a word about “{words}”."), ("search", "Find")),
    )
    assert settings.logo.line == 11
    assert [each.line for each in settings.synonyms] == [18, 19]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("language: no", "language", "no"),
        ("language: zh-Hant-TW", "language", "zh-Hant-TW"),
        ("url: http://localhost:8000", "url", "http://localhost:8000/"),
        ("url: https://example.org/a/b/", "url", "https://example.org/a/b/"),
        (
            "contact: jane.o'neill+faq@mail.example.org",
            "contact",
            "jane.o'neill+faq@mail.example.org",
        ),
        ("contact: https://example.org/contact", "contact", "https://example.org/contact"),
        (
            "contact: HTTPS://Forms.example/f?entry.1={question}&entry.2={query}#{page}",
            "contact",
            "https://forms.example/f?entry.1={question}&entry.2={query}#{page}",
        ),
        ("contact: https://a.example/?a=%7Bb%7D", "contact", "https://a.example/?a=%7Bb%7D"),
        (
            "repository: https://github.com/o/r/tree/next",
            "repository",
            "https://github.com/o/r/tree/next",
        ),
        (
            "jobs: https://\u4f8b\u3048.\u30c6\u30b9\u30c8/",
            "jobs",
            "https://xn--r8jz45g.xn--zckzah/",
        ),
        ("contact: jobs@stra\u00dfe.example", "contact", "jobs@xn--strae-oqa.example"),
        ("words:", "words", ()),
        ("words:\n  search:", "words", ()),
    ],
)
def test_settings_are_normalised(line: str, field: str, value: object) -> None:
    settings, problems = parse(f"title: FAQ\n{line}")
    assert describe(problems) == []
    assert getattr(settings, field) == value


@cases("settings_problems")
def test_a_wrong_setting_is_reported_with_a_hint(written: str, expected: str) -> None:
    _, problems = parse(f"title: FAQ\n{written}")
    assert describe(problems) == [f"content/site.yaml:{expected}"]


def test_a_misspelt_placeholder_is_reported_with_the_right_one() -> None:
    _, problems = parse("title: FAQ\nwords:\n  results_unmentioned: No {wrds}")
    original = 'the original is "Nothing here mentions “{words}”."'
    assert describe(problems) == [
        'content/site.yaml:3: "results_unmentioned" cannot contain {wrds}; did you mean "{words}"?',
        f'content/site.yaml:3: "results_unmentioned" must contain {{words}}; {original}',
    ]


def test_a_site_has_a_title() -> None:
    _, problems = parse("language: en")
    assert describe(problems) == ['content/site.yaml:1: "title" is missing; add the line title: …']


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org//", None),
        ("https://example.org/a//b", None),
        ("https://example.org/../a", None),
        ("https://example.org/.", None),
        ("https://example.org/a b", None),
        ("https://example.org/100%", None),
        ("https://example.org/%C3%A9/", "https://example.org/%C3%A9/"),
        ("https://example.org/index.html", "https://example.org/"),
        ("https://example.org/faq/INDEX.HTM", "https://example.org/faq/"),
        ("https://example.org/faq/all.html", None),
        ("https://github.com/owner/faq", None),
        (
            "https://m\u00fcller.example/gr\u00f6\u00dfe",
            "https://xn--mller-kva.example/gr%C3%B6%C3%9Fe/",
        ),
        ("https://m\u200bller.example/", None),
        ("https://example.org/faq\u200b", None),
        ("https://user@example.org/", None),
        ("https://[::1]/", None),
        ("https://example.org:port/", None),
        ("https:///faq", None),
        ("ftp://example.org/", None),
        ("", None),
    ],
)
def test_a_public_address_is_a_plain_web_address(address: str, url: str | None) -> None:
    assert public_url(address) == url


@given(st.text())
def test_a_public_address_is_its_own_public_address(text: str) -> None:
    for address in (text, f"https://{text}", f"https://example.org/{text}"):
        url = public_url(address)
        assert url is None or (url.endswith("/") and public_url(url) == url)


def write_words(folder: Path, content: bytes) -> Path:
    (folder / "words.yaml").write_bytes(content)
    return folder


def test_words_are_loaded_by_their_keys(tmp_path: Path) -> None:
    text = b'# Of all pages.\nsearch: Search\ncount: "{count} answers"\n'
    words = load_words(write_words(tmp_path, text))
    assert words == {"search": "Search", "count": "{count} answers"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: b: c", ['1: "a" needs quotes; write a: "b: c"']),
        (b"a: 1\na: 2", ['2: repeated key "a"; remove it; the first is on line 1']),
        (
            b"a: \xff",
            [
                (
                    '1: "\u00ff" in "a: \u00ff" is not saved as UTF-8; '
                    "choose Save as in your editor, then the encoding UTF-8"
                )
            ],
        ),
        (
            b'a: "}"\nb',
            [
                (
                    '1: "a" has a brace that belongs to no placeholder; '
                    "write a placeholder as a name in braces, such as {query}"
                ),
                '2: "b" is not of the form "key: value"; indent it if it belongs to the line above',
            ],
        ),
    ],
)
def test_wrong_words_are_reported_with_file_and_line(
    tmp_path: Path, content: bytes, expected: list[str]
) -> None:
    with pytest.raises(TemplateError) as error:
        load_words(write_words(tmp_path, content))
    assert str(error.value).split("\n") == [f"templates/words.yaml:{each}" for each in expected]
