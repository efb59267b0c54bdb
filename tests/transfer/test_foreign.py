"""Markdown for other generators in our dialect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.transfer.foreign import translate
from tests.support.cases import cases
from tests.support.sources import reasons_of

OUT = "removed components around their content"
CODE = "kept components with all their content in attributes as code"
LINK = "turned components that show another page or picture into links"
EMPTY = "removed components without content"
TAGS = "removed tags that an answer cannot hold, but not their content"


@cases("foreign")
def test_markdown_is_rewritten_in_our_dialect(written: str, expected: str) -> None:
    found = translate(written)
    assert found.markdown == expected
    assert found.problems == []


def test_tabs_become_spaces_outside_fenced_code() -> None:
    code = "```make\na:\n\tb\n```"
    assert translate(f"\tcode\n\n{code}").markdown == f"    code\n\n{code}"


@pytest.mark.parametrize(
    ("foreign", "ours", "advice"),
    [
        ("import X from './x';\n\nText", "Text", ["removed lines that import or export code"]),
        ("<Steps>\n  <Step>\n    Text\n\n        code\n  </Step>\n</Steps>",
         "Text\n\n    code", [OUT]),
        ('<Tabs items={["npm", "yarn"]}>\n<Tab>\na\n</Tab>\n<Tab>\nb\n</Tab>\n</Tabs>',
         "**npm**\n\na\n\n**yarn**\n\nb", [OUT]),
        ('<Card title="More" href="/more">\nText\n</Card>', "**[More](/more)**\n\nText", [OUT]),
        ('<Callout type="warning">\nText\n</Callout>', "!!! warning\n    Text", []),
        ('<Video src="https://example.org/v" />', "[https://example.org/v](https://example.org/v)",
         [LINK]),
        ("<Table\n  rows={[\n    {a: '>'},\n  ]}\n/>",
         "```jsx\n<Table rows={[\n    {a: '>'},\n  ]} />\n```", [CODE]),
        ("<Warning />", "", [EMPTY]),
        ("Press <Key name='a'>x</Key> now", "Press x now", [OUT]),
        ("<center><font color=red>Text</font></center>", "Text", [TAGS]),
        ('<iframe src="https://example.org/v"></iframe>', "<https://example.org/v>", [TAGS]),
        ("<style>p {}</style>Text", "Text", ["removed scripts, styles and drawings"]),
        ("::: pull-quote\nText\n:::", "Text",
         ['removed the marks of "pull-quote" around its content']),
    ],
)  # fmt: skip
def test_losses_and_rough_spots_are_advice(foreign: str, ours: str, advice: list[str]) -> None:
    found = translate(foreign)
    assert (found.markdown, found.advice) == (ours, advice)
    assert found.problems == []


@cases("foreign_faults")
def test_code_for_another_generator_is_a_problem(written: str, expected: str) -> None:
    assert reasons_of(translate(written).problems) == [expected]


@given(st.lists(st.sampled_from([
    "<Tabs>", "</Tabs>", "<Tab title='x'>", "</Tab>", ":::note", ":::", "```", "text", "    deep",
    '=== "A"', "!!! tip", "<X a={1", "/>", "", "- item", "~~~", "/// tip", "///",
]), max_size=14))  # fmt: skip
def test_blocks_nested_in_any_way_keep_their_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert translate(text).markdown.count("text") == text.count("text")


def test_many_unclosed_components_are_read_to_the_end() -> None:
    assert translate("<A>\n" * 20_000 + "text").markdown == "text"
