"""The workflows keep their rules: least rights, all pinned, nothing untrusted in a script."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.documents import AN_ENTRY, write
from tests.support.product import PRODUCT, PROJECT

# An owner's own workflows are the owner's.
FILES = [PROJECT / f".github/workflows/{x}.yml" for x in ("audit", "pages", "reviews", "tests")]
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
# By BaseLoader "on" is a key, as GitHub reads it, and not true.
WORKFLOWS: Mapping[str, Any] = {x: yaml.load(TEXTS[x], yaml.BaseLoader) for x in TEXTS}  # noqa: S506
JOBS = {
    f"{workflow}/{name}": job
    for workflow, parsed in WORKFLOWS.items()
    for name, job in parsed["jobs"].items()
}
STEPS = [(name, step) for name, job in JOBS.items() for step in job["steps"]]
SCRIPTS = [(name, step["run"]) for name, step in STEPS if "run" in step]
ON_MAIN = "github.ref == 'refs/heads/main'"

PAY = AN_ENTRY.replace("What", "When is pay day")

needs_bash = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("bash"), reason="the scripts run on Linux, by bash"
)


def test_a_job_may_write_only_what_it_is_for_and_never_for_a_pull_request() -> None:
    assert all(parsed["permissions"] == {} for parsed in WORKFLOWS.values())
    writing = {
        name: {right for right, kind in job["permissions"].items() if kind == "write"}
        for name, job in JOBS.items()
        if set(job["permissions"].values()) != {"read"}
    }
    assert writing == {"pages/deploy": {"id-token", "pages"}, "reviews/keep": {"issues"}}
    assert JOBS["pages/deploy"]["if"] == ON_MAIN
    events = {event for parsed in WORKFLOWS.values() for event in parsed["on"]}
    assert events == {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert "pull_request" not in WORKFLOWS["reviews"]["on"]


def test_a_job_that_may_write_runs_no_package_and_the_site_meets_none_of_the_tests() -> None:
    scripts = {name: "\n".join(s for job, s in SCRIPTS if job == name) for name in JOBS}
    for name in ("pages/deploy", "reviews/keep"):
        assert not re.search(r"make |pip|\.venv|python", scripts[name]), name
    installed = re.findall(r"make \S+|pip|npm|pytest|\.ci/run", scripts["pages/build"])
    assert installed == ["make .venv/.check"]
    assert "cache" not in str([step.get("with") for _, step in STEPS if _.startswith("pages/")])


def test_nothing_that_a_stranger_can_write_is_in_an_expression_and_none_in_a_script() -> None:
    assert [script for _, script in SCRIPTS if "${{" in script] == []
    ours = re.compile(
        r"github\.(ref|token|event_name == '\w+')|matrix\.\w+|runner\.temp"
        r"|(steps|needs)\.\w+\.outputs\.[\w-]+"
        r"|github\.event_name == 'push' && github\.event\.before \|\| 'HEAD\^1'"
    )
    used = re.findall(r"\$\{\{\s*(.*?)\s*\}\}", str(WORKFLOWS).replace("\\'", "'"))
    assert used
    assert [each for each in used if not ours.fullmatch(each)] == []
    assert "secrets" not in str(WORKFLOWS)


def test_the_token_is_given_to_scripts_of_the_project_alone() -> None:
    given = [step["run"] for _, step in STEPS if "github.token" in str(step)]
    commands = {line for script in given for line in script.splitlines()}
    assert {line.split()[0] for line in commands} == {"base64", "bash"}
    kept = {step["with"]["persist-credentials"] for _, step in STEPS if "checkout@" in str(step)}
    assert kept == {"false"}


def test_every_action_is_pinned_by_its_commit_at_one_version() -> None:
    # A tag can be moved to other code; a commit cannot. Dependabot keeps the comment.
    used = {line for text in TEXTS.values() for line in re.findall(r"uses: *(.*)", text)}
    pinned = re.compile(r"((?:actions|lycheeverse)/[a-z-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    actions = {found[1] for found in map(pinned.fullmatch, used) if found}
    assert len(used) == len(actions), used


def test_every_job_ends_in_time() -> None:
    assert all(0 < int(job["timeout-minutes"]) <= 20 for job in JOBS.values())


def test_only_main_is_published_once_it_is_built_and_checked_whatever_the_tests_say() -> None:
    assert [name for name, step in STEPS if "deploy-pages@" in str(step)] == ["pages/deploy"]
    assert JOBS["pages/deploy"]["needs"] == "build"
    assert JOBS["pages/deploy"]["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}
    assert set(WORKFLOWS["pages"]["jobs"]) == {"build", "deploy"}
    for name in ("pages", "reviews"):
        assert not re.search(r"\b(tests|benchmarks|tools)/|\[test", str(WORKFLOWS[name])), name


def test_the_tests_run_unless_a_change_is_in_the_places_of_the_owner_alone() -> None:
    owned = ["content/**", "static/brand.css", "static/brand/**", "templates/brand/**"]
    tests, pages = (WORKFLOWS[name]["on"] for name in ("tests", "pages"))
    assert tests["push"] == {"branches": ["main"], "paths-ignore": owned}
    assert tests["pull_request"] == {"paths-ignore": owned}
    # Whatever changes is published.
    assert (pages["push"], pages["pull_request"]) == ({"branches": ["main"]}, "")
    assert ("tests/everything", ".ci/run") in SCRIPTS


def test_the_tests_run_on_every_python_from_the_oldest_that_is_promised() -> None:
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    used = {
        str(step["with"]["python-version"]) for _, step in STEPS if "setup-python@" in str(step)
    }
    used |= set(JOBS["tests/linux"]["strategy"]["matrix"]["python"])
    minors = sorted(int(each.removeprefix("3.")) for each in used if "matrix" not in each)
    assert f">=3.{minors[0]}" == tomllib.loads(text)["project"]["requires-python"]
    assert minors == list(range(minors[0], minors[-1] + 1))


def write_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{script}\n")
    path.chmod(0o755)


def run(command: str, folder: Path, **variables: str) -> str:
    """Run a script as GitHub does, with the programs in the folder first; return what it prints."""
    path = f"{folder / 'programs'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603 (our own)
        ["bash", "-e", "-o", "pipefail", "-c", command],  # noqa: S607
        cwd=folder,
        env={**os.environ, "GITHUB_REPOSITORY": "owner/name", "PATH": path, **variables},
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def scripts_of(job: str, *names: str) -> str:
    """Return the scripts of a job, all or those of the steps with these names, joined."""
    steps = (step for name, step in STEPS if name == job and "run" in step)
    return "\n".join(step["run"] for step in steps if not names or step.get("name") in names)


@needs_bash
def test_a_site_is_published_where_there_are_no_tests_and_no_benchmarks(tmp_path: Path) -> None:
    shutil.copytree(PRODUCT, tmp_path, dirs_exist_ok=True)
    for name in ("Makefile", "pyproject.toml", "constraints.txt", ".ci/published"):
        write(tmp_path, {name: (PROJECT / name).read_text(encoding="utf-8")})
    for name in ("content", "before/content"):
        write(tmp_path / name, {"site.yaml": "title: Questions", "pay.md": PAY})
    write_program(tmp_path / ".venv/bin/python", f'[ "$2" = pip ] || exec {sys.executable} "$@"')
    for name, script in (("git", "true"), ("gh", "exit 1"), ("curl", "exit 22")):
        write_program(tmp_path / "programs" / name, script)
    names = {"PUBLISHED": "was.json", "SITE": "site", "GITHUB_STEP_SUMMARY": "summary"}
    names |= {"BASE": "HEAD^1", "BEFORE": "before", "PREVIEW": "https://a.org", "SITE_URL": ""}
    told = run(scripts_of("pages/build"), tmp_path, **names)
    assert "nothing to compare with" in told
    assert (tmp_path / "site/pay.html").is_file()
    summary = (tmp_path / "summary").read_text(encoding="utf-8")
    assert re.search("question.*\\[Download the site]", summary, re.DOTALL)


SITE = '{"format": 1, "entries": [], "categories": []}'


@needs_bash
@pytest.mark.parametrize(
    ("pages", "url", "published", "told"),
    [
        ("https://a.org/faq/", "https://b.org", SITE, "asks https://a.org/faq/faq.json\n"),
        ("", '"https://b.org/faq" # ours', SITE, "asks https://b.org/faq/faq.json\n"),
        ("", "", "", "The address of the site is not known: nothing to compare with.\n"),
        ("", "https://b.org", "", "There is no faq.json at https://b.org: nothing"),
        ("", "https://b.org", '{"format": 0}', "What is published at https://b.org is not of"),
        # Of a log and of curl, brackets are commands.
        ("", "https://b.org/##[add-mask]a", SITE, "asks https://b.org/##/faq.json\n"),
    ],
)
def test_what_is_published_is_fetched_and_where_it_cannot_be_that_is_a_line(
    tmp_path: Path, pages: str, url: str, published: str, told: str
) -> None:
    shutil.copytree(PRODUCT / "faqsite", tmp_path / "faqsite")
    shutil.copytree(PROJECT / ".ci", tmp_path / ".ci")
    write(tmp_path, {"content/site.yaml": f"title: A\nurl: {url}\n", "there": published})
    write_program(tmp_path / ".venv/bin/python", f'exec {sys.executable} "$@"')
    write_program(tmp_path / "programs/gh", f'echo "{pages}"; [ -n "{pages}" ]')
    fetch = 'echo "asks ${@: -1}"; while [ "$1" != --output ]; do shift; done'
    write_program(tmp_path / "programs/curl", f'{fetch}\n[ -s there ] && cp there "$2" || exit 22')
    assert told in run("bash .ci/published published.json", tmp_path)
    assert (tmp_path / "published.json").exists() == (published == SITE)


OVERDUE = "## `@ann`\n\n- [ ] 2026-10-01: `Ä bonus?`\noverdue=\n"
DEAD = "- [ ] [404] <https://example.org/gone>\n"


@needs_bash
@pytest.mark.parametrize(
    ("number", "overdue", "dead", "asked", "begins"),
    [
        ("", "", "", "", ""),
        ("7", "", "", "PATCH repos/owner/name/issues/7 state=closed", "No review is overdue"),
        ("7", OVERDUE, "", "PATCH repos/owner/name/issues/7 state=open", "Review these answers"),
        ("", OVERDUE, DEAD, "POST repos/owner/name/issues labels[]=reviews", "Review these"),
        ("", "", DEAD * 9_000, "POST repos/owner/name/issues labels[]=reviews", "These links"),
    ],
)
def test_one_issue_lists_what_is_overdue_and_what_is_dead(  # noqa: PLR0917
    tmp_path: Path, number: str, overdue: str, dead: str, asked: str, begins: str
) -> None:
    """From what the first job finds to what the second, which may write, asks of GitHub."""
    write(tmp_path, {"told": overdue, "dead.md": dead})
    shutil.copytree(PROJECT / ".ci", tmp_path / ".ci")
    write_program(tmp_path / ".venv/bin/python", "cat told")
    write_program(
        tmp_path / "programs/gh",
        f"""case $* in *state=all*) printf '%s' '{number}'; exit ;; esac
for each in "$@"; do case $each in
  PATCH | POST | repos/* | state=* | "labels[]="*) printf '%s ' "$each" >>asked ;;
  body=@*) cp "${{each#body=@}}" body ;;
esac; done""",
    )
    found = "2" if dead else "0"
    files = {"OVERDUE": "overdue.md", "DEAD": "dead.md", "FOUND": found, "GITHUB_OUTPUT": "output"}
    run(scripts_of("reviews/list", "List what is overdue and what is dead"), tmp_path, **files)
    lines = (tmp_path / "output").read_text(encoding="ascii").splitlines()
    listed = {f"LISTED_{n.upper()}": v for n, _, v in (line.partition("=") for line in lines)}
    run(scripts_of("reviews/keep"), tmp_path, **{"LISTED_DEAD": "", **files, **listed})
    for name, text in (("asked", asked), ("body", begins)):
        file = tmp_path / name
        read = file.read_text(encoding="utf-8") if file.exists() else ""
        assert read.startswith(text) if text else not read
    if begins:
        assert len(read) <= 65_536
        assert read.count("gone") == (min(dead.count("gone"), 30_000 // len(DEAD)))
        assert overdue in read
        assert ("and more" in read) == (len(dead) > 30_000)
