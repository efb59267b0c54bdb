from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.content.validate import validate
from faqsite.model.problems import ContentError, Kind, Problem, Problems
from faqsite.model.records import (
    Answer,
    Category,
    ElementId,
    Faq,
    LinkTarget,
    RawCategory,
    RawContent,
)
from tests.support.contents import describe, make_answer, make_content, make_raw


def answers_of(content: RawContent) -> dict[str, Answer]:
    return {entry.path: make_answer() for entry in content.entries if not entry.draft}


def check(content: RawContent, answers: Mapping[str, Answer] | None = None) -> Faq:
    return validate(content, answers_of(content) | dict(answers or {}), Problems())


def faults(content: RawContent, answers: Mapping[str, Answer] | None = None) -> list[Problem]:
    """Return the problems in the content, in the order of the places."""
    with pytest.raises(ContentError) as error:
        check(content, answers)
    return list(error.value.problems)


def shape(category: Category) -> list[object]:
    """Return the slugs of a category's entries, and its categories with theirs."""
    return [
        *(entry.slug for entry in category.entries),
        *((below.path, shape(below)) for below in category.categories),
    ]


def test_the_top_category_is_the_faq_itself() -> None:
    faq = check(make_content(make_raw("start.md")))
    assert faq.settings.title == "Questions"
    assert faq.top.path == ""
    assert faq.top.address == "index.html"
    assert faq.top.title == "Questions"
    assert faq.top.summary == "What people ask."


def test_an_entry_has_the_values_of_its_file() -> None:
    raw = make_raw(
        "Pay & more/What is pay?.md",
        "also_asked: [salary, money]\norder: 20\nupdated: 2026-11-01\nrelated: start\nowner: me",
        question="What is pay?",
    )
    answer = make_answer("<p>Money.</p>")
    faq = check(make_content(raw, make_raw("start.md")), {raw.path: answer})
    [entry] = faq.top.categories[0].entries
    assert entry.path == "Pay & more/What is pay?.md"
    assert entry.address == "pay-more/what-is-pay.html"
    assert entry.slug == entry.anchor == "what-is-pay"
    assert entry.question == "What is pay?"
    assert entry.also_asked == ("salary", "money")
    assert entry.related == ("start.md",)
    assert entry.updated == date(2026, 11, 1)
    assert entry.order == 20
    assert entry.answer == answer


def test_a_file_without_a_name_of_its_own_is_advice() -> None:
    problems = Problems()
    content = make_content(make_raw("pay/new-question.md"), make_raw("pay/new-questions.md"))
    validate(content, answers_of(content), problems)
    assert [found.is_advice for found in problems.found] == [True]
    assert describe(problems) == [
        (
            'content/pay/new-question.md: the file is still called "new-question.md"; '
            "rename it to a few words of the question, which become its address"
        )
    ]


def test_an_anchor_is_the_whole_address_where_slugs_are_alike() -> None:
    faq = check(make_content(*map(make_raw, ("visa.md", "pay/visa.md", "A b/visa.md", "A b/x.md"))))
    assert {entry.path: entry.anchor for entry in faq.top.all_entries} == {
        "visa.md": "visa",
        "pay/visa.md": "pay/visa",
        "A b/visa.md": "a-b/visa",
        "A b/x.md": "x",
    }


def test_siblings_are_sorted_by_order_and_those_without_one_come_last() -> None:
    faq = check(
        make_content(
            make_raw("a.md", question="b"),
            make_raw("b.md", question="A"),
            make_raw("c.md", "order: 20", question="z"),
            make_raw("d.md", "order: 20", question="Y"),
            make_raw("e.md", "order: -1"),
            make_raw("one/1.md"),
            make_raw("two/2.md"),
            make_raw("three/3.md"),
            make_raw("one/deep/4.md"),
            categories=[
                RawCategory(path="one", slug="one", title="Z", order=10),
                RawCategory(path="two", slug="two", title="y"),
                RawCategory(path="three", slug="three", title="X"),
            ],
        )
    )
    assert shape(faq.top) == [
        *("e", "d", "c", "b", "a"),
        ("one", ["1", ("one/deep", ["4"])]),
        ("three", ["3"]),
        ("two", ["2"]),
    ]


