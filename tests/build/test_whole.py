"""A build publishes all or nothing, even if it is killed, the disk fails or others run at once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from faqsite.build.publish import MARKER, finish_last_run
from tests.commands.test_cli import tree
from tests.support.documents import write
from tests.support.forked import KILLED, Command, Ended, Forked
from tests.support.product import PRODUCT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

BUILD = ("--content", "content", "--output", "site")
LANES = 4
"""The number of folders in which something happens at once, each at another moment."""

Site = dict[str, bytes]


def content_of(answer: str) -> dict[str, str]:
    """Return content with this answer."""
    hours = f"---\nquestion: When do you work?\n---\n{answer}.\n"
    return {"site.yaml": "title: Questions\n", "team/map.png": "a picture", "team/hours.md": hours}


class Lane:
    """A project that is built again and again while something happens."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output = folder, folder / "site"
        self.target = 0
        self.turn_to(0)

    def turn_to(self, target: int) -> None:
        """Write the first or the second content."""
        self.target = target
        write(self.folder / "content", content_of(("By day", "By night")[target]))

    def turn_from(self, sites: Sequence[Site]) -> None:
        """Write the content that the published site does not have."""
        self.turn_to(1 if self.site() == sites[0] else 0)

    def site(self) -> Site:
        """Return the output, or {} if it is missing."""
        return tree(self.output)

    def left(self) -> set[str]:
        """Return the leftovers of a build."""
        return {path.name for path in self.folder.iterdir()} - {"content", "site", ".site.lock"}


