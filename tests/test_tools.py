"""The checks of the published pages: how they read what the checkers report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.documents import write
from tools.conformance import is_known, json_ld_of, typed
from tools.lighthouse import median_of, missed, pages_of

STYLE = "a { color: red }\n::highlight(found) { color: red }\n"


@pytest.mark.parametrize(
    ("line", "message", "is_of_its_own_making"),
    [
        (2, "CSS: Parse Error.", True),
        (1, "CSS: Parse Error.", False),
        (2, "CSS: “colour”: Property “colour” doesn't exist.", False),
    ],
)
def test_only_what_the_checker_cannot_read_is_passed_over(
    line: int,
    message: str,
    is_of_its_own_making: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    style = write(tmp_path, {"style.css": STYLE}) / "style.css"
    assert is_known({"message": message, "lastLine": line}, style) is is_of_its_own_making


def test_the_data_of_a_page_is_typed_as_what_it_says_to_be() -> None:
    data = '{"@context":"https://schema.org","@type":"FAQPage"}'
    html = f'<script src="a.js"></script>\n<script type="application/ld+json">{data}</script>'
    assert json_ld_of(html) == [data]
    assert typed(data) == (
        'import type { FAQPage, WithContext } from "schema-dts";\n'
        f"export const data: WithContext<FAQPage> = {data};\n"
    )


def test_lighthouse_looks_at_home_a_category_and_an_entry(tmp_path: Path) -> None:
    names = ["index.html", "404.html", "b/index.html", "b/a.html", "c/index.html", "c/b.html"]
    assert pages_of(write(tmp_path, dict.fromkeys(names, ""))) == {
        "home": "index.html",
        "category": "b/index.html",
        "entry": "b/a.html",
    }


def report(score: float, **audits: float | None) -> dict[str, Any]:
    references = [{"id": name, "weight": name != "idle"} for name in audits]
    nothing = {"score": 1, "auditRefs": []}
    return {
        "categories": {
            **dict.fromkeys(("performance", "accessibility", "best-practices"), nothing),
            "seo": {"score": score, "auditRefs": references},
        },
        "audits": {
            name: {"id": name, "title": name.title(), "score": value}
            for name, value in audits.items()
        },
    }


def test_the_score_in_the_middle_counts() -> None:
    assert median_of([report(0.9), report(1), report(0.996)], "seo") == 100
    assert median_of([report(0.9), report(0.914), report(1)], "seo") == 91


def test_an_audit_that_counts_and_falls_short_is_named() -> None:
    found = report(0.9, whole=1, idle=0, short=0.5, manual=None)
    assert list(missed(found)) == ["short: Short"]
