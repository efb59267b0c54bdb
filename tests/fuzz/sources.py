"""Sources as others write them: tables, JSON, pages, and folders of Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from hypothesis import strategies as st

from .texts import HTML, MDX, YAML, joined, mostly, one_of, pieces

_NAMES = pieces("""
    question title answer body category section order updated draft also_asked related moved_from
    url slug path owner review_by other
""")


def _csv(names: Sequence[str], rows: Sequence[Sequence[str]], separator: str) -> str:
    table = io.StringIO()
    csv.writer(table, delimiter=separator).writerows([["question", "answer", *names], *rows])
    return table.getvalue()


_CELLS = one_of("Why? So. 2026-11-01 3 true a/b.md ../x /old Pay␠&␠more a;␠b␊c") | joined(
    "=1+1 '= <p>So.</p> ␠ a , ; \" ␊ ' * | ?", most=6
)
_ROWS = st.tuples(
    mostly(one_of("Why? How? When␊is␠it? =When? C,␠#?"), _CELLS),
    mostly(one_of('So. <p>So.</p> -␠a␊-␠b \'=1 "a",␠b'), _CELLS),
    st.lists(_CELLS, max_size=4),
).map(lambda row: [row[0], row[1], *row[2]])
_COLUMNS = st.lists(st.sampled_from(_NAMES[4:]), max_size=4, unique=True)
TABLES = st.builds(_csv, _COLUMNS, st.lists(_ROWS, max_size=4), one_of(", ; ␉")) | st.builds(
    "{}{}\n{}".format,
    st.sampled_from(["", "", "\ufeff", "sep=;\n"]),
    one_of("question,answer question;answer;order Frage␉body path,question,answer")
    | st.lists(st.sampled_from(_NAMES), min_size=2, max_size=6, unique=True).map(",".join),
    joined("""
        Why? So. , , ; ␉ ␊ ␊ " "" ' =1+1 '= 2026-11-01 3 true a/b.md ../x /old Pay␠&␠more
        <p>So.</p> ␠ 1e3 Why?␠
    """),
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | one_of("Why? <p>So.</p> http://[x 2026-11-01 published a/b 7")
    | st.text(max_size=8),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), values, max_size=3)
    ),
    max_leaves=4,
)
_FURTHER = st.dictionaries(
    st.sampled_from([*_NAMES, "id", "section_id", "html_url", "state", "refused_folders", "name"]),
    _VALUES,
    max_size=4,
)
_ARTICLES = st.builds(
    lambda question, answer, further: {"title": question, "body": answer, **further},
    mostly(one_of("Why? How? <b>When?</b>") | st.just(""), _VALUES),
    mostly(one_of("So. <p>So.</p> *So* a␠&␠b"), _VALUES),
    _FURTHER,
)
_QUESTIONS = st.fixed_dictionaries(
    {"@type": st.sampled_from(["Question", ["Question"], "FAQPage", 1])},
    optional={
        "name": mostly(one_of("Why? R&amp;D? How<br>?"), _VALUES),
        "acceptedAnswer": mostly(st.sampled_from([{"text": "So."}, [{"text": "<p>So"}]]), _VALUES),
        "dateModified": _VALUES,
        "url": _VALUES,
    },
)
_PARSED = st.fixed_dictionaries(
    {"articles": st.lists(_ARTICLES, max_size=4), "sections": st.lists(_FURTHER, max_size=2)}
) | st.fixed_dictionaries({"mainEntity": st.lists(_QUESTIONS, max_size=3)})
JSON = mostly(
    _PARSED.map(json.dumps),
    _VALUES.map(json.dumps) | joined('{ } [ ] " : , title body 1 null \\u NaN'),
)
_FOREIGN = st.builds(
    "{}{}".format,
    st.sampled_from(["", "---\ntitle: A\n---\n", "+++\ntitle = 'A'\n+++\n", "---\na: [\n"])
    | st.just("---\nquestion: A\nweight: 2\naliases: [/x]\n---\n")
    | YAML.map("---\ntitle: A\n{}\n---\n".format)
    | joined("title␠=␠ 'A' \" ␊ [a] 1 2026-01-01").map("+++\n{}\n+++\n".format),
    MDX,
)
FOLDERS_OF_MARKDOWN = st.dictionaries(
    one_of("""
        a.md b.mdx x/index.md x/_index.md x/b.markdown 2026-01-02-c.md x/README.md
        x/_category_.json p.png x/_category_.yml
    """),
    _FOREIGN,
    min_size=1,
    max_size=3,
)
_FRAMES = [
    "<h1>FAQ</h1><h2>Pay</h2><h3>Why?</h3>{}<h3>How?</h3>So.",
    "<details><summary>Why?</summary>{}</details>",
    "<dl><dt>Why?</dt><dd>{}</dd></dl>",
    '<div itemtype="https://schema.org/Question"><b itemprop=name>Why?</b><p itemprop=text>{}',
    (
        '<script type="application/ld+json">{"@type": "Question", "name": "Why?",'
        ' "acceptedAnswer": {"text": "{}"}}</script>'
    ),
    "{}",
]
PAGES = st.builds(lambda frame, html: frame.replace("{}", html), st.sampled_from(_FRAMES), HTML)