def lanes_of(commands: Forked, folder: Path, count: int = LANES) -> tuple[list[Lane], list[Site]]:
    """Return built projects, and the two sites that each can have."""
    model, *lanes = (Lane(folder / f"lane-{number}") for number in range(count + 1))
    sites: list[Site] = []
    for target in (1, 0):
        model.turn_to(target)
        built = Command(arguments=BUILD, folder=str(model.folder))
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
    """Run a command in all lanes at once, with something happening in each at its moment."""
    each = zip(lanes, moments, strict=True)
    return commands.run(
        *(replace(command, folder=str(lane.folder), moment=moment) for lane, moment in each)
    )


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("is_first", [True, False])
def test_publishing_killed_at_any_moment_leaves_a_whole_site(
    tmp_path: Path, commands: Forked, *, is_first: bool, can_exchange: bool
) -> None:
    old, new = ({f"{name}/{name}.html": text for name in "abc"} for text in ("old", "new"))
    outcomes: Counter[str] = Counter()
    status = KILLED
    for moment in range(1, 100):
        folder = tmp_path / str(moment)
        folder.mkdir()
        if not is_first:
            commands.run(Command(folder=str(folder), site=old))
        command = Command(folder=str(folder), site=new, moment=moment, can_exchange=can_exchange)
        status = commands.run(command)[0].status
        found = {path: file.decode() for path, file in tree(folder / "site").items()}
        assert found.pop(MARKER, "") == ""
        finish_last_run(folder / "site")
        whole = {path: file.decode() for path, file in tree(folder / "site").items()}
        assert whole.pop(MARKER, "") == ""
        assert {path.name for path in folder.iterdir()} <= {"site", ".site.lock"}
        if found == whole:
            outcomes["new" if found == new else "old"] += 1
            assert found in ({} if is_first else old, new)
        else:
            # It was killed between the two renames. The next run finishes it.
            outcomes["neither"] += 1
            assert (found, whole) == ({}, new)
        if status == 0:
            break
    assert status == 0
    assert outcomes["neither"] == (not is_first and not can_exchange)
    assert outcomes["old"] > 10 < outcomes["old"] + outcomes["new"]
    assert outcomes["new"] > 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("ENOSPC", r"No space left on device(: \".+\")?"),
        ("EACCES", r"Permission denied(: \".+\")?"),
        ("SIGINT", "stopped"),
    ],
)
def test_a_failing_disk_or_ctrl_c_at_any_moment_leaves_a_whole_site(
    tmp_path: Path, commands: Forked, error: str, reason: str
) -> None:
    lanes, sites = lanes_of(commands, tmp_path)
    command = Command(arguments=BUILD, folder="", error=error)
    failed = 130 if error == "SIGINT" else 2
    (undisturbed,) = happen(commands, lanes[:1], replace(command, error=""), [0])
    # At the start, while it writes, around the swap, while it clears up, and at the end.
    count = undisturbed.changes
    moments = [1, 2, 4, count // 3, *range(count - 27, count - 23), count - 12, count - 1, count]
    moments.append(count + 1)
    became = set()
    for first in range(0, len(moments), LANES):
        for lane in lanes:
            lane.turn_from(sites)
        ended = happen(commands, lanes, command, moments[first : first + LANES])
        for lane, each in zip(lanes, ended, strict=True):
            refusal = rf"build\.py: {reason}; nothing was published\n"
            assert re.fullmatch(refusal if each.status else "", each.err)
            # The next build removes what this one could not.
            finish_last_run(lane.output)
            became.add(
                (each.status, (sites[1 - lane.target], sites[lane.target]).index(lane.site()))
            )
            assert lane.left() == set()
    assert {(failed, 0), (0, 1)} <= became <= {(failed, 0), (0, 1), (failed, 1)}


def test_ten_builds_at_once_succeed_or_report_another(tmp_path: Path, commands: Forked) -> None:
    (lane, other), sites = lanes_of(commands, tmp_path, count=2)
    other.turn_to(1)
    arguments = [(*BUILD, "--content", str(each.folder / "content")) for each in (lane, other)]
    ended = commands.run(
        *(Command(arguments=arguments[n % 2], folder=str(lane.folder)) for n in range(10))
    )
    busy = f"another build is writing {lane.output}; try again later; see build.py --help"
    assert {(each.status, each.err) for each in ended} <= {(0, ""), (2, f"build.py: {busy}\n")}
    assert 0 in {each.status for each in ended}
    assert lane.site() in sites
    assert lane.left() == set()


def test_a_limit_on_file_sizes_leaves_a_whole_site(tmp_path: Path, commands: Forked) -> None:
    (lane,), sites = lanes_of(commands, tmp_path, count=1)
    became = set()
    for most_bytes in (1_000, 10_000, 1_000_000):
        lane.turn_from(sites)
        command = Command(arguments=BUILD, folder="", most_bytes=most_bytes)
        (ended,) = happen(commands, [lane], command, [0])
        became.add((ended.err, (sites[1 - lane.target], sites[lane.target]).index(lane.site())))
        assert lane.left() == set()
    assert became == {("build.py: File too large; nothing was published\n", 0), ("", 1)}


# Builds on a disk that only this process sees.
ON_A_DISK = """
import contextlib, io, json, subprocess, sys
from pathlib import Path
from faqsite.commands.cli import main
from faqsite.system import progress

progress.QUIET_SECONDS = float("inf")
folder = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", folder], check=True)
(folder / "content").mkdir()
(folder / "content/site.yaml").write_text("title: Questions")

def site():
    files = {str(path): path.read_bytes() for path in folder.glob("site/**/*") if path.is_file()}
    return files, sorted(path.name for path in folder.iterdir())

def build():
    stream = io.TextIOWrapper(io.BytesIO(), write_through=True)
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        options = {"content": folder / "content", "output": folder / "site"}
        status = main([f"--{name}={path}" for name, path in options.items()])
    return status, stream.buffer.getvalue().decode().replace(str(folder), "") if status else ""

def change(answer):
    (folder / "content/a.md").write_text(f"---\\nquestion: What?\\n---\\n{answer}.\\n")
    return site()

change("All of the disk is free")
build()
for free in range(0, 240_000, 30_000):
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


def test_a_full_or_read_only_disk_leaves_a_whole_site(tmp_path: Path) -> None:
    unshare = shutil.which("unshare") or "unshare"
    own = [unshare, "--map-root-user", "--mount"]
    if subprocess.run([*own, "mount", "-t", "tmpfs", "tmpfs", tmp_path], check=False).returncode:  # noqa: S603
        pytest.skip("mounting a disk is not allowed here")
    ran = subprocess.run(  # noqa: S603 (our own command)
        [*own, sys.executable, "-c", ON_A_DISK, tmp_path],
        cwd=PRODUCT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    *full, read_only = (tuple(json.loads(line)) for line in ran.stdout.splitlines())
    assert {(status, is_same) for status, _, is_same in full} == {(2, True), (0, False)}
    refusal = re.compile(
        r'build\.py: No space left on device(: "/\.site\.part[^"]*")?; nothing was published\n'
    )
    assert all(refusal.fullmatch(error) for status, error, _ in full if status), full
    refused = 'build.py: Read-only file system: "/.site.lock"; nothing was published\n'
    assert read_only == (2, refused, True)
