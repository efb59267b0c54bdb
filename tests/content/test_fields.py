from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from faqsite.content.fields import MAX_FIELD_CHARS, Fields, parse_fields
from faqsite.content.text import decode_text
from faqsite.model.problems import Problems, shortened
from tests.content.test_yamltext import ODD_LINES, SCRAPS
from tests.support.cases import cases
from tests.support.contents import told

KEYS = ("question", "also_asked", "order", "related", "updated", "draft", "words")


YAML_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FIELD_SCRAPS = st.sampled_from(
    [
        *("question: ", "question: >\n  ", "also_asked: ", "also_asked: [", "also_asked:\n  - "),
        *("\n", "# a\n", "    ", "order: 3\n", "draft: true\n", "related: ["),
    ]
)


def parse(text: str, *, line: int = 1, keys: tuple[str, ...] | None = KEYS) -> Fields:
    return parse_fields(text, path="pay.md", line=line, keys=keys, problems=Problems())


def read_all(fields: Fields) -> dict[str, object]:
    """Return what each getter gives, where it gives anything."""
    values = {
        "question": fields.text("question"),
        "also_asked": fields.texts("also_asked"),
        "order": fields.whole_number("order"),
        "related": fields.references("related"),
        "updated": fields.day("updated"),
        "draft": fields.truth("draft"),
    }
    return {key: value for key, value in values.items() if value not in ("", (), None, False)}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("question: no", {"question": "no"}),
        ("question: 'no'  # really", {"question": "no"}),
        ("question: What\n  is pay?", {"question": "What is pay?"}),
        ("question: >\n  What\n  is pay?\n", {"question": "What is pay?"}),
        ("---\nquestion: a", {"question": "a"}),
        ("question:\u00a0What\u00a0is pay?", {"question": "What is pay?"}),
        ("also_asked:\n\u00a0\u00a0- wfh\n\t\t-\tremote", {"also_asked": ("wfh", "remote")}),
        ("also_asked: # said so\n  - a\n  # b\n  - 'C #' # c", {"also_asked": ("a", "C #")}),
        ("also_asked: [Can I?, 'a, b']", {"also_asked": ("Can I?", "a, b")}),
        ("also_asked: wfh", {"also_asked": ("wfh",)}),
        ("also_asked: []", {}),
        ("order: 20 # tens", {"order": 20}),
        ('order: "-020"', {"order": -20}),
        ("related: time-zone  # where", {"related": ("time-zone",)}),
        ("related: [visa, pay/bonus] # how", {"related": ("visa", "pay/bonus")}),
        ("updated: 2026-11-01 # shown", {"updated": date(2026, 11, 1)}),
        ("related:  # none yet", {}),
        ("draft: TRUE", {"draft": True}),
        ("draft: false", {}),
        ("question:\nalso_asked:\norder:\nrelated:\nupdated:\ndraft:", {}),
        ("", {}),
    ],
)
def test_values_are_read_as_their_keys_have_it(text: str, values: dict[str, object]) -> None:
    fields = parse(text)
    assert read_all(fields) == values
    assert told(fields.problems) == []


