"""The forms of GitHub's for the staff, by what GitHub says that a form holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.product import PROJECT
from tests.support.sites import SENTENCES

FOLDER = PROJECT / ".github/ISSUE_TEMPLATE"
# An owner's own forms are the owner's.
FORMS = [FOLDER / name for name in ("answer-wrong.yml", "question-missing.yml")]

# https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests
TOP = {"name", "description", "body", "title", "labels", "assignees", "projects", "type"}
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
    "checkboxes": {"label", "description", "options"},
}
NEEDED = {
    "markdown": {"value"},
    "dropdown": {"label", "options"},
    "checkboxes": {"label", "options"},
}


def parse(path: Path) -> Any:  # noqa: ANN401 (YAML)
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


forms = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


@forms
def test_a_form_has_a_name_a_description_and_a_body_and_no_key_that_github_refuses(
    path: Path,
) -> None:
    form = parse(path)
    assert {"name", "description", "body"} <= form.keys() <= TOP
    assert all(is_text(form[key]) for key in form.keys() - {"body"})
    assert isinstance(form["body"], list)


@forms
def test_each_part_of_a_form_is_one_that_github_knows(path: Path) -> None:
    for part in parse(path)["body"]:
        kind, attributes = part["type"], part["attributes"]
        assert part.keys() <= {"type", "id", "attributes", "validations"}
        assert NEEDED.get(kind, {"label"}) <= attributes.keys() <= ATTRIBUTES[kind]
        assert all(is_text(attributes[key]) for key in attributes.keys() - {"options", "multiple"})
        options = attributes.get("options", ["one"])
        assert options
        assert len(set(options)) == len(options)
        assert all(map(is_text, options))
        if kind == "markdown":
            assert part.keys() == {"type", "attributes"}
        else:
            assert re.fullmatch(r"[a-z][a-z_-]*", part["id"])
            assert list(part["validations"]) == ["required"]
            assert isinstance(part["validations"]["required"], bool)


@forms
def test_the_parts_of_a_form_are_told_apart_and_something_is_asked_for(path: Path) -> None:
    asked = [part for part in parse(path)["body"] if part["type"] != "markdown"]
    for names in ([part["id"] for part in asked], [part["attributes"]["label"] for part in asked]):
        assert len(set(names)) == len(names)
    assert any(part["validations"]["required"] for part in asked)


def test_forms_have_names_of_their_own() -> None:
    assert [parse(path)["name"] for path in FORMS] == [
        "An answer is wrong",
        "A question is missing",
    ]


def test_what_fits_no_form_can_still_be_said() -> None:
    assert parse(FOLDER / "config.yml") == {"blank_issues_enabled": True}


def test_what_a_form_names_of_a_page_stands_there() -> None:
    text = (FOLDER / "answer-wrong.yml").read_text(encoding="utf-8")
    quoted = [name for name in re.findall('"(.+?)"', text) if name != "Wrong: "]
    assert quoted == [SENTENCES["edit"], SENTENCES["copy"]]


def test_the_keys_that_a_pull_request_is_asked_about_are_keys_of_an_entry() -> None:
    text = (PROJECT / ".github/pull_request_template.md").read_text(encoding="utf-8")
    assert re.findall("`(.+?)`", text) == ["updated", "moved_from", "also_asked"]
