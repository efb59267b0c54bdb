"""The modules import only those above them, in the order that the architecture gives."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
ORDER = re.findall(
    r"^\| `(\w+)` \|", (PROJECT / "docs/architecture.md").read_text(encoding="utf-8"), re.MULTILINE
)
MODULES = sorted(path.stem for path in (PROJECT / "faqsite").glob("[!_]*.py"))


def imports(module: str) -> set[str]:
    """Return the modules of the generator that a module imports."""
    tree = ast.parse((PROJECT / "faqsite" / f"{module}.py").read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("faqsite.")}


def test_the_architecture_names_every_module_once() -> None:
    assert sorted(ORDER) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_those_above_it(module: str) -> None:
    assert imports(module) <= set(ORDER[: ORDER.index(module)])


def test_only_one_module_knows_lunrs_index_and_one_its_stemmer() -> None:
    knowing = {
        path.stem: re.findall(
            r"^(?:from|import) (lunr[.\w]*)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        for path in (PROJECT / "faqsite").glob("*.py")
    }
    assert {module for module, names in knowing.items() if names} == {"vectors", "words"}
    assert knowing["words"] == ["lunr.stemmer"]
