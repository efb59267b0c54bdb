"""Real commands, each a fork of one process that has imported what all of them need.

That is ten times faster than to start them. Each command can be killed or meet an error at its
n-th change of the disk. Reading changes nothing, so these moments cover all states in which a
command can be killed.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from types import CodeType
from typing import IO, Any

from jinja2 import Environment

from faqsite.build import publish
from faqsite.build.pipeline import build_site
from faqsite.commands.cli import load_command, main
from faqsite.model.records import SiteFile
from faqsite.system import progress

from .documents import write
from .product import PRODUCT, PROJECT, use_product

KILLED = -9

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_ADDS = {"open", "os.mkdir", "os.rename"}
_CHANGES = {*_ADDS - {"open"}, "os.remove", "os.rmdir", "os.sync", "ctypes.dlsym"}
"""Besides each way to open a file for writing. The last event is the exchange of two folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command, and what happens to it."""

    arguments: tuple[str, ...] = ()
    """The arguments of `build.py`; without any, the command only publishes `site`."""
    folder: str
    """The folder in which it runs."""
    site: Mapping[str, str] = field(default_factory=dict)
    """The files to publish in the folder "site", by address."""
    moment: int = 0
    """The change of the disk at which something happens, from 1; 0: nothing does."""
    can_exchange: bool = True
    """Whether two folders can swap their names in one step."""
    error: str = ""
    """What happens: the disk gives an error from then on, such as "ENOSPC".

    "SIGINT": the command is interrupted at that moment; "": it is killed.
    """
    most_bytes: int = -1
    """The limit for the size of a file; -1: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended."""

    status: int
    changes: int
    """How often it changed the disk; 0 if it was killed."""
    out: str
    err: str


class Forked:
    """A process whose forks run commands."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *commands: Command) -> list[Ended]:
        """Run commands, all at once, and return how each ended."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([asdict(each) for each in commands]) + "\n")
        self._process.stdin.flush()
        return [Ended(**each) for each in json.loads(self._process.stdout.readline())]


@contextlib.contextmanager
def forked() -> Iterator[Forked]:
    """Start a process that runs commands, and end it."""
    with subprocess.Popen(  # noqa: S603 (our own)
        [sys.executable, "-m", __name__],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Forked(process)


def _serve() -> None:
    use_product()
    for name in ("build", "export", "import", "new"):
        load_command(name)
    # Compiling templates and patterns takes longest, and is the same in all builds.
    own_compile = Environment.compile
    codes: dict[object, CodeType] = {}

    def compile_once(environment: Environment, *given: Any) -> CodeType:  # noqa: ANN401 (theirs)
        if given not in codes:
            codes[given] = own_compile(environment, *given)
        return codes[given]

    Environment.compile = compile_once  # type: ignore[assignment,method-assign]
    with TemporaryDirectory() as folder:
        write(Path(folder), {"site.yaml": "title: A", "a.md": "---\nquestion: A?\n---\n*A.*\n"})
        build_site(
            content=Path(folder),
            templates=PRODUCT / "templates",
            static=PRODUCT / "static",
            output=Path(folder, "site"),
        )
    for line in sys.stdin:
        started = [_start(Command(**each)) for each in json.loads(line)]
        sys.stdout.write(json.dumps([_end(*each) for each in started]) + "\n")
        sys.stdout.flush()


def _start(command: Command) -> tuple[int, list[IO[str]]]:
    """Start a command; return its process and the files of its output, errors and changes."""
    files: list[IO[str]] = [TemporaryFile("w+", encoding="utf-8") for _ in range(3)]  # noqa: SIM115 (`_end` does)
    program = os.fork()
    if not program:
        try:
            for descriptor in (1, 2):
                os.dup2(files[descriptor - 1].fileno(), descriptor)
            os._exit(_run(command, files[2]))
        finally:
            os._exit(99)
    return program, files


def _end(program: int, files: Sequence[IO[str]]) -> dict[str, object]:
    status = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
    texts = []
    for file in files:
        with file:
            file.seek(0)
            texts.append(file.read())
    return {"status": status, "out": texts[0], "err": texts[1], "changes": int(texts[2] or 0)}


def _run(command: Command, counted: IO[str]) -> int:
    os.chdir(command.folder)
    progress.QUIET_SECONDS = float("inf")
    # Only the call counts: what it does matters in a power cut alone.
    os.sync = lambda: sys.audit("os.sync")
    if not command.can_exchange:
        publish._exchange = lambda *_: False  # noqa: SLF001
    if command.most_bytes >= 0:
        import resource  # noqa: PLC0415 (not on Windows)

        resource.setrlimit(resource.RLIMIT_FSIZE, (command.most_bytes, command.most_bytes))
    disk = _Disk(command)
    sys.addaudithook(disk.change)
    site = [SiteFile(address, text.encode) for address, text in command.site.items()]
    try:
        status = main(command.arguments) if command.arguments else 0
        if site:
            publish.publish(site, Path("site"))
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    sys.stdout.flush()
    sys.stderr.flush()
    counted.write(str(disk.changes))
    counted.flush()
    return status


class _Disk:
    """Counts the changes of the disk, and at one of them does what happens to the command."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self.changes = 0

    def change(self, event: str, given: tuple[object, ...]) -> None:
        flags = given[-1] if event == "open" else 0
        if event in _CHANGES or (isinstance(flags, int) and flags & _WRITES):
            self.changes += 1
            if 0 < self._command.moment <= self.changes:
                self._happen(event, given)

    def _happen(self, event: str, given: tuple[object, ...]) -> None:
        error = self._command.error
        if not error:
            os.kill(os.getpid(), signal.SIGKILL)
        elif error == "SIGINT":
            if self.changes == self._command.moment:
                os.kill(os.getpid(), signal.SIGINT)
        elif error != "ENOSPC" or event in _ADDS:
            number = getattr(errno, error)
            raise OSError(number, os.strerror(number), given[0] if given else None)


if __name__ == "__main__":
    _serve()
