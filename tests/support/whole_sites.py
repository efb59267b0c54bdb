"""Made-up sites that together have every kind of page and everything that a page can show."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from faqsite.build.pipeline import build_site

from .documents import write
from .product import PRODUCT
from .served import BASE_PATH

# One dot, as wide as the page.
_PICTURE = "GIF89a\0\3\0\2\0\0\0,\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;"
_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 24"><path d="M0 0h90v24z"/></svg>'

_EVERY_SETTING = """
title: Library FAQ
description: What readers ask at the desk.
language: en-GB
url: https://example.org/faq/
company: Example & Daughters Library
contact: desk@example.org
jobs: https://example.org/jobs
repository: https://example.org/owner/faq
accent: "#7a3b00"
logo: brand/logo.svg
header_links:
  About us: https://example.org/about?a=1&b=2
footer_links:
  Privacy: https://example.org/privacy
  Write to us: mailto:desk@example.org
synonyms:
  - renew, extend
words:
  around: Before and after
"""

_EVERYTHING = """---
question: How do I renew a loan?
also_asked: [extend a loan]
related: [hours]
updated: 2026-02-03
moved_from: [/old]
---
Online, with `loans renew`, or *at* the **desk**.[^1] See the [opening hours](hours.md).

## What each costs

| Kind | Weeks | Fee |
|:-----|:-----:|----:|
| A book with a very long name in the catalogue | 3 | none |
| A magazine | 1 | 2.50 |

### By the command line

```python
# Renews whatever is due.
for loan in loans("reader", most=3):
    print(f"{loan.title} is renewed until {loan.until}, unless another reader waits for it.")
```

> [!WARNING]
> What another reader waits for is not renewed.

> [!NOTE]
> Nor is what is late.

![The desk, from the door.](desk.gif)

<details>
<summary>On holidays</summary>

Ask by telephone.

</details>

Desk
: Where one asks.

1. Sign in.
2. Choose ~~all~~ some.
    - Or none.

> Said by another.

[^1]: But for magazines.
"""

_THE_REST = """---
question: 'What is "meant" by <loan> & fee?'
---
# A heading of the first level

#### One that skips two[^long name]

- [ ] To be done
- [x] Done

  A paragraph in the list, with a [picture ![](desk.gif)](https://example.org/?a=1&b=2) in a link.

  ```diff
  - what was
  + what is
  ```

5. A list that begins with five
6. and goes on

Reader
Guest
: Who reads.
: Who asks[^long name].

    - In a list.

        And on.

!!! tip "Its own title"
    Of the other kind.

!!! note ""
    Of no title.

> [!CAUTION]
> > A quote in a note.

<figure>
<img src="desk.gif" alt="A desk" width="300" height="200">
<figcaption>The <em>desk</em></figcaption>
</figure>

<table>
<caption>Fees</caption>
<thead>
<tr><th scope="col">What<th scope="col" align="right">Fee
<tbody>
<tr><th scope="row">A day<td align="right">1
<tr><td colspan="2" align="center">That is all
</table>

<dl><dt lang="de">Leihfrist</dt><dd>A <dfn>loan period</dfn></dd></dl>

<details open>
<summary>A <code>summary</code></summary>
<ol reversed start="3" type="a"><li value="7">Seven</li></ol>
</details>

Press <kbd>Ctrl</kbd>+<kbd>C</kbd>, <abbr title="that is">i.e.</abbr> H<sub>2</sub>O,
x<sup>2</sup>, <mark>marked</mark>, <s>struck</s>, <u>under</u>, <small>small</small>,
<q>quoted</q>, <var>x</var>, <samp>out</samp>, <cite>A book</cite>, <b>b</b>, <i>i</i>,
<ins datetime="2026-01-02">new</ins>, <del>old</del>, <bdi>שלום</bdi>, long<wbr>word,
<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>, <time datetime="2026-02-03">then</time>,
<span lang="ar" dir="rtl">مرحبا</span>. Cafe\u0301, &copy; &lt;tag&gt; Map<String, Int> a & b.\\
After a break: https://example.org/a_b?c=d&e=f, desk@example.org, [by telephone](tel:+4612345).

***

<div id="own">A place of its own</div>

[There](#own), [to the map](Our%20Map.pdf#page=2) and [to all of it](../visit/)

[^long name]: A note of two paragraphs.

    And its second, with [a link](hours.md#when).
"""

FULL: Mapping[str, str] = {
    "content/site.yaml": _EVERY_SETTING,
    "content/start.md": "---\nquestion: Where do I start?\n---\nAt the desk.\n",
    "content/visit/_category.yaml": "title: Visiting\norder: 1\nsummary: Hours & ways.\n",
    "content/visit/renew.md": _EVERYTHING,
    "content/visit/the-rest.md": _THE_REST,
    "content/visit/desk.gif": _PICTURE,
    "content/visit/Our Map.pdf": "%PDF-1.4",
    "content/visit/hours.md": "---\nquestion: When are you open?\n---\n## When\n\nAlways.\n",
    "content/visit/digital/_category.yaml": "title: Digital books\n",
    "content/visit/digital/reader.md": "---\nquestion: Which readers work?\n---\nEvery one.\n",
    "content/visit/digital/away/far.md": "---\nquestion: And far away?\n---\nThere too.\n",
    "content/visit/empty/_category.yaml": "title: Nothing yet\n",
    "content/図書館/駅.md": "---\nquestion: 図書館はどこですか\n---\n駅の前にあります。\n",
    "static/brand/logo.svg": _LOGO,
}
"""Every setting, everything an answer can hold, nested categories, an old address."""

BARE: Mapping[str, str] = {
    "content/site.yaml": "title: Questions\n",
    "content/one.md": "---\nquestion: Is there only one?\n---\nYes.\n",
}
"""The smallest site: without a category, a URL or a contact."""

_DAYS = {"سنة": 3, "شهر": 25, "يوم": 120}

LONG: Mapping[str, str] = {
    "content/site.yaml": """
title: أسئلة وأجوبة
description: ما يسأل عنه القراء.
language: ar
url: https://example.org/faq/
contact: https://example.org/ask?a=1&b=2
""",
    **{
        f"content/{name}/{number}.md": (
            f"---\nquestion: ماذا يحدث في {name} رقم {number}؟\n---\n"
            f"في {name} رقم {number} تفتح المكتبة أبوابها للقراء من الصباح حتى المساء.\n"
        )
        for name, count in _DAYS.items()
        for number in range(1, count + 1)
    },
    "content/يوم/آخر/1.md": "---\nquestion: هل هناك يوم آخر؟\n---\nنعم، هناك يوم آخر.\n",
}
"""Written from right to left, with a form as contact and lists of several pages."""

SITES: Mapping[str, Mapping[str, str]] = {"full": FULL, "bare": BARE, "long": LONG}


def build_whole(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a site into a folder and build it; return the folder of the site."""
    shutil.copytree(PRODUCT / "static", folder / "static")
    write(folder, files)
    build_site(
        content=folder / "content",
        templates=PRODUCT / "templates",
        static=folder / "static",
        output=folder / "site",
        base_path=BASE_PATH,
    )
    return folder / "site"
