"""The commands of the documents, run as they stand, or checked where that would take too long."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

import pytest

from faqsite.commands.cli import main
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
from tests.support.product import PROJECT

AN_ENTRY = "---\nquestion: What?\n---\nThat.\n"

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


def run_build(*arguments: str, cwd: Path) -> str:
    """Run build.py in this process and return what it prints."""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.chdir(cwd), contextlib.redirect_stdout(printed):
        try:
            status = main(arguments)
        except SystemExit as stopped:
            status = int(stopped.code or 0)
    assert status == 0, arguments
    return printed.buffer.getvalue().decode()


def check_make(target: str, _request: pytest.FixtureRequest, _folder: Path) -> None:
    makefile = read(PROJECT / "Makefile")
    assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)


def check_install(requirement: str, _request: pytest.FixtureRequest, _folder: Path) -> None:
    file, extras = re.fullmatch(r'-c (\S+) -e "?\.(?:\[([\w,]+)\])?"?', requirement).groups()  # type: ignore[union-attr]
    project = tomllib.loads(read(PROJECT / "pyproject.toml"))["project"]
    assert (PROJECT / file).is_file()
    assert set(filter(None, (extras or "").split(","))) <= set(project["optional-dependencies"])


def check_venv(name: str, _request: pytest.FixtureRequest, folder: Path) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", name, cwd=folder)
    assert (folder / name / "pyvenv.cfg").is_file()


def check_build(options: str, _request: pytest.FixtureRequest, folder: Path) -> None:
    content = write(folder / "content", {"site.yaml": "title: Questions", "a.md": AN_ENTRY})
    folders = ["--content", str(content), "--output", str(folder / "site")]
    run_build(*folders, *options.split(), cwd=folder)
    assert "--help" in options or (folder / "site/index.html").is_file()


def check_diff(folders: str, _request: pytest.FixtureRequest, folder: Path) -> None:
    write(folder, {f"{name}/index.html": "the same" for name in folders.split()})
    run("git", "diff", "--no-index", *folders.split(), cwd=folder)


def check_new(arguments: str, _request: pytest.FixtureRequest, folder: Path) -> None:
    content = write(folder / "content", {"site.yaml": "title: Questions", "office/a.md": AN_ENTRY})
    run_build("new", *shlex.split(arguments), "--content", str(content), cwd=folder)
    assert len(list(content.rglob("*.md"))) == 2


def check_import(arguments: str, request: pytest.FixtureRequest, folder: Path) -> None:
    """Import the source that is named, the table as it stands in the document."""
    check_export("--file faq.csv", request, folder)
    article = {"title": "Why?", "body": "<p>So.</p>"}
    tables = {block.path: block.text for block in blocks_of(BRINGING) if block.language == "csv"}
    sources = {
        **tables,
        "articles.json": json.dumps({"articles": [article]}),
        "old-docs/why.md": "---\ntitle: Why?\nsummary: wherefore\nlayout: page\n---\nSo.\n",
    }
    write(folder, sources)
    content = ["--content", str(folder / "content")]
    printed = run_build("import", *content, *shlex.split(arguments), cwd=folder)
    assert re.search("^[12] entr(?:y|ies) (?:would be )?made in ", printed, re.MULTILINE)


def check_export(arguments: str, _request: pytest.FixtureRequest, folder: Path) -> None:
    content = write(folder / "content", {"site.yaml": "title: Questions", "a.md": AN_ENTRY})
    printed = run_build("export", "--content", str(content), *shlex.split(arguments), cwd=folder)
    assert printed.startswith("Wrote faq.")


def check_pytest(arguments: str, request: pytest.FixtureRequest, _folder: Path) -> None:
    """Check that files, options and marks are known; the tests themselves run right now."""
    words = shlex.split(arguments)
    for before, word in zip(["", *words], words, strict=False):
        if word.startswith("-"):
            request.config.getoption(word)
        elif before == "-m":
            marks = [line.partition(":")[0] for line in request.config.getini("markers")]
            assert word.removeprefix("not ") in marks
        else:
            assert (PROJECT / word).exists()


def check_benchmark(arguments: str, _request: pytest.FixtureRequest, _folder: Path) -> None:
    """Check that the options are known; to measure takes minutes."""
    name, *words = shlex.split(arguments)
    options = [word for word in words if word.startswith("--")]
    assert (PROJECT / "benchmarks" / f"{name}.py").is_file()
    if options:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), pytest.raises(SystemExit):
            import_module(f"benchmarks.{name}").main(["--help"])
        assert all(re.search(rf"{option}\b", printed.getvalue()) for option in options)


def check_tool(arguments: str, _request: pytest.FixtureRequest, _folder: Path) -> None:
    assert (PROJECT / "tools" / f"{arguments}.py").is_file()


def check_ci(_arguments: str, _request: pytest.FixtureRequest, _folder: Path) -> None:
    assert read(PROJECT / ".ci/run").startswith("#!")


# What checks a command, by how it begins; where it says Python, any name of it is meant.
RULES: Mapping[str, Callable[[str, pytest.FixtureRequest, Path], None]] = {
    "make ": check_make,
    "PYTHON -m pip install ": check_install,
    "PYTHON -m venv ": check_venv,
    "PYTHON build.py new ": check_new,
    "PYTHON build.py import ": check_import,
    "PYTHON build.py export ": check_export,
    "PYTHON build.py": check_build,
    "git diff --no-index ": check_diff,
    "PYTHON -m pytest": check_pytest,
    "PYTHON -m benchmarks.": check_benchmark,
    "PYTHON -m tools.": check_tool,
    ".ci/run": check_ci,
}


@pytest.mark.parametrize(
    "command",
    sorted({command for document in OURS for command in commands_of(document)}),
)
def test_a_command_does_what_is_said(
    command: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if command in {"cd faq", *GIT_COMMANDS}:
        return  # Run in order, below.
    program, _, rest = command.partition(" ")
    written = f"{PYTHON.sub('PYTHON', program)} {rest}".rstrip()
    begun = [beginning for beginning in RULES if written.startswith(beginning)]
    assert begun, f"no rule checks the command: {command}"
    RULES[begun[0]](written.removeprefix(begun[0]).strip(), request, tmp_path)


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="no git found")


def run(*command: str, cwd: Path, addresses: Mapping[str, Path] | None = None) -> str:
    """Run a command, git as if it were new on this machine, and return what it says."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = {"user.name": "Owner", "user.email": "owner@example.org"}
    settings |= {"protocol.allow": "never", "protocol.file.allow": "always"}
    settings |= {f"url.{path.as_posix()}.insteadOf": url for url, path in (addresses or {}).items()}
    for number, (key, value) in enumerate(settings.items()):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    environment |= {
        "GIT_CONFIG_COUNT": str(len(settings)),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    ran = subprocess.run(  # noqa: S603 (the project's own documents)
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{shlex.join(command)}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def commit(repository: Path, files: Mapping[str, str]) -> None:
    write(repository, files)
    run("git", "add", "--all", cwd=repository)
    run("git", "commit", "--quiet", "--message", "A change", cwd=repository)


def new_repository(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir()
    run("git", "init", "--quiet", "--initial-branch", "main", cwd=folder)
    commit(folder, files)
    return folder


@needs_git
def test_a_site_of_ones_own_takes_a_new_version_by_the_commands_as_they_stand(
    tmp_path: Path,
) -> None:
    upstream = new_repository(
        tmp_path / "upstream",
        {
            "content/README.md": "For editors",
            "content/site.yaml": "title: Example",
            "content/office/dogs.md": AN_ENTRY,
            "content/office/desks/free.md": AN_ENTRY,
            "templates/base.html": "old",
        },
    )
    own = tmp_path / "own.git"
    run("git", "init", "--quiet", "--bare", "--initial-branch", "main", str(own), cwd=tmp_path)
    addresses = {
        "https://github.com/UPSTREAM/faq.git": upstream,
        "https://github.com/OWNER/faq.git": own,
    }
    copy = tmp_path / "faq"

    def write_own_content() -> None:
        write(copy, {"content/site.yaml": "title: Ours", "content/pay/day.md": AN_ENTRY})

    def merge_pull_request() -> None:
        run("git", "clone", "--quiet", str(own), "github", cwd=tmp_path)
        github = tmp_path / "github"
        run("git", "merge", "--quiet", "--no-ff", "--no-edit", "origin/upgrade", cwd=github)
        run("git", "push", "--quiet", cwd=github)

    after: dict[str, Callable[[], None]] = {
        'git rm -r -q "content/*/*"': write_own_content,
        "git push -u origin main": lambda: commit(upstream, {"templates/base.html": "new"}),
        "git push -u origin upgrade": merge_pull_request,
    }
    folder = tmp_path
    for command in (line for block in GIT_BLOCKS for line in block):
        if command.startswith("cd "):
            folder /= command.removeprefix("cd ")
        else:
            run(*shlex.split(command), cwd=folder, addresses=addresses)
        if command in after:
            after.pop(command)()
    assert not after
    assert read(copy / "templates/base.html") == "new"
    assert read(copy / "content/site.yaml") == "title: Ours"
    files = run("git", "ls-files", "content", cwd=copy).split()
    assert files == ["content/README.md", "content/pay/day.md", "content/site.yaml"]
    assert run("git", "branch", "--format", "%(refname:short)", cwd=copy).split() == ["main"]


@needs_git
@pytest.mark.parametrize(
    ("commands", "outcome"), list(zip(CONFLICT_BLOCKS, ["ours", "theirs"], strict=True))
)
def test_a_conflict_is_settled_or_put_off_by_the_commands_as_they_stand(
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
