"""The page checks: how they use the results of the checkers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.documents import write
from tools.conformance import is_known, json_ld_of, to_typescript
from tools.lighthouse import find_missed, median_of, pages_of

STYLE = "a { color: red }\n::highlight(found) { color: red }\n"


@pytest.mark.parametrize(
    ("line", "message", "expected"),
    [
        (2, "CSS: Parse Error.", True),
        (1, "CSS: Parse Error.", False),
        (2, "CSS: “colour”: Property “colour” doesn't exist.", False),
    ],
)
def test_only_errors_about_highlights_are_ignored(
    line: int,
    message: str,
    expected: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    style = write(tmp_path, {"style.css": STYLE}) / "style.css"
    assert is_known({"message": message, "lastLine": line}, style) is expected


def test_json_ld_becomes_a_module_with_its_type() -> None:
    data = '{"@context":"https://schema.org","@type":"FAQPage"}'
    html = f'<script src="a.js"></script>\n<script type="application/ld+json">{data}</script>'
    assert json_ld_of(html) == [data]
    assert to_typescript(data) == (
        'import type { FAQPage, WithContext } from "schema-dts";\n'
        f"export const data: WithContext<FAQPage> = {data};\n"
    )


def test_lighthouse_measures_the_home_page_a_category_and_an_entry(tmp_path: Path) -> None:
    names = ["index.html", "404.html", "b/index.html", "b/a.html", "c/index.html", "c/b.html"]
    assert pages_of(write(tmp_path, dict.fromkeys(names, ""))) == {
        "home": "index.html",
        "category": "b/index.html",
        "entry": "b/a.html",
    }


def report(score: float, **audits: float | None) -> dict[str, Any]:
    references = [{"id": name, "weight": name != "weightless"} for name in audits]
    perfect = {"score": 1, "auditRefs": []}
    return {
        "categories": {
            **dict.fromkeys(("performance", "accessibility", "best-practices"), perfect),
            "seo": {"score": score, "auditRefs": references},
        },
        "audits": {
            name: {"id": name, "title": name.title(), "score": value}
            for name, value in audits.items()
        },
    }


def test_the_median_score_counts() -> None:
    assert median_of([report(0.9), report(1), report(0.996)], "seo") == 100
    assert median_of([report(0.9), report(0.914), report(1)], "seo") == 91


def test_audits_that_lower_a_score_are_listed() -> None:
    audits = report(0.9, perfect=1, weightless=0, poor=0.5, manual=None)
    assert list(find_missed(audits)) == ["poor: Poor"]
