"""Packages import only those above them; parts of a script import exactly what they use."""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatch
from graphlib import TopologicalSorter

import pytest

from tests.support.product import PROJECT

PACKAGES = re.findall(
    r"^\| `(\w+)` \| ",
    (PROJECT / "docs/architecture.md").read_text(encoding="utf-8").partition("\n## Packages\n")[2],
    re.MULTILINE,
)
MODULES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts): path.read_text(encoding="utf-8")
    for path in (PROJECT / "faqsite").rglob("*.py")
}
SCRIPTS = {
    folder.name: {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*")}
    for folder in (PROJECT / "static/js").iterdir()
    if folder.is_dir()
}


def imports(module: str) -> set[str]:
    """Return the modules of the generator that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(MODULES[module])):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
            names.add(f"{node.module}")
    return names & MODULES.keys()


def package_of(module: str) -> str:
    """Return the package of a module, "" at the top."""
    return module.split(".")[1] if module.count(".") > 1 else ""


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_those_above_it(package: str) -> None:
    modules = [module for module in MODULES if package_of(module) == package]
    assert modules
    imported = {package_of(other) for module in modules for other in imports(module)}
    assert imported <= set(PACKAGES[: PACKAGES.index(package) + 1])


def test_the_architecture_names_every_package() -> None:
    folders = {path.parent.name for path in (PROJECT / "faqsite").glob("*/__init__.py")}
    assert sorted(PACKAGES) == sorted(folders)


def test_pytest_collects_every_folder_of_tests(pytestconfig: pytest.Config) -> None:
    folders = {path.parent.name for path in (PROJECT / "tests").rglob("test_*.py")}
    skipped = pytestconfig.getini("norecursedirs")
    assert {name for name in folders for pattern in skipped if fnmatch(name, pattern)} == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter({module: imports(module) - {module} for module in MODULES}).prepare()


def test_one_module_imports_the_index_of_lunr_and_one_its_stemmer() -> None:
    knowing = {
        module: re.findall(r"^(?:from|import) (lunr[.\w]*)", text, re.MULTILINE)
        for module, text in MODULES.items()
    }
    assert {module for module, names in knowing.items() if names} == {
        "faqsite.search.terms",
        "faqsite.search.tokens",
    }
    assert knowing["faqsite.search.tokens"] == ["lunr.stemmer"]


def shared_names(text: str) -> set[str]:
    """Return the names that a part of a script declares for all parts."""
    declared = re.findall(
        r"^(?:export )?(?:const|let) (\{[^}]*\}|[\w, ]+?)(?: =|;)", text, re.MULTILINE
    )
    return set(re.findall(r"\w+", " ".join(declared)))


def imported_names(text: str) -> dict[str, str]:
    """Return the names that a part of a script imports, with the part they come from."""
    statements = re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.js";', text, re.MULTILINE)
    return {name: other for names, other in statements for name in re.findall(r"\w+", names)}


@pytest.mark.parametrize(
    ("script", "part"), [(script, part) for script, parts in SCRIPTS.items() for part in parts]
)
def test_a_part_of_a_script_has_a_summary_and_imports_exactly_what_it_uses(
    script: str, part: str
) -> None:
    parts = SCRIPTS[script]
    assert re.match(r"// [A-Z].+", parts[part])
    comments = r"/\*.*?\*/|//[^\n]*|^import [^;]*;"
    code = re.sub(comments, "", parts[part], flags=re.DOTALL | re.MULTILINE).replace("...", " ")
    code = re.sub(r'"[^"\n]*"', "", code)
    code = re.sub("`[^`]*`", lambda text: " ".join(re.findall(r"\$\{(.*?)\}", text[0])), code)
    used = set(re.findall(r"(?<![.\w])\w+\b(?!:)", code))
    others = {name: other for other in parts for name in shared_names(parts[other])}
    assert imported_names(parts[part]) == {
        name: others[name] for name in used & others.keys() if others[name] != part
    }


@pytest.mark.parametrize("script", SCRIPTS)
def test_two_parts_of_a_script_never_declare_the_same_name(script: str) -> None:
    names = [name for text in SCRIPTS[script].values() for name in shared_names(text)]
    assert len(names) == len(set(names)) > 40


def test_the_layers_of_the_style_are_declared_once_and_each_has_a_file() -> None:
    files = sorted((PROJECT / "static/style").glob("*.css"))
    declaration, *layers = (path.read_text(encoding="utf-8") for path in files)
    declared = re.findall(r"^@layer (.+);$", declaration, re.MULTILINE)
    assert [sorted(each.split(", ")) for each in declared] == [[path.stem for path in files[1:]]]
    for path, text in zip(files[1:], layers, strict=True):
        assert re.findall(r"^\S.*", text, re.MULTILINE) == [f"@layer {path.stem} {{", "}"]
