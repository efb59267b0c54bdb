"""The workflows: minimal rights, pinned actions, and no untrusted text in a script."""

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

from tests.support.documents import AN_ENTRY, read, write
from tests.support.product import PRODUCT, PROJECT

# Owners may add workflows of their own.
FILES = [PROJECT / f".github/workflows/{x}.yml" for x in ("audit", "pages", "reviews", "tests")]
TEXTS = {path.stem: read(path) for path in FILES}
# With BaseLoader, "on" is a string, as for GitHub, and not true.
WORKFLOWS: Mapping[str, Any] = {x: yaml.load(TEXTS[x], yaml.BaseLoader) for x in TEXTS}  # noqa: S506
JOBS = {
    f"{workflow}/{name}": job
    for workflow, parsed in WORKFLOWS.items()
    for name, job in parsed["jobs"].items()
}
STEPS = [(name, step) for name, job in JOBS.items() for step in job["steps"]]
SCRIPTS = [(name, step["run"]) for name, step in STEPS if "run" in step]
ON_MAIN = "github.ref == 'refs/heads/main'"

needs_bash = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("bash"), reason="the scripts need bash"
)


def test_only_two_jobs_can_write_and_neither_runs_for_a_pull_request() -> None:
    assert all(parsed["permissions"] == {} for parsed in WORKFLOWS.values())
    writing = {
        f"{name} {right}"
        for name, job in JOBS.items()
        for right, kind in job["permissions"].items()
        if kind != "read"
    }
    assert writing == {"pages/deploy id-token", "pages/deploy pages", "reviews/keep issues"}
    assert JOBS["pages/deploy"]["if"] == ON_MAIN
    events = {event for parsed in WORKFLOWS.values() for event in parsed["on"]}
    assert events == {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert "pull_request" not in WORKFLOWS["reviews"]["on"]


def test_jobs_that_can_write_run_no_packages() -> None:
    for job in ("pages/deploy", "reviews/keep"):
        assert not re.search(r"make |pip|\.venv|python", scripts_of(job)), job


def test_the_job_that_builds_the_site_installs_no_test_packages_and_reads_no_cache() -> None:
    installed = re.findall(r"make \S+|pip|npm|pytest|\.ci/run", scripts_of("pages/build"))
    assert installed == ["make .venv/.check"]
    assert "cache" not in str([step.get("with") for step in JOBS["pages/build"]["steps"]])


def test_expressions_have_no_untrusted_text_and_scripts_have_no_expressions() -> None:
    assert [script for _, script in SCRIPTS if "${{" in script] == []
    trusted = re.compile(
        r"github\.(ref|token|event_name == '\w+')|matrix\.\w+|runner\.temp"
        r"|(steps|needs)\.\w+\.outputs\.[\w-]+"
        r"|github\.event_name == 'push' && github\.event\.before \|\| 'HEAD\^1'"
    )
    used = re.findall(r"\$\{\{\s*(.*?)\s*\}\}", str(WORKFLOWS).replace("\\'", "'"))
    assert used
    assert [expression for expression in used if not trusted.fullmatch(expression)] == []
    assert "secrets" not in str(WORKFLOWS)


def test_only_our_own_scripts_get_the_token() -> None:
    scripts = [step["run"] for _, step in STEPS if "github.token" in str(step)]
    programs = {line.split()[0] for script in scripts for line in script.splitlines()}
    assert programs == {"base64", "bash"}
    kept = {step["with"]["persist-credentials"] for _, step in STEPS if "checkout@" in str(step)}
    assert kept == {"false"}


def test_each_action_is_pinned_to_one_commit() -> None:
    # A tag can move to other code; a commit cannot. Dependabot updates the comment.
    used = {line for text in TEXTS.values() for line in re.findall(r"uses: *(.*)", text)}
    pinned = re.compile(r"((?:actions|lycheeverse)/[a-z-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    actions = {match[1] for match in map(pinned.fullmatch, used) if match}
    assert len(used) == len(actions), used


def test_every_job_has_a_time_limit() -> None:
    assert all(0 < int(job["timeout-minutes"]) <= 20 for job in JOBS.values())


def test_only_main_is_published_and_publishing_does_not_wait_for_tests() -> None:
    assert [name for name, step in STEPS if "deploy-pages@" in str(step)] == ["pages/deploy"]
    assert JOBS["pages/deploy"]["needs"] == "build"
    assert JOBS["pages/deploy"]["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}
    assert set(WORKFLOWS["pages"]["jobs"]) == {"build", "deploy"}
    for name in ("pages", "reviews"):
        assert not re.search(r"\b(tests|benchmarks|tools)/|\[test", str(WORKFLOWS[name])), name


def test_changes_to_the_owners_files_alone_skip_the_tests_but_are_published() -> None:
    owned = ["content/**", "static/brand.css", "static/brand/**", "templates/brand/**"]
    tests, pages = (WORKFLOWS[name]["on"] for name in ("tests", "pages"))
    assert tests["push"] == {"branches": ["main"], "paths-ignore": owned}
    assert tests["pull_request"] == {"paths-ignore": owned}
    assert (pages["push"], pages["pull_request"]) == ({"branches": ["main"]}, "")
    assert ("tests/everything", ".ci/run") in SCRIPTS


def test_the_tests_run_on_every_supported_python() -> None:
    used = {
        str(step["with"]["python-version"]) for _, step in STEPS if "setup-python@" in str(step)
    }
    used |= set(JOBS["tests/linux"]["strategy"]["matrix"]["python"])
    minors = sorted(int(version.removeprefix("3.")) for version in used if "matrix" not in version)
    project = tomllib.loads(read(PROJECT / "pyproject.toml"))["project"]
    assert project["requires-python"] == f">=3.{minors[0]}"
    assert minors == list(range(minors[0], minors[-1] + 1))


def write_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{script}\n")
    path.chmod(0o755)


def run(command: str, folder: Path, **variables: str) -> str:
    """Run a script as GitHub does, with fake programs first in the path; return its output."""
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
    """Return the joined scripts of a job: those of the named steps, or all."""
    steps = (step for name, step in STEPS if name == job and "run" in step)
    return "\n".join(step["run"] for step in steps if not names or step.get("name") in names)


@needs_bash
def test_a_site_is_published_without_tests_and_benchmarks(tmp_path: Path) -> None:
    shutil.copytree(PRODUCT, tmp_path, dirs_exist_ok=True)
    for name in ("Makefile", "pyproject.toml", "constraints.txt", ".ci/published"):
        write(tmp_path, {name: read(PROJECT / name)})
    for folder in ("content", "before/content"):
        pay = AN_ENTRY.replace("What", "When is pay day")
        write(tmp_path / folder, {"site.yaml": "title: Questions", "pay.md": pay})
    write_program(tmp_path / ".venv/bin/python", f'[ "$2" = pip ] || exec {sys.executable} "$@"')
    for program, script in (("git", "true"), ("gh", "exit 1"), ("curl", "exit 22")):
        write_program(tmp_path / "programs" / program, script)
    names = {"PUBLISHED": "was.json", "SITE": "site", "GITHUB_STEP_SUMMARY": "summary"}
    names |= {"BASE": "HEAD^1", "BEFORE": "before", "PREVIEW": "https://a.org", "SITE_URL": ""}
    assert "nothing to compare with" in run(scripts_of("pages/build"), tmp_path, **names)
    assert (tmp_path / "site/pay.html").is_file()
    assert re.search("question.*\\[Download the site]", read(tmp_path / "summary"), re.DOTALL)


SITE = '{"format": 1, "entries": [], "categories": []}'


@needs_bash
@pytest.mark.parametrize(
    ("pages", "url", "published", "printed"),
    [
        ("https://a.org/faq/", "https://b.org", SITE, "asks https://a.org/faq/faq.json\n"),
        ("", '"https://b.org/faq" # ours', SITE, "asks https://b.org/faq/faq.json\n"),
        ("", "", "", "The address of the site is unknown: nothing to compare with.\n"),
        ("", "https://b.org", "", "There is no faq.json at https://b.org: nothing"),
        ("", "https://b.org", '{"format": 0}', "The faq.json at https://b.org has another format"),
        # Brackets are commands to curl and in GitHub's log.
        ("", "https://b.org/##[add-mask]a", SITE, "asks https://b.org/##/faq.json\n"),
    ],
)
def test_the_published_faq_is_downloaded_or_a_line_says_why_not(
    tmp_path: Path, pages: str, url: str, published: str, printed: str
) -> None:
    shutil.copytree(PRODUCT / "faqsite", tmp_path / "faqsite")
    shutil.copytree(PROJECT / ".ci", tmp_path / ".ci")
    write(tmp_path, {"content/site.yaml": f"title: A\nurl: {url}\n", "there": published})
    write_program(tmp_path / ".venv/bin/python", f'exec {sys.executable} "$@"')
    write_program(tmp_path / "programs/gh", f'echo "{pages}"; [ -n "{pages}" ]')
    fetch = 'echo "asks ${@: -1}"; while [ "$1" != --output ]; do shift; done'
    write_program(tmp_path / "programs/curl", f'{fetch}\n[ -s there ] && cp there "$2" || exit 22')
    assert printed in run("bash .ci/published published.json", tmp_path)
    assert (tmp_path / "published.json").exists() == (published == SITE)


OVERDUE = "## `@ann`\n\n- [ ] 2026-10-01: `Ä bonus?`\noverdue=\n"
DEAD = "- [ ] [404] <https://example.org/gone>\n"


@needs_bash
@pytest.mark.parametrize(
    ("number", "overdue", "dead", "asked", "start"),
    [
        ("", "", "", "", ""),
        ("7", "", "", "PATCH repos/owner/name/issues/7 state=closed ", "No review is overdue"),
        ("7", OVERDUE, "", "PATCH repos/owner/name/issues/7 state=open ", "Review these answers"),
        ("", OVERDUE, DEAD, "POST repos/owner/name/issues labels[]=reviews ", "Review these"),
        ("", "", DEAD * 9_000, "POST repos/owner/name/issues labels[]=reviews ", "These links"),
    ],
)
def test_one_issue_lists_overdue_reviews_and_dead_links(  # noqa: PLR0917
    tmp_path: Path, number: str, overdue: str, dead: str, asked: str, start: str
) -> None:
    """Run both jobs: the one that lists, and the one that updates the issue."""
    write(tmp_path, {"overdue": overdue, "dead.md": dead, "asked": "", "body": ""})
    shutil.copytree(PROJECT / ".ci", tmp_path / ".ci")
    write_program(tmp_path / ".venv/bin/python", "cat overdue")
    write_program(
        tmp_path / "programs/gh",
        f"""case $* in *state=all*) printf '%s' '{number}'; exit ;; esac
for each in "$@"; do case $each in
  PATCH | POST | repos/* | state=* | "labels[]="*) printf '%s ' "$each" >>asked ;;
  body=@*) cp "${{each#body=@}}" body ;;
esac; done""",
    )
    status = "2" if dead else "0"
    files = {"OVERDUE": "overdue.md", "DEAD": "dead.md", "FOUND": status, "GITHUB_OUTPUT": "output"}
    run(scripts_of("reviews/list", "List overdue reviews and dead links"), tmp_path, **files)
    outputs = [line.split("=", 1) for line in read(tmp_path / "output").splitlines()]
    listed = {"LISTED_DEAD": "", **{f"LISTED_{name.upper()}": value for name, value in outputs}}
    run(scripts_of("reviews/keep"), tmp_path, **files, **listed)
    body = read(tmp_path / "body")
    assert read(tmp_path / "asked") == asked
    assert body.startswith(start)
    assert bool(body) == bool(start)
    assert len(body) <= 65_536
    assert overdue in body
    assert body.count("gone") == min(dead.count("gone"), 30_000 // len(DEAD))
    assert ("and more" in body) == (len(dead) > 30_000)