@given(st.permutations(["a.md", "b.md", "c/d.md", "c/e.md", "c/f/g.md", "h/i.md"]))
def test_the_faq_does_not_depend_on_the_order_of_reading(paths: list[str]) -> None:
    content = make_content(*map(make_raw, paths))
    assert check(content) == check(make_content(*map(make_raw, sorted(paths))))


def test_drafts_and_categories_of_drafts_are_left_out() -> None:
    faq = check(
        make_content(
            make_raw("a.md"),
            make_raw("b.md", "draft: true"),
            make_raw("soon/c.md", "draft: true"),
            make_raw("some/d.md", "draft: true"),
            make_raw("some/deep/e.md"),
            attachments=["pictures/desk.png"],
        )
    )
    assert shape(faq.top) == ["a", ("some", [("some/deep", ["e"])])]
    assert [attachment.address for attachment in faq.attachments] == ["pictures/desk.png"]


def test_old_addresses_lead_to_their_entries() -> None:
    faq = check(make_content(make_raw("a.md", "moved_from: [old/b, /hc/123]")))
    assert faq.redirects == (("hc/123.html", "a.md"), ("old/b.html", "a.md"))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        *(
            (paths, f'{place}: "{other}" has the address "{address}" too; rename one of them')
            for paths, place, address, other in (
                (["p/Is it.md", "p/is-it.md"], "p/is-it.md", "p/is-it.html", "p/Is it.md"),
                (["caf\u00e9.md", "cafe.md"], "caf\u00e9.md", "cafe.html", "cafe.md"),
                (["Pay/a.md", "pay/b.md"], "pay", "pay/index.html", "Pay"),
                (["a.md", "A map.pdf", "a-map.pdf"], "a-map.pdf", "a-map.pdf", "A map.pdf"),
            )
        ),
        *(
            (
                [path],
                (
                    f"{path}: a file cannot be called {name}: that is the folder's own page; "
                    "rename the file"
                ),
            )
            for path, name in (("index.md", "index.md"), ("pay/Index.MD", "Index.MD"))
        ),
        *(
            (
                [f"{name}.md"],
                (
                    f'{name}.md: the site needs the address "{name.lower()}.html" '
                    "for a page of its own; rename the file"
                ),
            )
            for name in ("All", "search", "404", "page-2", "team/page-12")
        ),
        *(
            (
                [f"{name}/a.md", f"{name}/b.png"],
                (
                    f'{name}: the site needs the folder "{name.lower()}" for its own files; '
                    "rename the folder"
                ),
            )
            for name in ("Assets", "search-text", "search-part")
        ),
    ],
)
def test_an_address_belongs_to_one_file(paths: list[str], expected: str) -> None:
    entries = [
        make_raw(path, question=f"Question {number}?")
        for number, path in enumerate(paths)
        if path.lower().endswith(".md")
    ]
    attachments = [path for path in paths if not path.lower().endswith(".md")]
    found = faults(make_content(*entries, attachments=attachments))
    assert [fault.describe("content") for fault in found] == [f"content/{expected}"]


def test_the_names_of_the_sites_pages_are_free_in_folders() -> None:
    check(make_content(*map(make_raw, ("a/search.md", "a/all.md", "a/404.md", "a/assets/b.md"))))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What is pay?", "what is  PAY"),
        ("Can I work on-site?", "Can I work on site?"),
        ("What's next?", "What\u2019s next?"),
        ("Why \uff21?", "Why a?"),
        ("???", "???"),
    ],
)
def test_no_two_entries_ask_the_same_question(first: str, second: str) -> None:
    entries = [make_raw("a.md", question=first), make_raw("b/c.md", question=second)]
    hint = "keep one of them, and list other wordings under also_asked"
    (fault,) = faults(make_content(*entries))
    assert fault.describe("content") == (f'content/b/c.md:2: "a.md" asks the same question; {hint}')
    assert (fault.kind, fault.about) == (Kind.DUPLICATE_QUESTION, ("a.md",))


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        ("2026-11-01", "2026-10-01", "a.md"),
        ("2026-10-01", "2026-11-01", "b.md"),
        ("2026-11-01", "", "a.md"),
        ("2026-11-01", "2026-11-01", "b.md"),
    ],
)
def test_a_repeated_question_is_marked_on_the_entry_updated_last(
    first: str, second: str, marked: str
) -> None:
    entries = [
        make_raw(path, f"updated: {day}", question="Why?")
        for path, day in (("a.md", first), ("b.md", second))
    ]
    assert [fault.path for fault in faults(make_content(*entries))] == [marked]


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("What of pay/day.md", "write related: [day]"),
        ("/pay/day.html", "write related: [day]"),
        ("https://example.org/faq/pay/day.html#when", "write related: [day]"),
        ("day, pay/visa, What of visa.md?", "write related: [day, pay/visa, visa]"),
        ("pay/dya", 'did you mean "pay/day"?'),
        ("https://example.org/", ""),
    ],
)
def test_an_unknown_reference_has_the_entry_it_means(reference: str, hint: str) -> None:
    others = map(make_raw, ("pay/day.md", "pay/visa.md", "visa.md"))
    entries = [make_raw("a.md", f"related: {reference}"), *others]
    assert [fault.hint for fault in faults(make_content(*entries))] == [hint]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Is it C#?", "Is it C++?"), ("???", "!!!"), ("What is pay?", "What pay?")],
)
def test_questions_with_different_words_are_different(first: str, second: str) -> None:
    check(make_content(make_raw("a.md", question=first), make_raw("b.md", question=second)))


