"""The workflows keep their promises: least rights, nothing untrusted in a script, one publisher."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from faqsite.repository import BRANCH

from .documents import write

PROJECT = Path(__file__).parent.parent
SCOPE, REVIEWS, PUBLISHED = (PROJECT / ".ci" / name for name in ("scope", "reviews", "published"))
# An owner's own workflows are the owner's.
NAMES = ("audit", "pages", "reviews", "tests")
FILES = [PROJECT / f".github/workflows/{name}.yml" for name in NAMES]

Mapped = Mapping[str, Any]


def parse(path: Path) -> Mapped:
    # By BaseLoader "on" is a key, as GitHub reads it, and not true.
    parsed: Mapped = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return parsed


WORKFLOWS = {path.stem: parse(path) for path in FILES}
JOBS = {
    f"{workflow}/{name}": job
    for workflow, parsed in WORKFLOWS.items()
    for name, job in parsed["jobs"].items()
}
STEPS = [(name, step) for name, job in JOBS.items() for step in job["steps"]]
SCRIPTS = [(name, step["run"]) for name, step in STEPS if "run" in step]
ON_MAIN, NOT_ON_MAIN = "github.ref == 'refs/heads/main'", "github.ref != 'refs/heads/main'"

needs_bash = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("bash") or not shutil.which("git"),
    reason="the scripts run on Linux, by bash and git",
)


def run(
    *command: str,
    stdin: str | None = None,
    folder: Path = PROJECT,
    environment: Mapping[str, str] = os.environ,
) -> subprocess.CompletedProcess[str]:
    """Run a program that is on the path."""
    return subprocess.run(  # noqa: S603
        command,
        input=stdin,
        cwd=folder,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )


def steps_using(action: str) -> Iterator[tuple[str, Mapped]]:
    """Yield the steps that use an action, each with the name of its job."""
    for name, step in STEPS:
        if step.get("uses", "").partition("@")[0] == f"actions/{action}":
            yield name, step


def expressions(value: object) -> Iterator[str]:
    """Yield every expression in a part of a workflow."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from expressions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from expressions(inner)
    else:
        yield from re.findall(r"\$\{\{\s*(.*?)\s*\}\}", str(value))


def test_a_workflow_gives_no_right_to_all_its_jobs() -> None:
    assert {name: parsed["permissions"] for name, parsed in WORKFLOWS.items()} == {
        name: {} for name in NAMES
    }


def test_each_job_has_the_least_rights() -> None:
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "audit/packages": {"contents": "read"},
        "pages/build": {"actions": "read", "contents": "read", "pages": "read"},
        "pages/test": {"actions": "read", "contents": "read"},
        "pages/deploy": {"id-token": "write", "pages": "write"},
        "reviews/list": {"contents": "read"},
        "reviews/keep": {"contents": "read", "issues": "write"},
        "tests/bytes": {"contents": "read"},
        "tests/linux": {"contents": "read"},
        "tests/elsewhere": {"contents": "read"},
    }


def test_no_workflow_runs_with_the_rights_of_the_repository_for_a_stranger() -> None:
    assert {name: set(parsed["on"]) for name, parsed in WORKFLOWS.items()} == {
        "audit": {"schedule", "push", "pull_request", "workflow_dispatch"},
        "pages": {"push", "pull_request", "workflow_dispatch"},
        "reviews": {"schedule", "workflow_dispatch"},
        "tests": {"push", "pull_request"},
    }


def test_no_job_of_a_pull_request_may_write_or_has_a_secret() -> None:
    writing = {name for name, job in JOBS.items() if "write" in job["permissions"].values()}
    of_requests = {
        name
        for name, job in JOBS.items()
        if "pull_request" in WORKFLOWS[name.partition("/")[0]]["on"] and job.get("if") != ON_MAIN
    }
    assert not writing & of_requests
    assert not any("secrets" in path.read_text(encoding="utf-8") for path in FILES)


def test_the_token_is_given_to_scripts_of_the_project_alone() -> None:
    given = {
        (name, re.sub("[^a-z./]+.*", "", script.rpartition("bash ")[2].strip()))
        for name, step in STEPS
        for script in [step.get("run", "")]
        if "github.token" in expressions(step)
    }
    assert given == {
        ("pages/build", ".ci/published"),
        ("pages/build", ".ci/scope"),
        ("pages/test", ".ci/scope"),
        ("reviews/keep", ".ci/reviews"),
    }


