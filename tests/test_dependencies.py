"""Each dependency is justified, bounded and pinned, with the packages that it needs itself."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from tests.support.documents import read
from tests.support.product import PROJECT

from .test_workflows import FILES

DECISION = PROJECT / "docs/decisions/0017-dependencies.md"
PYPROJECT = tomllib.loads(read(PROJECT / "pyproject.toml"))
# The systems and the oldest and newest Python that the workflows test.
ENVIRONMENTS = [
    {"sys_platform": system, "platform_system": name, "os_name": os, "python_version": python}
    for system, name, os in (
        ("linux", "Linux", "posix"),
        ("darwin", "Darwin", "posix"),
        ("win32", "Windows", "nt"),
    )
    for python in ("3.11", "3.14")
]


def rows(heading: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the table below a heading."""
    section = read(DECISION).partition(f"## {heading}\n")[2].partition("\n## ")[0]
    for line in [line for line in section.splitlines() if line.startswith("| ")][2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def in_code(cell: str) -> list[str]:
    """Return the names in backticks."""
    return re.findall("`([^`]+)`", cell)


def parse_pins(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in (_.split("==") for _ in lines)}


DIRECT = {
    canonicalize_name(requirement.name): requirement
    for group in (
        PYPROJECT["build-system"]["requires"],
        PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"].values(),
    )
    for requirement in map(Requirement, group)
    if requirement.name != PYPROJECT["project"]["name"]
}
PINNED = parse_pins(read(PROJECT / "constraints.txt"))
PACKAGE_ROWS = [*rows("What a build needs"), *rows("What checks need")]
INDIRECT = {
    canonicalize_name(in_code(first)[0]): set(map(canonicalize_name, in_code(last)))
    for first, *_, last in PACKAGE_ROWS
}


def closure(package: str, extras: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield what a package needs on any system, as far as it is installed here."""
    for need in map(Requirement, requires(package) or []):
        environments = (each | {"extra": extra} for each in ENVIRONMENTS for extra in extras | {""})
        if need.marker is None or any(map(need.marker.evaluate, environments)):
            yield canonicalize_name(need.name)
            if is_installed(need.name):
                yield from closure(need.name, frozenset(need.extras))


def is_installed(package: str) -> bool:
    try:
        requires(package)
    except PackageNotFoundError:
        return False
    return True


def test_each_package_has_a_full_row() -> None:
    assert INDIRECT.keys() == DIRECT.keys()
    assert [row for row in PACKAGE_ROWS if not all(row[:-1])] == []


@pytest.mark.parametrize("requirement", DIRECT.values(), ids=str)
def test_each_package_has_an_upper_bound_and_a_pin_within_it(requirement: Requirement) -> None:
    assert {each.operator for each in requirement.specifier} & {"<", "=="}
    assert requirement.specifier.contains(PINNED[canonicalize_name(requirement.name)])


def test_only_packages_and_their_dependencies_are_pinned() -> None:
    assert PINNED.keys() == set(DIRECT).union(*INDIRECT.values())
    lines = read(PROJECT / "constraints.txt").splitlines()[1:]
    assert lines == sorted(lines, key=lambda line: re.sub(r"[-_.]", "_", line.lower()))


@pytest.mark.parametrize("package", sorted(filter(is_installed, DIRECT)))
def test_a_row_lists_the_dependencies_of_its_package(package: NormalizedName) -> None:
    # pip comes with Python.
    assert set(closure(package)) - DIRECT.keys() - {"pip"} == INDIRECT[package]


def test_each_package_of_the_benchmarks_and_page_checks_has_a_row_and_an_exact_pin() -> None:
    versions = parse_pins(read(PROJECT / "benchmarks/requirements.txt"))
    for folder in ("benchmarks", "tools"):
        versions |= json.loads(read(PROJECT / folder / "package.json"))["dependencies"]
    listed = [
        name
        for first, *_ in rows("What benchmarks and page checks need")
        for name in in_code(first)
    ]
    assert sorted(listed) == sorted(versions)
    assert all(re.fullmatch(r"\d+(\.\d+)+", version) for version in versions.values())


def test_each_action_has_a_row() -> None:
    used = set(re.findall(r"uses: ([^@\s]+)@", "".join(map(read, FILES))))
    assert {first.strip("`") for first, *_ in rows("Actions of the workflows")} == used
