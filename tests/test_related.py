"""Which entries are about the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.related import related_entries

VECTORS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 9)), max_size=8)


@pytest.mark.parametrize(
    ("vectors", "related"),
    [
        ([], ()),
        ([{"pay": 2.0}], ((),)),
        ([{}, {"pay": 2.0}], ((), ())),
        ([{"pay": 1.0}, {"visa": 1.0}], ((), ())),
        ([{"pay": 1.0}, {"pay": 5.0}], ((1,), (0,))),
        # The nearest comes first, whatever the weights;
        (
            [{"pay": 1.0, "day": 1.0}, {"pay": 9.0, "visa": 9.0}, {"pay": 2.0, "day": 2.0}],
            ((2, 1), (0, 2), (0, 1)),
        ),
        # of those that are as near, the first of the editor,
        ([{"pay": 1.0}] * 4, ((1, 2), (0, 2), (0, 1), (0, 1))),
        # and what is hardly alike is not related.
        ([{"pay": 1.0, "day": 30.0}, {"pay": 1.0, "visa": 1.0}], ((), ())),
    ],
)
def test_the_entries_that_are_most_alike(
    vectors: list[dict[str, float]], related: tuple[tuple[int, ...], ...]
) -> None:
    assert related_entries(vectors, 2) == related


@given(VECTORS, st.integers(0, 3))
def test_an_entry_is_related_to_a_few_others_each_once(
    vectors: list[dict[str, float]], count: int
) -> None:
    for entry, others in enumerate(related_entries(vectors, count)):
        assert len(set(others)) == len(others) <= count
        assert entry not in others
