from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from faqsite.content.fields import MAX_FIELD_CHARS, Fields, parse_fields
from faqsite.content.keys import READERS
from faqsite.content.text import decode_text, strip_markup
from faqsite.content.yamltext import format_value
from faqsite.model.keys import ENTRY_KEYS
from faqsite.model.problems import Problems, shortened
from tests.content.test_yamltext import ODD_LINES, SCRAPS
from tests.support.cases import cases, unpicture
from tests.support.contents import describe

KEYS = ("question", "also_asked", "order", "related", "updated", "draft", "words")


YAML_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FIELD_SCRAPS = st.sampled_from(
    [
        *("question: ", "question: >\n  ", "also_asked: ", "also_asked: [", "also_asked:\n  - "),
        *("\n", "# a\n", "    ", "order: 3\n", "draft: true\n", "related: ["),
    ]
)


def parse(text: str, *, line: int = 1) -> Fields:
    slips = {"title": "question", "slug": "rename the file"}
    return parse_fields(text, path="pay.md", line=line, keys=KEYS, slips=slips, problems=Problems())


def read_all(fields: Fields) -> dict[str, object]:
    """Return the value of each key that has one."""
    values = {
        key.name: READERS[key.form](fields, key.name) for key in ENTRY_KEYS if key.name in KEYS
    }
    return {name: value for name, value in values.items() if value not in ("", (), None, False)}


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
        ("also_asked: # ours\n  - a\n  # b\n  - 'C #' # c", {"also_asked": ("a", "C #")}),
        ("also_asked: [Can I?, 'a, b']", {"also_asked": ("Can I?", "a, b")}),
        ("also_asked: wfh", {"also_asked": ("wfh",)}),
        ("also_asked: []", {}),
        ("order: 20 # tens", {"order": 20}),
        ('order: "-020"', {"order": -20}),
        ("related: time-zone  # where", {"related": ("time-zone",)}),
        ("related: [visa, pay/bonus] # how", {"related": ("visa", "pay/bonus")}),
        ("related: ['pay #2', \"it's #1\"] # how", {"related": ("pay #2", "it's #1")}),
        ('related:\n  - "pay #2" # how', {"related": ("pay #2",)}),
        ("updated: 2026-11-01 # shown", {"updated": date(2026, 11, 1)}),
        ("related:  # none yet", {}),
        ("draft: TRUE", {"draft": True}),
        ("draft: Yes # soon", {"draft": True}),
        ("draft: false", {}),
        ("draft: no", {}),
        ("question:\nalso_asked:\norder:\nrelated:\nupdated:\ndraft:", {}),
        ("", {}),
    ],
)
def test_a_value_has_the_type_of_its_key(text: str, values: dict[str, object]) -> None:
    fields = parse(text)
    assert read_all(fields) == values
    assert describe(fields.problems) == []


@cases("fields_problems")
def test_a_problem_has_a_hint_that_corrects_it(written: str, expected: str) -> None:
    fields = parse(unpicture(written))
    read_all(fields)
    assert describe(fields.problems) == [f"content/pay.md:{expected}"]


CORRECT = (
    *("Is C*-algebra or 2 * 3 * 4 in snake_case or other_case?", "What do (*) and (*) mean?"),
    *(
        "Do you <3 AT&T and R&D?",
        "What does __init__ do?",
        "Where do I enter <name>?",
        "C#, F# or C++?",
    ),
    *(
        "I moved to Spain. Can I keep my job?",
        "If I'm late, what then?",
        "Parking",
        "Pay, shifts, etc.",
    ),
    *(
        "Is it \u201cremote\u201d?",
        "\u00bfPuedo?",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "An \U0001f469\u200d\U0001f4bb?",
        "\u05d0 \u200e3",
    ),
    *(
        "\u0e20\u0e32\u200b\u0e44\u0e17\u0e22",
        "Who are we at Example Inc.",
        "Is it 1,000 or 2,000 euros?",
    ),
)


@pytest.mark.parametrize("text", CORRECT)
def test_nothing_is_said_about_a_correct_question(text: str) -> None:
    fields = parse(f"question: {text}")
    assert read_all(fields) == {"question": text}
    assert describe(fields.problems) == []


@pytest.mark.parametrize(
    "text",
    [
        *("Berlin, Germany", "CV / resume", "nights, weekends, and holidays", "yes/no", "tl;dr"),
        *(
            "I'm late; what now?",
            "1,000 euros",
            "col\u00b7lega",
            "full-time",
            "no visa, no job, right?",
        ),
        *CORRECT,
    ],
)
def test_nothing_is_said_about_a_correct_phrase(text: str) -> None:
    fields = parse(f"also_asked:\n  - {format_value(text)}\n  - other")
    assert read_all(fields) == {"also_asked": (text, "other")}
    assert describe(fields.problems) == []


