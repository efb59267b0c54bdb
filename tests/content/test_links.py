from __future__ import annotations

import pytest

from faqsite.content.links import Places, check_links, find_places, resolve_related
from faqsite.model.problems import Kind, Problem, Problems
from faqsite.model.records import ElementId, LinkTarget, RawEntry
from tests.support.contents import make_answer, make_content, make_raw, told

OTHERS = (
    make_raw("start.md"),
    make_raw("pay/visa.md"),
    make_raw("pay/What is pay (gross).md"),
    make_raw("pay/bonus.md", "draft: true"),
    make_raw("team/visa.md"),
    make_raw("team/remote/where.md"),
    make_raw("drafts/soon.md", "draft: true"),
)


def places(*entries: RawEntry, problems: Problems | None = None) -> Places:
    content = make_content(
        *entries,
        *OTHERS,
        attachments=["team/Our Map.pdf", "pictures/desk.png"],
        unreadable=["broken/bad.md"],
    )
    published = [entry for entry in content.entries if not entry.draft]
    answers = {
        entry.path: make_answer("<p id=", ElementId(name="abroad"), ">An answer.</p>")
        for entry in published
    }
    return find_places(content, published, answers, problems or Problems())


def check(path: str, fragment: str = "", written: str = "") -> list[Problem]:
    """Return the problems of two such links on a line of team/time-zone.md."""
    entry = make_raw("team/time-zone.md")
    problems = Problems()
    link = LinkTarget(path=path, fragment=fragment, written=written, line=7)
    check_links(entry, make_answer("<a href=", link, "><a href=", link), places(entry), problems)
    return problems.found


@pytest.mark.parametrize(
    ("path", "fragment"),
    [
        ("start.md", ""),
        ("pay/visa.md", "abroad"),
        ("team/time-zone.md", "abroad"),
        ("team/Our Map.pdf", "page=3"),
        ("team", ""),
        ("team/remote", ""),
        ("", ""),
        ("broken/bad.md", "anything"),
        ("broken", ""),
    ],
)
def test_a_link_may_lead_to_anything_published_or_not_readable_yet(
    path: str, fragment: str
) -> None:
    assert check(path, fragment) == []


DRAFT = "leads to a draft; publish the draft, or remove the link"
NO_HEADING = "leads to a heading that does not exist"


@pytest.mark.parametrize(
    ("written", "path", "message"),
    [
        ("../pay/vsia.md", "pay/vsia.md", 'leads nowhere; did you mean "../pay/visa.md"?'),
        ("/pay/vsia.md", "pay/vsia.md", 'leads nowhere; did you mean "../pay/visa.md"?'),
        ("../team/Visa.md", "team/Visa.md", 'leads nowhere; did you mean "visa.md"?'),
        ("VISA.MD", "team/VISA.MD", 'leads nowhere; did you mean "visa.md"?'),
        ("../PAY/VISA.MD", "PAY/VISA.MD", 'leads nowhere; did you mean "../pay/visa.md"?'),
        ("visa", "team/visa", 'leads nowhere; did you mean "visa.md"?'),
        ("remote/start.md", "team/remote/start.md", 'leads nowhere; did you mean "../start.md"?'),
        ("../remot", "remot", 'leads nowhere; did you mean "remote/"?'),
        ("../pay/desk.md", "pay/desk.md", "leads nowhere"),
        (
            "../pay/What is pay.md",
            "pay/What is pay.md",
            'leads nowhere; did you mean "../pay/What%20is%20pay%20%28gross%29.md"?',
        ),
        ("../pictures/", "pictures", "leads nowhere"),
        ("../xyz", "xyz", "leads nowhere"),
        ("../pay/bonus.md", "pay/bonus.md", DRAFT),
        ("/drafts/", "drafts", DRAFT),
        (
            "../pay/visa.md#Aboard",
            "pay/visa.md#aboard",
            f'{NO_HEADING}; did you mean "#abroad"?',
        ),
        ("#aboard", "team/time-zone.md#aboard", f'{NO_HEADING}; did you mean "#abroad"?'),
        ("#visa", "team#visa", NO_HEADING),
        ("/#visa", "#visa", NO_HEADING),
    ],
)
def test_a_link_that_leads_nowhere_is_reported_with_the_nearest_place(
    written: str, path: str, message: str
) -> None:
    path, _, fragment = path.partition("#")
    assert [problem.describe("content") for problem in check(path, fragment, written)] == [
        f'content/team/time-zone.md:7: the link to "{written}" {message}'
    ]


