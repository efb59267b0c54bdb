"""Modules, and parts of the script, import only those above them, as the architecture has them."""

from __future__ import annotations

import ast
import re

import pytest

from .product import PROJECT

SECTIONS = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8").split("\n## ")
PART_ORDER, ORDER = (
    re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    for section in SECTIONS
    if section.startswith(("The script of the pages\n", "Modules\n"))
)
PARTS = {
    path.stem: path.read_text(encoding="utf-8") for path in (PROJECT / "static/js/page").glob("*")
}
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


def shared_names(part: str) -> set[str]:
    """Return the names that a part of the script adds to the scope that all have."""
    declared = re.findall(
        r"^(?:export )?(?:const|let) (\{[^}]*\}|[\w, ]+?)(?: =|;)", PARTS[part], re.MULTILINE
    )
    return set(re.findall(r"\w+", " ".join(declared)))


def imported_names(part: str) -> dict[str, str]:
    """Return what a part of the script imports, by name, and from which other."""
    statements = re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.js";', PARTS[part], re.MULTILINE)
    return {name: other for names, other in statements for name in re.findall(r"\w+", names)}


def test_the_architecture_names_every_part_of_the_script_once() -> None:
    assert sorted(PART_ORDER) == sorted(PARTS)


@pytest.mark.parametrize("part", PART_ORDER)
def test_a_part_of_the_script_imports_from_those_above_it_what_it_uses_and_no_more(
    part: str,
) -> None:
    above = PART_ORDER[: PART_ORDER.index(part)]
    exported = {name: other for other in above for name in shared_names(other)}
    imported = imported_names(part)
    assert imported.items() <= exported.items()
    comments = r"/\*.*?\*/|//[^\n]*|^import [^;]*;"
    code = re.sub(comments, "", PARTS[part], flags=re.DOTALL | re.MULTILINE).replace("...", " ")
    code = re.sub(r'"[^"\n]*"', "", code)
    used = set(re.findall(r"(?<![.\w])\w+\b(?!:)", code))
    others = set().union(*(shared_names(other) for other in PARTS if other != part))
    assert used & others == set(imported)


def test_no_two_parts_of_the_script_share_a_name_by_chance() -> None:
    names = [name for part in PARTS for name in shared_names(part)]
    assert len(names) == len(set(names)) > 50