@cases("fields_problems")
def test_what_is_wrong_is_told_with_what_to_do(written: str, expected: str) -> None:
    fields = parse(written)
    read_all(fields)
    assert told(fields.problems) == [f"content/pay.md:{expected}"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("What is C #?", 'question: "What is C #?"'),
        ("# 1 reason", 'question: "# 1 reason"'),
        ("Pay: how much?", 'question: "Pay: how much?"'),
        ('"Remote" work?', "question: '\"Remote\" work?'"),
        ("'tis", 'question: "\'tis"'),
        ("[x] y", 'question: "[x] y"'),
        ("{a} b", 'question: "{a} b"'),
        ("@foo", 'question: "@foo"'),
        ("*foo", 'question: "*foo"'),
        ("&foo bar", 'question: "&foo bar"'),
        ("!tag x", 'question: "!tag x"'),
        ("%foo", 'question: "%foo"'),
        ("`foo`", 'question: "`foo`"'),
        ("- foo", 'question: "- foo"'),
        ("? foo", 'question: "? foo"'),
        ("| foo", 'question: "| foo"'),
        ("> foo", 'question: "> foo"'),
        ("What is\n  C #?\n", 'question: "What is C #?"'),
        (": " * 150, 'question: "…"'),
    ],
)
def test_a_text_that_yaml_would_eat_is_shown_in_quotes(text: str, hint: str) -> None:
    fields = parse(f"question: {text}")
    assert fields.text("question") == ""
    message = 'content/pay.md:1: the text of "question" needs quotes'
    assert told(fields.problems) == [f"{message}; write it in quotes: {hint}"]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("\n  - wfh\n  - C #", 3, '- "C #"'),
        (" [wfh,\n  C #, b]", 2, '"C #"'),
        (" C #", 1, 'also_asked: "C #"'),
        (" [x] y", 1, 'also_asked: "[x] y"'),
    ],
)
def test_a_text_of_a_list_is_shown_in_quotes_as_it_stands_there(
    text: str, place: int, hint: str
) -> None:
    fields = parse(f"also_asked:{text}")
    assert "C #" not in fields.texts("also_asked")
    message = f'content/pay.md:{place}: the text of "also_asked" needs quotes'
    assert told(fields.problems) == [f"{message}; write it in quotes: {hint}"]


@given(ODD_LINES)
def test_a_line_written_as_suggested_is_read_as_it_stood(text: str) -> None:
    fields = parse(f"question: {text}")
    value = fields.text("question")
    for problem in fields.problems.found:
        suggestion = problem.hint.removeprefix("write it in quotes: ")
        if suggestion != problem.hint and "…" not in suggestion:
            again = parse(suggestion)
            suggested = again.text("question")
            assert again.problems.found == []
            assert suggested in {" ".join(text.split()), " ".join(text[1:-1].split())}
    if value and not text.startswith(("'", '"', "|", ">")):
        assert value == " ".join(text.split())


@given(st.lists(FIELD_SCRAPS | SCRAPS, max_size=12).map("".join))
def test_what_is_read_without_a_problem_is_what_yaml_reads(text: str) -> None:
    fields = parse(text, line=2)
    values = read_all(fields)
    if fields.problems.found:
        return
    read = yaml.load(text, YAML_LOADER) or {}  # noqa: S506 (it makes only texts)
    items = read.get("also_asked", "")
    items = items if isinstance(items, list) else [items]
    assert values.get("question", "") == " ".join(read.get("question", "").split())
    assert values.get("also_asked", ()) == tuple(filter(None, (" ".join(i.split()) for i in items)))


def test_every_slip_of_a_file_is_told_in_one_run() -> None:
    fields = parse("question: C #\nordr: 1\norder: x\nalso_asked: [a\ndraft: maybe", line=2)
    read_all(fields)
    assert [problem.line for problem in sorted(fields.problems.found)] == [2, 3, 4, 5, 6]


def test_lines_are_those_of_the_file() -> None:
    fields = parse("\nquestion: a\nalso_asked:\n  - b\n\n  - c", line=2)
    assert fields.text("question").line == 3
    assert [text.line for text in fields.texts("also_asked")] == [5, 7]


def test_fields_can_stand_below_a_key() -> None:
    fields = parse("words:  # said otherwise\n  search: Find\n  search: Seek\n  serch: Look")
    words = fields.nested("words", ("search",))
    assert words.text("search") == "Find"
    assert told(fields.problems) == [
        'content/pay.md:3: repeated key "search"; it stands on line 2 already',
        'content/pay.md:4: unknown key "serch"; did you mean "search"?',
    ]


def test_fields_do_not_stand_beside_a_key() -> None:
    fields = parse("words: {search: Find}")
    assert not fields.nested("words", ("search",)).values
    message = '"words" must be keys with their texts, not "{search: Find}"'
    hint = 'write them below "words", each on a line of its own, two spaces in'
    assert told(fields.problems) == [f"content/pay.md:1: {message}; {hint}"]