@pytest.mark.parametrize(
    ("written", "path", "message"),
    [
        ("visa.png", "team/visa.png", 'picture "visa.png" beside this answer; UPLOAD'),
        ("/visa.png", "visa.png", 'picture "/visa.png"; upload it into the content folder'),
        (
            "our-map.pdf",
            "team/our-map.pdf",
            'PDF "our-map.pdf" beside this answer; write Our%20Map.pdf, or UPLOAD',
        ),
        (
            "Desk.png",
            "team/Desk.png",
            'picture "Desk.png" beside this answer; write ../pictures/desk.png, or UPLOAD',
        ),
    ],
)
def test_a_missing_picture_or_pdf_is_reported_with_the_folder_to_upload_it_into(
    written: str, path: str, message: str
) -> None:
    message = message.replace("UPLOAD", 'upload it into the folder "team"')
    assert [problem.describe("content") for problem in check(path, "", written)] == [
        f"content/team/time-zone.md:7: there is no {message}"
    ]


def test_links_to_headings_of_a_faulty_answer_are_not_reported() -> None:
    entry = make_raw("team/time-zone.md")
    noted = Problems()
    noted.add("pay/visa.md", 5, Kind.LIMIT_EXCEEDED, "the answer is too long")
    noted.advise("start.md", 5, Kind.WRONG_HEADING, "could be better")
    problems = Problems()
    links = [
        LinkTarget(path=path, fragment="gone", written=f"/{path}#gone", line=7)
        for path in ("pay/visa.md", "start.md")
    ]
    check_links(entry, make_answer(*links), places(entry, problems=noted), problems)
    assert [problem.message for problem in problems.found] == [
        'the link to "/start.md#gone" leads to a heading that does not exist'
    ]


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ("start", "start.md"),
        ("pay/visa", "pay/visa.md"),
        ("/pay/visa.md", "pay/visa.md"),
        ("where", "team/remote/where.md"),
        ("What is pay (gross)", "pay/What is pay (gross).md"),
        ("what-is-pay-gross", "pay/What is pay (gross).md"),
        ("pay/what-is-pay-gross", "pay/What is pay (gross).md"),
    ],
)
def test_related_lists_an_entry_by_its_path_or_the_last_part_of_it(
    reference: str, path: str
) -> None:
    entry = make_raw("team/time-zone.md", f"related: {reference}")
    problems = Problems()
    assert resolve_related([entry], places(entry), problems) == {entry.path: (path,)}
    assert not problems.found


def test_a_whole_path_wins_over_the_last_part_of_another() -> None:
    entry = make_raw("team/time-zone.md", "related: where")
    top = make_raw("where.md")
    related = resolve_related([entry], places(entry, top), Problems())
    assert related == {entry.path: ("where.md",)}


@pytest.mark.parametrize(
    ("written", "kind", "about", "message"),
    [
        (
            "wehre",
            Kind.UNKNOWN_ENTRY,
            ("wehre",),
            '"wehre", which is not an entry; did you mean "where"?',
        ),
        (
            "pay/vsia",
            Kind.UNKNOWN_ENTRY,
            ("pay/vsia",),
            '"pay/vsia", which is not an entry; did you mean "pay/visa"?',
        ),
        ("colours", Kind.UNKNOWN_ENTRY, ("colours",), '"colours", which is not an entry'),
        (
            "visa",
            Kind.AMBIGUOUS_ENTRY,
            ("pay/visa.md", "team/visa.md"),
            '"visa", which is the name of 2 entries; write "pay/visa" or "team/visa"',
        ),
        (
            "bonus",
            Kind.DRAFT_NAMED,
            ("bonus", "pay/bonus.md"),
            '"bonus", which is a draft; publish the draft, or remove the reference',
        ),
        (
            "time-zone",
            Kind.NEEDLESS_REFERENCE,
            ("time-zone",),
            '"time-zone", which is this entry itself; remove it',
        ),
        (
            "[where, start, team/remote/where]",
            Kind.NEEDLESS_REFERENCE,
            ("team/remote/where",),
            '"team/remote/where" twice; remove one',
        ),
        (
            "[bad, broken/bad]",
            Kind.NEEDLESS_REFERENCE,
            ("broken/bad",),
            '"broken/bad" twice; remove one',
        ),
    ],
)
def test_a_reference_that_does_not_mean_one_other_entry_is_reported(
    written: str, kind: Kind, about: tuple[str, ...], message: str
) -> None:
    entry = make_raw("team/time-zone.md", f"related: {written}")
    problems = Problems()
    resolve_related([entry], places(entry), problems)
    assert told(problems) == [f'content/team/time-zone.md:3: "related" lists {message}']
    assert [(problem.kind, problem.about) for problem in problems.found] == [(kind, about)]