@given(ODD_LINES)
def test_a_line_written_as_suggested_is_read_as_meant(text: str) -> None:
    fields = parse(f"question: {text}")
    value = fields.text("question")
    for problem in fields.problems.found:
        suggestion = problem.hint.removeprefix("write ")
        # A message shows characters that would control a terminal as U+FFFD.
        if suggestion.startswith("question:") and "\ufffd" not in suggestion:
            again = parse(suggestion)
            suggested = again.text("question")
            assert again.problems.found == []
            meant = [text, text[1:], text[1:-1]]
            meant += [strip_markup(each) for each in meant]
            assert suggested in {" ".join(each.split()) for each in meant}
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


def test_one_run_reports_every_slip_of_a_file() -> None:
    fields = parse("question: C #\nordr: 1\norder: x\nalso_asked: [a\ndraft: maybe", line=2)
    read_all(fields)
    assert [problem.line for problem in sorted(fields.problems.found)] == [2, 3, 4, 5, 6]


def test_a_text_knows_its_line() -> None:
    fields = parse("\nquestion: a\nalso_asked:\n  - b\n\n  - c", line=2)
    assert fields.text("question").line == 3
    assert [text.line for text in fields.texts("also_asked")] == [5, 7]


def test_keys_can_be_nested_below_a_key() -> None:
    fields = parse("words:  # ours\n  search: Find\n  search: Seek\n  serch: Look")
    words = fields.nested("words", ("search",))
    assert words.text("search") == "Find"
    assert describe(fields.problems) == [
        'content/pay.md:3: repeated key "search"; remove it; the first is on line 2',
        'content/pay.md:4: unknown key "serch"; did you mean "search"?',
    ]


def test_more_than_64_kb_are_not_read() -> None:
    fields = parse("a:\n" * 30_000, line=2)
    assert describe(fields.problems) == [
        "content/pay.md:2: the keys and values are larger than 64 kB; write the answer below them"
    ]


@pytest.mark.parametrize("text", ["question: {}", "question: >\n  {}", "also_asked: ['{}']"])
def test_a_text_cannot_be_longer_than_1000_characters(text: str) -> None:
    longest = "\u00e4" * MAX_FIELD_CHARS
    assert read_all(parse(text.format(longest)))
    fields = parse(text.format(longest + "a"))
    assert not read_all(fields)
    key = text.partition(":")[0]
    message = f'"{key}" is 1,001 characters long; shorten it to 1,000'
    assert describe(fields.problems) == [f"content/pay.md:1: {message}"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a \u202e b", "U+202E"),
        ("a \u202d\u202c\u202b b", "U+202B"),
        ("\u2067 a", "U+2067"),
        ("\u202e \u2068 b \u202c \u2069", "U+202E"),
        ("\u202da\u202c b", ""),
        ("\u2067a \u202bb\u202c\u2069", ""),
        ("a \u200f b\u200e", ""),
        ("a \u2069\u202c", ""),
    ],
)
def test_a_character_that_reverses_what_follows_must_be_ended(text: str, mark: str) -> None:
    for key, written in (("question", text), ("also_asked", f"\n  - {text}")):
        fields = parse(f"{key}: {written}")
        assert bool(read_all(fields)) == (not mark)
        message = f'"{key}" contains the invisible character {mark}'
        message += ", which reverses the text after it"
        problems = [problem for problem in fields.problems.found if not problem.is_advice]
        found = [(problem.message, problem.hint) for problem in problems]
        assert found == ([(message, "delete it")] if mark else [])


def test_a_message_shortens_a_long_text() -> None:
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
def test_text_is_the_same_from_every_system(content: bytes, text: str) -> None:
    problems = Problems()
    assert decode_text(content, "pay.md", problems) == text
    assert not problems.found


SAVE = "choose Save as in your editor, then the encoding UTF-8"
DELETE = "delete it, or type the line again"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a\r\nb\rA caf\xe9, open", [f'3: "é" in "A café, open" is not saved as UTF-8; {SAVE}']),
        (b"\xef\xbb\xbfa\x93", [f'1: "“" in "ï»¿a“" is not saved as UTF-8; {SAVE}']),
        (b"a\n\x81", [f'2: "\ufffd" in "\ufffd" is not saved as UTF-8; {SAVE}']),
        (b"\xff\xfea\x00", [f"1: the file is saved as UTF-16; {SAVE}"]),
        (
            b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n",
            [
                (
                    '2: "<<<<<<< HEAD" is from a conflict that nobody has resolved; keep the lines'
                    " that are right, and delete those with <<<<<<<, ======= and >>>>>>>"
                )
            ],
        ),
        (
            b"a\n\x00b\nab\x0bc\x1b",
            [
                f"2: invisible character U+0000 in column 1; {DELETE}",
                f"3: invisible character U+000B in column 3; {DELETE}",
            ],
        ),
    ],
)
def test_a_file_that_is_not_utf_8_text_is_reported_with_its_line(
    content: bytes, expected: list[str]
) -> None:
    problems = Problems()
    assert decode_text(content, "pay.md", problems) is None
    assert describe(problems) == [f"content/pay.md:{each}" for each in expected]