def test_an_answer_must_show_something() -> None:
    content = make_content(make_raw("a.md"))
    (fault,) = faults(content, {"a.md": Answer(parts=("\n",), text="")})
    assert fault.describe("content") == (
        "content/a.md:5: the answer shows nothing; write it, or add the line draft: true"
    )


def test_links_related_and_moved_from_are_all_checked_in_one_run() -> None:
    content = make_content(
        make_raw("a.md", "related: nothing\nmoved_from: ..", question="Why?"),
        make_raw("b.md", question="Why"),
        unreadable=["c.md"],
    )
    answer = make_answer(LinkTarget(path="d/e.md", written="d/e.md", line=9), ElementId(name="f"))
    assert [
        (fault.path, fault.line, fault.message) for fault in faults(content, {"a.md": answer})
    ] == [
        ("a.md", 3, '"related" lists "nothing", which is not an entry'),
        ("a.md", 4, '"moved_from" lists "..", which is not the path of a page'),
        ("a.md", 9, 'the link to "d/e.md" leads nowhere'),
        ("b.md", 2, '"a.md" asks the same question'),
    ]


def test_earlier_problems_fail_too_and_advice_does_not() -> None:
    content = make_content(make_raw("a.md"))
    problems = Problems()
    problems.advise("a.md", 1, Kind.WRONG_HEADING, "could be better")
    validate(content, answers_of(content), problems)
    problems.add("a.md", 1, Kind.WRONG_VALUE, "is wrong")
    with pytest.raises(ContentError) as error:
        validate(content, answers_of(content), problems)
    assert [problem.message for problem in error.value.problems] == ["could be better", "is wrong"]


def test_an_answer_with_a_problem_of_its_own_is_not_called_empty() -> None:
    content = make_content(make_raw("a.md"))
    problems = Problems()
    problems.add("a.md", 4, Kind.LIMIT_EXCEEDED, "the answer is too long")
    with pytest.raises(ContentError) as error:
        validate(content, {"a.md": Answer(parts=(), text="")}, problems)
    assert [problem.message for problem in error.value.problems] == ["the answer is too long"]


@pytest.mark.parametrize("changed", ["", "a.md", "b.md"])
@pytest.mark.parametrize(
    ("front_matter", "questions"),
    [("", ("What?", "What?")), ("moved_from: old/x", ("What?", "Why?"))],
)
def test_a_problem_of_two_files_is_on_the_changed_one_or_the_later_one(
    front_matter: str, questions: tuple[str, str], changed: str
) -> None:
    content = make_content(
        make_raw("a.md", front_matter, question=questions[0]),
        make_raw("b.md", front_matter, question=questions[1]),
    )
    found = faults(content._replace(changed=frozenset({changed})))
    assert [problem.path for problem in found] == [changed or "b.md"]


@pytest.mark.parametrize("changed", ["", "a b.md", "a-b.md"])
def test_an_address_that_two_files_have_is_reported_on_the_changed_one(changed: str) -> None:
    content = make_content(make_raw("a b.md", question="What?"), make_raw("a-b.md"))
    found = faults(content._replace(changed=frozenset({changed})))
    assert [problem.path for problem in found] == [changed or "a-b.md"]
