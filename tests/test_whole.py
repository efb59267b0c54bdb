"""All or nothing, whatever happens to a build: killed, a disk that refuses, others at once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from faqsite.swapping import MARKER, finish_last_run

from .documents import write
from .forked import KILLED, Command, Ended, Forked, forked
from .sites import PROJECT
from .test_cli import tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of other systems")
needs_workers = pytest.mark.skipif(sys.platform != "linux", reason="workers are for Linux alone")

BUILD = ("--content", "content", "--output", "site")
CACHE = {"entries", "site"}
LANES = 4
"""In so many folders something happens at once, each time at another moment."""
SAMPLES = 8
"""At so many moments a build is killed that has workers: there are too many to try all."""

Site = dict[str, bytes]


@pytest.fixture(scope="module")
def commands() -> Iterator[Forked]:
    with forked() as process:
        yield process


def content_of(answer: str, entries: int) -> dict[str, str]:
    """Return content of an answer, and of so many others."""
    others = {
        f"team/e{number}.md": f"---\nquestion: What is {number}?\n---\nThis is {number}.\n"
        for number in range(entries)
    }
    hours = {"team/hours.md": f"---\nquestion: When do you work?\n---\n{answer}.\n"}
    return {"site.yaml": "title: Questions\n", "team/map.png": "a picture"} | hours | others


class Lane:
    """A project in which one build after the other meets with something."""

    def __init__(self, folder: Path, entries: int) -> None:
        self.folder, self.output = folder, folder / "site"
        self._contents = [content_of(answer, entries) for answer in ("By day", "By night")]
        self.target = 0
        self.turn_to(0)

    def turn_to(self, target: int) -> None:
        """Let the content be the first or the second."""
        self.target = target
        write(self.folder / "content", self._contents[target])

    def turn_from(self, sites: Sequence[Site]) -> None:
        """Let the content be other than that of the site which stands."""
        self.turn_to(1 if self.site() == sites[0] else 0)

    def site(self) -> Site:
        """Return the output; {} if it is not there."""
        return tree(self.output)

    def left(self) -> set[str]:
        """Return what lies about and is nothing that a build leaves."""
        lying = {path.name for path in self.folder.iterdir()}
        return lying - {"content", "site", ".site.lock", ".site.cache"}

    def wait_for_workers(self) -> None:
        """Wait until no worker is left that might write: it holds the lock of its program."""
        import fcntl  # noqa: PLC0415 (not on Windows)

        with (self.folder / ".site.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)


def lanes_of(
    commands: Forked, folder: Path, *, entries: int = 0, count: int = LANES
) -> tuple[list[Lane], list[Site]]:
    """Return projects of which the site is built, and the two sites that can come of each."""
    model, *lanes = (Lane(folder / f"lane-{number}", entries) for number in range(count + 1))
    sites: list[Site] = []
    for target in (1, 0):
        model.turn_to(target)
        built = Command(arguments=(*BUILD, "--no-cache"), folder=str(model.folder))
        assert commands.run(built)[0].status == 0
        sites.insert(0, model.site())
        assert MARKER in sites[0]
    assert sites[0] != sites[1]
    happen(commands, lanes, Command(arguments=BUILD, folder=""), [0] * count)
    assert all(lane.site() == sites[0] for lane in lanes)
    return lanes, sites


def happen(
    commands: Forked, lanes: Sequence[Lane], command: Command, moments: Sequence[int]
) -> list[Ended]:
    """Run a command in all lanes at once, something happening to each at its moment."""
    each = zip(lanes, moments, strict=True)
    return commands.run(
        *(replace(command, folder=str(lane.folder), moment=moment) for lane, moment in each)
    )


@pytest.mark.parametrize("way", ["from nothing", "a change", "a change by two renames"])
def test_a_build_killed_at_any_change_of_the_disk_leaves_a_whole_site(
    tmp_path: Path, commands: Forked, way: str
) -> None:
    lanes, sites = lanes_of(commands, tmp_path)
    command = Command(arguments=BUILD, folder="", can_exchange="two renames" not in way)
    outcomes: Counter[str] = Counter()
    ended: list[Ended] = []
    while not ended or any(each.status for each in ended):
        for lane in lanes:
            lane.turn_from(sites)
            if way == "from nothing":
                shutil.rmtree(lane.output, ignore_errors=True)
                shutil.rmtree(lane.folder / ".site.cache", ignore_errors=True)
        first = outcomes.total() + 1
        ended = happen(commands, lanes, command, range(first, first + LANES))
        assert {each.status for each in ended} <= {0, KILLED}
        for lane in lanes:
            old, new = ({} if way == "from nothing" else sites[1 - lane.target]), sites[lane.target]
            found = lane.site()
            if way == "a change by two renames" and not found:
                # Between the two it is neither; what takes its place has a name of its own.
                outcomes["neither"] += 1
                assert tree(lane.folder / ".site.new") == new
                found = new
            else:
                outcomes["old" if found == old else "new"] += 1
                assert found in (old, new)
            finish_last_run(lane.output)
            assert lane.site() == found
            assert lane.left() == set()
    assert outcomes["neither"] == ("two renames" in way)
    assert outcomes["old"] > LANES < outcomes["new"]
    # These came to their ends.
    assert all(lane.site() == sites[lane.target] for lane in lanes)
    assert {path.name for lane in lanes for path in lane.folder.glob(".site.cache/*")} == CACHE


@needs_workers
@pytest.mark.parametrize("whom", ["program", "group", "worker"])
def test_a_build_with_workers_that_is_killed_leaves_a_whole_site(
    tmp_path: Path, commands: Forked, whom: str
) -> None:
    lanes, sites = lanes_of(commands, tmp_path, entries=90, count=2)
    command = Command(arguments=(*BUILD, "--no-cache"), folder="", what=whom)
    lanes[0].turn_to(1)
    (whole,) = happen(commands, lanes[:1], command, [0])
    became = set()
    for number in range(0, SAMPLES, len(lanes)):
        for lane in lanes:
            lane.turn_from(sites)
        moments = [1 + whole.changes * (number + at) // SAMPLES for at in range(len(lanes))]
        ended = happen(commands, lanes, command, moments)
        for lane, each in zip(lanes, ended, strict=True):
            either = sites[1 - lane.target], sites[lane.target]
            found = lane.site()
            became.add((each.status, either.index(found)))
            lane.wait_for_workers()
            finish_last_run(lane.output)
            assert lane.site() == found
            assert lane.left() == set()
    # The more the workers do, the earlier it is done.
    assert became == {(0, 1)} if whom == "worker" else {(KILLED, 0)} < became
    assert (0, 0) not in became


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("ENOSPC", "No space left on device"),
        ("EROFS", "Read-only file system"),
        ("EACCES", "Permission denied"),
    ],
)
def test_a_disk_that_refuses_from_any_moment_on_leaves_a_whole_site(
    tmp_path: Path, commands: Forked, error: str, reason: str
) -> None:
    lanes, sites = lanes_of(commands, tmp_path)
    command = Command(arguments=BUILD, folder="", what=error)
    moments = [1, 2, 3, 4]
    became = set()
    while moments:
        for lane in lanes:
            lane.turn_from(sites)
        ended = happen(commands, lanes, command, moments)
        for lane, each in zip(lanes, ended, strict=True):
            found = (sites[1 - lane.target], sites[lane.target]).index(lane.site())
            became.add((each.status, found))
            refusal = rf'build\.py: {reason}(: ".+")?; nothing was published\n'
            assert re.fullmatch(refusal if each.status else "", each.err)
            # What cannot be removed either is for the next build.
            assert lane.left() <= (set() if error == "ENOSPC" else {".site.part"})
            finish_last_run(lane.output)
            assert lane.left() == set()
        is_over = all(at > each.changes for at, each in zip(moments, ended, strict=True))
        moments = [] if is_over else [at + 3 * LANES for at in moments]
    assert became == {(2, 0), (0, 1)}


@pytest.mark.parametrize("is_first", [True, False])
def test_of_twenty_builds_at_once_each_is_done_or_told_of_another(
    tmp_path: Path, commands: Forked, *, is_first: bool
) -> None:
    (lane, other), sites = lanes_of(commands, tmp_path, count=2)
    other.turn_to(1)
    if is_first:
        shutil.rmtree(lane.output)
    arguments = [(*BUILD, "--content", str(each.folder / "content")) for each in (lane, other)]
    ended = commands.run(
        *(Command(arguments=arguments[n % 2], folder=str(lane.folder)) for n in range(20))
    )
    busy = "another build is writing this site; try again when it is done; see build.py --help"
    assert {(each.status, each.err) for each in ended} <= {(0, ""), (2, f"build.py: {busy}\n")}
    assert 0 in {each.status for each in ended}
    assert lane.site() in sites
    assert lane.left() == set()
    (again,) = commands.run(Command(arguments=BUILD, folder=str(lane.folder)))
    assert (again.status, lane.site(), lane.left()) == (0, sites[0], set())
    assert {path.name for path in lane.folder.glob(".site.cache/*")} == CACHE


def test_files_that_may_not_become_so_large_leave_a_whole_site(
    tmp_path: Path, commands: Forked
) -> None:
    lanes, sites = lanes_of(commands, tmp_path, count=2)
    became = set()
    for most_bytes in (1_000, 10_000, 1_000_000):
        for lane in lanes:
            lane.turn_from(sites)
        command = Command(arguments=BUILD, folder="", most_bytes=most_bytes)
        for lane, each in zip(lanes, happen(commands, lanes, command, [0, 0]), strict=True):
            became.add((each.err, (sites[1 - lane.target], sites[lane.target]).index(lane.site())))
            assert lane.left() == set()
    assert became == {("build.py: File too large; nothing was published\n", 0), ("", 1)}


# Builds on a disk of its own, which nobody else sees and which is gone with this process.
ON_A_DISK = """
import contextlib, io, json, subprocess, sys
from pathlib import Path
from faqsite.cli import main

