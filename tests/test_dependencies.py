"""Each dependency is justified, bounded and pinned, and so is what it brings."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.documents import read
from tests.support.product import PROJECT

from .test_workflows import FILES

TABLE = PROJECT / "docs/decisions/0017-dependencies.md"
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
    section = read(TABLE).partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def names(cell: str) -> list[str]:
    """Return the names in backticks, as PyPI compares them."""
    return [canonicalize_name(name) for name in re.findall("`([^`]+)`", cell)]


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
BROUGHT = {
    names(row[0])[0]: set(names(row[-1]))
    for heading in ("What a build needs", "What checks need")
    for row in rows(heading)
}


def closure(package: str, extras: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield what a package brings, on any system, by what is installed here."""
    for line in requires(package) or []:
        need = Requirement(line)
        known = [
            environment | {"extra": extra}
            for environment in ENVIRONMENTS
            for extra in extras | {""}
        ]
        if need.marker is None or any(map(need.marker.evaluate, known)):
            yield canonicalize_name(need.name)
            try:
                yield from closure(need.name, frozenset(need.extras))
            except PackageNotFoundError:
                # Meant for another system.
                continue


def is_installed(package: str) -> bool:
    try:
        requires(package)
    except PackageNotFoundError:
        return False
    return True


def test_each_package_has_a_row_that_says_all() -> None:
    assert BROUGHT.keys() == DIRECT.keys()
    for heading in ("What a build needs", "What checks need"):
        for *cells, _ in rows(heading):
            assert all(cells), cells


@pytest.mark.parametrize("requirement", DIRECT.values(), ids=str)
def test_each_package_is_bounded_above_and_pinned_within(requirement: Requirement) -> None:
    assert {each.operator for each in requirement.specifier} & {"<", "=="}
    assert requirement.specifier.contains(PINNED[canonicalize_name(requirement.name)])


def test_what_packages_bring_is_pinned_and_nothing_else() -> None:
    assert PINNED.keys() == set(DIRECT).union(*BROUGHT.values())
    lines = read(PROJECT / "constraints.txt").splitlines()[1:]
    assert lines == sorted(lines, key=lambda line: re.sub(r"[-_.]", "_", line.lower()))


@pytest.mark.parametrize("package", sorted(filter(is_installed, DIRECT)))
def test_a_row_says_what_the_package_brings(package: str) -> None:
    # pip comes with Python.
    assert set(closure(package)) - DIRECT.keys() - {"pip"} == BROUGHT[package]


def test_what_is_measured_has_a_row_and_is_pinned_exactly() -> None:
    versions = parse_pins(read(PROJECT / "benchmarks/requirements.txt"))
    for folder in ("benchmarks", "tools"):
        versions |= json.loads(read(PROJECT / folder / "package.json"))["dependencies"]
    told = [
        name
        for first, *_ in rows("What benchmarks and page checks need")
        for name in re.findall("`([^`]+)`", first)
    ]
    assert sorted(told) == sorted(versions)
    assert all(re.fullmatch(r"\d+(\.\d+)+", version) for version in versions.values())


def test_each_action_has_a_row() -> None:
    used = set(re.findall(r"uses: ([^@\s]+)@", "".join(map(read, FILES))))
    assert {first.strip("`") for first, *_ in rows("Actions of the workflows")} == used
