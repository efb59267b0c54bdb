"""Odd texts: close to a grammar, files of the tests with small changes, and anything at all.

Texts close to a grammar get deep into a parser; other texts test how it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from faqsite.model.problems import Problem, printable
from tests.support.cases import unpicture
from tests.support.documents import BRINGING, MAKE_IT_YOURS, WRITING, blocks_of
from tests.support.payloads import PAYLOADS
from tests.support.whole_sites import BARE, FULL, LONG


def pieces(text: str) -> list[str]:
    """Return the pieces of a text, which have pictures for spaces, line breaks and the like."""
    return [unpicture(piece) for piece in text.split()]


CHARACTERS = pieces("""
    ␀ ␇ ␉ ␍ ␍␊ ␋ ␌ ␜ {U+0085} {U+00A0} {U+2028} {U+FEFF} {U+200B} {U+202E} {U+FFFE} e{U+0301}
    {U+0301} é ß İ ς ﬁ {U+1161} 한 東京 ｶ{U+FF9E} 🎧 👩{U+200D}💻 {U+10400} {U+1D5DB} {U+E0100} ٣ ²
""")
"""Characters that are counted, composed, cased, shown or refused in a special way."""

EXAMPLES = tuple(
    [text for site in (FULL, BARE, LONG) for text in site.values()]
    + [block.text for page in (WRITING, MAKE_IT_YOURS, BRINGING) for block in blocks_of(page)]
)
"""Files as people write them."""
MOST_MESSAGE_CHARS = 2_000


def check_messages(problems: Iterable[Problem]) -> None:
    """Check that each problem has a short message on one line, which cannot steer a terminal."""
    for problem in problems:
        message = f"{problem.message}{problem.hint}"
        assert problem.message.strip(), problem
        assert message == printable(message), problem
        assert len(message) < MOST_MESSAGE_CHARS, problem


def mostly(usual: SearchStrategy[Any], odd: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Return usual values and now and then an odd one: a parser soon refuses many odd ones."""
    return st.integers(0, 9).flatmap(lambda number: odd if number == 9 else usual)


def one_of(text: str) -> SearchStrategy[str]:
    """Return the pieces of a text."""
    return st.sampled_from(pieces(text))


