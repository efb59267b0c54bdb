"""Markdown of other generators in the dialect of this project."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqsite.foreign import translate

from .sources import told

OUT = "took out components around their content"
CODE = "kept as code components that say all in their attributes"
LINK = "made links of components that show what stands elsewhere"
EMPTY = "took out components whose words are not in the source"
TAGS = "took out tags that an answer cannot hold, and kept what stands in them"


def compact(markdown: str) -> str:
    return re.sub(r"\n{2,}", "\n\n", markdown).strip("\n")


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        (":::tip Title\nText\n:::", '!!! tip "Title"\n    Text'),
        (':::note[A "b"]\nText\n:::', '!!! note "A ”b”"\n    Text'),
        ("::: details More\nText\n:::", "<details>\n<summary>More</summary>\n\nText\n\n</details>"),
        ("/// warning | Take care\nText\n///", '!!! warning "Take care"\n    Text'),
        (":::note\nA\n:::tip\nB\n:::\n:::", "!!! note\n    A\n\n    !!! tip\n        B"),
        ("::: code-group\n```js\n1\n```\n:::", "```js\n1\n```"),
        ('??? success "Done"\n    Text\n\nAfter', '!!! tip "Done"\n    Text\n\nAfter'),
        ('!!! danger highlight blink "Do not"\n    Text', '!!! danger "Do not"\n    Text'),
        ("!!! NOTE:text", "!!! NOTE:text"),
        ('=== "One"\n\n    Text\n\n=== "Two"\n\n    More', "**One**\n\nText\n\n**Two**\n\nMore"),
        ("## Pay day {#pay-day}", "## Pay day"),
        ("## Pay day {#when .x}", '## <span id="when">Pay day</span>'),
        ("A [link](x.md){target=_blank} b", "A [link](x.md){target=_blank} b"),
        ("Text\n{: .note }", "Text"),
        ("[[toc]]\n\nText", "Text"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% highlight ruby %}\nx\n{% endhighlight %}", "```ruby\nx\n```"),
        ('[a]({{< ref "b.md" >}})', "[a](b.md)"),
        ("```\n{% x %}\n:::note\n<Tabs>\n```", "```\n{% x %}\n:::note\n<Tabs>\n```"),
        ("In `{% include x %}` and `<Tabs>`", "In `{% include x %}` and `<Tabs>`"),
        ("\tcode\n\n```make\na:\n\tb\n```", "    code\n\n```make\na:\n\tb\n```"),
        ("a<br/>b", "a<br>b"),
        ('<p align="center" style="x">Hi</p>', "<p>Hi</p>"),
        ('<a name="top"></a>Hi', '<a id="top"></a>Hi'),
        ('<img src="a.png">', '<img src="a.png" alt="">'),
        ("A <T> and Map<String, Int>, <your name>", "A <T> and Map<String, Int>, <your name>"),
        ("x {/* note */} y", "x  y"),
        ("Braces {{ stay }} as they are", "Braces {{ stay }} as they are"),
    ],
)  # fmt: skip
def test_what_means_the_same_is_rewritten(foreign: str, ours: str) -> None:
    found = translate(foreign)
    assert compact(found.markdown) == ours
    assert found.faults == []


@pytest.mark.parametrize(
    ("foreign", "ours", "advice"),
    [
        ("import X from './x';\n\nText", "Text", ["took out lines that import or export code"]),
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
        ("<style>p {}</style>Text", "Text", ["took out scripts, styles and drawings in HTML"]),
        ("::: pull-quote\nText\n:::", "Text",
         ['took out the marks of "pull-quote" around its content']),
    ],
)  # fmt: skip
def test_what_is_lost_or_rough_is_told(foreign: str, ours: str, advice: list[str]) -> None:
    found = translate(foreign)
    assert (compact(found.markdown), found.advice) == (ours, advice)
    assert found.faults == []


@pytest.mark.parametrize(
    ("foreign", "fault"),
    [
        (
            "{% include note.html %}",
            (
                '"{% include note.html %}" is filled in by another generator; '
                "write what it shows, or put it in backticks"
            ),
        ),
        (
            '{{< youtube "x" >}}',
            (
                '"{{< youtube "x" >}}" is filled in by another generator; '
                "write what it shows, or put it in backticks"
            ),
        ),
        (
            "{{ site.title }}",
            (
                '"{{ site.title }}" is filled in by another generator; '
                "write what it shows, or put it in backticks"
            ),
        ),
        (
            '--8<-- "part.md"',
            '"--8<-- "part.md"" includes another file; put the text of the file there',
        ),
    ],
)
def test_what_only_another_generator_knows_is_a_fault(foreign: str, fault: str) -> None:
    assert told(translate(foreign).faults) == [fault]


SIGNS = st.text(
    st.sampled_from("ab \n\t<>/{}%:`#*_[]()!?=\"'|-\\é&;T"), max_size=60
)  # fmt: skip


@given(SIGNS)
@settings(max_examples=300)
def test_no_text_is_too_odd(text: str) -> None:
    translate(text)


@given(st.lists(st.sampled_from([
    "<Tabs>", "</Tabs>", "<Tab title='x'>", "</Tab>", ":::note", ":::", "```", "text", "    deep",
    '=== "A"', "!!! tip", "<X a={1", "/>", "", "- item", "~~~", "/// tip", "///",
]), max_size=14))  # fmt: skip
@settings(max_examples=300)
def test_blocks_may_stand_in_each_other_in_any_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert translate(text).markdown.count("text") == text.count("text")
