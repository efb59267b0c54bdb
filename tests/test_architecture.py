"""Modules, and parts of the script, import only those above them, as the architecture has them."""

from __future__ import annotations

import ast
import re

import pytest

from .product import PROJECT

SECTIONS = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8").split("\n## ")
ENGINE_ORDER, PAGE_ORDER, ORDER = (
    re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    for section in SECTIONS
    if section.startswith(("The search engine\n", "The script of the pages\n", "Modules\n"))
)
PART_ORDERS = {"engine": ENGINE_ORDER, "page": PAGE_ORDER}
SCRIPTS = {
    script: {
        path.stem: path.read_text(encoding="utf-8")
        for path in (PROJECT / "static/js" / script).glob("*")
    }
    for script in PART_ORDERS
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


def shared_names(text: str) -> set[str]:
    """Return the names that a part of a script adds to the scope that all have."""
    declared = re.findall(
        r"^(?:export )?(?:const|let) (\{[^}]*\}|[\w, ]+?)(?: =|;)", text, re.MULTILINE
    )
    return set(re.findall(r"\w+", " ".join(declared)))


def imported_names(text: str) -> dict[str, str]:
    """Return what a part of a script imports, by name, and from which other."""
    statements = re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.js";', text, re.MULTILINE)
    return {name: other for names, other in statements for name in re.findall(r"\w+", names)}


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_architecture_names_every_part_of_a_script_once(script: str) -> None:
    assert sorted(PART_ORDERS[script]) == sorted(SCRIPTS[script])


@pytest.mark.parametrize(
    ("script", "part"), [(script, part) for script, order in PART_ORDERS.items() for part in order]
)
def test_a_part_of_a_script_imports_from_those_above_it_what_it_uses_and_no_more(
    script: str, part: str
) -> None:
    parts, order = SCRIPTS[script], PART_ORDERS[script]
    above = order[: order.index(part)]
    exported = {name: other for other in above for name in shared_names(parts[other])}
    imported = imported_names(parts[part])
    assert imported.items() <= exported.items()
    comments = r"/\*.*?\*/|//[^\n]*|^import [^;]*;"
    code = re.sub(comments, "", parts[part], flags=re.DOTALL | re.MULTILINE).replace("...", " ")
    code = re.sub(r'"[^"\n]*"', "", code)
    code = re.sub("`[^`]*`", lambda text: " ".join(re.findall(r"\$\{(.*?)\}", text[0])), code)
    used = set(re.findall(r"(?<![.\w])\w+\b(?!:)", code))
    others = set().union(*(shared_names(parts[other]) for other in parts if other != part))
    assert used & others == set(imported)


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_two_parts_of_a_script_share_a_name_by_chance(script: str) -> None:
    names = [name for text in SCRIPTS[script].values() for name in shared_names(text)]
    assert len(names) == len(set(names)) > 40


def test_the_layers_of_the_style_are_declared_once_and_have_a_file_each() -> None:
    files = sorted((PROJECT / "static/style").glob("*.css"))
    declaration, *layers = (path.read_text(encoding="utf-8") for path in files)
    declared = re.findall(r"^@layer (.+);$", declaration, re.MULTILINE)
    assert [sorted(each.split(", ")) for each in declared] == [[path.stem for path in files[1:]]]
    for path, text in zip(files[1:], layers, strict=True):
        assert re.findall(r"^\S.*", text, re.MULTILINE) == [f"@layer {path.stem} {{", "}"]
