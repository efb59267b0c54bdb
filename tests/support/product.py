"""The product without the owner's files: all tests build with it, so none depends on her site."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from faqsite.audit import changes
from faqsite.commands import console

PROJECT = Path(__file__).parent.parent.parent

_OWNED = tuple(
    os.path.normcase(PROJECT / place) + os.sep
    for place in ("content", "static/brand.css", "static/brand", "templates/brand")
)
_EMPTY = ("static/brand.css", *(f"templates/brand/{x}.html" for x in ("footer", "head", "header")))


def _is_owned(path: str) -> bool:
    return f"{os.path.normcase(path)}{os.sep}".startswith(_OWNED)


def _copy_product() -> Path:
    """Copy the program, its templates and its static files into a new folder."""
    folder = Path(tempfile.mkdtemp(prefix="faqsite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    def skip_owned(parent: str, names: list[str]) -> set[str]:
        return {name for name in names if _is_owned(f"{parent}{os.sep}{name}")}

    for name in ("faqsite", "static", "templates"):
        shutil.copytree(PROJECT / name, folder / name, ignore=skip_owned)
    shutil.copy2(PROJECT / "build.py", folder)
    (folder / "templates/brand").mkdir()
    for name in _EMPTY:
        (folder / name).touch()
    return folder


PRODUCT = _copy_product()
"""A copy of the project as a new owner gets it, without content."""


def use_product() -> None:
    """Make the commands of this process use the templates and static files of the product."""
    vars(console)["_PROJECT"] = PRODUCT
    vars(changes)["_TEMPLATES"] = PRODUCT / "templates"


def guard_owned() -> None:
    """Make it an error to read the owner's files, or to start a program that reads them."""
    sys.addaudithook(_check)


def _check(event: str, given: tuple[object, ...]) -> None:
    if event in {"open", "os.listdir", "os.scandir"}:
        path = str(given[0])
        # A relative path may be inside a folder that is being removed, or the name of a template.
        if Path(path).is_absolute() and _is_owned(path):
            message = f"{path} is the owner's; build with tests.support.product.PRODUCT"
            raise AssertionError(message)
    elif event == "subprocess.Popen":
        _, command, folder, environment = given
        runs_program = str(PROJECT / "build.py") in str(command)
        runs_code = "'-c'" in str(command) and str(folder) == str(PROJECT)
        if runs_program or runs_code or f"'PYTHONPATH': '{PROJECT}'" in str(environment):
            message = "this reads the owner's places; run what is in tests.support.product.PRODUCT"
            raise AssertionError(message)
