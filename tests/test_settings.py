from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.model import Link, Settings, Synonyms, Text
from faqsite.problems import Problems, TemplateError
from faqsite.sentences import load_sentences
from faqsite.settings import parse_settings, public_url
from tests.contents import told

SENTENCES = {
    "search": "Search",
    "results_none": "No answer mentions “{query}”.",
    "date": "{day} {month} {year}",
    "months": "January, February",
}

EVERYTHING = """\
# What the site is called.
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
  results_none: Nothing about “{query}”.
"""


def parse(text: str) -> tuple[Settings, Problems]:
    problems = Problems()
    return parse_settings(text, SENTENCES, problems), problems


def test_a_title_is_enough() -> None:
    settings, problems = parse("title: Careers FAQ")
    assert settings == Settings(title="Careers FAQ")
    assert not problems.found


def test_every_key_can_be_given() -> None:
    settings, problems = parse(EVERYTHING)
    assert told(problems) == []
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
        logo=Text(value="brand/logo.svg", line=11),
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
        words=(("results_none", "Nothing about “{query}”."), ("search", "Find")),
    )


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
        ("words:", "words", ()),
        ("words:\n  search:", "words", ()),
    ],
)
def test_settings_are_given_as_they_are_used(line: str, field: str, value: object) -> None:
    settings, problems = parse(f"title: FAQ\n{line}")
    assert told(problems) == []
    assert getattr(settings, field) == value


@pytest.mark.parametrize(
    ("lines", "line", "message", "hint"),
    [
        ("langage: a", 2, 'unknown key "langage"', 'did you mean "language"?'),
        (
            "language: English",
            2,
            '"language" must be the tag of a language, not "English"',
            "such as en, de or pt-BR",
        ),
        (
            "url: example.org",
            2,
            '"url" must be a public address, not "example.org"',
            "such as https://example.org/faq/, without ? and #",
        ),
        (
            "url: https://example.org/?a",
            2,
            '"url" must be a public address, not "https://example.org/?a"',
            "such as https://example.org/faq/, without ? and #",
        ),
        (
            "contact: jobs",
            2,
            '"contact" must be a mail or https address, not "jobs"',
            "such as jobs@example.org",
        ),
        (
            "contact: javascript:alert(1)",
            2,
            '"contact" must be a mail or https address, not "javascript:alert(1)"',
            "such as jobs@example.org",
        ),
        (
            "contact: https://a.example/?q={querry}",
            2,
            '"contact" cannot say {querry}',
            'did you mean "{query}"?',
        ),
        (
            "contact: https://a.example/?q={email}",
            2,
            '"contact" cannot say {email}',
            "a form is told {question}, {page}, {query}",
        ),
        (
            "contact: https://a{page}.example/",
            2,
            '"contact" must be a mail or https address, not "https://a{page}.example/"',
            "such as jobs@example.org",
        ),
        (
            "contact: a{page}@b.example",
            2,
            '"contact" must be a mail or https address, not "a{page}@b.example"',
            "such as jobs@example.org",
        ),
        (
            "contact: https://a.example/?q={query",
            2,
            '"contact" must be a mail or https address, not "https://a.example/?q={query"',
            "such as jobs@example.org",
        ),
        (
            "header_links:\n  A: https://a.example/?q={query}",
            3,
            '"A" must be a mail or https address, not "https://a.example/?q={query}"',
            "such as https://example.org/about or jobs@example.org",
        ),
        (
            "jobs: http://example.org/",
            2,
            '"jobs" must be an https address, not "http://example.org/"',
            "such as https://example.org/jobs",
        ),
        (
            "repository: git@github.com:o/r",
            2,
            '"repository" must be an https address, not "git@github.com:o/r"',
            "such as https://github.com/owner/name, perhaps with /tree/branch behind it",
        ),
        (
            "accent: green",
            2,
            '"accent" must be a colour, not "green"',
            'such as "#0a5c3d", in quotes',
        ),
        (
            'accent: "#1db954"',
            2,
            '"accent" "#1db954" is too light: contrast 2.2, where 4.5 is needed',
            'the nearest colour that has enough is "#007f34"',
        ),
        (
            "accent: #0a5c3d",
            2,
            'the text of "accent" needs quotes',
            'write it in quotes: accent: "#0a5c3d"',
        ),
        (
            "logo: logo.pdf",
            2,
            '"logo" must be a picture, not "logo.pdf"',
            "put the file into static/brand/ and write: logo: brand/logo.svg",
        ),
        (
            "header_links: https://example.org",
            2,
            '"header_links" must be keys with their texts, not "https://example.org"',
            'write them below "header_links", each on a line of its own, two spaces in',
        ),
        (
            "header_links:\n  About: https://example.org:99999/",
            3,
            '"About" must be a mail or https address, not "https://example.org:99999/"',
            "such as https://example.org/about or jobs@example.org",
        ),
        (
            "footer_links:\n  Privacy: /privacy",
            3,
            '"Privacy" must be a mail or https address, not "/privacy"',
            "such as https://example.org/about or jobs@example.org",
        ),
        ("footer_links:\n  Privacy:", 3, '"Privacy" is empty', "write: Privacy: …"),
        (
            'footer_links:\n  "": https://example.org',
            3,
            'a label in "footer_links" is empty',
            "write it",
        ),
        (
            "footer_links:\n  A b: https://example.org\n  A b: https://example.com",
            4,
            'repeated key "A b"',
            "it stands on line 3 already",
        ),
        *(
            (
                f"synonyms:\n  - {text}",
                3,
                f'"synonyms" needs words parted by commas, not "{text}"',
                "such as: remote, wfh; or, one way: salary => pay",
            )
            for text in ("remote", "remote, ?", "remote,", "=> pay", "pay =>", "pay => pay")
        ),
        (
            "synonyms: [a => the place in which we work]",
            2,
            '"the place in which we work" in "synonyms" has more than 5 words',
            "say it in fewer",
        ),
        ("words:\n  serch: Find", 3, 'unknown key "serch"', 'did you mean "search"?'),
        (
            "words:\n  results_none: Nothing.",
            3,
            '"results_none" lacks {query}',
            'the original is "No answer mentions “{query}”."',
        ),
        (
            "words:\n  search: Find {query}",
            3,
            '"search" cannot say {query}',
            'the original is "Search"',
        ),
        (
            "words:\n  search: Find } it",
            3,
            'a brace in "search" belongs to no placeholder',
            "a placeholder is a name in braces, as in {query}",
        ),
        (
            "words:\n  months: January",
            3,
            '"months" must name as many months as there are',
            'the original is "January, February"',
        ),
    ],
)
def test_a_setting_that_cannot_be_is_told(lines: str, line: int, message: str, hint: str) -> None:
    _, problems = parse(f"title: FAQ\n{lines}")
    assert told(problems) == [f"content/site.yaml:{line}: {message}; {hint}"]