def joined(text: str, *more: str, most: int = 24) -> SearchStrategy[str]:
    """Return the pieces of a text and more, joined in any order with a few odd characters."""
    usual = [*pieces(text), *more]
    several = -(-20 * len(CHARACTERS) // len(usual))
    return st.lists(st.sampled_from([*usual * several, *CHARACTERS]), max_size=most).map("".join)


def changed(*files: str) -> SearchStrategy[str]:
    """Return files with some lines and characters removed, added or moved."""
    lines = sorted({line for file in files for line in file.splitlines(keepends=True)})
    scraps = [*lines, *CHARACTERS, *"\n:#-'\"`*_[]()<>&|!{}=\\~0"]
    change = st.tuples(st.integers(0, 9_999), st.integers(0, 30), st.sampled_from(scraps))
    return st.builds(_change, st.sampled_from(files), st.lists(change, min_size=1, max_size=6))


def _change(file: str, changes: Sequence[tuple[int, int, str]]) -> str:
    for place, length, scrap in changes:
        at = place * len(file) // 10_000
        file = file[:at] + scrap + file[at + length :]
    return file


WORD = "WORD"
"""Where a word of an answer is, which must not be lost."""
_INLINES = st.lists(
    st.sampled_from([
        *[f"{WORD} "] * 12,
        *[WORD] * 4,
        *pieces(r"""
            ␠ * ** _ __ ~~ ` `` \ \␊ ␠␠␊ [ ](b.md) ](../a/) ](<b␠c.md>) ![ ][r] [r] [^1] [^2] ] )
            <b> </b> <br> <span␠id='i'> </span> <a␠href=b.md> </a> < > & &amp; &copy &#65;
            https://a.example/b_c <https://a.example> | a@b.example # -␠[␠]␠ {:␠.x␠} {{␠x␠}}
            {%␠x␠%} = + ! " ' ^ 1. ␉ é e{U+0301} 東京 🎧 {U+00A0} {U+2028} {U+202E}
        """),
    ]),
    max_size=8,
).map("".join)  # fmt: skip
_FORMS = one_of("""
    {} {} {} #␠{} ##␠{}␠## #######␠{} {}␊=== {}␊--- ```␊{}␊``` ```python␊{}␊``` ~~~␠no␠such␊{}␊~~~
    ```␊{} |␠{}␠|␠b␠|␊|:-|-:|␊|␠c␠| [^1]:␠{} |a|␊|-|␊|␠{}␠| [r]:␠b.md␊␊{} [r]:␠<b␠c>␊{} [^2]:␠{}
    {}␊:␠a a␊b␊:␠{} <div>{}</div> <div>␊{}␊</div> <p>{} <table><tr><td>{} ***␊{} [[toc]]␊{}
    <details>␊<summary>{}</summary>␊␊a␊␊</details> <details>␊␊{}␊␊</details> <!--␠c␠-->{}
    *[A]:␠B␊{} ␠␠␠␠{} </div>{} <ul><li>{} <pre>{}</pre> -␠[x]␠{}
""")
_MARKS = [
    *(("- ", "  "), ("* ", "    "), ("1. ", "   "), ("10) ", "    "), ("> ", "> "), ("> ", "")),
    *(("!!! note\n    ", "    "), ('!!! warning "T"\n    ', "    "), ("> [!TIP]\n> ", "> ")),
    *(("[^1]: ", "    "), (": ", "    "), ("    ", "    "), ("\t", "\t"), ("- [x] ", "\t")),
]
_PREFIXES = [
    *[("", "")] * 30,
    *_MARKS * 2,
    *(
        (first + inner, further + rest)
        for (first, further), (inner, rest) in product(_MARKS, _MARKS)
    ),
]


def _block(prefix: tuple[str, str], form: str, text: str) -> str:
    first, further = prefix
    return first + form.replace("{}", text).replace("\n", f"\n{further}")


_BLOCKS = st.builds(_block, st.sampled_from(_PREFIXES), _FORMS, _INLINES)
BLOCKS = st.lists(st.tuples(_BLOCKS, one_of("␊␊ ␊␊ ␊ ␊␊␊")).map("".join), max_size=6).map("".join)
"""Blocks of Markdown, in one another."""
MARKDOWN = (
    BLOCKS
    | joined(
        r"""
            ␊ ␊␊ ␠␠␠␠ ␠␠ -␠ 1.␠ >␠ #␠ ``` ~~~ | -|- :␠ * _ ` [ ]( ) [^1] [^1]:␠ ! !!!␠note <!-- -->
            < > <details> </div> <p␠ " ' = \ & https://a.b a.md x␠
        """,
        *PAYLOADS[::6],
        most=30,
    )
    | changed(*(file for file in EXAMPLES if "question:" in file))
    | st.text()
)
REPEATED = st.builds(
    lambda text, end, chars: (f"{text}{end}" * chars)[:chars],
    _BLOCKS | _INLINES | joined(r"[ ] ( ) * _ ` < > ! & # | ~ : - + \ ␠ ␉ ␊ a 1. [^1]", most=6),
    st.sampled_from(["", " ", "\n", "\n\n"]),
    st.sampled_from([8_000, 64_000]),
)
"""One text over and over, up to the limits of an answer."""

_TAGS = """
    p div b i a ul ol li table tr td th pre code h2 details summary dl dt dd script style svg math
    template span blockquote img br iframe select option textarea noscript x-y
"""
_HTML = pieces(r"""
    word␠ Why?␠ <h2>Why?</h2> <summary>Why?</summary> &amp; &lt;b&gt; &#x3c; ␠ ␊ < > </ <!-- -->
    <![CDATA[ <![if␠x]> <![0 ]]> <!doctype␠html> <?x?> " <a␠href='b.html'>
    <a␠href="javascript:x"> <img␠src=a.png␠alt= <p␠class=x␠id=y␠ = * _ ` #␠ 1.␠ -␠ | \ [x](y) ~~
    itemtype='x/Question'
""")
_HTML += [f"<{slash}{tag}>" for slash in ("", "/") for tag in _TAGS.split()]
HTML = joined("", *_HTML, most=30) | joined("", *PAYLOADS[::6], *_HTML, most=8) | st.text()

PLAIN = st.lists(
    one_of("""
        Why?␊ Q:␠Why?␊ A:␠So.␊ So.␊ ␊ 1.␠How?␊ -␠item␊ #␠Head␊ ␠␠␠␠deep␊ a␠*b*␠`c`␠<d>␠&␠e␊ *␠x␊
        1.␠y␊ Frage␠2:␠Wo?␊ ---␊ |␠a␠|␊
    """),
    max_size=12,
).map("".join) | joined(r"""
    Why?␊ Q:␠ A:␠ So.␊ ␊ ␊␊ 1.␠ -␠ #␠ ? {U+FF1F} ␠ text␠ ` * <b> & Question␠2:␠ Antwort:␠ \ |
    ␠␠␠␠
""")
"""Questions and answers as plain text."""
MDX = (
    joined("""
        <Tabs> </Tabs> <Tab␠title='x'> </Tab> <Card␠title="M"␠href='/m'> </Card> :::note␊ :::␊
        :::␠details␠A␊ ///␠tip␊ ///␊ ===␠"A"␊ !!!␠tip␊ ␊ ␊␊ <X␠a={1 /> {/*␠c␠*/} {{␠x␠}}
        {%␠raw␠%} {%␠endraw␠%} ```␊ {{<␠ref␠"b"␠>}} import␠X␠from␠'./x'␊ export␠const␠a␠=␠1␊
        --8<--␠"p" ␠␠␠␠ #␠Why?␊ ##␠A␠{#b}␊ text␠ -␠item␊ ~~~␊ `code` [a](b.md) <br/> ![p](p.png)
        <font␠color=red>
    """)
    | MARKDOWN
)
"""Markdown as other generators know it."""
YAML = joined(r"""
    question:␠ also_asked:␠ order:␠ related:␠ updated:␠ review_by:␠ owner:␠ draft:␠ moved_from:␠ ␊ ␊
    ␊␠␠ ␊-␠ ␊␠␠-␠ ␊␉-␠ ␊#␠ ␠#␠ ---␊ ...␊ -␠ :␠ ' " '' \" \x41 \ud800 \ [ ] { } ,␠ , &a␠ *a !!str␠
    ! |␊␠␠ >-␊␠␠ |2␊ ?␠ <<:␠ @ ~ %YAML␠1.1␊ null question:␠a␊ order:␠3␊ updated:␠2026-02-30␊
    2026-11-01 draft:␠true␊ no question:␠>␊␠␠a␊ also_asked:␠[a,␠'b']␊ words C␠#
""")