def test_a_job_that_may_write_runs_no_package_and_one_that_makes_the_site_none_of_the_tests() -> (
    None
):
    scripts = {name: " ".join(s for job, s in SCRIPTS if job == name) for name in JOBS}
    for name in ("pages/deploy", "reviews/keep"):
        assert not re.search(r"make |pip|\.venv|python", scripts[name]), name
    assert re.findall(r"make \S+|pip|npm|pytest|\.ci/run", scripts["pages/build"]) == [
        "make .venv/.check"
    ]


def test_only_tests_take_packages_from_a_cache_that_tests_can_write() -> None:
    cached = {name for name, step in steps_using("setup-python") if "cache" in step["with"]}
    assert cached == {"pages/test", "tests/linux", "tests/elsewhere"}


@pytest.mark.parametrize(("job", "script"), SCRIPTS)
def test_no_expression_stands_in_a_script(job: str, script: str) -> None:
    assert "${{" not in script, job


def test_expressions_take_nothing_that_a_stranger_can_write() -> None:
    assert set(expressions(WORKFLOWS)) == {
        "github.event_name == 'pull_request'",
        "github.ref",
        "github.token",
        "matrix.python",
        "matrix.system",
        "needs.list.outputs.overdue",  # in Base64
        "needs.bytes.outputs.digest",
        "runner.temp",
        "steps.built.outputs.digest",
        "steps.deployment.outputs.page_url",
        "steps.list.outputs.overdue",
        "steps.pages.outputs.base_url",
        "steps.preview.outputs.artifact-url",
        "steps.scope.outputs.base",
    }


