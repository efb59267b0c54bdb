"""Scripts with shorter names: which become shorter, and which stay."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqsite.asking import Engine
from faqsite.shortening import with_short_names


@pytest.mark.parametrize(
    ("script", "shortened"),
    [
        ("const count=1;let total=count;", "const a=1;let b=a;"),
        ("const [first,,last]=list;", "const [a,,b]=list;"),
        ("const add=(one,[two],...rest)=>one+two+rest;", "const d=(a,[b],...c)=>a+b+c;"),
        ("const twice=number=>number*2;", "const b=a=>a*2;"),
        ("(count=3,total)=>count+total", "(a=3,b)=>a+b"),
        # What is used most is shortest, and no name is one that is there.
        ("const a=1,more=2;let most=more+more+a;", "const a=1,more=2;let b=more+more+a;"),
        ("const do1=1;const abc=a;", "const b=1;const c=a;"),
        # What stands in a template is code.
        ("const name=1;`name ${name} name`", "const a=1;`name ${a} name`"),
        # Texts and patterns stay.
        (
            "const name=1;f('name',\"name\",/name[/]name/g)",
            "const a=1;f('name',\"name\",/name[/]name/g)",
        ),
        ("const half=1;x=half/half/half", "const a=1;x=a/a/a"),
        # So does what is, or may be, the name of a property, or of the browser.
        ("const size=1;x.size=size", "const size=1;x.size=size"),
        ("const size=1;x={size:2}", "const size=1;x={size:2}"),
        ("const size=1;x={size}", "const size=1;x={size}"),
        ("const size=1;x={one,size}", "const size=1;x={one,size}"),
        ("const {size,width=2}=x;", "const {size,width=2}=x;"),
        ("const size=1;x={get size(){return 2}}", "const size=1;x={get size(){return 2}}"),
        ("const size=1;x={size(){return 2}}", "const size=1;x={size(){return 2}}"),
        ("document.title=window", "document.title=window"),
        ("const old=1;x=[...old]", "const a=1;x=[...a]"),
    ],
)
def test_names_that_are_nobody_elses_are_shorter(script: str, shortened: str) -> None:
    assert with_short_names(f"{{{script}}}") == f"{{{shortened}}}"


def test_a_name_that_other_scripts_see_stays() -> None:
    script = "const shared=1;{const own=shared;let shared=2}"
    assert with_short_names(script) == "const shared=1;{const a=shared;let shared=2}"


def test_no_name_becomes_a_word_of_the_language() -> None:
    names = [f"name{number}" for number in range(800)]
    script = "".join(f"const {name}={number};" for number, name in enumerate(names))
    sum_of_all = "+".join(names)
    engine = Engine("")
    try:
        shortened = with_short_names(f"{{{script}{sum_of_all}}}")
        assert engine.run(f"eval({json.dumps(shortened)})") == 319_600
    finally:
        engine.close()


@given(st.text("abc const let=>()[]{},.:;'\"`/$\\\n"))
def test_whatever_a_script_holds_it_comes_out(script: str) -> None:
    with_short_names(script)