def test_a_placeholder_with_a_slip_is_told_with_the_right_one() -> None:
    _, problems = parse("title: FAQ\nwords:\n  results_none: No {qery}")
    original = 'the original is "No answer mentions “{query}”."'
    assert told(problems) == [
        'content/site.yaml:3: "results_none" cannot say {qery}; did you mean "{query}"?',
        f'content/site.yaml:3: "results_none" lacks {{query}}; {original}',
    ]


def test_a_site_has_a_title() -> None:
    _, problems = parse("language: en")
    assert told(problems) == ['content/site.yaml:1: "title" is missing; add a line: title: …']


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
        ("https://m\u00fcller.example/", None),
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


def write_sentences(folder: Path, content: bytes) -> Path:
    (folder / "words.yaml").write_bytes(content)
    return folder


def test_sentences_are_loaded_by_their_keys(tmp_path: Path) -> None:
    text = b'# Said by pages.\nsearch: Search\ncount: "{count} answers"\n'
    sentences = load_sentences(write_sentences(tmp_path, text))
    assert sentences == {"search": "Search", "count": "{count} answers"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: b: c", '1: the text of "a" needs quotes; write it in quotes: a: "b: c"'),
        (b"a: 1\na: 2", '2: repeated key "a"; it stands on line 1 already'),
        (b"a: \xff", "1: byte 4 of the file is not UTF-8; save the file as UTF-8 text"),
    ],
)
def test_wrong_sentences_are_told_with_file_and_line(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(TemplateError) as error:
        load_sentences(write_sentences(tmp_path, content))
    assert str(error.value) == f"templates/words.yaml:{said}"


def test_everything_wrong_with_the_sentences_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as error:
        load_sentences(write_sentences(tmp_path, b'a: "}"\na: 2\nb c: 3'))
    assert str(error.value).count("\n") == 2


def test_missing_sentences_are_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as error:
        load_sentences(tmp_path)
    assert str(error.value) == "templates/words.yaml: the file is missing, or cannot be read"