def test_any_word_can_be_a_key_where_none_is_declared() -> None:
    fields = parse("a: 1\nb c: 2", keys=None)
    assert list(fields.values) == ["a"]
    assert told(fields.problems) == [
        'content/pay.md:2: unknown key "b c"; a key is a word of letters, digits and _'
    ]


def test_more_than_64_kb_are_not_looked_at() -> None:
    fields = parse("a:\n" * 30_000, line=2)
    message = "more than 64 kB of keys and values"
    hint = "an answer stands below them, not among them"
    assert told(fields.problems) == [f"content/pay.md:2: {message}; {hint}"]


@pytest.mark.parametrize("text", ["question: {}", "question: >\n  {}", "also_asked: ['{}']"])
def test_a_text_that_would_make_many_pages_long_is_told(text: str) -> None:
    longest = "\u00e4" * MAX_FIELD_CHARS
    assert read_all(parse(text.format(longest)))
    fields = parse(text.format(longest + "a"))
    assert not read_all(fields)
    key = text.partition(":")[0]
    message = f'the text of "{key}" has 1,001 characters; say it in 1,000 at most'
    assert told(fields.problems) == [f"content/pay.md:1: {message}"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a \u202e b", "U+202E"),
        ("a \u202d\u202c\u202b b", "U+202B"),
        ("\u2067 a", "U+2067"),
        ("\u202e \u2068 b \u202c \u2069", "U+202E"),
    ],
)
def test_a_mark_that_would_turn_what_stands_behind_a_text_is_told(text: str, mark: str) -> None:
    for written in (f"question: {text}", f"also_asked:\n  - {text}"):
        fields = parse(written)
        assert not read_all(fields)
        assert [problem.message.partition(" holds ")[2] for problem in fields.problems.found] == [
            f"{mark}, which turns the order of what follows it"
        ]
    assert fields.problems.found[0].hint == "delete it; it cannot be seen"


@pytest.mark.parametrize(
    "text",
    ["\u202da\u202c b", "\u2067a \u202bb\u202c\u2069", "a \u200f b\u200e", "a \u2069\u202c"],
)
def test_a_mark_that_is_ended_stands(text: str) -> None:
    assert read_all(parse(f"question: {text}")) == {"question": text}


def test_long_texts_are_shortened_in_messages() -> None:
    assert shortened("a" * 80) == "a" * 80
    assert shortened("a" * 81) == "a" * 79 + "…"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfa\r\nb\rc\n", "a\nb\nc\n"),
        ("\u00a0\u2028".encode(), "\u00a0\u2028"),
        (b"\ta", "\ta"),
        ("cafe\u0301".encode(), "caf\u00e9"),
        (b"", ""),
    ],
)
def test_marks_and_ends_of_lines_are_those_of_no_system(content: bytes, text: str) -> None:
    problems = Problems()
    assert decode_text(content, "pay.md", problems) == text
    assert not problems.found


NOT_UTF_8 = "of the file is not UTF-8; save the file as UTF-8 text"
DELETE = "delete it, or write the line anew"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a\r\nb\rc\xe9", [f"3: byte 7 {NOT_UTF_8}"]),
        (b"\xef\xbb\xbfa\xff", [f"1: byte 5 {NOT_UTF_8}"]),
        (b"\xff\xfea\x00", [f"1: byte 1 {NOT_UTF_8}"]),
        (
            b"a\n\x00b\nab\x0bc\x1b",
            [
                f"2: control character U+0000 in column 1; {DELETE}",
                f"3: control character U+000B in column 3; {DELETE}",
            ],
        ),
    ],
)
def test_what_is_no_text_is_told_with_its_place(content: bytes, expected: list[str]) -> None:
    problems = Problems()
    assert decode_text(content, "pay.md", problems) is None
    assert told(problems) == [f"content/pay.md:{each}" for each in expected]