def test_every_action_is_githubs_own_pinned_by_its_commit_and_at_one_version() -> None:
    # A tag can be moved to other code; a commit cannot. Dependabot keeps the comment.
    lines = [line for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
    used = {line.strip(" -") for line in lines if re.match(r"[ -]*uses:", line)}
    pinned = re.compile(r"uses: (actions/[a-z-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    actions = [found[1] for found in map(pinned.fullmatch, sorted(used)) if found]
    assert len(used) == len(actions) == len(set(actions)), used


def test_a_checkout_leaves_no_token_behind() -> None:
    kept = {step["with"]["persist-credentials"] for _, step in steps_using("checkout")}
    assert kept == {"false"}


@pytest.mark.parametrize(("name", "job"), JOBS.items())
def test_every_job_ends_in_time(name: str, job: Mapped) -> None:
    assert 0 < int(job["timeout-minutes"]) <= 20, name


def test_only_main_is_published_by_a_job_of_its_own_one_at_a_time() -> None:
    assert [name for name, _ in steps_using("deploy-pages")] == ["pages/deploy"]
    deploy = JOBS["pages/deploy"]
    assert len(deploy["steps"]) == 1
    assert deploy["needs"] == ["build", "test"]
    assert deploy["if"] == ON_MAIN
    assert deploy["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}
    assert deploy["environment"]["name"] == "github-pages"
    assert WORKFLOWS["pages"]["on"]["push"] == {"branches": [BRANCH]}


def test_only_a_newer_run_of_the_same_pull_request_cancels_one() -> None:
    for name, prefix in (("audit", "audit"), ("pages", "publish"), ("tests", "tests")):
        assert WORKFLOWS[name]["concurrency"] == {
            "group": prefix + "-${{ github.ref }}",
            "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
        }


def test_a_change_of_the_content_is_tested_without_a_browser_any_other_whole() -> None:
    tests = {
        step["run"]: step["if"]
        for name, step in STEPS
        if name == "pages/test" and re.search(r"pytest|\.ci/run", step.get("run", ""))
    }
    assert tests == {
        '.venv/bin/python -m pytest -m "not browser"': "steps.scope.outputs.content_only == 'true'",
        ".ci/run": "steps.scope.outputs.content_only != 'true'",
    }


def test_an_audit_of_the_packages_holds_up_no_publication() -> None:
    told = {name for name, script in SCRIPTS if "audit" in script}
    assert told == {"audit/packages"}
    assert "audit" not in (PROJECT / ".ci/run").read_text(encoding="utf-8")
    assert WORKFLOWS["audit"]["on"]["pull_request"]["paths"] == [
        "constraints.txt",
        "pyproject.toml",
    ]
    (schedule,) = WORKFLOWS["audit"]["on"]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", schedule["cron"])


def write_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{script}\n")
    path.chmod(0o755)


def step_named(name: str, job: str = "pages/build") -> Mapped:
    step: Mapped
    (step,) = (each for each in JOBS[job]["steps"] if each.get("name") == name)
    return step


def test_a_change_is_told_and_checked_before_it_is_built() -> None:
    names = [step.get("name") for step in JOBS["pages/build"]["steps"]]
    order = [
        "Say which questions change",
        "Fetch what is published",
        "Check the content",
        "Build the site",
    ]
    assert [name for name in names if name in order] == order


@needs_bash
@pytest.mark.parametrize("is_known", [True, False])
def test_the_check_compares_with_what_was_before_and_what_is_published_where_these_are_known(
    tmp_path: Path,
    is_known: bool,  # noqa: FBT001
) -> None:
    write_program(tmp_path / ".venv/bin/python", "printf '%s\\n' \"$@\"")
    before, published = tmp_path / "before it/content", tmp_path / "published.json"
    if is_known:
        before.mkdir(parents=True)
        published.touch()
    done = run(
        *("bash", "-e", "-c", step_named("Check the content")["run"]),
        folder=tmp_path,
        environment={**os.environ, "BEFORE": str(before), "PUBLISHED": str(published)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        *("build.py", "check", "--format", "github"),
        *(["--before", str(before), "--published", str(published)] * is_known),
    ]


def test_pages_gets_the_site_of_main_and_a_reader_that_of_a_pull_request() -> None:
    assert [step["if"] for _, step in steps_using("configure-pages")] == [ON_MAIN]
    assert [step["if"] for _, step in steps_using("upload-pages-artifact")] == [ON_MAIN]
    ((_, preview),) = steps_using("upload-artifact")
    assert preview["if"] == NOT_ON_MAIN
    # The one folder of the path is not in the archive, so that index.html is at its top.
    assert preview["with"]["path"] == "${{ runner.temp }}/site"
    assert 0 < int(preview["with"]["retention-days"]) <= 90


def test_the_tests_begin_at_the_oldest_python_that_is_promised() -> None:
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    required = tomllib.loads(text)["project"]["requires-python"]
    pythons = JOBS["tests/linux"]["strategy"]["matrix"]["python"]
    assert f">={pythons[0]}" == required
    minors = [int(version.removeprefix("3.")) for version in pythons]
    assert minors == list(range(minors[0], minors[-1] + 1))
    used = {step["with"]["python-version"] for _, step in steps_using("setup-python")}
    assert used - {"${{ matrix.python }}"} <= set(pythons)


def test_every_system_and_python_is_to_build_the_bytes_of_the_first(tmp_path: Path) -> None:
    for name in ("linux", "elsewhere"):
        job = JOBS[f"tests/{name}"]
        assert job["needs"] == "bytes"
        assert {"DIGEST": "${{ needs.bytes.outputs.digest }}"} in [
            step["env"] for step in job["steps"] if "digest site" in step.get("run", "")
        ]
    digest = [sys.executable, str(PROJECT / ".ci/digest"), "site"]
    write(tmp_path, {"site/a/b.html": "b", "site/c.html": "c"})
    one = run(*digest, folder=tmp_path)
    assert re.fullmatch("[0-9a-f]{64}\n", one.stdout)
    expecting = {**os.environ, "DIGEST": one.stdout.strip()}
    assert run(*digest, folder=tmp_path, environment=expecting).returncode == 0
    (tmp_path / "site/c.html").rename(tmp_path / "site/d.html")
    other = run(*digest, folder=tmp_path, environment=expecting)
    assert other.returncode == 1
    assert other.stderr == (
        f"site has other bytes than the first job built: {one.stdout.strip()}\n"
    )


@needs_bash
@pytest.mark.parametrize(("job", "script"), SCRIPTS)
def test_every_script_is_one_that_bash_can_read(job: str, script: str) -> None:
    read = run("bash", "-n", stdin=script)
    assert (read.returncode, read.stderr) == (0, ""), job


class Repository:
    """A repository with a first commit, the script, and a `gh` that knows the last published."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        self.programs = folder / "programs"
        self.programs.mkdir()
        (self.folder / ".ci").mkdir(parents=True)
        shutil.copy(SCOPE, self.folder / ".ci/scope")
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            **{
                f"GIT_{who}_{what}": f"{who}@example.org"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        self.git("init", "--quiet", "--initial-branch=main")
        self.first = self.commit("content/a.md", "faqsite/a.py", "README.md")

    def git(self, *arguments: str) -> str:
        done = run("git", *arguments, folder=self.folder, environment=self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, *paths: str) -> str:
        """Change these files, commit all, and return the commit."""
        for path in paths:
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("a", encoding="utf-8") as opened:
                opened.write("a line\n")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=change")
        return self.git("rev-parse", "HEAD")

    def publish(self, commit: str, status: int = 0) -> None:
        """Have `gh` say that this commit was published last."""
        write_program(self.programs / "gh", f"printf '%s\\n' '{commit}'\nexit {status}")

    def scope(self, event: str) -> tuple[str, bool]:
        """Return what the script says of an event: the earlier commit, and whether only content."""
        event_of_github = {
            "GITHUB_EVENT_NAME": event,
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_REF_NAME": "main",
        }
        environment = {**self.environment, **event_of_github}
        done = run("bash", ".ci/scope", folder=self.folder, environment=environment)
        assert (done.returncode, done.stderr) == (0, "")
        base, content_only = done.stdout.splitlines()
        assert content_only in {"content_only=true", "content_only=false"}
        return base.removeprefix("base="), content_only.endswith("true")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path)
    repository.publish("")
    return repository


CHANGES = pytest.mark.parametrize(
    ("paths", "is_content_only"),
    [
        (["content/a.md"], True),
        (["content/new/b.md", "content/site.yaml"], True),
        (["content/a.md", "README.md"], False),
        (["faqsite/a.py"], False),
        (["docs/content/a.md"], False),
        (["content.md"], False),
    ],
)


@needs_bash
@CHANGES
def test_a_push_is_compared_with_what_was_published_last(
    repository: Repository,
    paths: list[str],
    is_content_only: bool,  # noqa: FBT001
) -> None:
    repository.publish(repository.first)
    repository.commit("content/a.md")
    repository.commit(*paths)
    assert repository.scope("push") == (repository.first, is_content_only)


@needs_bash
@CHANGES
def test_a_pull_request_is_compared_with_what_it_is_merged_into(
    repository: Repository,
    paths: list[str],
    is_content_only: bool,  # noqa: FBT001
) -> None:
    repository.git("switch", "--quiet", "--create=change")
    repository.commit(*paths)
    repository.git("switch", "--quiet", "main")
    base = repository.commit("faqsite/b.py")
    repository.git("merge", "--quiet", "--no-ff", "change")
    assert repository.scope("pull_request") == (base, is_content_only)


@needs_bash
def test_a_file_that_is_moved_into_the_content_is_more_than_content(
    repository: Repository,
) -> None:
    repository.publish(repository.first)
    repository.git("mv", "README.md", "content/b.md")
    repository.commit()
    assert repository.scope("push") == (repository.first, False)


@needs_bash
def test_content_behind_an_unpublished_change_is_more_than_content(
    repository: Repository,
) -> None:
    repository.publish(repository.first)
    repository.commit("faqsite/a.py")
    repository.commit("content/a.md")
    assert repository.scope("push") == (repository.first, False)


@needs_bash
@pytest.mark.parametrize("published", ["", "0" * 40, "f" * 40, "-x"])
def test_all_is_tested_where_what_was_published_is_not_known(
    repository: Repository, published: str
) -> None:
    repository.publish(published)
    repository.commit("content/a.md")
    assert repository.scope("push") == ("", False)


@needs_bash
def test_all_is_tested_where_github_does_not_answer(repository: Repository) -> None:
    repository.publish(repository.first, status=1)
    repository.commit("content/a.md")
    assert repository.scope("push") == ("", False)


@needs_bash
def test_a_manual_run_tests_all(repository: Repository) -> None:
    repository.publish(repository.first)
    repository.commit("content/a.md")
    assert repository.scope("workflow_dispatch") == ("", False)


def test_overdue_reviews_are_listed_once_a_month_and_by_one_run_at_a_time() -> None:
    (schedule,) = WORKFLOWS["reviews"]["on"]["schedule"]
    assert re.fullmatch(r"\d+ \d+ [1-9] \* \*", schedule["cron"])
    assert WORKFLOWS["reviews"]["concurrency"] == {
        "group": "reviews",
        "cancel-in-progress": "false",
    }


@needs_bash
@pytest.mark.parametrize("lines", [0, 1, 4_000])
def test_what_is_overdue_comes_whole_to_the_job_that_may_write_and_as_nothing_else(
    tmp_path: Path, lines: int
) -> None:
    overdue = "a=b\nEOF\noverdue=Ä\n" * lines
    (tmp_path / "told").write_text(overdue, encoding="utf-8")
    write_program(tmp_path / ".venv/bin/python", "cat told")
    write_program(tmp_path / ".ci/reviews", 'cp "$1" kept')
    environment = {**os.environ, "OVERDUE": "overdue.md", "GITHUB_OUTPUT": "output"}
    script = step_named("List what is overdue", "reviews/list")["run"]
    done = run("bash", "-e", "-c", script, folder=tmp_path, environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    (output,) = (tmp_path / "output").read_text(encoding="ascii").splitlines()
    environment["LISTED"] = output.removeprefix("overdue=")
    script = step_named("Keep the issue up to date", "reviews/keep")["run"]
    done = run("bash", "-e", "-c", script, folder=tmp_path, environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    # What is longer is cut to 60,000 bytes anyway.
    assert (tmp_path / "kept").read_bytes() == overdue.encode()[:61_000]


TOLD = "## `@ann`\n\n- [ ] 2026-10-01: `Is there a bonus?` (`content/pay/bonus.md`)\n"


class Issues:
    """A `gh` that knows which issue there is, and keeps what it is asked to do."""

    def __init__(self, folder: Path, *, number: str) -> None:
        self.folder = folder
        write_program(
            folder / "gh",
            f"""cd '{folder}'
for argument in "$@"; do
  printf '%s\\n' "${{argument//$TMPDIR*/BODY}}"
  case $argument in body=@*) cp "${{argument#body=@}}" body ;; esac
done >> asked
case $* in *state=all*) printf '%s' '{number}' ;; esac""",
        )

    def keep(self, overdue: str) -> list[str]:
        """Run the script; return what it asks behind the first question, and the new body."""
        (self.folder / "overdue.md").write_text(overdue, encoding="utf-8")
        environment = {
            **os.environ,
            "GITHUB_REPOSITORY": "owner/name",
            "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}",
            "TMPDIR": str(self.folder),
        }
        done = run("bash", str(REVIEWS), "overdue.md", folder=self.folder, environment=environment)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        asked = (self.folder / "asked").read_text(encoding="utf-8").splitlines()
        assert asked[:3] == [
            "api",
            "repos/owner/name/issues?labels=reviews&state=all&per_page=100",
            "--jq",
        ]
        assert list(self.folder.glob("tmp.*")) == []
        return asked[4:]

    @property
    def body(self) -> str:
        return (self.folder / "body").read_text(encoding="utf-8")


@needs_bash
def test_an_issue_is_begun_when_something_is_overdue(tmp_path: Path) -> None:
    issues = Issues(tmp_path, number="")
    assert issues.keep(TOLD) == [
        *("label", "create", "reviews", "--repo", "owner/name", "--force", "--color", "0a5c3d"),
        *("--description", "Answers whose review is overdue"),
        *("api", "--method", "POST", "repos/owner/name/issues", "--silent"),
        *("-f", "title=Answers to be read again", "-f", "labels[]=reviews", "-F", "body=@BODY"),
    ]
    assert issues.body == (
        "These answers should have been read again by the day before them. "
        "Put right what has changed, and set `review_by` to the next day.\n\n" + TOLD
    )


@needs_bash
@pytest.mark.parametrize(("overdue", "state"), [(TOLD, "open"), ("", "closed")])
def test_the_same_issue_is_renewed_and_opened_or_closed(
    tmp_path: Path, overdue: str, state: str
) -> None:
    issues = Issues(tmp_path, number="7")
    assert issues.keep(overdue) == [
        *("api", "--method", "PATCH", "repos/owner/name/issues/7", "--silent"),
        *("-f", f"state={state}", "-F", "body=@BODY"),
    ]
    assert issues.body.endswith(overdue or "No review is overdue.\n")


@needs_bash
def test_no_issue_is_begun_to_say_that_nothing_is_overdue(tmp_path: Path) -> None:
    assert Issues(tmp_path, number="").keep("") == []


@needs_bash
def test_a_long_list_is_cut_at_a_line_so_that_an_issue_holds_it(tmp_path: Path) -> None:
    line = "- [ ] 2026-10-01: `Ä question?`\n"
    issues = Issues(tmp_path, number="7")
    issues.keep(line * 3_000)
    *lines, last = issues.body.splitlines(keepends=True)[2:]
    assert len(issues.body) <= 65_536
    assert set(lines) == {line}
    assert last == "- and more: `python build.py check --overdue` lists all.\n"


class Web:
    """The script beside a content, a `gh` that knows Pages, and a `curl` that has one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "published.json"
        (folder / ".ci").mkdir()
        shutil.copy(PUBLISHED, folder / ".ci/published")
        self.set_up(url="")
        write_program(
            folder / ".venv/bin/python", f"cd '{PROJECT}' && exec '{sys.executable}' \"$@\""
        )

    def set_up(self, *, pages: str = "", url: str = "", published: str = "") -> None:
        """Have GitHub and the settings know these addresses, and something published."""
        # What GitHub says of no Pages is not an address.
        said = f"echo '{pages}'" if pages else """echo '{"message": "Not Found"}'; exit 1"""
        write_program(self.folder / "programs/gh", said)
        line = f"url: {url}\n" if url else ""
        settings = self.folder / "content/site.yaml"
        settings.parent.mkdir(exist_ok=True)
        settings.write_text(f"title: Questions\n{line}jobs: https://jobs.example\n")
        (self.folder / "there").write_text(published)
        write_program(
            self.folder / "programs/curl",
            f"""cd '{self.folder}'
printf '%s\\n' "${{@: -1}}" > asked
while [ "$1" != --output ]; do shift; done
if [ -s there ]; then cp there "$2"; else exit 22; fi""",
        )

    def fetch(self) -> tuple[str, str]:
        """Run the script; return what it says, and the address that it asked."""
        path = f"{self.folder / 'programs'}{os.pathsep}{os.environ['PATH']}"
        done = run(
            *("bash", ".ci/published", str(self.file)),
            folder=self.folder,
            environment={**os.environ, "GITHUB_REPOSITORY": "owner/name", "PATH": path},
        )
        assert (done.returncode, done.stderr) == (0, "")
        asked = self.folder / "asked"
        return done.stdout, asked.read_text().strip() if asked.exists() else ""


PUBLISHED_SITE = '{"format": 1, "entries": [], "categories": []}'


@needs_bash
@pytest.mark.parametrize(
    ("pages", "url", "asked"),
    [
        ("https://owner.github.io/faq/", "", "https://owner.github.io/faq/faq.json"),
        ("http://faq.example/", "https://other.example/", "http://faq.example/faq.json"),
        ("", "https://faq.example/faq/", "https://faq.example/faq/faq.json"),
        ("", '"https://faq.example" # ours', "https://faq.example/faq.json"),
        # Of a log and of curl, brackets are commands.
        ("", "https://faq.example/##[add-mask]a", "https://faq.example/##/faq.json"),
        ("", "https://faq.example/[1-9]", "https://faq.example/faq.json"),
    ],
)
def test_what_pages_has_published_is_fetched_else_what_is_at_the_address_of_the_settings(
    tmp_path: Path, pages: str, url: str, asked: str
) -> None:
    web = Web(tmp_path)
    web.set_up(pages=pages, url=url, published=PUBLISHED_SITE)
    assert web.fetch() == ("", asked)
    assert web.file.read_text() == PUBLISHED_SITE


@needs_bash
@pytest.mark.parametrize(
    ("pages", "published", "told"),
    [
        ("", "", "The address of the site is not known"),
        ("https://faq.example/", "", "There is no faq.json at https://faq.example/"),
        (
            "https://faq.example/",
            '{"format": 0}',
            "What is published at https://faq.example/ is not of this format",
        ),
        (
            "https://faq.example/",
            "<!doctype html>",
            "What is published at https://faq.example/ is not of this format",
        ),
    ],
)
def test_where_nothing_that_can_be_read_is_published_that_is_a_line_and_no_failure(
    tmp_path: Path, pages: str, published: str, told: str
) -> None:
    web = Web(tmp_path)
    web.set_up(pages=pages, published=published)
    said, _ = web.fetch()
    assert said == f"{told}: nothing to compare with.\n"
    assert not web.file.exists()
