"""A value is read whole, or not at all."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from faqsite.content import yamltext
from faqsite.content.yamltext import (
    HYPHEN,
    KEY,
    RawValue,
    format_value,
    read_value,
    split,
    split_brackets,
)

# Odd texts are found sooner among those that mean something to YAML.
SCRAPS = st.sampled_from(
    [
        *"a:#'\"\\[]{},&*!|>%@`~=\n ",
        *("b c", ": ", " #", "- ", "? ", "---", "...", "<<", "no", "\n  ", "\n- ", "\n# "),
        *("\\x41", "\\ud800", "\\UFFFFFFFF", "\\0", "\\_", "\u00e9", "\U0001f600"),
    ]
)
ODD_TEXTS = (st.lists(SCRAPS).map("".join) | st.text()).map(
    lambda text: yamltext.CONTROL.sub("", yamltext.normalise_spaces(text))
)
ODD_LINES = ODD_TEXTS.map(lambda text: " ".join(text.split()))


def make(text: str, line: int = 1) -> RawValue:
    return RawValue(line=line, lines=tuple(text.split("\n")))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("What is pay?", "What is pay?"),
        ("  What   is pay?  ", "What is pay?"),
        ("no", "no"),
        ("~", "~"),
        ("2026-11-01", "2026-11-01"),
        ("C#", "C#"),
        ("at 9:30", "at 9:30"),
        ("a -- b - c", "a -- b - c"),
        ("--- foo", "--- foo"),
        ("say \"yes\" or 'no'", "say \"yes\" or 'no'"),
        ("D&I, R&D * 2!", "D&I, R&D * 2!"),
        ("What is\n  pay?", "What is pay?"),
        ("\n  What is pay?", "What is pay?"),
        ("\n  # a comment\n  What is pay?\n# another", "What is pay?"),
        ('"Pay: how much?"', "Pay: how much?"),
        ('"C #" # a comment', "C #"),
        ('"a\n  b"', "a b"),
        (r'"\"a\" \x41\u00e9\/"', '"a" A\u00e9/'),
        ("'it''s'", "it's"),
        ("|\n  What: is\n  # pay", "What: is # pay"),
        (">-\n  What is\n\n  pay\n# a comment", "What is pay"),
        ('""', ""),
        ("", ""),
    ],
)
def test_a_value_is_the_text_that_yaml_reads(text: str, value: str) -> None:
    assert read_value(make(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        *("What is C #?", "#1 reason", "Pay: how much?", "pay:", '"Remote" work?', "'tis"),
        *('"open', "[x] y", "[x]", "{a} b", "{a: b}", "@foo", "*foo", "&foo bar", "!tag x"),
        *('! "x"', "%foo", "`foo`", "- foo", "? foo", "| foo", "> foo", "|# foo", "a\nb"),
        *('"C"#', "'C'#", '"C \\"" D'),
        *("a\n  # a comment\n  b", "a\n  b: c", "\n  b: c", "\n  - c", '"a"\n--- b', "a\n..."),
        *(r'"C:\path"', r'"\0"', r'"\x85"', r'"\ud800"', r'"\U00110000"', r'"\UFFFFFFFF"'),
        *("&a [*a, *a]", "[" * 5000, "{" * 5000, "- " * 5000),
    ],
)
def test_a_text_that_yaml_would_cut_or_refuse_is_not_a_value(text: str) -> None:
    assert read_value(make(text)) is None


@given(ODD_TEXTS)
@example("|#")
@example('"a\\ \n  b"')
def test_what_is_read_is_what_yaml_reads(text: str) -> None:
    value = read_value(make(text))
    if value is not None:
        read = yaml.load(f"x: {text}", yaml.BaseLoader)["x"]  # noqa: S506 (makes only texts)
        assert value == " ".join(read.split())


@given(ODD_LINES)
def test_a_formatted_text_is_read_back(text: str) -> None:
    assert read_value(make(format_value(text))) == text


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a: 1\nb:\n  - c\n\n# d\nb : 2", [("a", 1, "1"), ("b", 2, "- c"), ("b", 6, "2")]),
        ("a:\n- b\n- c", [("a", 1, "- b - c")]),
        ("a: [\n  b,\n]", [("a", 1, "[ b, ]")]),
        ("'a': 1\n\"b c\": 2", [("a", 1, "1"), ("b c", 2, "2")]),
        ("  a: 1\n  b: 2", [("a", 1, "1"), ("b", 2, "2")]),
        ("# a: 1\n\nb: c: d", [("b", 3, "c: d")]),
        ("http://a: 1", [("http://a", 1, "1")]),
        (":", [("", 1, "")]),
        ("", []),
    ],
)
def test_a_key_has_the_text_after_and_below_it(text: str, keys: list[tuple[str, int, str]]) -> None:
    found, _ = split(make("\n" + text, line=0), KEY)
    assert [(key, value.line, value.shown) for key, value in found] == keys


@pytest.mark.parametrize(
    ("text", "strays"),
    [
        ("a\nb\n\nc: 1", [(1, "a")]),
        ("a: 1\nb\n  c\nd: 2\ne", [(2, "b"), (5, "e")]),
        ("  a: 1\nb: 2", [(2, "b: 2")]),
        ("- a\n- b", [(1, "- a")]),
    ],
)
def test_lines_without_a_key_are_reported_once_per_run(
    text: str, strays: list[tuple[int, str]]
) -> None:
    _, found = split(make("\n" + text, line=0), KEY)
    assert [(stray.line, stray) for stray in found] == strays


def test_a_hyphen_has_the_text_after_and_below_it() -> None:
    found, strays = split(make("\n  - a\n  - b\n    c\n  # d\n\n  -\n    e\n f"), HYPHEN)
    assert [(item.line, item.shown) for _, item in found] == [(2, "a"), (3, "b c"), (7, "e")]
    assert [(stray.line, stray) for stray in strays] == [(9, "f")]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("[a, b c]", [(1, "a"), (1, "b c")]),
        (
            "[Can I work remotely?, 'a, b', \"]\", ]",
            [(1, "Can I work remotely?"), (1, "'a, b'"), (1, '"]"')],
        ),
        ("[\n  a,\n  # b, c\n  d\n    e\n] # f", [(2, "a"), (4, "d e")]),
        ("\n  [a]", [(2, "a")]),
        ("[a #b, #c]", [(1, "a #b"), (1, "#c")]),
        ("[]", []),
        ("[a", None),
        ("[a] b", None),
        ("[a]#b", None),
        ("[a,,b]", None),
        ("[[a]]", None),
        ("['a' b]", None),
        ("a", None),
    ],
)
def test_texts_in_brackets_are_split_but_not_changed(
    text: str, items: list[tuple[int, str]] | None
) -> None:
    found = split_brackets(make(text))
    shown = None if found is None else [(item.line, item.shown) for item in found]
    assert shown == items


@pytest.mark.parametrize(
    "text",
    [
        "[" + "\n#" * 30_000,
        "[" + "\n  # x" * 10_000 + "a",
        "[" + " " * 60_000,
        "['" + "'" * 60_000,
        '["' + "\\" * 60_001,
        "[" + "a," * 30_000 + "[",
    ],
    ids=lambda text: text[:4],
)
def test_a_long_odd_list_is_refused_at_once(text: str) -> None:
    assert split_brackets(make(text)) is None
