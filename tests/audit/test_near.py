"""Questions that ask almost the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.audit.near import find_near_questions, near_texts
from faqsite.content.validate import validate
from faqsite.model.problems import Problems
from faqsite.model.records import Answer
from tests.support.contents import make_content, make_raw

# Without these, no word would be rare.
OTHERS = [
    ("When is pay day?", "On the 25th of each month."),
    ("Where is the office?", "In the old harbour, beside the mill."),
    ("Is there free lunch?", "On Mondays there is soup."),
    ("How long is the notice period?", "Three months for both sides."),
    ("Can I bring my dog to the office?", "Dogs are welcome on Fridays if they are quiet."),
]
NAMES = "abcdefghij"
DOG = "Yes: on Fridays quiet dogs are welcome."


def near(*asked: tuple[str, str], drafts: Sequence[str] = ()) -> list[str]:
    """Return the findings about entries a.md, b.md, ... with these questions and answers."""
    entries, answers = [], {}
    for name, (question, text) in zip(NAMES, asked, strict=False):
        path = f"{name}.md"
        entries.append(make_raw(path, "draft: true" * (path in drafts), question=question))
        if path not in drafts:
            answers[path] = Answer(parts=(f"<p>{text}</p>",), text=text)
    content = make_content(*reversed(entries))
    found = find_near_questions(content.entries, validate(content, answers, Problems()))
    return [f"{'advice: ' * each.is_advice}{each.describe('content')}" for each in found]


@pytest.mark.parametrize(
    ("question", "answer", "is_near"),
    [
        ("May I bring a dog to the office?", DOG, True),
        ("May I bring a dog to the office?", "Ask the landlord about parking.", False),
        ("Which pets may come along?", DOG, False),
        ("How long is lunch?", DOG, False),
    ],
)
def test_entries_are_near_if_both_question_and_answer_are(
    question: str, answer: str, *, is_near: bool
) -> None:
    message = (
        "advice: content/f.md:2: asks and answers almost the same as "
        '"e.md" ("Can I bring my dog to the office?"); '
        'keep one, and add the question of the other to its "also_asked"'
    )
    assert near(*OTHERS, (question, answer)) == ([message] if is_near else [])


def test_a_draft_is_near_nothing() -> None:
    asked = (*OTHERS, ("May I bring a dog to the office?", DOG))
    assert near(*asked, drafts=["f.md"]) == []


def test_near_texts_come_with_the_nearest_first() -> None:
    others = [*(question for question, _ in OTHERS), "Can I bring my dog?"]
    texts = ["Can I bring my dog to work?", "What do you sell?"]
    assert near_texts(texts, others, "en") == [[5, 4], []]
    assert near_texts(["???"], ["???", ""], "en") == [[]]
    assert near_texts([], [], "en") == []


WORDS = st.lists(
    st.sampled_from(["what", "is", "the", "pay", "day", "dog", "office", "lunch", "free"]),
    max_size=5,
)


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_no_near_question_is_missed(asked: Sequence[Sequence[str]]) -> None:
    # A number makes each question unique.
    texts = [" ".join([*words, str(number)]) for number, words in enumerate(asked)]
    found = near(*((text, "The same answer to all of them.") for text in texts))
    pairs = {
        (one, other + 1)
        for one, text in enumerate(texts)
        for other in near_texts([text], texts[:one] + texts[one + 1 :], "en")[0]
        # What comes after it has moved up by one.
        if other >= one
    }
    assert found == [
        f"advice: content/{NAMES[other]}.md:2: asks and answers almost the same as "
        f'"{NAMES[one]}.md" ("{texts[one]}"); '
        'keep one, and add the question of the other to its "also_asked"'
        for other, one in sorted((other, one) for one, other in pairs)
    ]
