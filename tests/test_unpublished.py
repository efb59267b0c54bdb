"""What stands in the content and not on the site."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from faqsite.problems import Problems
from faqsite.unpublished import find_drafts, find_empty_categories
from faqsite.validate import validate
from tests.contents import make_answer, make_content, make_raw

SHOWN = make_raw("pay/day.md")
EMPTY = (
    "no answer in this folder is published, so the site does not show it; "
    "write one, or delete the folder"
)


def test_a_draft_is_an_advice() -> None:
    found = find_drafts([SHOWN, make_raw("a.md", "draft: true")])
    assert [(each.is_advice, each.describe("content")) for each in found] == [
        (
            True,
            (
                "content/a.md: is a draft, and so not published; "
                "when it is ready, take the line out: draft: true"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("drafts", "pictures", "folders"),
    [
        ([], [], []),
        (["office/dogs.md"], [], ["office"]),
        (["office/desks/free.md"], [], ["office"]),
        (["pay/bonus/a.md", "pay/b.md"], [], ["pay/bonus"]),
        ([], ["pictures/way.webp"], []),
        (["office/dogs.md"], ["office/way.webp"], ["office"]),
    ],
)
def test_a_folder_without_an_answer_is_an_advice_unless_it_is_for_pictures(
    drafts: Sequence[str], pictures: Sequence[str], folders: Sequence[str]
) -> None:
    entries = (SHOWN, *(make_raw(path, "draft: true") for path in drafts))
    content = make_content(*entries, attachments=pictures)
    faq = validate(content, {SHOWN.path: make_answer()}, Problems())
    found = list(find_empty_categories(content, faq))
    assert [(each.is_advice, each.describe("content")) for each in found] == [
        (True, f"content/{folder}: {EMPTY}") for folder in folders
    ]
