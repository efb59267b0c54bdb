"""The same content makes the same bytes, wherever and whenever you build it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.commands.test_cli import tree
from tests.support.documents import write
from tests.support.product import PRODUCT
from tests.support.whole_sites import FULL

# Names and words that a locale might treat differently.
MANY = {
    f"content/größe/\u0131rmak {number} Å.md": f"---\nquestion: İs it {number}?\n---\nIt is, Å.\n"
    for number in range(7)
}

# Changes what a build could ask the system for, before build.py runs.
ANOTHER_DAY = """
import datetime, time

class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls(2031, 2, 28)

class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2031, 2, 28, tzinfo=tz)

datetime.date, datetime.datetime, time.time = Day, Moment, lambda: 1.93e9
"""
BACKWARDS = """
import os

class Backwards:
    def __init__(self, path="."):
        with scandir(path) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
    def __iter__(self):
        return self.entries
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    close = __exit__

scandir, listdir = os.scandir, os.listdir
os.scandir, os.listdir = Backwards, lambda path=".": sorted(listdir(path), reverse=True)
"""
RUN = """
import runpy, sys
before, *sys.argv = sys.argv[1:]
exec(before, {})
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to build that differs from the first build."""

    environment: Mapping[str, str] = field(default_factory=dict)
    python: Sequence[str] = ()
    before: str = ""
    umask: int = 0o022


# Things that must make no difference, several in one build.
WAYS = {
    "another day, in Turkish, in another order": Way(
        before=ANOTHER_DAY + BACKWARDS,
        environment={
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "tr_TR.UTF-8",
            "LANGUAGE": "tr",
            "PYTHONHASHSEED": "4294967295",
        },
        umask=0o077,
    ),
    "in the POSIX locale, in ASCII, optimised": Way(
        environment={"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, python=["-O"]
    ),
}


def build(folder: Path, way: Way, cwd: Path) -> dict[str, bytes]:
    """Build the project in a folder from scratch and return the site."""
    site = folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    run = ["-c", RUN, way.before] if way.before else []
    names = ("content", "static", "output")
    folders = [f"--{name}={site if name == 'output' else folder / name}" for name in names]
    ran = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, *way.python, *run, PRODUCT / "build.py", *folders],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PRODUCT), **way.environment},
        umask=way.umask if os.name == "posix" else -1,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return tree(site)


def make_project(folder: Path) -> Path:
    shutil.copytree(PRODUCT / "static", folder / "static")
    return write(folder, {**FULL, **MANY})


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def first(project: Path) -> dict[str, bytes]:
    """Build the site that the others are compared with."""
    return build(project, Way(environment={"TZ": "UTC", "PYTHONHASHSEED": "0"}), cwd=project)


@pytest.mark.parametrize("way", WAYS)
def test_the_bytes_are_the_same_in_another_folder_with_other_dates(
    way: str, tmp_path: Path, first: dict[str, bytes]
) -> None:
    project = make_project(tmp_path / "another, deeper" / "folder ü")
    for number, path in enumerate(sorted(project.rglob("*"))):
        os.utime(path, (number, 86_400 * number))
    site = build(project, WAYS[way], cwd=tmp_path)
    assert {path for path, content in site.items() if first.get(path) != content} == set()
    assert site.keys() == first.keys()