folder = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], check=True)
(folder / "content").mkdir()
(folder / "content/site.yaml").write_text("title: Questions")

def site():
    files = {str(path): path.read_bytes() for path in folder.glob("site/**/*") if path.is_file()}
    return files, sorted(path.name for path in folder.iterdir())

def build():
    stream = io.TextIOWrapper(io.BytesIO(), write_through=True)
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        options = {"content": folder / "content", "output": folder / "site"}
        status = main(["--no-cache", *(f"--{name}={path}" for name, path in options.items())])
    return status, stream.buffer.getvalue().decode().replace(str(folder), "") if status else ""

def change(answer):
    (folder / "content/a.md").write_text(f"---\\nquestion: What?\\n---\\n{answer}.\\n")
    return site()

change("All of the disk is free")
build()
for free in range(0, 120_000, 8_192):
    before = change(f"Of the disk {free} bytes are free")
    fill = folder / "content/.fill"
    with contextlib.suppress(OSError), fill.open("wb", buffering=0) as file:
        while file.write(bytes(4_096)):
            pass
    with fill.open("r+b") as file:
        file.truncate(fill.stat().st_size - free)
    print(json.dumps([*build(), before == site()]))
    fill.unlink()
before = change("The disk is read-only")
subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
print(json.dumps([*build(), before == site()]))
"""


def test_a_disk_that_is_full_or_read_only_leaves_a_whole_site(tmp_path: Path) -> None:
    unshare = shutil.which("unshare") or "unshare"
    own = [unshare, "--map-root-user", "--mount"]
    if subprocess.run([*own, "mount", "-t", "tmpfs", "tmpfs", tmp_path], check=False).returncode:  # noqa: S603
        pytest.skip("no disk may be mounted here")
    ran = subprocess.run(  # noqa: S603 (our own command)
        [*own, sys.executable, "-c", ON_A_DISK, tmp_path],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    *full, read_only = (tuple(json.loads(line)) for line in ran.stdout.splitlines())
    assert {(status, is_same) for status, _, is_same in full} == {(2, True), (0, False)}
    refusal = re.compile(
        r'build\.py: No space left on device(: "/\.site\.part[^"]*")?; nothing was published\n'
    )
    assert all(refusal.fullmatch(told) for status, told, _ in full if status), full
    refused = 'build.py: Read-only file system: "/.site.lock"; nothing was published\n'
    assert read_only == (2, refused, True)
