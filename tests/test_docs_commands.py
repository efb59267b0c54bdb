"""The commands of the documents and of --help, run, or only checked if that would take too long."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from faqsite.commands import console
from faqsite.commands.cli import load_command
from tests.support.documents import (
    BRINGING,
    OURS,
    PYTHON,
    UPGRADING,
    blocks_of,
    commands_of,
    read,
    write,
)
from tests.support.product import PRODUCT, PROJECT

AN_ENTRY = "---\nquestion: What?\n---\nThat.\n"

# A folder as in a fresh clone, and not those of the examples.
CONTENT = {"content/site.yaml": "title: Questions", "content/team/a.md": AN_ENTRY}
SOURCES = {
    **{block.path: block.text for block in blocks_of(BRINGING) if block.language == "csv"},
    "articles.json": '{"articles": [{"title": "Why?", "body": "<p>So.</p>"}]}',
    "vault/Pay/Why.md": "---\ntags: [a]\n---\nSo: [[Why|this]]. ==Yes==\n",
    "mkdocs/docs/why.md": '# Why?\n\n!!! note "So"\n    :material-check:{ .x } So.\n',
    "docusaurus/docs/why.mdx": "---\nid: w\n---\nimport X from 'x';\n\n# Why?\n\nSo.\n",
    "hugo/content/why.md": '{"title": "Why?"}\n\n[So]({{< ref "why.md" >}}).\n',
    "jekyll/faq/why.md": "---\nlayout: x\n---\n# Why?\n\n[So]({{ site.baseurl }}/why).\n",
    "eleventy/faq/why.md": '---\nlayout: x\n---\n# Why?\n\n[So]({% page "/why/" %}).\n',
    "starlight/docs/why.mdx": "# Why?\n\n:::tip[A]\nB\n:::\n\n<Steps>\n1. So.\n</Steps>\n",
    "lektor/content/why/contents.lr": "_model: page\n---\ntitle: Why?\n---\nbody: So.\n",
    "FAQ.md": "# FAQ\n\n## Why?\n\nSo.\n\n## When?\n\nNow.\n",
    "notion/Why 0123456789abcdef0123456789abcdef.md": "# Why?\n\nSo.\n",
    "old-docs/why.md": "---\ntitle: Why?\nsummary: wherefore\nlayout: page\n---\nSo.\n",
}
# What a command of build.py prints, by its name; a build has none.
PRINTED = {
    "--help": r"^usage: build\.py",
    "export": r"^Wrote 1 entry to faq\.csv",
    "import": r"^(Wrote|Would write) [12] entr(y|ies) to ",
    "new": r"^Wrote content/",
}

GIT_BLOCKS = [
    [line for line in block.text.splitlines() if line.startswith(("git ", "cd "))]
    for block in blocks_of(UPGRADING)
    if block.language == "sh" and block.heading != "Conflicts"
]
CONFLICT_BLOCKS = [
    block.text.splitlines()
    for block in blocks_of(UPGRADING)
    if block.language == "sh" and block.heading == "Conflicts"
]
GIT_COMMANDS = {line for block in (*GIT_BLOCKS, *CONFLICT_BLOCKS) for line in block}
EXAMPLES = {
    example
    for name in ("build", *console.COMMANDS)
    for example in re.findall(
        r"Example: (python build\.py.*?)(?:\. |$)", load_command(name).make_parser().epilog
    )
    # One does not end, and one asks another host.
    if name not in {"serve", "check"}
}
COMMANDS = {command for document in OURS for command in commands_of(document)} - GIT_COMMANDS


def run(*command: str, cwd: Path) -> str:
    """Run a command that has to end well, and return what it prints."""
    ran = subprocess.run(  # noqa: S603 (the project's own documents)
        command, cwd=cwd, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, f"{shlex.join(command)}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def run_program(words: Sequence[str], folder: Path) -> None:
    """Run `build.py` in a fresh copy of the product, with little content and all sources."""
    shutil.copytree(PRODUCT, folder, dirs_exist_ok=True)
    name = words[1] if len(words) > 1 else "build"
    write(folder, CONTENT if name == "export" else {**CONTENT, **SOURCES})
    assert re.search(
        PRINTED.get(name, "^Wrote site/"), run(sys.executable, *words, cwd=folder), re.MULTILINE
    )


def check_install(file: str, project: str) -> None:
    extras = re.findall(r"\w+", project)
    known = tomllib.loads(read(PROJECT / "pyproject.toml"))["project"]["optional-dependencies"]
    assert (PROJECT / file).is_file()
    assert project[0] == "."
    assert set(extras) <= set(known)


def check_pytest(words: Sequence[str], config: pytest.Config) -> None:
    """Check that files, options and marks are known; the tests themselves run right now."""
    marks = {f"not {line.partition(':')[0]}" for line in config.getini("markers")}
    for word in words:
        if word.startswith("-"):
            config.getoption(word)
        else:
            assert word in marks or (PROJECT / word).is_file()


def check_module(name: str, words: Sequence[str]) -> None:
    """Check that a module and its options are known; to measure takes minutes."""
    assert (PROJECT / f"{name.replace('.', '/')}.py").is_file()
    options = [word for word in words if word.startswith("--")]
    printed = run(sys.executable, "-m", name, "--help", cwd=PROJECT) if options else ""
    assert [option for option in options if option not in printed] == []


@pytest.mark.parametrize("command", sorted(COMMANDS | EXAMPLES))
def test_a_command_does_what_is_said(
    command: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    program, _, rest = command.partition(" ")
    match ["python" if PYTHON.fullmatch(program) else program, *shlex.split(rest)]:
        case ["make", target]:
            assert f"\n{target}: " in read(PROJECT / "Makefile")
        case [".ci/run"]:
            assert read(PROJECT / ".ci/run").startswith("#!")
        case ["git", "diff", "--no-index", *folders]:
            write(tmp_path, {f"{name}/index.html": "the same" for name in folders})
            run("git", "diff", "--no-index", *folders, cwd=tmp_path)
        case ["python", "-m", "venv", name]:
            run(sys.executable, "-m", "venv", "--without-pip", name, cwd=tmp_path)
        case ["python", "-m", "pip", "install", "-c", file, "-e", project]:
            check_install(file, project)
        case ["python", "-m", "pytest", *words]:
            check_pytest(words, request.config)
        case ["python", "-m", "faqsite"]:
            run_program(["-mfaqsite"], tmp_path)
        case ["python", "-m", name, *words]:
            check_module(name, words)
        case ["python", *words]:
            run_program(words, tmp_path)
        case _:
            pytest.fail("no rule checks this command")


@pytest.fixture
def _git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git be new on this machine, and find our two repositories beside each other."""
    if shutil.which("git") is None:
        pytest.skip("no git found")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    here = tmp_path.as_posix()
    config = (
        "[user]\nname = Owner\nemail = owner@example.org\n"
        "[protocol]\nallow = never\n[protocol 'file']\nallow = always\n"
        f"[url '{here}/upstream']\ninsteadOf = https://github.com/UPSTREAM/faq.git\n"
        f"[url '{here}/own.git']\ninsteadOf = https://github.com/OWNER/faq.git\n"
    ).replace("'", '"')
    write(tmp_path, {"gitconfig": config})
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def commit(repository: Path, files: Mapping[str, str]) -> None:
    write(repository, files)
    run("git", "add", "--all", cwd=repository)
    run("git", "commit", "--quiet", "--message", "A change", cwd=repository)


