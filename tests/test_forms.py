"""The issue forms and the pull request template: what GitHub accepts, and what they quote."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.support.documents import read
from tests.support.product import PROJECT
from tests.support.sites import SENTENCES

GITHUB = PROJECT / ".github"
# Owners may add forms of their own.
FORMS = {
    name: yaml.safe_load(read(GITHUB / f"ISSUE_TEMPLATE/{name}.yml"))
    for name in ("answer-wrong", "question-missing")
}

# https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests
TOP_KEYS = {"name", "description", "body", "title", "labels", "assignees", "projects", "type"}
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
}
REQUIRED = {"markdown": {"value"}, "dropdown": {"label", "options"}}

forms = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


@forms
def test_a_form_has_only_keys_that_github_accepts(form: dict[str, Any]) -> None:
    assert {"name", "description", "body"} <= form.keys() <= TOP_KEYS
    assert all(is_text(form[key]) for key in form.keys() - {"body"})


@forms
def test_each_field_of_a_form_is_valid(form: dict[str, Any]) -> None:
    for field in form["body"]:
        kind, attributes = field["type"], field["attributes"]
        assert REQUIRED.get(kind, {"label"}) <= attributes.keys() <= ATTRIBUTES[kind]
        assert all(is_text(attributes[key]) for key in attributes.keys() - {"options"})
        options = attributes.get("options", ["one"])
        assert len(set(options)) == len(options) > 0
        assert all(map(is_text, options))
        if kind == "markdown":
            assert field.keys() == {"type", "attributes"}
        else:
            assert field.keys() == {"type", "id", "attributes", "validations"}
            assert re.fullmatch(r"[a-z][a-z_-]*", field["id"])
            assert field["validations"] in ({"required": True}, {"required": False})


@forms
def test_the_fields_of_a_form_differ_and_one_is_required(form: dict[str, Any]) -> None:
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    ids = {field["id"] for field in fields}
    assert len(fields) == len(ids) == len({field["attributes"]["label"] for field in fields})
    assert any(field["validations"]["required"] for field in fields)


def test_people_can_also_open_a_blank_issue() -> None:
    assert yaml.safe_load(read(GITHUB / "ISSUE_TEMPLATE/config.yml")) == {
        "blank_issues_enabled": True
    }


def test_a_form_quotes_the_links_as_they_are_on_a_page() -> None:
    quoted = re.findall('"(.+?)"', read(GITHUB / "ISSUE_TEMPLATE/answer-wrong.yml"))
    assert quoted == ["Wrong: ", SENTENCES["edit"], SENTENCES["copy"]]


def test_the_pull_request_template_asks_about_keys_of_an_entry() -> None:
    text = read(GITHUB / "pull_request_template.md")
    assert re.findall("`(.+?)`", text) == ["updated", "moved_from", "also_asked"]
