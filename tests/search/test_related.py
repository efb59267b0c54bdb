"""Similar entries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.search.terms import related_entries

VECTORS = st.lists(st.dictionaries(st.integers(0, 6), st.floats(0.1, 9)), max_size=8)
PAY, DAY, VISA = 1, 2, 3


@pytest.mark.parametrize(
    ("vectors", "related"),
    [
        ([], ()),
        ([{PAY: 2.0}], ((),)),
        ([{}, {PAY: 2.0}], ((), ())),
        ([{PAY: 1.0}, {VISA: 1.0}], ((), ())),
        ([{PAY: 1.0}, {PAY: 5.0}], ((1,), (0,))),
        # The most similar comes first, whatever the weights.
        (
            [{PAY: 1.0, DAY: 1.0}, {PAY: 9.0, VISA: 9.0}, {PAY: 2.0, DAY: 2.0}],
            ((2, 1), (0, 2), (0, 1)),
        ),
        # Equally similar ones keep the editor's order.
        ([{PAY: 1.0}] * 4, ((1, 2), (0, 2), (0, 1), (0, 1))),
        # Entries that are hardly similar are not related.
        ([{PAY: 1.0, DAY: 30.0}, {PAY: 1.0, VISA: 1.0}], ((), ())),
    ],
)
def test_the_most_similar_entries_are_related(
    vectors: list[dict[int, float]], related: tuple[tuple[int, ...], ...]
) -> None:
    assert related_entries(vectors, 2) == related


@given(VECTORS, st.integers(0, 3))
def test_an_entry_is_related_to_a_few_others(vectors: list[dict[int, float]], count: int) -> None:
    for entry, others in enumerate(related_entries(vectors, count)):
        assert len(set(others)) == len(others) <= count
        assert entry not in others


def test_a_term_leads_to_a_few_of_the_entries_with_it() -> None:
    vectors = [{PAY: 1.0, entry + 10: 0.1} for entry in range(200)]
    related = related_entries(vectors, 3)
    assert {len(others) for others in related} == {3}
    assert {other for others in related for other in others} <= set(range(25))