def new_repository(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir()
    run("git", "init", "--quiet", "--initial-branch", "main", cwd=folder)
    commit(folder, files)
    return folder


@pytest.mark.usefixtures("_git")
def test_a_site_of_ones_own_takes_a_new_version_by_the_documented_commands(
    tmp_path: Path,
) -> None:
    names = ("README.md", "site.yaml", "office/dogs.md", "office/desks/free.md")
    upstream = new_repository(
        tmp_path / "upstream",
        {**{f"content/{name}": AN_ENTRY for name in names}, "templates/base.html": "old"},
    )
    run("git", "init", "--quiet", "--bare", "--initial-branch", "main", "own.git", cwd=tmp_path)
    copy, github = tmp_path / "faq", tmp_path / "github"

    def merge_pull_request() -> None:
        run("git", "clone", "--quiet", "own.git", "github", cwd=tmp_path)
        run("git", "merge", "--quiet", "--no-ff", "--no-edit", "origin/upgrade", cwd=github)
        run("git", "push", "--quiet", cwd=github)

    ours = {"content/site.yaml": "title: Ours", "content/pay/day.md": AN_ENTRY}
    after: dict[str, Callable[[], object]] = {
        'git rm -r -q "content/*/*"': lambda: write(copy, ours),
        "git push -u origin main": lambda: commit(upstream, {"templates/base.html": "new"}),
        "git push -u origin upgrade": merge_pull_request,
    }
    folder = tmp_path
    for command in (line for block in GIT_BLOCKS for line in block):
        if command.startswith("cd "):
            folder /= command.removeprefix("cd ")
        else:
            run(*shlex.split(command), cwd=folder)
        after.pop(command, lambda: None)()
    assert not after
    assert read(copy / "templates/base.html") == "new"
    assert read(copy / "content/site.yaml") == "title: Ours"
    files = run("git", "ls-files", "content", cwd=copy).split()
    assert files == ["content/README.md", "content/pay/day.md", "content/site.yaml"]
    assert run("git", "branch", "--format", "%(refname:short)", cwd=copy).split() == ["main"]


@pytest.mark.usefixtures("_git")
@pytest.mark.parametrize(
    ("commands", "outcome"), list(zip(CONFLICT_BLOCKS, ["ours", "theirs"], strict=True))
)
def test_a_conflict_is_settled_or_put_off_by_the_documented_commands(
    commands: Sequence[str], outcome: str, tmp_path: Path
) -> None:
    repository = new_repository(tmp_path / "faq", {"templates/base.html": "old"})
    run("git", "switch", "--quiet", "--create", "new", cwd=repository)
    commit(repository, {"templates/base.html": "theirs"})
    run("git", "switch", "--quiet", "main", cwd=repository)
    commit(repository, {"templates/base.html": "ours"})
    with pytest.raises(AssertionError, match="CONFLICT"):
        run("git", "merge", "--no-edit", "new", cwd=repository)
    for command in commands:
        run(*shlex.split(command), cwd=repository)
    assert read(repository / "templates/base.html") == outcome
    assert run("git", "status", "--porcelain", cwd=repository) == ""
