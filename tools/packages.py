"""The npm packages of the page checks, at the versions in package.json."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_INSTALLED = _HERE.parent / ".venv/npm"


class MissingError(Exception):
    """A program is missing, or cannot be installed."""


def program(name: str) -> str:
    """Return the path of a program. Raises MissingError."""
    found = shutil.which(name)
    if not found:
        raise MissingError(f"{name} is missing")
    return found


def package(name: str) -> Path:
    """Return the folder of a package, after installing it in .venv/npm. Raises MissingError."""
    pinned = json.loads((_HERE / "package.json").read_text(encoding="utf-8"))
    wanted = f"{name}@{pinned['dependencies'][name]}"
    prefix = _INSTALLED / wanted
    folder = prefix / "node_modules" / name
    if not folder.exists():
        sys.stderr.write(f"Installing {wanted}\n")
        prefix.mkdir(parents=True, exist_ok=True)
        # None of these packages needs its install scripts.
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--silent"]
        command = [program("npm"), "install", "--prefix", str(prefix), *options, wanted]
        if subprocess.run(command, stdout=sys.stderr, check=False).returncode:  # noqa: S603 (a fixed command)
            shutil.rmtree(prefix)
            raise MissingError(f"npm could not install {wanted}")
    return folder
