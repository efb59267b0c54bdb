"""The search engine in V8: its results, how it understands words, and that it never throws."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py_mini_racer import JSEvalException

from faqsite.audit import engine as asking
from faqsite.model.records import Synonyms
from tests.support.examples import ENGINE_JS, Asked, Engine, make_faq, search_scripts

FAQ: tuple[Asked, ...] = (
    ("", "Who are you?", (), "We make a radio that anyone can listen to."),
    ("location", "Where can I work?", ("wfh", "remote"), "From any office within the region."),
    ("location", "What time zone do you work in?", (), "Central Eastern time, on-call or not."),
    ("location/visa", "Do you sponsor visas?", ("permit",), "Yes, our policies cover permits."),
    ("role", "What technologies do you use?", ("k8s",), "Java, C++ and Kubernetes clusters."),
    ("role", "Is Kubernetes mandatory?", (), "Experience with Kubernetes is required."),
    ("role", "What are the qualifications?", ("requirements",), "Java and scalable systems."),
    ("role", "What are the responsibilities?", (), "Accommodating backends and their timelines."),
    ("inclusion", "Can I get an accommodation?", ("disability",), "Ask during the interview."),
    ("inclusion", "Do you promote diversity?", (), "Yes, constructor or artist, everyone counts."),
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        engine.load(make_faq(*FAQ))
        yield engine


@contextmanager
def loaded(
    *entries: Asked, synonyms: tuple[Synonyms, ...] = (), language: str = "en"
) -> Iterator[Engine]:
    """Yield an engine with the search of some entries."""
    faq = make_faq(*entries, language=language)
    with Engine() as engine:
        engine.load(faq._replace(settings=replace(faq.settings, synonyms=synonyms)))
        yield engine


def questions(engine: Engine, query: str, limit: int = 10) -> list[str]:
    return [hit["question"] for hit in engine.search(query, limit)]


def test_a_hit_has_everything_that_a_result_shows(engine: Engine) -> None:
    (hit,) = engine.search("visas")
    assert hit == {
        "entry": 5,
        "url": "location/visa/do-you-sponsor-visas.html",
        "question": "Do you sponsor visas?",
        "category": "Visa",
        "score": hit["score"],
        "words": ["visa", "visas"],
    }
    assert hit["score"] > 0
    (hit,) = engine.search("radio")
    assert (hit["entry"], hit["url"], hit["category"]) == (0, "who-are-you.html", "")


FIRST = {
    "Do you sponsor visas?": ("visas", "visa", "policy"),
    "Where can I work?": ("WFH?", "work remotely"),
    "What technologies do you use?": ("k8s", "technology", "tech", "c++"),
    "Is Kubernetes mandatory?": ("Is kubernetes mandatory", "kuberentes "),
    "What time zone do you work in?": ("timezone", "time-zone", "oncall"),
    "Can I get an accommodation?": ("accomodations", "disabilty "),
    "Do you promote diversity?": ("constructor",),
    "Who are you?": ("RADIO!",),
}


@pytest.mark.parametrize(
    ("query", "first"), [(query, first) for first, queries in FIRST.items() for query in queries]
)
def test_the_right_entry_comes_first(engine: Engine, query: str, first: str) -> None:
    assert questions(engine, query, 1) == [first]


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("visas", [("visas", "known", "visa")]),
        ("What visas? ", [("what", "known", "what"), ("visas", "known", "visa")]),
        ("visas visas", [("visas", "known", "visa")]),
        ("technology ", [("technology", "beginning", "technolog")]),
        ("technology", [("technology", "beginning", "technolog")]),
        ("policy ", [("policy", "beginning", "polici")]),
        ("tech", [("tech", "typing", "technolog")]),
        ("tech ", [("tech", "unknown", "")]),
        ("c", [("c", "typing", "c++")]),
        ("timezone", [("timezone", "split", "time"), ("timezone", "split", "zone")]),
        ("kuberentes ", [("kuberentes", "corrected", "kubernet")]),
        ("ubernetes ", [("ubernetes", "corrected", "kubernet")]),
        ("jvaa ", [("jvaa", "unknown", "")]),
        ("jva ", [("jva", "unknown", "")]),
        ("jxxa ", [("jxxa", "unknown", "")]),
        ("rqirements ", [("rqirements", "corrected", "requir")]),
        ("whaat ", [("whaat", "unknown", "")]),
        # Two edits never change the first letter.
        ("gonstrustor ", [("gonstrustor", "unknown", "")]),
        ("constrastor ", [("constrastor", "corrected", "constructor")]),
        ("2026 ", [("2026", "unknown", "")]),
        ("salary", [("salary", "unknown", "")]),
        ("?!", []),
        ("", []),
    ],
)
def test_a_word_is_understood(
    engine: Engine, query: str, understood: list[tuple[str, str, str]]
) -> None:
    assert engine.read(query) == understood


def test_the_vocabulary_finds_an_entry_without_making_it_an_answer() -> None:
    faq = make_faq(*FAQ)
    with Engine() as engine:
        engine.load(faq._replace(settings=replace(faq.settings, vocabulary="careers")))
        assert engine.read("prerequisites duties") == [
            ("prerequisites", "related", "qualif"),
            ("duties", "related", "respons"),
        ]
        for query, verdict in (("duties", "closest"), ("visas", "answer"), ("salary", "none")):
            found = engine.run(f"engine.search({json.dumps(query)}, 1)")
            assert found["verdict"] == verdict


def test_function_words_are_never_reported_as_missing() -> None:
    with loaded(("", "Do you sponsor visas?", (), "Would we? Yes.")) as engine:
        found = engine.find("could you please sponsor a visa with me")
        assert (found["verdict"], found["unmentioned"]) == ("answer", [])
        assert engine.find("would you")["hits"]


def test_two_words_find_one_that_joins_them() -> None:
    entries = ("", "Which timezone?", (), "Central."), ("", "On time?", (), "Yes.")
    with loaded(*entries) as engine:
        assert questions(engine, "the time zone") == ["Which timezone?", "On time?"]
        assert engine.read("time zone") == [("time", "known", "time"), ("zone", "known", "timezon")]


VERDICTS = [
    # A query that has enough of a question, or of another way to ask it, has an answer.
    ("visas", "answer", "Do you sponsor visas?", []),
    ("sponsor", "answer", "Do you sponsor visas?", []),
    ("wfh", "answer", "Where can I work?", []),
    ("Is it Kubernetes?", "answer", "Is Kubernetes mandatory?", []),
    ("sponsor visas in Antarctica", "answer", "Do you sponsor visas?", ["Antarctica"]),
    # Words of an answer, or of a category, are only near.
    ("radio", "closest", "Who are you?", []),
    ("inclusion", "closest", "Can I get an accommodation?", []),
    ("radio Salary", "closest", "Who are you?", ["Salary"]),
    ("Food, salary and clusters", "closest", "What technologies do you use?", ["Food", "salary"]),
    ("it support", "none", None, ["support"]),
    # A corrected word alone is a guess.
    ("kuberentes ", "closest", "Is Kubernetes mandatory?", []),
    ("kuberentes mandatory", "answer", "Is Kubernetes mandatory?", []),
    ("kuberentes salaries ", "closest", "Is Kubernetes mandatory?", ["salaries"]),
    # Question words alone have an answer if they are all of a question.
    ("who are you", "answer", "Who are you?", []),
    ("Who, you are?", "answer", "Who are you?", []),
    ("who are", "closest", "Who are you?", []),
    ("where can I", "closest", "Where can I work?", []),
    ("can't you", "closest", "Who are you?", []),
    ("you're", "none", None, []),
    # What nothing mentions is repeated once, as it was first typed.
    ("Dog food, dog FOOD", "none", None, ["Dog", "food"]),
    ("2026 d\u00f6gs", "none", None, ["2026", "d\u00f6gs"]),
    ("", "none", None, []),
    (" ?!", "none", None, []),
]


@pytest.mark.parametrize(("query", "verdict", "first", "unmentioned"), VERDICTS)
def test_a_query_gets_a_verdict(
    engine: Engine, query: str, verdict: str, first: str | None, unmentioned: list[str]
) -> None:
    found = engine.find(query)
    assert found["verdict"] == verdict
    assert found["unmentioned"] == unmentioned
    assert next((hit["question"] for hit in found["hits"]), None) == first


def test_a_word_in_the_form_of_a_question_word_is_mentioned() -> None:
    """Terms of question words do not count in answers, but "wills" is in this one."""
    with loaded(("", "Will I pay?", (), "We help with wills.")) as engine:
        assert engine.find("wills")["unmentioned"] == []
        assert engine.find("testament wills")["unmentioned"] == ["testament"]


def test_question_words_decide_between_entries_with_the_same_content_words(
    engine: Engine,
) -> None:
    assert questions(engine, "where can I work", 1) == ["Where can I work?"]
    assert questions(engine, "what do you work in", 1) == ["What time zone do you work in?"]


@pytest.mark.parametrize(
    ("entries", "query", "first"),
    [
        # The order of the words decides.
        (("Can a friend visit the team?", "Can the team visit a friend?"), "team visit", 1),
        (("Can a friend visit the team?", "Can the team visit a friend?"), "friend visit", 0),
        # The share of the question decides.
        (("Is there lunch on Fridays in Berlin?", "Is there lunch?"), "lunch", 1),
        # A question word decides.
        (("When is lunch?", "Where is lunch?"), "where do we lunch", 1),
        # A contraction of question words decides.
        (("What do I need?", "What don't I need?"), "what don't I need", 1),
    ],
)
def test_the_better_of_two_similar_questions_comes_first(
    entries: tuple[str, ...], query: str, first: int
) -> None:
    with loaded(*(("", question, (), "So it is.") for question in entries)) as engine:
        assert questions(engine, query, 1) == [entries[first]]


QUOTED = [
    ('"time zone"', ["What time zone do you work in?"]),
    ('work "time"', ["What time zone do you work in?"]),
    ("work time", ["What time zone do you work in?", "Where can I work?"]),
    ("\u201ctime zone\u201d", ["What time zone do you work in?"]),
    ("\u00abtime\u00bb work", ["What time zone do you work in?"]),
    ('"spons', ["Do you sponsor visas?"]),
    ('"" region', ["Where can I work?"]),
    # Quotes are ignored if no entry has all the words in them.
    ('"time permit"', ["Do you sponsor visas?", "What time zone do you work in?"]),
    ('"reggion" ', ["Where can I work?"]),
    ('"paris" permit', ["Do you sponsor visas?"]),
]


@pytest.mark.parametrize(("query", "found"), QUOTED)
def test_quoted_words_are_in_every_hit_if_an_entry_has_them(
    engine: Engine, query: str, found: list[str]
) -> None:
    assert sorted(questions(engine, query)) == sorted(found)


def test_an_unmentioned_word_keeps_its_name_without_the_quotes(engine: Engine) -> None:
    assert engine.find('"paris" permit')["unmentioned"] == ["paris"]


@pytest.mark.parametrize(
    ("answer", "query"),
    [
        ("We pay into a 401(k).", "401k"),
        ("We pay into a 401k.", "401(k)"),
        ("Full-time or not.", "fulltime"),
        ("Fulltime or not.", "full-time"),
        ("Fulltime or not.", "full time"),
        ("C# and .NET.", ".net"),
        ("C# and .NET.", "c#"),
        ("The children's room.", "children"),
        ("The boys' room.", "boy's"),
        ("An e-mail.", "e mail"),
        ("You are on call.", "oncall"),
        # Abbreviations with points.
        ("You need a Ph.D. here.", "PhD"),
        ("You need a PhD here.", "ph.d."),
        ("You need a PhD here.", "Ph.D"),
        ("In the U.S. and the E.U.", "US"),
        ("In the US and the EU.", "e.u."),
        # Grouped numbers.
        *((f"It is ${number}.", "1000") for number in ("1,000", "1.000", "1 000", "1\u202f000")),
        ("It is 1,000,000.", "1'000'000"),
        ("It is 12000.", "12,000"),
        # Names in code.
        *(("Call setMaxUploadSize.", name) for name in ("setmaxuploadsize", "setMaxUploadSize")),
        *(("Call setMaxUploadSize.", part) for part in ("max upload size", "upload", "uploads ")),
        ("Call parseHTML.", "html"),
    ],
)
def test_a_word_is_found_however_it_is_written(answer: str, query: str) -> None:
    with loaded(("", "What?", (), answer), ("", "Who?", (), "You.")) as engine:
        found = engine.find(query)
        assert [hit["question"] for hit in found["hits"]] == ["What?"]
        assert found["unmentioned"] == []


@pytest.mark.parametrize(
    ("question", "query", "verdict"),
    [
        ("What does IT do?", "IT", "answer"),
        ("What does IT do?", "it support", "answer"),
        ("Who is WHO?", "who", "answer"),
        # A question in capitals has no abbreviations.
        ("WHAT DOES IT DO?", "it", "closest"),
        ("What does it do?", "IT", "closest"),
    ],
)
def test_an_abbreviation_that_looks_like_a_question_word_counts(
    question: str, query: str, verdict: str
) -> None:
    with loaded(("", question, (), "Laptops."), ("", "Is lunch free?", (), "Yes.")) as engine:
        assert engine.find(query)["verdict"] == verdict
        assert questions(engine, query, 1) == [question]


NOT_CORRECTED = [
    ("part ", "Is there art?"),
    ("take ", "Can I make it?"),
    ("dogs ", "What does it cost?"),
    ("sick ", "May I pick it?"),
    ("whet ", "When is it?"),
    ("relocation ", "Is a location re-used?"),
    ("days off ", "Where is the office?"),
    ("2026 ", "Is it in 2025?"),
]


@pytest.mark.parametrize(("query", "question"), NOT_CORRECTED)
def test_a_word_is_not_mistaken_for_another(query: str, question: str) -> None:
    with loaded(("", question, (), "So it is.")) as engine:
        assert {how for _, how, _ in engine.read(query)} == {"unknown"}
        assert engine.find(query)["unmentioned"] == query.split()


@pytest.mark.parametrize(
    ("query", "text", "how", "forms"),
    [
        ("oncall ", "Who is on call?", "split", ["on", "call"]),
        ("401k ", "Is a 401 (k) paid?", "split", ["401", "k"]),
        ("homeoffice ", "Is a home office paid?", "split", ["home", "office"]),
        ("ocation ", "Which location?", "corrected", ["location"]),
        ("loction ", "Which location?", "corrected", ["location"]),
        ("paart ", "Which part?", "corrected", ["part"]),
        ("qart ", "Which part?", "unknown", [""]),
        # A word that the content has is not completed.
        ("part", "Which part? Which partner?", "known", ["part"]),
        ("partn", "Which part? Which partner?", "typing", ["partner"]),
    ],
)
def test_a_word_is_read_in_the_way_that_fits(
    query: str, text: str, how: str, forms: list[str]
) -> None:
    with loaded(("", text, (), "Yes.")) as engine:
        read = engine.run(f"engine.read({json.dumps(query)})")
        assert [(each["how"], each["form"]) for each in read] == [(how, form) for form in forms]


SYNONYMS = (
    Synonyms(asked=("remote", "working from home"), meant=("telecommuting",), line=1),
    Synonyms(asked=("visa", "permit"), meant=("visa", "permit"), line=2),
    Synonyms(asked=("pet",), meant=("guide dog",), line=3),
)
ASKED_OTHERWISE: tuple[Asked, ...] = (
    ("", "Is there telecommuting?", (), "Yes."),
    ("", "Can I come back?", (), "Your home is here."),
    ("", "Do I need a permit?", (), "Yes."),
    ("", "Who pays for a visa?", (), "We do."),
    ("", "May I bring a dog?", (), "Only with a guide."),
    ("", "Is there a guide?", (), "Yes."),
)


@pytest.mark.parametrize(
    ("query", "first", "how"),
    [
        ("remote ", "Is there telecommuting?", "synonym"),
        ("working from home ", "Is there telecommuting?", "synonym"),
        ("telecommuting ", "Is there telecommuting?", "known"),
        ("permits ", "Do I need a permit?", "beginning"),
        ("visa", "Who pays for a visa?", "known"),
        ("pet", "May I bring a dog?", "synonym"),
    ],
)
def test_a_synonym_finds_what_it_means(query: str, first: str, how: str) -> None:
    with loaded(*ASKED_OTHERWISE, synonyms=SYNONYMS) as engine:
        assert questions(engine, query, 1) == [first]
        assert engine.read(query)[0][1] == how


def test_a_synonym_weighs_less_than_the_word_and_can_be_one_way() -> None:
    with loaded(*ASKED_OTHERWISE, synonyms=SYNONYMS) as engine:
        assert questions(engine, "permit") == ["Do I need a permit?", "Who pays for a visa?"]
        assert questions(engine, "visa") == ["Who pays for a visa?", "Do I need a permit?"]
        assert questions(engine, "dog") == ["May I bring a dog?"]
        (hit,) = engine.search("pet")
        assert hit["words"] == ["guide", "dog"]


def test_the_words_to_mark_are_forms_of_the_terms_found(engine: Engine) -> None:
    (hit, *_) = engine.search("what accomodation in an interview")
    assert hit["words"] == ["accommodating", "accommodation", "interview"]


def test_hits_come_best_first_and_equal_ones_in_the_editors_order(engine: Engine) -> None:
    hits = engine.search("inclusion")
    assert [hit["entry"] for hit in hits] == [1, 2]
    scores = [hit["score"] for hit in engine.search("java kubernetes work visas")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 6


def test_all_entries_found_are_listed_however_few_are_ranked(engine: Engine) -> None:
    assert len(engine.search("work", 2)) == 2
    everything = sorted(hit["entry"] for hit in engine.run('engine.search("work", Infinity).hits'))
    assert engine.run('engine.search("work", 2).all') == everything
    assert engine.run('engine.search("").all') == []


def test_the_best_hits_do_not_depend_on_the_limit() -> None:
    chance = random.Random(1)  # noqa: S311  # Only that tests repeat matters.
    texts = ["java", "work", "visa"]
    entries = (("", f"Question {n}?", (), chance.choice(texts)) for n in range(300))
    with loaded(*entries) as engine:
        whole = engine.run('engine.search("java visa", Infinity).hits')
        assert [(-hit["score"], hit["entry"]) for hit in whole] == sorted(
            (-hit["score"], hit["entry"]) for hit in whole
        )
        for limit in (1, 2, 7, 250):
            assert engine.search("java visa", limit) == whole[:limit]


NO_LIMITS = ("0", "-1", "NaN", "null", "'3'", "3n", "Symbol()", "{}")


@pytest.mark.parametrize(
    ("limit", "number"),
    [("undefined", 10), ("2", 2), ("2.7", 2), ("Infinity", 10), *((no, 0) for no in NO_LIMITS)],
)
def test_odd_limits_are_handled(engine: Engine, limit: str, number: int) -> None:
    query = "java kubernetes work visa radio diversity accommodation responsibilities"
    assert len(engine.run(f"engine.search('{query}', {limit}).hits")) == number


NO_TEXTS = ("undefined", "null", "42", "{}", "Object.create(null)", "Symbol()", "[['java']]")


@pytest.mark.parametrize("text", [*NO_TEXTS, "{toString() { throw 1 }}"])
def test_a_value_that_is_not_text_counts_as_empty(engine: Engine, text: str) -> None:
    made = f"[engine.search({text}), engine.read({text}), FaqEngine.words({text})]"
    nothing = {"verdict": "none", "hits": [], "unmentioned": [], "all": [], "missing": []}
    assert engine.run(made) == [nothing, [], []]


ODD = [
    "\ud800",
    "java\udc00 \ud83d",
    "\x00\x01\x1b",
    "\U0001f642\U0001f469\u200d\U0001f4bb\u2764\ufe0f",
    "__proto__",
    "constructor toString hasOwnProperty valueOf",
    "status: -java +work ~5 *",
    "c++ c# .net 'quoted\" \\ ",
    "a" * 10_000,
    "a " * 5_000,
    "e" + "\u0316\u0301" * 5_000,
    "東京" * 5_000,
    " ".join(f"kubernetse{number}" for number in range(700)),
    *(chr(code) * 2 for code in range(32, 127)),
]


@pytest.mark.parametrize("query", ODD)
def test_odd_queries_do_not_throw(engine: Engine, query: str) -> None:
    assert isinstance(engine.search(query), list)
    assert isinstance(engine.read(query), list)


def test_only_the_first_32_distinct_words_count(engine: Engine) -> None:
    many = " ".join(f"zz{'abcdefghijklmnopqrstuvwxyz'[n % 26]}{n}" for n in range(31))
    assert len(engine.read(f"{many} {many} radio visas ")) == 32
    assert questions(engine, f"{many} {many} radio visas ") == ["Who are you?"]


@given(words=st.lists(st.text("abefgs\u6771\u4eac\U00010428+", min_size=1), min_size=1, max_size=9))
def test_every_form_in_the_content_is_known(engine: Engine, words: list[str]) -> None:
    text = " ".join(words)
    script = search_scripts(make_faq(("", f"Why {text}?", (), f"{text}s")))["search-index.js"]
    index = script.removeprefix("FaqEngine.index = ").removesuffix(";\n")
    understood = engine.run(f"FaqEngine.open({index}).read({json.dumps(text + ' ')})")
    assert {each["how"] for each in understood} <= {"known"}  # "+" alone is not a word.


@pytest.mark.parametrize("other", ["de", "ja", ""])
def test_other_languages_have_no_question_words_and_no_stems(other: str) -> None:
    with loaded(("", "What works?", (), "Work."), language=other) as engine:
        assert questions(engine, "what") == ["What works?"]
        assert engine.read("work ") == [("work", "known", "work")]


@pytest.mark.parametrize(
    "index", ["undefined", "null", "1", '"text"', "{}", "[]", "{format: 1}", "{format: 2}"]
)
def test_a_value_that_is_not_an_index_is_refused(engine: Engine, index: str) -> None:
    with pytest.raises(JSEvalException, match=r"Error: not a search index of format 2\n"):
        engine.run(f"FaqEngine.open({index})")


def test_an_index_without_a_key_is_refused(engine: Engine) -> None:
    optional = {"build", "language", "texts"}
    for key in set(engine.run("Object.keys(FaqEngine.index)")) - optional:
        with pytest.raises(JSEvalException, match=r"Error: not a search index of format 2\n"):
            engine.run(f"FaqEngine.open({{...FaqEngine.index, {key}: undefined}})")


def test_shared_values_come_from_the_index(
    engine: Engine,
) -> None:
    """Use other question words, and an index in which no question is compared."""
    index = "{...FaqEngine.index, question_words: 'visas', most_titles: 0}"
    asked = engine.run(f"((other) => ['visas', 'what'].map(other.asks))(FaqEngine.open({index}))")
    assert asked == [False, True]
    query = json.dumps("kubernetes mandatory")
    scores = [
        engine.run(
            f"FaqEngine.open({{...FaqEngine.index, most_titles: {most}}}).search({query}).hits"
        )
        for most in (500, 0)
    ]
    assert scores[0][0]["score"] > scores[1][0]["score"]


def test_files_can_load_before_the_engine() -> None:
    with asking.Engine("var FaqEngine = {index: 1, text: {2: 3}};" + ENGINE_JS) as engine:
        names = "FaqEngine.index, FaqEngine.text, FaqEngine.part, typeof FaqEngine.open"
        assert engine.run(f"[{names}]") == [1, {"2": 3}, {}, "function"]


def test_the_engine_is_one_global(engine: Engine) -> None:
    names = engine.run("Object.keys(FaqEngine).sort()")
    assert names == ["index", "open", "opening", "part", "text", "words"]
    assert engine.run("[FaqEngine.text, FaqEngine.part]") == [{}, {}]
    assert engine.run("Object.keys(engine)") == ["search", "read", "asks", "missing", "add"]


@pytest.mark.parametrize(
    "text",
    ["", "?!", "how do I", "don't I", "can't you", "I'm", "you're", "what's", "isn't it"],
)
def test_question_words_alone_ask_for_nothing(engine: Engine, text: str) -> None:
    asked = [text, f"{text} visa", f"{text} salary"]
    assert engine.run(f"{json.dumps(asked)}.map(engine.asks)") == [False, True, True]
